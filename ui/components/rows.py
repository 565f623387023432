"""The table under the map: a row a feature, or counts and kilometres by zone, layer or status."""

from __future__ import annotations

from functools import lru_cache, partial

import geopandas as gpd
import pandas as pd
import streamlit as st

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.english import name_english
from layers.query.area import centre_of
from layers.query.relations import distances_km
from layers.query.summary import grouped, name
from ui.messages import LANGUAGES, say, term
from ui.state import view
from ui.state.language import language

HEIGHT = 360
MOST = 5000  # rows that are sent to the browser
GROUPS = {"": "逐项", "zone": "按经济区", "layer": "按图层", "status": "按状态"}


def rows(atlas: Atlas, shown: gpd.GeoDataFrame) -> None:
    """Draw the table of what the map shows, in the grouping that was chosen."""
    part = st.segmented_control(
        say("分组"),
        list(GROUPS),
        key=view.GROUP.widget,
        default="",
        format_func=lambda key: say(GROUPS[key]),
        label_visibility="collapsed",
    )
    if part:
        _groups(atlas, shown, part)
    else:
        _features(atlas, shown)


def _features(atlas: Atlas, shown: gpd.GeoDataFrame) -> None:
    """Select rows and they are ringed on the map; what is clicked on the map stands first."""
    top = view.TOP.get()
    apart = _apart(atlas, shown)
    near_first = shown.loc[apart.sort_values("apart_km", kind="stable").index] if apart is not None else shown
    ordered = _ordered(near_first["id"], top)
    shown_ids = set(ordered)
    told = _columns(atlas, language()).loc[ordered.index]
    if apart is not None:
        told = told[["id", "name"]].join(apart).join(told.drop(columns=["id", "name"]))
    event = st.dataframe(
        told,
        key=view.TABLE.of(view.TURN.get()).name,
        hide_index=True,
        placeholder="",
        height=HEIGHT,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        selection_default={"selection": {"rows": [0]}} if top in shown_ids else None,
        column_config={
            "id": say("编号"),
            "name": st.column_config.TextColumn(say("名称"), width="large"),
            "length_km": st.column_config.NumberColumn(say("长度 km"), format="%.1f"),
            "apart_km": st.column_config.NumberColumn(say("距离 km"), format="%.1f"),
            "apart_error_km": st.column_config.NumberColumn(say("距离误差 ± km"), format="%.0f"),
        },
    )
    if len(shown) > MOST:
        st.caption(say("表中列出前 {n} 个；导出文件包含全部。", n=MOST))
    named = [ordered.iloc[row] for row, column in event.selection.cells if column == "name" and row < len(ordered)]
    if named and named[0] != view.NAMED.get():
        view.choose_name(named[0])
        st.rerun()
    ids = tuple(ordered.iloc[[row for row in event.selection.rows if row < len(ordered)]])
    if ids != tuple(one for one in view.TICKED.get() if one in shown_ids):
        view.choose_rows(ids)
        st.rerun()


def _apart(atlas: Atlas, shown: gpd.GeoDataFrame) -> pd.DataFrame | None:
    """How far each lies from what the area is drawn round, and how far that may be off; None where it is no such area."""
    return None if shown.empty else _distances(atlas, view.WITHIN.get(), tuple(shown.index))


@lru_cache(VERSIONS)  # a tick in the table changes neither the area nor the rows
def _distances(atlas: Atlas, within: str, index: tuple[int, ...]) -> pd.DataFrame | None:
    middle = centre_of(atlas, within)
    if middle is None:
        return None
    (centre, error_km), rows = middle, atlas.table.loc[list(index)]
    return pd.DataFrame({"apart_km": distances_km(rows, centre), "apart_error_km": rows["error_km"] + error_km})


def _ordered(ids: pd.Series, top: str) -> pd.Series:
    """The ids of the rows that the table has room for, `top` before all others."""
    first = ids == top
    return (pd.concat([ids[first], ids[~first]]) if first.any() else ids).head(MOST)


@lru_cache(VERSIONS * len(LANGUAGES))
def _columns(atlas: Atlas, spoken: str) -> pd.DataFrame:
    """The table of all features in a language, made once: a filter takes rows of it."""
    shown = atlas.table
    zones = {keys: say("、").join(term("zone", key) for key in keys) for keys in shown["zones"].unique()}
    return pd.DataFrame(
        {
            "id": shown["id"],
            "name": shown["name"] if spoken == "zh" else shown["name"].map(name_english),
            **({} if spoken == "zh" else {say("中文名称"): shown["name"]}),
            say("图层"): _terms("layer", shown["layer"]),
            say("类型"): _terms("kind", shown["layer"] + "/" + shown["kind"]),
            say("经济区"): shown["zones"].map(zones),
            say("状态"): _terms("status", shown["status"]),
            say("状态原文"): shown["status_text"],
            say("位置精度"): _terms("precision", shown["precision"]),
            say("位置依据"): _terms("basis", shown["basis"]),
            "length_km": shown["length_km"],
            say("引文数"): shown["citations"].map(len),
        }
    )


def _terms(group: str, column: pd.Series) -> pd.Series:
    """The labels of a column of keys, each looked up once however long the table."""
    return column.map({key: term(group, key) for key in column.unique()})


def _groups(atlas: Atlas, shown: gpd.GeoDataFrame, part: str) -> None:
    """Counts and kilometres of each group; choosing one narrows the filters to it."""
    found = grouped(atlas, shown, part)
    key = view.GROUP.of(part).name
    st.dataframe(
        pd.DataFrame(
            {
                say(GROUPS[part]): [name(atlas, part, group, language()) for group in found.index],
                say("要素"): found["features"],
                "km": found["km"],
            }
        ),
        key=key,
        hide_index=True,
        height=HEIGHT,
        on_select=partial(view.narrow, part, tuple(found.index), key),
        selection_mode="single-row",
        column_config={"km": st.column_config.NumberColumn(say("图上长度 km（分段不重计）"), format="%.0f")},
    )
