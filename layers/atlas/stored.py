"""The table of an atlas as bytes and back: its columns as JSON, geometries as WKB in base64."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import shapely

from layers.atlas.table import COLUMNS, CRS

_EACH = ("id", "error_km", "length_km", "citations")  # said for each row; what other columns say, many rows do
_TUPLES = ("aliases", "zones", "places", "prefectures", "counties", "documents", "citations")


def encoded(table: gpd.GeoDataFrame) -> bytes:
    """Return a table (see layers.atlas.table.COLUMNS) as bytes."""
    columns: dict[str, Any] = {name: table[name].tolist() for name in COLUMNS if name != "geometry"}
    columns |= {name: _once(said) for name, said in columns.items() if name not in _EACH}
    shapes = shapely.to_wkb(table.geometry.to_numpy())
    columns["geometry"] = [None if one is None else b64encode(one).decode() for one in shapes]
    return json.dumps(columns, ensure_ascii=False).encode()


def decoded(content: bytes) -> gpd.GeoDataFrame:
    """Return the table that `encoded` made bytes of; rows that say the same share one object."""
    columns = json.loads(content)
    for name in COLUMNS:
        column = columns[name]
        values = column["values"] if isinstance(column, dict) else column
        if name in _TUPLES:
            values = list(map(tuple, values))
        columns[name] = [values[i] for i in column["rows"]] if isinstance(column, dict) else values
    shapes = [None if one is None else b64decode(one) for one in columns["geometry"]]
    return gpd.GeoDataFrame(columns | {"geometry": shapely.from_wkb(shapes)}, geometry="geometry", crs=CRS)


def _once(said: Sequence[Any]) -> dict[str, list[Any]]:
    """Return what a column says, each value once, and which of them each row says."""
    at: dict[Any, int] = {}
    rows = [at.setdefault(one, len(at)) for one in said]
    return {"values": list(at), "rows": rows}
