"""Changing a finding: its name, kind, status, words, place; splitting it; noting a doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from plans.vocabulary import keys, kinds
from ui.components.desk_review import Review
from ui.messages import say, term
from ui.state import desk

REASON = "desk-reason"  # the widget of why a finding is rejected
EXACT_KM, APPROXIMATE_KM = 1.0, 10.0  # what the classes of precision promise


def edit_form(review: Review) -> None:
    """Draw the forms: what is saved is one decision each."""
    parts: dict[str, Callable[[Review], None]] = {
        say("名称"): _name,
        say("类别"): _kind,
        say("状态与引文"): _said,
        say("位置"): _place,
        say("拆分"): _split,
        say("存疑与理由"): _note,
    }
    for tab, draw in zip(st.tabs(list(parts)), parts.values(), strict=True):
        with tab:
            draw(review)


def _save(review: Review, verb: str, content: Mapping[str, Any], why: str = "") -> None:
    if review.decide(verb, content, why):
        desk.EDIT.set(False)
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
            same = quote == one.quote
            told = {"clause": one.clause, "quote": quote, "nth": one.nth if same else 1, "name": one.name}
            _save(review, "requote", {"said": number, "quote": {**told, "status": state, "status_text": words}})


def _place(review: Review) -> None:
    shown = review.shown
    drawn = desk.DRAWN.get()
    with st.form(f"desk-place-{shown.id}-{drawn}", border=False):
        names = st.text_input(
            say("所在县市，或线路依次经过的县市（空格分开）"), shown.place["places"], help=say("名称或行政区划代码")
        )
        basis = st.radio(
            say("依据"), keys("basis"), keys("basis").index(shown.place["basis"]),
            format_func=lambda key: term("basis", key), horizontal=True,
        )  # fmt: skip
        source = st.text_input(say("来源（点位必填）"), shown.place["source"])
        here = False
        if drawn:
            lon, lat, km = drawn
            here = st.checkbox(
                say("用图上画的圆：{lon}, {lat}，误差 {km} 公里", lon=f"{lon:.4f}", lat=f"{lat:.4f}", km=f"{km:.1f}"),
                value=True,
            )
        else:
            st.caption(say("要定点：在地图上用“圆形”工具，圆心为位置，半径为误差。"))
        if st.form_submit_button(say("定位")):
            row = {**shown.place, "places": names, "basis": basis, "source": source}
            _save(review, "place", _position(row, *drawn) if here else row)


def _position(row: Mapping[str, str], lon: float, lat: float, km: float) -> dict[str, str]:
    """A drawn circle as a position: what it is no finer than, it does not claim."""
    precision = "exact" if km <= EXACT_KM else "approximate" if km <= APPROXIMATE_KM else ""
    return {
        **row, "lon": f"{lon:.5f}", "lat": f"{lat:.5f}", "precision": precision, "error_km": f"{max(km, 0.1):.1f}",
    }  # fmt: skip


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
    st.selectbox(say("否决的理由"), keys("reason"), format_func=lambda key: term("reason", key), key=REASON)
    with st.form(f"desk-note-{shown.id}", border=False):
        doubt = st.text_input(say("疑问"))
        if st.form_submit_button(say("记下")):
            _save(review, "note", {}, doubt)
