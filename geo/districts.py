"""The districts that a line crosses: which prefectures of Sichuan, which counties of Sichuan and Chongqing."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
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
    near = tree.query(line, "intersects")
    found = []
    for at, inside in zip(near, shapely.intersection(line, tree.geometries[near]), strict=True):
        if length_km(inside) >= LEAST_KM:
            parts = shapely.get_parts(inside)
            entries = shapely.get_point(parts[shapely.length(parts) > 0], 0)
            first = _along(line, entries).min()
            found.append((first, grounds[at].level == "county", grounds[at]))
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))


def county_at(lon_degree: float, lat_degree: float) -> Place | None:
    """Return the county of Sichuan or Chongqing that a position (WGS84) lies in; None elsewhere."""
    grounds, tree = _grounds()
    found = (grounds[at] for at in tree.query(Point(lon_degree, lat_degree), "within"))
    return next((one for one in found if one.level == "county"), None)


def _along(line: BaseGeometry, points: NDArray[np.object_]) -> NDArray[np.float64]:
    """How far along `line` points on it stand, in degrees; parts of a line follow each other."""
    parts = shapely.get_parts(line)
    lengths = shapely.length(parts)
    on = shapely.distance(parts[:, None], points) < 1e-9
    part = on.argmax(axis=0)
    along: NDArray[np.float64] = (np.cumsum(lengths) - lengths)[part] + shapely.line_locate_point(parts[part], points)
    along[~on.any(axis=0)] = lengths.sum()
    return along


@cache
def _grounds() -> tuple[tuple[Place, ...], shapely.STRtree]:
    """The districts whose boundary is held, and the tree of their boundaries."""
    over = [one for one in places().values() if one.level == "county" and one.adcode.startswith(CHONGQING)]
    grounds = (*prefectures(), *counties(), *over)
    return grounds, shapely.STRtree([boundary(one.adcode) for one in grounds])
