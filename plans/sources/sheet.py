"""Workbooks (.xlsx, .xls): each sheet a heading and a table, merged cells as they are merged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
import xlrd
from openpyxl.utils.exceptions import InvalidFileException

from plans.errors import PlanError
from plans.sources.marked import Writer

_UNNAMED = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells that say something, and the areas that are merged: first and last row and column."""

    name: str
    cells: dict[Place, str]
    merged: tuple[tuple[int, int, int, int], ...]


def workbook_text(path: Path) -> str:
    """Return what the workbook at `path` says, as marked text; PlanError where it cannot be read."""
    try:
        sheets = list(_old(path) if path.suffix.lower() == ".xls" else _new(path))
    except (BadZipFile, InvalidFileException, xlrd.XLRDError, KeyError, ValueError, EOFError, AssertionError) as error:
        if "encrypt" in str(error).lower() or _is_locked(path):
            raise PlanError(f"“{path.name}”已加密 (encrypted workbook)。请解除密码后再试。") from None
        raise PlanError(
            f"“{path.name}”不是有效的 Excel 文件，或已加密、损坏 (not a workbook)。请另存后再试。"
        ) from None
    writer = Writer()
    for sheet in sheets:
        if sheet.cells:
            if not _UNNAMED.fullmatch(sheet.name):
                writer.line(sheet.name, level=1)
            _write(sheet, writer)
    return writer.text


def _is_locked(path: Path) -> bool:
    """Tell whether an .xlsx is held in the container in which Office encrypts."""
    return path.suffix.lower() == ".xlsx" and path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"


def _write(sheet: Sheet, writer: Writer) -> None:
    """Write the part of a sheet that is used; rows in which nothing stands are left out."""
    of: dict[Place, Place] = {}
    for top, bottom, left, right in sheet.merged:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                of[row, column] = (top, left)
    height, width = (1 + max(place[i] for place in sheet.cells) for i in (0, 1))
    rows = [[of.get((row, column), (row, column)) for column in range(width)] for row in range(height)]
    writer.grid([row for row in rows if any(key in sheet.cells for key in row)], sheet.cells)


def _new(path: Path) -> Iterable[Sheet]:
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        cells = {
            (cell.row - 1, cell.column - 1): text
            for row in sheet.iter_rows()
            for cell in row
            if (text := _said(cell.value))
        }
        merged = tuple(
            (one.min_row - 1, one.max_row - 1, one.min_col - 1, one.max_col - 1) for one in sheet.merged_cells.ranges
        )
        yield Sheet(sheet.title, cells, merged)


def _old(path: Path) -> Iterable[Sheet]:
    book = xlrd.open_workbook(str(path), formatting_info=True)
    for sheet in book.sheets():
        cells = {
            (row, column): text
            for row in range(sheet.nrows)
            for column in range(sheet.ncols)
            if (text := _said(sheet.cell_value(row, column)))
        }
        merged = tuple((top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
        yield Sheet(sheet.name, cells, merged)


def _said(value: object) -> str:
    """What a cell says: 3.0 is 3, as the sheet shows it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value).replace("\r\n", "\n").strip()
