"""The items of a list of projects that says how many there are: 续建项目2个（甲县水库、乙园区二期）, 新开工项目(1个)：丙大桥."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.reader.examples import Span

_HEAD = re.compile("(?:项目|工程)(?:共?(?P<number>[0-9]+)[个项][(（：:]|[(（]共?(?P<within>[0-9]+)[个项][)）][：:])")
_OPENING, _CLOSING = frozenset("(（"), frozenset(")）")


def counted_items(sentence: str) -> Iterator[Span]:
    """Yield where the items stand, and the things that an item holds in brackets; none where their number is another."""
    for head in _HEAD.finditer(sentence):
        items = _items(sentence, head.end())
        if len(items) == int(head["number"] or head["within"]):
            for start, end in items:
                yield from _held(sentence, start, end)


def _items(sentence: str, start: int) -> list[Span]:
    """The parts of a list, up to what closes it; 、 within brackets parts nothing."""
    depth, begin = 0, start
    found: list[Span] = []
    for at in range(start, len(sentence)):
        char = sentence[at]
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth < 0 or (not depth and char in "。；;"):
            return [*found, (begin, at)]
        if not depth and char == "、":
            found.append((begin, at))
            begin = at + 1
    return [*found, (begin, len(sentence))]


def _held(sentence: str, start: int, end: int) -> Iterator[Span]:
    """An item without the bracket that tells what is in it, and each of these: 甲度假区项目(包括乙酒店、丙会所)."""
    bracket = _BRACKET.search(sentence, start, end)
    if bracket is None or _OWN.search(bracket["held"]):
        yield start, end
        return
    yield start, bracket.start()
    at = bracket.start("held")
    for part in re.finditer("[^、]+", bracket["held"]):
        if not _PART.search(part[0]):
            yield at + part.start(), at + part.end()


_BRACKET = re.compile("(?<=.{2})[(（](?:包括|含|其中)?(?P<held>[^()（）]{3,})[)）]$")
_OWN = re.compile("^(?:[^、]*[段期]|[^、]*型|[A-Z0-9]+)$")  # 国道改造（一期）: of its name
_PART = re.compile("部分$|主体|^.{0,2}$")
