"""What the tagger sees of each character of a sentence: itself, its neighbours, and the words around it.

Places are masked, so that nothing is learned of one region by heart: 攀枝花 and 呼伦贝尔 look alike.
Head nouns, verbs and general words stand in data/lexicon.toml; places are those of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from operator import add

from plans import words
from plans.lexicon import short_characters

Span = tuple[int, int]
PLACE = "地"  # stands for each character of a place
SEPARATORS = frozenset("、,。;:!?")
_BREAKS = frozenset(",。;:!?")  # after which a verb governs no more
_FULL_WIDTH = str.maketrans("（），；：！？〔〕［］", "(),;:!?()()")
_OPENING, _CLOSING = frozenset("(“《〔【"), frozenset(")”》〕】")
_FAR = 8  # characters: a head noun that is farther off governs nothing here


def plain(text: str) -> str:
    """Return `text` with full-width punctuation in one form, the same length."""
    return text.translate(_FULL_WIDTH)


def signs(text: str, spans: Iterable[Span] = ()) -> list[tuple[str, ...]]:
    """Return the signs of each character of a sentence; `spans` are what the rules find in it.

    What is not there is no sign: half of them would say so.
    """
    text = plain(text)
    size = len(text)
    inside = words.places().spans(text)
    nouns = _noun_ends(text)
    place, short, verb = _marked(size, inside, "BII"), _short_runs(text), _verb_marks(text, inside)
    columns = (
        *_of_characters(_masked(text, inside)),
        *_of_places(place),
        *_of_nouns(_noun_marks(size, nouns)),
        *_of_verbs(verb),
        *_of_others("g", "", _marked(size, words.general().spans(text), "ggg")),
        *_of_others("w", "|", _marked(size, words.works().spans(text), "wwe")),
        *_of_short(short),
        *_of_voice(_marked(size, spans, "BIE")),
        _depths(text),
        *_of_announced(_announced(text, nouns), place, short),
        *_ahead(text, nouns),
        *_behind(text, verb),
    )
    return [tuple(filter(None, found)) for found in zip(*columns, strict=True)]


# ---- columns: one sign a character ----------------------------------------------------------------

Column = Sequence[str]


def _of_characters(chars: Column) -> Iterator[Iterable[str]]:
    """Each character and the two on either side, alone and together; outside of the sentence stand ^ and $."""
    size = len(chars)
    padded = ["^", "^", *chars, "$", "$"]
    pairs = list(map(add, padded, padded[1:]))
    for sign, at in (("0", 2), ("<", 1), (">", 3), ("<<", 0), (">>", 4)):
        yield map(sign.__add__, padded[at : at + size])
    for sign, at in (("<0", 1), ("0>", 2), ("<<1", 0), (">>1", 3)):
        yield map(sign.__add__, pairs[at : at + size])
    yield map("<0>".__add__, map(add, padded[1 : size + 1], pairs[2:]))


def _beside(column: Column) -> tuple[Column, Column, Column]:
    """What stands before, at and behind each character; outside of the sentence is #."""
    return ["#", *column[:-1]], column, [*column[1:], "#"]


def _said(sign: str, column: Column) -> Iterator[str]:
    return map(_signed(sign).__getitem__, column)


class _Signed(dict[str, str]):
    """By mark: the sign that it makes, written once."""

    def __init__(self, sign: str) -> None:
        super().__init__({"": ""})
        self._sign = sign

    def __missing__(self, mark: str) -> str:
        self[mark] = self._sign + mark
        return self[mark]


@cache
def _signed(sign: str) -> _Signed:
    return _Signed(sign)


def _of_places(column: Column) -> tuple[Column, ...]:
    before, here, after = _beside(column)
    ahead = [f"p{b}|{c}" if b or c else "" for b, c in zip(here, after, strict=True)]
    return ahead, [f"p<{a}|{b}" if a or b else "" for a, b in zip(before, here, strict=True)]


def _of_nouns(column: Column) -> tuple[Iterable[str], ...]:
    before, here, after = _beside(column)
    three = [f"n3{a}|{b}|{c}" if a or b or c else "" for a, b, c in zip(before, here, after, strict=True)]
    return _said("n", here), _said("n>", after), _said("n<", before), three


def _of_verbs(column: Column) -> tuple[Iterable[str], ...]:
    before, here, after = _beside(column)
    return _said("v", here), _said("v<", before), _said("v>", after)


def _of_others(sign: str, joint: str, column: Column) -> tuple[Iterable[str], ...]:
    before, here, after = _beside(column)
    ahead = [f"{sign}{b}{joint}{c}" if b or c else "" for b, c in zip(here, after, strict=True)]
    return ahead, _said(f"{sign}<", before)


def _of_short(column: Column) -> tuple[Column, ...]:
    return ([f"a{a}{b}{c}" if b else "" for a, b, c in zip(*_beside(column), strict=True)],)


def _of_voice(column: Column) -> tuple[Iterable[str], ...]:
    three = [f"u{a}|{b}|{c}" if a or b or c else "" for a, b, c in zip(*_beside(column), strict=True)]
    return three, _said("u1", column)


def _of_announced(column: Column, place: Column, short: Column) -> tuple[Iterable[str], ...]:
    joined = [f"L{layer}{a}{b}" if layer else "" for layer, a, b in zip(column, place, short, strict=True)]
    return _said("L", column), joined


# ---- what the signs are made of -------------------------------------------------------------------


def _marked(size: int, spans: Iterable[Span], marks: str) -> list[str]:
    """A column with a mark for the first character of each span, its inner ones, and its last."""
    column = [""] * size
    for start, end in spans:
        column[start:end] = _span_marks(end - start, marks)
    return column


def _span_marks(size: int, marks: str) -> str:
    return marks[0] * size if size < 2 else marks[0] + marks[1] * (size - 2) + marks[2]


def _masked(text: str, inside: Sequence[Span]) -> list[str]:
    chars = ["0" if char.isdigit() else "A" if char.isascii() and char.isalpha() else char for char in text]
    for start, end in inside:
        chars[start:end] = PLACE * (end - start)
    return chars


def _noun_ends(text: str) -> dict[int, tuple[int, str]]:
    """By the place where it ends: where the longest head noun begins, and its layer."""
    found: dict[int, tuple[int, str]] = {}
    nouns = words.nouns()
    for start in nouns.starts(text):
        for size in nouns.sizes_at(text, start):
            found.setdefault(start + size, (start, words.noun_layer(text[start : start + size])))
    return found


def _noun_marks(size: int, nouns: dict[int, tuple[int, str]]) -> list[str]:
    column = [""] * size
    for end, (start, layer) in sorted(nouns.items(), key=lambda found: found[1][0] - found[0]):
        for i in range(start, end):
            if not column[i] or i == end - 1:
                column[i] = ("E" if i == end - 1 else "I") + layer
    return column


def _verb_marks(text: str, inside: Sequence[Span]) -> list[str]:
    column = [""] * len(text)
    taken = {i for start, end in inside for i in range(start, end)}
    for marks, found in (("bie", words.verbs()), ("aaa", words.adverbs())):
        for start, end in found.spans(text):
            if start not in taken and not column[start]:
                column[start:end] = _span_marks(end - start, marks)
    return column


def _short_runs(text: str) -> list[str]:
    """How many characters that stand for places (兰合, 成自宜) stand together here."""
    column = [""] * len(text)
    for found in _short_pattern().finditer(text):
        start, end = found.span()
        column[start:end] = str(min(end - start, 4)) * (end - start)
    return column


@cache
def _short_pattern() -> re.Pattern[str]:
    return re.compile(f"[{''.join(short_characters())}]+")


def _announced(text: str, nouns: dict[int, tuple[int, str]]) -> list[str]:
    """The layer of the noun that a list announces behind 等: of 兰合、平庆等铁路 both are railways."""
    column = [""] * len(text)
    for stretch in _STRETCH.finditer(text):
        more = _MORE.search(text, *stretch.span())
        if more is None:
            continue
        after = (nouns[end][1] for end in range(more.end() + 1, stretch.end() + 1) if end in nouns)
        layer = next(after, "-")
        column[stretch.start() : more.start()] = [layer] * (more.start() - stretch.start())
    return column


_STRETCH = re.compile("[^,。;:!?]+")
_MORE = re.compile("(?<![高中平初同])等(?![级教])")


def _ahead(text: str, nouns: dict[int, tuple[int, str]]) -> tuple[Column, Column]:
    """The next head noun before a separator, how far it is off, and the separator."""
    near, with_separator = [""] * len(text), [""] * len(text)
    layer, off, separator = "-", _FAR, "$"
    for i in range(len(text) - 1, -1, -1):
        if text[i] in SEPARATORS:
            layer, off, separator = "-", _FAR, text[i]
        if i + 1 in nouns:
            layer, off = nouns[i + 1][1], 0
        near[i] = f"N{layer}{off // 2}"
        with_separator[i] = f"M{layer}{separator}"
        off = min(off + 1, _FAR)
    return near, with_separator


def _behind(text: str, verb: Column) -> tuple[Column, Column]:
    """The separator before, how far it is off, and whether a verb governs here."""
    near, governs = [""] * len(text), [""] * len(text)
    separator, off, governed = "^", 0, ""
    for i, (char, mark) in enumerate(zip(text, verb, strict=True)):
        off += 1
        if char in SEPARATORS:
            separator, off = char, 0
        if char in _BREAKS:
            governed = ""
        elif mark in {"b", "i", "e"}:
            governed = "v"
        near[i] = f"s{separator}{min(off, 6)}"
        governs[i] = f"V{separator}{governed}"
    return near, governs


def _depths(text: str) -> Column:
    """Whether each character stands within brackets or quotation marks."""
    if _OPENING.isdisjoint(text):
        return [""] * len(text)
    column, depth = [], 0
    for char in text:
        depth += char in _OPENING
        column.append(f"d{min(depth, 2)}" if depth else "")
        depth = max(0, depth - (char in _CLOSING))
    return column
