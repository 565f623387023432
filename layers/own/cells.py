"""What a cell of a table says of a position: degrees or metres, alone or in pairs, as planners write them."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

LONGEST_NUMBER = 64  # characters
LONGEST_PAIR = 160
# Signs of degrees, minutes and seconds; some are letters or quotes that only look like them.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚°∘⁰゜度", "°"),
        **dict.fromkeys("'′’‘`´ˊˈ＇ʹʼ分", "'"),
        **dict.fromkeys('"″”“˝＂ʺ〃秒', '"'),
    }
)
_SIDE = "EWNS东西南北经纬"
_NUMBER = r"\d{1,9}(?:\.\d{0,20})?"
_ANGLE = re.compile(
    rf"""(?P<before>[{_SIDE}:\s]*)(?P<sign>[-+]?)(?P<d>{_NUMBER})\s*(?:[°d:]\s*
    (?:(?P<m>{_NUMBER})\s*['m:]?\s*)?(?:(?P<s>{_NUMBER})\s*(?:["s]|'')?\s*)?)?(?P<after>[{_SIDE}\s]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_APART = re.compile(r"\s*(\d{1,3})([\s-])(\d{1,2})\2(\d{1,2}(?:\.\d{0,20})?)\s*")  # 101 30 36, 101-30-36.5
_SOUTH_WEST = re.compile(r"[SW南西]", re.IGNORECASE)
_NORTHERN = re.compile(r"[NS北南纬]", re.IGNORECASE)
_SEPARATORS = (",", "，", ";", "；", "、", "/", "|", None)  # None: white space
_EXCEL_START = dt.datetime(1899, 12, 31)  # day 0 of January 1900


def number(cell: Any) -> float | None:
    """Return a coordinate: 103.5, full-width digits, 500,000.0, or degrees, minutes and seconds.

    Excel makes hours of 104:30:00; they are degrees. None for an empty cell, NaN for text that is no
    coordinate.
    """
    if cell is None or isinstance(cell, (int, float)):
        return None if cell is None else _plain(cell)
    if isinstance(cell, (dt.timedelta, dt.time, dt.datetime)):
        return _hours(cell)
    written = str(cell).strip()
    if not written:
        return None
    return math.nan if len(written) > LONGEST_NUMBER else _written(written)


def _plain(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _written(written: str) -> float:
    signs = unicodedata.normalize("NFKC", written.translate(_SIGNS))
    try:
        return float(signs.replace(",", "").replace("_", "x"))  # 1_000 is a number in Python alone
    except ValueError:
        pass
    angle = _ANGLE.fullmatch(signs)
    if angle:
        d, m, s = (float(angle[part] or 0) for part in "dms")
        negative = angle["sign"] == "-" or _SOUTH_WEST.search(angle["before"] + angle["after"])
    elif apart := _APART.fullmatch(signs):
        d, m, s, negative = float(apart[1]), float(apart[3]), float(apart[4]), None
    else:
        return math.nan
    return math.nan if m >= 60 or s >= 60 else degrees(-d if negative else d, m, s)


def degrees(d: float, m: float, s: float) -> float:
    """Return decimal degrees of degrees, minutes and seconds; the sign is that of the degrees."""
    return math.copysign(abs(d) + m / 60 + s / 3600, d)


def _hours(cell: dt.timedelta | dt.time | dt.datetime) -> float:
    """The hours of a duration or of a time; Excel writes one of more than a day as a date of 1900."""
    if isinstance(cell, dt.time):
        return degrees(cell.hour, cell.minute, cell.second + cell.microsecond / 1e6)
    if isinstance(cell, dt.datetime):
        if cell.year != 1900 or cell.tzinfo:
            return math.nan
        cell -= _EXCEL_START
    return cell.total_seconds() / 3600


def packed(value: float) -> float:
    """Return decimal degrees of digits run together, 1013036.5 for 101°30′36.5″; NaN when it is none."""
    d, rest = divmod(abs(value), 10_000)
    m, s = divmod(rest, 100)
    return math.nan if m >= 60 or s >= 60 or d > 180 else degrees(d, m, s)


def pair(cell: Any) -> tuple[float, float] | None:
    """Return the two numbers of a cell such as "101.51,27.42" or "N27°25′12″ E101°30′36″", x before y if it says so.

    None when the cell does not hold just two numbers, or three with a height.
    """
    written = "" if cell is None else str(cell).strip().strip("()[]（）［］【】").strip()
    if not written or len(written) > LONGEST_PAIR:
        return None
    for separator in _SEPARATORS:
        parts = [one for one in written.split(separator) if one.strip()]
        numbers = [number(one) for one in parts]
        if len(parts) in (2, 3) and all(one is not None and math.isfinite(one) for one in numbers):
            return _ordered(parts, [one for one in numbers if one is not None])
    return None


def _ordered(parts: Sequence[str], numbers: Sequence[float]) -> tuple[float, float]:
    north_first = _NORTHERN.search(parts[0]) and not _NORTHERN.search(parts[1])
    return (numbers[1], numbers[0]) if north_first else (numbers[0], numbers[1])
