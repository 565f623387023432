"""A planner's file to a layer in WGS84, with a report of what was found, repaired and left out.

Nothing is fetched, nothing outlives the call but its result, and a file that cannot be read gets a
sentence that says why.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError, ProjError

from geo import recognise as systems
from geo.crossings import MOST_CROSSINGS, crossings
from geo.datum import Fit, fit
from geo.errors import GeoError
from geo.gcj02 import to_wgs84 as from_gcj02
from geo.recognise import Choice
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own.archive import MB
from layers.own.readers import READERS, Raw, limit
from layers.text import shortened, visible

MOST_BYTES = 30 * MB
MOST_VERTICES = 2_000_000
MOST_OFFSET_VERTICES = 200_000  # GCJ-02 has no closed inverse: each vertex is iterated
MOST_CROSSINGS_IN_ALL = 1_000_000
SMALL, LARGE = 12, 2000  # vertices: of no cost however it crosses; counted before anything else is tried
LONGEST_NAME = 60
GCJ02 = "GCJ-02"
LAYER = "图层"  # column that tells layers apart where a file has several
REASONS = {
    "no_coordinates": "没有坐标",
    "unreadable": "坐标无法读出",
    "not_finite": "坐标不是有限数值",
    "out_of_range": "超出经纬度范围",
    "empty": "几何为空",
    "tangled": "自相交过多，无法修复",
}
log = logging.getLogger(__name__)

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


class CrsNeededError(LayerError):
    """Projected coordinates without a coordinate system; `choices` are those that put them into China."""

    def __init__(self, message: str, choices: tuple[Choice, ...]) -> None:
        super().__init__(message)
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    format: str
    layers: tuple[str, ...]  # names; "" for the one layer of a format that names none
    features: int  # in the file
    kept: int
    crs: str  # of the file, as it was read
    crs_from: str  # `file`, `chosen` or `assumed`
    dropped: tuple[tuple[str, int], ...]  # one of REASONS, and how many
    repaired: int
    fit: Fit  # to known lines, as WGS84 and as GCJ-02
    notes: tuple[Note, ...]
    offset: bool  # the outlines fit GCJ-02, or the table says that it is


@dataclass(frozen=True, eq=False, slots=True)
class Upload:
    """A layer of a planner: lon/lat degrees (WGS84), geometries valid and two-dimensional, text fit to be shown."""

    name: str
    frame: gpd.GeoDataFrame
    report: Report

    @property
    def has_polygons(self) -> bool:
        return bool(shapely.area(self.frame.geometry.to_numpy()).any())


def read(name: str, data: bytes, crs: str = "") -> Upload:
    """Read a file by the ending of its `name`; `crs` (EPSG code, or GCJ-02) overrides what it says of itself.

    LayerError names what is wrong and the way out; CrsNeededError offers the systems to choose from.
    """
    title = shortened(visible(PurePosixPath(name.replace("\\", "/")).name), LONGEST_NAME)
    ending = PurePosixPath(title).suffix.lower()
    if ending not in READERS:
        raise LayerError(
            f"不支持“{title}”这种文件 (unsupported format)。可用：{'、'.join(READERS)}（Shapefile 打包为 zip）。"
        )
    if len(data) > MOST_BYTES:
        raise LayerError(
            f"“{title}”有 {len(data) / MB:.0f} MB，超过 {MOST_BYTES // MB} MB (file too large)；请裁剪或简化后上传。"
        )
    if not data:
        raise LayerError(f"“{title}”是空文件 (empty file)。")
    form, reader = READERS[ending]
    try:
        return _upload(title, form, reader(data), crs)
    except (LayerError, GeoError):
        raise
    except Exception:  # parsers of others meet hostile bytes here: whatever they raise, the session goes on
        log.exception("cannot read an upload as %s", form)
        raise LayerError(f"“{title}”无法按 {form} 读取 (cannot read)；文件可能已损坏，请重新导出。") from None


def _upload(title: str, form: str, raws: list[Raw], asked: str) -> Upload:
    limit(sum(len(raw.shapes) for raw in raws))
    vertices = sum(int(shapely.get_num_coordinates(np.array(raw.shapes, dtype=object)).sum()) for raw in raws)
    if vertices > MOST_VERTICES:
        raise LayerError(f"“{title}”有 {vertices:,} 个顶点，多于 {MOST_VERTICES:,} 个 (too many vertices)；请先简化。")
    settled = [_settle(raw, asked) for raw in raws]
    frame = gpd.GeoDataFrame(
        pd.concat([one.frame for one in settled], ignore_index=True), geometry="geometry", crs=4326
    )
    dropped: Counter[str] = sum((one.dropped for one in settled), Counter())
    if frame.empty:
        told = "，".join(f"{REASONS[reason]} {number} 个" for reason, number in dropped.items()) or "没有要素"
        raise LayerError(f"“{title}”里没有能画出的要素：{told} (nothing to draw)；请检查坐标、数值范围和坐标系。")
    fitted = fit(frame.geometry)
    report = Report(
        format=form,
        layers=tuple(raw.name for raw in raws),
        features=sum(len(raw.shapes) for raw in raws),
        kept=len(frame),
        crs="、".join(dict.fromkeys(one.crs for one in settled)),
        crs_from=settled[0].crs_from,
        dropped=tuple((reason, dropped[reason]) for reason in REASONS if dropped[reason]),
        repaired=sum(one.repaired for one in settled),
        fit=fitted,
        offset=asked != GCJ02 and (fitted.system == "gcj02" or any(raw.offset for raw in raws)),
        notes=tuple(
            dict.fromkeys(said for raw, one in zip(raws, settled, strict=True) for said in (*raw.notes, *one.notes))
        ),
    )
    return Upload(title, frame, report)


@dataclass(frozen=True, slots=True)
class _Settled:
    """A layer in WGS84, cleaned."""

    frame: pd.DataFrame
    crs: str
    crs_from: str
    dropped: Counter[str]
    repaired: int
    notes: tuple[Note, ...]


def _settle(raw: Raw, asked: str) -> _Settled:
    shapes: Shapes = np.array([*raw.shapes, None], dtype=object)[:-1]  # never a 2-D array
    reasons = np.array(raw.reasons or [""] * len(shapes), dtype=object)
    reasons[(reasons == "") & shapely.is_missing(shapes)] = "no_coordinates"
    reasons[(reasons == "") & shapely.is_empty(shapes)] = "empty"
    reasons[(reasons == "") & ~_finite(shapes)] = "not_finite"
    crs, crs_from = "", "assumed"
    notes: tuple[Note, ...] = ()
    used = reasons == ""
    if used.any():
        shapes[used], crs, crs_from, notes = _to_wgs84(shapes[used], raw, asked)
    reasons[used & ~_on_earth(shapes)] = "out_of_range"
    repaired = _repair(shapes, reasons)
    kept = reasons == ""
    dropped = Counter(str(reason) for reason in reasons[~kept])
    frame = raw.attributes[kept]
    frame = frame.loc[:, frame.notna().any()].copy()
    if raw.name:
        frame = frame.assign(**{LAYER: raw.name})[[LAYER, *(key for key in frame.columns if key != LAYER)]]
    return _Settled(frame.assign(geometry=shapes[kept]), crs, crs_from, dropped, repaired, notes)


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
    reading = systems.read(pairs)
    notes: list[Note] = []
    if reading.swapped:
        pairs = pairs[:, ::-1]
        notes.append(note("经度与纬度（或东、北坐标）写反了，已对调。"))
    if asked == GCJ02:
        return shapely.set_coordinates(shapes, _from_gcj02(pairs)), GCJ02, "chosen", tuple(notes)
    crs, crs_from = _system(raw.crs, reading.kind, pairs, asked)
    prefix_m = systems.zone_prefix_m(pairs, crs)
    if prefix_m:
        pairs = np.add(pairs, (prefix_m, 0.0))
        notes.append(
            note("东坐标的带号与坐标系不一致，已按坐标系{words}带号。", words="加上" if prefix_m > 0 else "去掉")
        )
    if systems.old_datum(crs):
        notes.append(
            note(
                "{name}坐标只能近似转换，可能有数十米至百余米偏差；要准确请先用本地参数转为 CGCS2000。",
                name=systems.old_datum(crs),
            )
        )
    try:
        moved = systems.to_wgs84(pairs, crs)
    except ProjError:
        raise LayerError(
            f"坐标系“{crs.name[:60]}”无法转换 (cannot convert)；请转为 CGCS2000 或 WGS84 后上传。"
        ) from None
    return shapely.set_coordinates(shapes, np.nan_to_num(moved, nan=np.inf)), _words(crs), crs_from, tuple(notes)


def _from_gcj02(pairs: systems.Array) -> systems.Array:
    if len(pairs) > MOST_OFFSET_VERTICES:
        raise LayerError(f"GCJ-02 转换最多 {MOST_OFFSET_VERTICES:,} 个顶点 (too many vertices)；请先简化。")
    return np.array([from_gcj02(lon, lat) for lon, lat in pairs])


def _system(named: CRS | None, kind: str, pairs: systems.Array, asked: str) -> tuple[CRS, str]:
    if asked:
        return systems.named(asked), "chosen"
    if named is not None and not (named.is_geographic and kind == "metres"):
        return named, "file"
    if kind == "metres":
        found = systems.choices(pairs)
        offered = "；".join(f"{one.code} {one.name}" + (f"（落在{one.lands}）" if one.lands else "") for one in found)
        raise CrsNeededError(
            f"坐标是投影坐标，但文件没有写明坐标系 (projected, CRS unknown)。请选择：{offered or '请写 EPSG 代码'}。",
            found,
        )
    return systems.WGS84, "assumed"


def _words(crs: CRS) -> str:
    try:
        code = crs.to_epsg(min_confidence=60)
    except CRSError:
        code = None
    return f"EPSG:{code} {crs.name}" if code else shortened(visible(crs.name), LONGEST_NAME)


# ---- geometry -----------------------------------------------------------------------


def _repair(shapes: Shapes, reasons: np.ndarray[tuple[int], np.dtype[np.object_]]) -> int:
    """Make every kept shape valid in place; note those that cannot be. Return how many were repaired.

    The time to find and mend crossings grows with their number, which has no bound but the square of
    the vertices: they are counted by a sample first.
    """
    repaired, left = 0, float(MOST_CROSSINGS_IN_ALL)
    large = shapely.get_num_coordinates(shapes) > LARGE
    doubtful = large.copy()
    doubtful[~large] = ~shapely.is_valid(shapes[~large])
    for at in np.flatnonzero((reasons == "") & doubtful):
        met = crossings(shapes[at]) if shapely.get_num_coordinates(shapes[at]) > SMALL else 0.0
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


def read_as_gcj02(upload: Upload) -> Upload:
    """Return an upload whose coordinates, read as WGS84, turn out to be GCJ-02. LayerError for too many vertices."""
    shapes = upload.frame.geometry.to_numpy()
    moved = shapely.set_coordinates(shapes.copy(), _from_gcj02(shapely.get_coordinates(shapes)))
    frame = upload.frame.set_geometry(gpd.GeoSeries(moved, index=upload.frame.index, crs=4326))
    return replace(
        upload, frame=frame, report=replace(upload.report, crs=GCJ02, crs_from="chosen", fit=fit(moved), offset=False)
    )
