"""The map of the atlas on a page: what it shows is sent, the map itself is built once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd

from layers.atlas import Atlas
from layers.web.map import to_show
from ui.components.canvas import show
from ui.state import address


def map_view(
    atlas: Atlas,
    key: str,
    shown: gpd.GeoDataFrame,
    *,
    selected: str = "",
    ringed: Sequence[str] = (),
    statuses: Mapping[str, str] | None = None,
    focus: Sequence[str] = (),
    bounds: list[list[float]] | None = None,
    height: int = 480,
    synced: bool = False,
) -> None:
    """Draw `shown`, rows of the atlas, framed to `focus` (zones, places, features) or `bounds`; a click opens the feature's page.

    `ringed` features are set off, those in `statuses` (by id) drawn in that one. `synced` maps of a page pan and zoom together, without a rerun.
    """
    more: dict[str, Any] = {"bounds": bounds} if bounds else {}
    more |= {"statuses": dict(statuses)} if statuses else {}
    on_map = to_show(
        atlas, shown.index, (selected,) if selected else ringed, focus, page="synced" if synced else "alone", **more
    )
    for act in show(atlas, on_map, key, height):
        if "id" in act:
            address.go("feature", id=act["id"])
