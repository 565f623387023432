"""Files by address are those of the command, and what cannot be made is told with a status."""

from __future__ import annotations

import io
import json
import re
import zipfile
from urllib.parse import unquote

import geopandas as gpd
import pytest
import requests

from geo.systems import GCJ02, WGS84
from layers.atlas import bundled
from layers.export import FORMATS, content, coordinate_system
from layers.query.selection import Selection, select
from plans.vocabulary import label

ATLAS = bundled()
ASKED = {"zone": "panxi", "layer": "park"}
ROWS = select(ATLAS, Selection(zone=("panxi",), layer=("park",)))
_TIMES = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[^\"<,;]*")


def timeless(form: str, made: bytes) -> object:
    """What a file holds, without the times at which it was made."""
    if form in ("xlsx", "shp"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return {
                name: _TIMES.sub(b"", archive.read(name)) for name in archive.namelist() if not name.endswith(".dbf")
            }
    if form in ("gpkg", "parquet", "fgb"):
        frame = (gpd.read_parquet if form == "parquet" else gpd.read_file)(io.BytesIO(made))
        return frame.to_json()
    return _TIMES.sub(b"", made)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("crs", [WGS84.key, "EPSG:4543", GCJ02.key])
def test_the_bytes_are_those_of_the_command(root, form, crs):
    system = coordinate_system(crs, ROWS)
    answer = requests.get(f"{root}/download/features", params={**ASKED, "format": form, "crs": crs}, timeout=120)
    if system.key not in FORMATS[form].systems and "cgcs2000-3gk" not in FORMATS[form].systems:
        assert answer.status_code == 400
        assert system.title in answer.text
        return
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(FORMATS[form].mime)
    assert unquote(answer.headers["Content-Disposition"]).endswith(FORMATS[form].ending)
    assert timeless(form, answer.content) == timeless(form, content(ROWS, form, system))


def test_names_and_labels_mean_the_same_and_lists_are_lists(root):
    plain = requests.get(f"{root}/download/features", params=ASKED, timeout=60).json()
    named = requests.get(
        f"{root}/download/features", params={"zone": "攀西经济区", "layer": label("layer", "park")}, timeout=60
    )
    assert named.json()["features"] == plain["features"]
    both = requests.get(f"{root}/download/features?zone=panxi,southern", timeout=60).json()
    twice = requests.get(f"{root}/download/features?zone=panxi&zone=southern", timeout=60).json()
    assert both["features"] == twice["features"]
    assert [one["id"] for one in plain["features"]] == list(ROWS["id"])
    assert len(both["features"]) == len(select(ATLAS, Selection(zone=("panxi", "southern"))))


def test_head_tells_and_a_kept_file_is_not_sent_again(root):
    url = f"{root}/download/features"
    head = requests.head(url, params={**ASKED, "format": "xlsx"}, timeout=60)
    assert (head.status_code, head.content) == (200, b"")
    again = requests.get(
        url, params={**ASKED, "format": "xlsx"}, headers={"If-None-Match": head.headers["ETag"]}, timeout=60
    )
    assert (again.status_code, again.content) == (304, b"")
    other = requests.get(
        url, params={**ASKED, "format": "csv"}, headers={"If-None-Match": head.headers["ETag"]}, timeout=60
    )
    assert other.status_code == 200


@pytest.mark.parametrize(("path", "params", "status", "said"), [
    ("features", {"format": "dwg"}, 400, "geojson"), ("features", {"crs": "EPSG:2180"}, 400, "EPSG:4490"),
    ("features", {"zone": "川中"}, 400, "川南经济区"), ("features", {"leyer": "park"}, 400, "leyer"), ("feature", {}, 404, "sheet"),
    ("features", {"version": "000000000000"}, 410, ATLAS.version), ("sheet", {"paper": "a2"}, 400, "a3"),
    ("sheet", {"format": "docx"}, 400, "pdf"), ("brief", {"long": "1"}, 400, "yes"), ("sheet", {"q": "没有这样的词语"}, 400, "没有"),
])  # fmt: skip
def test_what_cannot_be_made_is_told(root, path, params, status, said):
    answer = requests.get(f"{root}/download/{path}", params=params, timeout=60)
    assert answer.status_code == status
    assert said in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(("path", "params", "begins"), [
    ("sheet", {"format": "pdf", "paper": "a3"}, b"%PDF-"), ("sheet", {"format": "svg"}, b"<?xml"), ("brief", {}, b"PK"),
])  # fmt: skip
def test_sheets_and_briefs(root, path, params, begins):
    answer = requests.get(f"{root}/download/{path}", params={"zone": "panxi", "layer": "hub", **params}, timeout=300)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(begins)
    assert "攀西经济区" in unquote(answer.headers["Content-Disposition"])


def test_an_empty_selection_is_a_valid_file(root):
    answer = requests.get(f"{root}/download/features", params={"q": "没有这样的词语"}, timeout=60)
    assert json.loads(answer.content)["features"] == []
