"""The text of a plan with what the reader found in it: the colour is the layer, the line how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from layers.palette import COLOURS
from plans.clauses import Clause
from plans.errors import PlanError
from plans.records import span
from store.findings import MERGED, REJECTED, SPLIT, Finding, Said
from ui.components.clause_text import Mark, clause_html
from ui.components.linked import Picking, linked
from ui.messages import say
from ui.state import desk

AROUND = 25  # clauses shown before and after the open finding


def in_order(findings: Sequence[Finding], clauses: Sequence[Clause]) -> list[Finding]:
    """Return findings in reading order, without those that became others."""
    placed = {one.id: (at, one.text) for at, one in enumerate(clauses)}
    standing = [one for one in findings if one.verdict not in (SPLIT, MERGED)]
    return sorted(standing, key=lambda one: _place(one.said[0], placed))


def _place(said: Said, placed: Mapping[str, tuple[int, str]]) -> tuple[int, int]:
    at, text = placed.get(said.clause, (0, ""))
    return at, text.find(said.quote)


def desk_text(clauses: Sequence[Clause], findings: Sequence[Finding], shown: Finding | None) -> None:
    """Draw the text around the open finding, or all of it."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    whole = left.toggle(say("显示全文"), key=desk.WHOLE.name)
    right.button(
        say("选词"), key="desk-pick", shortcut="q", width="stretch", help=say("用键盘选词；也可用鼠标在原文中拖选"),
        on_click=lambda: desk.PICKING.set(desk.PICKING.get() + 1),
    )  # fmt: skip
    at = next((n for n, one in enumerate(clauses) if shown and one.id == shown.said[0].clause), 0)
    part = clauses if whole else clauses[max(0, at - AROUND) : at + AROUND + 1]
    marks: dict[str, list[Mark]] = {}
    for one in findings:
        for said in one.said:
            marks.setdefault(said.clause, []).append(_mark(one, said, clauses))
    picking = Picking(
        say("← → 移动起点，Shift+← → 移动终点，Ctrl 一次到标点，↑ ↓ 换段，回车选定，Esc 退出"),
        desk.PICKING.get(),
        _selected,
    )
    html = "".join(clause_html(one, [mark for mark in marks.get(one.id, []) if mark.end], ()) for one in part)
    wanted, opened = (shown.said[0].clause, shown.id) if shown else ("", "")
    with st.container(height=780):
        linked(
            f"<article class='desk' data-selecting>{html}</article>",
            "desk-text", wanted=wanted, opened=opened, picking=picking,
        )  # fmt: skip


def _selected(clause: str, start: int, end: int) -> None:
    desk.SELECTED.set((clause, start, end))


def _mark(one: Finding, said: Said, clauses: Sequence[Clause]) -> Mark:
    text = next((clause.text for clause in clauses if clause.id == said.clause), "")
    try:
        start, end = span(text, said.quote, said.nth)
    except PlanError:
        start = end = 0
    title = say("{name}（把握 {percent}%）", name=one.name, percent=round(100 * one.confidence))
    opening = (
        f"<a class='mention {_verdict(one)}' href='desk?plan={quote(one.document)}&finding={quote(one.id)}' "
        f"title='{escape(title, quote=True)}' data-feature='{escape(one.id, quote=True)}' style='--colour:{COLOURS[one.layer]}'>"
    )
    return Mark(start, end, opening, "</a>")


def _verdict(one: Finding) -> str:
    if one.verdict == REJECTED:
        return "rejected"
    if one.verdict == "open":
        return "sure" if one.sure or one.confidence >= 0.9 else "likely" if one.confidence >= 0.6 else "unsure"
    return "accepted"
