"""Word as a reader of the accepted document sees it: written over its XML, part by part."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from plans.errors import PlanError
from plans.sources.marked import parse_marked
from plans.sources.numbering import chinese
from plans.sources.source import Grid, Source
from plans.sources.word import word_text

BOXED = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"


def read_word(path: Path) -> Source:
    return parse_marked(word_text(path))


def said(tmp_path: Path, *paragraphs: str) -> list[str]:
    """The lines of a Word file whose body holds `paragraphs`, each the XML within a w:p."""
    file = docx.Document()
    end = file.element.body.sectPr
    for xml in paragraphs:
        end.addprevious(parse_xml(f"<w:p {nsdecls('w')} {BOXED}>{xml}</w:p>"))
    path = tmp_path / "plan.docx"
    file.save(str(path))
    return [part.text for part in read_word(path).parts if not isinstance(part, Grid)]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        pytest.param(
            "<w:smartTag><w:r><w:t>成都</w:t></w:r></w:smartTag><w:r><w:t>至</w:t></w:r>", ["成都至"], id="tag"
        ),
        pytest.param(
            '<w:r><w:t>建设</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>高速</w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="a"><w:r><w:delText>普通</w:delText></w:r></w:del><w:r><w:t>公路</w:t></w:r>',
            ["建设高速公路"],
            id="tracked",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第三章</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>',
            ["第三章7"],
            id="fields",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", ["控件"], id="sdt"
        ),
        pytest.param(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>qú</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>渠</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>县</w:t></w:r>",
            ["渠县"],
            id="ruby",
        ),
        pytest.param(
            f"<w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}"
            f"</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>",
            ["正文", "框中文字"],
            id="text-box-once",
        ),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:t>明</w:t></w:r>", ["明"], id="hidden"),
        pytest.param("<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>", ["链接"], id="link"),
        pytest.param("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>", ["一\u2028二"], id="break"),
    ],
)
def test_what_a_paragraph_says(tmp_path, xml, expected):
    assert said(tmp_path, xml) == expected


def test_a_paragraph_whose_end_is_deleted_goes_on(tmp_path):
    first = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>成都至</w:t></w:r>'
    assert said(tmp_path, first, "<w:r><w:t>达州</w:t></w:r>") == ["成都至达州"]


NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:suff w:val="nothing"/>
<w:lvlText w:val="%4"/></w:lvl></w:abstractNum>"""


def test_word_numbers_are_text(tmp_path):
    file = docx.Document()
    root = file.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    end = file.element.body.sectPr
    for level, text in ((0, "交通"), (1, "铁路"), (1, "公路"), (2, "目标"), (3, "里程"), (0, "水利"), (1, "水库")):
        numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        end.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{numbers}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"))
    path = tmp_path / "plan.docx"
    file.save(str(path))
    assert [part.text for part in read_word(path).parts] == [  # type: ignore[union-attr]
        "第一章 交通",
        "（一）铁路",
        "（二）公路",
        "1.1 目标",
        "③里程",
        "第二章 水利",
        "（一）水库",
    ]


@pytest.mark.parametrize(
    ("value", "expected"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十")]
)
def test_chinese_counting(value, expected):
    assert chinese(value) == expected


def test_merged_cells_stand_at_each_place_and_are_written_once(tmp_path):
    file = docx.Document()
    table = file.add_table(3, 3)
    for row, words in enumerate((("类别", "项目", "投资"), ("铁路", "甲线", "1"), ("", "乙线", "2"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    path = tmp_path / "plan.docx"
    file.save(str(path))
    (grid,) = read_word(path).parts
    assert isinstance(grid, Grid)
    assert grid.rows[1][0] is grid.rows[2][0]
    assert [[cell.bare for cell in row] for row in grid.rows[1:]] == [["铁路", "甲线", "1"], ["铁路", "乙线", "2"]]
    assert word_text(path).count("铁路") == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"no zip", "not a .docx"), (b"PK\x03\x04damaged", "not a .docx"), (b"\xd0\xcf\x11\xe0....", "encrypted or .doc")],
)
def test_what_is_no_word_file_says_so(tmp_path, content, message):
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=message):
        read_word(path)
