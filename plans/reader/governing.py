"""Which words govern a name: the verbs before it, the predicate behind its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from plans.lexicon import lead_pattern, tail_pattern
from plans.reader.examples import Span

HIDDEN = "\ue000"  # stands for each character of a name
_JOINT = re.compile(r"[”’」）)]?(?:、|和|与|及|以及|暨|[,，](?=[“‘]?\ue000))[“‘（(]?")
_BREAK = re.compile("[,，;；:：。！？]")
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
    ends = [_list_end(text, names[members[-1]][1], shared) for members in found]
    lists: list[List] = []
    before, lead_before = 0, ""
    for i, members in enumerate(found):  # a list that breaks off where something was not seen goes on behind it
        start = names[members[0]][0]
        stop = names[found[i + 1][0]][0] if i + 1 < len(found) else len(text)
        tail = _tail(hidden, ends[i], stop)
        lead = _lead(hidden[before:start])
        if not lead and i and _goes_on(hidden[before:start]) and not lists[-1].phrase.endswith(HIDDEN):
            lead = lead_before
        reports = not lead and bool(_DONE.search(tail)) and not _AHEAD.search(hidden)
        lists.append(List(tuple(members), "…".join(filter(None, (lead, tail))), reports))
        before, lead_before = ends[i], lead
    return _carried_back(hidden, lists, [(names[members[0]][0], end) for members, end in zip(found, ends, strict=True)])


def _carried_back(hidden: str, lists: list[List], spans: Sequence[Span]) -> list[List]:
    """A predicate closes all that stands before it in its stretch, also where the list is broken."""
    for i in range(len(lists) - 2, -1, -1):
        between = hidden[spans[i][1] : spans[i + 1][0]]
        after = lists[i + 1]
        lead = lists[i].phrase
        same = not _BREAK.search(between) and not lead_pattern().search(between) and not tail_pattern().search(between)
        if same and (after.phrase.startswith(f"{lead}…") or (not lead and after.phrase)):
            lists[i] = List(lists[i].members, after.phrase, after.reports)
    return lists


_DONE = re.compile("通车|开通|通航|投运|投用|投产|完工|竣工|启用|贯通|建成$|投入使用|封顶|合龙|截流|蓄水|完成改造")
_AHEAD = re.compile(r"到20\d\d年|力争|争取|预计|将(?!军)|拟|期间|期末|前建成|今年|明年|年内|确保")


def _lists(hidden: str, names: Sequence[Span]) -> list[list[int]]:
    found: list[list[int]] = []
    for i, (start, _) in enumerate(names):
        joined = found and _JOINT.fullmatch(hidden, names[i - 1][1], start)
        if joined:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def _goes_on(between: str) -> bool:
    """Tell whether the verb before a list still governs the next one: nothing but names, commas and nouns between."""
    return not re.search("[;；。：:]", between) and not lead_pattern().search(between)


def _list_end(text: str, end: int, shared: Sequence[Span]) -> int:
    """Behind the noun that stands after a list, where there is one close by."""
    for start, stop in shared:
        if end <= start <= end + 12 and not re.search("[,，;；。、]", text[end:start]):
            return stop
    return end


def hide(text: str, names: Sequence[Span]) -> str:
    """Return `text` with all names hidden, the same length."""
    chars = list(text)
    for start, end in names:
        chars[start:end] = HIDDEN * (end - start)
    return "".join(chars)


def _lead(between: str) -> str:
    """The verbs between the list before and this one, from the last break on."""
    stretch = _BREAK.split(between)[-1]
    verbs = [found[0].removesuffix("将").removesuffix("把") for found in lead_pattern().finditer(stretch)]
    return "…".join(filter(None, verbs[-2:]))


def _tail(hidden: str, start: int, stop: int) -> str:
    """The predicate that closes a list, before anything else begins."""
    rest = _BREAK.split(hidden[start:stop])[0]
    rest = re.split("[、和与及并]", rest)[0] if not tail_pattern().search(rest) else rest
    found = tail_pattern().search(re.sub("[和与及并、]$", "", rest))
    return found[0].removeprefix("等") if found else ""
