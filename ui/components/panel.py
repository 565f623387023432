"""The panel beside the map: what a feature is, where, how sure, and every clause that names it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from layers.atlas import Atlas
from layers.english import name_english
from layers.query.reports import MARK_WORDS
from plans.features import Feature
from plans.story import changes
from ui.components.facts import citation, document_name, facts, feature_link, in_brackets, name_of, translated
from ui.components.linked import linked
from ui.messages import plain, say
from ui.state import view
from ui.state.language import language


def panel(atlas: Atlas, row: pd.Series) -> None:
    """Draw the panel of one feature of the atlas."""
    with st.container(key="panel-head", horizontal=True, vertical_alignment="top"):
        st.subheader(plain(row["name"] if language() == "zh" else name_english(row["name"])), anchor=False)
        st.button("✕", key="close", help=say("关闭"), on_click=view.choose, args=("",))
    cited = row["citations"]
    linked(
        f"{_translated(row)}<h4>{escape(say('引文 {n} 处', n=len(cited)))}</h4>{_quotes(atlas, cited[-1:])}",
        "panel-first",
    )
    linked(facts(row), "panel-facts")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            say("缩放到此要素"),
            icon=":material/zoom_in:",
            on_click=view.choose,
            args=(row["id"],),
            kwargs={"move": True},
        )
        linked(feature_link(row["id"], say("要素页：附近、相关与固定链接")), "panel-page")
    _surroundings(row)
    _story(atlas.feature(row["id"]))
    _family(atlas, row)
    if len(cited) > 1:
        linked(f"<h4>{say('其余引文')}</h4>{_quotes(atlas, cited[:-1])}", "panel-citations")


def _translated(row: pd.Series) -> str:
    """The name as issued, and that the English one is a translation."""
    if language() == "zh":
        return ""
    return f"<p lang='zh-CN'>{escape(row['name'])}</p>{translated()}"


def _quotes(atlas: Atlas, cited: Sequence[dict[str, Any]]) -> str:
    return "".join(citation(atlas, one) for one in cited)


def _surroundings(row: pd.Series) -> None:
    """Select what lies within some kilometres of the feature."""
    if row["geometry"] is None:
        return
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.number_input(say("周边（公里）"), 1, 300, 30, key=view.SURROUND_KM.name)
    right.button(
        say("查看周边要素"),
        icon=":material/radar:",
        on_click=view.surround,
        args=(row["id"],),
        width="stretch",
    )


def _story(feature: Feature) -> None:
    """Say how the wording moved, and where documents of one date disagree."""
    for one in changes(feature):
        before, after = (
            f"{document_name(said.document)}{in_brackets(said.document.dated)}“{said.status_text}”"
            for said in (one.before, one.after)
        )
        tell = st.warning if one.mark in ("conflict", "weaker") else st.info
        between = "·" if one.at_once else "→"
        tell(f"**{say(MARK_WORDS[one.mark])}**：{plain(before)} {between} {plain(after)}", icon=_ICONS[one.mark])


_ICONS = {
    "advanced": ":material/trending_up:",
    "unchanged": ":material/trending_flat:",
    "weaker": ":material/trending_down:",
    "conflict": ":material/compare_arrows:",
    "differs": ":material/swap_horiz:",
}


def _family(atlas: Atlas, row: pd.Series) -> None:
    """Offer the whole and the parts of the feature."""
    kin = atlas.table
    whole = kin[kin["id"] == row["part_of"]]
    parts = kin[kin["part_of"] == row["id"]]
    for title, rows in ((say("所属"), whole), (say("包含"), parts)):
        if rows.empty:
            continue
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{title}**")
            for one in rows.itertuples():
                st.button(
                    plain(name_of(one.name), 90),
                    key=f"kin-{one.id}",
                    type="tertiary",
                    on_click=view.choose,
                    args=(one.id,),
                    kwargs={"move": True},
                )
