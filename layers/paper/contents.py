"""The table of contents of a Word document: links to its headings, with fields that the reader fills with pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.styles import Styles
from docx.text.paragraph import Paragraph

LISTED_LEVELS = 2
RIGHT_MM = 158.0  # where page numbers end
INDENT_MM = 6.0  # of each level
LINE_POINT = {1: 20, 2: 17}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the bookmark by which the contents know its page."""

    text: str
    level: int
    bookmark: str


def mark(paragraph: Paragraph, heading: Heading) -> None:
    """Put the bookmark of a heading round its text."""
    number = str(int(heading.bookmark.removeprefix("_Toc")))
    start, end = _element("bookmarkStart", id=number, name=heading.bookmark), _element("bookmarkEnd", id=number)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(end)


def insert(styles: Styles, title: Paragraph, headings: Sequence[Heading]) -> None:
    """Put the contents below their `title`, in styles that are added."""
    at = title._p
    for level, points in LINE_POINT.items():
        style: Any = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)  # type: ignore[no-untyped-call]
        style.base_style = styles["Normal"]
        style.font.size = Pt(12 if level == 1 else 10.5)
        form = style.paragraph_format
        form.left_indent, form.line_spacing = Mm((level - 1) * INDENT_MM), Pt(points)
        form.tab_stops.add_tab_stop(Mm(RIGHT_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for one in headings:
        line = _line(one, styles[f"toc {one.level}"].style_id)
        at.addnext(line)
        at = line


def _line(one: Heading, style: str) -> Any:
    """A line of the contents: a link with the text of the heading and its page."""
    line, link = _element("p"), _element("hyperlink", anchor=one.bookmark, history="1")
    form = _element("pPr")
    form.append(_element("pStyle", val=style))
    line.append(form)
    text = _element("t")
    text.text = one.text
    for element in (text, _element("tab")):
        link.append(_run(element))
    for element in _page(one.bookmark):
        link.append(_run(element))
    line.append(link)
    return line


def _page(bookmark: str) -> Iterator[Any]:
    """The page of a bookmark: a field that asks to be filled when the document is opened."""
    yield _element("fldChar", fldCharType="begin", dirty="true")
    said = _element("instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = f" PAGEREF {bookmark} \\h "
    yield said
    yield _element("fldChar", fldCharType="separate")
    unknown = _element("t")
    unknown.text = "…"
    yield unknown
    yield _element("fldChar", fldCharType="end")


def _run(content: Any) -> Any:
    run = _element("r")
    run.append(content)
    return run


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
