"""FlatGeobuf and GeoParquet: all features in one layer, columns under Chinese heads."""

from __future__ import annotations

import io

import geopandas as gpd
import pyogrio

from geo.systems import CoordinateSystem
from layers.export.columns import flat, located


def flatgeobuf(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return one FlatGeobuf layer in the order of `selected`.

    Without the spatial index, which has no room for features that are not drawn and would reorder
    the rest.
    """
    stream = io.BytesIO()
    pyogrio.write_dataframe(
        _features(selected, system),
        stream,
        layer="plan-atlas",
        driver="FlatGeobuf",
        geometry_type="Unknown",
        promote_to_multi=False,
        layer_options={"SPATIAL_INDEX": "NO"},
    )
    return stream.getvalue()


def geoparquet(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return one GeoParquet 1.1 table, geometry as WKB."""
    stream = io.BytesIO()
    _features(selected, system).to_parquet(stream, index=False, schema_version="1.1.0")
    return stream.getvalue()


def _features(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(flat(selected, system), geometry=located(selected, system))
