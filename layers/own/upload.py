"""A planner's file to a layer in WGS84, with a report of what was found, repaired and left out.

Nothing is fetched, nothing outlives the call but its result, and a file that cannot be read gets a
sentence that says why. The layers are kept as they stood in the file: what system each is in can be
said again at any time, without the others.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import recognise
from geo.datum import Fit, fit
from geo.errors import GeoError
from layers.errors import LayerError
from layers.notes import Note
from layers.own.archive import MB, MOST_BYTES
from layers.own.formats import ENDINGS, opened, unsupported
from layers.own.raw import BD09, GCJ02, LONGEST_NAME, Raw, limit
from layers.own.settle import REASONS, CrsNeededError, Settled, needs_system, settle
from layers.own.words import left_out
from layers.text import shortened, visible

__all__ = ["BD09", "GCJ02", "CrsNeededError", "Layer", "Report", "Upload", "in_system", "read"]

MOST_VERTICES = 2_000_000
LAYER = (
    "图层",
    "所在图层",
)  # column that tells layers apart where a file has several; the second where it has the first
_FITS = {"gcj02": GCJ02, "bd09": BD09}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file."""

    format: str
    layers: tuple[str, ...]  # names; "" for the one layer of a format that names none
    features: int  # in the file
    kept: int
    crs: str  # of the file, as it was read
    crs_from: str  # `file`, `chosen` or `assumed`
    systems: tuple[tuple[str, str], ...]  # every system, and how it is known
    dropped: tuple[tuple[str, int], ...]  # one of REASONS, and how many
    repaired: int
    fit: Fit  # to known lines, as WGS84, as GCJ-02 and as BD-09
    lands: str  # the prefecture or province under the middle of all, "" outside of China
    notes: tuple[Note, ...]
    offset: str  # GCJ-02 or BD-09, where the file says so or the outlines fit it and nothing else was chosen


@dataclass(frozen=True, eq=False, slots=True)
class Layer:
    """A layer of a file: as it stands there, the system that was chosen for it ("" for its own), and in WGS84."""

    raw: Raw
    chosen: str
    settled: Settled


@dataclass(frozen=True, eq=False, slots=True)
class Upload:
    """A file of a planner: lon/lat degrees (WGS84), geometries valid and two-dimensional, text fit to be shown."""

    name: str
    layers: tuple[Layer, ...]
    frame: gpd.GeoDataFrame
    report: Report

    @property
    def has_polygons(self) -> bool:
        return bool(shapely.area(self.frame.geometry.to_numpy()).any())


def read(name: str, data: bytes, systems: str | Mapping[str, str] = "") -> Upload:
    """Read a file by the ending of its `name`.

    `systems` says in which system layers are (EPSG code, GCJ-02 or BD-09), by their names; one text is
    for the layers whose system cannot be told, or for all where every one's can. LayerError names what
    is wrong and the way out; CrsNeededError offers the systems to choose from.
    """
    title = shortened(visible(PurePosixPath(name.replace("\\", "/")).name), LONGEST_NAME)
    if PurePosixPath(title).suffix.lower() not in ENDINGS:
        raise unsupported(title)
    if len(data) > MOST_BYTES:
        raise LayerError(
            f"“{title}”有 {len(data) / MB:.0f} MB，超过 {MOST_BYTES // MB} MB (file too large)；请裁剪或简化后上传。"
        )
    if not data.strip():
        raise LayerError(f"“{title}”是空文件 (empty file)。")
    try:
        form, raws = opened(title, data)
        _count(title, raws)
        named = _told_apart(raws)
        return _upload(title, form, [Layer(raw, asked, settle(raw, asked)) for raw, asked in _asked(named, systems)])
    except (LayerError, GeoError):
        raise
    except Exception:  # parsers of others meet hostile bytes here: whatever they raise, the session goes on
        log.exception("cannot read an upload: %s", PurePosixPath(title).suffix)
        raise LayerError(f"“{title}”无法读取 (cannot read)；文件可能已损坏，请重新导出。") from None


def in_system(upload: Upload, systems: Mapping[str, str]) -> Upload:
    """Return an upload with other systems for layers by their names ("" for what the file says); the rest stays.

    LayerError or GeoError when a layer cannot be in the system that is said.
    """
    layers = [
        one if systems.get(one.raw.name, one.chosen) == one.chosen
        else Layer(one.raw, systems[one.raw.name], settle(one.raw, systems[one.raw.name]))
        for one in upload.layers
    ]  # fmt: skip
    return _upload(upload.name, upload.report.format, layers)


def _count(title: str, raws: Sequence[Raw]) -> None:
    limit(sum(len(raw.shapes) for raw in raws))
    vertices = sum(int(shapely.get_num_coordinates(np.array(raw.shapes, dtype=object)).sum()) for raw in raws)
    if vertices > MOST_VERTICES:
        raise LayerError(f"“{title}”有 {vertices:,} 个顶点，多于 {MOST_VERTICES:,} 个 (too many vertices)；请先简化。")


def _told_apart(raws: Sequence[Raw]) -> list[Raw]:
    """Layers of one name get a number, for a system is chosen by the name."""
    found: dict[str, Raw] = {}
    for raw in raws:
        name, number = raw.name, 2
        while name in found:
            name, number = f"{raw.name} {number}".strip(), number + 1
        found[name] = replace(raw, name=name)
    return list(found.values())


def _asked(raws: Sequence[Raw], systems: str | Mapping[str, str]) -> list[tuple[Raw, str]]:
    """Each layer and the system that was chosen for it."""
    if not isinstance(systems, str):
        return [(raw, systems.get(raw.name, "")) for raw in raws]
    needy = [raw for raw in raws if needs_system(raw)] if systems and len(raws) > 1 else []
    return [(raw, systems if not needy or raw in needy else "") for raw in raws]


def _upload(title: str, form: str, layers: Sequence[Layer]) -> Upload:
    frame = _frame(layers)
    left = [(why, sum(len(one.settled.left_out.get(why, ())) for one in layers)) for why in REASONS]
    dropped = tuple((why, number) for why, number in left if number)
    if frame.empty:
        told = "，".join(one.text.format(**dict(one.values)) for one in left_out(dropped)) or "没有要素"
        raise LayerError(f"“{title}”里没有能画出的要素：{told} (nothing to draw)；请检查坐标、数值范围和坐标系。")
    fitted = fit(frame.geometry)
    systems = tuple(dict.fromkeys((one.settled.crs, one.settled.crs_from) for one in layers if one.settled.crs))
    offsets = [one.raw.offset for one in layers if one.raw.offset and not one.chosen]
    chosen = any(one.chosen for one in layers)
    report = Report(
        format=form,
        layers=tuple(one.raw.name for one in layers),
        features=sum(len(one.raw.shapes) for one in layers),
        kept=len(frame),
        crs="、".join(dict.fromkeys(crs for crs, _ in systems)),
        crs_from=systems[0][1],
        systems=systems,
        dropped=dropped,
        repaired=sum(one.settled.repaired for one in layers),
        fit=fitted,
        lands=_lands(frame),
        notes=tuple(dict.fromkeys(said for one in layers for said in (*one.raw.notes, *one.settled.notes))),
        offset=next(iter(offsets), "" if chosen else _FITS.get(fitted.system, "")),
    )
    return Upload(title, tuple(layers), frame, report)


def _frame(layers: Sequence[Layer]) -> gpd.GeoDataFrame:
    """All layers as one table; a column tells them apart, under a name that none of them has."""
    taken = {str(key) for one in layers for key in one.settled.frame.columns}
    tells = next((name for name in LAYER if name not in taken), "")
    parts = [
        one.settled.frame.assign(**{tells: one.raw.name}) if one.raw.name and tells else one.settled.frame
        for one in layers
        if len(one.settled.frame)
    ] or [layers[0].settled.frame]
    whole = pd.concat(parts, ignore_index=True)
    keys = [tells] if tells in whole else []
    ordered = whole[[*keys, *(key for key in whole.columns if key not in keys)]]
    return gpd.GeoDataFrame(ordered, geometry="geometry", crs=4326)


def _lands(frame: gpd.GeoDataFrame) -> str:
    lon, lat = np.median(shapely.get_coordinates(shapely.point_on_surface(frame.geometry.to_numpy())), axis=0)
    return recognise.lands(float(lon), float(lat))
