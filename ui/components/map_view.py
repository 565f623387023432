"""The map of the atlas on a page: what it shows is sent, the map itself is built once."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from layers.webmap import Shown
from ui import state
from ui.components.canvas import canvas


def map_view(
    key: str,
    shown: gpd.GeoDataFrame,
    *,
    selected: str = "",
    focus: Sequence[str] = (),
    bounds: list[list[float]] | None = None,
    height: int = 480,
    synced: bool = False,
) -> None:
    """Draw the rows of `shown`, framed to `focus` (zones, places, features) or `bounds`; a click opens the feature's page.

    `synced` maps of a page pan and zoom together, without a rerun.
    """
    drawn = canvas()
    more = {"bounds": bounds} if bounds else {}
    group = Shown(shown, (selected,) if selected else (), focus, page="synced" if synced else "alone", **more)
    answer = st_folium(
        drawn,
        key=f"{key}-{state.language()}",
        height=height,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=group,
    )
    group.leave(drawn)
    act = (answer or {}).get("last_active_drawing") or {}
    if "id" in act and act["stamp"] != st.session_state.get(f"{state.ACT}-{key}"):
        st.session_state[f"{state.ACT}-{key}"] = act["stamp"]
        state.go("feature", id=act["id"])
