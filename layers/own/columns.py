"""Tables with coordinate columns: which columns hold them, and what a cell says, in degrees or metres."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from layers.errors import LayerError

HEAD_ROWS = 10  # office tables carry a title and a unit line above the heads
DELIMITERS = ",\t;"
LONGEST_NUMBER = 64  # characters
# Heads as they are written, normalised: exact names first, then what they contain.
_EAST = (
    "经度",
    "东经",
    "lon",
    "lng",
    "long",
    "longitude",
    "x",
    "x坐标",
    "坐标x",
    "pointx",
    "easting",
    "东坐标",
    "横坐标",
)
_NORTH = ("纬度", "北纬", "lat", "latitude", "y", "y坐标", "坐标y", "pointy", "northing", "北坐标", "纵坐标")
_WKT = ("wkt", "geometry", "geom", "thegeom", "几何")
_PARTS = (("经度", "longitude"), ("纬度", "latitude"))
_OFFSET = ("gcj", "火星", "高德", "腾讯", "百度", "bd09")
_ANGLE = re.compile(
    r"""^[EWNS东西南北经纬\s]*(?P<d>\d+(?:\.\d+)?)\s*[°度d:]\s*
    (?:(?P<m>\d+(?:\.\d+)?)\s*['′’分m:]\s*)?(?:(?P<s>\d+(?:\.\d+)?)\s*(?:["″”秒s]|'')?\s*)?[EWNS东西南北经纬]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_SOUTH_WEST = re.compile(r"[SW南西]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a table the coordinates stand: the row of heads, and two columns of numbers or one of WKT."""

    head: int
    east: int = -1
    north: int = -1
    wkt: int = -1
    offset: bool = False  # the heads name a map service that offsets positions


def columns(rows: Sequence[Sequence[Any]]) -> Columns | None:
    """Return the coordinate columns that the first rows of a table announce, None when none do."""
    for index, row in enumerate(rows[:HEAD_ROWS]):
        heads = [normal(cell) for cell in row]
        wkt = _find(heads, _WKT)
        if wkt >= 0:
            return Columns(index, wkt=wkt)
        east, north = _find(heads, _EAST, _PARTS[0]), _find(heads, _NORTH, _PARTS[1])
        if east >= 0 and north >= 0 and east != north:
            named = normal(f"{row[east]}{row[north]}", keep=True)
            return Columns(index, east, north, offset=any(word in named for word in _OFFSET))
    return None


def _find(heads: Sequence[str], names: Iterable[str], contained: Iterable[str] = ()) -> int:
    for name in names:
        if name in heads:
            return heads.index(name)
    return next((i for i, head in enumerate(heads) if any(part in head for part in contained)), -1)


def normal(cell: Any, *, keep: bool = False) -> str:
    """Return a head without case, width, spaces and (unless `keep`) what stands in brackets."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).casefold()
    text = text if keep else re.sub(r"\(.*?\)|\[.*?\]|【.*?】", "", text)
    return re.sub(r"[\s_\-:.]", "", text)


def number(cell: Any) -> float | None:
    """Return a coordinate: 103.5, full-width digits, 500,000.0, or degrees, minutes and seconds.

    None for an empty cell, NaN for text that is no coordinate.
    """
    if cell is None or isinstance(cell, (int, float)):
        return None if cell is None else float(cell)
    written = str(cell).strip()
    if not written:
        return None
    if len(written) > LONGEST_NUMBER:
        return math.nan
    angle = _ANGLE.match(written)
    if angle:
        d, m, s = (float(angle[part] or 0) for part in "dms")
        size = d + m / 60 + s / 3600
        return -size if _SOUTH_WEST.search(written) else size
    try:
        return float(unicodedata.normalize("NFKC", written).replace(",", ""))
    except ValueError:
        return math.nan


def geometry(row: Sequence[Any], at: Columns) -> tuple[BaseGeometry | None, str]:
    """Return the geometry of a row, or None and the reason: `no_coordinates` or `unreadable`."""
    if at.wkt >= 0:
        return _wkt(row[at.wkt] if at.wkt < len(row) else None)
    east, north = (number(row[i]) if i < len(row) else None for i in (at.east, at.north))
    if east is None or north is None or east == north == 0:  # an unknown position is written as nothing, or as zero
        return None, "no_coordinates"
    return (None, "unreadable") if math.isnan(east + north) else (shapely.Point(east, north), "")


def _wkt(cell: Any) -> tuple[BaseGeometry | None, str]:
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None, "no_coordinates"
    try:
        return shapely.from_wkt(text.split(";", 1)[-1] if text.upper().startswith("SRID=") else text), ""
    except ShapelyError:
        return None, "unreadable"


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8 (with or without BOM), UTF-16 with BOM, GB18030.

    LayerError when it is none of these.
    """
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding), {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper())
        except UnicodeDecodeError:
            continue
    raise LayerError("文件的文字编码既不是 UTF-8 也不是 GB18030 (unknown encoding)；请另存为“CSV UTF-8”后再上传。")


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of a delimited text, by the first delimiter that gives coordinate columns."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # a WKT cell may be as long as its file
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        head = list(itertools.islice(reader, HEAD_ROWS))
        if columns(head):
            return [*head, *reader]
    return []
