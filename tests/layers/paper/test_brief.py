"""The Word brief: every clause that stands behind a project, word for word, in the typography of offices."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn

from layers.__main__ import main
from layers.atlas import bundled
from layers.errors import LayerError
from layers.paper import brief as briefs
from layers.paper.brief import brief, sentence, source
from layers.query.selection import Selection, select

ATLAS = bundled()

EXPRESSWAY = "攀枝花至盐源高速公路"
PANXI = Selection(zone=("panxi",))


def written(selection: Selection, rows=None):
    return Document(io.BytesIO(brief(ATLAS, select(ATLAS, selection) if rows is None else rows, selection)))


@pytest.fixture(scope="module")
def panxi():
    return written(PANXI)


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
    heads = [text for text in told if re.match("[一二三四五六七八九]、", text)]
    assert heads == [
        "一、范围与概况", "二、分类汇总", "三、分布示意", "四、项目一览", "五、规划原文", "六、表述变化与不一致",
        "七、发展指标", "八、资料来源与说明",
    ]  # fmt: skip
    rows = select(ATLAS, PANXI)
    cited = int(rows["citations"].map(len).sum())
    assert f"共有要素 {len(rows)} 个，引文 {cited} 处" in told[4]
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
    assert main(["brief", "-o", str(out), "--query", EXPRESSWAY, "--title", "攀盐高速简报"]) == 0
    assert lines(Document(str(out)))[0] == "攀盐高速简报"
    assert main(["brief", "-o", str(tmp_path / "x.pdf"), "--query", EXPRESSWAY]) == 2
    assert ".docx" in capsys.readouterr().err
