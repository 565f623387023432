"""What is drawn on the map is a record that says how far it may be off."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, MultiLineString

from geo.placement import place_feature
from plans.features import Feature
from store import StoreError
from store.drawn import county, course, in_places, position, same_course
from store.findings import PLACE
from store.verbs import placed

EMPTY = {**dict.fromkeys(PLACE, ""), "places": "510421", "basis": "text"}
MIYI, HUILI = (102.11, 26.89), (102.25, 26.66)


def drawn(row, layer="transport", kind="expressway"):
    return place_feature(Feature("n1", "某线", (), layer, kind, "", "", ()), {"feature": "n1", **placed(row)})


@pytest.mark.parametrize(
    ("at", "km", "precision", "places"),
    [
        pytest.param(MIYI, 0.8, "exact", "510421", id="in-its-county"),
        pytest.param(MIYI, 2.3, "approximate", "510421", id="near"),
        pytest.param((102.25, 26.66), 2.3, "approximate", "513402", id="in-another-county"),
        pytest.param((102.6, 25.0), 2.3, "approximate", "510421", id="where-no-county-is-held"),
    ],
)
def test_a_position_is_no_finer_than_it_was_drawn(at, km, precision, places):
    row = position(EMPTY, at, km, "图上标定，甲")
    assert (row["precision"], row["error_km"], row["places"], row["basis"]) == (precision, str(km), places, "known")
    here = drawn(row, kind="transport_airport")
    assert (here.geometry.x, here.geometry.y, here.error_km) == (*at, km)


def test_a_coarse_position_is_refused():
    with pytest.raises(StoreError, match="coarser than 10 km"):
        position(EMPTY, MIYI, 12.0, "图上标定，甲")


def test_a_course_runs_through_what_was_drawn():
    row = course(EMPTY, [MIYI, MIYI, HUILI], 2.0, "图上绘出，甲")
    assert row["via"] == "@102.1100,26.8900;@102.2500,26.6600"
    here = drawn(row)
    assert list(here.geometry.coords) == [MIYI, HUILI]
    assert (here.precision, here.source) == ("schematic", "走向依据：图上绘出，甲")
    assert here.error_km == 7.3  # a quarter of the 29 km between its points
    assert drawn(row | {"error_km": "9.5"}).error_km == 9.5
    with pytest.raises(StoreError, match="two points"):
        course(EMPTY, [MIYI], 2.0, "x")
    with pytest.raises(StoreError, match="source and error"):
        placed(row | {"source": ""})
    with pytest.raises(StoreError, match="out of range"):
        placed(row | {"via": "@202,26;@102,27"})


def test_the_course_of_something_else_keeps_its_branches_and_its_error():
    wave = [(102 + i / 500, 27 + (i % 2) / 1000) for i in range(400)]
    row = same_course(EMPTY, MultiLineString([wave, [(102.4, 27.0), (102.4, 27.5)]]), 5.0, "沿用 f-00001")
    first, second = row["via"].split("|")
    assert (first.split(";")[0], second) == ("@102.0000,27.0000", "@102.4000,27.0000;@102.4000,27.5000")
    assert row["error_km"] == "5.2"  # and what 0.002 degree leave out
    assert same_course(EMPTY, LineString([MIYI, HUILI]), 5.0, "x")["via"] == "@102.1100,26.8900;@102.2500,26.6600"


def test_a_county_by_a_click_or_by_name():
    assert county({**EMPTY, "via": "@1,2;@3,4"}, HUILI) == {**EMPTY, "places": "513402", "basis": "known"}
    assert in_places(EMPTY, ["510421", "513402"])["places"] == "510421 513402"
    with pytest.raises(StoreError, match="no county here"):
        county(EMPTY, (102.6, 25.0))
