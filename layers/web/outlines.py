"""The boundaries of what was chosen, light enough to go with every filter."""

from __future__ import annotations

from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import boundary, place
from layers.query.selection import Selection
from layers.web.payload import BASE_TOLERANCE_DEGREE, OUTLINE_DECIMALS
from plans.vocabulary import keys, zone_prefectures


def boundaries(key: str) -> list[BaseGeometry | None]:
    """Return the boundary of a place by its code, or of a zone in the parts that it is made of, lon/lat degrees."""
    if key in keys("zone"):
        return [boundary(place(name).adcode) for name in zone_prefectures(key)]
    return [boundary(key)]


def outlines(selection: Selection) -> list[dict[str, Any]]:
    """Return the boundaries of the zones and places of a selection as GeoJSON geometries, lon/lat degrees."""
    return [_outline(key) for key in (*selection.zone, *selection.place)]


@cache  # of few places, as many as there are
def _outline(key: str) -> dict[str, Any]:
    whole = shapely.union_all([part for part in boundaries(key) if part])
    simple = shapely.coverage_simplify([whole], BASE_TOLERANCE_DEGREE)[0]
    return dict(shapely.geometry.mapping(shapely.set_precision(simple, 10**-OUTLINE_DECIMALS, mode="pointwise")))
