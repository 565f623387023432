"""One finding on the desk: what it says, what it may be the same as, and the decisions, by mouse or single keys."""

from __future__ import annotations

from html import escape

import streamlit as st

from layers.atlas import Atlas
from plans.vocabulary import keys
from store import StoreError
from store.findings import OPEN, Finding
from store.state import VERBS_ZH
from ui.components.desk_edit import REASON, edit_form
from ui.components.desk_map import placement
from ui.components.desk_review import Review, open_finding
from ui.components.desk_same import merging, sames
from ui.components.facts import dot, status
from ui.components.linked import linked
from ui.messages import say, term
from ui.state import address, desk


def finding_card(review: Review, atlas: Atlas) -> None:
    """Draw the open finding and what can be decided of it; after a decision the next that is unseen opens."""
    shown, last = review.shown, _last(review)
    _walk(review)
    linked(_told(shown), f"desk-card-{shown.id}")
    yes, no, undo, edit, hold = st.columns(5)
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
        say("修改"), key="desk-edit", shortcut="e", width="stretch", on_click=desk.toggle_edit, args=(shown.id,)
    )
    merging(review, hold)
    if desk.EDIT.get() == shown.id:
        edit_form(review)
    sames(review, atlas)


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


# ---- deciding ----------------------------------------------------------------------------------


def _rejected(review: Review) -> None:
    reason = st.session_state.get(REASON) or keys("reason")[0]
    review.decide_and_go_on("reject", {"reason": reason})


def _last(review: Review) -> int:
    """The newest decision of who is there about this plan that can be undone; 0 when there is none."""
    author, slug = desk.author(), review.shown.document
    for one in reversed(review.state.log):
        if one.by == author and one.verb != "undo" and one.is_about(slug):
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
    about = review.held.state().findings.get(next(iter(one.seen), ""))
    if about:
        open_finding(about)
    else:  # what was added is no more
        address.ask(plan=review.shown.document)


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
