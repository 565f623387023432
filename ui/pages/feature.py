"""The page of one feature: its facts, its story across documents, what stands beside it, its citations."""

from __future__ import annotations

from html import escape

import geopandas as gpd
import pandas as pd
import streamlit as st

from layers.atlas import Atlas
from layers.query.relations import nearby, related
from layers.query.reports import MARK_WORDS, RENAMED
from plans.errors import PlanError
from plans.features import Feature, Mention
from plans.story import Change, Moment, timeline
from ui.components.facts import (
    as_issued,
    citation,
    document_name,
    facts,
    feature_link,
    name_of,
    reader_link,
    status,
    translated,
)
from ui.components.linked import linked
from ui.components.map_view import map_view
from ui.messages import plain, say, told
from ui.state import address, widgets

REACHES_KM = (5, 10, 20, 50)
USUAL_KM = 20
LISTED = 12  # relatives of a kind that are listed at once; the rest is folded away
MAP_PX = 430


def page(atlas: Atlas) -> None:
    """Draw the page of the feature that the address names by `id`."""
    wanted = address.asked("id")
    if not wanted:
        st.info(say("地址里没有要素编号。请在地图、表格或原文中点开一个要素。"), icon=":material/info:")
        return
    try:
        one = atlas.feature(wanted)
    except PlanError as error:
        st.warning(plain(told(error)))
        linked(f"<a href='./'>{say('在地图上打开')}</a>", "onwards")
        return
    row = atlas.table[atlas.table["id"] == one.id].iloc[0]
    linked(_title(row), f"title-{one.id}")
    left, right = st.columns([6, 5], gap="large")
    with left:  # the words first, so that they can be read while the map is drawn
        linked(facts(row) + _story(one) + _citations(atlas, row), f"facts-{one.id}")
    kin, near = related(atlas, one.id), nearby(atlas, one.id, _reach(row))
    with right:
        _map(atlas, row, kin, near)
        _nearby(row, near, _reach(row))
        linked(_family(kin), f"kin-{one.id}")


def _title(row: pd.Series) -> str:
    return (
        f"<h3 style='font-size:1.55rem;font-weight:600;padding:0;margin:0 0 .2rem'>{escape(name_of(row['name']))}</h3>"
        f"<div class='chips'>{status(row['status'])}"
        f"<a href='./?feature={row['id']}'>{say('在地图上打开')}</a>"
        f"<a href='feature?id={row['id']}'>{say('固定链接')} {row['id']}</a></div>{translated()}"
    )


def _reach(row: pd.Series) -> int:
    """The distance that the address asks for; else one that the feature's own error leaves room for."""
    asked = address.asked("km")
    if asked in map(str, REACHES_KM):
        return int(asked)
    return next((km for km in REACHES_KM if km >= USUAL_KM and km > row["error_km"]), USUAL_KM)


def _map(atlas: Atlas, row: pd.Series, kin: dict[str, gpd.GeoDataFrame], near: pd.DataFrame) -> None:
    """The feature with its kin and what is surely or likely near."""
    if row.geometry is None:
        st.info(say("文中未给出可落图的位置，地图上不画。"), icon=":material/location_off:")
        return
    family = [one for kind in ("whole", "parts", "siblings") if kind in kin for one in kin[kind]["id"]]
    beside = {row["id"], *family, *near[near["verdict"] != "unknown"]["id"]}
    shown = atlas.table[atlas.table["id"].isin(beside)]
    map_view(atlas, "map-feature", shown, selected=row["id"], focus=(row["id"],), height=MAP_PX)


# ---- story -------------------------------------------------------------------------------------


def _story(one: Feature) -> str:
    moments = "".join(map(_moment, timeline(one)))
    return f"<h4>{say('各文件怎么说')}</h4><ol class='moments'>{moments}</ol>"


def _moment(at: Moment) -> str:
    moved = f"<div>{_mark(at.moved)}</div>" if at.moved else ""
    clash = "".join(f"<div>{_mark(one)}</div>" for one in at.conflicts)
    return f"<li><time>{at.said[0].document.dated}</time>{moved}{clash}{''.join(map(_said, at.said))}</li>"


def _mark(one: Change) -> str:
    renamed = say(RENAMED) if one.renamed else ""
    between = "·" if one.at_once else "→"
    words = f"“{escape(one.before.status_text)}” {between} “{escape(one.after.status_text)}”"
    return (
        f"<span class='badge {one.mark}'>{say(MARK_WORDS[one.mark])}{renamed}</span> <span class='quiet'>{words}</span>"
    )


def _said(one: Mention) -> str:
    verb = f"“{escape(one.status_text)}” · " if one.status_text else ""
    page = " " + say("第 {page} 页", page=one.page) if one.page else ""
    return (
        f"<div class='said'>{escape(document_name(one.document))}{page}{say('　')}{status(one.status)}"
        f"<div class='quiet'>{as_issued(verb + escape(one.quote))} {reader_link(one.clause_id)}</div></div>"
    )


def _citations(atlas: Atlas, row: pd.Series) -> str:
    cited = row["citations"]
    return f"<h4>{say('引文 {n} 处', n=len(cited))}</h4>{''.join(citation(atlas, one) for one in cited)}"


# ---- relatives ---------------------------------------------------------------------------------


def _family(kin: dict[str, gpd.GeoDataFrame]) -> str:
    titles = {
        "whole": say("所属"),
        "parts": say("包含"),
        "siblings": say("同属一个整体"),
        "sentence": say("同一句中并列"),
        "county": say("同在一县（市、区）"),
    }
    return "".join(
        f"<h4>{titles[kind]} <small>{len(rows)}</small></h4>{_listed([_kin(one) for one in rows.itertuples()])}"
        for kind, rows in kin.items()
    )


def _kin(one: object) -> str:
    cells = (feature_link(one.id, name_of(one.name)), status(one.status))  # type: ignore[attr-defined]
    return f"<tr><td>{cells[0]}</td><td class='nowrap'>{cells[1]}</td></tr>"


def _listed(rows: list[str]) -> str:
    """A table whose tail is folded away."""
    first = f"<table>{''.join(rows[:LISTED])}</table>"
    rest = rows[LISTED:]
    more = f"<details><summary>{say('其余 {n} 个', n=len(rest))}</summary><table>{''.join(rest)}</table></details>"
    return first + (more if rest else "")


def _nearby(row: pd.Series, near: pd.DataFrame, reach_km: int) -> None:
    """What is near, with what the distance may be off; what is placed too roughly to tell is only counted."""
    if row.geometry is None:
        return
    widgets.REACH.set(reach_km)
    st.segmented_control(
        say("附近（公里内）"), REACHES_KM, key=widgets.REACH.widget, required=True, on_change=_widen, args=(row["id"],)
    )
    unknown = int((near["verdict"] == "unknown").sum())
    words = {"sure": say("确在范围内"), "likely": say("可能在范围内")}
    rows = [
        f"<tr><td>{feature_link(one.id, name_of(one.name))}</td><td class='number'>{one.km:.1f} ± {one.error_km:.0f}</td>"
        f"<td class='nowrap quiet'>{words[one.verdict]}</td></tr>"
        for one in near[near["verdict"] != "unknown"].itertuples()
    ]
    note = say("另有 {n} 个要素的位置误差大于 {km} 公里，无法判断。", n=unknown, km=reach_km) if unknown else ""
    rule = say("距离为图上最近点的大地线公里数 ± 两处位置误差之和。")
    onwards = f"<a href='./?within={row['id']}~{reach_km}&feature={row['id']}'>{say('在地图上查看这一范围')}</a>"
    told = _listed(rows) if rows else f"<p class='nothing'>{say('没有位置足够可靠的要素。')}</p>"
    linked(f"{told}<p class='quiet'>{rule}{note} {onwards}</p>", f"near-{row['id']}")


def _widen(feature_id: str) -> None:
    address.ask(id=feature_id, km=str(widgets.REACH.get()))
