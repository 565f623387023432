"""The list of key projects (重点项目清单) as offices keep it: an Excel workbook, ready to print on A3."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from xlsxwriter import Workbook

from geo.systems import CoordinateSystem
from layers.about import APPROVAL
from layers.export.cells import Head, cover, lines_of, looks, table
from layers.export.columns import COLUMNS, heads, keyed
from layers.export.metadata import about, in_words
from plans.vocabulary import keys, label

TITLE = "川规图 重点项目清单"
COVER, SEVERAL, NO_ZONE, AREAS, BASIS = "说明", "跨经济区", "未定经济区", "区域", "规划依据"
NO_PROJECT = "zone"  # the layer of territories: they are told, and not counted as projects
SHOWN_CITATIONS, SHOWN_LINES = 4, 28  # more would make a row taller than Excel draws (409 points)
BASIS_WIDTH, WHERE_WIDTH = 48, 17

# To be as wide as A3 at nine tenths of their size: 10 points print as 9.
FACTS = (
    Head("序号", 5, True), Head("项目名称", 22), Head("类别", 11), Head("建设地点", WHERE_WIDTH), Head("建设状态", 9, True),
    Head("建设内容（状态原文）", 16), Head("规划依据（文件、章节、页码、原文）", BASIS_WIDTH), Head("位置精度与依据", 11, True),
    Head("长度\n公里", 8, True), Head("{x}", 12, True), Head("{y}", 12, True), Head("编号", 9, True), Head("所属", 9, True),
)  # fmt: skip
TO_FILL = (Head("责任单位", 12), Head("总投资", 10, True), Head("建设年限", 10, True))  # empty: the office knows
CITATIONS = (
    Head("序号", 7, True), Head("编号", 9, True), Head("项目名称", 24), Head("文件", 30), Head("印发日期", 12, True),
    Head("章节（条款）", 34), Head("页码", 7, True), Head("原文", 42), Head("状态", 11, True), Head("状态原文", 18), Head("条款编号", 24),
)  # fmt: skip


def workbook(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return an Excel workbook: a cover, a numbered sheet per economic zone, one of territories, a row a citation.

    A feature stands on one sheet: that of its zone, the one for several zones, or that of territories, which
    are no projects. Cells are text and numbers, never formulas. No features: the cover and an empty list of citations.
    """
    frame = keyed(selected, system)
    sheets = pd.Series([*map(_sheet, selected["layer"], selected["zones"])], index=selected.index, dtype=str)
    order = [*(label("zone", key) for key in keys("zone")), SEVERAL, NO_ZONE, AREAS]
    axes = {column.key: head for column, head in zip(COLUMNS, heads(system), strict=True)}
    facts = [replace(head, text=head.text.format_map(axes)) for head in FACTS]
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties(_properties(selected))
        form = looks(book)
        counted = [(name, number) for name in order if (number := Counter(sheets)[name])]
        cover(book, form, COVER, TITLE, [*_numbers(counted), *in_words(selected, system), *_NOTES])
        for name, _ in counted:
            of = sheets == name
            pairs = zip(frame[of].to_dict("records"), selected.loc[of, "citations"], strict=True)
            rows, columns = [_facts(*pair) for pair in pairs], facts
            if name != AREAS:
                rows, columns = [[*row, *("" for _ in TO_FILL)] for row in rows], [*facts, *TO_FILL]
            table(book, form, name, columns, rows, title=f"{TITLE}　{name}　坐标系：{system.title}")
        every = [_citation(row, one) for row in selected.to_dict("records") for one in row["citations"]]
        table(book, form, BASIS, CITATIONS, every, title=f"{TITLE}　{BASIS}")
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


def _numbers(counted: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """How many projects there are, on which sheets; and apart from them, how many territories."""
    yield "项目数", sum(number for name, number in counted if name != AREAS)
    for name, number in counted:
        yield (f"{AREAS}（不计入项目）" if name == AREAS else name), number


_NOTES = (
    ("坐标", "每个项目上的一点；未能落图的为空。位置精度与误差为推断，不是测量结果。"),
    ("规划依据", f"清单列出每个项目的前几处引文；“{BASIS}”表逐条列出全部引文。"),
    ("状态", "按最新文件的表述归类；“状态原文”是其动词原文。"),
    ("待填", "责任单位、总投资、建设年限：规划文本未载，由使用单位填写。"),
)


def _sheet(layer: str, zones: Sequence[str]) -> str:
    if layer == NO_PROJECT:
        return AREAS
    if len(zones) > 1:
        return SEVERAL
    return label("zone", zones[0]) if zones else NO_ZONE


def _facts(row: dict[str, Any], cited: Sequence[dict[str, Any]]) -> list[Any]:
    also = f"\n（又名：{row['aliases']}）" if row["aliases"] else ""
    error = "" if pd.isna(row["error_km"]) else f"\n±{row['error_km']:g} 公里"
    return [
        row["name"] + also, f"{row['layer']}\n{row['kind']}", _where(row), row["status"], row["status_text"],
        _basis(cited), f"{row['precision']}{error}\n{row['basis']}", row["length_km"], row["x"], row["y"], row["id"], row["part_of"],
    ]  # fmt: skip


def _where(row: dict[str, Any]) -> str:
    """Where it is named to be; of what is no line also the prefecture of a county. More counties than fit are counted."""
    if pd.notna(row["length_km"]) and row["places"]:
        return str(row["places"].replace("；", "、"))
    cities, inside = row["prefectures"].replace("；", "、"), row["counties"].replace("；", "、")
    whole = "\n".join(filter(None, (cities, inside)))
    if lines_of(whole, WHERE_WIDTH) <= SHOWN_LINES:
        return whole
    return f"{cities}\n{inside.count('、') + 1} 个县（市、区）"


def _basis(cited: Sequence[dict[str, Any]]) -> str:
    """The citations, one a paragraph; what does not fit a row stands on the sheet of citations."""
    lines: list[str] = []
    for one in cited[:SHOWN_CITATIONS]:
        page = f"，第{one['page']}页" if one["page"] else ""
        line = f"《{one['title']}》{one['path']}{page}：“{one['quote']}”"
        if lines and lines_of("\n".join([*lines, line]), BASIS_WIDTH) > SHOWN_LINES:
            break
        lines.append(line)
    more = f"共 {len(cited)} 处，其余见“{BASIS}”表" if len(cited) > len(lines) else ""
    return "\n".join(filter(None, (*lines, more)))


def _citation(row: dict[str, Any], one: dict[str, Any]) -> list[Any]:
    return [
        row["id"], row["name"], one["title"], one["date"], one["path"], one["page"], one["quote"],
        label("status", one["status"]), one["status_text"], one["clause"],
    ]  # fmt: skip
