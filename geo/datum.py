"""Whether outlines stand in WGS84, GCJ-02 or BD-09: all are tried against known lines, and the distances compared.

A vertex that was drawn along a known boundary lies on it in the true system and a few hundred metres
off it in the others. What follows no known line tells nothing, and the answer is then `unknown`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.gcj02 import bd09_to_wgs84, to_wgs84
from plans.documents import DATA

BOUNDARIES = ("provinces", "neighbours", "prefectures", "counties")
LINES = (*BOUNDARIES, "rivers")
CELL_DEGREE = 0.01  # one vertex a cell: neighbours on a line say the same thing again
MOST_VERTICES = 4000
COMPARABLE_M = 500.0  # a vertex farther from every known line under all readings follows none of them
LEAST_COMPARABLE = 20
LARGEST_MEDIAN_M = 200.0
CLEARLY = 0.6  # the better reading leaves at most this part of the distance of each other

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
# Azimuthal equidistant about the middle of Sichuan: distances within 0.5 % over all that the atlas reaches.
_METRES = Transformer.from_crs(4326, "+proj=aeqd +lat_0=30.5 +lon_0=103 +datum=WGS84", always_xy=True)


@dataclass(frozen=True, slots=True)
class Fit:
    """How far the comparable vertices lie from known lines, read as each of the three systems."""

    vertices: int
    wgs84_m: float  # median; infinite without a comparable vertex
    gcj02_m: float
    bd09_m: float = np.inf

    @property
    def system(self) -> str:
        """`wgs84`, `gcj02` or `bd09` where one reading fits clearly better, else `unknown`."""
        measured = {"wgs84": self.wgs84_m, "gcj02": self.gcj02_m, "bd09": self.bd09_m}
        best, other, _ = sorted(measured.values())
        if self.vertices < LEAST_COMPARABLE or best > LARGEST_MEDIAN_M or best > CLEARLY * other:
            return "unknown"
        return min(measured, key=measured.__getitem__)


def fit(shapes: Iterable[BaseGeometry | None], against: Sequence[str] = LINES) -> Fit:
    """Compare the vertices of `shapes` (lon/lat degrees) with the lines of layers of data/geometry."""
    drawn = np.array([one for one in shapes if one is not None], dtype=object)
    vertices = _thinned(shapely.get_coordinates(drawn))
    if not len(vertices):
        return Fit(0, np.inf, np.inf)
    known = _known(tuple(against))
    lon, lat = vertices.T
    readings = (vertices, np.column_stack(to_wgs84(lon, lat)), np.column_stack(bd09_to_wgs84(lon, lat)))
    distances = [_distances_m(known, one) for one in readings]
    near = np.minimum.reduce(distances) <= COMPARABLE_M
    if not near.any():
        return Fit(0, np.inf, np.inf)
    return Fit(int(near.sum()), *(float(np.median(one[near])) for one in distances))


def guard(name: str, shapes: Iterable[BaseGeometry | None], against: Sequence[str]) -> Fit:
    """Return the fit of a boundary layer; GeoError when it fits GCJ-02 better, or nothing known at all.

    `against` must not hold the layer itself.
    """
    found = fit(shapes, against)
    if found.system == "wgs84":
        return found
    measured = f"WGS84 {found.wgs84_m:.0f} m，GCJ-02 {found.gcj02_m:.0f} m，{found.vertices} 点"
    if found.system == "gcj02":
        raise GeoError(f"界线图层“{name}”更符合 GCJ-02 (fits GCJ-02)：{measured}；请先用 geo.gcj02.to_wgs84 纠正。")
    raise GeoError(f"界线图层“{name}”与已知界线对不上 (fits no known line)：{measured}；请核对来源与坐标系。")


def guards() -> dict[tuple[str, tuple[str, ...]], Fit]:
    """Return the fit of every stored boundary layer, to the other layers and to the rivers of another source.

    GeoError names the first layer that must not be trusted.
    """
    found = {}
    for name in BOUNDARIES:
        others = tuple(one for one in BOUNDARIES if one != name)
        for against in (others, ("rivers",)):
            found[name, against] = guard(name, layer(name), against)
    return found


def layer(name: str) -> tuple[BaseGeometry, ...]:
    """Return the geometries of a layer of data/geometry, lon/lat degrees."""
    table = json.loads((DATA / "geometry" / f"{name}.geojson").read_text(encoding="utf-8"))
    return tuple(shape(feature["geometry"]) for feature in table["features"])


def _thinned(coordinates: Array) -> Array:
    """At most one vertex a cell, those on earth only, in their order."""
    inside = (np.abs(coordinates) <= (180.0, 90.0)).all(axis=1)
    vertices = coordinates[inside]
    _, first = np.unique(np.floor(vertices / CELL_DEGREE), axis=0, return_index=True)
    kept = vertices[np.sort(first)]
    return kept[:: len(kept) // MOST_VERTICES + 1]


@cache
def _known(names: tuple[str, ...]) -> shapely.STRtree:
    """The pieces of every line of the named layers, in metres."""
    pieces = []
    for name in names:
        for line in shapely.get_parts([one.boundary if one.area else one for one in layer(name)]):
            at = _metres(shapely.get_coordinates(line))
            pieces.append(np.stack([at[:-1], at[1:]], axis=1))
    return shapely.STRtree(shapely.linestrings(np.concatenate(pieces)))


def _distances_m(known: shapely.STRtree, vertices: Array) -> Array:
    points = shapely.points(_metres(vertices))
    distances: Array = known.query_nearest(points, return_distance=True, all_matches=False)[1]
    return distances


def _metres(vertices: Array) -> Array:
    return np.column_stack(_METRES.transform(vertices[:, 0], vertices[:, 1]))
