"""Delimited text: CSV, TSV, and the text of land parcels, which comes under the same endings."""

from __future__ import annotations

import csv as csv_lines
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace

from layers.errors import LayerError
from layers.notes import note
from layers.own.encoding import decode
from layers.own.parcel import MARK, parcels
from layers.own.raw import MOST_CELLS, MOST_FEATURES, Raw, limit
from layers.own.tables import HEAD_ROWS, heads, layers_of, no_columns

DELIMITERS = ",\t;|，"
MOST_DELIMITERS = 2 * MOST_CELLS  # a cell of WKT has many commas of its own
MOST_HEAD = 2_000  # columns


def delimited(data: bytes) -> list[Raw]:
    """Read a delimited text with columns of positions, or the text of land parcels."""
    text, encoding = decode(data)
    said = note("文字编码：{encoding}。", encoding=encoding)
    raws = parcels(text) if MARK in text else layers_of("", rows(text))
    if not raws:
        raise no_columns()
    return [replace(raw, notes=(*raw.notes, said)) for raw in raws]


def rows(text: str) -> list[list[str]]:
    """Return the rows of a delimited text, by the first delimiter that gives columns of positions."""
    csv_lines.field_size_limit(max(csv_lines.field_size_limit(), len(text) + 1))  # a cell may be as long as its file
    for delimiter in DELIMITERS:
        if text.count(delimiter) > MOST_DELIMITERS:
            raise LayerError(f"表格的单元格超过 {MOST_CELLS:,} 个 (too many cells)；请删去不需要的行列。")
        head = list(itertools.islice(_lines(text, delimiter), HEAD_ROWS))
        if max(map(len, head), default=0) > MOST_HEAD:
            raise LayerError(
                f"表格有 {max(map(len, head)):,} 列，多于 {MOST_HEAD:,} 列 (too many columns)；请删去不需要的列。"
            )
        if heads(head):
            return _all(text, delimiter)
    return []


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv_lines.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _all(text: str, delimiter: str) -> list[list[str]]:
    found = [row for row in itertools.islice(_lines(text, delimiter), 2 * MOST_FEATURES) if row]
    limit(len(found) - HEAD_ROWS)
    return found
