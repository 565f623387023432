"""The places that the name of a thing carries, read by the territory of the plan that names it.

Six readings, the surest first: a line (成昆铁路) and a facility (白云机场) by their tables, a landmark of the plan's own province
(龙羊峡) by its table, a district, a town, and single characters in the names of lines (兰张, 通苏嘉甬). What remains open between two places is not read.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.called import towns
from geo.characters import characters, completed
from geo.gazetteer import Place, named, names_at, place_path, places
from geo.lines import line_ends
from geo.site import Site
from geo.territory import MUNICIPALITIES, Territory
from plans.documents import DATA
from plans.lexicon import noun, words
from plans.places import short_name
from plans.words import Words, general, longer, nouns, verbs
from plans.words import places as place_words

FACILITY = re.compile("(?:国际)?机场")
# Behind a short name these make another: 新都桥 is no part of 新都, 昌平路 none of 昌平.
_OTHER = re.compile(
    "[东西南北中]路|[桥镇乡村寺沟坝岭峡关路街堡湾渡]|场(?!站)|平原|[河江湖山](?![市县])|大道|[上中下]游|[干支]流|流域|水系"
)
_SEAT = re.compile("[\u4e00-\u9fff]{0,4}大学")  # far off it may be a branch
_JOINT = re.compile(
    r"[至到经、和与及跨·—\-～~(（“及暨道路线速铁段港省市县区州盟旗\d]$"
    "|(?:华能|大唐|国电|华电|国电投|国家电投|中核|中广核|华润|国能|龙源|三峡|中石油|中石化|中海油|国投|新建|改建|扩建|大学|学院|医院)$"
)
_END = re.compile(
    r"[至到经、和与及—\-～~）)”段]|[高铁公]路|高[速铁]|快速|[一二三四]级|[国省航]道|城际|运河|扩[建容能]|改"
)


def sites(name: str, ground: Territory) -> list[Site]:
    """Return the places in `name` in its order; [] when it carries none that is certain."""
    return list(_sites(name, ground))


@lru_cache(maxsize=4096)  # headings and titles are asked for again and again
def _sites(name: str, ground: Territory) -> tuple[Site, ...]:
    found = completed(name)
    at = found[-1].end if found else 0
    while at < len(name):
        ends = line_ends(name, at)
        if ends:
            found += ends
            at = ends[-1].end
            continue
        facility = _facility(name, at, ground)
        if facility:  # 西安咸阳机场 is where the airport is
            found = [one for one in found if one.end != facility.start]
        district = None if facility else _district(name, at, ground, found)
        marks = [] if facility else _landmark(name, at, ground)
        if marks and not (district and district.end >= marks[0].end):
            read = marks
        else:
            site = facility or _likelier(district, _town(name, at, ground), ground)
            read = [site] if site else []
        found += read
        at = read[-1].end if read else at + 1
    return tuple(found or characters(name, ground))


# ---- facilities ---------------------------------------------------------------------------------


def _facility(name: str, at: int, ground: Territory) -> Site | None:
    for size in range(min(10, len(name) - at), 3, -1):
        if name[at + size - 1] not in "场站纽":
            continue
        word = FACILITY.sub("机场", name[at : at + size])
        site = places().get(_facilities().get(word, ""))
        if site and ((ground.nearness(site) < 4 and ground.known) or word.startswith(short_name(_city(site).name))):
            return Site(site, at, at + size, f"“{word}”在{place_path(site)}")
        owner = places().get(_facilities().get(word[2:], "")) if len(word) > 5 else None
        if owner and word[:2] in (short_name(_city(owner).name)[:2], owner.name[:2]):
            return Site(owner, at, at + size, f"“{word}”在{place_path(owner)}")
    return None


def _city(one: Place) -> Place:
    return places().get(one.prefecture, one)


@cache
def _facilities() -> dict[str, str]:
    """Airports and great stations by name: the adcode of the county, or of the city where they lie on a border in it."""
    with (DATA / "geometry" / "facilities.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["adcode"] for row in csv.DictReader(file)}


# ---- landmarks ----------------------------------------------------------------------------------


def _landmark(name: str, at: int, ground: Territory) -> list[Site]:
    """Where a landmark of the plan's own province lies: in one county or city, a dam between two in both."""
    if not ground.known:
        return []
    for size in _landmark_words().sizes_at(name, at):
        word = name[at : at + size]
        lies = [places()[code] for code in _landmarks().get(word, ())]
        least = min(map(ground.nearness, lies), default=3)
        near = [one for one in lies if ground.nearness(one) == least <= 2]
        apart = size > 2 or at == 0 or bool(_JOINT.search(name[max(0, at - 4) : at]))
        if near and apart and not _TITLED.match(name, at + size):
            return [Site(one, at, at + size, f"“{word}”在{place_path(one)}") for one in near]
    return []


_TITLED = re.compile("[路街]|大道|大街|小区|社区")  # 滇池路 is a street


@cache
def _landmarks() -> dict[str, tuple[str, ...]]:
    """Dams, ports, parks, seats of learning by name: the adcodes of the counties or cities that they lie in."""
    found: dict[str, tuple[str, ...]] = {}
    with (DATA / "geometry" / "landmarks.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["name"]] = (*found.get(row["name"], ()), row["adcode"])
    return found


@cache
def _landmark_words() -> Words:
    return Words(_landmarks())


# ---- districts ----------------------------------------------------------------------------------


def _district(name: str, at: int, ground: Territory, before: list[Site]) -> Site | None:
    province = _province_before(name, at)
    if province:  # 浙江磐安抽水蓄能电站 is in 浙江, whosever plan it is
        ground = Territory(province, f"“{name[:at]}”")
    for word in names_at(name, at):
        known = [one for one in named(word) if one.level != "province" or one.adcode in MUNICIPALITIES]
        if not known or (any(one.level == "province" for one in named(word)) and len(known) < len(named(word))):
            continue
        end = at + len(word)
        if _BORDER.match(name, end) or _TOWARDS.search(name[:at]):
            continue
        known = [one for one in known if ground.nearness(one) <= 2] if province else known
        stands = _stands(name, at, end, before)
        one = _nearest(known, ground, before) if known else None
        if one and _joins_two(name, at, end, ground.nearness(one)):
            continue
        if one and not _joined_to_another(one, stands, before) and _certain(word, one, ground, stands, before):
            return Site(one, at, end, f"“{word}”读作{place_path(one)}")
    return None


def _province_before(name: str, at: int) -> Place | None:
    """The province with whose name a name begins that has a place right behind it."""
    return _provinces().get(name[:at])


@cache
def _provinces() -> dict[str, Place]:
    """The provinces by their full and their everyday names, without the municipalities."""
    every = [one for one in places().values() if one.level == "province" and one.adcode not in MUNICIPALITIES]
    return {word: one for one in every for word in (one.name, short_name(one.name))}


_BORDER = re.compile("省?界(?!首)")  # 分水至梁平界 ends before 梁平
_TOWARDS = re.compile("[向往]$")  # 向金门供水 is not there


def _joins_two(name: str, start: int, end: int, near: int) -> bool:
    """Tell whether the two characters that a line is called by are its ends: 西宁高速 in a plan of 四川 is 西昌 to 宁南."""
    if end - start != 2 or near < 3 or (start and name[start - 1] not in "路铁速"):
        return False
    return bool(_CALLED.match(name, end)) or (start > 0 and name[end:] == "段")


_CALLED = re.compile("高速(?:公路)?(?!出口)|高铁(?!站)|铁路(?![枢站港口货局])|城际|客专|快速")


@dataclass(frozen=True, slots=True)
class _Stands:
    """How a word stands in a name: apart on the left, apart on the right, before what makes it another word."""

    left: bool
    right: bool
    other: bool
    seat: bool  # a university is called by it
    bracketed: bool
    joined: bool  # right behind another place
    named: bool  # it begins the name and the rest is the noun: 包头无水港
    firm: bool  # behind nothing but the name of who builds: 巴斯夫湛江一体化基地
    first: bool  # it begins the name
    noun: bool  # it ends the name and joins on to what stands before: 公铁通道
    district: bool  # it begins the name of what is called by its district: 海兴核电, 平江高新区, 三江南站


def _stands(name: str, start: int, end: int, before: list[Site]) -> _Stands:
    joined = bool(before) and before[-1].end == start
    left = start == 0 or joined or bool(_JOINT.search(name[max(0, start - 4) : start]))
    return _Stands(
        left=left or name[:start] in _provinces() or name[max(0, start - 2) : start] in _generic(),
        right=end == len(name) or bool(_END.match(name, end)),
        other=bool(_OTHER.match(name, end)),
        seat=bool(_SEAT.match(name, end)),
        bracketed=name[max(0, start - 1) : start] in ("（", "(") and name[end : end + 1] in ("）", ")"),
        joined=joined,
        named=start == 0 and _is_noun(name[end:]),
        firm=2 <= start <= 5 and end < len(name) and not _says(name[: start + 1]),
        first=start == 0,
        noun=end == len(name) and start > 0 and name[start - 1] not in "至到经、和与及—-～~(（“",
        district=bool(_OF_DISTRICTS.match(name, end)),
    )


_NATURE = re.compile("[江河湖海山峡]$")
_OF_DISTRICTS = re.compile(
    "[东南西北]站|核电|电厂|抽水蓄能|高新(?:区|技术)|经开区|经济(?:技术)?开发区|国家现代农业|化工园区"
)


def _says(text: str) -> bool:
    """Tell whether a stretch of a name holds a word of the language or a place, and so is no name of an enterprise."""
    return any(group.any_in(text) for group in _said())


@cache
def _said() -> tuple[Words, ...]:
    return general(), nouns(), verbs(), longer("water"), longer("common"), place_words()


def _is_noun(text: str) -> bool:
    head = noun(text)
    return head is not None and head.start == 0 and not head.weak


@cache
def _generic() -> frozenset[str]:
    """Words that say nothing of which one is meant, but for what makes another name with a place: 老白山, 新洛阳."""
    return frozenset(words("generic")) - set("大中小新老外特优强多")


def _nearest(known: list[Place], ground: Territory, before: list[Site]) -> Place | None:
    """The one that lies nearest to the plan; of several of one name the prefecture above, where it is one."""
    within = {site.place.adcode for site in before[-1:]}
    inside = [one for one in known if one.parent in within]
    if len(inside) == 1:
        return inside[0]
    least = min(map(ground.nearness, known))
    near = [one for one in known if ground.nearness(one) == least]
    top = [one for one in near if one.level != "county"] if len(near) > 1 else near
    above = {one.parent for one in near} if not top else set()  # 伊宁 is 伊宁市 or 伊宁县, both in 伊犁
    if len(top) == 1:
        return top[0]
    return places().get(above.pop()) if len(above) == 1 else None


def _certain(word: str, one: Place, ground: Territory, stands: _Stands, before: list[Site]) -> bool:
    """Tell whether a word of a name means a place, and not a word of the language, a street or a namesake."""
    near = ground.nearness(one)
    below = bool(before) and one.parent == before[-1].place.adcode
    if word in words("common"):
        # a common word is a place only as a stop of a road, or as a city, within the plan's own province
        alone = stands.right and not stands.noun and (not below or stands.bracketed)
        city = (one.level != "county" or _of_its_own(word, stands)) and not stands.other
        return near <= 2 and ground.known and stands.left and (alone or city)
    if word == one.name or (word not in (short_name(one.name), short_name(one.name) + "州") and one in named(word)):
        if short_name(word) in words("common") and not stands.left:  # 章江城区段 is no 江城区
            return False
        return near <= 3 or below or one.level != "county"
    builder = stands.firm and near <= 2 and (one.level == "prefecture" or len(word) > 2)  # 中控德令哈光热电站
    far_seat = stands.seat and (near > 2 or one.level == "county")
    if stands.other or far_seat or not (stands.left or builder):
        return False
    if near <= 2 and ground.known:
        return True
    return (_certain_county if one.level == "county" else _certain_city)(word, near, ground, stands)


def _of_its_own(word: str, stands: _Stands) -> bool:
    """Tell whether a common word that begins a name can only be the district: by itself (特克斯), or by the noun behind it."""
    return stands.district or (stands.first and word in words("certain"))


def _certain_city(word: str, near: int, ground: Territory, stands: _Stands) -> bool:
    """Tell whether the everyday name of a city outside the plan's province means it."""
    if near == 3 and _NATURE.search(word):  # 牡丹江左岸公园 in a plan of 吉林 is by the river
        return stands.right or stands.joined
    apart = stands.right and not _has_town(word, ground, 1)
    return near <= 3 or apart or (stands.named and not _has_town(word, ground, 2))


def _certain_county(word: str, near: int, ground: Territory, stands: _Stands) -> bool:
    """Tell whether the everyday name of a county outside the plan's province means it."""
    here = near == 4 and _has_town(word, ground, 2)  # 永兴 in a plan of 四川 is one of its towns
    if here or len(named(word)) != 1:
        return False
    told = stands.named and len(word) > 2 and not _NATURE.search(word)  # 二连浩特口岸, not 清水河口岸
    return told or not ground.known or (near < 4 and stands.right)


def _joined_to_another(one: Place, stands: _Stands, before: list[Site]) -> bool:
    """Tell whether a name stands right behind a place that it has nothing to do with: 偃师商城遗址, 蓬莱东港区码头."""
    joined = stands.joined and "county" in (one.level, before[-1].place.level)
    return joined and before[-1].place.prefecture != one.prefecture


# ---- towns --------------------------------------------------------------------------------------


def _likelier(district: Site | None, town: Site | None, ground: Territory) -> Site | None:
    """Of a district and a town that are read at one place the longer, of one name that of the plan's own county."""
    if district is None or town is None:
        return district or town
    own = town.place == ground.own and ground.nearness(district.place) > 1
    return town if town.end > district.end or (town.end == district.end and own) else district


def _has_town(word: str, ground: Territory, most: int) -> bool:
    """Tell whether a town of that name lies no farther from the plan's own place than `most` (`Territory.nearness`).

    Of a province as a whole nothing lies nearer than the rest of it.
    """
    if ground.own is None or (ground.own.level == "province" and most < 2):
        return False
    return any(ground.nearness(places()[code]) <= most for code in towns().get(word, ()))


def _town(name: str, at: int, ground: Territory) -> Site | None:
    """A town as a stop of a road, or with 镇 and 乡, where the plan's province has only one of that name."""
    if ground.own is None:
        return None
    for size in _town_words().sizes_at(name, at):
        word = name[at : at + size]
        codes = towns()[word]
        stands = _stands(name, at, at + size, [])
        full = word[-1] in "镇乡" and size > 2
        branch = bool(_BRANCH.match(name, at + size))
        if not (branch or (stands.left and (full or stands.right or _PORT.match(name, at + size)))):
            continue
        counties = [places()[code] for code in codes if ground.nearness(places()[code]) <= 2]
        least = min(map(ground.nearness, counties), default=9)
        near = [one for one in counties if ground.nearness(one) == least]
        if len(near) == 1 and (full or branch or _is_stop(name, at, at + size) or _PORT.match(name, at + size)):
            return Site(near[0], at, at + size, f"“{word}”读作{place_path(near[0])}的乡镇")
    return None


@cache
def _town_words() -> Words:
    no_towns = {*words("common"), *words("generic"), *words("water")}
    return Words(town for town in towns() if town not in no_towns and 1 < len(town) < 9)


_BRANCH = re.compile("分院|院区|分校|分中心")  # 江苏省人民医院盛泽分院
_PORT = re.compile("(?:港(?!口)|港区|作业区|码头)(?!.*(?:治理|整治|清淤|河))")  # 白石港 may be a stream


def _is_stop(name: str, start: int, end: int) -> bool:
    return bool(re.match("[至到经—～~\\-]", name[end : end + 1]) or (start and name[start - 1] in "至到经—～~-"))
