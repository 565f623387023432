"""The map of the desk: the findings of a plan where they would stand, over the atlas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import geopandas as gpd
import streamlit as st
from shapely.geometry import Point, mapping

from geo.errors import GeoError
from geo.placement import Placement, place_feature
from layers.atlas import Atlas
from layers.web.map import Shown
from layers.web.overlay import drawn, outline
from plans.features import Feature
from store.findings import Finding
from ui.components.canvas import show
from ui.components.desk_place import placed_on_map, ways
from ui.components.desk_review import Review, open_finding
from ui.messages import say
from ui.state import desk

KEY = "map-desk"
HEIGHT = 460


def desk_map(atlas: Atlas, findings: Sequence[Finding], review: Review | None) -> None:
    """Draw the findings that have a place; the open one is framed, and placed by what is done on the map; another opens by a click."""
    if review:
        ways(review)
    placed = [one for one in findings if (where := placement(one)) and where.geometry is not None]
    frame = _frame(placed)
    here = placement(review.shown) if review else None
    bounds = _bounds(here)
    way = desk.way(review.shown.id) if review else ""
    layers = [_layer(frame)] if len(frame) else []
    group = Shown(
        atlas, _lines(atlas) if way == "same" else atlas.table.iloc[0:0], (),
        (review.shown.id,) if review and bounds else (), overlay=layers, placing=_placing(here, way), scope=_outline(here),
        opens=True,
    )  # fmt: skip
    if bounds:
        group.filter["bounds"] = bounds
    acts = show(atlas, group, KEY, HEIGHT)
    if any("need" in act for act in acts):  # the map was opened anew and holds no content
        desk.SENT.set("")
    if review and acts:
        placed_on_map(review, atlas, acts)
    for act in acts:
        if act.get("own", len(placed)) < len(placed):
            open_finding(placed[act["own"]])
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


def _placing(here: Placement | None, way: str) -> dict[str, Any]:
    """What the map needs to place the open finding: its point can be dragged."""
    point = here.geometry if here and isinstance(here.geometry, Point) else None
    at = [round(point.x, 5), round(point.y, 5)] if point else None
    return {"at": at, "error_km": here.error_km if here and point else None, "way": way}


def _outline(here: Placement | None) -> Any:
    """The open finding where it is a line or an area, to be set off from the others."""
    drawn_as = here.geometry if here and here.geometry is not None else None
    return None if drawn_as is None or "Point" in drawn_as.geom_type else mapping(outline(drawn_as))


def _lines(atlas: Atlas) -> gpd.GeoDataFrame:
    """The features of the atlas whose course can be taken over."""
    drawn_as = atlas.table.geometry.geom_type
    return atlas.table[drawn_as.isin(["LineString", "MultiLineString"])]


def _verdict_word(one: Finding) -> str:
    return {"open": say("未看"), "accepted": say("接受"), "rejected": say("否决")}.get(one.verdict, one.verdict)


def _frame(placed: Sequence[Finding]) -> gpd.GeoDataFrame:
    rows = [
        {say("名称"): one.name, say("审核"): _verdict_word(one), "geometry": here.geometry}
        for one in placed
        if (here := placement(one))
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
