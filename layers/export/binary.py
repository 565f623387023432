"""FlatGeobuf and GeoParquet: all features in one layer, columns under Chinese heads."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import shapely

from geo.systems import CoordinateSystem
from layers.export.columns import flat, located
from layers.export.metadata import about, members, texts

PARQUET_KEY = "plan-atlas"  # of the metadata in the footer: one JSON object


def flatgeobuf(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return one FlatGeobuf layer in the order of `selected`, its metadata in the header.

    Without the spatial index, which has no room for features that are not drawn and would reorder
    the rest.
    """
    stream, told, said = io.BytesIO(), about(selected), texts(selected, system)
    del said["title"]  # GDAL holds keys to be the same in any case
    pyogrio.write_dataframe(
        _features(selected, system),
        stream,
        layer="plan-atlas",
        driver="FlatGeobuf",
        geometry_type="Unknown",
        promote_to_multi=False,
        layer_options={"SPATIAL_INDEX": "NO", "TITLE": told.title, "DESCRIPTION": told.description},
        layer_metadata=said,
    )
    return stream.getvalue()


def geoparquet(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return one GeoParquet 1.1 table: WKB with outer rings counterclockwise, and the bounds of each feature (`bbox`).

    What the file is stands in its footer under PARQUET_KEY.
    """
    features = _features(selected, system)
    features.geometry = shapely.orient_polygons(features.geometry.to_numpy())
    stream, made = io.BytesIO(), io.BytesIO()
    features.to_parquet(stream, index=False, schema_version="1.1.0", write_covering_bbox=True)
    table = pq.read_table(stream)
    meta = dict(table.schema.metadata)
    geo = json.loads(meta[b"geo"])
    geo["columns"]["geometry"]["orientation"] = "counterclockwise"  # which geopandas has no option for
    meta[b"geo"] = json.dumps(geo).encode()
    meta[PARQUET_KEY.encode()] = json.dumps(members(selected, system), ensure_ascii=False).encode()
    pq.write_table(table.replace_schema_metadata(meta), made, compression="zstd")
    return made.getvalue()


def _features(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(flat(selected, system), geometry=located(selected, system))
