"""Which filters leave nothing: those of which any one, dropped, would show something again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import geopandas as gpd

from layers.atlas import Atlas
from layers.query.selection import Selection, select


def emptying(atlas: Atlas, selection: Selection, rows: gpd.GeoDataFrame) -> list[str]:
    """Return the parts of a selection that shows none of `rows`, each of which alone stands in the way of some.

    Where no single part does (two exclude each other and a third excludes as well), all parts are returned.
    """
    parts = list(selection.params())
    alone = [part for part in parts if len(select(atlas, dropped(selection, part), rows=rows))]
    return alone or parts


def dropped(selection: Selection, part: str) -> Selection:
    """Return the selection without one of its parts."""
    empty: Any = "" if isinstance(getattr(selection, part), str) else ()
    return replace(selection, **{part: empty})
