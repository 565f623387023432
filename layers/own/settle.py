"""A raw layer to WGS84: which system it is in, what is repaired, what is left out and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from geo import recognise
from geo.crossings import MOST_CROSSINGS, crossings, nested
from geo.gcj02 import bd09_to_wgs84, to_wgs84
from geo.recognise import WGS84, Array, Choice, Reading
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own.raw import BD09, GCJ02, LONGEST_NAME, Raw
from layers.text import shortened, visible

MOST_OFFSET_VERTICES = 500_000  # the offset systems have no closed inverse: each vertex is iterated
MOST_CROSSINGS_IN_ALL = 1_000_000
NESTED_A_CROSSING = 20  # pairs of rings over each other cost what a crossing does
SMALL, LARGE = 12, 2000  # vertices: of no cost however it crosses; counted before anything else is tried
MANY_RINGS = 50
OFFSETS = {GCJ02: to_wgs84, BD09: bd09_to_wgs84}
_DEGREES = (
    Choice("EPSG:4326", "WGS84 经纬度", ""),
    Choice("EPSG:4490", "CGCS2000 经纬度", ""),
    Choice(GCJ02, "GCJ-02（高德、腾讯等网络地图）", ""),
    Choice(BD09, "BD-09（百度地图）", ""),
)
REASONS = ("no_coordinates", "unreadable", "not_finite", "out_of_range", "empty", "degenerate", "tangled")

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]
Reasons = np.ndarray[tuple[int], np.dtype[np.object_]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


class CrsNeededError(LayerError):
    """A layer with coordinates in no system that can be told; `choices` are those that put it into China."""

    def __init__(self, message: str, layer: str, choices: tuple[Choice, ...]) -> None:
        super().__init__(message)
        self.layer = layer
        self.choices = choices


@dataclass(frozen=True, eq=False, slots=True)
class Settled:
    """A layer in WGS84, cleaned: a row and a shape for each feature that was kept."""

    frame: pd.DataFrame  # attributes and `geometry`
    crs: str  # the system that it was read in, "" where nothing was drawn
    crs_from: str  # `file`, `chosen` or `assumed`
    left_out: dict[str, tuple[int, ...]]  # rows of the file, from 0, by one of REASONS
    repaired: int
    notes: tuple[Note, ...]


def settle(raw: Raw, asked: str = "") -> Settled:
    """Return a layer in WGS84; `asked` (EPSG code, GCJ-02 or BD-09) overrides what the file says of it.

    CrsNeededError when its system cannot be told, LayerError when it cannot be converted.
    """
    shapes: Shapes = np.array([*raw.shapes, None], dtype=object)[:-1]  # never a 2-D array
    reasons: Reasons = np.array(raw.reasons or [""] * len(shapes), dtype=object)
    reasons[(reasons == "") & shapely.is_missing(shapes)] = "no_coordinates"
    reasons[(reasons == "") & shapely.is_empty(shapes)] = "empty"
    reasons[(reasons == "") & ~_finite(shapes)] = "not_finite"
    used = reasons == ""
    crs, crs_from = "", "assumed"
    notes: tuple[Note, ...] = ()
    if used.any():
        shapes[used], crs, crs_from, notes = _to_wgs84(shapes[used], raw, asked)
    reasons[used & ~_on_earth(shapes)] = "out_of_range"
    repaired = _repair(shapes, reasons) + raw.mended
    kept = reasons == ""
    left_out = {why: tuple(np.flatnonzero(reasons == why).tolist()) for why in REASONS if (reasons == why).any()}
    frame = raw.attributes[kept]
    frame = frame.loc[:, frame.notna().any()].copy()
    frame = pd.DataFrame(
        {**frame, "geometry": pd.Series(shapes[kept], index=frame.index, dtype=object)}, index=frame.index
    )
    return Settled(frame, crs, crs_from, left_out, repaired, notes)


def needs_system(raw: Raw) -> bool:
    """Return whether nobody but the planner can tell the system of a layer."""
    pairs = _pairs(raw)
    return len(pairs) > 0 and not raw.offset and _told(raw.crs, recognise.read(pairs)) is None


def systems_of(raw: Raw) -> tuple[Choice, ...]:
    """Return the systems that a layer may be in: those of degrees, or those that put its metres into China."""
    pairs = _pairs(raw)
    reading = recognise.read(pairs)
    if reading.kind == "degrees":
        return _DEGREES
    return recognise.choices(pairs[:, ::-1] if reading.swapped else pairs) if reading.kind == "metres" else ()


def _pairs(raw: Raw) -> Array:
    """The finite coordinates of a layer as they stand in the file."""
    pairs: Array = shapely.get_coordinates(np.array([one for one in raw.shapes if one is not None], dtype=object))
    return pairs[np.isfinite(pairs).all(axis=1)]


def _finite(shapes: Shapes) -> Flags:
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return ~bad


def _on_earth(shapes: Shapes) -> Flags:
    bounds = shapely.bounds(shapes)
    fits: Flags = (np.abs(bounds) <= (180, 90, 180, 90)).all(axis=1)  # NaN where there is nothing
    return fits


# ---- coordinate systems ----------------------------------------------------------------------


def _to_wgs84(shapes: Shapes, raw: Raw, asked: str) -> tuple[Shapes, str, str, tuple[Note, ...]]:
    """The shapes in WGS84, the system they came in, how it is known, and what is to be said of it."""
    pairs = shapely.get_coordinates(shapes)
    reading = recognise.read(pairs)
    notes: list[Note] = []
    if reading.swapped:
        pairs = pairs[:, ::-1]
        notes.append(note("经度与纬度（或东、北坐标）写反了，已对调。"))
    offset = asked if asked in OFFSETS else "" if asked else raw.offset
    if offset:
        if reading.kind != "degrees":
            raise LayerError(f"{offset} 是经纬度坐标，图层“{raw.name}”里不是经纬度 (not in degrees)；请另选坐标系。")
        if not asked:
            notes.append(
                note("文件写明坐标为 {offset}（网络地图偏移坐标），已换算；如不属实，请改选坐标系。", offset=offset)
            )
        moved = shapely.set_coordinates(shapes, _without_offset(pairs, offset))
        return moved, offset, "chosen" if asked else "file", tuple(notes)
    crs, crs_from, said = _system(raw, reading, pairs, asked)
    moved_pairs, more = _moved(pairs, crs)
    return shapely.set_coordinates(shapes, moved_pairs), _words(crs), crs_from, (*notes, *said, *more)


def _without_offset(pairs: Array, offset: str) -> Array:
    if len(pairs) > MOST_OFFSET_VERTICES:
        raise LayerError(f"{offset} 转换最多 {MOST_OFFSET_VERTICES:,} 个顶点 (too many vertices)；请先简化。")
    return np.column_stack(OFFSETS[offset](pairs[:, 0], pairs[:, 1]))


def _system(raw: Raw, reading: Reading, pairs: Array, asked: str) -> tuple[CRS, str, tuple[Note, ...]]:
    if asked:
        return recognise.horizontal(recognise.named(asked)), "chosen", ()
    told = _told(raw.crs, reading)
    if told is None:
        raise _needed(raw.name, reading, pairs)
    return told


def _told(crs: CRS | None, reading: Reading) -> tuple[CRS, str, tuple[Note, ...]] | None:
    """The system of a layer, how it is known, and what is to be said of it; None when only the planner knows."""
    plain = None if crs is None else recognise.horizontal(crs)
    if plain is None:
        return (WGS84, "assumed", ()) if reading.kind == "degrees" else None
    if not plain.is_projected and not _is_bound_projection(plain):
        return (plain, "file", ()) if reading.kind != "metres" else None
    if not reading.chinese_degrees:
        return plain, "file", ()
    degrees = plain.geodetic_crs or WGS84
    said = note("坐标是经纬度，与文件所写的投影坐标系“{crs}”不符，已按经纬度读取。", crs=_words(plain))
    return degrees, "assumed", (said,)


def _is_bound_projection(crs: CRS) -> bool:
    return bool(crs.is_bound and crs.source_crs and crs.source_crs.is_projected)


def _needed(name: str, reading: Reading, pairs: Array) -> CrsNeededError:
    layer = f"图层“{name}”的" if name else ""
    ordered = pairs[:, ::-1] if reading.swapped else pairs
    found = recognise.choices(ordered) if reading.kind == "metres" else ()
    offered = "；".join(f"{one.code} {one.name}" + (f"（落在{one.lands}）" if one.lands else "") for one in found)
    if found:
        said = f"{layer}坐标是投影坐标，但文件没有写明坐标系 (projected, CRS unknown)。请选择：{offered}。"
    else:
        x, y = np.median(ordered, axis=0)
        said = (
            f"{layer}坐标（如 {x:.10g}, {y:.10g}）既不是经纬度，也不像国家坐标系的投影坐标，可能是地方独立坐标 "
            "(CRS unknown)；请写明 EPSG 代码，或先转为 CGCS2000。"
        )
    return CrsNeededError(said, name, found)


def _moved(pairs: Array, crs: CRS) -> tuple[Array, tuple[Note, ...]]:
    """Pairs of a system as WGS84, and what is to be said of the way."""
    notes = []
    prefix_m = recognise.zone_prefix_m(pairs, crs)
    if prefix_m:
        pairs = np.add(pairs, (prefix_m, 0.0))
        added, removed = (
            "东坐标没有带号，坐标系有带号，已补上。",
            "东坐标带有带号，坐标系没有带号，已去掉。",
        )
        notes.append(note(added) if prefix_m > 0 else note(removed))
    if recognise.old_datum(crs):
        text = "{name}坐标只能近似转换，可能有数十米至百余米偏差；要准确请先用本地参数转为 CGCS2000。"
        notes.append(note(text, name=recognise.old_datum(crs)))
    try:
        moved = recognise.to_wgs84(pairs, crs)
    except ProjError:
        name = shortened(visible(crs.name), LONGEST_NAME)
        raise LayerError(f"坐标系“{name}”无法转换 (cannot convert)；请转为 CGCS2000 或 WGS84 后上传。") from None
    return np.nan_to_num(moved, nan=np.inf), tuple(notes)


def _words(crs: CRS) -> str:
    try:
        code = crs.to_epsg(min_confidence=60)
    except CRSError:
        code = None
    return f"EPSG:{code} {crs.name}" if code else shortened(visible(crs.name), LONGEST_NAME)


# ---- geometry --------------------------------------------------------------------------------


def _repair(shapes: Shapes, reasons: Reasons) -> int:
    """Make every kept shape valid in place; note those that cannot be. Return how many were repaired.

    The time to find and mend crossings grows with their number, which has no bound but the square of
    the vertices, and so it is with rings in rings: both are counted by a sample first.
    """
    repaired, left = 0, float(MOST_CROSSINGS_IN_ALL)
    large = (shapely.get_num_coordinates(shapes) > LARGE) | _has_many_rings(shapes)
    doubtful = large.copy()
    doubtful[~large] = ~shapely.is_valid(shapes[~large])
    for at in np.flatnonzero((reasons == "") & doubtful):
        met = _cost(shapes[at])
        if met > min(left, MOST_CROSSINGS):
            reasons[at] = "tangled"
            continue
        left -= met
        if shapely.is_valid(shapes[at]):
            continue
        shapes[at] = shapely.make_valid(shapes[at], method="structure", keep_collapsed=False)
        reasons[at] = "empty" if shapes[at].is_empty else ""
        repaired += not shapes[at].is_empty
    return repaired


def _has_many_rings(shapes: Shapes) -> Flags:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    rings = np.bincount(owner, shapely.get_num_interior_rings(parts) + 1, len(shapes))
    many: Flags = rings > MANY_RINGS
    return many


def _cost(shape: shapely.Geometry) -> float:
    if shapely.get_num_coordinates(shape) <= SMALL:
        return 0.0
    return crossings(shape) + nested(shape) / NESTED_A_CROSSING
