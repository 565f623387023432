"""Full names for the members of a list: `三台、江油等通用机场` names 三台通用机场 and 江油通用机场."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from plans.lexicon import (
    Noun,
    alternation,
    endings,
    evidence,
    head_noun,
    is_place,
    noun,
    place_pattern,
    short_characters,
    stands,
    words,
)

QUANTITY = re.compile(
    r"^(?:一批|[百千万]亿级|标志性|重大|重点|大中型|大型|中型|骨干|主要|各类|精品|国家级?|省级?|世界知名|江河及中小河流|中小河流"
    r"|(?:[一二三四五六七八九十两]+|\d+)[大个条座项处家所片地]|的)*"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of a list as it is written, and what its list adds."""

    start: int
    end: int
    words: str  # "三台", or "峨眉山通用机场"
    shared: str  # "通用机场" of "三台等通用机场"
    head: Noun | None  # the head noun of `words` itself


def listed(start: int, end: int, own: str, shared: str = "") -> Listed:
    """Return a member; `shared` is what 等 announces behind it, quantities (`一批`) and 项目 left out."""
    shared = QUANTITY.sub("", shared)
    plain = shared.removesuffix("项目")  # 高速公路项目 are 高速公路; 水电项目 stays
    general = noun(plain)
    kind_alone = general is not None and not general.weak and general.layer in _BUILT
    return Listed(start, end, own, plain if kind_alone else shared, head_noun(own))


_BUILT = frozenset(("transport", "water", "hub", "tourism"))  # whose nouns say what is built without 项目


def completed(members: list[Listed]) -> Iterator[tuple[Listed, str]]:
    """Give each member its full name, from the last: who has no head noun takes what follows, or stays as it is.

    What 等 announces goes to all; but where only the last has a noun of its own (`李家梁、
    青龙嘴、渔洞河水库等水利工程`), or 等 announces nothing in particular, that noun goes on.
    """
    found: list[tuple[Listed, str]] = []
    announced, following = "", ""
    for i, one in reversed(list(enumerate(members))):
        if one.shared:
            announced = following = one.shared
        general = head_noun(announced)
        strong = general is not None and not general.weak
        if one.head:
            found.append((one, one.words))
            first = one.shared and not any(other.head for other in members[:i])
            head = _own_noun(one.words, one.head)
            if (not strong or first) and stands(one.words, head):
                following = _after_place(one.words, head)
            continue
        loose = bool(announced) and not strong and len(one.words) > 4
        taken = announced if loose else following if announced or bare(one.words) else ""
        found.append((one, _appended(one.words, _fitting(one.words, taken)) if taken else ""))
    yield from reversed(found)


def _own_noun(own: str, head: Noun) -> Noun:
    """The noun within one that is a whole name: 国家文化公园 of 长江国家文化公园."""
    within = noun(own[2:]) if head.start == 0 and len(own) > 4 else None
    return replace(within, start=within.start + 2) if within else head


def bare(own: str) -> bool:
    """Tell whether a member cannot stand alone: a place, a route, a short form, a code, or a few characters."""
    if is_place(own) or _CODE.fullmatch(own) or set(own) <= short_characters():
        return True
    if _ROUTE.search(own):
        return not _SECTION.fullmatch(own)
    place = place_pattern().match(own)
    if place and 0 < len(own) - place.end() <= 2:  # 包头红塔
        return not _WHOLE.search(own)
    return len(own) <= 4 and not _WHOLE.search(own)


def says_itself(name: str) -> bool:
    """Tell whether a name says which one it is without whose it is: by a place, or as a line by its short form."""
    head = head_noun(name)
    own = name[: head.start] if head and not head.weak else ""
    line = head is not None and head.layer == "transport" and set(own) <= short_characters()
    return len(own) > 1 and (line or evidence(own))


_ROUTE = re.compile("[^路铁线速]至[^路铁线速]+$|^[^路铁线速]+[—-][^路铁线速]+$")
_SECTION = re.compile("[GSX][0-9]+.*段")  # a stretch of a road by its code: G219昭苏至温宿段
_CODE = re.compile(".{0,6}[0-9]+号|[A-Z]*[0-9]+")
_WHOLE = re.compile("[路线段站城园区港桥湾岛河湖江厂院校馆库场谷镇村寺塔圈带群廊网]$|引|调|[直交]流$")


def announced(rest: str) -> str:
    """Return the noun that 等 announces at the beginning of `rest`, what stands behind a list; "" when it does not.

    `等12条高速公路建设` announces 12条高速公路; signs in brackets are left out.
    """
    said = _ANNOUNCED.match(rest)
    if said is None or _DESCRIBED.match(said[1]):
        return ""
    phrase = re.sub("[(（][^()（）]*[)）]", "", said[1])
    ends = [end for end in range(2, len(phrase) + 1) if (head := noun(phrase[:end])) and not head.weak]
    if not ends:
        return ""
    end = ends[0]
    while any(end < later <= end + 3 and noun(phrase[:later]).start < end for later in ends if later > end):  # type: ignore[union-attr]
        end = next(later for later in ends if later > end)
    plain = noun(phrase[:end].removesuffix("建设"))  # 等中型水库建设: 建设 is done to them
    return phrase[:end].removesuffix("建设") if plain and not plain.weak else phrase[:end]


_DESCRIBED = re.compile("距离|[^，。]{2,8}较|[^，。]{2,12}以上的")  # 等距离中心城区较近的县 says how they are, not what
_ANNOUNCED = re.compile("[”’]?等(?![级教])(?:地区|地(?![区下铁级热质面方理震块]))?([^,，;；。、:：]{2,24})")


def _after_place(own: str, head: Noun) -> str:
    """What a member has to share: all after its place; of a route or any other name, the head noun.

    A section, a phase and a part (甘肃段, 二期) are the member's own.
    """
    place = _grounds().match(own)
    after = (
        place and place.end() <= head.start and not re.search("[至—-]|经(?![济贸开])", own[place.end() : head.start])
    )
    rated = _RATED.search(own[: head.start])  # 耳林岱500千伏变电站
    start = (
        place.end() if place and after and head.kind not in _SITED else rated.start() if rated else _begins(own, head)
    )
    return _PART.sub("", own[start:])


@cache
def _grounds() -> re.Pattern[str]:
    """A place, and the water or the mountain that it makes: 青海湖, 澜沧江."""
    return re.compile(f"(?:{place_pattern().pattern})(?:[江河湖山](?=流域|国家|世界|自然|地质|生态|山水))?")


def _begins(text: str, head: Noun) -> int:
    """Where the longest noun at the end of `text` begins: 城际铁路, though `head` may be 铁路 with 城际 before it."""
    start = next((at for at in range(1, head.start) if text[at:] in endings()), head.start)
    return start - 2 if text[:start].endswith("世界") else start


_SITED = frozenset(  # 通山张家坪, 平阴孝直: each has a name of its site
    ("pumped_storage", "hydropower_station", "reservoir", "general_airport", "transport_airport")
)
_RATED = re.compile("±?[0-9]+(?:千伏)?$")
_PART = re.compile(
    "(?<=[路铁速线道河江])[^路铁线]{2,8}段$|[(（](?![A-Z]型)[^()（）]*[)）]$|[一二三四五六]期(?:工程)?$|[东西南北]段$"
)


def _fitting(own: str, shared: str) -> str:
    """A place takes the whole shared wording, any other member the head noun alone."""
    head = head_noun(shared)
    if head is None or len(shared) - head.start > 12:
        return shared
    if "至" in own and _ROUTE.search(own) and head.layer == "transport":
        return next(
            (shared[at:] for at in range(head.start) if shared[at:] in endings()), shared[head.start :]
        )  # 大关至永善、昭阳西环高速公路: the ring is no part of the route
    if is_place(own):
        return shared
    return shared if len(own) <= 8 else shared[head.start :]


def _appended(own: str, shared: str) -> str:
    """Put the shared noun before what is done to the thing: 成渝扩容 + 高速公路 → 成渝高速公路扩容.

    What both say is said once: 渤海湾 + 海湾治理 → 渤海湾治理, 民俗旅游 + 旅游线路 → 民俗旅游线路.
    """
    done = _work_pattern().search(own)
    head = head_noun(shared)
    if done and done.start() > 1 and head and not head.weak and not shared.endswith(done[0]):
        return own[: done.start()] + shared + done[0]
    if not own:
        return shared
    wide = _WIDE_WATER.match(shared) if own[-1] in "江河湖湾海" else None
    if wide:
        return own + shared[wide.end() :]
    both = next((size for size in range(min(len(own), len(shared) - 1), 0, -1) if own.endswith(shared[:size])), 0)
    return own + shared[both:]


_NUMBERED = re.compile(r"\d+号线")


@cache
def _work_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words('work'))})$")


_WIDE_WATER = re.compile("(?:重点|主要|中小)*(?:江河|河流(?!域)|湖泊|河湖|海湾|流域水系)")


def carried(names: Iterable[str]) -> Iterator[str]:
    """`长沙轨道交通7号线一期、6号线东延段`: the system of a city goes on to lines that have a number only."""
    prefix = ""
    for name in names:
        system = _SYSTEM.match(name)
        prefix = system[1] if system and evidence(system[1]) else prefix
        yield prefix + name if re.match(r"\d+号线", name) else name


_SYSTEM = re.compile(r"(.{2,8}?(?:轨道交通|地铁|轨道))\d+号线")


def prefixed(found: Iterable[tuple[Listed, str]]) -> Iterator[tuple[Listed, str]]:
    """`成都城市轨道交通8号线二期、10号线三期`: the words before the number go on."""
    prefix = ""
    for one, full in found:
        numbered = _NUMBERED.search(full)
        if numbered:
            prefix = full[: numbered.start()] or prefix
        yield one, prefix + full[numbered.start() :] if numbered else full
