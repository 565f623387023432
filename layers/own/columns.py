"""Which columns of a table hold its positions, by their heads: pairs, parts of degrees, ends of lines, one cell, text."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from layers.own.raw import BD09, GCJ02

LONGEST_HEAD = 80  # characters; what is longer is no head
_TEXT = (
    "wkt",
    "wkb",
    "ewkt",
    "ewkb",
    "geometry",
    "geom",
    "thegeom",
    "wkbgeometry",
    "wktgeom",
    "shape",
    "几何",
    "空间数据",
)
_CELL = re.compile(
    r"(?P<flipped>lat(itude)?(lng|lon|long|longitude)|纬经度)|经纬|坐标$|坐标点$|"
    r"^(location|position|point|points|coords?|coordinates?|gps|center|centroid|位置)$|(lng|lon|long|longitude)lat(itude)?"
)
# Systems that a head may name, the truest first: of several pairs that one is taken.
_SYSTEMS = (
    (
        "WGS84",
        re.compile(
            r"wgs\W?_?(84)?|cgcs\W?_?(2000)?|gps|国家?2000|2000国家大地|大地2000|天地图|(?<=[xy度\W_])2000(?!\d)"
        ),
    ),
    (GCJ02, re.compile(r"gcj\W?_?(0?2)?|火星|高德|腾讯|amap|mars|qqmap|(?<![a-z])gd(?![a-z])")),
    (BD09, re.compile(r"bd\W?_?09(ll)?|百度|baidu|bmap|(?<![a-z])bd(?![a-z])")),
)
_RANKS = {"WGS84": 0, "": 1, GCJ02: 2, BD09: 3}
_START = re.compile(
    r"^(起始点|起始|起点|始点|出发地|出发点|出发|起|origin|start|from|source|o(?=[\W_]|lon|lng|lat|x$|y$))"
)
_END = re.compile(
    r"^(终止点|终止|终点|止点|讫点|到达地|到达点|到达|目的地|终|止|讫|destination|dest|end|to|target|d(?=[\W_]|lon|lng|lat|x$|y$))"
)
_NUMBERED = re.compile(r"[\W_]?([12])$")  # lon1 lat1 lon2 lat2
_NAMES = {  # longest first
    "east": ("longitude", "经度", "lng", "long", "lon", "经"),
    "north": ("latitude", "纬度", "lat", "纬"),
}
_GRID = (
    ("east", re.compile(r"[xy]?(坐标)?横(坐标|轴)?[xy]?|东(坐标|向)?[xye]?|[xy]?(坐标)?东|easting|east|e")),
    ("north", re.compile(r"[xy]?(坐标)?纵(坐标|轴)?[xy]?|北(坐标|向)?[xyn]?|[xy]?(坐标)?北|northing|north|n")),
    ("east", re.compile(r"x|x坐标|坐标x|x轴|xcoord(inate)?|coordx")),
    ("north", re.compile(r"y|y坐标|坐标y|y轴|ycoord(inate)?|coordy")),
)
_FILLERS = re.compile(r"point|center|centre|中心点?|点位|桩|shape|geo|poi|单位|米|(?<=[\W_])m$")
_PARTS = (
    re.compile(r"度|°|º|˚|d|deg|degrees?"),
    re.compile(r"分|′|'|m|min|minutes?"),
    re.compile(r"秒|″|\"|''|s|sec|seconds?"),
)
_SEPARATORS = re.compile(r"[\s_\-.:：/\\()\[\]{}<>【】（）]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two axes; each a column of numbers, or columns of degrees, minutes and seconds."""

    east: tuple[int, ...]
    north: tuple[int, ...]
    geographic: bool  # the heads say longitude and latitude
    system: str = ""

    @property
    def all(self) -> tuple[int, ...]:
        """Every column of the pair."""
        return (*self.east, *self.north)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the positions of a table stand. Text is read first; what it does not give, the pairs may."""

    text: int = -1  # of WKT, WKB or GeoJSON
    cell: int = -1  # of "x,y"
    flipped: bool = False  # that cell has the latitude first
    pairs: tuple[Pair, ...] = ()  # one: a point; two: the ends of a line
    offset: str = ""  # GCJ-02 or BD-09 where the heads say so

    @property
    def used(self) -> frozenset[int]:
        """The columns that are positions and no attributes."""
        return frozenset([self.text, self.cell, *(at for pair in self.pairs for at in pair.all)])


@dataclass(frozen=True, slots=True)
class _Head:
    """What a head says: axis, part of degrees (None: the whole), end of a line, system, and the rest of it."""

    axis: str
    geographic: bool
    part: int | None
    end: int
    system: str
    rest: str


def normal(cell: Any) -> str:
    """Return a head without case, width, spaces, separators and what stands in brackets."""
    return _SEPARATORS.sub("", _BRACKETED.sub("", _folded(cell)))


def _folded(cell: Any) -> str:
    text = "" if cell is None else str(cell)[: LONGEST_HEAD + 1]
    return unicodedata.normalize("NFKC", text).casefold().strip() if len(text) <= LONGEST_HEAD else ""


def columns(heads: Sequence[Any], holds_pairs: Callable[[int], bool] = lambda _: False) -> Columns | None:
    """Return the columns of positions that a row of heads announces, None when it announces none.

    `holds_pairs` tells whether the cells under a head are pairs of numbers; 坐标 alone does not say it.
    """
    text = next((i for i, head in enumerate(heads) if normal(head) in _TEXT), -1)
    pairs = _pairs(heads)
    offset = pairs[0].system if pairs else ""
    if pairs or text >= 0:
        return Columns(text=text, pairs=pairs, offset=offset if offset in (GCJ02, BD09) else "")
    for i, head in enumerate(heads):
        found = _CELL.search(normal(head))
        if found and holds_pairs(i):
            system = _system(_folded(head))
            return Columns(cell=i, flipped=bool(found["flipped"]), offset=system if system in (GCJ02, BD09) else "")
    return None


def _pairs(heads: Sequence[Any]) -> tuple[Pair, ...]:
    """The pair to take, or the pairs of both ends of a line."""
    ends: dict[int, list[Pair]] = {0: [], 1: [], 2: []}
    for (end, _, system, geographic), axes in _axes(heads).items():
        if "east" in axes and "north" in axes:
            ends[end].append(Pair(axes["east"], axes["north"], geographic, system))
    best = [min(found, key=lambda one: (_RANKS[one.system], not one.geographic)) for found in ends.values() if found]
    return tuple(best[:1] if ends[0] else best)


_Key = tuple[int, str, str, bool]


def _axes(heads: Sequence[Any]) -> dict[_Key, dict[str, tuple[int, ...]]]:
    """The columns of every axis, by the end, the rest of the head, the system and the kind of axis that they share."""
    found: dict[_Key, dict[str, dict[int | None, int]]] = defaultdict(lambda: defaultdict(dict))
    for i, head in enumerate(heads):
        one = _read(head)
        if one is not None:
            found[one.end, one.rest, one.system, one.geographic][one.axis].setdefault(one.part, i)
    whole = {key: {axis: at for axis, parts in axes.items() if (at := _parts(parts))} for key, axes in found.items()}
    return whole if any(len(axes) == 2 for axes in whole.values()) else _regardless_of_rest(whole)


def _regardless_of_rest(axes: dict[_Key, dict[str, tuple[int, ...]]]) -> dict[_Key, dict[str, tuple[int, ...]]]:
    """中心经度 beside 纬度: the rest of a head need not be the same where nothing else fits."""
    found: dict[_Key, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for (end, _, system, geographic), one in axes.items():
        found[end, "", system, geographic] = {**one, **found[end, "", system, geographic]}
    return found


def _parts(found: dict[int | None, int]) -> tuple[int, ...]:
    """Degrees, minutes and seconds in their order; a column of the whole goes before them, or stands for the degrees."""
    if None in found and (0 in found or 1 not in found):
        return (found[None],)
    first = found.get(0, found.get(None))
    if first is None:
        return ()
    return (first, *(found[part] for part in (1, 2) if part in found and (part == 1 or 1 in found)))


def _read(cell: Any) -> _Head | None:
    """What a head says of an axis, None when it says nothing of one."""
    text = _folded(cell)
    system = _system(text)
    for _, words in _SYSTEMS:
        text = words.sub(" ", text)
    text, end = _without_end(text.strip(" _-.:/").replace("东经", "经").replace("北纬", "纬"))
    bare = _BRACKETED.sub("", text)
    for written in (text, bare):  # a bracket may hold the part of degrees, or only the unit
        found = _geographic(_SEPARATORS.sub("", written), end, system)
        if found is not None:
            return found
    for one in (_SEPARATORS.sub("", _FILLERS.sub("", written)) for written in (text, bare)):
        axis = next((axis for axis, words in _GRID if words.fullmatch(one)), "")
        if axis:
            return _Head(axis, False, None, end, system, "")
    return None


def _system(text: str) -> str:
    return next((name for name, words in _SYSTEMS if words.search(text)), "")


def _without_end(text: str) -> tuple[str, int]:
    """A head without the word for the start or the end of a line, and which of them it was."""
    for end, words in ((1, _START), (2, _END)):
        cut = words.sub("", text, count=1)
        if cut != text:
            return cut.removeprefix("点"), end
    numbered = _NUMBERED.search(text)
    return (text[: numbered.start()], int(numbered[1])) if numbered else (text, 0)


def _geographic(compact: str, end: int, system: str) -> _Head | None:
    """A head of longitude or latitude: Chinese words may stand in others, English ones beside fillers only."""
    if "经" in compact and "纬" in compact:
        return None
    for axis, names in _NAMES.items():
        for name in names:
            before, word, after = compact.rpartition(name)
            if not word:
                continue
            part = next((i for i, words in enumerate(_PARTS) if words.fullmatch(after)), None)
            rest = before + (after if part is None else "")
            if name.isascii() or len(name) == 1:
                rest = _FILLERS.sub("", rest).removesuffix("坐标")
            if rest and (name.isascii() or len(name) == 1):
                continue
            return _Head(axis, True, part, end, system, rest)
    return None
