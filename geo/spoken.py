"""Coordinate systems as Chinese surveyors write them: "2000国家大地坐标系，3度带，带号34", "EPSG:4543", "火星坐标"."""

from __future__ import annotations

import re
import unicodedata

from pyproj import CRS
from pyproj.exceptions import CRSError

LONGEST = 200  # characters
_EPSG = re.compile(r"epsg\D{0,3}(\d{4,6})")
# First EPSG codes of a datum: 3-degree zones 25 to 45, 6-degree zones 13 to 23, and both by their central meridian.
_DATUMS = (
    (re.compile(r"cgcs\W?2000|国家2000|2000国家|大地2000|2000坐标|中国2000|^2000"), 4490, (4513, 4491, 4534, 4502)),
    (re.compile(r"西安\W?(19)?80|(19)?80西安|xian\W?(19)?80|^80国家|^(19)?80"), 4610, (2349, 2327, 2370, 2338)),
    (re.compile(r"北京\W?(19)?54|(19)?54北京|beijing\W?(19)?54|^(19)?54"), 4214, (2401, 21413, 2422, 21453)),
)
_ZONE = re.compile(r"带号\D{0,3}(\d{2})|第?(\d{2})号?带|zone\D{0,3}(\d{2})")
_MERIDIAN = re.compile(r"(?:中央(?:经线|子午线)|cm)\D{0,4}(\d{2,3})|(\d{2,3})\s*°?e(?![a-z])|(\d{2,3})带(?:中央)?")
_SIX = re.compile(r"(?:6|六)\s*(?:°|度)\s*(?:分?带)|分带\D{0,3}6")
_THREE = re.compile(r"(?:3|三)\s*(?:°|度)\s*(?:分?带)|分带\D{0,3}3")
_OFFSETS = (("BD-09", re.compile(r"bd\W?_?09|百度|baidu")), ("GCJ-02", re.compile(r"gcj\W?_?0?2|火星|mars|高德|腾讯")))


def offset(text: str) -> str:
    """Return the offset system that `text` names, GCJ-02 or BD-09; "" when it names none."""
    folded = _folded(text)
    return next((name for name, words in _OFFSETS if words.search(folded)), "")


def spoken(text: str) -> CRS | None:
    """Return the system that `text` names in a surveyor's words or by its EPSG code; None when it names none.

    A datum without a zone is that of lon/lat degrees.
    """
    folded = _folded(text)
    code = _EPSG.search(folded)
    if code:
        try:
            return CRS.from_epsg(int(code[1]))
        except CRSError:
            return None
    for words, degrees, firsts in _DATUMS:
        if words.search(folded):
            return CRS.from_epsg(_zone(folded, firsts) or degrees)
    return CRS.from_epsg(4326) if re.search(r"wgs\W?84", folded) else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text[:LONGEST]).casefold().strip()


def _zone(text: str, firsts: tuple[int, int, int, int]) -> int | None:
    """The EPSG code of the zone of a text: its number (25 to 45 are of 3 degrees, 13 to 23 of 6) or its meridian."""
    number = next((int(one) for found in _ZONE.finditer(text) for one in found.groups() if one), 0)
    if 25 <= number <= 45:
        return firsts[0] + number - 25
    if 13 <= number <= 23:
        return firsts[1] + number - 13
    meridian = next((int(one) for found in _MERIDIAN.finditer(text) for one in found.groups() if one), 0)
    if not 75 <= meridian <= 135 or meridian % 3:
        return None
    six = _SIX.search(text) and not _THREE.search(text)
    return firsts[3] + (meridian - 75) // 6 if six and (meridian - 75) % 6 == 0 else firsts[2] + (meridian - 75) // 3
