"""The words that were selected in the text of a plan: another quote of the open finding, or a thing that was not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape

import streamlit as st

from plans.clauses import Clause
from store import StoreError
from store.findings import Finding, Said
from store.selected import added_at, said_at
from store.workspace import Workspace
from ui.components.desk_review import Review, decide, open_added
from ui.components.facts import status
from ui.components.linked import linked
from ui.messages import plain, say, told
from ui.state import desk


def selected_words(held: Workspace, review: Review | None, clauses: Sequence[Clause]) -> None:
    """Draw what can be done with the words that are selected; nothing where none are."""
    chosen = desk.SELECTED.get()
    clause = next((one for one in clauses if chosen and one.id == chosen[0]), None)
    if not chosen or clause is None:
        return
    try:
        said = said_at(clause, *chosen[1:])
    except StoreError as error:
        st.warning(plain(told(error)))
        return
    with st.container(border=True, key="desk-selected"):
        linked(
            f"<p><span class='quiet'>{say('所选文字')}</span> <b>{escape(said.quote)}</b> {status(said.status)} "
            f"<span class='quiet'>{escape(said.status_text)}</span></p>",
            "desk-selected-words",
        )
        quote, more, new, leave = st.columns([1, 1, 1, 0.6])
        if review:
            quote.button(
                say("换引文"), key="desk-requote", shortcut="w", width="stretch",
                help=say("以所选文字代替“{quote}”", quote=plain(review.shown.said[_old(review.shown, said)].quote, 40)),
                on_click=_requote, args=(review, said, _old(review.shown, said)),
            )  # fmt: skip
            more.button(
                say("添引文"), key="desk-quote-more", shortcut="p", width="stretch",
                help=say("所选文字也说的是这一条"), on_click=_requote, args=(review, said, None),
            )  # fmt: skip
        new.button(
            say("新条目"), key="desk-new", shortcut="n", width="stretch",
            help=say("机器漏读的项目：以所选文字为名"), on_click=_added, args=(held, clause, chosen),
        )  # fmt: skip
        leave.button(
            "✕", key="desk-unselect", shortcut="Esc", width="stretch",
            help=say("不用所选文字"), on_click=desk.SELECTED.set, args=(None,),
        )  # fmt: skip


def _old(one: Finding, new: Said) -> int:
    """Which quote of a finding another one stands for: one of the same clause, else its first."""
    return next((at for at, said in enumerate(one.said) if said.clause == new.clause), 0)


def _requote(review: Review, said: Said, number: int | None) -> None:
    """Another quote, or one more; in the same clause what was decided of its status stays."""
    row = {**asdict(said), "name": review.shown.name}
    if number is not None:
        old = review.shown.said[number]
        row["name"] = old.name
        if old.clause == said.clause:
            row |= {"status": old.status, "status_text": old.status_text}
    at = {} if number is None else {"said": number}
    if review.decide("requote", {**at, "quote": row}):
        desk.SELECTED.set(None)


def _added(held: Workspace, clause: Clause, chosen: tuple[str, int, int]) -> None:
    try:
        content = added_at(clause, *chosen[1:])
    except StoreError as error:
        desk.PROBLEM.set(str(error))
        return
    if made := decide(held, "add", {}, content):
        desk.SELECTED.set(None)
        open_added(clause.document.slug, made)
