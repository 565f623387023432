"""The map of the desk: the findings of a plan where they would stand, over the atlas; a circle drawn on it is a position."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import geopandas as gpd
import streamlit as st

from geo.errors import GeoError
from geo.placement import Placement, place_feature
from layers.atlas import Atlas
from layers.web.map import Shown
from layers.web.overlay import drawn
from plans.features import Feature
from store.findings import Finding
from ui.components.canvas import show
from ui.messages import say
from ui.state import desk

KEY = "map-desk"
HEIGHT = 400


def desk_map(atlas: Atlas, findings: Sequence[Finding], shown: Finding | None) -> None:
    """Draw the findings that have a place; the open one is framed."""
    frame = _frame(findings)
    here = placement(shown) if shown else None
    bounds = _bounds(here)
    layers = [_layer(frame)] if len(frame) else []
    group = Shown(atlas, atlas.table.iloc[0:0], (), (shown.id,) if shown and bounds else (), overlay=layers)
    if bounds:
        group.filter["bounds"] = bounds
    acts = show(atlas, group, KEY, HEIGHT)
    for act in acts:
        if "need" in act:  # the map was opened anew and holds no content
            desk.SENT.set("")
        elif "near" in act:
            lon, lat = act["near"]
            desk.DRAWN.set((lon, lat, act["km"]))
            desk.EDIT.set(True)
    if acts:
        st.rerun()


def placement(one: Finding) -> Placement | None:
    """Return where a finding would stand; None where its record cannot be drawn."""
    return _placement(one.id, one.name, one.layer, one.kind, tuple(one.place.items()))


@lru_cache(maxsize=4096)
def _placement(key: str, name: str, layer: str, kind: str, place: tuple[tuple[str, str], ...]) -> Placement | None:
    try:
        return place_feature(Feature(key, name, (), layer, kind, "", "", ()), {"feature": key, **dict(place)})
    except (GeoError, ValueError):
        return None


def _verdict_word(one: Finding) -> str:
    return {"open": say("未看"), "accepted": say("接受"), "rejected": say("否决")}.get(one.verdict, one.verdict)


def _frame(findings: Sequence[Finding]) -> gpd.GeoDataFrame:
    rows = [
        {say("名称"): one.name, say("审核"): _verdict_word(one), "geometry": here.geometry}
        for one in findings
        if (here := placement(one)) and here.geometry is not None
    ]
    return gpd.GeoDataFrame(rows, columns=[say("名称"), say("审核"), "geometry"], geometry="geometry", crs="EPSG:4326")


def _layer(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    made = drawn(say("本规划"), frame, say("审核"))
    content = {} if desk.SENT.get() == made.key else {"content": made.content()}
    desk.SENT.set(made.key)
    words = {"all": say("全部要素"), "other": say("其他或无值")}
    return {"id": 1, "key": made.key, "words": words, **content}


def _bounds(here: Placement | None) -> list[list[float]] | None:
    if here is None or here.geometry is None:
        return None
    west, south, east, north = here.geometry.bounds
    wide = max(0.25, (east - west) * 0.2, (north - south) * 0.2)
    return [[south - wide, west - wide], [north + wide, east + wide]]
