"""The panel beside the map: what a feature is, where, how sure, and every clause that names it."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from geo.gazetteer import places
from layers.reports import MARK_WORDS
from layers.table import table
from layers.webmap import COLOURS
from plans.clauses import clause
from plans.features import feature
from plans.places import short_name
from plans.story import changes
from plans.vocabulary import label, precision_words
from ui import state
from ui.messages import plain, say


def panel(row: pd.Series) -> None:
    """Draw the panel of one feature of the atlas."""
    head, close = st.columns([6, 1], vertical_alignment="top")
    head.subheader(plain(row["name"]), anchor=False)
    close.button("✕", key="close", help="关闭", on_click=state.choose, args=("",))
    st.html(_facts(row))
    st.button(
        "缩放到此要素", icon=":material/zoom_in:", on_click=state.choose, args=(row["id"],), kwargs={"move": True}
    )
    _surroundings(row)
    _story(row["id"])
    _family(row)
    cited = row["citations"]
    st.markdown(f"**引文 {len(cited)} 处**")
    st.html("".join(_citation(one) for one in cited))


def _surroundings(row: pd.Series) -> None:
    """Select what lies within some kilometres of the feature."""
    if row["geometry"] is None:
        return
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    km = left.number_input(say("周边（公里）"), 1, 300, 30, key=state.SURROUND_KM)
    right.button(
        say("查看周边要素"),
        icon=":material/radar:",
        on_click=state.surround,
        args=(row["id"], km),
        width="stretch",
    )


def _facts(row: pd.Series) -> str:
    where = "、".join(_placed(row))
    said = f"（原文：“{escape(row['status_text'])}”）" if row["status_text"] else ""
    error = "" if pd.isna(row["error_km"]) else f"，误差 ±{row['error_km']:g} 公里"
    length = "" if pd.isna(row["length_km"]) else f"图上长度 {row['length_km']:g} 公里（大地线）"
    facts = {
        "类别": f"<b style='color:{COLOURS[row['layer']]}'>■</b> {label('layer', row['layer'])} · {label('kind', row['layer'] + '/' + row['kind'])}",
        "经济区": "、".join(label("zone", zone) for zone in row["zones"]) or "—",
        "所在": escape(where) or "—",
        "状态": f"{label('status', row['status'])}{said}",
        "位置": f"{precision_words(row['precision'])}{error}。<span class='quiet'>{escape(row['placement_source'])}</span>",
        "长度": length,
        "又名": escape("、".join(row["aliases"])),
        "编号": row["id"],
    }
    rows = "".join(f"<tr><th>{key}</th><td>{value}</td></tr>" for key, value in facts.items() if value)
    return f"{_STYLE}<table class='facts'>{rows}</table>"


def _story(feature_id: str) -> None:
    """Say how the wording moved, and where documents of one date disagree."""
    for one in changes(feature(feature_id)):
        before, after = (
            f"{said.document.short}（{said.document.dated}）“{said.status_text}”" for said in (one.before, one.after)
        )
        say = st.warning if one.mark in ("conflict", "weaker") else st.info
        say(f"**{MARK_WORDS[one.mark]}**：{plain(before)} → {plain(after)}", icon=_ICONS[one.mark])


_ICONS = {
    "advanced": ":material/trending_up:",
    "unchanged": ":material/trending_flat:",
    "weaker": ":material/trending_down:",
    "conflict": ":material/compare_arrows:",
}


def _family(row: pd.Series) -> None:
    """Offer the whole and the parts of the feature."""
    kin = table()
    whole = kin[kin["id"] == row["part_of"]]
    parts = kin[kin["part_of"] == row["id"]]
    for title, rows in (("所属", whole), ("包含", parts)):
        if rows.empty:
            continue
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(f"**{title}**")
            for one in rows.itertuples():
                st.button(
                    plain(one.name, 60),
                    key=f"kin-{one.id}",
                    type="tertiary",
                    on_click=state.choose,
                    args=(one.id,),
                    kwargs={"move": True},
                )


def _placed(row: pd.Series) -> list[str]:
    """The prefectures it lies in, each with the counties that are known."""
    inside = {
        code: [short_name(places()[one].name) for one in row["counties"] if places()[one].parent == code]
        for code in row["prefectures"]
    }
    return [
        short_name(places()[code].name) + (f"（{'、'.join(known)}）" if known else "") for code, known in inside.items()
    ]


def _citation(one: dict[str, Any]) -> str:
    """A citation: document and page, where in it, and the clause in full with the quote marked."""
    text = clause(one["clause"]).text
    before, said, after = text[: one["start"]], text[one["start"] : one["end"]], text[one["end"] :]
    page = f" · 第 {one['page']} 页" if one["page"] else ""
    status = f"<span class='status'>{label('status', one['status'])}</span>"
    return (
        f"<div class='cite'><div><b>{escape(one['title'])}</b>（{one['date']}）{page} {status}</div>"
        f"<div class='quiet'>{escape(one['path'])} · <a href='reader?clause={quote(one['clause'])}' target='_self'>打开原文</a></div>"
        f"<blockquote>{escape(before)}<mark>{escape(said)}</mark>{escape(after)}</blockquote></div>"
    )


_STYLE = """<style>
.facts{border-collapse:collapse;width:100%;font-size:.9rem}
.facts th{text-align:left;white-space:nowrap;vertical-align:top;padding:.15rem .8rem .15rem 0;font-weight:500;opacity:.7}
.facts td{padding:.15rem 0}
.quiet{opacity:.7;font-size:.85rem}
.cite{margin:.3rem 0 1rem;font-size:.9rem}
.cite blockquote{margin:.4rem 0;padding:.2rem .8rem;border-left:3px solid #b3262e55;line-height:1.75}
.cite mark{background:#ffe08a;padding:0 .1em}
.cite .status{border:1px solid #8886;border-radius:.6rem;padding:0 .5rem;font-size:.8rem}
</style>"""
