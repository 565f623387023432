"""The text in which land parcels are handed in for approval: [属性描述], then [地块坐标], with x to the north.

TD/T 1016 and the formats of the land registries that follow it: a line a parcel, ending in @, and a
line a point: number, ring, x (north), y (east).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import shapely

from geo.spoken import spoken
from layers.errors import LayerError
from layers.notes import note
from layers.own.boundary import area
from layers.own.cells import number
from layers.own.raw import Raw, limit, table
from layers.own.shapes import Read, built

MARK = "[地块坐标]"
MOST_LINES = 2_000_000
MOST_RINGS = 2_000  # of a parcel
FIELDS = ("界址点数", "地块面积", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码")
_SEPARATOR = re.compile(r"[,，\t]")
_SYSTEM = ("坐标系", "几度分带", "分带", "带号", "中央子午线", "中央经线")


@dataclass(slots=True)
class _Parcel:
    """A parcel while its points are read."""

    fields: list[str]
    rings: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    broken: bool = False


def parcels(text: str) -> list[Raw]:
    """Return the parcels of a text as one layer, in the system that its heading names."""
    heading, _, body = text.partition(MARK)
    if body.count("\n") > MOST_LINES:
        raise LayerError(f"地块坐标超过 {MOST_LINES:,} 行 (too many lines)；请拆分后上传。")
    found = _read(body)
    limit(len(found))
    if not found:
        raise LayerError(f"“{MARK}”之下没有地块 (no parcels)；每个地块应以“@”结尾的一行开头。")
    read = [_shape(one) for one in found]
    said = _heading(heading)
    system = " ".join(f"{key}={said[key]}" for key in _SYSTEM if said.get(key))
    crs = spoken(said.get("坐标系", "") + " " + system) if system else None
    columns = ([one.fields[i] or None if i < len(one.fields) else None for one in found] for i in range(len(FIELDS)))
    unknown = (
        () if crs or not said.get("坐标系") else (note("坐标系“{name}”无法识别，已忽略。", name=said["坐标系"][:60]),)
    )
    return [
        Raw(
            "",
            table(FIELDS, columns, len(found)),
            [shape for shape, _, _ in read],
            crs,
            tuple(why for _, why, _ in read),
            unknown,
            mended=sum(mended for _, _, mended in read),
        )
    ]


def _heading(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines()[:100])
    return {key.strip(): value.strip() for key, sign, value in pairs if sign}


def _read(body: str) -> list[_Parcel]:
    found: list[_Parcel] = []
    for line in body.splitlines():
        cells = [cell.strip() for cell in _SEPARATOR.split(line.strip())]
        if cells[-1] == "@" or line.rstrip().endswith("@"):
            found.append(_Parcel([cell.rstrip("@") for cell in cells]))
        elif found and len(cells) >= 4:
            _add(found[-1], cells)
        elif found and any(cells):
            found[-1].broken = True
    return found


def _add(parcel: _Parcel, cells: list[str]) -> None:
    """A line of a point: number, ring, north, east."""
    north, east = number(cells[2]), number(cells[3])
    if north is None or east is None or not np.isfinite(north + east):
        parcel.broken = True
        return
    parcel.rings.setdefault(cells[1], []).append((east, north))


def _shape(parcel: _Parcel) -> Read:
    rings = [np.array(ring) for ring in parcel.rings.values()]
    if not rings or parcel.broken:
        return None, "unreadable" if parcel.broken else "no_coordinates", False
    if len(rings) > MOST_RINGS:
        return None, "tangled", False
    kind = parcel.fields[4] if len(parcel.fields) > 4 else ""
    if kind == "点":
        return shapely.MultiPoint(np.vstack(rings)), "", False
    if kind == "线":
        return built("MultiLineString", rings)
    shape, why, mended = area(rings)
    closed = all((ring[0] == ring[-1]).all() for ring in rings)
    return shape, why, mended and closed  # the format leaves the last point to the reader
