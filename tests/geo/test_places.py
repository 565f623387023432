"""Places, measures, offsets and alignments, on real places."""

from __future__ import annotations

import itertools
import statistics

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point, box
from shapely.ops import nearest_points

from geo.accuracy import areas, lengths, references, whereabouts
from geo.alignment import alignment
from geo.errors import GeoError
from geo.gazetteer import (
    boundary,
    counties,
    find,
    place,
    place_path,
    places,
    prefectures,
    sichuan,
    zone_boundary,
    zone_of,
)
from geo.gcj02 import bd09_to_wgs84, to_gcj02, to_wgs84, wgs84_to_bd09
from geo.measure import area_km2, distance_km, length_km, reach_km
from geo.rivers import named_river, reach, rivers, span
from layers.atlas import bundled
from plans.places import short_name
from plans.vocabulary import keys

ATLAS = bundled()
lons, lats = st.floats(97.3, 108.6), st.floats(26.0, 34.4)


# Official areas in km²: Sichuan Statistical Yearbook.
def test_sichuan_has_21_prefectures_and_183_counties():
    assert len(prefectures()) == 21
    assert len(counties()) == 183


def test_prefectures_are_as_large_as_the_official_figures():
    found = areas()
    assert len(found) == 21
    for one in found:
        assert one.drawn == pytest.approx(one.official, rel=0.02), one.name


def test_every_county_seat_lies_in_its_county():
    for one in counties():
        assert boundary(one.adcode).contains(Point(one.lon_degree, one.lat_degree)), one


def test_counties_tile_their_prefecture():
    for one in prefectures():
        inside = [boundary(county.adcode) for county in counties() if county.parent == one.adcode]
        assert sum(map(area_km2, inside)) == pytest.approx(area_km2(boundary(one.adcode)), rel=0.001)


def test_zones_tile_the_province():
    zones = [zone_boundary(zone) for zone in keys("zone")]
    assert sum(map(area_km2, zones)) == pytest.approx(area_km2(sichuan()), rel=1e-6)
    assert area_km2(shapely.union_all(zones)) == pytest.approx(area_km2(sichuan()), rel=1e-6)
    assert area_km2(sichuan()) == pytest.approx(486_000, rel=0.02)
    assert len(zone_of()) == 21


@pytest.mark.parametrize(
    ("name", "adcode"),
    [
        pytest.param("盐源县", "513423", id="county"),
        pytest.param("盐源", "513423", id="short"),
        pytest.param("攀枝花", "510400", id="prefecture"),
        pytest.param("宜宾", "511500", id="prefecture-not-its-county"),
        pytest.param("乐山市市中区", "511102", id="behind-its-prefecture"),
        pytest.param("重庆市万州区", "500101", id="over-the-border"),
        pytest.param("凉山", "513400", id="autonomous"),
        pytest.param("511300", "511300", id="adcode"),
    ],
)
def test_place(name, adcode):
    assert place(name).adcode == adcode


@pytest.mark.parametrize(("name", "says"), [("市中区", "511102"), ("金沙", "不在|不唯一"), ("蜀国", "不在")])
def test_places_that_stay_unresolved_say_why(name, says):
    if name == "金沙":  # a county of Guizhou, not the site in Chengdu
        assert not place(name).in_sichuan
        return
    with pytest.raises(GeoError, match=says):
        place(name)


def test_all_candidates_are_kept():
    assert {one.adcode for one in find("市中区")} == {"511002", "511102"}
    assert find("蜀国") == ()
    assert place_path(place("盐源县")) == "四川省凉山彝族自治州盐源县"
    assert [short_name(name) for name in ("盐源县", "凉山彝族自治州", "理县", "北川羌族自治县")] == [
        "盐源",
        "凉山",
        "理县",
        "北川",
    ]


# ---- measures --------------------------------------------------------------------------------


def test_length_is_geodesic():
    equator = LineString([(0, 0), (1, 0)])
    assert length_km(equator) == pytest.approx(111.3195, abs=1e-3)
    assert length_km(MultiLineString([equator, equator])) == pytest.approx(222.639, abs=1e-3)
    assert length_km(LineString()) == 0.0
    assert area_km2(shapely.Polygon()) == 0.0


@pytest.mark.parametrize("measure", [length_km, area_km2])
def test_projected_coordinates_are_refused(measure):
    with pytest.raises(ValueError, match=r"to_crs\(4326\)"):
        measure(box(400_000, 3_300_000, 401_000, 3_301_000))


def test_reach_covers_the_whole_place():
    chengdu = place("成都市")
    radius = reach_km((chengdu.lon_degree, chengdu.lat_degree), boundary("510100"))
    corners = shapely.get_coordinates(boundary("510100"))
    assert max(
        distance_km((chengdu.lon_degree, chengdu.lat_degree), tuple(corner)) for corner in corners
    ) == pytest.approx(radius)


# ---- GCJ-02 ----------------------------------------------------------------------------------


@given(lons, lats)
def test_gcj02_round_trips_within_a_millimetre(lon, lat):
    back = to_wgs84(*to_gcj02(lon, lat))
    assert distance_km(back, (lon, lat)) < 1e-6


@given(lons, lats)
def test_gcj02_moves_a_position_by_hundreds_of_metres(lon, lat):
    assert 0.1 < distance_km(to_gcj02(lon, lat), (lon, lat)) < 0.8


@given(lons, lats)
def test_bd09_round_trips_within_a_millimetre(lon, lat):
    assert distance_km(bd09_to_wgs84(*wgs84_to_bd09(lon, lat)), (lon, lat)) < 1e-6


def test_bd09_is_not_gcj02():
    """Taken for GCJ-02 it would be some 900 m away."""
    assert bd09_to_wgs84(102.221306, 27.847970) == pytest.approx((102.2133, 27.8453), abs=1e-6)
    assert to_wgs84(102.221306, 27.847970) != pytest.approx((102.2133, 27.8453), abs=1e-3)


def test_arrays_are_moved_as_numbers_are():
    lon, lat = np.array([101.5, 104.06]), np.array([27.4, 30.66])
    for move in (to_gcj02, to_wgs84, wgs84_to_bd09, bd09_to_wgs84):
        assert np.column_stack(move(lon, lat)).tolist() == [list(move(*pair)) for pair in zip(lon, lat, strict=True)]


# ---- alignments ------------------------------------------------------------------------------


@given(st.lists(st.tuples(lons, lats), min_size=2, max_size=8))
def test_an_alignment_passes_every_point(points):
    if any(abs(a[0] - b[0]) + abs(a[1] - b[1]) < 1e-3 for a, b in itertools.pairwise(points)):
        return
    line = alignment(points)
    assert line.coords[0] == pytest.approx(points[0])
    assert line.coords[-1] == pytest.approx(points[-1])
    assert all(line.distance(Point(point)) < 1e-9 for point in points)


@pytest.mark.parametrize("points", [[], [(103, 30)], [(103, 30), (103, 30)]])
def test_an_alignment_needs_two_different_points(points):
    with pytest.raises(ValueError, match="two or more"):
        alignment(points)


# ---- rivers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "river"),
    [
        ("岷江航电枢纽", "岷江"),
        ("长江干流四川段防洪", "长江"),
        ("岷江、大渡河", None),
        ("沱江治理", "沱江"),
        ("釜溪河", None),
    ],
)
def test_named_river(text, river):
    found = named_river(text)
    assert (found and found.name) == river


def test_a_river_is_cut_to_the_place():
    course = reach(rivers()["岷江"], boundary(place("乐山市").adcode))
    assert 60 < length_km(course) < 120
    assert reach(rivers()["雅砻江"], boundary(place("广安市").adcode)) is None


def test_a_river_is_cut_to_the_span_that_a_text_names():
    neijiang, luzhou = (place(name) for name in ("内江市", "泸州市"))
    stops = [(one.lon_degree, one.lat_degree) for one in (neijiang, luzhou)]
    course = span(rivers()["沱江"], stops)
    assert 150 < length_km(course) < 200  # the navigation plan counts 186 km from 内江 to the mouth
    assert span(rivers()["沱江"], [*stops, (104.07, 30.66)]) is None  # 成都 does not stand on it


@pytest.mark.parametrize(
    ("river", "seats"),
    [
        ("沱江", ["金堂县", "简阳市", "资中县", "富顺县"]),
        ("涪江", ["平武县", "江油市", "三台县", "射洪市"]),
        ("渠江", ["平昌县", "渠县", "广安区"]),
        ("青衣江", ["雨城区", "洪雅县", "夹江县"]),
        ("安宁河", ["冕宁县", "德昌县", "米易县"]),
    ],
)
def test_rivers_pass_the_towns_that_stand_on_them(river, seats):
    for name in seats:
        at = place(name)
        near = nearest_points(rivers()[river].course, Point(at.lon_degree, at.lat_degree))[0]
        assert distance_km((at.lon_degree, at.lat_degree), (near.x, near.y)) < 4


def test_codes_carry_their_parents():
    assert all(one.parent in places() for one in places().values() if one.level != "province")


# ---- evidence --------------------------------------------------------------------------------


def test_stated_errors_hold_against_other_public_sources():
    found = references(ATLAS.placements)
    assert len(found) > 80
    assert sum(one.held for one in found) / len(found) >= 0.95
    for precision, most in (("exact", 1), ("approximate", 5)):
        assert statistics.median(one.off_km for one in found if one.precision == precision) <= most


@pytest.mark.parametrize(("level", "wanted"), [("prefecture", 0.98), ("county", 0.96)])
def test_features_stand_where_they_were_judged_to_be_unseen(level, wanted):
    found = [one for one in whereabouts(ATLAS.placements) if one.level == level]
    for part in (found, [one for one in found if one.certain]):
        assert len(part) > 350
        assert sum(one.held for one in part) / len(part) >= wanted


def test_drawn_lengths_stay_near_the_official_ones():
    found = {one.name: one for one in lengths(ATLAS.placements)}
    assert len(found) > 70
    assert found["嘉陵江航道"].ratio == pytest.approx(0.98, abs=0.03)  # follows the river
    assert found["成都经济区环线高速公路"].ratio == pytest.approx(0.98, abs=0.03)
    assert all(0.6 < one.ratio < 1.15 for one in found.values())
