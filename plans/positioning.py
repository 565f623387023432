"""What a plan says its zone is to be: the clauses of its 发展定位, and the sentence round a quote."""

from __future__ import annotations

import re

from plans.clauses import Clause
from plans.library import Library

_HEADING = re.compile("(发展|战略)定位$")
_STOP = re.compile("[。;；]")


def positioning(library: Library, zone: str) -> tuple[Clause, ...]:
    """Return the clauses in which the plan of `zone` (a slug) states its positioning, in reading order."""
    slugs = [one.slug for one in library.documents if one.kind == "plan" and one.zones == (zone,)]
    return tuple(one for slug in slugs for one in library.clauses(slug) if one.text and is_positioning(one))


def is_positioning(clause: Clause) -> bool:
    """Tell whether a clause stands under 发展定位: what it names the zone is to be, and is no feature."""
    return any(_HEADING.search(part) for part in clause.path)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence (to the next 。 or ；) that holds `text[start:end]` begins and ends."""
    stops = [found.end() for found in _STOP.finditer(text)]
    first = max((stop for stop in stops if stop <= start), default=0)
    last = min((stop for stop in stops if stop >= end), default=len(text))
    return first, last
