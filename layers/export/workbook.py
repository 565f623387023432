"""The list of key projects (重点项目清单) as offices keep it: an Excel workbook, ready to print."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from geo.systems import CoordinateSystem
from layers.about import APPROVAL
from layers.export.columns import COLUMNS, heads, keyed, plain, safe_cell
from layers.export.metadata import about
from plans.vocabulary import keys, label

TITLE = "川规图 重点项目清单"
SEVERAL, NO_ZONE, BASIS = "跨经济区", "未定经济区", "规划依据"
CELL_UNITS = 32_767  # the most UTF-16 units that Excel keeps in a cell
SHOWN_CITATIONS = 4  # more would make a row taller than Excel draws (409 points)
A4 = 9
HEAD_ROWS = 2


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: its head and its width in characters."""

    text: str
    width: float
    centred: bool = False


PROJECTS = (
    Head("序号", 6, True), Head("项目名称", 26), Head("类别", 14), Head("建设地点", 22), Head("建设状态", 12, True),
    Head("建设内容（状态原文）", 20), Head("规划依据（文件、章节、页码、原文）", 62), Head("位置精度与依据", 14, True),
    Head("长度\n公里", 8, True), Head("{x}", 13, True), Head("{y}", 13, True), Head("编号", 10, True), Head("所属", 10, True),
)  # fmt: skip
CITATIONS = (
    Head("序号", 7, True), Head("编号", 10, True), Head("项目名称", 26), Head("文件", 34), Head("印发日期", 12, True),
    Head("章节（条款）", 36), Head("页码", 7, True), Head("原文", 44), Head("状态", 12, True), Head("状态原文", 20), Head("条款编号", 24),
)  # fmt: skip

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
LOOKS: dict[str, dict[str, Any]] = {
    "title": _STRONG | {"font_size": 16},
    "head": _BODY | _STRONG | {"align": "center", "bg_color": "#E8EDF3"},
    "label": _BODY | _STRONG,
    "left": _BODY,
    "centre": _BODY | {"align": "center"},
}


def workbook(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return an Excel workbook: a cover, a numbered sheet per economic zone, and a row for every citation.

    A feature stands on one sheet: that of its zone, or the one for several zones. Cells are text and
    numbers, never formulas. No features: the cover and an empty list of citations.
    """
    frame = keyed(selected, system)
    sheets = pd.Series([_sheet(zones) for zones in selected["zones"]], index=selected.index, dtype=str)
    order = [*(label("zone", key) for key in keys("zone")), SEVERAL, NO_ZONE]
    axes = {column.key: head for column, head in zip(COLUMNS, heads(system), strict=True)}
    projects = [replace(head, text=head.text.format_map(axes)) for head in PROJECTS]
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties(_properties(selected))
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        _cover(book.add_worksheet("说明"), looks, Counter(sheets), order, system)
        for name in order:
            of = sheets == name
            if of.any():
                pairs = zip(frame[of].to_dict("records"), selected.loc[of, "citations"], strict=True)
                _list(book, looks, name, projects, [_project(*pair) for pair in pairs])
        every = [_citation(row, one) for row in selected.to_dict("records") for one in row["citations"]]
        _list(book, looks, BASIS, CITATIONS, every)
    return stream.getvalue()


def _properties(selected: gpd.GeoDataFrame) -> dict[str, Any]:
    """What the file says of itself where a program asks for it."""
    told = about(selected)
    return {
        "title": TITLE,
        "subject": told.selection,
        "author": told.creator,
        "comments": told.description,
        "keywords": APPROVAL,
        "created": told.made.replace(tzinfo=None),
    }


def _sheet(zones: Sequence[str]) -> str:
    if len(zones) > 1:
        return SEVERAL
    return label("zone", zones[0]) if zones else NO_ZONE


def _project(row: dict[str, Any], cited: Sequence[dict[str, Any]]) -> list[Any]:
    also = f"\n（又名：{row['aliases']}）" if row["aliases"] else ""
    error = "" if pd.isna(row["error_km"]) else f"\n±{row['error_km']:g} 公里"
    return [
        row["name"] + also, f"{row['layer']}\n{row['kind']}", _where(row), row["status"], row["status_text"],
        _basis(cited), f"{row['precision']}{error}\n{row['basis']}", row["length_km"], row["x"], row["y"], row["id"], row["part_of"],
    ]  # fmt: skip


def _where(row: dict[str, Any]) -> str:
    """Where it is named to be; of what is no line also the prefecture of a county."""
    if pd.notna(row["length_km"]) and row["places"]:
        return str(row["places"].replace("；", "、"))
    return "\n".join(filter(None, (row["prefectures"].replace("；", "、"), row["counties"].replace("；", "、"))))


def _basis(cited: Sequence[dict[str, Any]]) -> str:
    """The citations, one a paragraph; what does not fit a row stands on the sheet of citations."""
    lines = [
        f"《{one['title']}》{one['path']}{'，第' + str(one['page']) + '页' if one['page'] else ''}：“{one['quote']}”"
        for one in cited[:SHOWN_CITATIONS]
    ]
    more = f"共 {len(cited)} 处，其余见“{BASIS}”表" if len(cited) > SHOWN_CITATIONS else ""
    return "\n".join(filter(None, (*lines, more)))


def _citation(row: dict[str, Any], one: dict[str, Any]) -> list[Any]:
    return [
        row["id"], row["name"], one["title"], one["date"], one["path"], one["page"], one["quote"],
        label("status", one["status"]), one["status_text"], one["clause"],
    ]  # fmt: skip


# ---- sheets ----------------------------------------------------------------------------------


def _cover(
    sheet: Worksheet, looks: dict[str, Format], numbers: Counter[str], order: Iterable[str], system: CoordinateSystem
) -> None:
    lines = [
        ("项目数", sum(numbers.values())),
        *((name, numbers[name]) for name in order if numbers[name]),
        ("坐标系", system.title + ("。" + system.note if system.note else "")),
        ("坐标", "每个项目上的一点；未能落图的为空。位置精度与误差为推断，不是测量结果。"),
        ("规划依据", f"清单列出每个项目的前 {SHOWN_CITATIONS} 处引文；“{BASIS}”表逐条列出全部引文。"),
        ("状态", "按最新文件的表述归类；“状态原文”是其动词原文。"),
        ("声明", "示意图，不作为划界依据。"),
    ]
    _page(sheet, (Head("", 24), Head("", 90)))
    _put(sheet, 0, 0, TITLE, looks["title"])
    for at, (name, value) in enumerate(lines, HEAD_ROWS):
        _put(sheet, at, 0, name, looks["label"])
        _put(sheet, at, 1, value, looks["left"])


def _list(book: Workbook, looks: dict[str, Format], name: str, columns: Sequence[Head], rows: list[list[Any]]) -> None:
    """Add a sheet: its title, its heads, which stay in view and on every page, and its numbered rows."""
    sheet = book.add_worksheet(name)
    _page(sheet, columns)
    sheet.freeze_panes(HEAD_ROWS, 2)
    sheet.repeat_rows(0, HEAD_ROWS - 1)
    _put(sheet, 0, 0, f"{TITLE}　{name}", looks["title"])
    for at, column in enumerate(columns):
        _put(sheet, 1, at, column.text, looks["head"])
    for at, row in enumerate(rows):
        for nth, (column, value) in enumerate(zip(columns, [at + 1, *row], strict=True)):
            _put(sheet, HEAD_ROWS + at, nth, value, looks["centre" if column.centred else "left"])
    sheet.autofilter(1, 0, 1 + len(rows), len(columns) - 1)


def _page(sheet: Worksheet, columns: Sequence[Head]) -> None:
    """A4 landscape, as wide as the page, page numbers at the foot."""
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    sheet.set_row(0, 28)
    sheet.set_landscape()
    sheet.set_paper(A4)
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
