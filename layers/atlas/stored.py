"""The table of an atlas as bytes and back: its columns as JSON, geometries as WKB in base64."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import Any

import geopandas as gpd
import shapely

from layers.atlas.table import COLUMNS, CRS

_WORDS = ("aliases", "zones", "places", "prefectures", "counties", "documents")  # tuples of words


def encoded(table: gpd.GeoDataFrame) -> bytes:
    """Return a table (see layers.atlas.table.COLUMNS) as bytes."""
    columns: dict[str, list[Any]] = {name: table[name].tolist() for name in COLUMNS if name != "geometry"}
    shapes = shapely.to_wkb(table.geometry.to_numpy())
    columns["geometry"] = [None if one is None else b64encode(one).decode() for one in shapes]
    return json.dumps(columns, ensure_ascii=False).encode()


def decoded(content: bytes) -> gpd.GeoDataFrame:
    """Return the table that `encoded` made bytes of."""
    columns = json.loads(content)
    known: dict[tuple[str, ...], tuple[str, ...]] = {}  # many rows say the same: one object for all of them
    for name in _WORDS:
        columns[name] = [known.setdefault(said := tuple(each), said) for each in columns[name]]
    columns["citations"] = list(map(tuple, columns["citations"]))
    shapes = [None if one is None else b64decode(one) for one in columns["geometry"]]
    return gpd.GeoDataFrame(columns | {"geometry": shapely.from_wkb(shapes)}, geometry="geometry", crs=CRS)
