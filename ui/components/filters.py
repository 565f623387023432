"""The filters beside the map, each choice with the number of features it would show."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import geopandas as gpd
import streamlit as st

from geo.gazetteer import counties, place_path, places, prefectures
from geo.romanise import place_english
from layers.atlas import Atlas
from layers.english import name_english
from layers.query.area import around
from layers.query.selection import Selection, counts
from plans.vocabulary import keys, kinds, label
from ui.components.facet import facet
from ui.components.facts import document_name
from ui.components.search_box import search_box
from ui.messages import LANGUAGES, plain, say
from ui.state import view
from ui.state.language import language

# The filters whose choices carry a count, in the order of the column.
COUNTED = {"zone": "经济区", "layer": "图层", "kind": "类型", "status": "状态", "document": "文件"}


def _options(atlas: Atlas, part: str) -> list[str]:
    if part == "document":
        return [one.slug for one in atlas.documents]
    if part == "kind":
        return list(dict.fromkeys(kind for layer in keys("layer") for kind in kinds(layer)))
    if part == "place":
        return [one.adcode for one in (*prefectures(), *counties())]
    return list(keys(part))


def mend(atlas: Atlas) -> None:
    """Find the keys of choices that came back as text.

    Streamlit sends a choice by its label; when its count or the language has changed on the way, the label is
    unknown here.
    """
    for part, held in view.FILTERS.items():
        chosen, options = held.get(), _options(atlas, part)
        if all(key in options for key in chosen):
            continue
        keys_of = {choice_label(atlas, part, key, spoken): key for spoken in LANGUAGES for key in options}
        held.correct([keys_of.get(value, keys_of.get(value.rpartition(" (")[0], value)) for value in chosen])


def filters(atlas: Atlas, rows: gpd.GeoDataFrame, chosen: Selection, changed: Callable[[str], None]) -> None:
    """Draw the filters of `rows` of the atlas; their values live in `view.FILTERS`. `changed` is told which part was."""
    search_box(atlas)
    for part in COUNTED:
        found = counts(atlas, chosen, part, rows=rows)
        options = [key for key in _options(atlas, part) if part != "kind" or key in found or key in chosen.kind]
        _choice(atlas, part, options, found, changed)
    st.multiselect(
        say("市州、县区"),
        list(dict.fromkeys([*_options(atlas, "place"), *chosen.place])),
        key=view.FILTERS["place"].widget,
        format_func=lambda key: choice_label(atlas, "place", key),
        placeholder=say("输入地名"),
        select_all=False,
        on_change=changed,
        args=("place",),
    )
    if chosen.within:
        st.button(
            say("选区：{area}", area=plain(area_name(atlas, chosen.within))),
            help=say("单击取消选区"),
            icon=":material/close:",
            on_click=view.leave_area,
            width="stretch",
        )
    st.button(say("清除全部筛选"), on_click=view.clear, disabled=not chosen, width="stretch")


def _choice(atlas: Atlas, part: str, options: list[str], found: dict[str, int], changed: Callable[[str], None]) -> None:
    title = say(COUNTED[part])
    if part == view.FACET:
        labels = {key: choice_label(atlas, part, key) for key in options}
        facet(title, labels, found, view.FILTERS[part], changed)
        return
    st.multiselect(
        title,
        options,
        key=view.FILTERS[part].widget,
        format_func=lambda key: f"{choice_label(atlas, part, key)} ({found.get(key, 0)})",
        placeholder=say("全部"),
        select_all=False,
        on_change=changed,
        args=(part,),
    )


def choice_label(atlas: Atlas, part: str, key: str, spoken: str = "") -> str:
    """Return the name of a choice of a part of the selection, in a language or that of the session."""
    spoken = spoken or language()
    if part == "document":
        return next(document_name(one, spoken) for one in atlas.documents if one.slug == key)
    if part == "kind":
        return next(label("kind", f"{layer}/{key}", spoken) for layer in keys("layer") if key in kinds(layer))
    return _place_name(key, spoken) if part == "place" else label(part, key, spoken)


def area_name(atlas: Atlas, text: str) -> str:
    """Say an area in words: round what, how far; or a drawn polygon."""
    name, km = around(atlas, text)
    if km and language() != "zh":
        key = text.partition("~")[0]
        name = place_english(key, full=True) if key in places() else name_english(name)
    return say("{name} 周边 {km} 公里", name=name, km=km) if km else say("图上多边形")


@cache
def _place_name(adcode: str, spoken: str) -> str:
    chinese = place_path(places()[adcode]).removeprefix("四川省")
    return chinese if spoken == "zh" else f"{place_english(adcode, full=True)} {chinese}"
