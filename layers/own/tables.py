"""Rows of cells to layers: heads over one row or two, positions in columns, and attributes in the others."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from geo.recognise import EAST, NORTH
from geo.spoken import offset, spoken
from layers.errors import LayerError
from layers.notes import Note, note
from layers.own.boundary import outlines
from layers.own.cells import degrees, number, packed, pair
from layers.own.columns import Columns, Pair, columns, normal
from layers.own.raw import Raw, columns_read, layer_name, limit, table, unique
from layers.own.shapes import Read, built, from_geojson, from_wkb, from_wkt, srid
from layers.text import visible

HEAD_ROWS = 10  # office tables carry a title and a unit line above the heads
TRIED = 50  # cells, to see what a column holds
_SYSTEM_HEADS = ("坐标系", "坐标系统", "坐标类型", "crs", "srs", "srid", "epsg", "coordtype", "coordinatesystem")
_PART_WORDS = ("度", "分", "秒", "d", "m", "s", "deg", "min", "sec", "°", "′", "″")
_HEX = frozenset("0123456789abcdefABCDEF")
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a table: the last row of them, their names, and the columns of positions."""

    last: int
    names: tuple[str, ...]
    at: Columns


def no_columns() -> LayerError:
    """Return the error of a table without positions."""
    return LayerError(
        "表格中没有找到坐标列 (no coordinate columns)；请把列名写作 经度、纬度（或 lon、lat；x、y；WKT），放在前 10 行内。"
    )


def heads(rows: Rows) -> Heads | None:
    """Return the heads that the first rows of a table hold, None when they announce no positions."""
    for i in range(min(len(rows), HEAD_ROWS)):
        for last, names in _candidates(rows, i):
            found = columns(names, lambda at, last=last: _holds_pairs(rows[last + 1 :], at))  # type: ignore[misc]
            if found is not None:
                return Heads(last, tuple(names), found)
    return None


def _candidates(rows: Rows, i: int) -> list[tuple[int, list[str]]]:
    """Readings of a row as heads: over the row below it, below the row above it, and alone."""
    found = []
    if i + 1 < len(rows) and _is_sub_head(rows[i], rows[i + 1]):
        found.append((i + 1, _joined(rows[i], rows[i + 1])))
    if i and _is_sub_head(rows[i - 1], rows[i]):
        found.append((i, _joined(rows[i - 1], rows[i])))
    return [*found, (i, [_text(cell) for cell in rows[i]])]


def _is_sub_head(top: Sequence[Any], sub: Sequence[Any]) -> bool:
    """Whether `sub` divides heads of `top`: words alone, and some of them under what spans more than one column."""
    filled = [i for i, cell in enumerate(sub) if _text(cell)]
    if not filled or any(not math.isnan(number(sub[i]) or 0.0) for i in filled):
        return False
    above = [i for i, cell in enumerate(top) if _text(cell)]
    under_a_span = [i for i in filled if i >= len(top) or not _text(top[i])]
    if len(above) < 2 or not under_a_span:
        return False
    if any(normal(sub[i]) in _PART_WORDS for i in filled) or columns([_text(cell) for cell in sub]):
        return True
    positions = columns([_text(cell) for cell in top])
    return positions is not None and not any(at in filled for at in positions.used)


def _joined(top: Sequence[Any], sub: Sequence[Any]) -> list[str]:
    """Heads over two rows as one: what spans several columns stands before each."""
    names, span = [], ""
    for i in range(max(len(top), len(sub))):
        over, under = (_text(row[i]) if i < len(row) else "" for row in (top, sub))
        span = over or (span if under else "")
        names.append(under if under == span else f"{span} {under}".strip())
    return names


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _holds_pairs(rows: Rows, at: int) -> bool:
    cells = [row[at] for row in rows[:TRIED] if at < len(row) and _text(row[at])]
    return bool(cells) and 2 * sum(pair(cell) is not None for cell in cells) > len(cells)


# ---- the body --------------------------------------------------------------------------------


def layers_of(name: str, rows: Rows) -> list[Raw]:
    """Return the layers of a table, one for each coordinate system that its rows name; none without positions."""
    found = heads(rows)
    if found is None:
        return []
    body = [row for row in rows[found.last + 1 :] if any(cell not in (None, "") for cell in row)]
    limit(len(body))
    title = " ".join(_text(cell) for row in rows[: found.last] for cell in row)[:1000]
    systems = _systems(found, body, title)
    several = list(dict.fromkeys(systems))
    made = []
    for one in several or [""]:
        part = [row for row, system in zip(body, systems, strict=True) if system == one]
        made.append(_layer(f"{name} {one}".strip() if len(several) > 1 else name, found, part, one, f"{name} {title}"))
    return made


def _systems(found: Heads, body: Rows, title: str) -> list[str]:
    """The system that each row names, as text: in its geometry, in a column, or in the title of the table."""
    said = next((i for i, head in enumerate(found.names) if normal(head) in _SYSTEM_HEADS), -1)
    titled = _system_of(title) if "坐标系" in title or "epsg" in title.casefold() else ""
    return [
        found.at.offset
        or _srid(row[found.at.text] if 0 <= found.at.text < len(row) else None)
        or (
            _system_of(f"EPSG:{row[said]}" if _text(row[said]).isdecimal() else _text(row[said]))
            if 0 <= said < len(row)
            else ""
        )
        or titled
        for row in body
    ]


def _srid(cell: Any) -> str:
    text = _text(cell)
    if text[:5].upper() == "SRID=":
        code = text[5:15].partition(";")[0]
        return f"EPSG:{code}" if code.isdecimal() and int(code) else ""
    binary = _binary(text)
    try:
        code = str(srid(binary)) if binary else "0"
    except (ValueError, IndexError):
        return ""
    return f"EPSG:{code}" if code != "0" else ""


def _system_of(text: str) -> str:
    if not text:
        return ""
    known = offset(text)
    crs = None if known else spoken(text)
    return known or (f"EPSG:{crs.to_epsg()}" if crs else "")


def _layer(name: str, found: Heads, body: Rows, system: str, title: str) -> Raw:
    at, names = found.at, unique(found.names)
    kept = [i for i in range(len(names)) if i not in at.used]
    most, notes = columns_read(len(kept), len(body))
    read, said = _positions(body, at)
    areas = (
        outlines(
            [found.names[i] for i in kept],
            [[_cell(row, i) for i in kept] for row in body],
            [one[0] for one in read],
            title,
        )
        if len(at.pairs) < 2
        else []
    )
    if areas:
        said = (*said, note("按顺序把 {n} 个界址点连成 {areas} 个面。", n=len(body), areas=len(areas)))
        body, read = [_common(body, one.rows) for one in areas], [one.read for one in areas]
    attributes = table(
        [names[i] for i in kept[:most]], ([_cell(row, i) for row in body] for i in kept[:most]), len(body)
    )
    offsets = system if offset(system) else ""
    crs, unknown = _crs("" if offsets else system)
    return Raw(
        layer_name(name),
        attributes,
        [shape for shape, _, _ in read],
        crs,
        tuple(why for _, why, _ in read),
        (*notes, *said, *unknown),
        offsets,
        sum(mended for _, _, mended in read),
    )


def _crs(system: str) -> tuple[CRS | None, tuple[Note, ...]]:
    crs = spoken(system) if system else None
    if system and crs is None:
        return None, (note("表中写的坐标系“{name}”无法识别，已忽略。", name=visible(system[:60])),)
    return crs, ()


def _cell(row: Sequence[Any], at: int) -> Any:
    return row[at] if at < len(row) else None


def _common(body: Rows, rows: Sequence[int]) -> list[Any]:
    """What rows have in common; of the rest nothing can be said of the area that they make."""
    columns_ = zip(*(body[i] for i in rows), strict=False)
    return [cells[0] if len({_text(cell) for cell in cells if _text(cell)}) <= 1 else None for cells in columns_]


# ---- positions -------------------------------------------------------------------------------


def _positions(body: Rows, at: Columns) -> tuple[list[Read], tuple[Note, ...]]:
    """The shape of every row, and what is to be said of how they were read."""
    run_together = tuple(_run_together(body, one) for one in at.pairs)
    read = [_row(row, at, run_together) for row in body]
    said = []
    if any(run_together):
        said.append(note("经纬度按度分秒连写（DDDMMSS）读取。"))
    if len(at.pairs) == 2:
        said.append(note("起点与终点的坐标连成直线。"))
    return read, tuple(said)


def _row(row: Sequence[Any], at: Columns, run_together: Sequence[bool]) -> Read:
    if at.cell >= 0:
        found = pair(_cell(row, at.cell))
        if found is None:
            return None, "unreadable" if _text(_cell(row, at.cell)) else "no_coordinates", False
        return shapely.Point(found[::-1] if at.flipped else found), "", False
    written = _text(_cell(row, at.text)) if at.text >= 0 else ""
    read = _geometry(written)
    if read[0] is not None or not at.pairs:
        return read
    ends = [_point(row, one, digits) for one, digits in zip(at.pairs, run_together, strict=True)]
    wrong = next((end for end in ends if isinstance(end, str)), "")
    if wrong:
        return None, wrong, False
    return built("LineString", ends) if len(ends) == 2 else (shapely.Point(ends[0]), "", False)


def _geometry(written: str) -> Read:
    """WKT, WKB as PostGIS shows it, or a geometry of GeoJSON."""
    if not written:
        return None, "no_coordinates", False
    if written[:1] == "{":
        return _from_json(written)
    binary = _binary(written)
    return from_wkb(binary) if binary else from_wkt(written)


def _from_json(written: str) -> Read:
    try:
        return from_geojson(json.loads(written))
    except (ValueError, RecursionError):
        return None, "unreadable", False


def _binary(written: str) -> bytes:
    digits = written.removeprefix("\\x").removeprefix("0x")
    if len(digits) < 18 or len(digits) % 2 or digits[:2] not in ("00", "01") or not _HEX.issuperset(digits):
        return b""
    return bytes.fromhex(digits)


def _point(row: Sequence[Any], at: Pair, digits: bool) -> tuple[float, float] | str:
    """The position of a row, or the reason why there is none."""
    east, north = (_axis(row, axis, digits) for axis in (at.east, at.north))
    if east is None or north is None or east == north == 0:  # an unknown position is written as nothing, or as zero
        return "no_coordinates"
    return "unreadable" if math.isnan(east + north) else (east, north)


def _axis(row: Sequence[Any], at: tuple[int, ...], digits: bool) -> float | None:
    parts = [number(_cell(row, i)) for i in at]
    if parts[0] is None:
        return None
    if len(parts) == 1:
        return packed(parts[0]) if digits else parts[0]
    minutes, seconds = (parts[i] if i < len(parts) and parts[i] is not None else 0.0 for i in (1, 2))
    if not (0 <= (minutes or 0.0) < 60 and 0 <= (seconds or 0.0) < 60):
        return math.nan
    return degrees(parts[0], minutes or 0.0, seconds or 0.0)


def _run_together(body: Rows, at: Pair) -> bool:
    """Whether longitudes and latitudes are digits run together: too large for degrees, and in China when taken apart."""
    if not at.geographic or len(at.all) != 2:
        return False
    some = np.array([[_number(row, axis[0]) for axis in (at.east, at.north)] for row in body[:TRIED]])
    some = some[np.isfinite(some).all(axis=1)]
    if not len(some) or (np.abs(some) < 10_000).any():
        return False
    apart = np.array([[packed(value) for value in row] for row in some])
    return bool(((apart >= (EAST[0], NORTH[0])) & (apart <= (EAST[1], NORTH[1]))).all())


def _number(row: Sequence[Any], at: int) -> float:
    found = number(_cell(row, at))
    return math.nan if found is None else found
