"""Files of every format: they open in GDAL in silence, hold every feature, and none drops a citation."""

from __future__ import annotations

import csv as commas
import io
import json
import zipfile
from xml.etree import ElementTree as Xml

import pandas as pd
import pyogrio
import pytest
from pyproj import CRS

from geo.systems import GCJ02
from layers.atlas import bundled
from layers.export import FORMATS, cite, content, coordinate_system, csv
from layers.export.shapefile import WHOLE
from plans.vocabulary import label
from tests.layers.export.files import KML, PAIRS, SPATIAL, loaded, opened, rows_of, whole

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("form", SPATIAL)
def test_every_feature_is_in_the_file(reopened, form):
    back = reopened(form)
    assert len(back) == len(ATLAS.table)
    assert set(back.index) == set(ATLAS.table["id"])
    assert back.crs == CRS("EPSG:4326")
    drawn = ATLAS.table.set_index("id").geometry
    assert set(back.index[back.geometry.isna()]) == set(drawn.index[drawn.isna()])
    assert back.loc["f-00001", "name"] == "成都平原经济区"


@pytest.mark.parametrize("form", ["geojson", "fgb", "parquet"])
def test_the_order_of_features_is_kept(reopened, form):
    assert list(reopened(form).index) == list(ATLAS.table["id"])


@pytest.mark.parametrize("form", ["gpkg", "kml", "fgb", "parquet"])
def test_every_citation_is_written_out(reopened, form):
    back = reopened(form)["citations"]
    for row in ATLAS.table.itertuples():
        assert back[row.id].split("\n") == [cite(one) for one in row.citations]


def test_csv_and_the_table_beside_the_shapefiles_hold_every_citation(atlas):
    texts = {row["编号"]: row["引文"] for row in whole(atlas["shp"])}
    assert texts == {row.id: "\n".join(map(cite, row.citations)) for row in ATLAS.table.itertuples()}
    assert zipfile.ZipFile(io.BytesIO(atlas["shp"])).read(WHOLE) == atlas["csv"] == csv(ATLAS.table).encode()


BASES = {"绵阳对外开放法治示范区": "text", "成都国际职教城": "known", "放高路": "guess"}


@pytest.mark.parametrize("form", SPATIAL)
def test_a_guess_is_told_from_what_is_known(form, tmp_path):
    back = opened(form, content(ATLAS.table[ATLAS.table["name"].isin(BASES)], form), tmp_path)
    told = {name: key if form == "geojson" else label("basis", key) for name, key in BASES.items()}
    assert dict(zip(back["name"], back["basis"], strict=True)) == told


def test_a_guess_is_told_in_tables():
    rows = ATLAS.table[ATLAS.table["name"].isin(BASES)]
    lines = commas.DictReader(io.StringIO(csv(rows).removeprefix("\ufeff"), newline=""))
    assert {row["名称"]: row["位置依据"] for row in lines} == {k: label("basis", v) for k, v in BASES.items()}
    made = loaded(content(rows, "xlsx"))
    listed = [row for sheet in made.sheetnames[1:-1] for row in rows_of(made, sheet)]
    assert {row[1].split("\n")[0]: row[7].split("\n")[-1] for row in listed} == {
        name: label("basis", key) for name, key in BASES.items()
    }


def test_geojson_keeps_lists_and_citations_as_they_are(atlas):
    for entry, row in zip(json.loads(atlas["geojson"])["features"], ATLAS.table.itertuples(), strict=True):
        assert entry["properties"]["citations"] == [dict(one) for one in row.citations]
        assert entry["properties"]["zones"] == list(row.zones)


@pytest.mark.parametrize(("form", "asked"), PAIRS)
def test_an_empty_selection_is_a_valid_file(form, asked, tmp_path):
    nothing = ATLAS.table.head(0)
    made = content(nothing, form, coordinate_system(asked, nothing))
    if form == "csv":
        assert made.decode("utf-8-sig").count("\r\n") == 1
    elif form == "xlsx":
        assert loaded(made).sheetnames == ["说明", "规划依据"]
    elif form == "kml":  # a document without placemarks has no layer
        assert Xml.fromstring(made).tag == f"{KML}kml"
    elif form == "geojson":  # no features, no fields
        assert json.loads(made)["features"] == []
        assert len(pyogrio.read_dataframe(io.BytesIO(made))) == 0
    else:
        assert len(opened(form, made, tmp_path)) == 0


@pytest.mark.parametrize("form", FORMATS)
def test_features_without_geometry_alone_are_a_valid_file(form, tmp_path):
    rows = ATLAS.table[ATLAS.table.geometry.isna()].head(3)
    made = content(rows, form)
    if form in SPATIAL:
        assert sorted(opened(form, made, tmp_path).index) == sorted(rows["id"])
    else:
        assert made


def test_the_selection_is_left_alone():
    rows = ATLAS.table.head(30)
    before = rows.copy()
    for form in FORMATS:
        content(rows, form, GCJ02)
    pd.testing.assert_frame_equal(rows, before)
