"""Placing the open finding: its point dragged or put, a course drawn or taken over, a county chosen. Each is one decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st

from geo.gazetteer import place_path, places
from layers.atlas import Atlas
from store import StoreError
from store.drawn import LEAST_KM, county, course, in_places, position, same_course
from ui.components.desk_review import Review
from ui.messages import say
from ui.state import desk

# How it is placed, and the key for that
WAYS = {"point": ("标点", "d"), "course": ("画线", "l"), "county": ("选县", "g"), "same": ("沿用线", "y")}


def ways(review: Review) -> None:
    """Draw the ways of placing; the one that is on waits for the map."""
    for (way, (word, key)), column in zip(WAYS.items(), st.columns(len(WAYS)), strict=True):
        column.button(
            say(word), key=f"desk-way-{way}", shortcut=key, width="stretch", on_click=desk.turn_way, args=(review.shown.id, way),
            type="primary" if desk.way(review.shown.id) == way else "secondary",
        )  # fmt: skip
    if desk.way(review.shown.id) == "county":
        st.selectbox(
            say("所在的县（市、区）：在图上单击，或在此选择"),
            _counties(),
            None,
            format_func=lambda code: place_path(places()[code]),
            key=desk.COUNTY.of(review.shown.id).name,
            placeholder=say("选择"),
            on_change=_chosen,
            args=(review,),
        )


@cache
def _counties() -> tuple[str, ...]:
    """The codes of all counties of China, those of Sichuan first: a plan of an office may be of anywhere."""
    found = [one for one in places().values() if one.level == "county"]
    return tuple(one.adcode for one in sorted(found, key=lambda one: not one.in_sichuan))


def _chosen(review: Review) -> None:
    code = desk.COUNTY.of(review.shown.id).get()
    if code and review.decide("place", in_places(review.shown.place, [code])):
        desk.turn_way(review.shown.id, "")


def placed_on_map(review: Review, atlas: Atlas, acts: Sequence[Mapping[str, Any]]) -> None:
    """Decide what the last act on the map says of where the open finding is; what it cannot be is told."""
    if any("leave" in act for act in acts):
        desk.turn_way(review.shown.id, "")
    for act in reversed(acts):
        try:
            row = _record(review, atlas, act)
        except StoreError as error:
            desk.PROBLEM.set(str(error))
            return
        if row:
            if review.decide("place", row):
                desk.turn_way(review.shown.id, "")
                desk.DONE.set(say("已定位，误差 {km} 公里；U 撤销", km=row["error_km"]) if row["error_km"] else "")
            return


def _record(review: Review, atlas: Atlas, act: Mapping[str, Any]) -> dict[str, str] | None:
    """The record of a place that an act on the map gives; None where it says nothing of that."""
    held = review.shown.place
    by = f"图上标定，{desk.author()}"
    if "put" in act:
        return position(held, tuple(act["put"]), max(float(act["km"]), LEAST_KM), by)
    if "near" in act:  # a circle: its radius is what the planner says of the error
        return position(held, tuple(act["near"]), float(act["km"]), f"图上画圆，{desk.author()}")
    if "course" in act:
        vertices = [(float(lon), float(lat)) for lon, lat in act["course"]]
        return course(held, vertices, max(float(act["km"]), LEAST_KM), f"图上绘出，{desk.author()}")
    if "county" in act:
        return county(held, tuple(act["county"]))
    if "id" in act and desk.way(review.shown.id) == "same":
        one = atlas.table[atlas.table["id"] == act["id"]].iloc[0]
        source = f"沿用 {one['id']} {one['name']} 的走向（{one['placement_source']}）"
        return same_course(held, one.geometry, float(one["error_km"]), source)
    return None
