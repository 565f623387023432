"""The maps of a session: each stands in a frame whose page never changes; a rerun sends only what to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from layers.atlas import Atlas
from serve.feed import FEEDS, new_word
from ui.components.map_page import map_page_of, tiles
from ui.messages import plain, say, told
from ui.state import canvas
from ui.state.language import language

LONGEST_SAID = 100_000  # characters; layers of the planner come with the page alone
_MOUNT = st.components.v2.component(
    "plan_atlas_map", js=(Path(__file__).parent / "canvas.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show(
    atlas: Atlas, shown: dict[str, Any], key: str, height: int, acted: Callable[[], None] = lambda: None
) -> list[dict[str, Any]]:
    """Draw the map with what `shown` tells (layers.web.map.to_show); return what was done on it since the last run, in order.

    `acted` is called before the run that something was done for: what it takes over (`take_acts`) is drawn by that run,
    what is returned asks for another one.
    """
    _MOUNT(
        key=_key(atlas, key),
        data={"page": _page(atlas), "title": say("地图"), "height": height, "told": tell(shown, key)},
        on_acts_change=acted,
    )
    if problem := tiles()[1]:  # below the map: above it, it would be built anew
        st.warning(plain(told(problem)), icon=":material/map:")
    return take_acts(atlas, key)


def tell(shown: dict[str, Any], key: str) -> dict[str, Any]:
    """Tell a map by its feed, before the page does, what it shows; return what the page tells it: by its number both are one."""
    feed, said = canvas.FEED.of(key), canvas.SAID.of(key)
    if not feed.get():
        feed.set(new_word())
    (number, before) = said.get()
    message = {**shown, "answered": canvas.ACT.of(key).get(), "feed": feed.get()}
    now = hash(_written(message))
    message["number"] = number + (now != before)
    if now != before:
        said.set((message["number"], now))
        written = _written(message)
        if len(written) < LONGEST_SAID:
            FEEDS.say(feed.get(), written)
    return message


def _written(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


def take_acts(atlas: Atlas, key: str) -> list[dict[str, Any]]:
    """Return what was done on the map and is not yet answered, in order; the map tells an act until it hears of its answer."""
    told = (st.session_state.get(_key(atlas, key)) or {}).get("acts") or ()
    answered = canvas.ACT.of(key).get() or 0
    acts = [act for act in told if act["stamp"] > answered]
    if acts:
        canvas.ACT.of(key).set(acts[-1]["stamp"])
    return acts


def _key(atlas: Atlas, key: str) -> str:
    return f"{key}-{language()}-{atlas.version}"


def _page(atlas: Atlas) -> str:
    """The page of the map in the language of the session, written once for each."""
    kept = canvas.PAGE.of(_key(atlas, "map"))
    if not kept.known():
        kept.set(map_page_of(atlas).name)
    return kept.get()
