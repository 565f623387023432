"""The area of a selection as one word of an address."""

from __future__ import annotations

import math

import pytest

from geo.measure import area_km2
from layers.atlas import bundled
from layers.errors import LayerError
from layers.query.area import area
from layers.query.selection import Selection, select

ATLAS = bundled()


def test_a_distance_round_a_point_is_a_true_circle():
    assert area_km2(area(ATLAS, "104.06,30.66~30")) == pytest.approx(math.pi * 30**2, rel=0.005)


def test_a_polygon_is_its_corners():
    assert area(ATLAS, "101.4,26.3;102,26.3;102,26.8;101.4,26.8").bounds == (101.4, 26.3, 102, 26.8)


def test_what_lies_round_a_line_holds_the_line_and_its_stations():
    found = select(ATLAS, Selection(within="f-00012~10"))
    names = set(found["name"])
    assert {"成都至自贡至宜宾高铁", "成都天府国际机场"} <= names
    assert "攀枝花至盐源高速公路" not in names
    transport = select(ATLAS, Selection(within="f-00012~10", layer=("transport",)))
    assert set(transport["id"]) == set(found.loc[found["layer"] == "transport", "id"])


def test_the_area_reopens_from_the_address():
    selection = Selection.parse(ATLAS, {"within": ["f-00012~10"], "zone": ["川南经济区"]})
    assert Selection.parse(ATLAS, selection.params()) == selection


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("成都", "bad area"),
        ("104,30;105,30", "bad area"),
        ("104,30~x", "bad area"),
        ("104,30~0", "invalid distance"),
        ("104,30~1e9", "invalid distance"),
        ("104,30~1e-9", "invalid distance"),
        ("104,90~10", "beyond lon/lat"),
        ("104,30~nan", "invalid distance"),
        ("204,30~5", "not lon/lat"),
        ("104,30;105,31;105,30;104,31", "self-intersecting"),
        ("104,30;104,30;104,30", "empty area"),
        ("f-99999~5", "unknown feature"),
    ],
)
def test_a_bad_area_is_told(text, says):
    with pytest.raises(LayerError, match=says):
        Selection.parse(ATLAS, {"within": [text]})
