"""Coverage: every sentence of the text, every member of a box, is claimed by a mention or dismissed.

A unit is a sentence; in a box (专栏), where lists are what planners track, a member of a list. A
mention claims the units it touches, a dismissal those it spans, with a reason from a fixed list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plans.clauses import Clause, clause, clauses
from plans.errors import PlanError
from plans.features import anchor
from plans.records import dismissed_rows, mention_rows, span
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
class Dismissal:
    """A stretch of a clause that is left off the map, and why."""

    clause_id: str
    start: int
    end: int
    reason: str


def dismissals(slug: str) -> tuple[Dismissal, ...]:
    """Return the dismissals of a document; PlanError when one is not anchored or has no known reason."""
    found = []
    for row in dismissed_rows(slug):
        if row["reason"] not in keys("reason"):
            raise PlanError(
                f"{row['clause']}: 未知理由“{row['reason']}” (unknown reason)。可用：{'、'.join(keys('reason'))}"
            )
        start, end = span(clause(row["clause"]).text, row["quote"])
        found.append(Dismissal(row["clause"], start, end, row["reason"]))
    return tuple(found)


def coverage(slug: str) -> Iterator[Unit]:
    """Yield every unit of a document in reading order."""
    claims: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in mention_rows(slug):
        mention = anchor(row)
        claims[mention.clause_id].append((mention.start, mention.end, mention.feature))
    dropped: dict[str, list[Dismissal]] = defaultdict(list)
    for dismissal in dismissals(slug):
        dropped[dismissal.clause_id].append(dismissal)
    for one in clauses(slug):
        for start, end in units(one):
            named = tuple(dict.fromkeys(who for a, b, who in claims[one.id] if a < end and b > start))
            reason = next((d.reason for d in dropped[one.id] if d.start < end and d.end > start), "")
            yield Unit(one.id, start, end, one.text[start:end], named, "" if named else reason)


def units(one: Clause) -> Iterator[tuple[int, int]]:
    """Yield where the units of a clause stand; a lead sentence names the clause and is not one."""
    pattern = _MEMBER if "/b" in one.id else _SENTENCE
    for found in pattern.finditer(one.text):
        lead = found[0].strip("。;；") == one.heading
        if not lead and not _EMPTY.fullmatch(found[0]):
            yield found.span()
