"""Named rivers: data/geometry/rivers.geojson, 1:4M hydrography, median 0.2 km off."""

from __future__ import annotations

import json
import re
from functools import cache

from shapely.geometry import LineString, MultiLineString, shape
from shapely.geometry.base import BaseGeometry

from plans.documents import DATA

ERROR_KM = 2.0  # covers the generalisation of the source and of its offset


@cache
def rivers() -> dict[str, BaseGeometry]:
    """Return the course of every river held, lon/lat degrees, by name."""
    table = json.loads((DATA / "geometry" / "rivers.geojson").read_text(encoding="utf-8"))
    return {feature["properties"]["name"]: shape(feature["geometry"]) for feature in table["features"]}


def named_river(text: str) -> str | None:
    """Return the one river that `text` names; None when it names none or several."""
    found = set(re.findall("|".join(rivers()), text))
    return found.pop() if len(found) == 1 else None


def reach(river: str, within: BaseGeometry) -> LineString | MultiLineString | None:
    """Return the course of `river` inside `within`; None where it does not flow there."""
    course = rivers()[river].intersection(within)
    if course.is_empty:
        return None
    if course.geom_type == "GeometryCollection":
        course = MultiLineString([part for part in course.geoms if part.geom_type == "LineString"])
    return course
