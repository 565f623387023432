"""The coordinate systems in which features leave the atlas; inside, all positions are WGS84 lon/lat.

Coordinates are always in the order of GIS files, x (east, longitude) before y (north, latitude),
also where the EPSG register puts north first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.gazetteer import SICHUAN, boundary
from geo.gcj02 import to_gcj02

ZONE_WIDTH_DEGREE = 3
# EPSG:4534 to 4554, "CGCS2000 / 3-degree Gauss-Kruger CM 75E" to "CM 135E": false easting 500 km, no zone prefix.
MERIDIANS = {code: 75 + ZONE_WIDTH_DEGREE * (code - 4534) for code in range(4534, 4555)}
# EPSG:4513 to 4533, "… zone 25" to "zone 45": the same zones with their number before the easting, 34 500 000 m.
NUMBERED = {code: 75 + ZONE_WIDTH_DEGREE * (code - 4513) for code in range(4513, 4534)}
_ALL = MERIDIANS | NUMBERED
# No register knows GCJ-02. Its degrees are read as WGS84 by the maps that it is for, hence that ellipsoid.
_GCJ02_WKT = """GEOGCRS["GCJ-02 (offset positions, only for overlay on Chinese web maps)",
    DATUM["GCJ-02 offset", ELLIPSOID["WGS 84", 6378137, 298.257223563]],
    CS[ellipsoidal, 2], AXIS["latitude", north], AXIS["longitude", east], ANGLEUNIT["degree", 0.0174532925199433]]"""


@dataclass(frozen=True, slots=True)
class CoordinateSystem:
    """A system of export; a zone of a projection knows its central meridian, and what it was chosen for."""

    key: str  # "EPSG:4326", "EPSG:4543", "gcj02"
    title: str
    crs: CRS
    meridian: int | None = None  # degrees east
    spans: tuple[int, int] | None = None  # first and last meridian of the zones of the data, when several

    @property
    def note(self) -> str:
        """What a planner must know of how the zone was chosen; "" when nothing."""
        if not self.spans:
            return ""
        return (
            f"所选要素跨中央经线 {self.spans[0]}°E 至 {self.spans[1]}°E 的 3°带，统一投影到其中心所在的 "
            f"{self.meridian}°E 带；离中央经线越远，长度变形越大。"
        )

    @property
    def in_degrees(self) -> bool:
        """Whether coordinates are lon/lat degrees; metres otherwise."""
        return bool(self.crs.is_geographic)

    @property
    def decimals(self) -> int:
        """Decimals of a coordinate that are worth writing: a decimetre and a centimetre."""
        return 6 if self.in_degrees else 2

    @property
    def slug(self) -> str:
        """The key as a part of a file name: "EPSG4543", "GCJ02"."""
        return self.key.replace(":", "").upper()

    def project(self, shapes: Sequence[BaseGeometry | None]) -> NDArray[np.object_]:
        """Return `shapes` (WGS84 lon/lat degrees) in this system, x before y; None stays None."""
        array = np.asarray(shapes, dtype=object)
        if self == WGS84:
            return array
        moved: NDArray[np.object_] = shapely.transform(array, _offset if self == GCJ02 else _projection(self.crs))
        return moved


def _offset(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([to_gcj02(lon, lat) for lon, lat in lonlat.tolist()]).reshape(-1, 2)


@lru_cache(64)  # PROJ looks for the way there for a tenth of a second
def _projection(crs: CRS) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    transform = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return lambda lonlat: np.column_stack(transform(lonlat[:, 0], lonlat[:, 1]))


WGS84 = CoordinateSystem("EPSG:4326", "WGS 84 经纬度（EPSG:4326）", CRS("EPSG:4326"))
CGCS2000 = CoordinateSystem("EPSG:4490", "CGCS2000 经纬度（EPSG:4490）", CRS("EPSG:4490"))
WEB_MERCATOR = CoordinateSystem("EPSG:3857", "Web 墨卡托（EPSG:3857）", CRS("EPSG:3857"))
GCJ02 = CoordinateSystem("gcj02", "GCJ-02（火星坐标），仅供国内网络地图叠加", CRS.from_wkt(_GCJ02_WKT))
ZONE_OF_DATA = "cgcs2000-3gk"
NUMBERED_ZONE_OF_DATA = "cgcs2000-3gk-zone"
# What a planner may ask for; any one zone may be asked for as well, by its EPSG code.
CHOICES = {
    WGS84.key: WGS84.title,
    CGCS2000.key: CGCS2000.title,
    WEB_MERCATOR.key: WEB_MERCATOR.title,
    ZONE_OF_DATA: "CGCS2000 3°带高斯–克吕格（按数据所在带）",
    NUMBERED_ZONE_OF_DATA: "CGCS2000 3°带高斯–克吕格，东坐标加带号（按数据所在带）",
    GCJ02.key: GCJ02.title,
}


def coordinate_system(asked: str, shapes: Sequence[BaseGeometry | None]) -> CoordinateSystem:
    """Return the system of a choice, or of an EPSG code of one zone, with or without `EPSG:`.

    `shapes` (WGS84 lon/lat degrees) decide the zone of `cgcs2000-3gk` and, with its number before the
    easting, of `cgcs2000-3gk-zone`. Raises GeoError with what there is.
    """
    name = asked.strip().lower().removeprefix("epsg:")
    if name in (ZONE_OF_DATA, NUMBERED_ZONE_OF_DATA):
        return _zone_of(shapes, MERIDIANS if name == ZONE_OF_DATA else NUMBERED)
    for one in (WGS84, CGCS2000, WEB_MERCATOR, GCJ02):
        if name.replace("-", "") == one.key.lower().removeprefix("epsg:"):
            return one
    if name.isdecimal() and int(name) in _ALL:
        return _gauss_kruger(int(name))
    known = "、".join(f"{key} {title}" for key, title in CHOICES.items())
    raise GeoError(
        f"没有“{asked}”这个坐标系 (unknown crs)。可用：{known}；"
        f"或指定一带：EPSG:{min(MERIDIANS)}–{max(MERIDIANS)}（CGCS2000 3°带高斯–克吕格，中央经线 75°E–135°E），"
        f"东坐标加带号的为 EPSG:{min(NUMBERED)}–{max(NUMBERED)}。"
    )


@cache
def _gauss_kruger(code: int, spans: tuple[int, int] | None = None) -> CoordinateSystem:
    meridian = _ALL[code]
    number = f"，带号 {meridian // ZONE_WIDTH_DEGREE}" if code in NUMBERED else ""
    title = f"CGCS2000 3°带高斯–克吕格，中央经线 {meridian}°E{number}（EPSG:{code}）"
    return CoordinateSystem(f"EPSG:{code}", title, CRS.from_epsg(code), meridian, spans)


def _zone_of(shapes: Sequence[BaseGeometry | None], zones: Mapping[int, int]) -> CoordinateSystem:
    """The one of `zones` of the centre of all shapes, each counting once; of the province when there are none."""
    drawn = [shape for shape in shapes if shape is not None] or [boundary(SICHUAN)]
    code = _zone(float(shapely.get_x(shapely.centroid(drawn)).mean()), zones)
    west, _, east, _ = shapely.total_bounds(drawn)
    first, last = zones[_zone(west, zones)], zones[_zone(east, zones)]
    return _gauss_kruger(code, (first, last) if first != last else None)


def _zone(lon_degree: float, zones: Mapping[int, int]) -> int:
    """The EPSG code of the zone that a longitude lies in; of the nearest zone outside them."""
    return min(zones, key=lambda code: abs(zones[code] - lon_degree))
