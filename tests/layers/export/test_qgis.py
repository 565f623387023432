"""The GeoPackage as QGIS itself opens it, with PyQGIS and without a screen."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from layers.atlas import bundled
from layers.export import content, coordinate_system
from layers.export.columns import COLUMNS
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from plans.vocabulary import label
from tests import qgis

ATLAS = bundled()
pytestmark = qgis.needed
ROWS = select(ATLAS, Selection(zone=("panxi",)))
BOUNDS = "34500000,2900000,34620000,2990000"  # 攀枝花 and its surroundings, zone 34


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    folder = tmp_path_factory.mktemp("qgis")
    path = folder / "攀西.gpkg"
    system = coordinate_system("cgcs2000-3gk-zone", ROWS)
    path.write_bytes(content(ROWS, "gpkg", system, path.name))
    script = Path(__file__).with_name("qgis_sees.py")
    return json.loads(qgis.told(script, folder, str(path), str(folder / "map.png"), BOUNDS)) | {
        "picture": folder / "map.png"
    }


def test_the_project_opens_with_every_layer(seen):
    assert (seen["read"], seen["crs"]) == (True, "EPSG:4522")
    assert [name for name, one in seen["layers"].items() if not one["valid"]] == []
    assert {one["crs"] for one in seen["layers"].values() if one["shape"]} == {"EPSG:4522"}
    features = [one["features"] for name, one in seen["layers"].items() if "_" in name or name == "未落图"]
    assert sum(features) == len(ROWS)
    assert seen["layers"]["引文"]["features"] == sum(map(len, ROWS["citations"]))


def test_points_are_drawn_over_lines_over_areas_over_boundaries(seen):
    shapes = [seen["layers"][name]["shape"] for name in seen["order"]]
    assert "".join(dict.fromkeys(shapes)) == "点线面"
    assert shapes == sorted(shapes, key="点线面".index)
    assert seen["order"][-2:] == ["市州界", "县区界"]
    assert len(seen["order"]) == sum(bool(one["shape"]) for one in seen["layers"].values())


def test_groups_are_the_layers_of_the_atlas(seen):
    assert seen["groups"]["交通"] == ["交通_点", "交通_线"]
    assert seen["groups"]["行政区界"] == ["市州界", "县区界"]
    drawn = ROWS[ROWS.geometry.notna()]
    assert seen["groups"].keys() == {label("layer", key) for key in drawn["layer"]} | {"行政区界"}


def test_columns_are_shown_in_chinese_and_features_are_named(seen):
    for name, one in seen["layers"].items():
        if "_" in name:
            assert {key: one["aliases"][key] for key in one["aliases"] if key != "fid"} == {
                column.key: {"x": "东坐标_m", "y": "北坐标_m"}.get(column.key, column.head) for column in COLUMNS
            }
        assert one["named"] == bool(one["shape"])
    assert seen["layers"]["引文"]["aliases"]["quote"] == "原文"


def test_citations_are_one_step_from_their_feature(seen):
    cited = {row.id: [one["quote"] for one in row.citations] for row in ROWS.itertuples()}
    assert seen["relations"].keys() == {f"{name}的引文" for name in seen["layers"] if "_" in name or name == "未落图"}
    for one in seen["relations"].values():
        assert one["valid"]
        assert one["quotes"] == cited[one["id"]]


def test_the_map_is_drawn_light_in_the_colours_of_the_layers(seen):
    assert seen["errors"] == []
    pixels = np.asarray(Image.open(seen["picture"]).convert("RGB")).reshape(-1, 3)
    assert (pixels > 240).all(axis=1).mean() > 0.8  # no dark block: most of the paper is white
    drawn = Counter(map(tuple, pixels.tolist()))
    for layer in ("transport", "tourism", "park"):
        assert drawn[tuple(bytes.fromhex(COLOURS[layer][1:]))] > 20, layer
