"""Coverage: every sentence of the text, every member of a box, is claimed by a mention or dismissed.

A unit is a sentence; in a box (专栏), where lists are what planners track, a member of a list. A
mention claims the units it touches, a dismissal those it spans, with a reason from a fixed list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans.clauses import Anchored, Clause
from plans.errors import PlanError
from plans.features import Mention
from plans.records import Row, span
from plans.vocabulary import keys

_SENTENCE = re.compile(r"[^。;；]+[。;；]?")
_MEMBER = re.compile(r"[^。;；、,，]+[。;；、,，]?")
_EMPTY = re.compile(r"\W*等?\W*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a clause and what became of it."""

    clause_id: str
    start: int
    end: int
    text: str
    claimed: tuple[str, ...]  # ids of the features named in it
    reason: str  # why it is not on the map; "" when claimed or not accounted for

    @property
    def accounted(self) -> bool:
        return bool(self.claimed or self.reason)


@dataclass(frozen=True, slots=True)
class Dismissal(Anchored):
    """A stretch of a clause that is left off the map, and why."""

    clause: Clause
    start: int
    end: int
    reason: str


def dismissal(row: Row, clause: Clause) -> Dismissal:
    """Find the quote of a reviewed row in its clause; PlanError when it is not there or has no known reason."""
    if row["reason"] not in keys("reason"):
        raise PlanError(
            f"{row['clause']}: 未知理由“{row['reason']}” (unknown reason)。可用：{'、'.join(keys('reason'))}"
        )
    return Dismissal(clause, *span(clause.text, row["quote"]), row["reason"])


def coverage(clauses: Iterable[Clause], mentions: Iterable[Mention], dismissals: Iterable[Dismissal]) -> Iterator[Unit]:
    """Yield every unit of `clauses` in reading order, with what claims it or why it is left off."""
    claims: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        claims[mention.clause_id].append(mention)
    dropped: dict[str, list[Dismissal]] = defaultdict(list)
    for one in dismissals:
        dropped[one.clause_id].append(one)
    for clause in clauses:
        for start, end in units(clause):
            named = tuple(
                dict.fromkeys(one.feature for one in claims[clause.id] if one.start < end and one.end > start)
            )
            reason = next((one.reason for one in dropped[clause.id] if one.start < end and one.end > start), "")
            yield Unit(clause.id, start, end, clause.text[start:end], named, "" if named else reason)


def units(one: Clause) -> Iterator[tuple[int, int]]:
    """Yield where the units of a clause stand; a lead sentence names the clause and is not one."""
    pattern = _MEMBER if "/b" in one.id else _SENTENCE
    for found in pattern.finditer(one.text):
        lead = found[0].strip("。;；") == one.heading
        if not lead and not _EMPTY.fullmatch(found[0]):
            yield found.span()
