"""Named rivers: data/geometry/rivers.geojson, from two sources of different accuracy."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

import shapely
from shapely.geometry import LineString, MultiLineString, Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points, substring

from geo.measure import distance_km
from plans.documents import DATA

# What each source is called, and how far its river may be from the real one, in kilometres.
SOURCES = {
    "hyd2_4l": ("1:400万水系", 2.0),  # median 0.2 km off
    "WDBII": ("近似河道，World Data Bank II", 3.0),  # against hyd2_4l on 岷江 and 嘉陵江: median 0.5 km, p95 1.5 km
}
STOP_KM = 20.0  # a stop farther from the river than this is not on the span that is meant
BORDER_DEGREE = 0.03  # 3 km: how far a river and the border that it makes may be drawn from each other
ALONG_DEGREE = 0.12  # 12 km: a river that stays so long beside the border makes it, one that is shorter leaves


@dataclass(frozen=True, slots=True)
class River:
    """The main stem of a river, lon/lat degrees (WGS84), and where it is from."""

    name: str
    source: str
    error_km: float
    course: LineString


@cache
def rivers() -> dict[str, River]:
    """Return every river held, by name."""
    table = json.loads((DATA / "geometry" / "rivers.geojson").read_text(encoding="utf-8"))
    found = {}
    for feature in table["features"]:
        name = feature["properties"]["name"]
        words, error_km = SOURCES[feature["properties"]["source"]]
        found[name] = River(name, words, error_km, shape(feature["geometry"]))
    return found


def named_river(text: str) -> River | None:
    """Return the one river that `text` names; None when it names none or several.

    The river that another flows into is not meant: 沱江支流釜溪河, 长江流域赤水河.
    """
    held = "|".join(rivers())
    found = set(re.findall(held, re.sub(f"(?:{held})(?:支流|流域(?={held}))", "", text)))
    return rivers()[found.pop()] if len(found) == 1 else None


def reach(river: River, within: BaseGeometry) -> LineString | MultiLineString | None:
    """Return the course of `river` inside `within`; None where it does not flow there.

    A reach that makes the border is taken whole, though river and border, from two sources, cross each other
    or run side by side.
    """
    found = []
    for along in _lines(river.course.intersection(within.buffer(BORDER_DEGREE))):
        ends = [
            along.project(Point(end))
            for part in _lines(along.intersection(within))
            for end in part.coords[:: len(part.coords) - 1]
        ]
        if ends:
            start = min(ends) if min(ends) < ALONG_DEGREE else 0
            end = max(ends) if along.length - max(ends) < ALONG_DEGREE else along.length
            found += _lines(substring(along, start, end))
    return found[0] if len(found) == 1 else MultiLineString(found) if found else None


def _lines(geometry: BaseGeometry) -> list[LineString]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString" and not part.is_empty]


def span(river: River, stops: list[tuple[float, float]]) -> LineString | None:
    """Return the course of `river` from the first to the last of `stops` (lon/lat degrees).

    None when a stop lies more than STOP_KM from the river, or when all lie at one point of it.
    """
    at = []
    for stop in stops:
        near = nearest_points(river.course, Point(stop))[0]
        if distance_km(stop, (near.x, near.y)) > STOP_KM:
            return None
        at.append(river.course.project(near))
    piece = substring(river.course, min(at), max(at))
    return piece if piece.geom_type == "LineString" else None
