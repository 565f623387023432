"""A planner's layer as the browser draws it: simplified, within a size, in classes by a column."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.text import shortened

MOST_BYTES = 2_000_000
MOST_CATEGORIES = 8
NUMBER_CLASSES = 5
TOLERANCES_DEGREE = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02)
DECIMALS = 5
MOST_OUTLINE = 20_000  # vertices
MOST_PROPERTIES = 12
LONGEST_TEXT = 160
LONGEST_LABEL = 24
ONES = ("#d6006e", "#0057b8", "#00795c", "#6a3d9a", "#a8480b")  # of layers in a single colour, in turn
# Told apart by colour-blind readers too: Okabe & Ito (2008); viridis, from low to high.
CATEGORIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#6a3d9a", "#b2a500")
NUMBERS = ("#fde725", "#5ec962", "#21918c", "#3b528b", "#440154")
OTHER = "#8a8a8a"
_CONTENT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """A class of features as the legend shows it; `label` "" stands for all that have no value or no class."""

    label: str
    colour: str


@dataclass(frozen=True, slots=True)
class Styled:
    """The classes of a layer, and for each feature the class it is in."""

    entries: tuple[Entry, ...]
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the browser gets of a layer: its content once, and its `key` from then on."""

    key: str
    text: str  # JSON
    features: int  # drawn; the rest did not fit

    def content(self) -> dict[str, Any]:
        """The content as the map takes it."""
        return dict(json.loads(self.text))


def styled(frame: gpd.GeoDataFrame, column: str = "", turn: int = 0) -> Styled:
    """Return the classes of the features by a column: categories, or intervals of numbers; "" is one class.

    `turn` tells layers in a single colour apart.
    """
    if not column:
        return Styled((Entry("", ONES[turn % len(ONES)]),), (0,) * len(frame))
    values = frame[column]
    numbers = pd.to_numeric(values, errors="coerce").replace([np.inf, -np.inf], np.nan)
    if numbers.notna().sum() == values.notna().sum() and numbers.nunique() > MOST_CATEGORIES:
        return _intervals(numbers)
    return _categories(values)


def _categories(values: pd.Series) -> Styled:
    """The most frequent values, each a class; the others, and none at all, are the last."""
    text = values.map(lambda value: "" if pd.isna(value) else str(value))
    frequent = list(text[text != ""].value_counts(sort=True).index[:MOST_CATEGORIES])
    entries = tuple(Entry(shortened(one, LONGEST_LABEL), CATEGORIES[i]) for i, one in enumerate(frequent))
    place = {one: i for i, one in enumerate(frequent)}
    classes = tuple(place.get(one, len(frequent)) for one in text)
    return Styled((*entries, Entry("", OTHER)) if len(frequent) in classes else entries, classes)


def _intervals(numbers: pd.Series) -> Styled:
    """Classes of about as many features each, from low to high; what has no number is the last."""
    edges = np.unique(np.nanquantile(numbers, np.linspace(0, 1, NUMBER_CLASSES + 1)))
    bins = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, len(edges) - 2)
    missing = numbers.isna().to_numpy()
    bins[missing] = len(edges) - 1
    entries = tuple(
        Entry(f"{low:,.6g} – {high:,.6g}", NUMBERS[i]) for i, (low, high) in enumerate(itertools.pairwise(edges))
    )
    return Styled((*entries, Entry("", OTHER)) if missing.any() else entries, tuple(bins.tolist()))


def drawn(name: str, frame: gpd.GeoDataFrame, column: str = "", turn: int = 0) -> Drawn:
    """Return what the browser draws of a layer (WGS84), of at most MOST_BYTES.

    Outlines are simplified as far as that needs; features that even then do not fit are left out,
    which `features` tells.
    """
    style = styled(frame, column, turn)
    keys = [str(key) for key in frame.columns if key != "geometry"][:MOST_PROPERTIES]
    rows = [_dump(_row(values)) for values in frame[keys].itertuples(index=False, name=None)]
    outlined = bool(shapely.length(frame.geometry.to_numpy()).any())
    for tolerance in TOLERANCES_DEGREE if outlined else TOLERANCES_DEGREE[:1]:
        shapes = _light(frame, tolerance)
        entries = [f"[{cls},{one},{row}]" for cls, one, row in zip(style.classes, shapes, rows, strict=True)]
        if sum(map(_size, entries)) <= MOST_BYTES:
            break
    kept = int((np.cumsum([_size(one) + 1 for one in entries]) <= MOST_BYTES).sum())
    head = _dump(
        {
            "name": name,
            "keys": keys,
            "colors": [one.colour for one in style.entries],
            "labels": [one.label for one in style.entries],
        }
    )
    content = f'{head[:-1]},"features":[{",".join(entries[:kept])}]}}'
    return Drawn(hashlib.sha256(content.encode()).hexdigest()[:16], content, kept)


def _light(frame: gpd.GeoDataFrame, tolerance_degree: float) -> Sequence[str]:
    """Simplified outlines as GeoJSON; what would vanish keeps its shape."""
    shapes = frame.geometry.to_numpy()
    simple = shapely.set_precision(shapely.simplify(shapes, tolerance_degree), 10**-DECIMALS, mode="pointwise")
    texts: Sequence[str] = shapely.to_geojson(np.where(shapely.is_empty(simple), shapes, simple))
    return texts


def _row(values: Sequence[Any]) -> list[str]:
    return ["" if pd.isna(value) else shortened(str(value), LONGEST_TEXT) for value in values]


def _dump(value: Any) -> str:
    return json.dumps(value, **_CONTENT)


def _size(text: str) -> int:
    return len(text.encode())


def outline(area: BaseGeometry) -> BaseGeometry:
    """Return an area simplified until it is light enough to be drawn as a whole."""
    for tolerance in TOLERANCES_DEGREE:
        simple = shapely.simplify(area, tolerance)
        if shapely.get_num_coordinates(simple) <= MOST_OUTLINE:
            return simple
    return shapely.box(*area.bounds)
