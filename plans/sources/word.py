"""Word: the body in reading order, as a reader of the accepted document sees it.

Kept: tracked insertions, results of fields, content controls, smart tags, base text of ruby, text boxes
(once), foot- and endnotes (after their paragraph), Word's own numbers. Not kept: tracked deletions, hidden
text, instructions of fields, comments, headers and footers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError, _Element

from plans.errors import PlanError
from plans.sources.marked import Writer
from plans.sources.numbering import Numbering

_BOXES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_GONE = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "w:pPr", "w:rPr", "w:sdtPr")}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_OLE = b"\xd0\xcf\x11\xe0"  # what Word encrypts, and what it wrote until 2003
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


def word_text(path: Path) -> str:
    """Return what the Word file at `path` says, as marked text; PlanError where it cannot be read."""
    try:
        if path.read_bytes()[:4] == _OLE:
            raise PlanError(
                f"“{path.name}”已加密，或是旧的 .doc (encrypted or .doc)。请解除密码、另存为 .docx 后再试。"
            )
        reader = _Reader(docx.Document(str(path)))
        reader.blocks(reader.document.element.body)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError, EOFError, NotImplementedError):
        raise PlanError(f"“{path.name}”不是有效的 Word 文件，或已加密、损坏 (not a .docx)。请另存后再试。") from None
    return reader.told()


@dataclass(slots=True)
class _Words:
    """What a paragraph says, and what hangs on it."""

    said: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    notes: list[_Element] = field(default_factory=list)


class _Reader:
    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.styles = _Styles(document)
        self.numbering = Numbering(document, self.styles.numbered)
        self.notes = {kind: _notes(document, kind) for kind in ("footnotes", "endnotes")}
        self.writer = Writer()
        self.titled = False
        self.deleted = 0
        self.hidden = 0
        self.begun = ""  # a paragraph whose end is deleted goes on in the next

    def told(self) -> str:
        """Return the text, with what was not read."""
        if self.deleted:
            self.writer.leave(f"修订中删除的文字 {self.deleted} 处")
        if self.hidden:
            self.writer.leave(f"隐藏文字 {self.hidden} 处")
        return self.writer.text

    def write(self, said: str, style: _Style) -> None:
        """Write what a paragraph says; the first in the style of titles is the title."""
        if style.title and not self.titled:
            self.titled = True
            self.writer.title(said)
        else:
            self.writer.line(said, level=style.level)

    def blocks(self, container: _Element) -> None:
        """Write the paragraphs and tables of a body, a cell, a text box or a note."""
        for block in self._within(container):
            if block.tag == qn("w:p"):
                self.paragraph(block)
            else:
                self.table(block)

    def _within(self, container: _Element) -> Iterator[_Element]:
        """The paragraphs and tables of a container, through content controls, tags and tracked insertions."""
        for child in container:
            if child.tag in {qn("w:p"), qn("w:tbl")}:
                yield child
            elif child.tag == _CHOICE:
                yield from self._within(_chosen(child))
            elif child.tag not in _GONE and isinstance(child.tag, str):
                yield from self._within(child)

    def paragraph(self, paragraph: _Element) -> None:
        """Write a paragraph with its number, then its text boxes and notes."""
        words = self.words(paragraph)
        style = self.styles.of(paragraph)
        said = self.begun + "".join(words.said)
        self.begun = ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.begun = said
            return
        if said.strip():
            label = self.numbering.label(paragraph, style.name)
            if style.contents:
                self.writer.leave("目录", label + said)
            else:
                self.write(label + said, style)
        for box in words.boxes:
            self.blocks(box)
        for note in words.notes:
            self.blocks(note)

    def words(self, paragraph: _Element) -> _Words:
        """Return what a paragraph says."""
        found = _Words()
        self._walk(paragraph, found)
        return found

    def _walk(self, element: _Element, found: _Words) -> None:
        for child in element:
            if child.tag in {qn("w:del"), qn("w:moveFrom")}:
                self.deleted += child.find(f".//{qn('w:delText')}") is not None
            elif child.tag in _GONE or not isinstance(child.tag, str):
                continue
            elif child.tag == qn("w:t"):
                found.said.append(child.text or "")
            elif child.tag in _SIGNS:
                found.said.append(_SIGNS[child.tag])
            elif child.tag in _NOTES:
                note = self.notes[_NOTES[child.tag]].get(child.get(qn("w:id"), ""))
                if note is not None:
                    found.notes.append(note)
            elif child.tag in _BOXES:
                found.boxes += _boxes(child)
            elif child.tag == _CHOICE:
                self._walk(_chosen(child), found)
            elif child.tag == qn("w:r") and _is_hidden(child):
                self.hidden += 1
            else:
                self._walk(child, found)

    def table(self, table: _Element) -> None:
        """Write a table; one of a single column is a frame around paragraphs, a table in a cell comes after."""
        rows, cells = _cells(table)
        if max(map(len, rows), default=0) <= 1:
            for cell in cells.values():
                self.blocks(cell)
            return
        texts: dict[object, str] = {}
        inner: list[_Element] = []
        for key, cell in cells.items():
            blocks = list(self._within(cell))
            said = []
            for one in blocks:
                if one.tag == qn("w:tbl"):
                    inner.append(one)
                    continue
                words = self.words(one)
                inner += words.boxes
                text = "".join(words.said).strip()
                said.append(
                    self.numbering.label(one, self.styles.of(one).name) + text
                    if text or one.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
                    else ""
                )
            texts[key] = "\n".join(filter(None, said))
        self.writer.grid(rows, texts)
        for one in inner:
            if one.tag == qn("w:tbl"):
                self.table(one)
            else:
                self.blocks(one)


def _chosen(alternatives: _Element) -> _Element:
    """Of alternatives that say the same, the first."""
    return alternatives[0]


def _boxes(drawn: _Element) -> Iterator[_Element]:
    """The text boxes of a drawing; those within a text box are its own."""
    for child in drawn:
        if child.tag == qn("w:txbxContent"):
            yield child
        elif child.tag == _CHOICE:
            yield from _boxes(_chosen(child))
        else:
            yield from _boxes(child)


def _is_hidden(run: _Element) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in {"0", "false"}


def _cells(table: _Element) -> tuple[list[list[object]], dict[object, _Element]]:
    """The grid of a table: the key of the cell at each place, and each cell by its key."""
    rows: list[list[object]] = []
    cells: dict[object, _Element] = {}
    for tr in _rows(table):
        row: list[object] = [None] * _number(tr, "w:trPr/w:gridBefore")
        for tc in _direct(tr, qn("w:tc")):
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            going_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            above = rows[-1][len(row)] if going_on and rows and len(row) < len(rows[-1]) else None
            key = above if above is not None else (len(rows), len(row))
            cells.setdefault(key, tc)
            row += [key] * max(1, _number(tc, "w:tcPr/w:gridSpan"))
        rows.append(row)
    width = max(map(len, rows), default=0)
    return [[*row, *[None] * (width - len(row))] for row in rows], cells


def _rows(table: _Element) -> Iterator[_Element]:
    for row in _direct(table, qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield row


def _direct(element: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, through content controls and tags."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in _GONE and child.tag not in {qn("w:tc"), qn("w:tr")} and isinstance(child.tag, str):
            yield from _direct(child, tag)


def _number(element: _Element, path: str) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    return int(found.get(qn("w:val"), "0")) if found is not None else 0


def _notes(document: WordDocument, kind: str) -> dict[str, _Element]:
    """Foot- or endnotes by their id."""
    wanted = RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnotes" else RELATIONSHIP_TYPE.ENDNOTES
    for relation in document.part.rels.values():
        if relation.reltype == wanted:
            root = parse_xml(relation.target_part.blob)
            return {one.get(qn("w:id"), ""): one for one in root if one.get(qn("w:type")) is None}
    return {}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style says of it."""

    name: str  # the id of the style
    level: int  # 1 to 9 of a heading; 0 of text
    title: bool = False
    contents: bool = False  # a line of the table of contents


class _Styles:
    """The paragraph styles of a document, what they are based on followed."""

    def __init__(self, document: WordDocument) -> None:
        self.elements = {one.get(qn("w:styleId"), ""): one for one in document.styles.element.findall(qn("w:style"))}

    def of(self, paragraph: _Element) -> _Style:
        """Return the style of a paragraph."""
        chosen = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = chosen.get(qn("w:val"), "") if chosen is not None else ""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = _outline(own)
        title = contents = False
        for style in self._chain(key):
            name = style.find(qn("w:name"))
            called = name.get(qn("w:val"), "").lower() if name is not None else ""
            contents |= called.startswith("toc") and not called.startswith("toc heading")
            title |= called in {"title", "标题"}
            if own is None and not level:
                level = _outline(style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")) or _heading(called)
        return _Style(key, level, title, contents)

    def numbered(self, key: str) -> tuple[str, int] | None:
        """Return the number and level that a style gives its paragraphs."""
        for style in self._chain(key):
            given = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if given is not None and (number := given.find(qn("w:numId"))) is not None:
                return number.get(qn("w:val"), "0"), _number(given, "w:ilvl")
        return None

    def _chain(self, key: str) -> Iterator[_Element]:
        seen: set[str] = set()
        while key in self.elements and key not in seen:
            seen.add(key)
            yield self.elements[key]
            based = self.elements[key].find(qn("w:basedOn"))
            key = based.get(qn("w:val"), "") if based is not None else ""


def _outline(element: _Element | None) -> int:
    if element is None:
        return 0
    value = int(element.get(qn("w:val"), "9"))
    return value + 1 if value < 9 else 0


def _heading(called: str) -> int:
    words = called.split()
    return int(words[-1]) if len(words) == 2 and words[0] in {"heading", "标题"} and words[1].isdigit() else 0
