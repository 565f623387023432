"""The map page: filters → one selection → map, panel, table, export."""

from __future__ import annotations

import time

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from layers import export
from layers.selection import select
from layers.table import table
from layers.webmap import Shown, atlas_map
from plans.vocabulary import label
from ui import state
from ui.components.filters import filters
from ui.components.panel import panel

HEIGHT = 680
MAP_FIRST_SECONDS = 0.1  # the browser draws the map before it gets filters and table to unpack


def page() -> None:
    """Draw the map page."""
    problems = state.read_address()
    atlas, selection = table(), state.selection()
    shown = select(atlas, selection)
    for problem in problems:
        st.warning(problem)
    chosen = st.session_state[state.FEATURE]
    beside = st.columns([7, 4]) if chosen else [st.container()]
    with beside[0]:  # first of all, so that a filter reaches the map before anything else is drawn
        _map(shown, chosen)
    time.sleep(MAP_FIRST_SECONDS)
    with st.sidebar:
        st.markdown("### 川规图 Plan Atlas")
        filters(atlas, selection)
    if chosen:
        with beside[1], st.container(height=HEIGHT + 10):
            panel(atlas[atlas["id"] == chosen].iloc[0])
    state.write_address()
    _below(shown)


def _map(shown: gpd.GeoDataFrame, chosen: str) -> None:
    """The map is built once in the browser, and once a session here; a rerun sends only what to show."""
    if state.CANVAS not in st.session_state:
        st.session_state[state.CANVAS] = atlas_map()
    canvas, group = st.session_state[state.CANVAS], Shown(shown, chosen, st.session_state[state.FOCUS])
    answer = st_folium(
        canvas,
        key=state.MAP,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=group,
    )
    group.leave(canvas)
    click = (answer or {}).get("last_active_drawing") or {}
    if click and click.get("picked") != st.session_state.get(state.PICKED):
        st.session_state[state.PICKED] = click.get("picked")
        state.choose(click["id"])
        st.rerun()


def _below(shown: gpd.GeoDataFrame) -> None:
    drawn = int(shown.geometry.notna().sum())
    left, right = st.columns([3, 2], vertical_alignment="center")
    unplaced = len(shown) - drawn
    left.markdown(f"**{len(shown)} 个要素**" + (f"，其中 {unplaced} 个文中未给出可落图的位置" if unplaced else ""))
    if shown.empty:
        st.info("没有符合全部条件的要素。请减少筛选条件，或清除全部筛选。", icon=":material/filter_alt_off:")
        return
    with right:
        _downloads(shown)
    _table(shown)


def _downloads(shown: gpd.GeoDataFrame) -> None:
    """Files are made when they are asked for, of exactly what is filtered."""
    columns = st.columns(2)
    columns[0].download_button(
        "导出 GeoJSON",
        lambda: export.geojson(shown),
        "plan-atlas.geojson",
        "application/geo+json",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    columns[1].download_button(
        "导出 CSV",
        lambda: export.csv(shown),
        "plan-atlas.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _table(shown: gpd.GeoDataFrame) -> None:
    rows = shown[["id", "name"]].assign(
        layer=[label("layer", key) for key in shown["layer"]],
        kind=[label("kind", f"{row.layer}/{row.kind}") for row in shown.itertuples()],
        zone=["、".join(label("zone", key) for key in keys) for keys in shown["zones"]],
        status=[label("status", key) for key in shown["status"]],
        status_text=shown["status_text"],
        precision=[label("precision", key) for key in shown["precision"]],
        length_km=shown["length_km"],
        citations=shown["citations"].map(len),
    )
    event = st.dataframe(
        rows,
        key=state.TABLE,
        hide_index=True,
        placeholder="",
        height=360,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "id": "编号", "name": st.column_config.TextColumn("名称", width="large"), "layer": "图层", "kind": "类型", "zone": "经济区",
            "status": "状态", "status_text": "状态原文", "precision": "位置精度", "length_km": "长度 km", "citations": "引文数",
        },
    )  # fmt: skip
    rows = event.selection.rows
    picked = shown["id"].iloc[rows[0]] if rows and rows[0] < len(shown) else ""
    if picked != st.session_state.get(state.ROW, ""):
        st.session_state[state.ROW] = picked
        if picked:
            state.choose(picked, move=True)
            st.rerun()
