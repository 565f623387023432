"""The sentences of a clause, and whether each tells what has been done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.clause import Clause
from plans.reader.examples import sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands."""

    clause: Clause
    start: int  # in the clause's text
    text: str
    past: bool  # it looks back

    @property
    def told(self) -> bool:
        """Tell whether it reports what has been done."""
        return self.clause.reports or self.past


def told_sentences(clause: Clause) -> Iterator[Sentence]:
    """Yield the sentences of a clause in order."""
    past = False
    for start, end in sentences(clause.text):
        past = looks_back(clause.text[start:end], past)
        yield Sentence(clause, start, clause.text[start:end], past)


def looks_back(sentence: str, before: bool) -> bool:
    """Tell whether a sentence reports what has been done; it goes on until one looks ahead."""
    if _AHEAD.search(sentence):
        return False
    return bool(_BACK.match(sentence)) or before


_BACK = re.compile(
    "(?:[^,，。]{0,6})(?:过去一年|截至20\\d\\d年|一年来|[五四三]年来|去年|上年|20\\d\\d年以来|“十[三四]五”(?:时期|期间|以来))"
)
_AHEAD = re.compile("今年|明年|下一步|未来|到20\\d\\d年|“十[五六]五”|要[重着]|将(?!军)|力争|争取|预期|目标")
