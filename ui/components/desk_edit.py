"""Changing a finding: its name, kind, status, words, place; splitting it; noting a doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from plans.vocabulary import keys, kinds
from store.drawn import in_places
from store.findings import REJECTED
from ui.components.desk_hands import carry_out, press_of
from ui.components.desk_review import Review
from ui.messages import plain, say, term
from ui.state import desk


def edit_form(review: Review) -> None:
    """Draw the forms: what is saved is one decision each."""
    parts: dict[str, Callable[[Review], None]] = {
        say("名称"): _name,
        say("类别"): _kind,
        say("状态与引文"): _said,
        say("位置"): _place,
        say("合并"): _merge,
        say("拆分"): _split,
        say("存疑与理由"): _note,
    }
    for tab, draw in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab:
            draw(review)


def _save(review: Review, verb: str, content: Mapping[str, Any], why: str = "") -> None:
    if review.decide(verb, content, why):
        desk.EDIT.set("")
    st.rerun()


def _name(review: Review) -> None:
    shown = review.shown
    with st.form(f"desk-name-{shown.id}", border=False):
        name = st.text_input(say("名称"), shown.name)
        aliases = st.text_input(say("又名（以、分开）"), "、".join(shown.aliases))
        if st.form_submit_button(say("改名")):
            _save(
                review, "rename", {"name": name, "aliases": [one.strip() for one in aliases.split("、") if one.strip()]}
            )


def _kind(review: Review) -> None:
    shown = review.shown
    every = [(layer, kind) for layer in keys("layer") for kind in kinds(layer)]
    chosen = st.selectbox(
        say("类别"),
        every,
        every.index((shown.layer, shown.kind)) if (shown.layer, shown.kind) in every else 0,
        format_func=lambda one: f"{term('layer', one[0])} · {term('kind', '/'.join(one))}",
        key=f"desk-kind-{shown.id}",
    )
    if st.button(say("改类别"), key="desk-reclass", disabled=chosen == (shown.layer, shown.kind)):
        _save(review, "reclass", {"layer": chosen[0], "kind": chosen[1]})


def _said(review: Review) -> None:
    shown = review.shown
    number = st.radio(
        say("引文"), range(len(shown.said)), format_func=lambda at: shown.said[at].quote, key=f"desk-said-{shown.id}"
    )
    one = shown.said[number]
    with st.form(f"desk-said-{shown.id}-{number}", border=False):
        quote = st.text_input(say("引文（原文中的字，一字不差）"), one.quote)
        state = st.selectbox(
            say("状态"),
            keys("status"),
            keys("status").index(one.status),
            format_func=lambda key: term("status", key),
        )
        words = st.text_input(say("状态用语（原文）"), one.status_text)
        if st.form_submit_button(say("保存")):
            nth = one.nth if quote == one.quote else 1
            told = {"clause": one.clause, "quote": quote, "nth": nth, "name": one.name}
            _save(review, "requote", {"said": number, "quote": {**told, "status": state, "status_text": words}})


def _place(review: Review) -> None:
    """Places by name, how that is known; of a position that stands, its source and error."""
    held = review.shown.place
    with st.form(f"desk-place-{review.shown.id}-{'-'.join(held.values())}", border=False):
        names = st.text_input(
            say("所在县市，或线路依次经过的县市（空格分开）"), held["places"], help=say("名称或行政区划代码")
        )
        basis = st.radio(
            say("依据"), keys("basis"), keys("basis").index(held["basis"]),
            format_func=lambda key: term("basis", key), horizontal=True,
        )  # fmt: skip
        source = st.text_input(say("来源（点位、所绘的线必填）"), held["source"])
        row = {**held, "places": names, "basis": basis, "source": source}
        if held["lon"] or held["via"]:
            st.caption(say("已在图上定位，误差 {km} 公里。", km=plain(held["error_km"]) or "—"))
            if st.checkbox(say("去掉图上的定位，只用所填县市")):
                row = in_places(row, names.split()) | {"basis": basis}
        if st.form_submit_button(say("定位")):
            _save(review, "place", row)


def _merge(review: Review) -> None:
    others = [one for one in review.findings if one.id != review.shown.id and one.verdict != REJECTED]
    into = st.selectbox(
        say("与本规划的哪一条是同一事项"), others, None,
        format_func=lambda one: one.name, key=f"desk-into-{review.shown.id}", placeholder=say("选择"),
    )  # fmt: skip
    if st.button(say("并入所选"), key="desk-merge-into", disabled=into is None) and into:
        carry_out(review.held, press_of(review, "1", into.id))
        st.rerun()


def _split(review: Review) -> None:
    shown = review.shown
    with st.form(f"desk-split-{shown.id}", border=False):
        names = st.text_area(say("每行一个名称"), shown.name, height=100)
        if st.form_submit_button(say("拆分")):
            said = [
                {key: getattr(one, key) for key in ("clause", "quote", "nth", "name", "status", "status_text")}
                for one in shown.said
            ]
            parts = [{"name": name.strip(), "said": said} for name in names.splitlines() if name.strip()]
            _save(review, "split", {"parts": parts})


def _note(review: Review) -> None:
    shown = review.shown
    st.selectbox(say("否决的理由"), keys("reason"), format_func=lambda key: term("reason", key), key=desk.REASON.name)
    with st.form(f"desk-note-{shown.id}", border=False):
        doubt = st.text_input(say("疑问"))
        if st.form_submit_button(say("记下")):
            _save(review, "note", {}, doubt)
