"""The maps in the browser: what was built, and the last act on each that was answered."""

from __future__ import annotations

from typing import Any

from ui.state.key import Key

MAP = "map"  # the map of the map page
ACT: Key[int | None] = Key("act", None)  # of each map: the stamp of the last act on it that was answered
CANVAS: Key[Any] = Key("canvas", None)  # the folium maps of this session, by atlas and language
