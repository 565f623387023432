"""Word documents in the typography of Chinese offices: A4, 仿宋 and 黑体, page numbers, ruled tables.

A thin layer over python-docx. Text is cleaned of what XML cannot hold; nothing in it is ever read as markup.
"""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from layers.about import APPROVAL, LANGUAGE, About
from layers.paper.contents import LISTED_LEVELS, Heading, insert, mark
from layers.paper.labels import MM_PER_POINT, wrapped
from layers.text import shortened

LATIN = "Times New Roman"
BODY, HEAD, SUBHEAD, SONG = "仿宋", "黑体", "楷体", "宋体"


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks; sizes in points. Lines have a fixed height, so that pages break alike with any font."""

    font: str
    size: float
    line: float
    before: float = 0
    after: float = 0
    bold: bool = False
    indent: int = 0  # characters, of the first line


STYLES = {
    "Normal": Look(BODY, 14, 26),
    "Body Text": Look(BODY, 14, 26, indent=2),
    "Title": Look(HEAD, 22, 34, after=6),
    "Subtitle": Look(SUBHEAD, 14, 22, after=10),
    "Heading 1": Look(HEAD, 16, 26, before=12, after=4),
    "Heading 2": Look(SUBHEAD, 14, 24, before=8, after=2, bold=True),
    "Heading 3": Look(BODY, 12, 18, before=5, bold=True),
    "Caption": Look(HEAD, 10.5, 16, before=6, after=4),
    "Quote": Look(BODY, 10.5, 16, after=2, indent=2),
    "List Paragraph": Look(BODY, 10.5, 16, after=1),
}
# A brief that must keep to two pages.
COMPACT = STYLES | {
    "Normal": Look(BODY, 11.5, 18),
    "Body Text": Look(BODY, 11.5, 18, after=2, indent=2),
    "Title": Look(HEAD, 20, 28, after=3),
    "Subtitle": Look(SUBHEAD, 11, 16, after=4),
    "Heading 1": Look(HEAD, 13, 20, before=6, after=2),
    "Caption": Look(HEAD, 9.5, 14, before=2, after=3),
    "List Paragraph": Look(BODY, 9, 12.5, after=1),
}
CENTRED = ("Title", "Subtitle", "Caption")
MARGINS_MM = {"top_margin": 30, "bottom_margin": 28, "left_margin": 26, "right_margin": 26}
COMPACT_MM = {"top_margin": 22, "bottom_margin": 20, "left_margin": 26, "right_margin": 26}
TABLE_POINT, TABLE_LINE, CELL_POINT = 9, 12, 1  # of type, of a line, above and below the text of a cell
MOST_PROPERTY = 255  # characters of a property
MARGIN_MM, CELL_MM = 1.0, 2.5  # what a cell keeps free at each side; and on both, with its line


def clean(text: str) -> str:
    """Return `text` without control characters (also bidi), which XML or a reader's eye could not bear."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one)[0] != "C")


class Brief:
    """A Word document that grows from top to bottom."""

    def __init__(self, about: About, *, compact: bool = False) -> None:
        self.word: WordDocument = Document()
        self._figures = self._tables = 0
        self._looks = COMPACT if compact else STYLES
        self._ids = {name: self.word.styles[name].style_id for name in STYLES}
        self._headings: list[Heading] = []
        self._contents: Paragraph | None = None
        self._styles()
        self._page(COMPACT_MM if compact else MARGINS_MM)
        self._describe(about)

    def _styles(self) -> None:
        for name, look in self._looks.items():
            style: Any = self.word.styles[name]
            style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, False
            style.font.color.rgb = RGBColor(0, 0, 0)
            _fonts(style.element.get_or_add_rPr(), look.font)
            form = style.paragraph_format
            form.left_indent, form.first_line_indent = Mm(0), Pt(look.indent * look.size)
            form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), Pt(look.line)
            if name in CENTRED:
                form.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the template underlines its titles
                border.getparent().remove(border)
        self.word.styles["Caption"].paragraph_format.keep_with_next = True
        _unspaced(self.word.styles["Normal"].element.get_or_add_pPr())

    def _page(self, margins: dict[str, int]) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side, wide in margins.items():
            setattr(section, side, Mm(wide))
        section.footer_distance = Mm(10)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in (("— ", False), ("PAGE", True), (" —", False)):
            run = foot.add_run()
            run.font.size = Pt(12)
            _fonts(run._element.get_or_add_rPr(), SONG)
            _field(run, text) if field else run.add_text(text)

    def _describe(self, about: About) -> None:
        """Write the properties of the file; the template would say that it was made in 2013."""
        said = self.word.core_properties
        said.title, said.subject = clean(about.title), shortened(clean(about.selection), MOST_PROPERTY)
        said._element.get_or_add_description().text = clean(about.description)  # longer than the library lets pass
        said.author = said.last_modified_by = about.creator
        said.created = said.modified = about.made.astimezone(datetime.UTC).replace(tzinfo=None)
        said.language, said.keywords, said.category, said.revision = LANGUAGE, APPROVAL, "规划", 1
        said.version = about.version

    def paragraph(self, text: str, style: str = "Body Text") -> Paragraph:
        """Add a paragraph in one of STYLES."""
        added = self.word.add_paragraph()
        added._p.style = self._ids[style]  # the library would search its styles for each paragraph
        if text:
            added.add_run(clean(text))
        return added

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """Add a heading, level 1 to 3, on a new page if asked for."""
        added = self.paragraph(text, f"Heading {level}")
        added.paragraph_format.page_break_before = new_page or None
        if level <= LISTED_LEVELS:
            self._headings.append(Heading(clean(text), level, f"_Toc{len(self._headings) + 1:06d}"))
            mark(added, self._headings[-1])

    def contents(self) -> None:
        """Have the table of contents stand here, of the headings that follow."""
        self._contents = self.paragraph("目　录", "Caption")

    def quote(self, before: str, parts: Sequence[tuple[str, bool]], after: str) -> None:
        """Add a quotation: what leads to it, its text in parts (marked ones bold), what follows."""
        added = self.paragraph(before, "Quote")
        for text, marked in parts:
            added.add_run(clean(text)).bold = marked
        added.add_run(clean(after))

    def picture(self, png: bytes, wide_mm: float, caption: str) -> None:
        """Add a picture with its number and caption below."""
        holder = self.paragraph("", "Caption")
        holder.paragraph_format.line_spacing = 1.0  # a line of a fixed height would cut it
        holder.add_run().add_picture(io.BytesIO(png), width=Mm(wide_mm))
        self._figures += 1
        below = self.paragraph(f"图{self._figures}　{caption}", "Caption")
        below.paragraph_format.keep_with_next = False

    def table(self, caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], wide_mm: Sequence[float]) -> None:
        """Add a ruled table with its number and caption above; its head is repeated on every page."""
        self._tables += 1
        self.paragraph(f"表{self._tables}　{caption}", "Caption")
        table = self.word.add_table(rows=2, cols=len(head), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _margins(table._tbl.tblPr)
        for at, wide in enumerate(wide_mm):
            table.columns[at].width = Mm(wide)
        first, pattern = table.rows
        _fill(first, head, bold=True)
        _mark(first, "w:tblHeader")
        _fill(pattern, [""] * len(head))
        for row in (first, pattern):
            _mark(row, "w:cantSplit")
            for cell, wide in zip(row.cells, wide_mm, strict=True):
                cell.width = Mm(wide)
        for texts in rows:  # a copied row is many times faster than add_row
            copy = deepcopy(pattern._tr)
            table._tbl.append(copy)
            for cell, text in zip(copy.tc_lst, texts, strict=True):
                cell.p_lst[0].r_lst[0].text = clean(text)
        table._tbl.remove(pattern._tr)

    def content(self) -> bytes:
        """Return the file."""
        if self._contents is not None:
            insert(self.word.styles, self._contents, self._headings)
            self._contents = None
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()


def lines_of(texts: Sequence[str], wide_mm: Sequence[float]) -> int:
    """Return how many lines a row of a table takes, on the safe side."""
    return max(len(wrapped(text, wide - CELL_MM, TABLE_POINT + 0.2)) for text, wide in zip(texts, wide_mm, strict=True))


def row_mm(texts: Sequence[str], wide_mm: Sequence[float]) -> float:
    """Return how high a row of a table is, in mm."""
    return (lines_of(texts, wide_mm) * TABLE_LINE + 2 * CELL_POINT + 0.5) * MM_PER_POINT


def _fonts(properties: Any, east: str) -> None:
    """Letter Latin text in LATIN and Chinese in `east`; the theme of the template must not win over them."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east)):
        fonts.set(qn(f"w:{script}"), name)
    properties.insert(0, fonts)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)


def _unspaced(properties: Any) -> None:
    """Letter Chinese and Latin text without a gap between: lines break where they are reckoned to."""
    for name in ("autoSpaceDE", "autoSpaceDN"):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), "0")
        properties.find(qn("w:spacing")).addprevious(element)  # elements have an order, and strict readers ask for it


def _margins(properties: Any) -> None:
    """Bring the text of cells nearer to their lines."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(MARGIN_MM / MM_PER_POINT * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.find(qn("w:tblLook")).addprevious(margins)


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)


def _fill(row: _Row, texts: Sequence[str], bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        form = paragraph.paragraph_format
        form.line_spacing, form.space_before, form.space_after = Pt(TABLE_LINE), Pt(CELL_POINT), Pt(CELL_POINT)
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.bold = Pt(TABLE_POINT), bold
        _fonts(run._element.get_or_add_rPr(), HEAD if bold else SONG)
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
