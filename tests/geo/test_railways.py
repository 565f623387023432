"""Railways over real track: official lengths, real stations, and what must not be routed."""

from __future__ import annotations

import itertools
import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.affinity import scale
from shapely.geometry import LineString, Point

from geo.measure import distance_km, length_km
from geo.railways import DETOUR_FACTOR, DETOUR_KM, LEAST_ERROR_KM, SNAP_KM, error_km, existing, route
from layers.atlas import bundled

AIRPORT_SOUTH, ANKANG, BAOJI = (103.947, 30.5785), (109.02, 32.71), (107.14, 34.37)
CHENGDU, CHENGDU_EAST, CHENGDU_SOUTH, CHENGDU_WEST = (
    (104.068, 30.699),
    (104.1385, 30.6305),
    (104.064, 30.607),
    (103.976, 30.687),
)
CHONGQING_NORTH, KUNMING = (106.546, 29.608), (102.72, 25.02)
GUANGYUAN, JIANGYOU, MIANYANG, DEYANG = (105.828, 32.44), (104.75, 31.78), (104.741, 31.459), (104.388, 31.131)
EMEI, XICHANG_WEST, MIYI, PANZHIHUA_SOUTH = (103.49, 29.585), (102.2, 27.85), (102.11, 26.9), (101.78, 26.5)
DAYI, PUJIANG, YAAN = (103.53, 30.57), (103.51, 30.2), (103.03, 29.99)
SUINING, HECHUAN, NANCHONG_NORTH = (105.545, 30.535), (106.28, 29.96), (106.071, 30.856)
XIAN_NORTH, HANZHONG = (108.94, 34.38), (107.023, 33.063)
LESHAN, YIBIN_WEST, BIJIE, GUIYANG_EAST = (103.74, 29.605), (104.57, 28.785), (105.29, 27.3), (106.74, 26.66)
BAZHONG_EAST, XUYONG, SONGPAN = (106.79, 31.88), (105.44, 28.17), (103.6065, 32.5951)
PANZHIHUA_SEAT, YANYUAN_SEAT = (101.718, 26.582), (101.509, 27.423)

# Official lengths in km: commonly published figures, in service.
LINES = [
    pytest.param([CHENGDU_EAST, CHONGQING_NORTH], 308, id="chengdu-chongqing-high-speed"),
    pytest.param([CHENGDU_WEST, DAYI, PUJIANG, YAAN], 140, id="chengdu-yaan"),
    pytest.param([CHENGDU, EMEI, XICHANG_WEST, MIYI, PANZHIHUA_SOUTH, KUNMING], 860, id="chengdu-kunming"),
    pytest.param([XIAN_NORTH, HANZHONG, GUANGYUAN, JIANGYOU, MIANYANG, DEYANG, CHENGDU_EAST], 658, id="xian-chengdu"),
    pytest.param([CHENGDU_EAST, LESHAN, YIBIN_WEST, BIJIE, GUIYANG_EAST], 648, id="chengdu-guiyang"),
    pytest.param([SUINING, HECHUAN, CHONGQING_NORTH], 155, id="suining-chongqing"),
]  # fmt: skip
STOPS = LINES[3].values[0] + LINES[2].values[0] + LINES[1].values[0]


def off_km(point: tuple[float, float], line: LineString) -> float:
    """How far a point lies from a line; the nearest point of it is sought where a degree is as long in every direction."""
    narrow = math.cos(math.radians(point[1]))
    squeezed = scale(line, xfact=narrow, origin=(0, 0))
    lon, lat = shapely.shortest_line(squeezed, Point(point[0] * narrow, point[1])).coords[0]
    return distance_km(point, (lon / narrow, lat))


@pytest.mark.parametrize(("stops", "official_km"), LINES)
def test_lines_are_as_long_as_the_official_figures(stops, official_km):
    assert length_km(route(stops)) == pytest.approx(official_km, rel=0.05)


@pytest.mark.parametrize(("stops", "official_km"), LINES)
def test_lines_pass_their_stations_in_order(stops, official_km):
    line = route(stops)
    assert all(off_km(stop, line) < LEAST_ERROR_KM for stop in stops)
    along = [line.project(Point(stop)) for stop in stops]
    assert along == sorted(along)
    assert line.is_valid and all(a != b for a, b in itertools.pairwise(line.coords)), official_km


def test_a_line_starts_and_ends_at_its_stations():
    line = route([CHENGDU_EAST, CHONGQING_NORTH])
    assert distance_km(line.coords[0], CHENGDU_EAST) < 1
    assert distance_km(line.coords[-1], CHONGQING_NORTH) < 1


def test_the_way_back_is_the_same_track():
    there, back = route([CHENGDU_WEST, YAAN]), route([YAAN, CHENGDU_WEST])
    assert length_km(there) == pytest.approx(length_km(back))
    assert there.hausdorff_distance(back) < 0.001


@pytest.mark.parametrize(
    "stops",
    [
        pytest.param([], id="no-stop"),
        pytest.param([CHENGDU_EAST], id="one-stop"),
        pytest.param([PANZHIHUA_SEAT, YANYUAN_SEAT], id="panzhihua-yanyuan-has-no-railway"),
        pytest.param([CHENGDU_EAST, SONGPAN], id="songpan-not-yet-held"),
        pytest.param([XUYONG, BIJIE], id="xuyong-bijie-only-by-a-detour"),
        pytest.param([NANCHONG_NORTH, BAZHONG_EAST], id="nanchong-bazhong-only-by-a-detour"),
        pytest.param([BAOJI, GUANGYUAN], id="broken-in-the-source-west-of-baoji"),
        pytest.param([(87.6, 43.8), (88.2, 43.9)], id="outside"),
    ],
)
def test_what_is_no_railway_of_the_track_is_not_routed(stops):
    assert route(stops) is None


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(STOPS), min_size=2, max_size=4),
    st.lists(st.tuples(st.floats(-0.08, 0.08), st.floats(-0.08, 0.08)), min_size=4, max_size=4),
)
def test_a_route_keeps_to_its_limits(stops, shifts):
    points = [(lon + east, lat + north) for (lon, lat), (east, north) in zip(stops, shifts, strict=False)]
    line = route(points)
    if line is None:
        return
    assert distance_km(line.coords[0], points[0]) <= SNAP_KM
    assert distance_km(line.coords[-1], points[-1]) <= SNAP_KM
    # Each stop is off by the snap, which a chord of the simplified line can only shorten.
    assert all(off_km(point, line) <= SNAP_KM + 0.1 for point in points)
    most_km = sum(DETOUR_FACTOR * distance_km(a, b) + DETOUR_KM for a, b in itertools.pairwise(points))
    assert length_km(line) <= most_km


@settings(max_examples=40)
@given(st.floats(97.3, 108.6), st.floats(26.0, 34.4), st.floats(97.3, 108.6), st.floats(26.0, 34.4))
def test_any_two_points_route_within_the_snap_or_not_at_all(west, south, east, north):
    line = route([(west, south), (east, north)])
    assert line is None or max(off_km((west, south), line), off_km((east, north), line)) <= SNAP_KM + 0.1


def test_stations_bound_the_error_of_a_line():
    """Known stations that the routing did not see lie within the error that it states."""
    line = route([CHENGDU_WEST, YAAN])
    assert all(off_km(stop, line) < error_km(line) for stop in (DAYI, PUJIANG))
    line = route([CHENGDU_EAST, LESHAN])
    assert off_km(AIRPORT_SOUTH, line) < error_km(line)
    assert off_km(CHENGDU_SOUTH, line) < error_km(line)


def test_error_grows_with_the_longest_chord():
    assert error_km(LineString()) == LEAST_ERROR_KM
    assert error_km(LineString([(104.0, 30.0), (104.1, 30.0)])) == LEAST_ERROR_KM
    chord = LineString([(104.0, 30.0), (105.0, 30.0)])
    assert error_km(chord) == pytest.approx(length_km(chord) / 4)


def test_existing_railways_are_features():
    assert existing() <= {row["name"] for row in bundled().records.features}
    assert not existing() & {"成都至达州至万州高铁", "重庆至昆明高铁", "重庆至西安高铁", "成渝中线高铁"}
