"""GCJ-02 and BD-09, the offset coordinate systems of Chinese web maps, to and from WGS84.

The offset of GCJ-02 is a published series of sines over the Krasovsky 1940 ellipsoid; Baidu's BD-09 turns
and shifts GCJ-02 once more. Neither has a closed inverse: both are found by fixed-point iteration.
Longitudes and latitudes are degrees, numbers or arrays alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

_AXIS_M = 6378245.0  # Krasovsky 1940 semi-major axis
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_ITERATIONS = 8  # each gains about three digits; 8 reach the precision of a double
_BD09_SHIFT = (0.0065, 0.006)  # degrees
_BD09_WAVE = np.pi * 3000 / 180
Degree = TypeVar("Degree", float, np.ndarray[tuple[int, ...], np.dtype[np.float64]])


def to_gcj02(lon_degree: Degree, lat_degree: Degree) -> tuple[Degree, Degree]:
    """Return the GCJ-02 position of a WGS84 one, both lon/lat degrees. China only."""
    x, y = lon_degree - 105.0, lat_degree - 35.0
    shared = 20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(abs(x))
    north += 2 / 3 * (shared + _waves(y, 160, 320))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(abs(x))
    east += 2 / 3 * (shared + _waves(x, 150, 300))
    phi = np.radians(lat_degree)
    flat = 1 - _ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    metres_per_lat = _AXIS_M * (1 - _ECCENTRICITY_SQUARED) / flat**1.5 * np.pi / 180
    metres_per_lon = _AXIS_M / np.sqrt(flat) * np.cos(phi) * np.pi / 180
    return lon_degree + east / metres_per_lon, lat_degree + north / metres_per_lat


def _waves(degree: Degree, long_m: int, longest_m: int) -> Degree:
    """The waves of the series along one axis, with periods of 2, 6, 24 and 60 degrees, in metres."""
    waves: Degree = (
        20 * np.sin(degree * np.pi)
        + 40 * np.sin(degree / 3 * np.pi)
        + long_m * np.sin(degree / 12 * np.pi)
        + longest_m * np.sin(degree / 30 * np.pi)
    )
    return waves


def to_wgs84(lon_degree: Degree, lat_degree: Degree) -> tuple[Degree, Degree]:
    """Return the WGS84 position of a GCJ-02 one; the round trip closes to well under a metre."""
    return _inverse(to_gcj02, lon_degree, lat_degree)


def wgs84_to_bd09(lon_degree: Degree, lat_degree: Degree) -> tuple[Degree, Degree]:
    """Return the BD-09 position of a WGS84 one, both lon/lat degrees. China only."""
    x, y = to_gcj02(lon_degree, lat_degree)
    radius = np.sqrt(x * x + y * y) + 0.00002 * np.sin(y * _BD09_WAVE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD09_WAVE)
    return radius * np.cos(angle) + _BD09_SHIFT[0], radius * np.sin(angle) + _BD09_SHIFT[1]


def bd09_to_wgs84(lon_degree: Degree, lat_degree: Degree) -> tuple[Degree, Degree]:
    """Return the WGS84 position of a BD-09 one; the round trip closes to well under a metre."""
    return _inverse(wgs84_to_bd09, lon_degree, lat_degree)


def _inverse(
    forward: Callable[[Degree, Degree], tuple[Degree, Degree]], lon_degree: Degree, lat_degree: Degree
) -> tuple[Degree, Degree]:
    lon, lat = lon_degree, lat_degree
    for _ in range(_ITERATIONS):
        moved_lon, moved_lat = forward(lon, lat)
        lon, lat = lon + lon_degree - moved_lon, lat + lat_degree - moved_lat
    return lon, lat
