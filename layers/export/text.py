"""GeoJSON and CSV."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.systems import GCJ02, WGS84, CoordinateSystem
from layers.export.columns import flat, located, safe_cells


def geojson(selected: gpd.GeoDataFrame, system: CoordinateSystem = WGS84) -> str:
    """Return `selected` as an RFC 7946 feature collection, one feature a line, keys in fixed order.

    Lists stay lists; what is not known is null. An empty selection is an empty collection.
    RFC 7946 knows WGS84 alone. Another system is named by the `crs` member of the 2008 standard, which
    GDAL and QGIS read; GCJ-02, which has no name in any register, by a member `coordinate_system`.
    """
    rows = selected.assign(geometry=located(selected, system)).to_dict("records")
    lines = ",\n".join(json.dumps(_feature(row, system), ensure_ascii=False) for row in rows)
    members = "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}, " for key, value in _named(system))
    return '{"type": "FeatureCollection", ' + members + '"features": [\n' + lines + "\n]}\n"


def _named(system: CoordinateSystem) -> list[tuple[str, Any]]:
    if system == WGS84:
        return []
    if system == GCJ02:
        return [("coordinate_system", system.title)]
    urn = f"urn:ogc:def:crs:{system.key.replace(':', '::')}"
    return [("crs", {"type": "name", "properties": {"name": urn}})]


def _feature(row: dict[str, Any], system: CoordinateSystem) -> dict[str, Any]:
    properties = {key: _plain(value) for key, value in row.items() if key not in ("id", "geometry")}
    geometry = _geometry(row["geometry"], system.decimals)
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def _geometry(geometry: Any, decimals: int) -> dict[str, Any] | None:
    """RFC 7946 §3.1.6: exterior rings run counterclockwise."""
    if geometry is None:
        return None
    rounded = shapely.set_precision(geometry, 10**-decimals, mode="pointwise")
    return dict(shapely.geometry.mapping(shapely.orient_polygons(rounded)))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return None if isinstance(value, float) and pd.isna(value) else value


def csv(selected: gpd.GeoDataFrame, system: CoordinateSystem = WGS84) -> str:
    """Return `selected` as a flat table with a point on each feature, UTF-8 with BOM, safe for spreadsheets."""
    return "\ufeff" + str(safe_cells(flat(selected, system)).to_csv(index=False, lineterminator="\r\n"))
