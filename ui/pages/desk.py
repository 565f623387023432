"""The desk: an office's own plans, from the file to reviewed features beside the nine documents."""

from __future__ import annotations

import streamlit as st

from layers.atlas import Atlas
from store.current import workspace
from store.findings import Finding
from store.state import State
from store.workspace import Workspace
from ui.components.desk_add import add_plans
from ui.components.desk_finding import finding_card, history
from ui.components.desk_map import desk_map
from ui.components.desk_plan import coverage_line, plan_bar
from ui.components.desk_review import Review, said, word
from ui.components.desk_selected import selected_words
from ui.components.desk_text import desk_text, in_order
from ui.messages import say
from ui.state import address, desk


def page(base: Atlas, atlas: Atlas) -> None:
    """Draw the desk; `?plan=` opens a plan, `&finding=` a finding in it. `atlas` is `base` and what is published."""
    held = workspace()
    state = held.state()
    with st.sidebar:
        slug = _chosen(state)
        add_plans(held)
        st.text_input(say("审核人"), key=desk.NAME.name, placeholder=desk.author())
    word()
    if not slug:
        st.info(
            say("还没有规划。请在侧栏添加文件或粘贴文本：机器先读出其中的项目，再由您逐条审核、发布，与九份文件并列。"),
            icon=":material/upload_file:",
        )
    else:
        _plan(held, state, slug, base, atlas)
    said()


def _plan(held: Workspace, state: State, slug: str, base: Atlas, atlas: Atlas) -> None:
    clauses = held.clauses(slug)
    findings = in_order(state.of_document(slug), clauses)
    shown = _open(findings)
    plan_bar(held, state, slug, findings, base)
    coverage_line(clauses, state, slug)
    if not findings:
        st.info(say("尚未读完，或没有读出项目。"), icon=":material/hourglass_empty:")
    review = Review(held, state, findings, shown) if shown else None
    text, beside = st.columns([6, 5], gap="medium")
    with beside:
        selected_words(held, review, clauses)
        if review:
            finding_card(review, atlas)
        desk_map(atlas, findings, review)
        if review:
            history(review)
    with text:
        desk_text(clauses, findings, shown)


def _chosen(state: State) -> str:
    """The plan that the address asks for, else the newest; choosing another turns to it."""
    slugs = list(state.documents)
    if not slugs:
        return ""
    asked = address.asked("plan", slugs[-1])
    desk.PLAN.set(asked if asked in slugs else slugs[-1])
    return str(
        st.selectbox(
            say("规划"),
            slugs,
            key=desk.PLAN.name,
            format_func=lambda key: state.documents[key].title,
            on_change=lambda: address.ask(plan=desk.PLAN.get()),
        )
    )


def _open(findings: list[Finding]) -> Finding | None:
    """The finding that was turned to, else the first that nobody has looked at."""
    asked = desk.opened()
    here = next((one for one in findings if one.id == asked), None)
    return here or next((one for one in findings if one.verdict == "open"), findings[0] if findings else None)
