"""The filters beside the map, each choice with the number of features it would show."""

from __future__ import annotations

import geopandas as gpd
import streamlit as st

from geo.gazetteer import counties, place_path, places, prefectures
from layers.selection import Selection, counts
from plans.documents import documents
from plans.features import feature
from plans.vocabulary import keys, kinds, label
from ui import state
from ui.messages import plain, say


def filters(atlas: gpd.GeoDataFrame, chosen: Selection) -> None:
    """Draw the filters; their values live in session_state under the names of the parts."""
    st.text_input("搜索名称或原文", key="q", placeholder="如：机场、盐源、G4216", icon=":material/search:")
    _choice("经济区", "zone", list(keys("zone")), counts(atlas, chosen, "zone"))
    _choice("图层", "layer", list(keys("layer")), counts(atlas, chosen, "layer"))
    found = counts(atlas, chosen, "kind")
    shown_kinds = [kind for layer in keys("layer") for kind in kinds(layer) if kind in found or kind in chosen.kind]
    _choice("类型", "kind", list(dict.fromkeys(shown_kinds)), found)
    _choice("状态", "status", list(keys("status")), counts(atlas, chosen, "status"))
    _choice("文件", "document", [one.slug for one in documents()], counts(atlas, chosen, "document"))
    st.multiselect(
        "市州、县区",
        list(dict.fromkeys([*(one.adcode for one in (*prefectures(), *counties())), *chosen.place])),
        key="place",
        format_func=_place_name,
        placeholder="输入地名",
        select_all=False,
        on_change=state.frame,
        args=("place",),
    )
    if chosen.within:
        st.button(
            say("选区：{area}", area=plain(_area_name(chosen.within))),
            help=say("单击取消选区"),
            icon=":material/close:",
            on_click=state.surround,
            args=("", 0),
            width="stretch",
        )
    st.button("清除全部筛选", on_click=state.clear, disabled=not chosen, width="stretch")


def _choice(title: str, part: str, options: list[str], found: dict[str, int]) -> None:
    st.multiselect(
        title,
        options,
        key=part,
        format_func=lambda key: f"{_label(part, key)} ({found.get(key, 0)})",
        placeholder="全部",
        select_all=False,
        on_change=state.frame if part == "zone" else None,
        args=(part,) if part == "zone" else None,
    )


def _label(part: str, key: str) -> str:
    if part == "document":
        return next(one.short for one in documents() if one.slug == key)
    if part == "kind":
        return next(label("kind", f"{layer}/{key}") for layer in keys("layer") if key in kinds(layer))
    return label(part, key)


def _area_name(text: str) -> str:
    """Say an area in words: round what, how far; or a drawn polygon."""
    centre, around, km = text.partition("~")
    if not around:
        return say("图上多边形")
    name = feature(centre).name if centre.startswith("f-") else centre.replace(",", "°E ") + "°N"
    return say("{name} 周边 {km} 公里", name=name, km=km)


def _place_name(adcode: str) -> str:
    return place_path(places()[adcode]).removeprefix("四川省")
