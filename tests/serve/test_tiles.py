"""Vector tiles: what lies in a tile of a selection, where it lies, and how long it may be kept."""

from __future__ import annotations

import mapbox_vector_tile
import pytest
import requests

from geo.systems import WEB_MERCATOR
from layers.atlas import bundled
from layers.query.selection import Selection, select
from serve.tiles import HALF

ATLAS = bundled()


def read(url: str, **params):
    answer = requests.get(url, params=params, timeout=60)
    return mapbox_vector_tile.decode(answer.content)["features"]["features"] if answer.status_code == 200 else []


@pytest.mark.parametrize("asked", [{}, {"zone": "panxi"}, {"layer": "park", "status": "promoted"}])
def test_all_tiles_of_a_zoom_hold_the_selection(root, asked):
    rows = select(ATLAS, Selection.parse(ATLAS, {key: [value] for key, value in asked.items()}))
    every = [(x, y) for x in range(8) for y in range(8)]
    found = {one["properties"]["id"] for x, y in every for one in read(f"{root}/tiles/3/{x}/{y}.mvt", **asked)}
    assert found == set(rows[rows.geometry.notna()]["id"])


def test_a_point_stands_where_it_is(root):
    point = next(
        one for one in ATLAS.table.itertuples() if one.precision == "exact" and one.geometry.geom_type == "Point"
    )
    (moved,) = WEB_MERCATOR.project([point.geometry])
    z = 14
    side = 2 * HALF / 2**z
    x, y = int((moved.x + HALF) // side), int((HALF - moved.y) // side)
    (one,) = [one for one in read(f"{root}/tiles/{z}/{x}/{y}.mvt") if one["properties"]["id"] == point.id]
    east, north = one["geometry"]["coordinates"]
    assert east * side / 4096 == pytest.approx(moved.x + HALF - x * side, abs=side / 4096)
    assert north * side / 4096 == pytest.approx(moved.y - (HALF - (y + 1) * side), abs=side / 4096)
    assert one["properties"]["name"] == point.name


def test_tiles_may_be_kept_as_long_as_the_atlas(root):
    url = f"{root}/tiles/5/25/13.mvt"
    first = requests.get(url, timeout=60)
    again = requests.get(url, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")
    named = requests.get(url, params={"version": ATLAS.version}, timeout=60)
    assert named.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert named.content == first.content


@pytest.mark.parametrize(("path", "status"), [
    ("5/32/1.mvt", 404), ("5/1/40.mvt", 404), ("99/1/1.mvt", 404), ("x/1/1.mvt", 404), ("5/1/1.png", 404), ("5/25/13.mvt?zone=x", 400),
    ("5/25/13.mvt?leyer=x", 400), ("5/0/0.mvt", 204), ("5/25/13.mvt?version=000000000000", 410),
])  # fmt: skip
def test_what_is_no_tile(root, path, status):
    answer = requests.get(f"{root}/tiles/{path}", timeout=60)
    assert answer.status_code == status
    assert bool(answer.text) == (status != 204)


def test_a_description_leads_to_the_tiles(root):
    told = requests.get(f"{root}/tiles/tiles.json", params={"zone": "panxi"}, timeout=60).json()
    url = told["tiles"][0].format(z=5, x=25, y=13)
    assert (
        requests.get(url, timeout=60).content
        == requests.get(f"{root}/tiles/5/25/13.mvt?zone=panxi", timeout=60).content
    )
