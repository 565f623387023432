"""Which words govern a name: the verbs before it, the predicate behind its list."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from plans.lexicon import lead_pattern, place_pattern, tail_pattern
from plans.reader.examples import Span
from plans.reader.telling import THIS_YEAR

HIDDEN = "\ue000"  # stands for each character of a name
JOINT = re.compile(r"(?:[”’」）)]?(?:、|和|与|及|以及|暨|[,，](?=[“‘]?\ue000))[“‘（(]?)?")
BREAK = re.compile("[,，;；:：。！？]")
_ANNOUNCED = re.compile(r"等[^,，;；。、]{0,14}?")


@dataclass(frozen=True, slots=True)
class List:
    """Names that are enumerated together, by their numbers, and what governs them."""

    members: tuple[int, ...]
    phrase: str  # the verbs before and the predicate behind, joined by …; "" where none stands
    reports: bool  # a predicate says that it is done: 西成高铁建成通车


def governed(text: str, names: Sequence[Span], shared: Sequence[Span]) -> list[List]:
    """Put together the names that nothing but 、 和 与 parts, with the words that govern each list."""
    hidden = hide(text, names)
    found = _lists(hidden, names)
    lists: list[List] = []
    spans: list[Span] = []
    own: set[int] = set()  # lists whose predicate is their own: of A、B前期工作、C that of B
    before, lead = 0, ""
    for i, members in enumerate(found):
        start, last = names[members[0]][0], names[members[-1]]
        noun, end = _noun_behind(text, last[1], shared)
        stop = names[found[i + 1][0]][0] if i + 1 < len(found) else len(text)
        closed = _ENUMERATED.fullmatch(hidden, end, stop)
        tail = _tail(hidden, end, stop) or (closed[1] if closed and lead_pattern().fullmatch(closed[1]) else "")
        alone = bool(tail) and not hidden.startswith("等", end)
        lead = _led(hidden[:before], hidden[before:start], lead if i else "", alone)
        inner = _lead(hidden[last[1] : noun])  # 鼓励A、B申建综合保税区
        tail = "" if not lead and _NOUN.fullmatch(tail) else tail
        said = "…".join(filter(None, (lead, inner, tail)))
        near = BREAK.split(hidden[end:stop])[0] if tail else _governs(hidden[before:start])
        done = _DONE.search(tail) and not lead and not _NEAR.search(near)
        reports = bool(done or _ALREADY.search(near)) and not looks_ahead(hidden)
        if closed and tail and not lead:
            own.add(len(lists) + bool(members[1:]))
            parts = [(members[:-1], ""), (members[-1:], said)] if members[1:] else [(members, said)]
        else:
            parts = [(members, said)]
        for those, phrase in parts:
            lists.append(List(tuple(those), phrase, reports and bool(phrase)))
            spans.append((names[those[0]][0], end if those[-1] == members[-1] else names[those[-1]][1]))
        before = end
    return _carried_back(hidden, lists, spans, own)


def _led(past: str, between: str, lead_before: str, alone: bool) -> str:
    """The verbs before a list; one that breaks off where something was not seen goes on behind it.

    `past` and `between` are what stands before the end of the list before, and behind it; `alone`: a predicate
    of its own closes the list.
    """
    if past and (_ENUMERATED.fullmatch(between) or _WITHIN.fullmatch(between)):
        return lead_before
    lead = _lead(between)
    if lead:
        return "…".join(filter(None, (_supporting(past + between), lead)))
    own = alone and between in {",", "，"}
    return lead_before if past and not own and _goes_on(between) else ""


_NOUN = re.compile(
    "保护(?:与?开发|修复|与?利用|传承)?|开发(?:利用)?|发展"
)  # 会理古城保护与开发: what it is, nobody's act
_WITHIN = re.compile("[^、,，;；:：。]{0,8}[（(](?:包括|包含|含|即)?[:：]?[“‘]?")  # 续建甲景区开发项目（包括乙酒店
_ENUMERATED = re.compile(
    "、?([^、,，;；:：。]{2,14}?)(?:、|和|与|及|以及)[“‘（(]?"
)  # a predicate of its own, and the list goes on


def _supporting(before: str) -> str:
    """支持 of 支持广元建设A，打造B, where it stands before who acts and nothing but verbs begin what follows; else ""."""
    for stretch in reversed(re.split("[,，]", re.split("[;；。：:]", before)[-1])):
        said = _supports().match(stretch)
        if said:
            return said[1] if said[0] != before and stretch != re.split("[,，]", before)[-1] else ""
        if not lead_pattern().match(stretch):
            return ""
    return ""


@cache
def _supports() -> re.Pattern[str]:
    return re.compile(f"(支持|鼓励|引导)(?:{place_pattern().pattern}|{HIDDEN})")


def _carried_back(hidden: str, lists: list[List], spans: Sequence[Span], own: Collection[int]) -> list[List]:
    """A predicate closes all that stands before it in its stretch, also where the list is broken."""
    for i in range(len(lists) - 2, -1, -1):
        between = hidden[spans[i][1] : spans[i + 1][0]]
        after = lists[i + 1]
        lead = lists[i].phrase
        same = not BREAK.search(between) and not lead_pattern().search(between) and not tail_pattern().search(between)
        if i + 1 not in own and same and (after.phrase.startswith(f"{lead}…") or (not lead and after.phrase)):
            lists[i] = List(lists[i].members, after.phrase, after.reports)
    return lists


_DONE = re.compile(
    "通车|开通|通航|投运|投用|投产|完工|竣工|启用|贯通|建成$|投入使用|建成使用|封关|封顶|合龙|截流|蓄水|完成改造|通水|并网|验收|运行|运营|开港|开馆|开园|开放|开业|开诊|揭牌|送电|通气|通电|供水|达产|达效|(?:开工(?:建设)?|开建|动工)$"
)
_ALREADY = re.compile(
    "已(?!有)|(?<=[建完]成)了|正式(?=[开动]工)|提前(?=建成|完成|完工|通车|投产)|仪式|日前|近日|昨[日天]|当[日天]"
)  # 已于2014年底开工: told as done
_NEAR = re.compile("即将|在即$|条件$")  # 验收在即, 具备通车条件: not done yet
_AHEAD = re.compile(
    rf"到20\d\d年|力争|争取|预计|计划(?!单列)|有望|将(?!军)|拟|期间|期末|(?<!提)前建成|{THIS_YEAR}|明年|年内|确保|即将"
)


def looks_ahead(words: str) -> bool:
    """Tell whether words speak of the time to come: 力争年内."""
    return bool(_AHEAD.search(words))


def _lists(hidden: str, names: Sequence[Span]) -> list[list[int]]:
    found: list[list[int]] = []
    for i, (start, _) in enumerate(names):
        joined = found and JOINT.fullmatch(hidden, names[i - 1][1], start)
        if joined:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _goes_on(between: str) -> bool:
    """Tell whether the verb before a list still governs the next one: nothing but names, commas and nouns between,
    and nobody else who acts (由赣州市负责…)."""
    return not re.search("[;；。：:]|(?:^|[,，])由|负责|牵头", between) and not lead_pattern().search(between)


def _noun_behind(text: str, end: int, shared: Sequence[Span]) -> Span:
    """Where the noun stands that a list shares, close behind it; an empty span at its end where there is none."""
    for start, stop in shared:
        if end <= start <= end + 12 and not re.search("[,，;；。、]", text[end:start]):
            return start, stop
    return end, end


def hide(text: str, names: Sequence[Span]) -> str:
    """Return `text` with all names hidden, the same length."""
    chars = list(text)
    for start, end in names:
        chars[start:end] = HIDDEN * (end - start)
    return "".join(chars)


# 还将开工建设的项目有：, 正式开工建设，分别是, 续建项目6个（: what says that a list follows
_ANNOUNCES = re.compile(
    "(?P<said>[^,，;；:：。！？]*?)(?:[,，]?(?:(?:主要|分别|具体|还|其中)*(?:包括|包含|有|是|为)|即|如下)[:：，,]?"
    "|(?:项目|工程)(?:[（(]?共?[0-9一二三四五六七八九十百]+[个项][）)]?)?[:：（(]"
    "|[0-9一二三四五六七八九十百]+[条个座处段][^,，;；:：。（(]{1,12}[:：（(])[“‘（(]*$"
)

_FIRST = re.compile("(?<=[:：（(])(?:[^、,，;；:：。（(]{2,20}、)+$")  # members of the list that were not seen


def _governs(between: str) -> str:
    """What may govern a list of what stands between the list before and this one: from the last break on, or what announces it."""
    between = _FIRST.sub("", between)
    announced = _ANNOUNCES.search(between)
    return announced["said"] if announced else BREAK.split(between)[-1]


def _lead(between: str) -> str:
    """The verbs between the list before and this one."""
    verbs = [found[0].removesuffix("将").removesuffix("把") for found in lead_pattern().finditer(_governs(between))]
    return "…".join(filter(None, verbs[-2:]))


def _tail(hidden: str, start: int, stop: int) -> str:
    """The predicate that closes a list, before anything else begins."""
    rest = BREAK.split(hidden[start:stop])[0]
    rest = re.split("[、和与及并]", rest)[0] if not tail_pattern().search(rest) else rest
    found = tail_pattern().search(re.sub("[和与及并、]$", "", rest))
    return found[0].removeprefix("等") if found else ""
