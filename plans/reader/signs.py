"""What the tagger sees of each character of a sentence: itself, its neighbours, and the words around it.

Places are masked, so that nothing is learned of one region by heart: 攀枝花 and 呼伦贝尔 look alike.
Head nouns, verbs and general words stand in data/lexicon.toml; places are those of the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plans.reader import words

PLACE = "地"  # stands for each character of a place
SEPARATORS = frozenset("、,。;:!?")
_BREAKS = frozenset(",。;:!?")  # after which a verb governs no more
_FULL_WIDTH = str.maketrans("（），；：！？〔〕［］", "(),;:!?()()")
_OPENING, _CLOSING = frozenset("(“《〔【"), frozenset(")”》〕】")
_FAR = 8  # characters: a head noun that is farther off governs nothing here


def plain(text: str) -> str:
    """Return `text` with full-width punctuation in one form, the same length."""
    return text.translate(_FULL_WIDTH)


def signs(text: str, spans: Iterable[tuple[int, int]] = ()) -> list[list[str]]:
    """Return the signs of each character of a sentence; `spans` are what the rules find in it."""
    text = plain(text)
    columns = _Columns(text, spans)
    return [columns.at(i) for i in range(len(text))]


class _Columns:
    """One value a character and subject; what stands outside of the sentence is #."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        size = len(text)
        inside = words.places().spans(text)
        nouns = _noun_ends(text)
        self.char = ["^", "^", *_masked(text, inside), "$", "$"]
        self.place = _padded(_marked(size, inside, "B", "I", "I"))
        self.noun = _padded(_noun_marks(size, nouns))
        self.verb = _padded(_verb_marks(text, inside))
        self.general = _padded(_marked(size, words.general().spans(text), "g", "g", "g"))
        self.work = _padded(_marked(size, words.works().spans(text), "w", "w", "e"))
        self.voice = _padded(_marked(size, spans, "B", "I", "E"))
        self.short = _padded(_short_runs(text))
        self.ahead = _ahead(text, nouns)
        self.behind = _behind(text, self.verb)
        self.depth = _depths(text)
        self.announced = _announced(text, nouns)

    def at(self, i: int) -> list[str]:
        """Return the signs of character `i`."""
        a, b, c, d, e = self.char[i : i + 5]
        place, noun, verb, general, work, voice, short = (
            column[i : i + 3]
            for column in (self.place, self.noun, self.verb, self.general, self.work, self.voice, self.short)
        )
        return [
            f"0{c}", f"<{b}", f">{d}", f"<<{a}", f">>{e}", f"<0{b}{c}", f"0>{c}{d}", f"<<1{a}{b}", f">>1{d}{e}",
            f"<0>{b}{c}{d}", f"p{place[1]}|{place[2]}", f"p<{place[0]}|{place[1]}", f"n{noun[1]}", f"n>{noun[2]}",
            f"n<{noun[0]}", f"n3{noun[0]}|{noun[1]}|{noun[2]}", f"v{verb[1]}", f"v<{verb[0]}", f"v>{verb[2]}",
            f"g{general[1]}{general[2]}", f"g<{general[0]}", f"w{work[1]}|{work[2]}", f"w<{work[0]}",
            f"a{short[0]}{short[1]}{short[2]}", f"u{voice[0]}|{voice[1]}|{voice[2]}", f"u1{voice[1]}",
            f"d{self.depth[i]}", f"L{self.announced[i]}", f"L{self.announced[i]}{place[1]}{short[1]}", *self.ahead[i], *self.behind[i],
        ]  # fmt: skip


def _padded(column: list[str]) -> list[str]:
    return ["#", *column, "#"]


def _marked(size: int, spans: Iterable[tuple[int, int]], first: str, inner: str, last: str) -> list[str]:
    column = [""] * size
    for start, end in spans:
        for i in range(start, end):
            column[i] = first if i == start else last if i == end - 1 else inner
    return column


def _masked(text: str, inside: Sequence[tuple[int, int]]) -> list[str]:
    chars = ["0" if char.isdigit() else "A" if char.isascii() and char.isalpha() else char for char in text]
    for start, end in inside:
        chars[start:end] = PLACE * (end - start)
    return chars


def _noun_ends(text: str) -> dict[int, tuple[int, str]]:
    """By the place where it ends: where the longest head noun begins, and its layer."""
    found: dict[int, tuple[int, str]] = {}
    nouns = words.nouns()
    for start in range(len(text)):
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


def _verb_marks(text: str, inside: Sequence[tuple[int, int]]) -> list[str]:
    column = [""] * len(text)
    taken = {i for start, end in inside for i in range(start, end)}
    for marks, found in (("bie", words.verbs()), ("aaa", words.adverbs())):
        for start, end in found.spans(text):
            if start in taken or column[start]:
                continue
            for i in range(start, end):
                column[i] = marks[0] if i == start else marks[2] if i == end - 1 else marks[1]
    return column


def _short_runs(text: str) -> list[str]:
    """How many characters that stand for places (兰合, 成自宜) stand together here."""
    column = [""] * len(text)
    short, start = words.short_characters(), 0
    for i in range(len(text) + 1):
        if i < len(text) and text[i] in short:
            continue
        for k in range(start, i):
            column[k] = str(min(i - start, 4))
        start = i + 1
    return column


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


def _ahead(text: str, nouns: dict[int, tuple[int, str]]) -> list[tuple[str, str]]:
    """The next head noun before a separator, how far it is off, and the separator."""
    column = [("", "")] * len(text)
    layer, off, separator = "-", _FAR, "$"
    for i in range(len(text) - 1, -1, -1):
        if text[i] in SEPARATORS:
            layer, off, separator = "-", _FAR, text[i]
        if i + 1 in nouns:
            layer, off = nouns[i + 1][1], 0
        column[i] = (f"N{layer}{off // 2}", f"M{layer}{separator}")
        off = min(off + 1, _FAR)
    return column


def _behind(text: str, verb: list[str]) -> list[tuple[str, str]]:
    """The separator before, how far it is off, and whether a verb governs here."""
    column = [("", "")] * len(text)
    separator, off, governed = "^", 0, ""
    for i, char in enumerate(text):
        off += 1
        if char in SEPARATORS:
            separator, off = char, 0
        if char in _BREAKS:
            governed = ""
        elif verb[i + 1] in ("b", "i", "e"):
            governed = "v"
        column[i] = (f"s{separator}{min(off, 6)}", f"V{separator}{governed}")
    return column


def _depths(text: str) -> list[int]:
    """Whether each character stands within brackets or quotation marks."""
    column, depth = [], 0
    for char in text:
        depth += char in _OPENING
        column.append(min(depth, 2))
        depth = max(0, depth - (char in _CLOSING))
    return column
