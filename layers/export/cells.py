"""Sheets of a workbook: how cells look, how high rows are, what is printed."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from layers.export.columns import plain, safe_cell

CELL_UNITS = 32_767  # the most UTF-16 units that Excel keeps in a cell
HEAD_ROWS = 2
A3, A4 = 8, 9  # as a file of Excel numbers papers
# Excel gives a width in digits of its default font, 7 pixels each; a half-width character of 10 points has 6.7.
UNITS_A_WIDTH = 7 / 6.7
PADDING_UNITS = 1
LINE_POINT, FRAME_POINT = 13.5, 5.0
MOST_POINT = 409.0  # the highest row that Excel draws
TITLE_POINT = 28.0


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: its head and its width in digits."""

    text: str
    width: float
    centred: bool = False


# Looks of cells, by name: what XlsxWriter calls the properties of a format.
_BODY = {
    "font_name": "宋体",
    "font_size": 10,
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#B0B0B0",
}
_STRONG = {"font_name": "黑体", "valign": "vcenter"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _STRONG | {"font_size": 16},
    "head": _BODY | _STRONG | {"align": "center", "bg_color": "#E8EDF3"},
    "label": _BODY | _STRONG,
    "left": _BODY | {"align": "left"},
    "centre": _BODY | {"align": "center"},
}
Looks = dict[str, Format]


def looks(book: Workbook) -> Looks:
    """Return the formats of a workbook by their names."""
    return {name: book.add_format(look) for name, look in _LOOKS.items()}


def cover(book: Workbook, form: Looks, name: str, title: str, lines: Sequence[tuple[str, str | int]]) -> None:
    """Add a sheet of heads and what stands beside them, on A4 upright."""
    sheet = book.add_worksheet(name)
    columns = (Head("", 22), Head("", 84))
    _page(sheet, columns, A4)
    _put(sheet, 0, 0, title, form["title"])
    for at, (head, value) in enumerate(lines, HEAD_ROWS):
        sheet.set_row(at, _height(columns, (head, value)))
        _put(sheet, at, 0, head, form["label"])
        _put(sheet, at, 1, value, form["left"])


def table(
    book: Workbook, form: Looks, name: str, columns: Sequence[Head], rows: Sequence[Sequence[Any]], *, title: str
) -> None:
    """Add a sheet: its title, its heads, which stay in view and on every page, and its numbered rows; A3 across."""
    sheet = book.add_worksheet(name)
    _page(sheet, columns, A3)
    sheet.freeze_panes(HEAD_ROWS, 2)
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    _put(sheet, 0, 0, title, form["title"])
    sheet.set_row(1, _height(columns, [one.text for one in columns]))
    for at, column in enumerate(columns):
        _put(sheet, 1, at, column.text, form["head"])
    for at, row in enumerate(rows):
        values = [at + 1, *row]
        sheet.set_row(HEAD_ROWS + at, _height(columns, values))
        for nth, (column, value) in enumerate(zip(columns, values, strict=True)):
            _put(sheet, HEAD_ROWS + at, nth, value, form["centre" if column.centred else "left"])
    sheet.autofilter(1, 0, 1 + len(rows), len(columns) - 1)


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of that width; Excel does not say, and LibreOffice does not guess."""
    room = max(2, math.floor(width * UNITS_A_WIDTH) - PADDING_UNITS)
    return sum(max(1, math.ceil(_units(line) / room)) for line in text.split("\n"))


def _units(text: str) -> int:
    """The half-width characters that a line is long."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def _height(columns: Sequence[Head], values: Sequence[Any]) -> float:
    """Points that a row needs for the longest of its texts."""
    texts = ((column.width, value) for column, value in zip(columns, values, strict=True) if isinstance(value, str))
    most = max((lines_of(text, width) for width, text in texts), default=1)
    return min(MOST_POINT, most * LINE_POINT + FRAME_POINT)


def _page(sheet: Worksheet, columns: Sequence[Head], paper: int) -> None:
    """As wide as the page, page numbers at the foot."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, TITLE_POINT)
    if paper == A3:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4)
    sheet.set_footer("&L示意图，不作为划界依据&R第 &P 页，共 &N 页")


def _put(sheet: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
    """Write a text or a number; `write_string` never reads a formula, a number or an address in a text."""
    if isinstance(value, str) and value:
        sheet.write_string(row, column, _fitting(safe_cell(plain(value))), look)
    elif isinstance(value, str) or pd.isna(value):
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_number(row, column, value, look)


def _fitting(text: str) -> str:
    """Return `text` within what a cell holds, saying so where it is cut.

    XlsxWriter takes a text between <r> and </r> for its own markup; a space after it keeps it text.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        return _fitting(text + " ")
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CELL_UNITS:
        return text
    note = "…（超出单元格容量，全文见 CSV 或 GeoJSON）"
    return units[: 2 * (CELL_UNITS - len(note))].decode("utf-16-le", errors="ignore") + note
