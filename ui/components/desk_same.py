"""What the open finding may be the same as: in the atlas, in its own plan, in another plan that is not published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.errors import GeoError
from geo.gazetteer import place
from layers.atlas import Atlas
from layers.match import Asked, Match, Thing, alike, candidates
from store.findings import MERGED, REJECTED, SPLIT, Finding
from store.state import State
from ui.components.desk_hands import hand_button, press_of
from ui.components.desk_review import Review
from ui.components.facts import status
from ui.components.linked import linked
from ui.components.matched import match_told
from ui.messages import plain, say
from ui.state import desk

MOST_ALIKE = 3  # in each
LEAST = 0.6


@dataclass(frozen=True, slots=True)
class Same:
    """Something that it may be the same as, told with its words; `into` is what it can be merged into, if at all."""

    match: Match
    told: str  # HTML
    into: Finding | str | None


def sames(review: Review, atlas: Atlas) -> None:
    """Show what it may be the same as beside each other, both with their words; a number merges, M holds for another."""
    number = 0
    for title, found in (
        (say("可能与图集中的要素相同"), list(_in_atlas(review, atlas))),
        (say("可能与本规划的另一条相同"), list(_in_plan(review))),
        (say("另一规划（未发布）中可能也有"), list(_in_others(review))),
    ):
        if found:
            st.markdown(f"**{title}**")
        for same in found:
            number += same.into is not None
            _beside(review, same, number)


def _beside(review: Review, same: Same, number: int) -> None:
    key = f"{review.shown.id}-{same.match.feature}"
    other = same.into if isinstance(same.into, str) else same.into.id if same.into else ""
    press = press_of(review, str(number), other)
    merges = f"data-on='{press.on}' data-number='{number}' data-other='{other}' data-seen='{press.other_seen}'"
    html = f"<div class='two' {merges if other else ''}><div>{_own(review)}</div><div>{same.told}</div></div>"
    if not other:
        linked(html, f"desk-same-{key}")
        return
    left, right = st.columns([5, 1.4], vertical_alignment="center")
    with left:
        linked(html, f"desk-same-{key}")
    hand_button(right, press, review.held, say("并入"))


# ---- where it is looked for ------------------------------------------------------------------------


def _in_atlas(review: Review, atlas: Atlas) -> Iterator[Same]:
    for one in candidates(atlas, _asked(review.shown), MOST_ALIKE):
        if one.confidence >= LEAST:
            feature = atlas.feature(one.feature)
            said = feature.current
            where = f"{said.document.short} {said.clause.path[-1]}"
            yield Same(one, match_told(f"feature?id={one.feature}", feature.name, one, said, where), one.feature)


def _in_plan(review: Review) -> Iterator[Same]:
    pool = {one.id: one for one in review.findings if one.verdict != REJECTED}
    for one in _alike(pool, review.shown):
        yield Same(one, _of_finding(pool[one.feature], one, ""), pool[one.feature])


def _in_others(review: Review) -> Iterator[Same]:
    """What is published is in the atlas; the rest can be merged once it is."""
    state = review.state
    pool = {one.id: one for one in state.findings.values() if _waits(state, one, review.shown.document)}
    for one in _alike(pool, review.shown):
        other = pool[one.feature]
        yield Same(one, _of_finding(other, one, state.documents[other.document].short), None)


def _waits(state: State, one: Finding, here: str) -> bool:
    return (
        one.document != here
        and one.document not in state.published
        and one.verdict not in (REJECTED, MERGED, SPLIT)
    )  # fmt: skip


def _alike(pool: Mapping[str, Finding], shown: Finding) -> list[Match]:
    things = tuple(Thing(one.id, (one.name, *one.aliases), tuple(one.place["places"].split())) for one in pool.values())
    found = alike(things, _asked(shown), MOST_ALIKE + 1)
    return [one for one in found if one.feature != shown.id and one.confidence >= LEAST][:MOST_ALIKE]


def _asked(one: Finding) -> Asked:
    return Asked(one.name, "、".join(_names(one.place["places"].split())))


def _names(written: Sequence[str]) -> Iterator[str]:
    for one in written:
        try:
            yield place(one).name
        except GeoError:
            continue


# ---- how it is told --------------------------------------------------------------------------------


def _own(review: Review) -> str:
    said = review.shown.said[0]
    short = escape(review.state.documents[review.shown.document].short)
    return (
        f"<p class='quiet'>{short}</p><blockquote>{escape(said.quote)} {status(said.status)} "
        f"{escape(said.status_text)}</blockquote>"
    )


def _of_finding(other: Finding, match: Match, where: str) -> str:
    link = f"desk?plan={quote(other.document)}&finding={quote(other.id)}"
    return match_told(link, other.name, match, other.said[0], where)


# ---- two that are far apart ------------------------------------------------------------------------


def merging(review: Review, column: DeltaGenerator) -> None:
    """Draw the button of M: it holds the open finding; at another, that one is merged into what is open."""
    key = desk.MERGING.get()
    held = next((one for one in review.findings if one.id == key), None)
    here = held is not None and held.id == review.shown.id
    hand_button(
        column, press_of(review, "m"), review.held,
        say("合并") if held is None else say("放下") if here else say("并入这条"),
        help=say("按 M 记住这一条，到与它相同的另一条再按 M，即并入那一条。"), type="tertiary" if here else "secondary",
    )  # fmt: skip
    if held:
        words = say("已记住“{name}”，请到与它相同的一条。") if here else say("把“{name}”并入这一条？")
        st.caption(words.format(name=plain(held.name)))
