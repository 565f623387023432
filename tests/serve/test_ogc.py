"""OGC API - Features: what is asked for is what comes, and what is not understood is refused."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
import requests
from pyproj import Transformer

from layers.atlas import bundled
from layers.export import geojson
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from serve.ogc.shelf import KINDS, collections

ATLAS = bundled()
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


def get(url: str, **params):
    answer = requests.get(url, params=params, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(url: str, **params) -> list[str]:
    """The ids of all pages, by following the links."""
    found: list[str] = []
    page = get(url, **params)
    while True:
        found += [one["id"] for one in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return found
        page = get(following[0])


def chosen(**params) -> list[str]:
    return list(select(ATLAS, Selection.parse(ATLAS, params))["id"])


def test_a_collection_a_layer_and_the_words_of_the_plans(ogc_url):
    listed = {one["id"]: one for one in get(f"{ogc_url}/collections")["collections"]}
    assert list(listed) == ["features", *keys("layer"), "citations", "clauses", "documents", "targets"]
    assert listed["transport"]["title"] == label("layer", "transport")
    english = get(f"{ogc_url}/collections/transport", lang="en-US")
    assert english["title"] == label("layer", "transport", "en")
    assert f"{EPSG}4490" in english["crs"]


@pytest.mark.parametrize("path", ["/", "/openapi", "/conformance", "/collections", "/collections/park", "/collections/park/schema",
                                  "/collections/park/queryables", "/collections/park/items"])  # fmt: skip
def test_every_link_leads_somewhere(ogc_url, path):
    for link in get(ogc_url + path).get("links", []):
        assert requests.get(link["href"], timeout=60).status_code == 200, link


def test_an_item_is_the_feature_of_the_export(ogc_url):
    exported = {one["id"]: one for one in json.loads(geojson(ATLAS.table))["features"]}
    for feature in ("f-00001", "f-00008", "f-00387"):
        item = get(f"{ogc_url}/collections/features/items/{feature}")
        assert item["geometry"] == exported[feature]["geometry"]
        assert item["properties"] == {"id": feature, **exported[feature]["properties"]}


@pytest.mark.parametrize("asked", [
    {}, {"zone": "panxi"}, {"zone": "攀西经济区"}, {"zone": ["panxi", "southern"], "layer": "park"}, {"status": "starting"},
    {"document": "panxi-2021"}, {"place": "攀枝花市"}, {"q": "盐源 高速"}, {"within": "101.7,26.6~30"}, {"kind": "expressway"},
])  # fmt: skip
def test_filters_are_those_of_the_app(ogc_url, asked):
    wanted = chosen(**{key: [value] if isinstance(value, str) else value for key, value in asked.items()})
    assert ids(f"{ogc_url}/collections/features/items", limit=500, **asked) == wanted
    joined = {key: value if isinstance(value, str) else ",".join(value) for key, value in asked.items()}
    assert get(f"{ogc_url}/collections/features/items", limit=1, **joined)["numberMatched"] == len(wanted)


@pytest.mark.parametrize("layer", keys("layer"))
def test_a_layer_holds_its_features(ogc_url, layer):
    assert ids(f"{ogc_url}/collections/{layer}/items", limit=2000) == chosen(layer=[layer])


def test_pages_lose_and_double_nothing(ogc_url):
    assert ids(f"{ogc_url}/collections/features/items", limit=333) == list(ATLAS.table["id"])


def test_records_are_those_of_the_atlas(ogc_url):
    cited = get(f"{ogc_url}/collections/citations/items", feature="f-00387")["features"]
    row = ATLAS.table[ATLAS.table["id"] == "f-00387"].iloc[0]
    assert [one["properties"]["quote"] for one in cited] == [one["quote"] for one in row["citations"]]
    clause = get(f"{ogc_url}/collections/clauses/items/panxi-2021/c7/s1/p2")["properties"]
    assert clause["text"] == ATLAS.clause("panxi-2021/c7/s1/p2").text
    assert "f-00387" in clause["features"]
    assert len(ids(f"{ogc_url}/collections/documents/items")) == len(ATLAS.documents)
    assert len(ids(f"{ogc_url}/collections/targets/items", zone="panxi")) == sum(
        one.zone == "panxi" for one in ATLAS.targets
    )


@pytest.mark.parametrize(("text", "keep"), [
    ("layer='park'", lambda one: one["layer"] == "park"),
    ("name LIKE '攀枝花%'", lambda one: one["name"].startswith("攀枝花")),
    ("layer='city' OR layer='park' AND error_km<1", lambda one: one["layer"] == "city" or (one["layer"] == "park" and one["error_km"] < 1)),
    ("NOT (layer='park' OR layer='hub')", lambda one: one["layer"] not in ("park", "hub")),
    ("length_km > 100", lambda one: one["length_km"] > 100),
    ("NOT (length_km > 100)", lambda one: one["length_km"] <= 100),
    ("length_km IS NULL", lambda one: one["length_km"] != one["length_km"]),
    ("error_km BETWEEN 1 AND 5", lambda one: 1 <= one["error_km"] <= 5),
    ("A_CONTAINS(zones, ('panxi', 'southern'))", lambda one: {"panxi", "southern"} <= set(one["zones"])),
    ("status IN ('starting','study')", lambda one: one["status"] in ("starting", "study")),
])  # fmt: skip
def test_cql2(ogc_url, text, keep):
    wanted = [one["id"] for one in ATLAS.table.to_dict("records") if keep(one)]
    assert 0 < len(wanted) < len(ATLAS.table)
    assert ids(f"{ogc_url}/collections/features/items", limit=2000, filter=text) == wanted


def test_cql2_in_space_in_any_system(ogc_url):
    url = f"{ogc_url}/collections/features/items"
    inside = ids(url, limit=2000, bbox="101,26,102,27")
    assert len(inside) > 20
    ring = "POLYGON((101 26,102 26,102 27,101 27,101 26))"
    turned = "POLYGON((26 101,26 102,27 102,27 101,26 101))"
    assert ids(url, limit=2000, filter=f"S_INTERSECTS(geometry,{ring})") == inside
    assert ids(url, limit=2000, filter=f"S_INTERSECTS(geometry,{turned})", **{"filter-crs": f"{EPSG}4490"}) == inside
    asked = {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": [101, 26, 102, 27]}]}
    answer = requests.post(url, params={"limit": 2000}, json=asked, timeout=60)
    assert [one["id"] for one in answer.json()["features"]] == inside


@pytest.mark.parametrize(("code", "places"), [(4326, 1e-6), (4490, 1e-6), (3857, 0.01), (4542, 0.01), (4543, 0.01)])
def test_systems_have_the_axes_of_their_register(ogc_url, code, places):
    url = f"{ogc_url}/collections/features/items"
    answer = requests.get(url, params={"crs": f"{EPSG}{code}", "bbox": "101,26,102,27", "limit": 500}, timeout=60)
    assert answer.headers["Content-Crs"] == f"<{EPSG}{code}>"
    plain = {one["id"]: one for one in get(url, bbox="101,26,102,27", limit=500)["features"]}
    move = Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform
    points = [one for one in answer.json()["features"] if one["geometry"]["type"] == "Point"]
    for one in points:
        assert one["geometry"]["coordinates"] == pytest.approx(
            move(*plain[one["id"]]["geometry"]["coordinates"]), abs=places
        )
    assert points
    lower, upper = move(101, 26), move(102, 27)
    if code in (4326, 4490):
        assert (lower, upper) == ((26, 101), (27, 102))
        box = ",".join(map(str, (*lower, *upper)))
        assert ids(url, limit=2000, bbox=box, **{"bbox-crs": f"{EPSG}{code}"}) == list(plain)


def test_a_box_of_a_zone_is_cut_along_its_own_edges(ogc_url):
    """A box of a projection is no box in degrees: what lies inside of the one and outside of the other counts."""
    url = f"{ogc_url}/collections/features/items"
    code, (north, east) = 4545, (2_900_000, 100_000)  # 108° E, far to the west of it: its edges turn by two degrees
    box = f"{north},{east},{north + 300_000},{east + 200_000}"
    found = ids(url, limit=2000, bbox=box, **{"bbox-crs": f"{EPSG}{code}"})
    into = Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform
    points = ATLAS.table[ATLAS.table.geometry.geom_type == "Point"]
    inside = []
    for one in points.itertuples():
        y, x = into(one.geometry.x, one.geometry.y)
        if north <= y <= north + 300_000 and east <= x <= east + 200_000:
            inside.append(one.id)
    assert len(inside) > 20
    assert [one for one in found if one in set(points["id"])] == inside


@pytest.mark.parametrize(("params", "said"), [
    ({"leyer": "park"}, "leyer"), ({"zone": "川中"}, "川南经济区"), ({"place": "市中区"}, "市中区"), ({"bbox": "1,2,3"}, "bbox"),
    ({"bbox": "nan,1,2,3"}, "bbox"), ({"bbox": "102,26,101,27"}, "bbox"), ({"bbox": "1,2,3,4", "bbox-crs": "EPSG:4490"}, "bbox-crs"),
    ({"bbox-crs": f"{EPSG}4490"}, "bbox"), ({"crs": f"{EPSG}2180"}, "2180"), ({"filter": "layer=="}, "CQL2"), ({"filter": "leyer='park'"}, "leyer"),
    ({"filter": "layer='park'", "filter-lang": "sql"}, "filter-lang"), ({"limit": "0"}, "limit"), ({"limit": "x"}, "limit"),
    ({"offset": "-1"}, "offset"), ({"sortby": "leyer"}, "sortby"), ({"sortby": ""}, "sortby"), ({"sortby": "name,,-"}, "sortby"), ({"properties": "leyer"}, "properties"), ({"properties": ""}, "properties"), ({"f": "csv"}, "csv"), ({"lang": "0"}, "zh-CN"),
    ({"within": "1"}, "1"), ({"filter": "S_INTERSECTS(geometry,POINT(101 26))", "filter-crs": f"{EPSG}4490"}, "先后"),
])  # fmt: skip
def test_what_is_not_understood_is_refused(ogc_url, params, said):
    answer = requests.get(f"{ogc_url}/collections/features/items", params=params, timeout=60)
    assert answer.status_code == 400
    assert said in answer.json()["description"]
    assert "Traceback" not in answer.text


def test_what_is_not_there_is_told(ogc_url):
    assert requests.get(f"{ogc_url}/collections/parks/items", timeout=60).status_code == 404
    assert requests.get(f"{ogc_url}/collections/park/items/f-99999", timeout=60).status_code == 404
    gone = requests.get(f"{ogc_url}/collections/park/items", params={"version": "000000000000"}, timeout=60)
    assert gone.status_code == 410
    assert ATLAS.version in gone.json()["description"]


def test_sorting_and_choosing_properties(ogc_url):
    page = get(
        f"{ogc_url}/collections/transport/items",
        sortby="-length_km,name",
        properties="name,length_km",
        limit=500,
        skipGeometry="true",
    )
    lengths = [one["properties"]["length_km"] for one in page["features"]]
    known = [one for one in lengths if one is not None]
    assert known == sorted(known, reverse=True)
    assert lengths == known + [None] * (len(lengths) - len(known))
    assert {frozenset(one["properties"]) for one in page["features"]} == {frozenset({"name", "length_km"})}
    assert {one["geometry"] for one in page["features"]} == {None}


def test_an_answer_that_is_kept_is_not_sent_again(ogc_url):
    url = f"{ogc_url}/collections/park/items"
    first = requests.get(url, timeout=60)
    again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    other = requests.get(url, params={"limit": 1}, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
    assert other.status_code == 200


class Outside(HTMLParser):
    """What a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "link", "img", "iframe"):
            self.loaded.append(f"{tag} {dict(attrs)}")


@pytest.mark.parametrize("path", ["/", "/openapi", "/conformance", "/collections", "/collections/park", "/collections/park/schema",
                                  "/collections/park/queryables", "/collections/park/items", "/collections/features/items/f-00001",
                                  "/collections/x"])  # fmt: skip
def test_pages_for_people_load_nothing(ogc_url, path):
    answer = requests.get(ogc_url + path, headers={"Accept": "text/html"}, timeout=60)
    assert answer.headers["Content-Type"].startswith("text/html")
    page = Outside()
    page.feed(answer.text)
    assert page.loaded == []
    assert "川规图" in answer.text


def test_openapi_tells_every_parameter_and_needs_no_internet(ogc_url):
    told = get(f"{ogc_url}/openapi")
    assert re.findall(r'"\$ref": ?"(?!#)', json.dumps(told)) == []
    for key in collections():
        named = {
            one.get("name", one.get("$ref", "").rpartition("/")[2])
            for one in told["paths"][f"/collections/{key}/items"]["get"]["parameters"]
        }
        parts = (
            KINDS[key].parts
            if key in KINDS
            else ("zone", "layer", "kind", "status", "document", "place", "within", "q")
        )
        assert {*parts, "bbox", "bbox-crs", "crs", "filter", "limit", "offset", "version"} <= named
