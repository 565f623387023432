"""GeoParquet and FlatGeobuf by their own rules."""

from __future__ import annotations

import io
import json

import pyarrow.parquet as pq
import pytest

from layers.atlas import bundled

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


def test_geoparquet_carries_its_metadata(atlas):
    meta = json.loads(pq.read_schema(io.BytesIO(atlas["parquet"])).metadata[b"geo"])
    assert (meta["version"], meta["primary_column"]) == ("1.1.0", "geometry")
    assert meta["columns"]["geometry"]["encoding"] == "WKB"
    assert set(meta["columns"]["geometry"]["geometry_types"]) == set(ATLAS.table.geom_type.dropna())
