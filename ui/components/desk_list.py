"""The rows of an office's list one by one: is it this feature, or none of them? What is said is kept for the next list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from layers.atlas import Atlas
from layers.match import Match
from layers.match.answers import Answer, source
from store import StoreError
from store.current import workspace
from store.verbs import row_subject
from ui.components.facts import status
from ui.components.linked import linked
from ui.messages import say
from ui.state import desk

MOST = 3  # candidates of a row
CERTAIN = 0.98
Row = Mapping[str, str]  # name, place and feature, "" for none


def judge_rows(atlas: Atlas, answers: Sequence[Answer]) -> None:
    """Draw the row that is to be judged, the unsure ones first, and how many are left."""
    waiting = sorted((one for one in answers if one.matches and one.judged is None), key=_doubt)
    judged = sum(one.judged is not None for one in answers)
    left, right = st.columns([4, 1.6], vertical_alignment="center")
    left.markdown(say("已判断 {n} 行，待判断 {m} 行。", n=judged, m=len(waiting)))
    certain = [_row(one, one.matches[0].feature) for one in waiting if one.matches[0].confidence >= CERTAIN]
    right.button(
        say("确认有把握的 {n} 行", n=len(certain)), key="desk-row-certain", width="stretch", disabled=not certain,
        on_click=_say, args=(certain,),
    )  # fmt: skip
    if not waiting:
        return
    at = desk.ROW.get() % len(waiting)
    with st.container(border=True):
        _card(atlas, waiting[at])
        none, after = st.columns(2)
        none.button(
            say("都不是"), key="desk-row-none", shortcut="x", width="stretch",
            on_click=_say, args=([_row(waiting[at], "")],),
        )  # fmt: skip
        after.button(
            say("以后再说"), key="desk-row-after", shortcut="j", width="stretch",
            on_click=desk.ROW.set, args=(at + 1,),
        )  # fmt: skip


def _doubt(one: Answer) -> tuple[bool, float]:
    return one.matches[0].claimed, one.matches[0].confidence


def _card(atlas: Atlas, one: Answer) -> None:
    asked = one.row.asked
    told = " · ".join(filter(None, (asked.place, asked.kind, asked.stage, one.row.years, one.row.money)))
    linked(f"<h4>{escape(asked.name)} <small>{escape(told)}</small></h4>", "desk-row")
    for number, match in enumerate(one.matches[:MOST], 1):
        left, right = st.columns([5, 1.2], vertical_alignment="center")
        with left:
            linked(_candidate(atlas, match), f"desk-row-{number}")
        right.button(
            say("是 {n}", n=number), key=f"desk-row-is-{number}", shortcut=str(number), width="stretch",
            on_click=_say, args=([_row(one, match.feature)],),
        )  # fmt: skip


def _candidate(atlas: Atlas, match: Match) -> str:
    feature = atlas.feature(match.feature)
    said = feature.current
    why = "；".join(say(reason.text, **dict(reason.values)) for reason in match.reasons)
    return (
        f"<p><a href='feature?id={feature.id}'>{escape(feature.name)}</a> <span class='quiet'>"
        f"{round(100 * match.confidence)}% {escape(why)}</span></p><blockquote>{escape(said.quote)} "
        f"{status(said.status)} {escape(said.status_text)} <span class='quiet'>{escape(source(said))}</span></blockquote>"
    )


def _row(one: Answer, feature: str) -> Row:
    return {"name": one.row.asked.name, "place": one.row.asked.place, "feature": feature}


def _say(rows: Sequence[Row]) -> None:
    """Keep what is said of rows, in one decision of the log."""
    held = workspace()
    versions = held.state().versions
    subjects = [row_subject(row["name"], row["place"]) for row in rows]
    try:
        held.decide("match", {key: versions.get(key, 0) for key in subjects}, by=desk.author(), rows=list(rows))
    except StoreError as error:
        desk.PROBLEM.set(str(error))
