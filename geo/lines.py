"""The ends of railways that have a name of their own: 成昆铁路, whatever plan speaks of it.

Read character by character they would mislead: 宿 of 宿淮铁路 is not the nearer 宿迁, 新 of 兰新铁路 no city at all.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from geo.gazetteer import Place, named, place
from geo.site import Site
from plans.documents import DATA
from plans.lexicon import alternation


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    ends: tuple[Place, ...]
    through: tuple[Place, ...]  # what is known of the way between, for the section of one province


def line_ends(name: str, at: int) -> list[Site]:
    """Return the ends of the line that `name` names at `at`; of 成贵高铁云南段 what lies in 云南; [] where none is known."""
    found = _names().match(name, at)
    if found is None or not _APART.search(name[:at]) or _AT_ONE_PLACE.search(name, found.end()):
        return []
    line = _lines()[found[0]]
    section = _SECTION.match(name, found.end())
    stops = _within(line, section[1]) if section else line.ends
    return [Site(one, at, found.end(), f"“{line.name}”经{one.name}") for one in stops]


def _within(line: _Line, section: str) -> list[Place]:
    """What of a line lies in the province whose section is meant; of any other section (武张段) it says nothing."""
    codes = {one.adcode[:2] for one in named(section) if one.level == "province"}
    return [one for one in (*line.ends, *line.through) if one.adcode[:2] in codes]


_SECTION = re.compile("(?:第?[二三]?[双复]线)?[（(]?([\u4e00-\u9fff]{2,4})段")
_APART = re.compile("(?:^|[^\u4e00-\u9fff]|新建|既有|[至到经、和与及])$")
_AT_ONE_PLACE = re.compile("[站桥园区港场带]|枢纽")  # what stands by a line: 京沪高铁济南西站
_FORMS = {  # what else a line is called that is called by the first
    "铁路": ("铁路", "线", "复线", "二线"),
    "高铁": ("高铁", "高速铁路", "客专", "客运专线"),
    "城际": ("城际",),
}


@cache
def _lines() -> dict[str, _Line]:
    """The lines by each of their forms: 成昆铁路, 成昆线, 成昆复线; 哈大高铁, 哈大客运专线."""
    with (DATA / "geometry" / "lines.csv").open(encoding="utf-8", newline="") as file:
        rows = [_Line(row["name"], _places(row["ends"]), _places(row["through"])) for row in csv.DictReader(file)]
    return {f"{line.name[:-2]}{form}": line for line in rows for form in _FORMS[line.name[-2:]]}


def _places(names: str) -> tuple[Place, ...]:
    return tuple(place(name) for name in names.split())


@cache
def _names() -> re.Pattern[str]:
    return re.compile(alternation(_lines()))
