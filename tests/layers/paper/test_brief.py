"""The Word brief: every clause that stands behind a project, word for word, in the typography of offices."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from layers.__main__ import main
from layers.atlas import bundled
from layers.errors import LayerError
from layers.paper import brief as briefs
from layers.paper.brief import brief
from layers.paper.quotes import sentence, source
from layers.query.selection import Selection, select

ATLAS = bundled()

EXPRESSWAY = "攀枝花至盐源高速公路"
PANXI = Selection(zone=("panxi",))


def written(selection: Selection, rows=None, *, long: bool = True):
    chosen = select(ATLAS, selection) if rows is None else rows
    return Document(io.BytesIO(brief(ATLAS, chosen, selection, long=long)))


@pytest.fixture(scope="module")
def panxi():
    return written(PANXI)


@pytest.fixture(scope="module")
def short():
    return written(PANXI, long=False)


def lines(word) -> list[str]:
    return [one.text for one in word.paragraphs]


def test_the_panxi_brief_holds_both_clauses_of_the_expressway(panxi):
    told = lines(panxi)
    at = next(i for i, text in enumerate(told) if text.endswith(f"．{EXPRESSWAY}"))
    assert told[at + 1] == (
        "《攀西经济区“十四五”转型升级发展规划》第172页："
        "“加快建设德昌至会理、乐山至西昌等高速公路,推进西昌至宁南、攀枝花至盐源等高速公路前期工作。”（前期工作）"
    )
    assert told[at + 2].startswith(
        "《中共四川省委 四川省人民政府关于加快推进革命老区脱贫地区民族地区盆周山区振兴发展的意见》"
        "“（三）推进综合运输通道建设”：“"
    )
    assert "攀枝花至盐源、炉霍至新都桥等高速公路在“十四五”期间开工" in told[at + 2]
    bold = [run.text for run in panxi.paragraphs[at + 1].runs if run.bold]
    assert bold == ["攀枝花至盐源等高速公路"]


def test_parts_and_tables(panxi):
    told = lines(panxi)
    heads = [text for text in told if re.match(r"[一二三四五六七八九]、[^\t]+$", text)]
    assert heads == [
        "一、范围与概况", "二、分类汇总", "三、分布示意", "四、要素一览", "五、规划原文", "六、表述变化与不一致",
        "七、发展指标", "八、资料来源与说明",
    ]  # fmt: skip
    rows = select(ATLAS, PANXI)
    cited = int(rows["citations"].map(len).sum())
    scope = next(text for text in told if text.startswith("共有要素"))
    strategies = int(rows["layer"].isin(["zone", "corridor", "city"]).sum())
    assert (
        f"共有要素 {len(rows)} 个，项目和设施 {len(rows) - strategies} 个，区域、轴带和城镇 {strategies} 个；" in scope
    )
    assert f"引文 {cited} 处" in scope
    summary, projects, changes, targets = panxi.tables
    assert summary.rows[-1].cells[-2].text == str(len(rows))
    assert summary.rows[0].cells[-1].text == "图上长度（公里）"
    assert len(projects.rows) == len(rows) + 1
    texts = cells(projects)
    row = next(row for row in texts if row[1] == EXPRESSWAY)
    assert row[2:] == ["高速公路", "攀枝花（盐边）、凉山（盐源）", "拟开工", "攀西规划第172页；四类地区意见"]
    assert any(row[0] == EXPRESSWAY and row[1].startswith("推进") for row in cells(changes))
    assert "攀西经济区" in {row[0] for row in cells(targets)}
    assert len(panxi.inline_shapes) == 1


def cells(made) -> list[list[str]]:
    return [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row._tr.tc_lst] for row in made.rows]


def test_typography(panxi):
    section = panxi.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    for style, font in (("Body Text", "仿宋"), ("Title", "黑体"), ("Heading 1", "黑体"), ("Heading 2", "楷体")):
        fonts = panxi.styles[style].element.rPr.find(qn("w:rFonts"))
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None and fonts.get(qn("w:asciiTheme")) is None
    assert "PAGE" in [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    for made in panxi.tables:
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None, "the head is repeated on every page"
    assert panxi.core_properties.title == "攀西经济区规划要素简报"


def test_quotes_are_the_words_of_the_clause():
    for row in ATLAS.table.head(400).to_dict("records"):
        for one in row["citations"]:
            before, after = sentence(ATLAS, one)
            said = before.removeprefix("…") + one["quote"] + after.removesuffix("…")
            assert said in ATLAS.clause(one["clause"]).text
            assert source(one).startswith(f"《{one['title']}》")


def test_a_large_selection_says_what_is_left_out(monkeypatch):
    monkeypatch.setattr(briefs, "MOST_LISTED", 20)
    monkeypatch.setattr(briefs, "MOST_QUOTES", 2)
    selection = Selection(zone=("panxi",), layer=("transport",))
    rows = select(ATLAS, selection)
    word = written(selection)
    told = "\n".join(lines(word))
    assert len(word.tables[1].rows) == 21
    assert told.count(f"其余 {len(rows) - 20} 个未列。请缩小筛选范围另出简报，或导出") == 2
    more = [int(number) for number in re.findall(r"另有 (\d+) 处引文未列", told)]
    assert more and sum(more) > 0


def test_without_places_there_is_no_map_but_a_brief():
    rows = ATLAS.table[ATLAS.table.geometry.isna()].head(3)
    word = written(Selection(), rows)
    assert len(word.inline_shapes) == 0
    assert "分布示意" not in "".join(lines(word))
    assert "其中 3 个要素文中未给出可落图的位置" in "".join(lines(word))
    named = next(text for text in lines(word) if text.startswith("文中未给出可落图位置的 3 个要素："))
    assert all(name in named for name in rows["name"])


# ---- the short form --------------------------------------------------------------------------


def test_the_short_brief_has_map_counts_projects_and_changes(short):
    heads = [text for text in lines(short) if re.match("[一二三四五六七八九]、", text)]
    assert heads == ["一、概况", "二、重点项目", "三、表述变化", "四、说明"]
    counts, projects, changes = short.tables
    rows = select(ATLAS, PANXI)
    found = [row[side : side + 2] for row in cells(counts) for side in (0, 6)]
    assert ["合计", str(len(rows))] in found
    assert ["交通", str(int((rows["layer"] == "transport").sum()))] in found
    table_rows = cells(projects)[1:]
    assert [row[0] for row in table_rows] == [str(at) for at in range(1, len(table_rows) + 1)]
    layers = set(rows[rows["name"].isin([row[1] for row in table_rows])]["layer"])
    assert not layers & {"zone", "corridor", "city"}, "what is never built is no project"
    assert [EXPRESSWAY, "推进"] in [row[:2] for row in cells(changes)]
    assert len(short.inline_shapes) == 1
    assert short.paragraphs[-1].text.count("、") >= int(rows.geometry.isna().sum()) - 1, "the unplaced, whole"


PAGES = {
    "zone": PANXI,
    "province": Selection(),
    "layer": Selection(layer=("zone",)),
    "parks": Selection(zone=("southern",), layer=("park",)),
    "county": Selection(place=("513423",)),
    "chengdu": Selection(place=("510100",)),
    "one": Selection(q=EXPRESSWAY),
}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_short_brief_has_two_pages(tmp_path):
    for name, selection in PAGES.items():
        (tmp_path / f"{name}.docx").write_bytes(brief(ATLAS, select(ATLAS, selection), selection))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *tmp_path.glob("*.docx")]
    subprocess.run(command, check=True, capture_output=True)
    assert {name: len(pypdfium2.PdfDocument(tmp_path / f"{name}.pdf")) for name in PAGES} == dict.fromkeys(PAGES, 2)


# ---- properties, contents, words -------------------------------------------------------------


def test_properties_tell_when_and_of_what(short):
    said = short.core_properties
    today = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    for stamp in (said.created, said.modified):
        assert abs(today - stamp.replace(tzinfo=None)) < datetime.timedelta(minutes=10)
    assert said.author == said.last_modified_by == f"川规图 Plan Atlas {ATLAS.version}"
    assert said.version == ATLAS.version and said.language == "zh-CN"
    assert said.subject == f"经济区：攀西经济区；要素 {len(select(ATLAS, PANXI))} 个"
    for part in ("《攀西经济区“十四五”转型升级发展规划》", "审图号 GS(2024)0650号", "ODbL"):
        assert part in said.comments


def test_the_long_form_has_contents_with_a_page_for_every_heading(panxi, short):
    marks = {one.get(qn("w:name")): one.getparent() for one in panxi.element.iter(qn("w:bookmarkStart"))}
    entries = [one for one in panxi.paragraphs if one.style.name.startswith("toc")]
    heads = [one.text for one in panxi.paragraphs if one.style.name in ("Heading 1", "Heading 2")]
    assert len(heads) > 15
    links = [one._p.find(qn("w:hyperlink")) for one in entries]
    texts = ["".join(text.text for text in link.iter(qn("w:t"))).removesuffix("…") for link in links]
    assert texts == heads
    for link, head in zip(links, heads, strict=True):
        anchor = link.get(qn("w:anchor"))
        assert "".join(text.text for text in marks[anchor].iter(qn("w:t"))) == head
        assert f" PAGEREF {anchor} " in next(link.iter(qn("w:instrText"))).text
        assert next(link.iter(qn("w:fldChar"))).get(qn("w:dirty")) == "true"
    assert not [one for one in short.paragraphs if one.style.name.startswith("toc")]


CODE = re.compile(r"[a-z]\d+(/[a-z]\d+)+|/[a-z]\d+|“”|、”")


def test_no_sentence_holds_a_code_or_an_empty_place(panxi, short):
    decision = written(Selection(document=("panzhihua-decision-2025", "vanadium-titanium-action-2023")))
    for word in (panxi, short, decision):
        told = [*lines(word), *(text for made in word.tables for row in cells(made) for text in row)]
        assert not [text for text in told if CODE.search(text)]
    assert any("决定》第六条：" in text for text in lines(decision))


def test_hostile_names_are_text():
    rows = select(ATLAS, Selection(q=EXPRESSWAY)).copy()
    rows["name"] = ["<w:br/>&amp;\u202e\u0000\u000b<script>`${x}`"]
    word = written(Selection(q="</w:t>\u0007"), rows)
    assert any(text.endswith("．<w:br/>&amp;<script>`${x}`") for text in lines(word))


def test_nothing_selected_is_told():
    with pytest.raises(LayerError, match="没有符合条件的要素"):
        brief(ATLAS, ATLAS.table.head(0), Selection())


def test_command_writes_a_brief(tmp_path, capsys):
    out = tmp_path / "简报.docx"
    assert main(["brief", "-o", str(out), "--query", EXPRESSWAY, "--title", "攀盐高速简报", "--long"]) == 0
    assert lines(Document(str(out)))[0] == "攀盐高速简报"
    assert main(["brief", "-o", str(tmp_path / "x.pdf"), "--query", EXPRESSWAY]) == 2
    assert ".docx" in capsys.readouterr().err
