"""Sets of words that are looked for in a text, by their first character."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from operator import add

from plans.documents import DATA
from plans.lexicon import endings, meaning, place_names, short_characters, words


class Words:
    """A set of words, ready to be looked for; the longest that fits counts."""

    def __init__(self, members: Iterable[str]) -> None:
        """Hold `members`; empty ones are left out."""
        self.members = frozenset(filter(None, members))
        sizes: dict[str, set[int]] = {}
        for word in self.members:
            sizes.setdefault(word[:2], set()).add(len(word))
        self._sizes = {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}
        self._single = frozenset(word for word in self.members if len(word) == 1)

    def starts(self, text: str) -> list[int]:
        """Return where in `text` a member may stand, by its first two characters."""
        sizes, single, pairs = self._sizes, self._single, _pairs(text)
        if not single and sizes.keys().isdisjoint(pairs):
            return []
        return [at for at, pair in enumerate(pairs) if pair in sizes or pair[0] in single]

    def sizes_at(self, text: str, at: int) -> list[int]:
        """Return the lengths of the members that stand in `text` at `at`, the longest first."""
        left = len(text) - at
        sizes = self._sizes.get(text[at : at + 2], ())
        found = [size for size in sizes if size <= left and text[at : at + size] in self.members]
        if text[at] in self._single and found[-1:] != [1]:
            found.append(1)
        return found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where members stand, from the left, the longest first, none over another."""
        found, end = [], 0
        for at in self.starts(text):
            sizes = self.sizes_at(text, at) if at >= end else ()
            if sizes:
                end = at + sizes[0]
                found.append((at, end))
        return found

    def any_in(self, text: str) -> bool:
        """Tell whether a member stands in `text`."""
        return any(self.sizes_at(text, at) for at in self.starts(text))

    def found(self, text: str) -> list[str]:
        """Return the members that stand in `text`, as `spans` gives them."""
        return [text[start:end] for start, end in self.spans(text)]


@lru_cache(maxsize=64)  # a sentence is looked through for one set of words after the other
def _pairs(text: str) -> tuple[str, ...]:
    return tuple(map(add, text, f"{text[1:]} "))


def longer(group: str) -> Words:
    """Return the words of a group of the lexicon that have more than one character."""
    return Words(word for word in words(group) if len(word) > 1)


@cache
def places() -> Words:
    """Return the districts, towns, regions and great waters of China."""
    return Words({*place_names(), *towns(), *words("region"), *words("water")})


@cache
def towns() -> frozenset[str]:
    """Return the full names of the towns and townships of China (…镇, …乡)."""
    with (DATA / "geometry" / "towns.csv").open(encoding="utf-8", newline="") as file:
        full = {town for row in csv.DictReader(file) for town in row["towns"].split()}
    return frozenset(town for town in full if town[-1] in "镇乡" and 2 < len(town) < 7)


@cache
def verbs() -> Words:
    return longer("verb")


@cache
def adverbs() -> Words:
    return longer("adverb")


@cache
def general() -> Words:
    return longer("generic")


@cache
def topics() -> Words:
    return longer("topic")


@cache
def works() -> Words:
    return longer("work")


@cache
def nouns() -> Words:
    """Return the head nouns, of `A*B` the part that ends the name."""
    return Words(endings())


@cache
def noun_layer(noun: str) -> str:
    """Return the layer that a head noun means first; `weak` where it is too wide to mean one."""
    return meaning("noun", noun).partition("/")[0] or "weak"


def may_name(sentence: str) -> bool:
    """Tell whether a sentence has a place, a noun of one layer, or signs of a name of its own: half have none, and
    hardly a reviewed name stands there."""
    return bool(_own_sign().search(sentence)) or _naming().any_in(sentence)


@cache
def _naming() -> Words:
    return Words({*places().members, *(noun for noun in endings() if noun_layer(noun) != "weak")})


@cache
def _own_sign() -> re.Pattern[str]:
    """A quotation, a dash, letters, two characters of places together, a project or a phase."""
    return re.compile(f"[“—A-Z]|项目|工程|期|[{''.join(sorted(short_characters()))}]{{2}}")
