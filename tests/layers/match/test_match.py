"""Lists and drafts of an office against the plans: rows of real names, changed as offices change them."""

from __future__ import annotations

import io

import docx
import openpyxl
import pandas as pd
import pytest

from layers.atlas import bundled
from layers.errors import LayerError
from layers.match import Asked, candidates
from layers.match.answers import answered, sheets, stage_of, workbook
from layers.match.draft import checked
from layers.match.draft_word import draft_word
from layers.match.listing import read_list
from layers.match.match import matched
from layers.match.measure import measured
from layers.match.names import read_name

ATLAS = bundled()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("攀盐高速", "攀枝花至盐源高速公路", id="short"),
        pytest.param("攀枝花—盐源高速公路项目（一期）", "攀枝花至盐源高速公路", id="phase"),
        pytest.param("G4216攀枝花至盐源高速公路新建工程", "攀枝花至盐源高速公路", id="code"),
        pytest.param("西昌到宁南高速公路(凉山段)", "西昌至宁南高速公路", id="section"),
        pytest.param("川南经济区的西昌至宁南高速公路", "西昌至宁南高速公路", id="led"),
        pytest.param("成都市轨道交通8号线二期工程", "成都城市轨道交通8号线二期", id="metro"),
        pytest.param("内江市联合水库工程", "内江联合水库", id="district-in-full"),
        pytest.param("盐源通用机厂", "盐源通用机场", id="slip"),
        pytest.param("盐源至攀枝花高速公路", "攀枝花至盐源高速公路", id="other-way"),
        pytest.param("3-2 攀枝花盐源高速路控制性工程", "攀枝花至盐源高速公路", id="numbered"),
        pytest.param("★2026年西昌至宁南高速公路（十五五）", "西昌至宁南高速公路", id="period"),
        pytest.param("西昌至宁南高速公路K0+000—K25+300段", "西昌至宁南高速公路", id="stations"),
    ],
)
def test_a_changed_name_is_found(written, name):
    best = candidates(ATLAS, Asked(written))[0]
    assert best.claimed
    assert ATLAS.feature(best.feature).name == name


@pytest.mark.parametrize(
    "written", ["盐边至盐源高速公路", "金川国家现代农业产业科技创新中心", "泸州至西藏高速铁路", "普格国家重要数据灾备中心", "项目", ""]
)  # fmt: skip
def test_what_no_plan_names_is_not_claimed(written):
    assert not [one for one in candidates(ATLAS, Asked(written)) if one.claimed]


def test_the_column_of_places_speaks():
    right, wrong = (candidates(ATLAS, Asked("攀枝花至盐源高速", place))[0] for place in ("攀枝花市", "泸州市"))
    assert right.confidence > wrong.confidence
    assert [one.text for one in wrong.reasons][-1] == "所在地不符"


def test_a_name_in_one_form():
    one = read_name("G247线攀枝花—盐源高速公路改扩建工程（二期）")
    assert (one.core, one.ends, one.phase, one.works, one.codes) == (
        "攀枝花至盐源高速", ("攀枝花", "盐源"), "二", "改扩建", frozenset({"G247"}),
    )  # fmt: skip


@pytest.mark.parametrize(("written", "name"), [
    ("高速公路（雅安至康定段）", "雅安至康定高速公路"),
    ("2009-513000-06-01-757621镇巴至广安高速公路", "镇巴至广安高速公路"),
    ("江油通用机场，全长86.5km", "江油通用机场"),
    ("国家大学科技园（泸州）", "泸州国家大学科技园"),
    ("【自贡】国家大学科技园", "自贡国家大学科技园"),
    ("内江/自贡快速通道", "内江至自贡快速通道"),
    ("关于黄龙景区的请示", "黄龙景区"),
    ("岷江张坎电航工程", "岷江张坎航电枢纽"),
    ("康定机场——县水务局", "康定机场"),
    ("大渡河流域机电提灌站...", "大渡河流域机电提灌站和太阳能提灌站"),
    ("张家岩水库直接引水至老", "张家岩水库直接引水至老鹰水库管道工程"),  # not the reservoir, whose name is there whole
    ("内江职业技术学院产教融合项目招标", "内江职业技术学院产教融合项目"),
    ("市中白酒创新中心", ""),  # of Neijiang or Leshan, not that of 川南
    ("成都经济区环线高速公...", ""),  # there are several that go on in other ways
])  # fmt: skip
def test_a_name_as_an_office_writes_it(written, name):
    claimed = [ATLAS.feature(one.feature).name for one in candidates(ATLAS, Asked(written), 1) if one.claimed]
    assert claimed == ([name] if name else [])


@pytest.mark.parametrize(
    ("kinds", "precision", "recall"),
    [
        ("first", 0.97, 0.94),
        ("later", 0.97, 0.94),
        ("further", 0.97, 0.95),
        ("office", 0.97, 0.95),
        ("unseen", 0.97, 0.9),
    ],
)
def test_lists_made_from_the_atlas_are_matched(kinds, precision, recall):
    figures = measured(ATLAS, 400, seed=11, kinds=kinds)
    assert figures.precision >= precision
    assert figures.recall >= recall


# ---- lists ---------------------------------------------------------------------------------------

ROWS = [
    ["2026年市重点项目表", "", "", "", "", ""],
    ["单位：万元", "", "", "", "", ""],
    ["序号", "项目名称", "建设地点", "建设阶段", "建设年限", "总投资"],
    ["一、交通项目（3个）", "", "", "", "", ""],
    ["1", "攀盐高速", "攀枝花市", "在建", "2024-2028", "2100000"],
    ["2", "西昌至宁南高速公路（凉山段）", "西昌市", "新开工", "", ""],
    ["3", "泸州至西藏高速铁路", "", "谋划", "", ""],
    ["合计", "", "", "", "", "=1+1"],
]


def as_xlsx(rows: list[list[str]]) -> bytes:
    held = io.BytesIO()
    pd.DataFrame(rows).to_excel(held, header=False, index=False)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.xlsx", as_xlsx(ROWS)),
        ("表.csv", "\n".join(",".join(row) for row in ROWS).encode("gb18030")),
        ("表.csv", "\n".join("\t".join(row) for row in ROWS).encode("utf-8-sig")),
    ],
    ids=["xlsx", "csv-gb18030", "tabs"],
)
def test_a_list_is_read_under_any_head(name, data):
    rows = read_list(name, data)
    assert [(one.asked.name, one.asked.stage) for one in rows] == [
        ("攀盐高速", "在建"), ("西昌至宁南高速公路（凉山段）", "新开工"), ("泸州至西藏高速铁路", "谋划"),
    ]  # fmt: skip
    assert (rows[0].number, rows[0].asked.place, rows[0].years, rows[0].money) == (
        5,
        "攀枝花市",
        "2024-2028",
        "2100000",
    )


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 no workbook", as_xlsx([["1", "2"], ["3", "4"]])], ids=["damaged", "numbers"]
)
def test_what_is_no_list_is_told(data):
    with pytest.raises(LayerError):
        read_list("表.xlsx", data)


def test_the_answers_stand_in_sheets_of_their_own():
    answers = answered(ATLAS, read_list("表.xlsx", as_xlsx(ROWS)))
    tables = sheets(ATLAS, answers)
    assert list(tables["对照"]["规划名称"]) == ["攀枝花至盐源高速公路", "西昌至宁南高速公路"]
    assert list(tables["阶段不一致"]["项目名称"]) == ["攀盐高速"]
    assert set(tables["待确认"]["项目名称"]) | set(tables["清单有而规划无"]["项目名称"]) == {"泸州至西藏高速铁路"}
    assert "德昌至会理高速公路" in set(tables["规划有而清单无"]["规划名称"])
    assert tables["年限与投资"].iloc[0]["投资"] == "2100000"
    book = openpyxl.load_workbook(io.BytesIO(workbook(ATLAS, answers)))
    assert book.sheetnames == ["说明", *tables]
    assert ATLAS.version in book["说明"]["A1"].value


@pytest.mark.parametrize(
    ("words", "stage"),
    [("在建", "under_construction"), ("续建项目", "under_construction"), ("已竣工", "operating"), ("前期工作", "preliminary"),
     ("2026年新开工", "starting"), ("储备", "study"), ("", "")],
)  # fmt: skip
def test_stages_of_lists(words, stage):
    assert stage_of(words) == stage


def test_what_a_person_says_of_a_row_holds():
    rows = read_list("表.xlsx", as_xlsx(ROWS))
    proposed = answered(ATLAS, rows)
    first, row = proposed[0], rows[0].asked
    other = next(key for key in ATLAS.table["id"] if key not in {one.feature for one in first.matches})
    for said, best in (
        (first.best.feature, first.best.feature),
        (other, other),
        ("", None),
        ("f-999999", first.best.feature),
    ):
        judged = answered(ATLAS, rows, {(row.name, row.place): said})
        assert (judged[0].best and judged[0].best.feature) == best
        assert [one.best for one in judged[1:]] == [one.best for one in proposed[1:]]
    refused = sheets(ATLAS, answered(ATLAS, rows, {(row.name, row.place): ""}))
    assert row.name in set(refused["清单有而规划无"]["项目名称"])
    assert row.name not in {*refused["对照"]["项目名称"], *refused["待确认"]["项目名称"]}
    assert set(sheets(ATLAS, proposed)["对照"]["判断"]) == {"程序提出"}


# ---- drafts --------------------------------------------------------------------------------------

DRAFT = "攀枝花至盐源高速公路已建成通车。泸州市开工建设西昌至宁南高速公路。\n启动泸州至西藏高速铁路前期工作。"


def test_a_draft_is_held_against_the_plans():
    found = checked(ATLAS, DRAFT)
    told = {one.name: [note.text for note in one.remarks] for one in found}
    assert told["攀枝花至盐源高速公路"] == ["草稿写“{draft}”，{source}是“{status}”（“{verb}”）：“{words}”"]
    assert told["西昌至宁南高速公路"] == ["草稿写在{draft}，规划中的地点是{plan}"]
    assert told["泸州至西藏高速铁路"][0].startswith("各规划中")
    known = next(one for one in found if one.name == "西昌至宁南高速公路")
    assert DRAFT.split("\n")[known.paragraph][known.start : known.end] == known.name
    assert all(said.clause.text[said.start : said.end].replace("…", "") for said in known.said)


def test_a_checked_draft_is_a_word_file():
    written = docx.Document(io.BytesIO(draft_word(ATLAS, DRAFT, checked(ATLAS, DRAFT))))
    underlined = [run.text for line in written.paragraphs for run in line.runs if run.underline]
    assert underlined[:2] == ["攀枝花至盐源高速公路", "西昌至宁南高速公路"]
    cells = [cell.text for cell in written.tables[0].rows[1].cells]
    assert cells[1] == "攀枝花至盐源高速公路"
    assert "“攀枝花至盐源”" in cells[4]
    assert [one.text.split("\n")[0] for one in written.comments][1].startswith("西昌至宁南高速公路（f-")


def test_a_draft_without_projects():
    assert checked(ATLAS, "各位代表：现将工作报告如下。") == []


@pytest.mark.parametrize(("draft", "stage"), [
    ("德昌至会理高速公路前期工作顺利。", "前期工作顺利"),
    ("金沙水电站全部机组投产发电。", "全部机组投产发电"),
    ("西昌至宁南高速公路主体工程完工。", "主体工程完工"),
    ("攀枝花机场迁建前期工作有序推进。", ""),  # as the plan has it
    ("攀枝花至盐源高速公路建成后，将缩短里程。", ""),
    ("攀枝花至盐源高速公路累计完成投资20亿元。", ""),
])  # fmt: skip
def test_a_stage_that_follows_its_name_is_read(draft, stage):
    (one,) = checked(ATLAS, draft)
    assert [dict(remark.values)["draft"] for remark in one.remarks] == ([stage] if stage else [])


def test_notes_in_a_workbook_are_no_projects():
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        pd.DataFrame({"序号": [1, 2], "工程名称": ["金沙水电站", "攀大高速"]}).to_excel(
            writer, sheet_name="表", index=False
        )
        pd.DataFrame(["本表由各县（区）发改局填报，每月25日前报送。"]).to_excel(
            writer, sheet_name="说明", index=False, header=False
        )
    rows = read_list("清单.xlsx", book.getvalue())
    assert [row.asked.name for row in rows] == ["金沙水电站", "攀大高速"]
    dam, road = matched(ATLAS, [row.asked for row in rows])
    assert dam[0].claimed
    assert not road[0].claimed  # no plan has it: 攀盐高速 is another
