"""A new plan from file to table: every format read, every quote verbatim, every placement honest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import fpdf
import geopandas as gpd
import pytest

from geo.gazetteer import place
from geo.territory import territory
from layers.atlas.table import COLUMNS
from layers.export import csv, geojson
from layers.proposed.forms import wording
from layers.proposed.placing import MACHINE, Around, placed
from layers.proposed.table import proposals, proposed
from plans.clauses import read
from plans.documents import DATA
from plans.errors import PlanError
from plans.features import Feature
from plans.reading import as_document, read_plan

OPINION = DATA / "documents" / "revitalization-opinion-2023.txt"
NOTICE = DATA / "documents" / "sichuan-notice-2021-7.txt"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
TEXT = [
    "川南经济区“十五五”发展规划",
    "第一章 交通",
    "第一节 铁路",
    "推动铁路大通道建设。建成成自宜高铁，开工建设绵遂内铁路，推进宜宾至彝良、叙永至威信等高速公路前期工作。",
    "加快建设威远县、富顺县等通用机场，研究论证内江（自贡）机场。",
]
NAMES = ["成自宜高铁", "绵遂内铁路", "宜宾至彝良高速公路", "叙永至威信高速公路"]


def written(path: Path, text: list[str] = TEXT) -> Path:
    if path.suffix == ".docx":
        file = docx.Document()
        for line in text[:-1]:
            file.add_paragraph(line)
        file.add_table(1, 1).cell(0, 0).text = text[-1]
        file.save(str(path))
    elif path.suffix == ".pdf":
        if not FONT.exists():
            pytest.skip("no Chinese font on this machine")
        file = fpdf.FPDF()
        file.add_font("noto", fname=FONT)
        file.set_font("noto", size=12)
        file.add_page()
        for line in text:
            file.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
        file.output(str(path))
    else:
        path.write_text("\n".join(text), encoding="gb18030" if path.suffix == ".md" else "utf-8")
    return path


@cache
def opinion() -> gpd.GeoDataFrame:
    return proposals(OPINION)


def test_the_heading_of_a_numbered_list_tells_the_status_of_its_lines(tmp_path):
    text = ["重大项目名单", "一、竣工投产项目（1个）", "1.济郑高铁山东段", "二、续建项目（1个）", "2.老岚水库工程"]
    found = proposals(written(tmp_path / "list.txt", text))
    assert [tuple(one) for one in found[["name", "status", "status_text"]].to_numpy()] == [
        ("济郑高铁山东段", "completing", "竣工"),
        ("老岚水库工程", "under_construction", "续建"),
    ]


def test_what_is_to_be_done_is_not_told_as_done(tmp_path):
    text = ["河南省政府工作报告", "一、2024年工作回顾", "宿鸭湖水库清淤扩容工程完工验收，郑洛高速建成通车。",
            "二、2025年重点工作", "袁湾水库完工验收，许信高速建成通车。"]  # fmt: skip
    found = proposals(written(tmp_path / "report.txt", text))
    assert dict(zip(found["name"], found["status"], strict=True)) == {
        "宿鸭湖水库清淤扩容工程": "operating",
        "郑洛高速": "operating",
        "袁湾水库": "completing",
        "许信高速": "completing",
    }


@pytest.mark.parametrize("ending", [".txt", ".md", ".docx", ".pdf"])
def test_every_format_gives_the_same_features(tmp_path, ending):
    table = proposals(written(tmp_path / f"plan{ending}"))
    assert tuple(table.columns) == COLUMNS
    assert list(table["name"][:4]) == NAMES
    assert {"威远县通用机场", "富顺县通用机场", "内江（自贡）机场"} <= set(table["name"])
    assert list(table["id"][:2]) == ["p-00001", "p-00002"]
    assert set(table["zones"].explode()) >= {"southern"}


def test_a_pdf_with_many_characters_reads_like_its_text(tmp_path):
    lines = [line for line in OPINION.read_text(encoding="utf-8").split("\n") if line.strip()]
    known = set(opinion()["name"])
    found = set(proposals(written(tmp_path / "opinion.pdf", lines))["name"])
    assert len(known & found) > 0.95 * len(known)


def test_document_text_gives_the_known_clause_tree(tmp_path):
    path = tmp_path / "opinion.txt"
    path.write_bytes(OPINION.read_bytes())
    text = read_plan(path)
    found = {clause.id: clause for clause in read(as_document(path, text), text)}
    assert found["new-plan/t2/u1"].text.startswith("（三）推进综合运输通道建设。")


def test_citations_are_verbatim_and_placements_say_who_placed_them():
    table = opinion()
    text = read_plan(OPINION)
    clauses = {clause.id: clause for clause in read(as_document(OPINION, text), text)}
    for row in table.to_dict("records"):
        assert row["placement_source"].startswith(MACHINE)
        assert (row["geometry"] is None) == (row["precision"] == "none")
        for citation in row["citations"]:
            clause = clauses[citation["clause"]]
            assert clause.text[citation["start"] : citation["end"]] == citation["quote"]
    row = table.set_index("name").loc["攀枝花至盐源高速公路"]
    assert (row["status"], row["precision"], row["zones"]) == ("starting", "schematic", ("panxi",))
    assert [place(code).name for code in row["places"]] == ["攀枝花市", "盐源县"]


def test_a_line_keeps_the_words_of_its_text(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(
        "四川省交通建设进展\n今天，广元到巴中铁路正式开通运营，成都到达州高速公路开工建设。\n", encoding="utf-8"
    )
    found = proposed(path)
    assert [(one.name, one.quotes) for one in found] == [
        ("广元到巴中铁路", ("广元到巴中铁路",)),
        ("成都到达州高速公路", ("成都到达州高速公路",)),
    ]
    assert [place.name for place in found[0].places] == ["广元市", "巴中市"]


def test_a_line_with_an_open_end_shows_what_is_known(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("甘肃省“十五五”规划\n第一章 交通\n加快建设兰永铁路、平庆铁路。\n", encoding="utf-8")
    table = proposals(path).set_index("name")
    assert table.loc["平庆铁路", "precision"] == "schematic"
    row = table.loc["兰永铁路"]
    assert [place(code).name for code in row["places"]] == ["兰州市"]
    assert (row["geometry"].geom_type, row["precision"]) == ("Point", "prefecture")
    assert row["placement_source"] == (
        f"{MACHINE}：线位未知，仅标出所经之地的政府驻地：兰州市；“兰”按甘肃省的规划读作甘肃省兰州市"
    )


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        pytest.param(
            "建设滨江路改造工程。（责任单位：怀化市人民政府）", "滨江路改造工程", ["怀化市"], id="who-is-responsible"
        ),
        pytest.param("支持珠晖区建设酃湖水厂。", "酃湖水厂", [], id="nothing-beside-it"),
    ],
)
def test_what_stands_around_a_name_places_it(text, name, expected):
    feature = Feature("p-1", name, (), "transport", "urban_road", "", "", ())
    found = placed(feature, territory("湖南省规划", ""), Around((), text[text.index("。") :]))
    assert [one.name for one in found.places] == expected


def test_the_city_above_the_parts_of_a_list_places_what_stands_in_it():
    feature = Feature("p-1", "肉兔屠宰加工项目", (), "industry", "industrial_project", "", "", ())
    headings = ("二、邵阳市政府", "（一）", "1.续建项目（4个）")
    assert [one.name for one in placed(feature, territory("湖南省规划", ""), Around(headings)).places] == ["邵阳市"]


@pytest.mark.parametrize(
    ("before", "name", "expected"),
    [
        pytest.param("长沙市：岳麓厂。株洲市：荷塘厂、", "污水处理厂扩建", ["株洲市"], id="the-last-label"),
        pytest.param("沈阳市南部污水处理厂四期、", "仙女湾污水处理厂", [], id="no-city-of-the-province"),
        pytest.param("湘潭市南部污水处理厂四期、", "仙女湾污水处理厂", ["湘潭市"], id="the-subject"),
        pytest.param("湘潭九华机场已批复，", "货运站", ["湘潭市"], id="the-subject-of-the-clause-before"),
        pytest.param("湘潭九华水厂、", "仙女湾水厂", [], id="listed-beside-another"),
        pytest.param("湘潭市水厂、衡阳市水厂，", "仙女湾水厂", [], id="two-cities"),
    ],
)
def test_what_stands_before_a_name_places_it(before, name, expected):
    feature = Feature("p-1", name, (), "ecology", "waste_treatment", "", "", ())
    found = placed(feature, territory("湖南省规划", ""), Around(before=before))
    assert [one.name for one in found.places] == expected


@pytest.mark.parametrize(
    ("title", "name", "layer", "expected"),
    [
        pytest.param("河北省规划", "北京儿童医院保定医院", "public_service/hospital", ["保定市"], id="a-branch"),
        pytest.param("河北省规划", "大兴国际机场临空经济区廊坊片区", "park/functional_zone", ["廊坊市"], id="a-part"),
        pytest.param(
            "河北省规划", "北京·沧州生物医药产业园", "park/industrial_park", ["沧州市"], id="the-partner-far-off"
        ),
        pytest.param("海南省规划", "省疾控中心迁建", "public_service/hospital", ["海口市"], id="one-in-each-province"),
        pytest.param("江西省规划", "省传染病医院扩建", "public_service/hospital", ["南昌市"], id="of-one-kind"),
        pytest.param("江西省规划", "省儿童医院城北院区", "public_service/hospital", [], id="a-branch-may-lie-anywhere"),
        pytest.param(
            "洛阳市规划",
            "国家农机装备创新中心",
            "science/innovation_platform",
            ["洛阳市"],
            id="国家-in-the-plan-of-a-city",
        ),
        pytest.param(
            "河南省规划", "国家农机装备创新中心", "science/innovation_platform", [], id="国家-in-the-plan-of-a-province"
        ),
        pytest.param(
            "包头市规划", "磴口扬水灌区", "water/irrigation_district", ["包头市"], id="a-namesake-in-another-city"
        ),
        pytest.param("宁波市规划", "义乌内陆无水港", "hub/dry_port", ["义乌市"], id="a-port-stands-inland"),
        pytest.param("江西省规划", "瑞赣高速公路瑞金至长汀江西段", "transport/expressway", ["瑞金市"], id="a-province"),
        pytest.param("江西省规划", "南昌至宁都高速公路南昌连接线", "transport/expressway", ["南昌市"], id="a-link"),
    ],
)
def test_where_a_thing_of_a_plan_lies(title, name, layer, expected):
    feature = Feature("p-1", name, (), *layer.split("/"), "", "", ())
    assert [one.name for one in placed(feature, territory(title, ""), Around()).places] == expected


def test_a_stretch_in_brackets_is_all_of_a_line():
    feature = Feature("p-1", "瑞金至梅州铁路（广东段）", (), "transport", "railway", "", "", ())
    found = placed(feature, territory("广东省规划", ""), Around())
    assert [one.name for one in found.places] == ["梅州市"]


def test_what_a_city_plans_lies_in_the_city():
    feature = Feature("p-1", "滨江路", (), "transport", "urban_road", "", "", ())
    found = placed(feature, territory("怀化市综合交通规划", ""), Around())
    assert ([one.name for one in found.places], found.precision, found.basis) == (["怀化市"], "prefecture", "guess")
    corridor = replace(feature, layer="corridor", kind="economic_belt", name="湘黔经济带")
    assert placed(corridor, territory("怀化市综合交通规划", ""), Around()).geometry is None


def test_export_takes_the_table(tmp_path):
    table = proposals(written(tmp_path / "plan.txt"))
    assert '"p-00001"' in geojson(table)
    assert "成自宜高铁" in csv(table)


def test_ids_count_through_a_long_plan():
    ids = list(proposals(NOTICE)["id"])
    assert len(ids) > 1500
    assert all(a < b for a, b in pairwise(ids))


def encrypted(path: Path) -> None:
    file = fpdf.FPDF()
    file.set_encryption(owner_password="owner", user_password="user")
    file.add_page()
    file.output(str(path))


def image_only(path: Path) -> None:
    file = fpdf.FPDF()
    file.add_page()
    file.output(str(path))


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        pytest.param("a.doc", lambda path: path.write_text("x"), "unknown ending", id="unknown-ending"),
        pytest.param("a.txt", Path.exists, "no such file", id="missing"),
        pytest.param("a.txt", lambda path: path.write_bytes(b"\xff\xff\x80"), "bad encoding", id="bad-encoding"),
        pytest.param("a.txt", lambda path: path.write_text(" \n"), "empty", id="empty"),
        pytest.param("a.docx", lambda path: path.write_text("x"), "not a .docx", id="not-a-docx"),
        pytest.param("a.pdf", lambda path: path.write_text("x"), "broken PDF", id="broken-pdf"),
        pytest.param("a.pdf", encrypted, "encrypted PDF", id="encrypted-pdf"),
        pytest.param("a.pdf", image_only, "image-only PDF", id="image-only-pdf"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, make, message):
    path = tmp_path / name
    make(path)
    with pytest.raises(PlanError, match=message):
        read_plan(path)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("G0511德阳至都江堰高速公路", "德阳至都江堰高速公路", True, id="number-of-a-road"),
        pytest.param("G8513九寨沟（川甘界）至绵阳高速公路", "九寨沟至绵阳高速公路", True, id="a-border"),
        pytest.param("自贡高新技术产业开发区", "自贡高新区", True, id="a-zone-in-full"),
        pytest.param("泸州市高新区", "泸州高新区", True, id="a-city-in-full"),
        pytest.param("S3高速公路", "S4高速公路", False, id="the-number-is-the-name"),
        pytest.param("成渝铁路", "成渝高铁", False, id="two-railways"),
        pytest.param("兰州外环高速", "兰州外环高速公路", True, id="an-expressway-in-short"),
        pytest.param("兰州外环高速改造", "兰州外环高速公路改造", True, id="and-its-works"),
    ],
)
def test_two_wordings_within_one_plan(one, other, same):
    assert (wording(one) == wording(other)) == same
