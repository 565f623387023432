"""A layer as it stands in a file, before anything is known of where on earth it lies."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from layers.errors import LayerError
from layers.notes import Note, note
from layers.text import shortened, visible

MOST_FEATURES = 50_000
MOST_CELLS = 4_000_000
MOST_COLUMNS = 200
MOST_LAYERS = 64
LONGEST_NAME = 60
Shapes = list[BaseGeometry | None]
GCJ02, BD09 = "GCJ-02", "BD-09"


@dataclass(frozen=True, eq=False, slots=True)
class Raw:
    """A layer as it stands in the file."""

    name: str
    attributes: pd.DataFrame
    shapes: Shapes  # beside the rows of `attributes`; None where there is none
    crs: CRS | None = None  # as far as the file names one
    reasons: tuple[str, ...] = ()  # beside `shapes`: why one is None, "" otherwise
    notes: tuple[Note, ...] = ()
    offset: str = ""  # GCJ-02 or BD-09 where the file says that its positions are
    mended: int = 0  # shapes that lost a part that is none, or had a ring left open


def limit(features: int) -> None:
    """Raise LayerError when a layer has more features than are read."""
    if features > MOST_FEATURES:
        raise LayerError(f"要素有 {features:,} 个，多于 {MOST_FEATURES:,} 个 (too many features)；请先筛选或合并。")


def limit_layers(layers: int) -> None:
    """Raise LayerError when a file has more layers than are read."""
    if layers > MOST_LAYERS:
        raise LayerError(f"图层有 {layers:,} 个，多于 {MOST_LAYERS} 个 (too many layers)；请只保留需要的图层。")


def columns_read(found: int, rows: int) -> tuple[int, tuple[Note, ...]]:
    """Return how many of the `found` columns of a table are read, and what is to be said when not all are."""
    most = min(MOST_COLUMNS, MOST_CELLS // max(1, rows))
    if found <= most:
        return found, ()
    return most, (note("字段有 {n} 个，只读入前 {most} 个。", n=found, most=most),)


def records(rows: Sequence[Mapping[str, Any]]) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Return rows of `{key: value}` as a table, a column a key: every row may bring keys of its own."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    most, notes = columns_read(len(keys), len(rows))
    return table(keys[:most], ([row.get(key) for row in rows] for key in keys[:most]), len(rows)), notes


def table(heads: Sequence[Any], columns: Iterable[Iterable[Any]], length: int) -> pd.DataFrame:
    """Return attributes as numbers and as text that can be shown; names of columns too."""
    found = {
        name: pd.Series([_value(one) for one in values], dtype=object)
        for name, values in zip(unique(heads), columns, strict=True)
    }
    return pd.DataFrame(found, index=range(length)).infer_objects()


def unique(heads: Iterable[Any]) -> list[str]:
    """Return names of columns that can be shown, none twice, none empty."""
    found: dict[str, None] = {}
    for i, head in enumerate(heads, 1):
        text = shortened(" ".join(visible("" if head is None else str(head)).split()), LONGEST_NAME) or f"列{i}"
        while text in found:
            text = f"{text}_{i}"
        found[text] = None
    return list(found)


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if value is None or isinstance(value, (bool, int, float)):
        return None if isinstance(value, float) and math.isnan(value) else value
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, (dict, list)):
        return visible(json.dumps(value, ensure_ascii=False))
    return value.item() if isinstance(value, (np.number, np.bool_)) else visible(str(value))


def layer_name(text: str) -> str:
    """Return the name of a layer as it is shown."""
    return shortened(visible(text), LONGEST_NAME)
