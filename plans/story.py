"""A project's story: how its wording moves from document to document, and where documents disagree.

A thing advances, weakens or is in conflict only between stages that the words state. Stages are
ranked by how far along they put it and, within a stage, by how firmly: `开工建设` is firmer than
`支持…在“十四五”期间开工`. 建设 and 支持 state no stage, and zones, corridors and cities, which are
strategies, have none: there wordings merely differ. Of one date, the firmest wording of the planning
text counts; what a plan reports as its starting point (发展基础) does not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from plans.features import STAGE, Feature, Mention, firmest, firmness, is_background

STRATEGIES = ("zone", "corridor", "city")  # layers whose things are never built
_BUILT = ("transport", "energy", "water")  # layers whose things are built once, stage after stage
_STANDING = {"under_construction", "completing", "operating"}  # go together on one day


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one thing between two wordings; of one date, a disagreement."""

    feature: Feature
    before: Mention
    after: Mention
    mark: str  # advanced, unchanged, weaker, conflict; differs: worded differently, of no stage
    renamed: bool  # the later document names it otherwise, or in another extent

    @property
    def at_once(self) -> bool:
        """Tell whether both wordings are of one date."""
        return self.before.document.date == self.after.document.date


def changes(feature: Feature) -> Iterator[Change]:
    """Yield how the wordings of one date disagree, then the changes from date to date; nothing for one mention."""
    planned = [one for one in feature.mentions if one.status != "mentioned" and not is_background(one)]
    by_date: dict[object, list[Mention]] = {}
    for one in planned:
        by_date.setdefault(one.document.date, []).append(one)
    for said in by_date.values():
        yield from _conflicts(feature, said)
    for earlier, later in pairwise(sorted(by_date)):  # type: ignore[type-var]
        before, after = firmest(by_date[earlier]), firmest(by_date[later])
        yield Change(feature, before, after, _mark(feature, before, after), before.name != after.name)


def _mark(feature: Feature, before: Mention, after: Mention) -> str:
    earlier, later = firmness(before), firmness(after)
    if earlier == later:
        return "unchanged"
    if not _staged(feature, before, after):
        return "differs"
    return "advanced" if later > earlier else "weaker"


def _staged(feature: Feature, *said: Mention) -> bool:
    return feature.layer not in STRATEGIES and all(one.status in STAGE for one in said)


def _conflicts(feature: Feature, said: list[Mention]) -> Iterator[Change]:
    """Yield each pair of wordings of one day, by the first of each class, that a reader may hold against each other."""
    first: dict[str, Mention] = {}
    for one in said:
        first.setdefault(one.status, one)
    for a, b in combinations(first.values(), 2):
        mark = _same_day(feature, a, b)
        if mark:
            yield Change(feature, a, b, mark, a.name != b.name)


def _same_day(feature: Feature, a: Mention, b: Mention) -> str:
    """Return `conflict` for two stages that exclude each other, `differs` where one of the two states none.

    Works beside what stands or will stand (推进…建设 beside 建成) merely say less.
    """
    stages = {one.status for one in (a, b) if one.status in STAGE}
    if feature.layer not in _BUILT or a.status == b.status or stages <= _STANDING:
        return ""
    return "conflict" if len(stages) == 2 else "differs"


@dataclass(frozen=True, slots=True)
class Moment:
    """What the documents of one date say of a thing, and how that differs from the date before."""

    date: datetime.date
    said: tuple[Mention, ...]
    moved: Change | None  # from the date before; None at the first, and where nothing is planned
    conflicts: tuple[Change, ...]  # how the wordings of this date disagree


def timeline(feature: Feature) -> tuple[Moment, ...]:
    """Return every mention of `feature` by date, the changes between the dates, and the conflicts within."""
    by_date: dict[datetime.date, list[Mention]] = {}
    for one in feature.mentions:
        by_date.setdefault(one.document.date, []).append(one)
    found = list(changes(feature))
    moved = {one.after.document.date: one for one in found if not one.at_once}
    return tuple(
        Moment(
            date,
            tuple(said),
            moved.get(date),
            tuple(one for one in found if one.at_once and one.before.document.date == date),
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

    "" when one of them does not plan it.
    """
    pair = sorted((wording(feature, slug) for slug in (first, second)), key=_issued)
    before, after = pair
    if before is None or after is None or any(one.status == "mentioned" or is_background(one) for one in pair if one):
        return ""
    if before.document.date != after.document.date:
        return _mark(feature, before, after)
    if firmness(before) == firmness(after):
        return "unchanged"
    return _same_day(feature, before, after) or "differs"


def _issued(said: Mention | None) -> datetime.date:
    return said.document.date if said else datetime.date.min
