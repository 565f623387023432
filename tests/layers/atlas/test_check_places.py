"""Each promise of a placement, broken once in a copy of the records: the check names it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import Atlas, bundled
from layers.atlas.check_places import geometries, placements

RECORDS = bundled().records
BLANK = dict.fromkeys(("lon", "lat", "precision", "error_km", "source", "via"), "")
BROKEN = {
    # a cluster is no territory; a territory says what makes it one, and all of it has a boundary
    "f-00074": {"precision": "area", "source": "x"},
    "f-00090": {"source": ""},
    "f-00001": {"places": "成都市 陕西省太白县"},
    "f-00005": {"precision": "exact"},
    # G318 through places that it does not come to, and a point that stands for one city of two
    "f-01846": {"places": "成都市 巴塘县 攀枝花市"},
    "f-00034": {"places": "青白江区 绵阳市"},
    # a base of two cities as points beside the bases that are drawn as areas
    "f-00699": {"precision": "prefecture"},
    "f-01630": {"places": "攀枝花市 凉山彝族自治州"},
    "f-00462": {"places": "青白江区 金堂县"},
    "f-00123": {"lon": "104.3900", "lat": "31.1270", "precision": "approximate", "error_km": "7.5"},
    "f-00039": {"via": "平武县;天全县", "precision": "schematic_area"},
}
FOUND = {
    ("boundary of what is no territory", "f-00074"),
    ("boundary of what is no territory", "f-00090"),
    ("boundary without a member", "f-00001"),
    ("precision without a position", "f-00005"),
    ("line misses a place", "f-01846"),
    ("place left out", "f-00034"),
    ("whole zone drawn for a thing somewhere in it", "f-01630"),
    ("extension drawn over its whole", "f-00462"),
    ("position that is not known", "f-00123"),
    ("guess finer than its places", "f-00123"),
    ("one kind drawn in two ways", "industry/industrial_base"),
    ("course that is not drawn", "f-00039"),
}


@pytest.fixture(scope="module")
def broken() -> Atlas:
    changed = [{**row, **BROKEN.get(row["feature"], {})} for row in RECORDS.placements]
    return Atlas(replace(RECORDS, placements=tuple(changed)))


def test_every_broken_promise_is_named(broken):
    found = {(one.check, one.record) for one in (*placements(broken), *geometries(broken))}
    assert found == FOUND


def test_a_line_that_hides_a_district_is_named():
    """The table of an atlas as it might have been kept: 成昆铁路扩能改造 without 凉山, which it crosses from end to end."""
    atlas = Atlas(RECORDS)
    table = atlas.table.copy()
    at = table.index[table["name"] == "成昆铁路扩能改造"][0]
    liangshan = "513400"
    table.at[at, "prefectures"] = tuple(code for code in table.at[at, "prefectures"] if code != liangshan)
    atlas.__dict__["table"] = table
    reasons = {one.reason for one in geometries(atlas) if one.check == "line crosses a district that it does not name"}
    assert reasons == {"成昆铁路扩能改造: 凉山彝族自治州"}
