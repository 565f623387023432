"""One finding on the desk: what it says, what it may be the same as, and the decisions, by mouse or single keys."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.atlas import Atlas
from layers.match import Asked, Match, candidates
from plans.vocabulary import keys
from store import StoreError
from store.findings import OPEN, Finding
from store.state import VERBS_ZH
from ui.components.desk_edit import REASON, edit_form
from ui.components.desk_map import placement
from ui.components.desk_review import Review, open_finding
from ui.components.facts import dot, status
from ui.components.linked import linked
from ui.messages import say, term
from ui.state import desk

MOST_ALIKE = 3


def finding_card(review: Review, atlas: Atlas) -> None:
    """Draw the open finding and what can be decided of it; after a decision the next that is unseen opens."""
    shown, last = review.shown, _last(review)
    _walk(review)
    linked(_told(shown), f"desk-card-{shown.id}")
    yes, no, undo, edit = st.columns([1, 1, 1, 1])
    yes.button(
        say("接受"), key="desk-accept", shortcut="a", type="primary", width="stretch",
        on_click=review.decide_and_go_on, args=("accept", {}),
    )  # fmt: skip
    no.button(say("否决"), key="desk-reject", shortcut="x", width="stretch", on_click=_rejected, args=(review,))
    undo.button(
        say("撤销"), key="desk-undo", shortcut="u", width="stretch",
        disabled=not last, on_click=_undone, args=(review, last),
    )  # fmt: skip
    edit.button(
        say("修改"), key="desk-edit", shortcut="e", width="stretch", on_click=lambda: desk.EDIT.set(not desk.EDIT.get())
    )
    _sames(review, atlas)
    if desk.EDIT.get():
        edit_form(review)
    _history(review)


def _walk(review: Review) -> None:
    findings, at = review.findings, review.at
    left, middle, right = st.columns([1, 4, 1], vertical_alignment="center")
    left.button(
        "←", key="desk-before", help=say("上一条（K）"), shortcut="k", width="stretch",
        disabled=at == 0, on_click=open_finding, args=(findings[max(0, at - 1)],),
    )  # fmt: skip
    unseen = sum(one.verdict == OPEN for one in findings)
    middle.markdown(say("第 {at} / {n} 条，未看 {open}", at=at + 1, n=len(findings), open=unseen))
    right.button(
        "→", key="desk-after", help=say("下一条（J）"), shortcut="j", width="stretch",
        disabled=at + 1 == len(findings), on_click=open_finding, args=(findings[min(len(findings) - 1, at + 1)],),
    )  # fmt: skip


def _told(one: Finding) -> str:
    """The finding as HTML: name, kind, status, quotes, place and doubts."""
    here = placement(one)
    where = say("不上图") if here is None or here.geometry is None else escape(here.source)
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


# ---- deciding ----------------------------------------------------------------------------------


def _rejected(review: Review) -> None:
    reason = st.session_state.get(REASON) or keys("reason")[0]
    review.decide_and_go_on("reject", {"reason": reason})


def _last(review: Review) -> int:
    """The newest decision of who is there about this plan that can be undone; 0 when there is none."""
    author, plan = desk.author(), f"{review.shown.document}/"
    for one in reversed(review.state.log):
        if one.by == author and one.verb != "undo" and any(subject.startswith(plan) for subject in one.seen):
            try:
                return review.state.undoable(one.number).number
            except StoreError:
                continue
    return 0


def _undone(review: Review, number: int) -> None:
    """Undo a decision, and open what it was about."""
    one = review.state.undoable(number)
    try:
        review.held.undo(number, by=desk.author())
    except StoreError as error:
        desk.PROBLEM.set(str(error))
        return
    open_finding(review.held.state().finding(next(iter(one.seen))))


def _history(review: Review) -> None:
    about = review.state.about(review.shown.id)
    if about:
        lines = [
            f"{one.number} · {one.at[:16].replace('T', ' ')} · {one.by} · {VERBS_ZH[one.verb]} {one.why}"
            for one in about
        ]
        with st.expander(say("决定记录（{n}）", n=len(about))):
            st.text("\n".join(lines))


# ---- what it may be the same as ------------------------------------------------------------------


def _sames(review: Review, atlas: Atlas) -> None:
    """Show what it may be the same as beside each other, both with their words."""
    shown = review.shown
    found = [
        one for one in candidates(atlas, Asked(shown.name, shown.place["places"]), MOST_ALIKE) if one.confidence >= 0.6
    ]
    if not found:
        return
    st.markdown(f"**{say('可能与图集中的要素相同')}**")
    for number, one in enumerate(found, 1):
        left, right = st.columns([5, 1.4], vertical_alignment="center")
        with left:
            linked(_beside(atlas, one), f"desk-same-{shown.id}-{one.feature}")
        right.button(
            say("并入 {n}", n=number), key=f"desk-merge-{number}", shortcut=str(number), width="stretch",
            on_click=review.decide_and_go_on, args=("merge", {"into": one.feature}),
        )  # fmt: skip


def _beside(atlas: Atlas, one: Match) -> str:
    feature = atlas.feature(one.feature)
    said = feature.current
    why = "；".join(say(reason.text, **dict(reason.values)) for reason in one.reasons)
    return (
        f"<p><a href='feature?id={one.feature}'>{escape(feature.name)}</a> <span class='quiet'>{round(100 * one.confidence)}% "
        f"{escape(why)}</span></p><blockquote>{escape(said.quote)} {status(said.status)} <span class='quiet'>"
        f"{escape(said.document.short)} {escape(said.clause.path[-1])}</span></blockquote>"
    )
