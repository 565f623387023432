"""What planners' programs read of the API: GDAL, OWSLib and QGIS, as they are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from owslib.ogcapi.features import Features

from layers.atlas import bundled
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label

ATLAS = bundled()
QGIS_PYTHON = "/usr/bin/python3"
IN_QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(f"url='{sys.argv[1]}' typename='{sys.argv[2]}' srsname='{sys.argv[3]}' pagingEnabled='true'", "x", "OAPIF")
assert layer.isValid(), layer.error().message()
found = {one["id"]: [one["name"], one.geometry().asWkt(5)] for one in layer.getFeatures()}
print("FOUND" + json.dumps([layer.crs().authid(), found]))
del layer  # before QGIS ends
app.exitQgis()
"""


def test_gdal_lists_the_collections(ogc_url):
    listed = {name for name, _ in pyogrio.list_layers(f"OAPIF:{ogc_url}/")}
    assert listed == {"features", *keys("layer"), "citations", "clauses", "documents", "targets"}


def test_gdal_reads_a_layer_whole(ogc_url):
    read = gpd.read_file(f"OAPIF:{ogc_url}/", layer="park", use_arrow=False)
    wanted = select(ATLAS, Selection(layer=("park",)))
    assert sorted(read["id"]) == sorted(wanted["id"])
    names = dict(zip(wanted["id"], wanted["name"], strict=True))
    assert all(names[key] == name for key, name in zip(read["id"], read["name"], strict=True))
    quotes = read.iloc[0]["citations"]
    assert quotes[0]["quote"] in ATLAS.clause(quotes[0]["clause"]).text


def test_gdal_pushes_boxes_and_filters(ogc_url):
    boxed = gpd.read_file(f"OAPIF:{ogc_url}/", layer="features", bbox=(101, 26, 102, 27))
    drawn = ATLAS.table[ATLAS.table.geometry.notna()]
    near = drawn.cx[101:102, 26:27]
    assert set(boxed["id"]) == set(near["id"])
    asked = gpd.read_file(f"OAPIF:{ogc_url}/", layer="features", where="status = 'starting'")
    assert set(asked["id"]) == set(ATLAS.table[ATLAS.table["status"] == "starting"]["id"])


def test_geopandas_reads_an_address(ogc_url):
    read = gpd.read_file(f"{ogc_url}/collections/transport/items?zone=panxi&limit=2000&f=json")
    assert len(read) == len(select(ATLAS, Selection(zone=("panxi",), layer=("transport",))))


def test_owslib(ogc_url):
    client = Features(f"{ogc_url}/")
    assert client.feature_collections() == ["features", *keys("layer"), "citations", "clauses", "documents", "targets"]
    assert client.collection("park")["title"] == label("layer", "park")
    assert "zones" in client.collection_queryables("park")["properties"]
    page = client.collection_items("features", bbox=[101.0, 26.0, 102.0, 27.0], limit=7)
    assert page["numberReturned"] == 7
    found = client.collection_items("features", filter="layer='park' AND error_km < 1", limit=2000)
    rows = ATLAS.table[(ATLAS.table["layer"] == "park") & (ATLAS.table["error_km"] < 1)]
    assert [one["id"] for one in found["features"]] == list(rows["id"])
    assert client.collection_item("features", "f-00001")["properties"]["name"] == ATLAS.feature("f-00001").name


def has_qgis() -> bool:
    asked = [QGIS_PYTHON, "-c", "import qgis.core"]
    return Path(QGIS_PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_qgis(), reason="QGIS is not installed: apt-get install python3-qgis")
@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:4490", "EPSG:4543"])
def test_qgis(ogc_url, tmp_path, system):
    script = tmp_path / "read.py"
    script.write_text(IN_QGIS, encoding="utf-8")
    done = subprocess.run(
        [QGIS_PYTHON, str(script), f"{ogc_url}/", "park", system], capture_output=True, text=True, check=False, timeout=300,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, found = json.loads(done.stdout.partition("FOUND")[2])
    wanted = select(ATLAS, Selection(layer=("park",)))
    assert {key: name for key, (name, _) in found.items()} == dict(zip(wanted["id"], wanted["name"], strict=True))
    moved = wanted.to_crs(told)
    for key, shape in zip(moved["id"], moved.geometry, strict=True):
        if shape is not None and shape.geom_type == "Point":
            read = gpd.GeoSeries.from_wkt([found[key][1]])[0]
            assert read.distance(shape) < (1e-4 if told in ("EPSG:4326", "EPSG:4490") else 1)
