"""What is published, as records beside those of the nine documents, and the atlas that both make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geo.errors import GeoError
from layers.atlas import Atlas
from plans.errors import PlanError
from plans.records import Records, Row
from store.errors import StoreError
from store.findings import ACCEPTED, MERGED, REJECTED, Finding
from store.state import State
from store.verbs import Publication

FIRST_ID = 100_001  # the ids below are those of the documents that ship


def new_ids(state: State, slug: str, base: Atlas) -> dict[str, str]:
    """Return the feature ids of what stands in a plan: those it has, and new ones, never given before."""
    numbers = [int(one.removeprefix("f-")) for one in (*state.given.values(), *(one.id for one in base.features))]
    following = max(FIRST_ID, *(number + 1 for number in numbers))
    ids = {}
    for one in state.accepted(slug):
        if one.id in state.given:
            ids[one.id] = state.given[one.id]
        else:
            ids[one.id] = f"f-{following:05}"
            following += 1
    return ids


def records(published: Mapping[str, Publication], texts: Mapping[str, str]) -> Records:
    """Return all that is published as reviewed records; `texts` are the plans as read, by slug."""
    every = list(published.values())
    return Records(
        tuple(one.document for one in every),
        {one.document.file: texts[one.document.slug] for one in every},
        tuple(sorted((row for one in every for row in _features(one)), key=lambda row: row["id"])),
        {one.document.slug: tuple(_mentions(one)) for one in every},
        {one.document.slug: tuple(_dismissed(one)) for one in every},
        tuple(sorted((row for one in every for row in _placements(one)), key=lambda row: row["feature"])),
        (),
    )


def _features(plan: Publication) -> Iterator[Row]:
    for one in plan.findings:
        if one.verdict == ACCEPTED:
            yield one.feature(plan.ids[one.id])


def _placements(plan: Publication) -> Iterator[Row]:
    for one in plan.findings:
        if one.verdict == ACCEPTED:
            yield one.placement(plan.ids[one.id])


def _mentions(plan: Publication) -> Iterator[Row]:
    for one in plan.findings:
        cites = plan.ids.get(one.id, "") if one.verdict == ACCEPTED else one.into if _of_atlas(one) else ""
        if cites:
            yield from (said.row(cites) for said in one.said)


def _of_atlas(one: Finding) -> bool:
    return one.verdict == MERGED and one.into.startswith("f-")


def _dismissed(plan: Publication) -> Iterator[Row]:
    for one in plan.findings:
        if one.verdict == REJECTED and one.reason:
            yield from ({"clause": said.clause, "quote": said.quote, "reason": one.reason} for said in one.said)


def checked(wider: Atlas) -> None:
    """Raise StoreError where the records of an atlas do not hold together: a feature that is cited and no more there."""
    try:
        _ = wider.features, wider.table
    except (PlanError, GeoError) as error:
        raise StoreError(f"不能发布 (cannot be published)：{error}") from None


def citing(state: State, slug: str) -> list[str]:
    """Return the other published plans that cite features of the plan `slug`."""
    if slug not in state.published:
        return []
    own = set(state.published[slug].ids.values())
    others = (one for key, one in state.published.items() if key != slug)
    return [one.document.title for one in others if any(row["feature"] in own for row in _mentions(one))]
