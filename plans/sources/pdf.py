"""PDF with text in it: printed lines with their page and indent, ruled tables, headers and page numbers left out."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage, PdfTextPage

from plans.errors import PlanError
from plans.radicals import characters
from plans.sources.marked import Writer
from plans.sources.ruled import Box, Key, Table, tables
from plans.sources.source import PICTURE

LEAST_PER_PAGE = 10  # characters; a page below that, with a picture on it, is a picture
MARGIN = 0.1  # of the height: where headers and page numbers stand
OFTEN = 3  # pages on which a line in the margin repeats, for it to be a header
MOST_PATHS = 4000  # a page with more is a drawing


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as printed: where it begins and its height on the page, both in points."""

    text: str
    left: float
    middle: float
    size: float


@dataclass(slots=True)
class Page:
    """What stands on a page, from the top: lines, and tables between them."""

    number: int
    height: float
    parts: list[Printed | tuple[Table, dict[Key, str]]] = field(default_factory=list)
    pictured: bool = False

    @property
    def lines(self) -> list[Printed]:
        return [one for one in self.parts if isinstance(one, Printed)]


def pdf_text(path: Path) -> str:
    """Return what the PDF at `path` says, as marked text.

    PlanError where it is encrypted, broken, or pictures alone.
    """
    try:
        with closing(PdfDocument(path)) as opened:
            pages = [_page(opened[i], i + 1) for i in range(len(opened))]
    except PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise PlanError(f"“{path.name}”已加密 (encrypted PDF)。请解除密码后再试。") from None
        raise PlanError(f"“{path.name}”不是有效的 PDF，或已损坏：{error} (broken PDF)。请重新取得该文件。") from None
    if all(page.pictured for page in pages) or not any(page.parts for page in pages):
        raise PlanError(f"“{path.name}”是扫描图像，没有文字层 (image-only PDF)。请先做文字识别 (OCR)。")
    writer = Writer()
    headers = _headers(pages)
    for page in pages:
        _write(page, headers, writer)
    return writer.text


# ---- a page to lines and tables ----------------------------------------------------------------


def _page(page: PdfPage, number: int) -> Page:
    found = Page(number, page.get_height())
    text = page.get_textpage()
    try:
        said = text.get_text_range()
        kinds, boxes = _drawn(page)
        found.pictured = len(re.sub(r"\s", "", said)) < LEAST_PER_PAGE and pdfium.FPDF_PAGEOBJ_IMAGE in kinds
        ruled = tables(boxes)
        if ruled and len(said) == text.count_chars():
            _with_tables(found, text, said, ruled)
        else:
            found.parts += _lines(text, said, range(len(said)))
    finally:
        text.close()
        page.close()
    return found


def _drawn(page: PdfPage) -> tuple[set[int], list[Box]]:
    """The kinds of the objects on a page, and the boxes of its strokes, bars and frames."""
    kinds: set[int] = set()
    boxes: list[Box] = []
    for one in page.get_objects(max_depth=3):
        kinds.add(one.type)
        if one.type == pdfium.FPDF_PAGEOBJ_PATH and len(boxes) < MOST_PATHS:
            boxes += _strokes(one.raw) if pdfium.FPDFPath_CountSegments(one.raw) > 5 else [one.get_bounds()]
    return kinds, boxes


def _strokes(path: object) -> Iterator[Box]:
    """The straight pieces of a path that draws more than one line or frame."""
    x, y = ctypes.c_float(), ctypes.c_float()
    at: tuple[float, float] | None = None
    for i in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        to = (x.value, y.value)
        if at and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            yield min(at[0], to[0]), min(at[1], to[1]), max(at[0], to[0]), max(at[1], to[1])
        at = to


def _with_tables(found: Page, text: PdfTextPage, said: str, ruled: list[Table]) -> None:
    """Put each character into the cell in which it stands; those outside make lines, above or below a table."""
    free: list[int] = []
    cells: list[dict[Key, list[int]]] = [{} for _ in ruled]
    home: tuple[int, Key] | None = None
    for i, char in enumerate(said):
        if not char.isspace() and char != "\ufffe":
            left, bottom, right, top = text.get_charbox(i)
            home = _home(ruled, (left + right) / 2, (bottom + top) / 2)
        if home is None:
            free.append(i)
        else:
            cells[home[0]].setdefault(home[1], []).append(i)
    lines = list(_lines(text, said, free))
    for table, within in zip(ruled, cells, strict=True):
        above = [one for one in lines if one.middle >= table.box[3]]
        lines = [one for one in lines if one.middle < table.box[3]]
        found.parts += above
        texts = {key: _mended("".join(said[i] for i in places)).strip() for key, places in within.items()}
        found.parts.append((table, texts))
    found.parts += lines


def _home(ruled: list[Table], x: float, y: float) -> tuple[int, Key] | None:
    for number, table in enumerate(ruled):
        left, bottom, right, top = table.box
        if left <= x <= right and bottom <= y <= top and (key := table.key_at(x, y)) is not None:
            return number, key
    return None


def _lines(text: PdfTextPage, said: str, places: range | list[int]) -> Iterator[Printed]:
    """The printed lines that the characters at `places` make."""
    line: list[int] = []
    for i in [*places, -1]:
        ends = i < 0 or said[i] in "\r\n\ufffe"
        if i >= 0 and said[i] == "\ufffe":
            line.append(i)
        if not ends:
            if line or not said[i].isspace():
                line.append(i)
            continue
        if words := _mended("".join(said[k] for k in line)).rstrip():
            left, bottom, _, top = text.get_charbox(line[0])
            yield Printed(words, left, (bottom + top) / 2, max(top - bottom, 1.0))
        line = []


def _mended(text: str) -> str:
    """Put characters (文) where a PDF has the radicals that look the same (⽂), and a hyphen for U+FFFE, its sign
    for one at the end of a line."""
    return characters(text.replace("\r\n", "\n")).replace("\ufffe", "-").replace("\x00", "")


# ---- pages to the text -------------------------------------------------------------------------

_NUMBER = re.compile(
    r"[-—–·•\s]*(?:第\s*)?(\d{1,4}|[ivxIVX]{1,6})(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d+\s*页?)?[-—–·•\s]*"
)


def _headers(pages: list[Page]) -> Counter[str]:
    """How many pages have a line in their margin, digits aside."""
    return Counter(key for page in pages for key in {_key(one) for one in page.lines if _in_margin(page, one)})


def _key(line: Printed) -> str:
    return re.sub(r"[\d\s]", "", line.text)


def _in_margin(page: Page, line: Printed) -> bool:
    return not MARGIN * page.height <= line.middle <= (1 - MARGIN) * page.height


def _write(page: Page, headers: Counter[str], writer: Writer) -> None:
    lines = page.lines
    writer.page()
    if page.pictured:
        writer.leave(PICTURE)
    edge = min((one.left for one in lines), default=0.0)
    for part in page.parts:
        if not isinstance(part, Printed):
            table, texts = part
            writer.grid(table.keys, texts)
        elif (part is lines[0] or part is lines[-1] or _in_margin(page, part)) and _NUMBER.fullmatch(part.text):
            writer.leave("页码", part.text)
        elif _in_margin(page, part) and headers[_key(part)] >= OFTEN:
            writer.leave("页眉页脚", part.text)
        else:
            writer.line(part.text, whole=False, indent=(part.left - edge) / part.size)
