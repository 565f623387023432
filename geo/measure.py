"""Lengths, areas and distances on the WGS84 ellipsoid. Karney (2013), doi:10.1007/s00190-012-0578-z."""

from __future__ import annotations

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")


def _lonlat(geometry: BaseGeometry) -> BaseGeometry:
    west, south, east, north = geometry.bounds if not geometry.is_empty else (0, 0, 0, 0)
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError(
            f"not lon/lat degrees (EPSG:4326): bounds {geometry.bounds}; reproject first with to_crs(4326)"
        )
    return geometry


def length_km(line: BaseGeometry) -> float:
    """Return the geodesic length of a line, lon/lat degrees (EPSG:4326), in kilometres.

    An empty one measures 0.0. Raises ValueError for projected coordinates.
    """
    return float(GEOD.geometry_length(_lonlat(line))) / 1000


def area_km2(polygon: BaseGeometry) -> float:
    """Return the geodesic area of a polygon, lon/lat degrees (EPSG:4326), in square kilometres.

    An empty one measures 0.0. Raises ValueError for projected coordinates.
    """
    parts = [
        shapely.geometry.polygon.orient(part)
        for part in shapely.get_parts(_lonlat(polygon))
        if part.geom_type == "Polygon"
    ]
    return sum(abs(float(GEOD.geometry_area_perimeter(part)[0])) for part in parts) / 1e6


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance between two lon/lat positions in kilometres."""
    return float(GEOD.inv(*a, *b)[2]) / 1000


def apart_km(geometry: BaseGeometry, ground: BaseGeometry) -> float:
    """Return how far the corners of `ground` lie from `geometry` at most, in kilometres.

    Both lon/lat degrees (EPSG:4326): the radius about `geometry` that covers `ground`. Distances are
    measured to the nearest point in a plane of degrees with true east, within 1 % over a province.
    """
    coordinates = shapely.get_coordinates(_lonlat(ground))
    east = np.array([np.cos(np.radians(coordinates[:, 1].mean())), 1.0])
    flat = shapely.transform(_lonlat(geometry), lambda lonlat: lonlat * east)
    near = shapely.get_coordinates(shapely.shortest_line(shapely.points(coordinates * east), flat))[1::2] / east
    return float(GEOD.inv(*coordinates.T, *near.T)[2].max()) / 1000


def reach_km(position: tuple[float, float], geometry: BaseGeometry) -> float:
    """Return the distance from `position` to the farthest point of `geometry` in kilometres."""
    coordinates = shapely.get_coordinates(_lonlat(geometry))
    lon, lat = np.broadcast_to(position[0], len(coordinates)), np.broadcast_to(position[1], len(coordinates))
    return float(GEOD.inv(lon, lat, coordinates[:, 0], coordinates[:, 1])[2].max()) / 1000
