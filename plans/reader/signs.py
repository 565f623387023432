"""What a tagger sees of each character of a sentence: itself, its neighbours, and the words around it.

Places are masked, so that nothing is learned of one region by heart: 攀枝花 and 呼伦贝尔 look alike.
Head nouns, verbs and general words stand in data/lexicon.toml; places are those of the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from plans.lexicon import place_names, regions, short_form_characters, words

PLACE = "地"  # stands for a character of a place
FAR = 9  # characters: what is farther off is as good as absent
_SEPARATORS = "、，。；：,;:！？!?"
_OPENING, _CLOSING = "(（“《〔[【", ")）”》〕]】"


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words that are looked for in a text, by first character and length."""

    members: frozenset[str]
    lengths: dict[str, tuple[int, ...]]  # by first character, the longest first

    @classmethod
    def of(cls, members: Iterable[str]) -> Words:
        """Make the set ready to look up; empty words are left out."""
        found = frozenset(filter(None, members))
        by_first: dict[str, set[int]] = {}
        for word in found:
            by_first.setdefault(word[0], set()).add(len(word))
        return cls(found, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in by_first.items()})

    def longest(self, text: str, at: int) -> int:
        """Return the length of the longest member that stands in `text` at `at`; 0 when none does."""
        for size in self.lengths.get(text[at], ()):
            if text[at : at + size] in self.members:
                return size
        return 0

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where members stand, from the left, the longest first, none over another."""
        found, at = [], 0
        while at < len(text):
            size = self.longest(text, at)
            if size:
                found.append((at, at + size))
            at += size or 1
        return found
