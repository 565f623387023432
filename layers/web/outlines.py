"""The boundaries of what was chosen, light enough to go with every filter."""

from __future__ import annotations

from functools import cache
from typing import Any

import shapely

from geo.gazetteer import boundary, place
from layers.query.selection import Selection
from plans.vocabulary import zone_prefectures

TOLERANCE_DEGREE = 0.008  # as the base map


def outlines(selection: Selection) -> list[dict[str, Any]]:
    """Return the boundaries of the zones and places of a selection as GeoJSON geometries, lon/lat degrees."""
    return [_outline(key) for key in (*selection.zone, *selection.place)]


@cache  # of few places, as many as there are
def _outline(key: str) -> dict[str, Any]:
    parts = [boundary(key)] if key.isdigit() else [boundary(place(name).adcode) for name in zone_prefectures(key)]
    whole = shapely.coverage_simplify([shapely.union_all([part for part in parts if part])], TOLERANCE_DEGREE)[0]
    return dict(shapely.geometry.mapping(shapely.set_precision(whole, 0.001, mode="pointwise")))
