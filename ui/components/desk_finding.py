"""One finding on the desk: what it says, what it may be the same as, and the decisions, by mouse or single keys."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.atlas import Atlas
from store.findings import OPEN, Finding
from store.state import VERBS_ZH
from ui.components.desk_edit import edit_form
from ui.components.desk_hands import finding_hands, hand_button, last_of, press_of
from ui.components.desk_map import placement
from ui.components.desk_review import Review
from ui.components.desk_same import merging, sames
from ui.components.facts import dot, status
from ui.messages import say, term
from ui.state import desk


def finding_card(review: Review, atlas: Atlas) -> None:
    """Draw the open finding and what can be decided of it; after a decision the next that is unseen opens."""
    shown = review.shown
    _walk(review)
    finding_hands(review, _told)
    row = st.container(horizontal=True, gap="small")  # in English it takes two lines
    hand_button(row, press_of(review, "a"), review.held, say("接受"), type="primary")
    hand_button(row, press_of(review, "x"), review.held, say("否决"))
    nothing = not last_of(review.state, shown.document)
    hand_button(row, press_of(review, "u"), review.held, say("撤销"), disabled=nothing)
    hand_button(row, press_of(review, "e"), review.held, say("修改"))
    merging(review, row)
    with st.container(key="desk-of-open"):
        if desk.EDIT.get() == shown.id:
            edit_form(review)
        sames(review, atlas)


def _walk(review: Review) -> None:
    findings, at = review.findings, review.at
    left, middle, right = st.columns([1, 4, 1], vertical_alignment="center")
    hand_button(left, press_of(review, "k"), review.held, "←", help=say("上一条（K）"), disabled=at == 0)
    unseen = sum(one.verdict == OPEN for one in findings)
    with middle.container(key="desk-walk"):
        st.markdown(say("第 {at} / {n} 条，未看 {open}", at=at + 1, n=len(findings), open=unseen))
    last = at + 1 == len(findings)
    hand_button(right, press_of(review, "j"), review.held, "→", help=say("下一条（J）"), disabled=last)


def _told(one: Finding) -> str:
    """The finding as HTML: name, kind, status, quotes, place and doubts."""
    here = placement(one)
    where = say("不上图")
    if here and here.geometry is not None:
        off = say("误差 {km} 公里", km=f"{here.error_km:g}")
        where = f"{escape(here.source)}（{term('precision', here.precision)}，{off}）"
    quotes = "".join(
        f"<blockquote>{escape(said.quote)} {status(said.status)} {escape(said.status_text)}</blockquote>"
        for said in one.said
    )
    notes = "".join(f"<p class='quiet'>{escape(note)}</p>" for note in one.notes)
    aliases = f"<p class='quiet'>{say('又名')} {escape('、'.join(one.aliases))}</p>" if one.aliases else ""
    return (
        f"<h4>{escape(one.name)}</h4>{aliases}<div class='chips'><span>{dot(one.layer)}{term('layer', one.layer)} · "
        f"{term('kind', one.layer + '/' + one.kind)}</span><span>{say('把握 {percent}%', percent=round(100 * one.confidence))}</span>"
        f"<span class='desk-verdict'>{_verdict(one)}</span></div>{quotes}<p class='quiet'>{say('位置')}：{where}</p>{notes}"
    )


def _verdict(one: Finding) -> str:
    words = {"open": say("未看"), "accepted": say("接受"), "rejected": say("否决")}
    reason = f"（{term('reason', one.reason)}）" if one.reason else ""
    return words.get(one.verdict, one.verdict) + reason


def history(review: Review) -> None:
    """Draw what was decided of the open finding, in order."""
    story = review.state.story(review.shown.id)
    if story:
        lines = [
            f"{one.number} · {one.at[:16].replace('T', ' ')} · {one.by} · {VERBS_ZH[one.verb]} {one.why}"
            for one in story
        ]
        with st.expander(say("决定记录（{n}）", n=len(story))):
            st.text("\n".join(lines))
