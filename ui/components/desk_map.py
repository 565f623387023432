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
from layers.web.map import to_show
from layers.web.overlay import CATEGORIES, Drawn, drawn, outline
from plans.features import Feature
from store.findings import ACCEPTED, OPEN, REJECTED, Finding
from ui.components.canvas import show
from ui.components.desk_place import placed_on_map, ways
from ui.components.desk_review import Review, open_finding
from ui.messages import say
from ui.state import desk

KEY = "map-desk"
HEIGHT = 460
_Key = tuple[str, str, str, str, tuple[tuple[str, str], ...]]  # what the place of a finding follows from


def desk_map(atlas: Atlas, findings: Sequence[Finding], review: Review | None) -> None:
    """Draw the findings that have a place; the open one is framed, and placed by what is done on the map; another opens by a click."""
    if review:
        ways(review)
    placed = [one for one in findings if (where := placement(one)) and where.geometry is not None]
    here = placement(review.shown) if review else None
    bounds = _bounds(here)
    way = desk.way(review.shown.id) if review else ""
    layers = [_layer(placed)] if placed else []
    on_map = to_show(
        atlas, _lines(atlas).index if way == "same" else (), (),
        (review.shown.id,) if review and bounds else (), overlay=layers, placing=_placing(here, way), scope=_outline(here),
        opens=True,
    )  # fmt: skip
    if bounds:
        on_map["bounds"] = bounds
    acts = show(atlas, on_map, KEY, HEIGHT)
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
    return _placement(*_key(one))


def _key(one: Finding) -> _Key:
    return one.id, one.name, one.layer, one.kind, tuple(one.place.items())


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


@lru_cache(maxsize=16)
def _content(name: str, column: str, findings: tuple[_Key, ...]) -> Drawn:
    """The findings as the browser draws them: sent once, however many are decided."""
    rows = [{column: one[1], "geometry": here.geometry} for one in findings if (here := _placement(*one))]
    return drawn(name, gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326"))


def _layer(placed: Sequence[Finding]) -> dict[str, Any]:
    made = _content(say("本规划"), say("名称"), tuple(map(_key, placed)))
    content = {} if desk.SENT.get() == made.key else {"content": made.content()}
    desk.SENT.set(made.key)
    words = {OPEN: say("未看"), ACCEPTED: say("已接受"), REJECTED: say("已否决")}
    coloured = {
        "colors": [CATEGORIES[at] for at in range(len(words))], "labels": list(words.values()),
        "classes": [list(words).index(one.verdict) for one in placed],
    }  # fmt: skip
    return {"id": 1, "key": made.key, "words": {"all": "", "other": ""}, "coloured": coloured, **content}


def _bounds(here: Placement | None) -> list[list[float]] | None:
    if here is None or here.geometry is None:
        return None
    west, south, east, north = here.geometry.bounds
    wide = max(0.25, (east - west) * 0.2, (north - south) * 0.2)
    return [[south - wide, west - wide], [north + wide, east + wide]]
