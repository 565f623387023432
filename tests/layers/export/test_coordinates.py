"""Where things are in a file: in the system that was asked for, and named."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import Transformer

from geo.gcj02 import to_gcj02
from geo.systems import CHOICES, GCJ02, WGS84, CoordinateSystem
from layers.atlas import bundled
from layers.export import FORMATS, content, coordinate_system, file_name, flat, geojson
from layers.export.columns import heads
from layers.export.shapefile import WHOLE
from tests.layers.export.files import PAIRS, SPATIAL, loaded, opened, rows_of

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


NAMES = ["西昌青山机场", "攀枝花至盐源高速公路", "攀西经济区"]  # a point, a line, an area


@cache
def moved_to(system: CoordinateSystem, name: str) -> shapely.Geometry:
    """A feature in a system, each vertex moved on its own."""
    move = to_gcj02 if system == GCJ02 else Transformer.from_crs(4326, system.crs, always_xy=True).transform
    shape = ATLAS.table.set_index("name").geometry[name]
    return shapely.transform(shape, lambda of: np.array([move(*one) for one in of.tolist()]))


@pytest.mark.parametrize(("form", "asked"), [(form, asked) for form, asked in PAIRS if form in SPATIAL])
@pytest.mark.parametrize("name", NAMES)
def test_coordinates_are_those_of_the_system(form, asked, name, tmp_path):
    """The file may be off by no more than its rounding."""
    rows = ATLAS.table[ATLAS.table["name"] == name]
    system = coordinate_system(asked, rows)
    moved = moved_to(system, name)
    found = opened(form, content(rows, form, system), tmp_path).geometry.iloc[0]
    assert shapely.hausdorff_distance(found, moved) < 10**-system.decimals
    assert shapely.count_coordinates(found) == shapely.count_coordinates(moved)


@pytest.mark.parametrize(("form", "asked"), [(form, asked) for form, asked in PAIRS if form in SPATIAL])
def test_files_name_their_system(form, asked, tmp_path):
    rows = ATLAS.table[ATLAS.table["name"].isin(NAMES)]
    system = coordinate_system(asked, rows)
    found = opened(form, content(rows, form, system), tmp_path).crs
    if system == GCJ02:
        # GeoJSON and KML cannot name it in their own terms, and say it in words (tests below)
        assert form in ("geojson", "kml") or "GCJ-02" in found.name or "GCJ_02" in found.name or "GCJ" in found.to_wkt()
        assert form in ("geojson", "kml") or found.to_epsg() is None
    else:
        assert found.to_epsg() == system.crs.to_epsg() or found.equals(system.crs, ignore_axis_order=True)


@pytest.mark.parametrize("asked", CHOICES)
def test_geojson_names_a_system_that_is_not_its_own(asked):
    system = coordinate_system(asked, ATLAS.table)
    members = json.loads(geojson(ATLAS.table.head(1), system))
    named = {
        "EPSG:4326": {},
        "gcj02": {"coordinate_system": "GCJ-02（火星坐标），仅供国内网络地图叠加"},
    }.get(system.key, {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{system.key[5:]}"}}})
    assert {key: value for key, value in members.items() if key not in ("type", "metadata", "features")} == named


@pytest.mark.parametrize("form", FORMATS)
def test_gcj02_is_labelled_in_name_and_content(form):
    rows = ATLAS.table.head(3)
    made = content(rows, form, GCJ02)
    assert file_name(rows, form, GCJ02).endswith(f"-GCJ02.{FORMATS[form].ending}")
    if form == "shp":
        archive = zipfile.ZipFile(io.BytesIO(made))
        assert "面-GCJ02.shp" in archive.namelist()
        assert GCJ02.title in archive.read("字段说明.txt").decode("utf-8-sig")
        made = archive.read(WHOLE)
    if form == "xlsx":
        made = "".join(str(value) for row in rows_of(loaded(made), "说明") for value in row).encode()
    if form == "parquet":
        made = "".join(pq.read_table(io.BytesIO(made))["坐标系"].to_pylist()).encode()
    assert GCJ02.title.encode() in made


def test_flat_coordinates_say_what_they_are():
    point = ATLAS.table[ATLAS.table.geom_type == "Point"].head(1)
    gk = coordinate_system("cgcs2000-3gk", point)
    after = [heads(system) for system in (WGS84, gk, GCJ02)]
    assert [names[(at := names.index("长度_km") + 1) : at + 2] for names in after] == [
        ["经度", "纬度"],
        ["东坐标_m", "北坐标_m"],
        ["经度_GCJ02", "纬度_GCJ02"],
    ]
    x, y = flat(point, gk).iloc[0][["东坐标_m", "北坐标_m"]]
    assert (x, y) == pytest.approx(gk.project(point.geometry.to_numpy())[0].coords[0], abs=0.01)
