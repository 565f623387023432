"""Geometries of unknown origin: built part by part, so that what is wrong with one part costs that part alone.

GEOS builds whole geometries or none, and its reader of text goes down without a bound into what is
nested (mended in GEOS 3.15): whatever may nest is taken apart here, to a depth.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from layers.own.raw import Shapes

MOST_NESTING = 8  # a collection in a collection is rare; a text of attack goes down thousands
KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")
NOT_READ = (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, struct.error)
Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Read = tuple[BaseGeometry | None, str, bool]  # a shape, or the reason why there is none; whether it was mended


def built(kind: str, coordinates: Any) -> Read:
    """Return the shape of GeoJSON coordinates (lists or arrays), without the parts that are none.

    Rings are closed; lines that stand still and rings of less than three corners are left out.
    ValueError and its like (NOT_READ) for what is no coordinates at all.
    """
    base = kind.removeprefix("Multi")
    parts = list(coordinates) if kind != base else [coordinates]
    if not len(coordinates):
        return None, "empty", False
    made = [_PART[base](part) for part in parts]
    good = [shape for shape, _ in made if shape is not None]
    if not good:
        return None, "degenerate", False
    mended = len(good) < len(parts) or any(changed for _, changed in made)
    return (_MULTI[base](good) if kind != base else good[0]), "", mended


def _point(written: Any) -> tuple[BaseGeometry | None, bool]:
    x, y = written[0], written[1]
    return shapely.Point(float(x), float(y)), False


def _line(written: Any) -> tuple[BaseGeometry | None, bool]:
    at = _pairs(written)
    return (shapely.LineString(at), False) if len(at) > 1 and _corners(at, 2) else (None, False)


def _polygon(written: Any) -> tuple[BaseGeometry | None, bool]:
    rings = [_ring(_pairs(one)) for one in written]
    if not rings or rings[0][0] is None:
        return None, False
    holes = [ring for ring, _ in rings[1:] if ring is not None]
    mended = len(holes) < len(rings) - 1 or any(opened for ring, opened in rings if ring is not None)
    return shapely.Polygon(rings[0][0], holes), mended


def _ring(at: Array) -> tuple[Array | None, bool]:
    """A ring closed, and whether it was open; None when it has less than three corners."""
    if not _corners(at, 3):
        return None, False
    opened = bool((at[0] != at[-1]).any())
    return (np.vstack([at, at[:1]]) if opened else at), opened


def _pairs(written: Any) -> Array:
    """x and y of positions of any dimension."""
    if isinstance(written, np.ndarray):
        return written[:, :2]
    return np.array([(one[0], one[1]) for one in written], dtype=float).reshape(-1, 2)


def _corners(at: Array, least: int) -> bool:
    """Whether positions are at least so many different ones; the first few of a long line tell."""
    if len(at) < least:
        return False
    return len(np.unique(at[:100], axis=0)) >= least or len(np.unique(at, axis=0)) >= least


_PART = {"Point": _point, "LineString": _line, "Polygon": _polygon}
_MULTI = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}


def collected(read: Sequence[Read]) -> Read:
    """Return the members of a geometry collection as one shape."""
    good = [shape for shape, _, _ in read if shape is not None]
    if not good:
        return None, next((why for _, why, _ in read), "empty"), False
    mended = len(good) < len(read) or any(changed for _, _, changed in read)
    return (good[0] if len(good) == 1 else _gathered(good)), "", mended


def _gathered(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One multi-geometry where all are of one type, a collection otherwise."""
    parts = shapely.get_parts(shapes)
    types = {one.geom_type for one in parts}
    several = _MULTI.get(types.pop()) if len(types) == 1 else None
    return several(list(parts)) if several else shapely.GeometryCollection(list(parts))


def from_geojson(written: Any, depth: int = 0) -> Read:
    """Return the shape of a GeoJSON geometry."""
    if not isinstance(written, dict):
        return None, "no_coordinates", False
    try:
        if written.get("type") == "GeometryCollection":
            if depth == MOST_NESTING:
                return None, "unreadable", False
            return collected([from_geojson(one, depth + 1) for one in written["geometries"]])
        return _fast(written) or built(_kind(written["type"]), written["coordinates"])
    except NOT_READ:
        return None, "unreadable", False


def _fast(written: dict[str, Any]) -> Read | None:
    """The C++ reader is ten times as fast, but knows neither NaN nor rings left open."""
    shape = shapely.from_geojson(json.dumps(written), on_invalid="ignore")
    return None if shape is None or shape.is_empty else (shapely.force_2d(shape), "", False)


def _kind(name: Any) -> str:
    if name not in KINDS[:6]:
        raise ValueError(name)
    return str(name)


# ---- well-known binary -----------------------------------------------------------------------


def from_wkbs(written: Sequence[bytes | None]) -> tuple[Shapes, tuple[str, ...], int]:
    """Return shapes, reasons and the number of mended ones of many WKB values, None among them."""
    read = [(None, "no_coordinates", False) if one is None else from_wkb(one) for one in written]
    return [one[0] for one in read], tuple(one[1] for one in read), sum(one[2] for one in read)


def from_wkb(data: bytes) -> Read:
    """Return the shape of WKB, ISO or extended (PostGIS), of any dimension."""
    try:
        kind = _header(data, 0)[1]
        if kind in KINDS[:3]:  # these hold no others
            shape = shapely.from_wkb(data, on_invalid="ignore")
            if shape is not None and not shape.is_empty:
                return shapely.force_2d(shape), "", False
        return _value(data, 0, 0)[0]
    except NOT_READ:
        return None, "unreadable", False


def srid(data: bytes) -> int:
    """Return the SRID of extended WKB, 0 when it has none."""
    order, _, _, start = _header(data, 0)
    return int(struct.unpack_from(f"{order}I", data, start - 4)[0]) if start == 9 else 0


def _header(data: bytes, at: int) -> tuple[str, str, int, int]:
    """Byte order, type, dimensions, and where the body starts."""
    order = "<" if data[at] else ">"
    code = struct.unpack_from(f"{order}I", data, at + 1)[0]
    start = at + (9 if code & 0x20000000 else 5)
    dimensions = 2 + bool(code & 0x80000000) + bool(code & 0x40000000)
    iso, plain = divmod(code & 0x0FFFFFFF, 1000)
    dimensions += (0, 1, 1, 2)[iso]
    if not 1 <= plain <= len(KINDS):
        raise ValueError(plain)
    return order, KINDS[plain - 1], dimensions, start


def _value(data: bytes, at: int, depth: int) -> tuple[Read, int]:
    """The shape that starts at a byte, and where it ends."""
    if depth > MOST_NESTING:
        raise ValueError("nested too deeply")
    order, kind, dimensions, at = _header(data, at)
    if kind == "Point":
        coordinates, at = _positions(data, at, 1, order, dimensions)
        return ((None, "empty", False) if np.isnan(coordinates).all() else built(kind, coordinates[0])), at
    count = struct.unpack_from(f"{order}I", data, at)[0]
    at += 4
    if kind == "LineString":
        coordinates, at = _positions(data, at, count, order, dimensions)
        return built(kind, coordinates), at
    if kind == "Polygon":
        rings = []
        for _ in range(count):
            size = struct.unpack_from(f"{order}I", data, at)[0]
            ring, at = _positions(data, at + 4, size, order, dimensions)
            rings.append(ring)
        return built(kind, rings), at
    members: list[Read] = []
    for _ in range(count):
        member, at = _value(data, at, depth + 1)
        members.append(member)
    return _as_multi(kind, collected(members)), at


def _as_multi(kind: str, read: Read) -> Read:
    """A collection of one is the multi-geometry that it was written as."""
    shape, why, mended = read
    several = (
        _MULTI.get(kind.removeprefix("Multi")) if shape is not None and not shape.geom_type.startswith("M") else None
    )
    return (several([shape]) if several else shape), why, mended


def _positions(data: bytes, at: int, count: int, order: str, dimensions: int) -> tuple[Array, int]:
    end = at + 8 * count * dimensions
    if end > len(data):
        raise ValueError("cut")
    found: Array = np.frombuffer(data, f"{order}f8", count * dimensions, at).reshape(-1, dimensions)
    return found[:, :2].astype(float), end


# ---- well-known text -------------------------------------------------------------------------

_TYPED = re.compile(
    r"(?:SRID=\d{1,9};)?\s*(?P<kind>[A-Z]+)\s*(?:Z|M|ZM)?\s*(?P<body>\(.*\))\s*", re.IGNORECASE | re.DOTALL
)
_NAMES = {kind.upper(): kind for kind in KINDS}


def from_wkt(text: str) -> Read:
    """Return the shape of WKT or of extended WKT (`SRID=4490;POINT (…)`)."""
    if nesting(text) > MOST_NESTING:
        return None, "unreadable", False
    plain = text.split(";", 1)[-1] if text[:5].upper() == "SRID=" else text
    try:
        return shapely.force_2d(shapely.from_wkt(plain)), "", False
    except ShapelyError:
        pass
    try:
        return _tolerant(plain)
    except NOT_READ:
        return None, "unreadable", False


def nesting(text: str) -> int:
    """Return how deep the round brackets of a text go."""
    brackets = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    steps = (brackets == ord("(")).astype(np.int64) - (brackets == ord(")"))
    return int(steps.cumsum().max(initial=0))


def _tolerant(text: str) -> Read:
    """WKT as the GeoJSON coordinates that it writes in another way."""
    typed = _TYPED.fullmatch(text)
    if typed is None:
        raise ValueError(text[:20])
    kind = _kind(_NAMES.get(typed["kind"].upper()))
    positions = re.sub(
        r"[^(),]+", lambda one: f"[{','.join(one[0].split()[:2])}]" if one[0].strip() else "", typed["body"]
    )
    coordinates = json.loads(positions.replace("(", "[").replace(")", "]"))
    if kind == "MultiPoint" and isinstance(coordinates[0][0], list):
        coordinates = [one[0] for one in coordinates]
    return built(kind, coordinates[0] if kind == "Point" else coordinates)
