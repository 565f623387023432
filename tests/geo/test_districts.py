"""Which districts a line crosses."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, MultiLineString

from geo.districts import crossed
from geo.gazetteer import boundary, place, places
from geo.measure import length_km


def names(line) -> list[str]:
    return [one.name for one in crossed(line)]


def seat(name: str) -> tuple[float, float]:
    one = place(name)
    return one.lon_degree, one.lat_degree


def test_districts_stand_in_the_order_of_the_line():
    line = LineString([seat("德阳市"), seat("绵阳市")])
    assert names(line) == ["德阳市", "旌阳区", "罗江区", "绵阳市", "涪城区"]
    assert names(line.reverse()) == ["绵阳市", "涪城区", "德阳市", "罗江区", "旌阳区"]


def test_what_is_crossed_for_less_than_five_kilometres_does_not_count():
    """From 金堂 (成都) four kilometres into 中江 (德阳), then six."""
    lon, lat = seat("金堂县")
    border = LineString([(lon, lat), (lon + 1, lat)]).intersection(boundary(place("金堂县").adcode))
    edge = max(x for x, _ in border.coords)
    for further_degree, expected in ((0.041, False), (0.063, True)):
        line = LineString([(lon, lat), (edge + further_degree, lat)])
        assert ("德阳市" in names(line)) is expected, length_km(line)


def test_branches_follow_each_other():
    line = MultiLineString([[seat("宜宾市"), seat("南溪区")], [seat("康定市"), seat("泸定县")]])
    assert [one.adcode for one in crossed(line) if one.level == "prefecture"] == ["511500", "513300"]


@pytest.mark.parametrize("line", [LineString(), LineString([(10, 50), (11, 50)])])
def test_a_line_out_of_reach_crosses_nothing(line):
    assert crossed(line) == ()


def test_counties_of_chongqing_are_crossed_too():
    line = LineString([seat("重庆市大足区"), seat("重庆市荣昌区")])
    assert {places()[one.adcode].name for one in crossed(line)} == {"大足区", "荣昌区"}
