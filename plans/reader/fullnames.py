"""From where names stand in a sentence to what they are called in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from plans.lexicon import evidence, lead_pattern, noun, place_pattern
from plans.listing import announced, bare, completed, listed
from plans.reader.examples import Span

_NEAR = 12  # characters between a list and the noun it shares


def full_names(sentence: str, members: Sequence[Span], shared: Sequence[Span]) -> list[tuple[int, str]]:
    """Return for each member of a list where its quote begins and its full name."""
    last = members[-1][1]
    common = _shared(sentence, last, shared) or announced(sentence[last:])
    written = [listed(start, end, sentence[start:end], common if end == last else "") for start, end in members]
    subject = _about(sentence[: members[0][0]])
    found = []
    for own, full in completed(written):
        name = full or (own.words + subject if bare(own.words) else own.words)
        found.append(_owned(sentence, own.start, _clean(name)))
    return found


def _shared(sentence: str, end: int, shared: Sequence[Span]) -> str:
    """The noun that stands close behind a list."""
    for start, stop in shared:
        if end <= start <= end + _NEAR and not re.search("[,，;；。、]", sentence[end:start]):
            return sentence[start:stop]
    return ""


def _about(before: str) -> str:
    """The noun of what a sentence says it is about: 铁路方面…, 高速公路：…; "" when it does not say."""
    said = _ABOUT.findall(before)
    head = noun(said[-1]) if said else None
    return "" if head is None or head.weak else said[-1][head.start :]


_ABOUT = re.compile("([\\u4e00-\\u9fff]{2,8})(?:方面|工程|项目)?[:：]|([\\u4e00-\\u9fff]{2,8})方面")


def _clean(name: str) -> str:
    """Return a name without quotation marks and brackets that are not closed."""
    name = name if name.count("“") == name.count("”") else re.sub("[“”]", "", name)
    opened, closed = len(re.findall("[(（]", name)), len(re.findall("[)）]", name))
    return name if opened == closed else re.sub("[()（）]", "", name)


def _owned(sentence: str, start: int, name: str) -> tuple[int, str]:
    """Say whose a thing is: 莆田建设绿色发展先行市 and 莆田建设[绿色发展先行市] are 莆田绿色发展先行市."""
    acts = _acting().match(name)
    if acts and len(name) - acts.end() > 3:
        return start, acts["who"] + name[acts.end() :]
    before = _acting_before().search(sentence, 0, start)
    if before and not evidence(name):
        return before.start("who"), before["who"] + name
    return start, name


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(rf"(?P<who>(?:{place_pattern().pattern})+)(?:{lead_pattern().pattern})(?:成为|成|为)?")


@cache
def _acting_before() -> re.Pattern[str]:
    return re.compile(rf"(?P<who>{place_pattern().pattern})(?:{_MAKING})[“]?$")


_MAKING = "建设|打造|创建|争创|建成|争当|培育|发展|做强|高质量建设|高标准建设|加快建设"
