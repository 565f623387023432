"""The districts that a line crosses: which prefectures of Sichuan, which counties of Sichuan and Chongqing."""

from __future__ import annotations

from functools import cache

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import Place, boundary, counties, places, prefectures
from geo.measure import length_km

LEAST_KM = 5.0  # a line that runs along a border, or cuts a corner, is not told to cross the district
CHONGQING = "50"


def crossed(line: BaseGeometry) -> tuple[Place, ...]:
    """Return the districts in which `line` (lon/lat degrees) runs for LEAST_KM or more, in its order.

    Prefectures stand before the counties in them; a line out of reach of all crosses none.
    """
    grounds, tree = _grounds()
    found = []
    for at in tree.query(line, "intersects"):
        inside = shapely.intersection(line, boundary(grounds[at].adcode))
        if length_km(inside) >= LEAST_KM:
            entries = (Point(part.coords[0]) for part in shapely.get_parts(inside) if not part.is_empty)
            first = min(_along(line, entry) for entry in entries)
            found.append((first, grounds[at].level == "county", grounds[at]))
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))


def county_at(lon_degree: float, lat_degree: float) -> Place | None:
    """Return the county of Sichuan or Chongqing that a position (WGS84) lies in; None elsewhere."""
    grounds, tree = _grounds()
    found = (grounds[at] for at in tree.query(Point(lon_degree, lat_degree), "within"))
    return next((one for one in found if one.level == "county"), None)


def _along(line: BaseGeometry, point: Point) -> float:
    """How far along `line` a point on it stands, in degrees; parts of a line follow each other."""
    before = 0.0
    for part in shapely.get_parts(line):
        if part.distance(point) < 1e-9:
            return before + float(part.project(point))
        before += float(part.length)
    return before


@cache
def _grounds() -> tuple[tuple[Place, ...], shapely.STRtree]:
    """The districts whose boundary is held, and the tree of their boundaries."""
    over = [one for one in places().values() if one.level == "county" and one.adcode.startswith(CHONGQING)]
    grounds = (*prefectures(), *counties(), *over)
    return grounds, shapely.STRtree([boundary(one.adcode) for one in grounds])
