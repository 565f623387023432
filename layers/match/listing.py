"""An office's own list of projects (.xlsx, .xls, .csv, any heads) to rows: name, place, kind, stage, years, money."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile

import pandas as pd

from layers.errors import LayerError
from layers.match.match import Asked
from layers.own.encoding import decode
from plans.tables import role

HEAD_ROWS = 15  # lists carry a title, a date and a unit above their heads
_TOTAL = re.compile(r"^(?:[总合小共]\s*计|总\s*数|其中)[:：]?")
_GROUP = re.compile(r"^[（(]?[一二三四五六七八九十]+[）)]?[、.．]|[（(]共?\s*\d+\s*[个项][）)]$")
_PARTS = {"place": "place", "category": "kind", "nature": "stage", "period": "years", "investment": "money"}
_STAGES = ("进展", "进度", "状态", "阶段", "形象", "开工情况", "建设情况", "性质")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list, with what its columns say."""

    sheet: str
    number: int  # of the row in its sheet, from 1
    asked: Asked
    years: str
    money: str


def read_list(name: str, data: bytes) -> list[Listed]:
    """Return the projects of a list in its order; LayerError when it has no column of names."""
    sheets = [(sheet, cells, *_heads(cells)) for sheet, cells in _sheets(name, data)]
    headed = any(head >= 0 for _, _, head, _ in sheets)  # then one without heads is no list: 填表说明
    found = [row for one in sheets if one[2] >= 0 or not headed for row in _rows(*one)]
    if not found:
        raise LayerError(f"“{name}”中没有认出项目名称一列 (no column of names)；请在表头写“项目名称”。")
    return found


def _sheets(name: str, data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        text, _ = decode(data)
        first = text.partition("\n")[0]
        mark = max((",", "\t", ";", "，"), key=first.count)
        yield "", [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]
        return
    try:
        sheets = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=str)
    except (ValueError, BadZipFile, KeyError, OSError) as error:
        raise LayerError(f"“{name}”不是可读的表格：{error} (not a workbook)；请另存为 .xlsx 或 .csv。") from None
    for sheet, frame in sheets.items():
        yield (
            str(sheet),
            [["" if pd.isna(cell) else str(cell).strip() for cell in row] for row in frame.itertuples(index=False)],
        )


def _rows(sheet: str, cells: Sequence[Sequence[str]], head: int, columns: dict[str, int]) -> Iterator[Listed]:
    if "name" not in columns:
        return
    for number, row in enumerate(cells[head + 1 :], head + 2):
        said = {part: row[at] if at < len(row) else "" for part, at in columns.items()}
        name = re.sub(r"\s+", "", said["name"])
        alone = sum(bool(cell) for cell in row) <= 2
        if (
            len(name) < 2
            or _TOTAL.match(name)
            or (alone and _GROUP.search(name))
            or name.isdigit()
            or name.endswith("。")
        ):
            continue
        asked = Asked(name, said.get("place", ""), said.get("kind", ""), said.get("stage", ""))
        yield Listed(sheet, number, asked, said.get("years", ""), said.get("money", ""))


def _heads(cells: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row of heads and what each column says; without heads, the names are the column of the longest words."""
    best: tuple[int, dict[str, int]] = (-1, {})
    for at, row in enumerate(cells[:HEAD_ROWS]):
        columns = _columns(row)
        if "name" in columns and len(columns) > len(best[1]):
            best = (at, columns)
    if best[1] or not cells:
        return best
    wide = max(map(len, cells))
    lengths = [_chinese([row[column] for row in cells if column < len(row)]) for column in range(wide)]
    return (-1, {"name": max(range(wide), key=lengths.__getitem__)}) if max(lengths, default=0) >= 4 else (-1, {})


def _columns(heads: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        words = re.sub(r"\s", "", head)
        if not words or len(words) > 20:
            continue
        part = (
            "name"
            if _is_name(words)
            else "stage"
            if words.startswith(_STAGES) or words.endswith(_STAGES)
            else _PARTS.get(role(words), "")
        )
        if part and (part not in found or (part == "name" and "名称" in words and "名称" not in heads[found["name"]])):
            found[part] = at
    return found


def _is_name(words: str) -> bool:
    if re.search("单位|部门|业主|法人|类|所属", words):
        return False
    return role(words) == "name" or words in ("项目", "工程", "名称") or words.endswith(("项目名称", "工程名称"))


def _chinese(cells: Sequence[str]) -> float:
    held = [len(re.findall(r"[\u4e00-\u9fff]", cell)) for cell in cells if cell]
    return sum(held) / len(held) if held else 0.0
