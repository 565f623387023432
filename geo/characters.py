"""Characters that stand for cities in the names of lines: 兰张, 通苏嘉甬."""

from __future__ import annotations

import re
from functools import cache

from geo.called import called_by, capitals
from geo.gazetteer import Place, named, place_path
from geo.site import Site
from geo.territory import MUNICIPALITIES, Territory
from plans.lexicon import meaning, words

_LINE = r"[中复双支西东南北环]线|[连联][接络]线|高铁|高速|铁路|城际|快速|市域|客专|客运专线|大?通道|跨海|磁悬浮|输油|输气|运河|航道|扩容|[长黄]江|黄河|大桥|过江|[A-Z]?\d(?!\d*千伏)|线"
_GROUP = "地区|双城|都市圈|城市群|”?[东西南北]?环?城市圈|经济圈|经济带|一体化|同城化|城镇|发展[轴带]"
_WIDE = frozenset("东西南北中江河湖海山大新沿环长")  # in a short form only at the head of a city's name


def completed(name: str) -> list[Site]:
    """Return the places of a short form of which each character is completed in brackets: 西(安)平(凉)铁路."""
    if not _COMPLETED.match(name):
        return []
    parts = [(part, _foremost(part[1] + part[2])) for part in _PART.finditer(name)]
    return [Site(one, *part.span(), f"“{part[0]}”即{place_path(one)}") for part, one in parts if one]


def _foremost(word: str) -> Place | None:
    """The one city that a word means, else the one county."""
    known = named(word)
    return _only([one for one in known if one.level == "prefecture"] or list(known))


_PART = re.compile("([\u4e00-\u9fff])[（(]([\u4e00-\u9fff]{1,3})[)）]")
_COMPLETED = re.compile(f"(?:{_PART.pattern}){{2}}")


def characters(name: str, ground: Territory) -> list[Site]:
    """Return the cities that a short form joins: 通苏嘉甬 in a plan of 江苏. Of those that stay open none is read."""
    for found in reversed(list(_short_form().finditer(name))):  # 兰张高铁武张段 is 武张
        start = found.start("short")
        if _is_word(found["short"], ground) or _STATION.search(name, found.end()):
            continue
        read = [(start + i, _city_of(char, ground)) for i, char in enumerate(found["short"])]
        read = _twins(found["short"], read, ground)
        if ground.known and not all(one for _, one in read):  # then those far off are a guess
            read = [(at, one if one and ground.nearness(one) <= 2 else None) for at, one in read]
        known = [(at, one) for at, one in read if one]
        if len(known) < len(read) and named(found["short"]):
            continue  # 西宁 is a city, and no half of it says where a road is
        near = any(ground.nearness(one) <= 2 for _, one in known) if ground.known else len(known) == len(read)
        enough = len(known) == len(read) if len(read) > 3 else 2 * len(known) >= len(read)
        line = not re.match(_GROUP, name[found.end("short") :])
        if near and enough and not _waters(found["short"], cities=line and _all_cities(found["short"], read)):
            why = f"按{ground.called}的规划读作" if ground.known else "读作"
            return [Site(one, at, at + 1, f"“{name[at]}”{why}{place_path(one)}") for at, one in known]
    return []


def _all_cities(short: str, read: list[tuple[int, Place | None]]) -> bool:
    """Tell whether each character is the one by which a city is called: 成渝, not 川渝."""
    return all(one is not None and _called(char, one) for char, (_, one) in zip(short, read, strict=True))


def _called(char: str, one: Place) -> bool:
    if one.level == "province" and one.adcode not in MUNICIPALITIES:
        return False
    return one.name.startswith(char) or one in named(meaning("character", char))


def _waters(short: str, cities: bool) -> bool:
    """Tell whether a short form holds a river or a region; 成渝 is two cities as well."""
    return "号" in short or any(word in short for word in (*words("water"), *(() if cities else words("region"))))


def _twins(short: str, read: list[tuple[int, Place | None]], ground: Territory) -> list[tuple[int, Place | None]]:
    """A character that stands twice means both cities of the province that begin with it: 宜荆荆."""
    for char in {char for char in short if short.count(char) == 2}:
        both = [one for one in called_by(char) if ground.nearness(one) <= 2 and one.level == "prefecture"]
        both = [one for one in both if one.name.startswith(char)]
        if len(both) == 2:
            left = iter(both)
            read = [(at, next(left) if short[i] == char else one) for i, (at, one) in enumerate(read)]
    return read


def _is_word(short: str, ground: Territory) -> bool:
    """Tell whether a short form is none (绕城), or holds a place by its whole name: 四川段, 伊宁新机场高速."""
    if _NO_CITIES.match(short):
        return True
    pairs = (short[i : i + 2] for i in range(len(short) - 1))
    return any(one.level == "province" or ground.nearness(one) <= 2 for pair in pairs for one in named(pair))


_STATION = re.compile("站(?:房|场|前广场|改造|改扩建|扩建)?$")  # a station of a line lies at one place of it
_NO_CITIES = re.compile("[绕环过沿第]|[外内中二三]环|疏港|进港|出海|旅游|城际|通道")


@cache
def _short_form() -> re.Pattern[str]:
    before = "^“?|(?<=^新建)|(?<=高速)|(?<=铁路)|(?<=高铁)|(?<=高速公路)"
    return re.compile(
        rf"(?:{before})(?P<short>[\u4e00-\u9fff]{{2,6}}?)(?:{_LINE}|{_GROUP}|(?<=[\u4e00-\u9fff]{{2}})段$)"
    )


def _city_of(char: str, ground: Territory) -> Place | None:
    """The city that a character stands for; where nobody knows whose plan it is, the one that it stands for anywhere.

    宁 in a plan of several provinces may stay open.
    """
    if not ground.known:
        return _first(meaning("character", char))
    here = {said for province in ground.provinces if (said := meaning("character", char + province))}
    return None if len(here) > 1 else _by_character(char, next(iter(here), ""), ground)


def _first(word: str) -> Place | None:
    return next(iter(named(word)), None)


def _by_character(char: str, here: str, ground: Territory) -> Place | None:
    """The city that a character stands for: as it is read in the plan's province, else one there, else one beside it.

    `here` is its reading in that province. Only where no other comes into question: 西 in a plan of 甘肃 may be 西宁, 西安 or 定西.
    """
    common = _first(here or meaning("character", char))
    if common and (here or ground.nearness(common) <= 2 or common.level == "province"):
        return common
    home = [one for one in called_by(char) if ground.nearness(one) <= 2]
    cities = [one for one in home if one.level == "prefecture"]
    first = [one for one in cities if one.name.startswith(char)]
    if _in_own_city(char, home, ground) and ground.own not in first and (first or common):
        return None  # 新 in a plan of 洛阳 is 新安 or 新乡
    if first or common:
        return _only(first) if first else common
    if char in _WIDE or char in capitals():
        return None if home else _only(_around(char, ground))
    counties = [one for one in home if one.name.startswith(char)]
    around = _around(char, ground)
    if counties and any(one.name.startswith(char) for one in around):
        return None  # 宝 in a plan of 四川 is 宝兴 or 宝鸡
    return _only(cities or counties or around)


def _in_own_city(char: str, home: list[Place], ground: Territory) -> bool:
    """Tell whether a county of the city whose plan it is begins with a character."""
    own = ground.own
    if own is None or own.level != "prefecture":
        return False
    return any(one.parent == own.adcode and one.name.startswith(char) for one in home)


def _called_by_none(one: Place) -> bool:
    """Tell whether no line far off is called by a place: 黄 of 隆黄 is 黄桶, not 黄南, 新 of 兰新 is not 新星."""
    return one.name.endswith("自治州") or one.adcode[2:4] == "90"


def _only(found: list[Place]) -> Place | None:
    return found[0] if len(found) == 1 else None


def _around(char: str, ground: Territory) -> list[Place]:
    """The prefectures of the provinces beside the plan's that begin with a character, else those that hold it."""
    near = [one for one in called_by(char) if ground.nearness(one) == 3 and one.level == "prefecture"]
    near = [one for one in near if not _called_by_none(one)]
    return [one for one in near if one.name.startswith(char)] or ([] if char in _WIDE else near)
