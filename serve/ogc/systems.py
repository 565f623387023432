"""The coordinate systems of the API, each with the axes in the order of its register (OGC 18-058r1, 6.2)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geo.systems import CGCS2000, MERIDIANS, WEB_MERCATOR, WGS84
from layers.errors import LayerError

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
SYSTEMS = (
    CRS84,
    *(one.key.replace("EPSG:", _EPSG) for one in (WGS84, CGCS2000, WEB_MERCATOR)),
    *(f"{_EPSG}{code}" for code, meridian in MERIDIANS.items() if 96 <= meridian <= 111),
)
STEPS = 64  # an edge of a box is moved in so many steps: a straight line in one system is curved in another


@cache
def _moved(source: str, target: str) -> Transformer:
    names = [uri.replace(CRS84, "OGC:CRS84").replace(_EPSG, "EPSG:") for uri in (source, target)]
    return Transformer.from_crs(names[0], names[1])


def known(uri: str, parameter: str) -> str:
    """Return a system that is served; LayerError lists them."""
    if uri not in SYSTEMS:
        listed = " ".join(SYSTEMS)
        raise LayerError(f"{parameter} 不支持“{uri}” (unknown {parameter})。可用：{listed}")
    return uri


def projected(shapes: NDArray[np.object_], uri: str) -> NDArray[np.object_]:
    """Return shapes (lon/lat degrees) in a system of SYSTEMS, rounded to what is worth sending: a decimetre, a centimetre."""
    if uri == CRS84:
        return shapes
    change = _moved(CRS84, uri)
    decimals = 2 if change.target_crs and change.target_crs.is_projected else 6
    moved: NDArray[np.object_] = shapely.transform(
        shapes, lambda lonlat: np.column_stack(change.transform(*lonlat.T)).round(decimals)
    )
    return moved


def located(shape: Any, uri: str) -> Any:
    """Return a shape that is given in a system of SYSTEMS as lon/lat degrees; LayerError where it cannot stand on earth."""
    if uri != CRS84:
        change = _moved(uri, CRS84)
        shape = shapely.transform(shape, lambda given: np.column_stack(change.transform(*given.T)))
    lon, lat = np.abs(shapely.get_coordinates(shape)).T
    if not ((lon <= 360) & (lat <= 90)).all():  # NaN and infinity are neither
        raise LayerError(
            "坐标不在所说的坐标系之内 (coordinates outside of their system)；请核对坐标与坐标系、两轴的先后。"
        )
    return shape


def box(numbers: list[float], uri: str) -> Any:
    """Return a box (lower corner, upper corner, axes in the order of its system) as an area in lon/lat degrees."""
    ring = shapely.box(*numbers)
    longest = max(numbers[2] - numbers[0], numbers[3] - numbers[1])
    return located(shapely.segmentize(ring, longest / STEPS) if longest > 0 else ring, uri)
