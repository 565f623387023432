"""Rivers that are the border of a province run whole: exact lengths of what is drawn of them."""

from __future__ import annotations

import itertools

import pytest
import shapely

from geo.measure import distance_km, length_km
from geo.rivers import rivers, span
from layers.atlas import bundled

PLACEMENTS = bundled().placements
PANZHIHUA, YIBIN = (101.4575, 26.505), (104.632, 28.769)


@pytest.mark.parametrize(
    ("feature_id", "parts", "km"),
    [
        pytest.param("f-01109", 1, 769.7, id="jinsha-panzhihua-yibin"),
        pytest.param("f-01949", 1, 485.4, id="jinsha-dege-derong"),
        pytest.param("f-01832", 1, 485.4, id="jinsha-corridor"),
        pytest.param("f-01743", 2, 241.2, id="yalong-reservoirs"),
        pytest.param("f-01834", 1, 417.3, id="dadu"),
        pytest.param("f-01831", 2, 148.2, id="yellow-river"),
    ],
)
def test_a_border_river_is_drawn_whole(feature_id, parts, km):
    drawn = PLACEMENTS[feature_id].geometry
    assert (len(shapely.get_parts(drawn)), round(length_km(drawn), 1)) == (parts, km)


def test_no_river_is_cut_into_slivers_by_its_border():
    """Between two parts of a river lies a reach in another place, not the width of a border."""
    near = [
        placed.feature
        for placed in PLACEMENTS.values()
        if placed.method == "follows the named river"
        for one, other in itertools.pairwise(shapely.get_parts(placed.geometry))
        if distance_km(one.coords[-1], other.coords[0]) < 3
    ]
    assert near == []


def test_the_jinsha_between_two_stops():
    course = span(rivers()["金沙江"], [PANZHIHUA, YIBIN])
    assert course is not None
    assert round(length_km(course), 1) == 769.7


def test_an_ecological_corridor_is_as_wide_as_its_towns():
    placed = PLACEMENTS["f-01807"]
    assert (placed.precision, placed.error_km) == ("schematic", 32.5)
