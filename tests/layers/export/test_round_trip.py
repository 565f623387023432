"""What leaves can come back: every format in every system, through the upload of the app."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crossings import crossings
from geo.systems import GCJ02
from layers.atlas import bundled
from layers.export import cite, content, coordinate_system, file_name
from layers.export.columns import plain
from layers.export.shapefile import cut
from layers.own.upload import Upload, read
from layers.query.selection import Selection, select
from tests.layers.export.files import PAIRS

ATLAS = bundled()
CHOSEN = select(ATLAS, Selection(zone=("panxi",), layer=("zone", "transport", "water", "park")))
ROWS = CHOSEN.groupby([CHOSEN["layer"], CHOSEN.geom_type], dropna=False).head(4)  # of every layer, of every shape
DRAWN = ROWS[ROWS.geometry.notna()].set_index("id")
TABLES = ("csv", "xlsx")  # they hold a point on each feature
APART = ("gpkg", "shp")  # what has no place stands in a table of its own, which is no map
BASIS = "规划依据（文件、章节、页码、原文）"
NEAR_DEGREE = 3e-5  # three metres: rounding, and the way back from the offset system
KEYS = {
    "id": "id",
    "编号": "id",
    "ID": "id",
    "name": "name",
    "Name": "name",
    "名称": "name",
    "NAME": "name",
    "项目名称": "name",
}
KEYS |= {"citations": "citations", "引文": "citations", "CITATIONS": "citations"}


def back(form: str, asked: str) -> tuple[Upload, pd.DataFrame]:
    """What the app makes of an export, and its features by their id."""
    system = coordinate_system(asked, ROWS)
    upload = read(file_name(ROWS, form, system), content(ROWS, form, system))
    return upload, upload.frame.rename(columns=KEYS).set_index("id")


@pytest.mark.parametrize(("form", "asked"), PAIRS)
def test_count_places_and_text_come_back(form, asked):
    upload, found = back(form, asked)
    unplaced = 0 if form in APART else len(ROWS) - len(DRAWN)
    assert upload.report.offset == ("GCJ-02" if asked == "gcj02" else "")  # told by the file, nobody is asked
    assert upload.report.features == len(DRAWN) + unplaced
    assert upload.report.dropped == ((("no_coordinates", unplaced),) if unplaced else ())
    assert sorted(found.index) == sorted(DRAWN.index)
    shapes = DRAWN.geometry.map(shapely.point_on_surface) if form in TABLES else DRAWN.geometry
    away = shapely.hausdorff_distance(found.geometry.to_numpy(), shapes.loc[found.index].to_numpy())
    assert float(np.max(away)) < NEAR_DEGREE
    assert {key: name.split("\n")[0] for key, name in found["name"].items()} == dict(DRAWN["name"].map(plain))
    for key, cited in DRAWN["citations"].items():
        text = "\n".join(map(cite, cited))
        if form == "geojson":
            assert json.loads(found["citations"][key]) == [*cited]
        elif form == "xlsx":  # in full on a sheet of their own, which has no places
            assert f"“{cited[0]['quote']}”" in found[BASIS][key]
        else:
            assert found["citations"][key] == (cut(text) if form == "shp" else text)


@pytest.mark.parametrize(("form", "words"), [("gpkg", "未落图、引文"), ("shp", "完整属性与引文.csv")])
def test_what_has_no_places_is_told(form, words):
    upload, _ = back(form, "EPSG:4326")
    assert [said for said in upload.report.notes if words in str(dict(said.values).get("names"))]


def test_offset_coordinates_are_recognised_when_they_come_back():
    """Also without the word of the file: outlines of zones are known."""
    zones = ATLAS.table[ATLAS.table["kind"] == "economic_zone"]
    made = json.loads(content(zones, "geojson", GCJ02))
    bare = {key: made[key] for key in ("type", "features")}
    assert read("x.geojson", json.dumps(bare).encode()).report.offset
    assert not read("x.geojson", content(zones, "geojson")).report.offset


@pytest.mark.parametrize(
    ("feature", "key"),
    [
        pytest.param({"id": "f-00123", "properties": {"name": "甲"}}, "f-00123", id="text"),
        pytest.param({"id": 7, "properties": None}, 7, id="number"),
        pytest.param({"id": "outer", "properties": {"id": "inner"}}, "inner", id="told-by-properties"),
    ],
)
def test_the_id_of_a_geojson_feature_is_kept(feature, key):
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [104.0, 30.6]}, **feature}
    frame = read("x.geojson", json.dumps({"type": "FeatureCollection", "features": [point]}).encode()).frame
    assert list(frame["id"]) == [key]


def test_points_however_many_have_no_outline_to_cross():
    assert crossings(shapely.MultiPoint([(104, 30), (105, 31)])) == 0
