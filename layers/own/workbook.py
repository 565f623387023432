"""Workbooks of Excel: .xlsx by openpyxl, .xls by xlrd; both only read values."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl
import xlrd
from openpyxl.utils import range_boundaries

from layers.errors import LayerError
from layers.own.archive import members
from layers.own.delimited import delimited
from layers.own.raw import MOST_CELLS, MOST_COLUMNS, MOST_FEATURES, Raw
from layers.own.tables import HEAD_ROWS, heads, layers_of, no_columns

MOST_SHEETS = 20
MOST_STRINGS = 1_000_000
MOST_MERGED = 20_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what old and encrypted Excel files begin with
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
Cells = list[list[Any]]
Span = tuple[int, int, int, int]  # first row, last row, first column, last column; from 0, last ones included


def xlsx(data: bytes) -> list[Raw]:
    """Read every sheet with columns of positions."""
    if data.startswith(OLE):
        raise LayerError(
            "这是旧版或加密的 Excel 文件 (old or encrypted Excel)；请去掉密码，另存为 .xlsx（旧版也可把扩展名改为 .xls）。"
        )
    parts = members(data, ("",))  # the limits of an archive hold for a workbook
    _count(parts)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = book.worksheets[:MOST_SHEETS]
    return _layers((sheet.title, _filled(_cells(sheet), _merged(parts, sheet))) for sheet in sheets)


def _count(parts: dict[str, bytes]) -> None:
    """Count strings and cells before openpyxl makes objects of them."""
    strings = sum(
        len(_STRING.findall(part)) for name, part in parts.items() if name.lower().endswith("sharedstrings.xml")
    )
    cells = sum(len(_CELL.findall(part)) for name, part in parts.items() if "/worksheets/" in name.lower())
    if strings > MOST_STRINGS or cells > MOST_CELLS:
        raise _too_many()


def _too_many() -> LayerError:
    return LayerError(f"工作簿的单元格或文字超过 {MOST_CELLS:,} 个 (too many cells)；请删去不需要的行列。")


def _cells(sheet: Any) -> Cells:
    last = MOST_FEATURES + HEAD_ROWS + 1
    rows = sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)
    return [list(row) if any(cell is not None for cell in row) else [] for row in rows]


def _merged(parts: dict[str, bytes], sheet: Any) -> Iterator[Span]:
    """The merged cells of a sheet, which a workbook that is only read through does not tell."""
    part = parts.get(str(sheet._worksheet_path).lstrip("/"), b"")
    for one in _MERGED.findall(part)[:MOST_MERGED]:
        first_column, first_row, last_column, last_row = range_boundaries(one.decode("ascii"))
        yield first_row - 1, last_row - 1, first_column - 1, last_column - 1


def _filled(rows: Cells, spans: Iterable[Span]) -> Cells:
    """Rows that are not empty, with the value of a cell that is merged downwards in each row that it covers.

    Heads are left as they are: what spans them is told by what they leave empty.
    """
    written = [i for i, row in enumerate(rows) if any(cell not in (None, "") for cell in row)]
    found = heads([rows[i] for i in written[:HEAD_ROWS]])
    left = MOST_CELLS
    for first, last, column, _ in spans:
        if found is None or first <= written[found.last] or first >= len(rows) or column >= len(rows[first]):
            continue
        for row in rows[first + 1 : last + 1]:
            left -= 1
            if left > 0 and column < len(row) and row[column] in (None, ""):
                row[column] = rows[first][column]
    return [rows[i] for i in written]


def _layers(sheets: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> list[Raw]:
    found = [raw for title, rows in sheets for raw in layers_of(title, rows)]
    if not found:
        raise no_columns()
    return found


# ---- before 2007 -----------------------------------------------------------------------------


def xls(data: bytes) -> list[Raw]:
    """Read a workbook of Excel 97 to 2003, or what is called one: many systems write text or .xlsx under that name."""
    if data.startswith(b"PK"):
        return xlsx(data)
    if data.lstrip()[:1] == b"<":
        raise LayerError("这是网页表格，只是扩展名为 .xls (HTML table)；请用 Excel 打开，另存为 .xlsx 后上传。")
    if not data.startswith(OLE):
        return delimited(data)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise LayerError("Excel 文件已加密 (encrypted Excel)；请去掉密码后另存为 .xlsx。")
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, formatting_info=True)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise LayerError("Excel 文件已加密 (encrypted Excel)；请去掉密码后另存为 .xlsx。") from None
        raise LayerError("旧版 Excel 文件无法读取 (cannot read .xls)；请用 Excel 打开，另存为 .xlsx 后上传。") from None
    sheets = (book.sheet_by_index(i) for i in range(min(book.nsheets, MOST_SHEETS)))
    return _layers((sheet.name, _filled(_old_cells(book, sheet), _old_merged(sheet))) for sheet in sheets)


def _old_cells(book: Any, sheet: Any) -> Cells:
    if sheet.nrows * sheet.ncols > MOST_CELLS:
        raise _too_many()
    last = min(sheet.nrows, MOST_FEATURES + HEAD_ROWS + 1)
    return [[_old_value(book, sheet.cell(i, j)) for j in range(sheet.row_len(i))] for i in range(last)]


def _old_value(book: Any, cell: Any) -> Any:
    """The value of a cell: nothing, text, a number, or a date; Excel writes hours of any number as a date."""
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype != xlrd.XL_CELL_DATE:
        return cell.value
    if cell.value < 366:  # a duration, not a day of 1900
        return dt.timedelta(days=cell.value)
    try:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    except (xlrd.XLDateError, OverflowError):
        return cell.value


def _old_merged(sheet: Any) -> Iterator[Span]:
    for first_row, row_end, first_column, column_end in sheet.merged_cells[:MOST_MERGED]:
        yield first_row, row_end - 1, first_column, column_end - 1
