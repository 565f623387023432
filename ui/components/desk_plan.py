"""What is told of a plan on the desk: how much nobody has looked at, the sure ones at once, its record, publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from layers.atlas import Atlas
from plans.clauses import Clause
from plans.errors import PlanError
from plans.vocabulary import keys
from store import StoreError
from store.covered import covered
from store.findings import ACCEPTED, OPEN, REJECTED, Finding
from store.state import State
from store.workspace import Workspace
from ui.components.desk_review import decide
from ui.messages import plain, say, term
from ui.state import address, desk

CONFIDENT = 0.95  # of such readings some nineteen in twenty are right, of `sure` ones more (docs/reader.md)


def coverage_line(clauses: Sequence[Clause], state: State, slug: str) -> None:
    """Draw how much of the plan has been looked at, by findings and by sentences."""
    findings = state.of_document(slug)
    if not findings:
        return
    seen = sum(one.verdict != OPEN for one in findings)
    text = covered(clauses, findings)
    words = say(
        "已看 {seen} / {n} 条；全文 {sentences} 句：{decided} 句已审，{unseen} 句有未看的条目，{silent} 句没有读出项目",
        seen=seen, n=len(findings), sentences=text.sentences, decided=text.decided, unseen=text.unseen, silent=text.silent,
    )  # fmt: skip
    st.progress(seen / len(findings), words)


def plan_bar(held: Workspace, state: State, slug: str, findings: list[Finding], base: Atlas) -> None:
    """Draw the title, the counts, and what is done to the plan as a whole."""
    document = state.documents[slug]
    unseen, accepted, rejected = (
        sum(one.verdict == verdict for one in findings) for verdict in (OPEN, ACCEPTED, REJECTED)
    )
    merged = sum(one.into.startswith("f-") for one in state.of_document(slug))
    st.subheader(plain(document.title), anchor=False)
    words, act, record, out = st.columns([5, 2.2, 1.6, 1.6], vertical_alignment="center")
    words.markdown(
        say(
            "共 {n} 条：**未看 {open}**，接受 {accepted}，并入图集 {merged}，否决 {rejected}",
            n=len(findings) + merged,
            open=unseen,
            accepted=accepted,
            merged=merged,
            rejected=rejected,
        )
        + _published(state, slug)
    )
    sure = {one.id: state.versions.get(one.id, 0) for one in findings if one.verdict == OPEN and is_sure(one)}
    act.button(
        say("接受有把握的 {n} 条", n=len(sure)),
        key="desk-sure",
        disabled=not sure,
        shortcut="s",
        width="stretch",
        on_click=_accept_sure,
        args=(held, sure),
    )
    with record.popover(say("文件信息"), width="stretch"):
        _record(held, state, slug)
    out.button(
        say("发布"), key="desk-publish", type="primary", width="stretch", on_click=_publish, args=(held, slug, base)
    )


def is_sure(one: Finding) -> bool:
    """Tell whether a finding may be accepted together with others."""
    return one.sure or one.confidence >= CONFIDENT


def _accept_sure(held: Workspace, seen: Mapping[str, int]) -> None:
    decide(held, "accept", seen, {})


def _published(state: State, slug: str) -> str:
    if slug not in state.published:
        return ""
    one = state.published[slug]
    since = sum(decision.is_about(slug) for decision in state.log if decision.number > one.number)
    told = say("；{date} 由 {by} 发布", date=one.at[:10], by=plain(one.by))
    return told + (say("，其后另有 {n} 项决定未发布", n=since) if since else "")


def _publish(held: Workspace, slug: str, base: Atlas) -> None:
    try:
        made = held.publish(slug, base, by=desk.author())
        version = held.atlas(base).version
    except (StoreError, PlanError) as error:
        desk.PROBLEM.set(str(error))
        return
    desk.DONE.set(say("已发布（第 {n} 号决定），图集版本 {version}", n=made.number, version=version))
    address.ask(plan=slug)


def _record(held: Workspace, state: State, slug: str) -> None:
    """The record of the plan: what the nine documents have in documents.toml."""
    document = state.documents[slug]
    with st.form("desk-record", border=False):
        told: dict[str, Any] = {
            "title": st.text_input(say("标题"), document.title),
            "short": st.text_input(say("文件简称"), document.short),
            "issuer": st.text_input(say("发布机关"), document.issuer),
            "number": st.text_input(say("文号"), document.number),
            "date": str(st.date_input(say("印发日期"), document.date)),
            "zones": st.multiselect(
                say("经济区"), keys("zone"), [*document.zones], format_func=lambda key: term("zone", key)
            ),
        }
        if st.form_submit_button(say("保存")):
            exact = {"date_precision": "day"} if told["date"] != str(document.date) else {}
            if decide(held, "describe", {slug: state.versions.get(slug, 0)}, {**told, **exact}):
                st.rerun()
