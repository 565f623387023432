"""What planners' programs read of the API: GDAL, OWSLib and QGIS, as they are."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from owslib.ogcapi.features import Features

from layers.atlas import bundled
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from tests import qgis

ATLAS = bundled()


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


def qgis_reads(url: str, collection: str, system: str, home: Path, *certificates: Path) -> None:
    """QGIS adds a layer and has every feature, page by page, where it is."""
    script = Path(__file__).with_name("qgis_reads.py")
    said = qgis.told(script, home, url, collection, system, *map(str, certificates))
    told, found = json.loads(said.partition("FOUND")[2])
    wanted = select(ATLAS, Selection(layer=(collection,)))
    assert {key: name for key, (name, _) in found.items()} == dict(zip(wanted["id"], wanted["name"], strict=True))
    moved = wanted.to_crs(told)
    for key, shape in zip(moved["id"], moved.geometry, strict=True):
        if shape is not None and shape.geom_type == "Point":
            read = gpd.GeoSeries.from_wkt([found[key][1]])[0]
            assert read.distance(shape) < (1e-4 if told in ("EPSG:4326", "EPSG:4490") else 1)


@qgis.needed
@pytest.mark.parametrize("system", ["EPSG:4326", "EPSG:4490", "EPSG:4543"])
def test_qgis(ogc_url, tmp_path, system):
    qgis_reads(f"{ogc_url}/", "park", system, tmp_path)
