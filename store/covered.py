"""How much of a plan's text has been looked at: its sentences, counted as the coverage of the nine documents counts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plans.clauses import Clause
from plans.coverage import units
from plans.errors import PlanError
from plans.records import span
from store.findings import OPEN, Finding


@dataclass(frozen=True, slots=True)
class Covered:
    """Sentences of a plan; in a box, members of a list."""

    sentences: int
    decided: int  # all that they name is decided
    unseen: int  # they name something that nobody has looked at
    silent: int  # the reader saw nothing in them


def covered(clauses: Iterable[Clause], findings: Sequence[Finding]) -> Covered:
    """Count the sentences of `clauses` by what became of what they name."""
    told: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for one in findings:
        for said in one.said:
            told[said.clause].append((said.quote, said.nth, one.verdict))
    counts = [0, 0, 0]
    for clause in clauses:
        spans = [
            (where, verdict) for quote, nth, verdict in told[clause.id] if (where := _span(clause.text, quote, nth))
        ]
        for start, end in units(clause):
            verdicts = {verdict for (left, right), verdict in spans if left < end and start < right}
            counts[2 if not verdicts else 1 if OPEN in verdicts else 0] += 1
    return Covered(sum(counts), *counts)


def _span(text: str, quote: str, nth: int) -> tuple[int, int] | None:
    try:
        return span(text, quote, nth)
    except PlanError:
        return None
