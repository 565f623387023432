"""The noun that the members of a list share: beside it, announced behind it, or said elsewhere in its sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from plans.lexicon import alternation, is_place, noun, place_names, place_pattern, short_characters, words
from plans.listing import announced
from plans.reader.examples import Span

NEAR = 12  # characters between a list and the noun it shares


def common_noun(sentence: str, members: Sequence[Span], shared: Sequence[Span]) -> str:
    """Return the noun that a list shares; "" where it shares none."""
    last = members[-1]
    return _plain(
        _shared(sentence, last[1], shared)
        or _announced(sentence, last[1])
        or _of_the_next(sentence, last, shared)
        or _of_the_last(sentence, members)
    )


def _shared(sentence: str, end: int, shared: Sequence[Span]) -> str:
    """The noun that stands close behind a list."""
    for start, stop in shared:
        if end <= start <= end + NEAR and not re.search("[,，;；。、]", sentence[end:start]):
            rank = _RANK.search(sentence, end, start)
            return _ASIDE.sub("", sentence[rank.start() if rank else start : stop])
    return ""


_ASIDE = re.compile("[(（][^()（）]*[)）](?=.)")  # 高速（一级）公路, not 保税物流中心（B型）


_RANK = re.compile("(?:国家|省|市)级?(?:骨干|重点)?$")  # 宜昌等国家物流枢纽 are 宜昌国家物流枢纽


def _announced(sentence: str, end: int) -> str:
    """What 等 announces behind a list, as long as its noun goes on: 公路运输枢纽, not 公路; 界河桥 of 等界河桥项目."""
    rest = sentence[end:]
    said = announced(rest)
    if not said:
        told = _OF_PROJECT.match(rest)
        return told[1] if told and _general().sub("", told[1]) == told[1] else ""
    start = rest.find(said)
    for longer in range(start + len(said) + 2, start + len(said) + 8):
        head = noun(rest[start:longer])
        gap = rest[start + len(said) : start + head.start] if head and head.start > len(said) else ""
        if head and not head.weak and gap and _general().fullmatch(gap):
            return rest[start:longer]
    return said


_OF_PROJECT = re.compile("等([\\u4e00-\\u9fff]{1,5}[桥路站场港库渠闸堤])(?:重点)?项目")


@cache
def _general() -> re.Pattern[str]:
    """General words of which none is a verb: 运输 of 公路运输枢纽, not 建设."""
    return re.compile(f"(?:{alternation(set(words('generic')) - set(words('verb')) - set('和与及等的'))})+")


def _of_the_next(sentence: str, member: Span, shared: Sequence[Span]) -> str:
    """The noun of the list behind, of one that ends with a bare route: 建成宜宾至威信，开工资中至铜梁等高速公路."""
    start, end = member
    own = sentence[start:end]
    if "至" not in own or noun(own):
        return ""
    following = [sentence[a:b] for a, b in shared if a > end and not re.search("[;；。：:]", sentence[end:a])]
    head = noun(following[0]) if following and sentence[end : end + 1] in {",", "，", "、"} else None
    if head and head.layer == "transport":
        return following[0]
    return _of_a_route(sentence[end:]) if _BARE_ROUTE.fullmatch(own) and _NO_KIND.match(sentence, end) else ""


_NO_KIND = re.compile("等(?:[0-9]+个)?(?:重[点大])?(?:建设)?项目|[,，]")


def _of_a_route(text: str) -> str:
    """The noun of the first route in `text` that has one: 开展甲市至乙市、丙市至丁市[铁路]论证."""
    route = ROUTE.search(text)
    return route["noun"] if route else ""


ROUTE = re.compile(
    "至[^、，,;；。：:至路铁速线]{2,8}?(?P<noun>(?:高速|城际|快速|市域|普速)?(?:铁路|公路)|高铁|高速|客运专线)"
)


def routed(text: str) -> str:
    """Return `text` with the 到 between two places as 至, which all rules know, the same length: 怀化到衡阳、铜仁到玉屏铁路.

    从北京到上海 is how somebody travels.
    """
    if "到" not in text:
        return text
    found = list(text)
    for at in (i for i, char in enumerate(text) if char == "到"):
        start = next((at - size for size in range(2, 8) if text[at - size : at] in place_names()), at)
        if start < at and text[start - 1 : start] not in {"从", "由", "自"} and place_pattern().match(text, at + 1):
            found[at] = "至"
    return "".join(found)


def _of_the_last(sentence: str, members: Sequence[Span]) -> str:
    """What the short forms before the last have from it: 快速铁路 of 建成哈牡、牡佳快速铁路."""
    own = [sentence[start:end] for start, end in members]
    last = _SHORT_LINE.fullmatch(own[-1])
    short = last and set(last["line"]) <= short_characters()
    return last["noun"] if last and short and all(set(one) <= short_characters() for one in own[:-1]) else ""


_SHORT_LINE = re.compile("(?P<line>[\\u4e00-\\u9fff]{2,5}?)(?P<noun>快速(?:铁路|公路|通道))")


def _plain(common: str) -> str:
    """Leave out how many there are and how great: 12件骨干水源工程, 世界级水电站."""
    return _HOW_MANY.sub("", common)


_HOW_MANY = re.compile(
    "^(?:[0-9一二三四五六七八九十百余多]+[个条座件项处](?:以上|左右)?(?:重[点大])?|世界级(?=水电站|电站|大桥|机场|港)|标志性)+"
)


def own_kinds(members: Sequence[str]) -> list[str]:
    """Give a member without a noun that of the next of its form: of a route (甲至乙、丙至丁铁路增建二线), a river, a place.

    What else the list holds (甲市铁路枢纽改造) or shares (等园区) is another kind of thing.
    """
    found = list(members)
    for form, bare in _FORMS:
        following = ""
        for number in range(len(members) - 1, -1, -1):
            named = form.search(members[number])
            if named:
                following = named["noun"]
            elif following and bare(members[number]):
                found[number] = members[number] + following
    return found


def of_the_place_beside(members: Sequence[str]) -> list[str]:
    """Give a place the noun of the place right behind it where others have their own: 甲园、乙市和丙市国家农业科技园."""
    found = list(members)
    for number, (own, beside) in enumerate(itertools.pairwise(members)):
        place = place_pattern().match(beside)
        rest = beside[place.end() :] if place else ""
        others = [one for one in members if one not in (own, beside)]
        if is_place(own) and strong(rest) and any(map(strong, others)):
            found[number] = own + rest
    return found


def strong(name: str) -> bool:
    """Tell whether a name ends in a head noun that is not too wide."""
    head = noun(name)
    return head is not None and not head.weak


def _is_bare_route(own: str) -> bool:
    return _BARE_ROUTE.fullmatch(own) is not None and not noun(own)


_BARE_ROUTE = re.compile("[^路铁线速]{2,}至[^路铁线速段期]{2,}")
_FORMS = (
    (ROUTE, _is_bare_route),
    (re.compile("^[^、]{1,6}[江河](?P<noun>航道)(?!整治)"), re.compile("[^、]{1,6}(?<!运)[江河]").fullmatch),
)


def about(before: str) -> str:
    """The noun of what a sentence says it is about: 铁路方面…, 高速公路：…; "" when it does not say."""
    said = _ABOUT.findall(before)
    said = ["".join(one) for one in said]
    head = noun(said[-1]) if said else None
    return "" if head is None or head.weak else said[-1][head.start :]


_ABOUT = re.compile("([\\u4e00-\\u9fff]{2,8})(?:方面|工程|项目)?[:：]|([\\u4e00-\\u9fff]{2,8})方面")
