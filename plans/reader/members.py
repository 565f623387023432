"""What the tagger leaves unfinished in a list: members that it joins or passes over, and the noun behind 等地."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from plans.lexicon import head_noun, is_place, is_short_form, lead_pattern, noun, stands, tail_pattern, words
from plans.listing import announced
from plans.reader.examples import Span
from plans.reader.items import counted_items
from plans.reader.shared import OF_PARKS, counted_lists
from plans.reader.tagger import Tagged

_LONGEST = 30  # characters of a member, or of the noun behind 等地
_STOP = re.compile("以及|[、,，;；。：:和与及等]|$")
_BREAK = re.compile("[、,，;；。：:]")


def mended(sentence: str, tagged: Sequence[Tagged], shared: Sequence[Span]) -> tuple[list[Tagged], list[Span]]:
    """Return names and shared nouns, each member of a list on its own and none of its places left out."""
    apart = [part for one in tagged for part in _apart(sentence, one)]
    apart = _itemised(sentence, [one for one in apart if not _is_label(sentence, one)])
    for unseen in (_counted, _passed_over, _lines):
        apart = sorted([*apart, *unseen(sentence, apart)], key=_place)
    apart = sorted([*apart, *_left_out(sentence, apart, shared)], key=_place)
    whole = [*apart, *_with_noun(sentence, apart)]
    nouns = [span for one in whole if (span := _of_places(sentence, one))]
    others = [span for span in shared if not any(_overlap(span, noun) for noun in nouns)]
    return sorted(whole, key=_place), sorted({*others, *nouns})


def _place(one: Tagged) -> int:
    return one.start


def _is_label(sentence: str, one: Tagged) -> bool:
    """Tell whether a general phrase only heads what follows: 铁路客运枢纽：…."""
    name = sentence[one.start : one.end]
    head = head_noun(name)
    return sentence[one.end : one.end + 1] in {":", "："} and head is not None and not stands(name, head)


def _itemised(sentence: str, tagged: Sequence[Tagged]) -> list[Tagged]:
    """Take the items of a counted list as they stand for what was seen of them."""
    found = list(tagged)
    for start, end in counted_items(sentence):
        seen = [one for one in found if _overlap((one.start, one.end), (start, end))]
        certainty = min((one.certainty for one in seen), default=_UNSEEN)
        found = [one for one in found if one not in seen]
        found.append(Tagged(start, end, certainty))
    return sorted(found, key=_place)


_UNSEEN = 0.5  # the certainty of a name that only its list tells


_QUOTES = re.compile("(?<=”)(?=“)")


def _apart(sentence: str, one: Tagged) -> list[Tagged]:
    """Part “科创通”“盈创动力”, and 大脚石、神仙桥 where no noun says that they are one thing."""
    name = sentence[one.start : one.end]
    cuts = [found.span() for found in _QUOTES.finditer(name)]
    if not cuts and noun(name) is None and not re.search("[（(“]", name):
        cuts = [found.span() for found in re.finditer(r"(?<!\d)、|、(?!\d)", name)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(name)]
    parts = [(one.start + a, one.start + b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]
    return [replace(one, start=start, end=end) for start, end in parts]


def _passed_over(sentence: str, tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield the places that a list goes on with and that were not seen: 遂宁 of 成都、绵阳、遂宁等训练基地.

    What kind of thing its members are tells the end of a list: 吉光 of 长白山、三江、吉光等省实验室.
    """
    begun = {one.start for one in tagged}
    begun_after = {start - (2 if sentence.startswith("以及", start - 2) else 1) for start in begun}
    for one in tagged:
        at = one.end
        while sentence.startswith("、", at) and at + 1 not in begun:
            stop = _STOP.search(sentence, at + 1).start()  # type: ignore[union-attr]
            between = stop in begun_after and _may_be_member(sentence[at + 1 : stop])
            closes = bool(announced(sentence[stop:])) and _may_be_member(sentence[at + 1 : stop])
            if not between and not closes and not is_place(sentence[at + 1 : stop]):
                break
            yield replace(one, start=at + 1, end=stop)
            at = stop


def _left_out(sentence: str, tagged: Sequence[Tagged], shared: Sequence[Span]) -> Iterator[Tagged]:
    """Yield what a list begins with and was not seen: 黄登 of 黄登、大华桥水电站, 甲至乙 of 甲至乙、丙至丁等公路."""
    ends = {one.end for one in tagged}
    for one in tagged:
        at = one.start
        takes = "、" not in sentence[one.start : one.end] and _has_noun(sentence, one, shared)
        told = bool(_TOLD_LIST.match(sentence, one.end))
        while sentence[at - 1 : at] == "、" and at - 1 not in ends:
            begin = max((found.end() for found in _BEFORE.finditer(sentence, 0, at - 1)), default=0)
            begin = max((found.end() for found in lead_pattern().finditer(sentence, begin, at - 1)), default=begin)
            own = sentence[begin : at - 1]
            if not _begins_list(own, takes) and not (told and _may_be_member(own) and not _is_general(own)):
                break
            yield replace(one, start=begin, end=at - 1)
            at = begin


def _counted(sentence: str, tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield the members of a list that says how many they are, and that were not seen: 本桓宽、凌绥、台黑3条高速."""
    for found in counted_lists(sentence):
        begin = max((verb.end() for verb in lead_pattern().finditer(sentence, *found)), default=found[0])
        for part in re.finditer("[^、]+", sentence[begin : found[1]]):
            start, end = begin + part.start(), begin + part.end()
            if not _is_seen(tagged, (start, end)) and not _is_general(part[0]):
                yield Tagged(start, end, _UNSEEN)


def _lines(sentence: str, tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield the lines that stand in a list by themselves and were not seen: 洪大高速 of 雄忻高铁、洪大高速、骨干水网."""
    for found in _LINE.finditer(sentence):
        own = found["own"]
        if not _is_seen(tagged, found.span()) and not _is_general(own) and not lead_pattern().search(own):
            yield Tagged(*found.span(), _UNSEEN)


_LINE = re.compile(
    "(?<=、)(?P<own>[\\u4e00-\\u9fff]{2,4})(?:高速公路|高速|高铁|铁路)(?=[、和及]|等(?:[0-9]+个)?(?:重[点大])?(?:项目|工程))"
)
_BEFORE = re.compile("[、,，;；。：:和与及等的有将即把了（(|]")


# What closes a list and says what its members are: 华电榆树、天楹辽源等5个氢能项目
_TOLD_LIST = re.compile(
    "(?:、[^、，,。；;：:等]{2,12}){0,4}等(?:一批|[0-9]+[个项])[^、，,。；;：:]{0,14}(?:项目|工程|基地|电站)"
)


def _has_noun(sentence: str, one: Tagged, shared: Sequence[Span]) -> bool:
    """Tell whether a name has, or its list shares, the noun of a site or a line, which one before it may have, too."""
    head = noun(sentence[one.start : one.end])
    nouns = [head, *(noun(sentence[start:end]) for start, end in shared if 0 <= start - one.end <= _LONGEST)]
    return any(one and not one.weak and one.layer in {"transport", "water", "energy"} for one in nouns) or bool(
        _ROUTE.fullmatch(sentence, one.start, one.end)
    )


_ROUTE = re.compile("[\\u4e00-\\u9fff]{2,5}(?:至[\\u4e00-\\u9fff]{2,5})+")


def _begins_list(own: str, sited: bool) -> bool:
    """Tell whether words may be a member's: a site by its own name, or a route; nothing general, no other thing."""
    if (
        own in OF_PARKS
        or _ROUTE.fullmatch(own)
        or re.fullmatch("[\\u4e00-\\u9fff]{2,4}[-—][\\u4e00-\\u9fff]{2,4}", own)
    ):
        return True
    if is_short_form(own):
        return True  # 长四辽通 of 长四辽通、四梅集、敦牡铁路扩能
    site = sited and re.fullmatch("[\\u4e00-\\u9fff]{2,4}", own) is not None and noun(own) is None
    return site and not _is_general(own)


def _is_seen(tagged: Sequence[Tagged], span: Span) -> bool:
    """Tell whether a name lies over a stretch of its sentence."""
    return any(_overlap((one.start, one.end), span) for one in tagged)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_general(own: str) -> bool:
    """Tell whether words hold a general word, so that they are not what a site or a line is called by."""
    return any(word in own for word in _general_words())


@cache
def _general_words() -> frozenset[str]:
    return frozenset(word for group in ("generic", "verb", "adverb", "work") for word in words(group) if len(word) > 1)


def _may_be_member(words: str) -> bool:
    """Tell whether words between two members of a list may be one: 西江千户苗寨 of 荔波小七孔、西江千户苗寨、梵净山等景区."""
    return 2 <= len(words) <= _SHORT and not lead_pattern().search(words) and not tail_pattern().search(words)


_SHORT = 8  # characters of a member that nothing but its list tells


def _with_noun(sentence: str, tagged: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield the last of a list of places, which has their noun, where it was not seen: 资阳对外开放法治示范区."""
    begun = {one.start for one in tagged}
    for one in tagged:
        if sentence[one.end : one.end + 1] not in {"、", "和"} or one.end + 1 in begun:
            continue
        if not is_place(sentence[one.start : one.end]):
            continue
        whole = _unclosed(_BREAK.split(sentence[one.end + 1 :])[0])
        head = noun(whole)
        begins = any(is_place(whole[:size]) for size in range(2, 6))
        if begins and head and not head.weak and len(whole) <= _LONGEST and not lead_pattern().search(whole):
            yield replace(one, start=one.end + 1, end=one.end + 1 + len(whole))


_AND_OTHERS = re.compile("等(?:地区|地(?![区下铁级热质面方理震块])|市州|市县|县区)(?=.{4})")


def _of_places(sentence: str, one: Tagged) -> Span | None:
    """Where the noun stands that 等地 announces: 革命老区振兴发展试点 of 广元、巴中等地开展革命老区振兴发展试点."""
    more = _AND_OTHERS.match(sentence, one.end)
    if more is None or not is_place(sentence[one.start : one.end]):
        return None
    rest = _BREAK.split(sentence[more.end() :])[0]
    verb = lead_pattern().match(rest)
    begin = verb.end() if verb else 0
    whole = _unclosed(rest[begin:])
    head = noun(whole)
    if head is None or head.weak or len(whole) > _LONGEST:
        return None
    return more.end() + begin, more.end() + begin + len(whole)


def _unclosed(text: str) -> str:
    """Leave out the predicate that closes a list."""
    closing = tail_pattern().search(text)
    return text[: closing.start()] if closing else text
