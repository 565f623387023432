"""Word documents in the typography of Chinese offices: A4, 仿宋 and 黑体, page numbers, ruled tables.

A thin layer over python-docx. Text is cleaned of what XML cannot hold; nothing in it is ever read as markup.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from copy import deepcopy
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

LATIN = "Times New Roman"
BODY, HEAD, SUBHEAD, SONG = "仿宋", "黑体", "楷体", "宋体"
# name: east-asian font, points, bold, first line indent in characters, space before and after in points
STYLES = {
    "Normal": (BODY, 14, False, 0, 0, 0),
    "Body Text": (BODY, 14, False, 2, 0, 0),
    "Title": (HEAD, 22, False, 0, 0, 6),
    "Subtitle": (SUBHEAD, 14, False, 0, 0, 10),
    "Heading 1": (HEAD, 16, False, 0, 12, 4),
    "Heading 2": (SUBHEAD, 14, True, 0, 8, 2),
    "Heading 3": (BODY, 12, True, 0, 6, 0),
    "Caption": (HEAD, 10.5, False, 0, 6, 4),
    "Quote": (BODY, 12, False, 2, 0, 3),
    "List Paragraph": (BODY, 10.5, False, 0, 0, 1),
}
CENTRED = ("Title", "Subtitle", "Caption")
MARGINS_MM = {"top_margin": 30, "bottom_margin": 28, "left_margin": 26, "right_margin": 26}
TABLE_POINT = 9


def clean(text: str) -> str:
    """Return `text` without control characters (also bidi), which XML or a reader's eye could not bear."""
    return "".join(one for one in text if one == "\n" or unicodedata.category(one)[0] != "C")


class Brief:
    """A Word document that grows from top to bottom."""

    def __init__(self, title: str) -> None:
        self.word: WordDocument = Document()
        self._figures = self._tables = 0
        self._ids = {name: self.word.styles[name].style_id for name in STYLES}
        self._styles()
        self._page()
        about = self.word.core_properties
        about.title, about.author, about.comments = clean(title), "川规图 Plan Atlas", ""

    def _styles(self) -> None:
        for name, (east, size, bold, indent, before, after) in STYLES.items():
            style: Any = self.word.styles[name]
            style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
            style.font.color.rgb = RGBColor(0, 0, 0)
            _fonts(style.element.get_or_add_rPr(), east)
            form = style.paragraph_format
            form.left_indent, form.first_line_indent = Mm(0), Pt(indent * size)
            form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.25
            if name in CENTRED:
                form.alignment = WD_ALIGN_PARAGRAPH.CENTER
            for border in style.element.findall(f".//{qn('w:pBdr')}"):  # the template underlines its titles
                border.getparent().remove(border)
        self.word.styles["Caption"].paragraph_format.keep_with_next = True

    def _page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side, wide in MARGINS_MM.items():
            setattr(section, side, Mm(wide))
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text, field in (("— ", False), ("PAGE", True), (" —", False)):
            run = foot.add_run()
            run.font.size = Pt(12)
            _fonts(run._element.get_or_add_rPr(), SONG)
            _field(run, text) if field else run.add_text(text)

    def paragraph(self, text: str, style: str = "Body Text") -> Paragraph:
        """Add a paragraph in one of STYLES."""
        added = self.word.add_paragraph()
        added._p.style = self._ids[style]  # the library would search its styles for each paragraph
        if text:
            added.add_run(clean(text))
        return added

    def heading(self, text: str, level: int) -> None:
        """Add a heading, level 1 to 3."""
        self.paragraph(text, f"Heading {level}")

    def quote(self, before: str, parts: Sequence[tuple[str, bool]], after: str) -> None:
        """Add a quotation: what leads to it, its text in parts (marked ones bold), what follows."""
        added = self.paragraph(before, "Quote")
        for text, marked in parts:
            added.add_run(clean(text)).bold = marked
        added.add_run(clean(after))

    def picture(self, png: bytes, wide_mm: float, caption: str) -> None:
        """Add a picture with its number and caption below."""
        holder = self.paragraph("", "Caption")
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
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()


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
        paragraph.paragraph_format.line_spacing = 1.1
        run = paragraph.add_run(clean(text))
        run.font.size, run.font.bold = Pt(TABLE_POINT), bold
        _fonts(run._element.get_or_add_rPr(), HEAD if bold else SONG)
        if bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
