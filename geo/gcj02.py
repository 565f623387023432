"""GCJ-02, the offset coordinate system of Chinese web maps, to and from WGS84.

The offset is a published series of sines over the Krasovsky 1940 ellipsoid; the inverse has no
closed form and is found by fixed-point iteration.
"""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

_AXIS_M = 6378245.0  # Krasovsky 1940 semi-major axis
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_ITERATIONS = 8  # each gains about three digits; 8 reach the precision of a double


def to_gcj02(lon_degree: float, lat_degree: float) -> tuple[float, float]:
    """Return the GCJ-02 position of a WGS84 one, both lon/lat degrees. China only."""
    x, y = lon_degree - 105.0, lat_degree - 35.0
    shared = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += 2 / 3 * (shared + _waves(y, 160, 320))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += 2 / 3 * (shared + _waves(x, 150, 300))
    phi = radians(lat_degree)
    flat = 1 - _ECCENTRICITY_SQUARED * sin(phi) ** 2
    metres_per_lat = _AXIS_M * (1 - _ECCENTRICITY_SQUARED) / flat**1.5 * pi / 180
    metres_per_lon = _AXIS_M / sqrt(flat) * cos(phi) * pi / 180
    return lon_degree + east / metres_per_lon, lat_degree + north / metres_per_lat


def _waves(degree: float, long_m: int, longest_m: int) -> float:
    """The waves of the series along one axis, with periods of 2, 6, 24 and 60 degrees, in metres."""
    return (
        20 * sin(degree * pi)
        + 40 * sin(degree / 3 * pi)
        + long_m * sin(degree / 12 * pi)
        + longest_m * sin(degree / 30 * pi)
    )


def to_wgs84(lon_degree: float, lat_degree: float) -> tuple[float, float]:
    """Return the WGS84 position of a GCJ-02 one; the round trip closes to well under a metre."""
    lon, lat = lon_degree, lat_degree
    for _ in range(_ITERATIONS):
        moved_lon, moved_lat = to_gcj02(lon, lat)
        lon, lat = lon + lon_degree - moved_lon, lat + lat_degree - moved_lat
    return lon, lat
