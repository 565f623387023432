"""A project's story: how its wording moves from document to document, and where documents disagree.

Wordings are ranked by how far along they put a thing, and, within a class, by how firmly they say
so: `开工建设` is firmer than `支持…在“十四五”期间开工`. Of one date, the firmest wording of the
planning text counts; what a plan reports as its starting point (发展基础) does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from plans.features import Feature, Mention, firmest, firmness, is_background

_BUILT = ("transport", "energy", "water")  # layers whose things are built once, stage after stage


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing between two wordings; of one date, a disagreement."""

    feature: Feature
    before: Mention
    after: Mention
    mark: str  # advanced, unchanged, weaker, conflict
    renamed: bool  # the later document names it otherwise, or in another extent


def changes(feature: Feature) -> Iterator[Change]:
    """Yield the conflicts of `feature`, then its changes from date to date; nothing for one mention."""
    planned = [one for one in feature.mentions if one.status != "mentioned" and not is_background(one)]
    by_date: dict[object, list[Mention]] = {}
    for one in planned:
        by_date.setdefault(one.document.date, []).append(one)
    for said in by_date.values():
        yield from _conflicts(feature, said)
    for earlier, later in pairwise(sorted(by_date)):  # type: ignore[type-var]
        before, after = firmest(by_date[earlier]), firmest(by_date[later])
        yield Change(feature, before, after, _mark(before, after), before.name != after.name)


def _mark(before: Mention, after: Mention) -> str:
    earlier, later = firmness(before), firmness(after)
    if earlier == later:
        return "unchanged"
    return "advanced" if later > earlier else "weaker"


def _conflicts(feature: Feature, said: list[Mention]) -> Iterator[Change]:
    """Yield each pair of stages that cannot both hold on one day, by their first wordings."""
    first: dict[str, Mention] = {}
    for one in said:
        first.setdefault(one.status, one)
    for a, b in combinations(first.values(), 2):
        if feature.layer in _BUILT and _disagree(a.status, b.status):
            yield Change(feature, a, b, "conflict", a.name != b.name)


def _disagree(a: str, b: str) -> bool:
    """To build and to complete go together, and to promote says little; other stages exclude each other."""
    stages = {a, b}
    if "promoted" in stages:
        return bool(stages & {"starting", "preliminary"})
    if stages <= {"under_construction", "completing", "operating"}:
        return False
    return a != b


@dataclass(frozen=True, slots=True)
class Moment:
    """What the documents of one date say of a thing, and how that differs from the date before."""

    date: datetime.date
    said: tuple[Mention, ...]
    moved: Change | None  # from the date before; None at the first, and where nothing is planned
    conflicts: tuple[Change, ...]  # between the wordings of this date


def timeline(feature: Feature) -> tuple[Moment, ...]:
    """Return every mention of `feature` by date, the changes between the dates, and the conflicts within."""
    by_date: dict[datetime.date, list[Mention]] = {}
    for one in feature.mentions:
        by_date.setdefault(one.document.date, []).append(one)
    found = list(changes(feature))
    moved = {one.after.document.date: one for one in found if one.mark != "conflict"}
    return tuple(
        Moment(
            date,
            tuple(said),
            moved.get(date),
            tuple(one for one in found if one.mark == "conflict" and one.before.document.date == date),
        )
        for date, said in sorted(by_date.items())
    )


def wording(feature: Feature, slug: str) -> Mention | None:
    """Return what the document `slug` says of `feature` at its firmest; None when it does not name it."""
    said = [one for one in feature.mentions if one.document.slug == slug]
    planned = [one for one in said if one.status != "mentioned" and not is_background(one)]
    return firmest(planned) if planned else next(iter(said), None)


def between(feature: Feature, first: str, second: str) -> str:
    """Return how the wording of `feature` differs between two documents: a mark of `Change`.

    "" when one of them does not plan it, or when documents of one date merely word it differently.
    """
    pair = sorted((wording(feature, slug) for slug in (first, second)), key=_issued)
    before, after = pair
    if before is None or after is None or any(one.status == "mentioned" or is_background(one) for one in pair if one):
        return ""
    if before.document.date != after.document.date:
        return _mark(before, after)
    if feature.layer in _BUILT and _disagree(before.status, after.status) and before.status != after.status:
        return "conflict"
    return "unchanged" if firmness(before) == firmness(after) else ""


def _issued(said: Mention | None) -> datetime.date:
    return said.document.date if said else datetime.date.min
