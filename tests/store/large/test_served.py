"""The addresses of the features by the million, over the nine documents on PostGIS."""

from __future__ import annotations

import geopandas as gpd
import mapbox_vector_tile
import pytest
import requests

from layers.query.selection import Selection, select
from store.where import VARIABLE
from tests.serve.conftest import API, running
from tests.store.large.conftest import ATLAS


@pytest.fixture(scope="module")
def root(large, postgis):
    """What programs ask for, with PLAN_ATLAS_DB set."""
    assert large is not None  # it is loaded
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, postgis)
        with running(API, "/atlas/ogc/") as url:
            yield f"{url}/atlas"


def get(url: str, **params):
    return requests.get(url, params=params, timeout=60)


def test_a_gis_reads_the_collection(root):
    frame = gpd.read_file(f"OAPIF:{root}/ogc/", layer="large", bbox=(101, 26, 102, 27))
    rows = select(ATLAS, Selection(within="101,26;102,26;102,27;101,27"))
    assert list(frame["id"]) == list(rows["id"])


def test_pages_lead_from_one_to_the_next(root):
    url, found = f"{root}/ogc/collections/large/items?zone=panxi&limit=70", []
    while url:
        page = get(url).json()
        found += [one["id"] for one in page["features"]]
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert found == list(select(ATLAS, Selection(zone=("panxi",)))["id"])
    assert page["numberMatched"] == len(found)


def test_an_item_stands_in_another_system_as_in_the_collection_of_the_atlas(root):
    crs = "http://www.opengis.net/def/crs/EPSG/0/4543"
    one, same = (get(f"{root}/ogc/collections/{key}/items/f-00106", crs=crs).json() for key in ("large", "features"))
    assert one["geometry"]["coordinates"] == pytest.approx(same["geometry"]["coordinates"], abs=0.02)
    assert one["properties"] == same["properties"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("zone=x", 400), ("filter=layer='park'", 400), ("bbox=1,2,3", 400), ("sortby=name", 400), ("bbox-crs=x", 400)],
)
def test_what_is_not_understood_is_refused(root, query, status):
    answer = get(f"{root}/ogc/collections/large/items?{query}")
    assert (answer.status_code, len(answer.text) > 20) == (status, True)


def test_counts_tiles_and_lines_speak_of_one_selection(root):
    rows = select(ATLAS, Selection(layer=("park",)))
    told = get(f"{root}/large/counts", layer="park").json()
    assert (told["number"], told["of"]) == (len(rows), len(ATLAS.table))
    assert told["choices"]["layer"]["park"] == len(rows)
    lines = get(f"{root}/large/features.geojson", layer="park")
    assert [one["id"] for one in lines.json()["features"]] == list(rows["id"])
    described = get(f"{root}/large/tiles.json", layer="park").json()
    answer = get(described["tiles"][0].format(z=6, x=50, y=26))
    drawn = mapbox_vector_tile.decode(answer.content)["features"]["features"]
    assert {one["properties"]["id"] for one in drawn} <= set(rows["id"])
    again = requests.get(answer.url, headers={"If-None-Match": answer.headers["ETag"]}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status"), [("5/32/1.mvt", 404), ("5/0/0.mvt", 204), ("x", 404), ("counts?zone=x", 400)]
)
def test_what_is_no_address(root, path, status):
    assert get(f"{root}/large/{path}").status_code == status


def test_where_nothing_is_loaded_the_address_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, f"sqlite:///{tmp_path}/w.db")
    from serve.large import now  # noqa: PLC0415 it reads the setting when it is asked

    assert now() is None
