"""Which coordinate system a file is in: named, prefixed, swapped or left unsaid; and the way to WGS84.

Chinese surveys number Gauss-Krüger zones in two ways: with the zone before the false easting
(35 500 000) or without (500 000), and they often write the northing first.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

from geo.errors import GeoError
from geo.gazetteer import Place, boundary, place_path, places, prefectures
from geo.spoken import spoken

WGS84 = CRS.from_epsg(4326)
EAST = (73.0, 136.0)  # degrees, what China spans
NORTH = (3.0, 54.0)
NORTHING_M = (300_000.0, 6_000_000.0)
EASTING_M = (100_000.0, 900_000.0)  # about the false easting of 500 000
MERIDIANS = {3: (102, 105, 99, 108), 6: (105, 99, 111)}  # of the zones that reach Sichuan, most of it first
OLD_DATUMS = {"Beijing": "北京54", "北京": "北京54", "Xian": "西安80", "Xi'an": "西安80", "西安": "西安80"}

WEB_EASTING_M = (8_000_000.0, 15_200_000.0)

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
set_network_enabled(False)  # no grid is ever fetched


@dataclass(frozen=True, slots=True)
class Choice:
    """A coordinate system that the data may be in, and where the data would then lie."""

    code: str  # "EPSG:4543"
    name: str
    lands: str  # full name of the prefecture or province under the middle of the data, or ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How plain coordinate pairs look: `degrees`, `metres` or `neither`, and whether they run y, x."""

    kind: str
    swapped: bool = False
    chinese_degrees: bool = False  # longitudes and latitudes of China, which are metres of no projection


def named(text: str) -> CRS:
    """Return the system that `text` names: EPSG code, URN, WKT, or a surveyor's words. GeoError when it is not known."""
    try:
        return CRS.from_user_input(int(text) if text.strip().isdecimal() else text)
    except (CRSError, ValueError):
        known = spoken(text)
    if known is None:
        raise GeoError(f"不认识的坐标系“{text[:80]}” (unknown CRS)；请写 EPSG 代码，如 EPSG:4490。")
    return known


def horizontal(crs: CRS) -> CRS:
    """Return the part of a system that says where on the map: heights are left to who needs them."""
    while crs.is_compound:
        crs = crs.sub_crs_list[0]
    return crs.to_2d()


def read(pairs: Array) -> Reading:
    """Tell what finite coordinate pairs (n × 2) look like, by the greater part of them."""
    if not len(pairs):
        return Reading("neither")
    x, y = pairs[:, 0], pairs[:, 1]
    for kind, east, north in (("degrees", _lon, _lat), ("metres", _easting, _northing)):
        if _most(east(x) & north(y)):
            return Reading(kind, chinese_degrees=kind == "degrees")
        if _most(east(y) & north(x)):
            return Reading(kind, swapped=True, chinese_degrees=kind == "degrees")
    if _most((np.abs(x) <= 180) & (np.abs(y) <= 90)):
        return Reading("degrees")
    return Reading("metres" if _most(np.abs(pairs).max(axis=1) > 1000) else "neither")


def choices(pairs: Array) -> tuple[Choice, ...]:
    """Return the systems that put projected pairs (x east, y north, metres) into Sichuan, else into China; the likeliest first."""
    east, north = np.median(pairs, axis=0)
    found = []
    for code in _candidates(float(east)):
        crs = CRS.from_epsg(code)
        lon, lat = Transformer.from_crs(crs, WGS84, always_xy=True).transform(east, north)
        if EAST[0] <= lon <= EAST[1] and NORTH[0] <= lat <= NORTH[1]:
            found.append(Choice(f"EPSG:{code}", _words(crs.name), lands(lon, lat)))
    return tuple([one for one in found if one.lands.startswith("四川省")] or found)


_ZONES = {
    r"CGCS2000 / 3-degree Gauss-Kruger CM (\d+)E": r"CGCS2000 3度带 \1°E",
    r"CGCS2000 / 3-degree Gauss-Kruger zone (\d+)": r"CGCS2000 3度带 第\1带",
    r"CGCS2000 / Gauss-Kruger CM (\d+)E": r"CGCS2000 6度带 \1°E",
    r"CGCS2000 / Gauss-Kruger zone (\d+)": r"CGCS2000 6度带 第\1带",
    r"WGS 84 / UTM zone (\d+N)": r"WGS84 UTM \1",
    r"WGS 84 / Pseudo-Mercator": "Web 墨卡托",
}


def _words(name: str) -> str:
    """The name of a system as Chinese surveyors write it."""
    for pattern, words in _ZONES.items():
        if re.fullmatch(pattern, name):
            return re.sub(pattern, words, name)
    return name


def to_wgs84(pairs: Array, crs: CRS) -> Array:
    """Return pairs (x east, y north, of `crs`) as lon/lat degrees; what cannot be converted is infinite."""
    if crs.equals(WGS84, ignore_axis_order=True):
        return pairs
    moved = Transformer.from_crs(crs, WGS84, always_xy=True).transform(pairs[:, 0], pairs[:, 1])
    return np.column_stack(moved)


def zone_prefix_m(pairs: Array, crs: CRS) -> float:
    """Return what to add to the eastings so that they carry the zone number just as `crs` does, in metres."""
    false_easting = _parameter(crs, "False easting")
    if not len(pairs) or false_easting % 1_000_000 != 500_000:
        return 0.0
    written, expected = math.floor(np.median(pairs[:, 0]) / 1e6), math.floor(false_easting / 1e6)
    meridian = _parameter(crs, "Longitude of natural origin")
    zones = {0, round(meridian / 3), round((meridian + 3) / 6)}
    return (expected - written) * 1e6 if written in zones else 0.0


def old_datum(crs: CRS) -> str:
    """Return the everyday name of a datum that can be converted only to metres, or ""."""
    names = f"{crs.name} {crs.geodetic_crs.name if crs.geodetic_crs else ''}"
    return next((said for key, said in OLD_DATUMS.items() if key in names), "")


def _candidates(east: float) -> list[int]:
    """EPSG codes of CGCS2000 zones and of web maps whose eastings look like this one."""
    zone = math.floor(east / 1e6)
    if 25 <= zone <= 45:
        return [4513 + zone - 25]
    if 13 <= zone <= 23:
        return [4491 + zone - 13, 3857]
    if not EASTING_M[0] <= east <= EASTING_M[1]:
        return [3857]
    plain = [4534 + (meridian - 75) // 3 for meridian in MERIDIANS[3]]
    return plain + [4502 + (meridian - 75) // 6 for meridian in MERIDIANS[6]] + [32648, 32647]


def lands(lon: float, lat: float) -> str:
    """Return the full name of the prefecture or province under a position (lon/lat degrees), "" outside of China."""
    at = shapely.Point(lon, lat)
    for one in (*prefectures(), *_provinces()):
        ground = boundary(one.adcode)
        if ground is not None and ground.contains(at):
            return place_path(one)
    return ""


@cache
def _provinces() -> tuple[Place, ...]:
    return tuple(one for one in places().values() if one.level == "province")


def _parameter(crs: CRS, name: str) -> float:
    plain = crs.source_crs if crs.is_bound and crs.source_crs else crs  # the operation of a bound system is its shift
    operation = plain.coordinate_operation
    found = [one.value for one in operation.params if one.name == name] if operation else []
    return float(found[0]) if found else 0.0


def _lon(values: Array) -> Flags:
    return _between(values, EAST)


def _lat(values: Array) -> Flags:
    return _between(values, NORTH)


def _northing(values: Array) -> Flags:
    return _between(values, NORTHING_M)


def _between(values: Array, limits: tuple[float, float]) -> Flags:
    flags: Flags = (values >= limits[0]) & (values <= limits[1])
    return flags


def _easting(values: Array) -> Flags:
    """Eastings of China: plain, with the number of a zone of 6 or 3 degrees, or of a web map."""
    zone, plain = values // 1e6, _between(values % 1e6, EASTING_M)
    zoned = (zone == 0) | _between(zone, (13, 23)) | _between(zone, (25, 45))
    flags: Flags = (zoned & plain) | _between(values, WEB_EASTING_M)
    return flags


def _most(flags: Flags) -> bool:
    return bool(flags.mean() > 0.5)
