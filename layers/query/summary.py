"""The atlas in numbers: features counted and kilometres of line measured, two parts of a selection crossed.

Counts: a feature that lies in two zones counts in both, and once in the total.

Kilometres are geodesic and as drawn: most lines are schematic, so they are 图上长度, not built length.
Each kilometre counts once: a segment with an entry of its own counts under its own status, and the
whole it is part of counts only with what remains. Of a zone or prefecture, only what lies inside.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import boundary, places, prefectures, zone_boundary
from geo.measure import length_km
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS, kept
from layers.export import safe_cells
from plans.vocabulary import keys, kinds, label

WHOLE = "whole"  # the column of line_km() that is not clipped
OUTSIDE = "outside"  # kilometres beyond the border of the province
_COLUMN = {"zone": "zones", "document": "documents", "place": "prefectures"}


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two parts of a selection crossed; keys in the order of the vocabulary, without empty rows and columns."""

    rows: str  # zone, layer, kind (as layer/kind), status, document or place
    columns: str
    unit: str  # "个" or "km"
    cells: pd.DataFrame
    of_rows: pd.Series
    of_columns: pd.Series
    total: float


def count(atlas: Atlas, of: gpd.GeoDataFrame, rows: str, columns: str) -> Matrix:
    """Return how many features of `of`, rows of the table, fall into each pair of keys of two parts of a selection."""
    down, across = _belongs(atlas, of, rows), _belongs(atlas, of, columns)
    return _crossed(Matrix(rows, columns, "个", down, down.sum(), across.sum(), len(of)), across)


def kilometres(atlas: Atlas, of: gpd.GeoDataFrame, rows: str, columns: str, within: str = WHOLE) -> Matrix:
    """Return the kilometres of line of `of`, rows of the table, each once, by two parts of a selection.

    `within` (a zone, or the adcode of a prefecture) measures only what lies inside it. Rows of zones
    hold what lies in each, and OUTSIDE what lies beyond the province.
    """
    measured = line_km(atlas).loc[of.index]
    km, across = measured[within], _belongs(atlas, of, columns)
    if rows == "zone":
        inside = measured[list(keys("zone"))]
        down = inside.assign(**{OUTSIDE: (km - inside.sum(axis=1)).clip(lower=0)})
    else:
        down = _belongs(atlas, of, rows).mul(km, axis=0)
    of_columns = across.mul(km, axis=0).sum()
    return _crossed(Matrix(rows, columns, "km", down, down.sum(), of_columns, float(km.sum())), across)


def grouped(atlas: Atlas, of: gpd.GeoDataFrame, part: str) -> pd.DataFrame:
    """Return features and km of line (each once) by the keys of `part`, in their order; a feature may count twice."""
    counted = count(atlas, of, part, "status").of_rows
    return pd.DataFrame({"features": counted, "km": kilometres(atlas, of, part, "status").of_rows}).reindex(
        counted.index
    )


def _crossed(wanted: Matrix, across: pd.DataFrame) -> Matrix:
    """Cross the cells (still features × row keys, weighted) with `across` (features × column keys, 0 or 1)."""
    of_rows, of_columns = wanted.of_rows[wanted.of_rows > 0], wanted.of_columns[wanted.of_columns > 0]
    cells = wanted.cells[of_rows.index].T @ across[of_columns.index]
    return replace(wanted, cells=cells, of_rows=of_rows, of_columns=of_columns)


def _belongs(atlas: Atlas, of: gpd.GeoDataFrame, part: str) -> pd.DataFrame:
    """Return which feature has which key of `part`: 0 or 1, features × keys in order."""
    if part in _COLUMN:
        held = of[_COLUMN[part]]
        return pd.DataFrame(
            {key: held.map(lambda values, key=key: key in values).astype(int) for key in order(atlas, part)}
        )
    held = of["layer"] + "/" + of["kind"] if part == "kind" else of[part]
    return pd.get_dummies(held, dtype=int).reindex(columns=list(order(atlas, part)), fill_value=0)


def order(atlas: Atlas, part: str) -> tuple[str, ...]:
    """Return the keys of a part of a selection in their fixed order; kinds as layer/kind."""
    if part == "document":
        return tuple(one.slug for one in atlas.documents)
    if part == "place":
        return tuple(one.adcode for one in prefectures())
    if part == "kind":
        return tuple(f"{layer}/{kind}" for layer in keys("layer") for kind in kinds(layer))
    return keys(part)


# ---- kilometres --------------------------------------------------------------------------------


@lru_cache(VERSIONS)
def line_km(atlas: Atlas) -> pd.DataFrame:
    """Return the kilometres of line of every row of the table, each kilometre once; do not change it.

    A column WHOLE, one a zone, one a prefecture (adcode) for what lies inside; 0 for what is no line.
    """
    content = kept("line_km", atlas.version, lambda: each_once(_measured(atlas.table), atlas.table).to_json().encode())
    found = pd.DataFrame(json.loads(content))
    return found.set_axis(found.index.astype(int))


def each_once(measured: pd.DataFrame, rows: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return `measured` (`rows` of a table × grounds) with, of each whole, only what its parts leave over."""
    parts = measured.groupby(rows["part_of"]).sum().reindex(rows["id"]).fillna(0.0)
    return (measured - parts.set_axis(measured.index)).clip(lower=0)


def _measured(rows: gpd.GeoDataFrame) -> pd.DataFrame:
    lines = rows[rows["length_km"].notna()]
    grounds: dict[str, BaseGeometry | None] = {zone: zone_boundary(zone) for zone in keys("zone")}
    grounds |= {one.adcode: boundary(one.adcode) for one in prefectures()}
    found = {WHOLE: _lengths(lines.geometry)}
    for key, ground in grounds.items():
        near = lines.geometry[lines.intersects(ground)]
        found[key] = _lengths(near.intersection(ground))
    return pd.DataFrame(found).reindex(rows.index).fillna(0.0)


def _lengths(shapes: gpd.GeoSeries) -> pd.Series:
    return shapes.map(length_km).astype(float)


# ---- files -------------------------------------------------------------------------------------


def matrix_csv(atlas: Atlas, matrix: Matrix) -> str:
    """Return a matrix with its totals as CSV with BOM, labels in Chinese; kilometres to the metre."""
    whole = matrix.cells.assign(合计=matrix.of_rows)
    whole.loc["合计"] = [*matrix.of_columns, matrix.total]
    whole.index = pd.Index([name(atlas, matrix.rows, key) for key in whole.index], name=f"{_UNIT[matrix.unit]}")
    whole.columns = pd.Index([name(atlas, matrix.columns, key) for key in whole.columns])
    numbers = whole.astype(int) if matrix.unit == "个" else whole.round(3)
    return "\ufeff" + str(safe_cells(numbers.reset_index()).to_csv(index=False, lineterminator="\r\n"))


_UNIT = {"个": "要素数", "km": "图上长度（公里）"}


def name(atlas: Atlas, part: str, key: str, language: str = "zh") -> str:
    """Return what a planner calls a key of a part of a selection; what is no key comes back as it is."""
    if key == OUTSIDE:
        return {"zh": "省外", "en": "Beyond the province"}[language]
    if part == "document" and key in order(atlas, "document"):
        return atlas.document(key).short
    if part == "place" and key in places():
        return places()[key].name
    return key if part in ("document", "place") else label(part, key, language)
