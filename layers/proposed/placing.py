"""Where a proposal is: by the places in its name, then by what stands around it, then by whose plan it is.

The atlas's own rules draw what lies where it has boundaries; elsewhere a thing stands at the seat of
its county or city with an error that covers it all, and a line runs through the seats of its stops.
What stays open between two places is drawn coarser or not at all, and the source says why.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import cache

from shapely.geometry import MultiPoint, Point

from geo.alignment import alignment
from geo.characters import characters
from geo.gazetteer import Place, boundary, place, places
from geo.measure import distance_km
from geo.placement import LEAST_LINE_ERROR_KM, Placement, place_record
from geo.site import Site
from geo.sites import sites
from geo.territory import MUNICIPALITIES, Territory, great_region
from plans.features import Feature
from plans.lexicon import meaning, words
from plans.places import short_name
from plans.vocabulary import shape, zone_prefectures

LONGEST_SHORT = 5  # characters that stand for cities
MACHINE = "机器提议，未经审核"
FAR = frozenset(("zone", "corridor"))  # layers that reach beyond the city whose plan names them


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a name: its headings from the top down, and the sentence with the brackets behind it."""

    headings: tuple[str, ...] = ()
    sentence: str = ""
    before: str = ""  # the clause up to the name
    place: str = ""  # what a row of a table says where it is


def placed(feature: Feature, ground: Territory, around: Around) -> Placement:
    """Place a feature by its name, else by what stands around it."""
    lines = shape(feature.layer, feature.kind) == "line"
    section = _SHORT_SECTION.search(feature.name) if lines else None
    stretch = sites(section[0], ground) if section else []
    route = _route(feature.name)
    written_out = [_route(alias) for alias in feature.aliases if "至" in alias] if ground.in_sichuan else []
    if not stretch:
        route = next((alias for alias in written_out if sites(alias, ground)), route)  # the atlas knows 成自宜
    found = stretch or _within_section(feature.name, sites(route, ground))
    if lines and not found and len(feature.name) <= LONGEST_SHORT:
        found = characters(f"{feature.name}线", ground)  # 通苏嘉甬, of which no word says that it is a line
    if not lines:
        found = _at_home(feature, _branch(feature.name, found), ground)
    said = sites(around.place, ground)
    if said and not (lines and _meet(found, said)):
        why = f"建设地点：{around.place}"
        return _drawn(feature, _finest(said), [replace(one, why=why) for one in said], ends=False)
    if found:
        ends = lines and _ends_known(route, found, feature)
        return _drawn(feature, _told(found) if lines else _finest(found), found, ends)
    whole = _whole_region(feature) if ground.in_sichuan and not lines else ()
    if whole:
        record = _record(feature, "guess", "area" if feature.kind == "economic_zone" else "")
        return _signed(place_record(feature, record, whole), [])
    capital = [] if lines else _in_the_capital(feature.name, ground)
    if capital:
        return _drawn(feature, _told(capital), capital, ends=False)
    near = [] if _elsewhere(feature, ground) else _by_surroundings(ground, around)
    if not near and not lines and "千伏" not in feature.name:
        near = _subject(around.before, ground)
    return _drawn(feature, tuple(one.place for one in near), near, ends=False, basis="guess")


def _record(feature: Feature, basis: str, precision: str = "") -> dict[str, str]:
    blank = dict.fromkeys(("lon", "lat", "error_km", "source", "via"), "")
    return {"feature": feature.id, "basis": basis, "precision": precision, **blank}


def _signed(found: Placement, read: list[Site]) -> Placement:
    why = "；".join(dict.fromkeys(one.why for one in read))
    return replace(found, source="；".join(filter(None, (f"{MACHINE}：{found.source}", why))))


# ---- by the name ----------------------------------------------------------------------------------


def _route(name: str) -> str:
    """The stretch that a line's name is about: of 汉巴南铁路巴中至汉中段, 巴中至汉中段."""
    section = re.search("[^路铁速线道]+至[^路铁速线道]+段", name)
    return section[0] if section else name


# 成昆铁路峨米段 is no more than that stretch; 增二线 may follow
_SHORT_SECTION = re.compile(
    "(?<=[路速铁线压(（])[^路铁速线道至(（]{2,5}段(?=$|增|扩|改|复|新|正线|[一二三四]期|[(（)）])"
)


def _within_section(name: str, found: list[Site]) -> list[Site]:
    """Of the places of a line those that its stretch is about: of 渝昆高铁云南段 昆明, of 太原至晋中城际榆次段 榆次.

    甲至乙高速公路安徽段 is what of it lies there, 甲乙高速公路丙连接线 is at 丙.
    """
    section = _SHORT_SECTION.search(name)
    province = next((code for said, code in _provinces().items() if f"{said}段" in name), "")
    if province:
        within = [one for one in found if one.place.adcode[:2] == province]
        return within if within or section else found
    part = section or _PART_OF_LINE.search(name)
    return [one for one in found if one.start >= part.start()] or found if part else found


@cache
def _provinces() -> dict[str, str]:
    """The first two digits of the code of each province by its short name."""
    return {short_name(one.name): one.adcode[:2] for one in places().values() if one.level == "province"}


_PART_OF_LINE = re.compile(
    "(?:(?<=高速公路)|(?<=铁路)|(?<=客专)|(?<=高铁)|(?<=高速))[^路铁速线道至(（]{2,12}(?:连接线|联络线|支线|大桥|隧道|互通)$"
)


def _branch(name: str, found: list[Site]) -> list[Site]:
    """Of what belongs to another the place that it is itself at: 北京儿童医院保定医院, 漕河泾开发区海宁分区."""
    at = [one for one in found if one.start > 0 and _BRANCH.match(name, one.end)]
    return at[-1:] or found


_BRANCH = re.compile("(?:片区|分区|院区|校区|分校|分院|分中心|医院|园)(?=$|[一二三四]期|建设|[改扩迁]建)")


def _at_home(feature: Feature, found: list[Site], ground: Territory) -> list[Site]:
    """What a plan builds lies in its own province, of a city in that city: the partner, the namesake far off say nothing."""
    if ground.own is None or ground.beyond or feature.layer in FAR:
        return found
    here = [one for one in found if ground.nearness(one.place) <= 2] or found
    if not ground.local or feature.layer in ("transport", "hub"):  # its port may stand inland
        return here
    return [one for one in here if not _namesake(feature.name, one, ground)]


def _namesake(name: str, one: Site, ground: Territory) -> bool:
    """Tell whether a city's plan seems to speak of a county of another city, but not by its full name."""
    beside = one.place.level == "county" and ground.nearness(one.place) == 2
    return beside and name[one.start : one.end] == short_name(one.place.name)


def _in_the_capital(name: str, ground: Territory) -> list[Site]:
    """The capital of the plan's province, for what each province has one of: 省疾控中心, 海南省中医院."""
    own = ground.own
    if own is None or own.level != "province" or own.adcode in MUNICIPALITIES:
        return []
    if not re.match(f"(?:{own.name}|{short_name(own.name)}|省|自治区)(?:立)?{_ONE_A_PROVINCE}", name):
        return []
    capital = places()[f"{own.adcode[:2]}0100"]
    return [Site(capital, 0, 0, f"省级机构，在{capital.name}")]


_ONE_A_PROVINCE = (
    "(?:人民医院|中医院|疾控|疾病预防|妇幼|儿童医院|肿瘤医院|博物馆|图书馆|科技馆|科学技术馆|美术馆|档案馆|残疾人"
    "|(?:[眼耳鼻喉口腔皮肤骨胸]+科?|传染病|老年|康复|精神卫生)(?:医疗)?(?:医院|救治中心)|国际会展中心|大剧院)"
    "(?!.*(?:分院|院区))"  # a branch may lie anywhere
)


def _meet(found: list[Site], said: list[Site]) -> bool:
    """Tell whether one of the places in a name is, holds or lies in one where the row says that the thing is."""
    pairs = itertools.product((one.place for one in found), (one.place for one in said))
    return any(a.adcode in (b.adcode, b.parent) or a.parent == b.adcode for a, b in pairs)


def _ends_known(route: str, found: list[Site], feature: Feature) -> bool:
    """Tell whether both ends of a line are known places: of `A至B` those two, of 成自宜 the first and last character."""
    if len({one.place.adcode for one in found}) < 2:
        return False
    joints = [at.span() for at in re.finditer("[至经到—～~]|(?<=[\\u4e00-\\u9fff])-", route)]
    if joints:
        return found[0].start < joints[0][0] and found[-1].end > joints[-1][1]
    return feature.layer in ("transport", "corridor") and all(
        a.end == b.start or route[a.end : b.start] in "、和与" for a, b in itertools.pairwise(found)
    )


def _told(found: list[Site]) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(one.place for one in found))


def _finest(found: list[Site]) -> tuple[Place, ...]:
    """Of a place and the place above it, keep the finer."""
    named = _told(found)
    above = {one.parent for one in named}
    return tuple(one for one in named if one.adcode not in above)


def _whole_region(feature: Feature) -> tuple[Place, ...]:
    """The prefectures of the zone that the first region name in the name (川南) stands for; () when none."""
    zone = next((meaning("region", word) for word in words("region") if word in feature.name), "")
    return tuple(place(name) for name in zone_prefectures(zone)) if zone else ()


# ---- by what stands around it ---------------------------------------------------------------------


def _elsewhere(feature: Feature, ground: Territory) -> bool:
    """Tell whether a name speaks of more than one city: a zone, a corridor, but in the plan of one a region, a great water."""
    wide = not ground.local and any(word in feature.name for word in (*words("region"), *words("water")))
    great = great_region(feature.name)
    if great and not ground.provinces & great:
        return True  # 雄安新区 in a plan of 天津
    if ground.local and (feature.layer in _OF_A_CITY or _PART_OF_A_CITY.search(feature.name)):
        return False
    return feature.layer in FAR or wide or feature.name.startswith(("国家", "全国", "中国", "“一带一路”"))


_OF_A_CITY = frozenset(("science", "public_service"))  # 国家农机装备创新中心 in a plan of 洛阳 is there
_PART_OF_A_CITY = re.compile("(?:核心(?:示范)?区|片区|组团|(?<![国家])新区)$")


def _by_surroundings(ground: Territory, around: Around) -> list[Site]:
    labelled = _label(around.before, ground)
    if labelled:
        return labelled
    headings = [(_NUMBER.sub("", one), "所在标题") for one in around.headings[::-1][:NEAREST_HEADINGS]]
    for text, why in [(_owner(around.sentence), "责任单位"), *headings]:
        told = [one for one in sites(text, ground) if ground.nearness(one.place) <= 2] if len(text) < 30 else []
        if told and told[0].start == 0 and len(_finest(told)) == 1:  # 番禺区重点项目, not 推动…都市圈协同发展
            return [replace(told[-1], place=_finest(told)[0], why=f"{why}：{told[-1].why}")]
    if ground.own and ground.local:
        return [Site(ground.own, 0, 0, f"名称未说位置，按本规划的范围（{ground.why}）")]
    return []


NEAREST_HEADINGS = 4  # above a numbered list stand its parts, and above these whose they are


def _label(before: str, ground: Territory) -> list[Site]:
    """The place under whose name a list stands in a clause: 深圳市：13号线二期、15号线."""
    labels = _LABEL.findall(before)
    told = sites(labels[-1], ground) if labels else []
    if len(_finest(told)) != 1 or ground.nearness(_finest(told)[0]) > 2:
        return []
    return [replace(told[-1], place=_finest(told)[0], why=f"列在“{labels[-1]}”之下")]


_LABEL = re.compile("(?:^|[。；;！])([\u4e00-\u9fff]{1,8}[市州县区旗盟])[:：]")


def _subject(before: str, ground: Territory) -> list[Site]:
    """The city that the part of a sentence begins with, where it names no other: 青岛胶东机场…，货运站扩建工程."""
    part = re.split("[。；;！]", before)[-1]
    told = sites(part, ground) if len(part) < LONGEST_PART else []
    cities = {one.place.prefecture for one in told}
    if not told or told[0].start > 0 or len(cities) != 1 or ground.nearness(told[0].place) > 2:
        return []
    listed = (
        "，" not in part[told[0].end :]
    )  # 旁多、拉洛两大水利枢纽 are at two places, but of 沈阳市…、仙女河污水处理厂 all are there
    if listed and part[told[0].end - 1] not in "市州":
        return []
    city = places().get(cities.pop(), told[0].place)
    return [replace(told[0], place=city, why=f"同句{told[0].why}")]


LONGEST_PART = 80  # characters: farther on a sentence speaks of something else

_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d.]+[)）、.\s]*")


def _owner(sentence: str) -> str:
    """The one city or county that the brackets behind a sentence make responsible; "" where they name none or several."""
    brackets = re.findall("[（(]([^（()）]*)[)）]", sentence) or re.findall("(?:责任|牵头)单位[:：](.*)", sentence)
    owners = re.findall(
        "[\\u4e00-\\u9fff]{1,6}?[市县区州](?=人民政府|政府|$)", "、".join(brackets[-1:]).replace("、", "政府、")
    )
    return owners[0] if len(owners) == 1 else ""


# ---- drawing --------------------------------------------------------------------------------------


def _drawn(feature: Feature, named: tuple[Place, ...], read: list[Site], ends: bool, basis: str = "text") -> Placement:
    local = tuple(one for one in named if one.level != "province" or one.adcode in MUNICIPALITIES)
    if not local:
        return _nowhere(feature, named, basis)
    line = shape(feature.layer, feature.kind) == "line"
    held = all(boundary(one.adcode) is not None for one in local)
    if held and (ends or not line):
        return _signed(place_record(feature, _record(feature, basis), local), read)
    if line and ends:
        return _signed(_line(feature, local), read)
    return _signed(_seats(feature, local, basis, line), read)


def _nowhere(feature: Feature, named: tuple[Place, ...], basis: str) -> Placement:
    why = f"{MACHINE}：名称及其上下文没有可以确定的地名"
    return Placement(feature.id, named, None, "none", None, "not placed", why, basis)


def _line(feature: Feature, stops: tuple[Place, ...]) -> Placement:
    points = [(one.lon_degree, one.lat_degree) for one in stops]
    longest = max(distance_km(a, b) for a, b in itertools.pairwise(points))
    source = "依次经过：" + "—".join(one.name for one in stops)
    error_km = round(max(LEAST_LINE_ERROR_KM, longest / 4), 1)
    drawn = alignment(points)
    return Placement(feature.id, stops, drawn, "schematic", error_km, "through named places", source, "text")


def _seats(feature: Feature, local: tuple[Place, ...], basis: str, line: bool) -> Placement:
    """The seats of places, with the error that covers the largest; of a line the stops that are known."""
    seats = list(dict.fromkeys((one.lon_degree, one.lat_degree) for one in local))
    geometry = Point(seats[0]) if len(seats) == 1 else MultiPoint(seats)
    level = "county" if all(one.level == "county" for one in local) else "prefecture"
    source = ("线位未知，仅标出所经之地的政府驻地：" if line else "政府驻地：") + "、".join(one.name for one in local)
    error_km = round(max(places()[one.adcode].reach_km for one in local), 1)
    return Placement(feature.id, local, geometry, level, error_km, "seat of the place", source, basis)
