"""GeoJSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.gazetteer import called, places
from geo.systems import GCJ02, WGS84, CoordinateSystem
from layers.english import name_english
from layers.export.columns import flat, located, safe_cells
from layers.export.metadata import in_a_line, members
from plans.vocabulary import label

_NAMES = {"prefectures": "prefecture_names", "counties": "county_names"}


def geojson(selected: gpd.GeoDataFrame, system: CoordinateSystem = WGS84) -> str:
    """Return `selected` as an RFC 7946 feature collection, one feature a line, keys in fixed order.

    Lists stay lists; what is not known is null. An empty selection is an empty collection.
    Beside each code stands what it is called (`layer_label`, `zone_names` …), and before the features a foreign member
    `metadata` of what the file is. RFC 7946 knows WGS84 alone. Another system is named by the `crs` member of the 2008 standard, which
    GDAL and QGIS read; GCJ-02, which has no name in any register, by a member `coordinate_system`.
    """
    rows = selected.assign(geometry=located(selected, system)).to_dict("records")
    lines = ",\n".join(json.dumps(_feature(row, system), ensure_ascii=False) for row in rows)
    head = [*_named(system), ("metadata", members(selected, system))]
    told = "".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}, " for key, value in head)
    return '{"type": "FeatureCollection", ' + told + '"features": [\n' + lines + "\n]}\n"


def _named(system: CoordinateSystem) -> list[tuple[str, Any]]:
    if system == WGS84:
        return []
    if system == GCJ02:
        return [("coordinate_system", system.title)]
    urn = f"urn:ogc:def:crs:{system.key.replace(':', '::')}"
    return [("crs", {"type": "name", "properties": {"name": urn}})]


def _feature(row: dict[str, Any], system: CoordinateSystem) -> dict[str, Any]:
    properties = {name: _plain(value) for name, value in _labelled(row) if name not in ("id", "geometry")}
    geometry = _geometry(row["geometry"], system.decimals)
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def _labelled(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The properties of a feature, each code followed by what it is called."""
    for key, value in row.items():
        yield key, value
        if key == "name":
            yield "name_en", name_english(value)
        elif key in ("layer", "status", "precision", "basis"):
            yield f"{key}_label", label(key, value)
        elif key == "kind":
            yield "kind_label", label("kind", f"{row['layer']}/{value}")
        elif key == "zones":
            yield "zone_names", [label("zone", one) for one in value]
        elif key == "places":
            yield "place_names", [called(places()[one]) for one in value]
        elif key in ("prefectures", "counties"):
            yield _NAMES[key], [places()[one].name for one in value]
        elif key == "documents":
            yield "document_titles", list(dict.fromkeys(one["title"] for one in row["citations"]))


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
    """Return `selected` as a flat table with a point on each feature, UTF-8 with BOM, safe for spreadsheets.

    The last column says of each row where it comes from: a table has no other place for it.
    """
    table = flat(selected, system).assign(数据来源=in_a_line(selected))
    return "\ufeff" + str(safe_cells(table).to_csv(index=False, lineterminator="\r\n"))
