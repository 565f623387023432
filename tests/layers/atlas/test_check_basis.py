"""What a placement rests on is checked: places that no text says, stops that stand away from what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import Atlas, bundled
from layers.atlas.check_basis import said, sites, stops
from layers.atlas.issue import Issue

RECORDS = bundled().records


def changed(feature_id: str, **columns: str) -> Atlas:
    """The atlas of the nine documents with other words in one placement."""
    rows = (row | columns if row["feature"] == feature_id else row for row in RECORDS.placements)
    return Atlas(replace(RECORDS, placements=tuple(rows)))


def test_the_record_is_clean():
    assert [*said(bundled()), *stops(bundled()), *sites(bundled())] == []


@pytest.mark.parametrize(
    ("feature_id", "places", "unsaid"),
    [
        # 绵中金简快速通道: 绵 is the city, its district stands nowhere
        pytest.param("f-00408", "涪城区 中江县 金堂县 简阳市", "涪城区", id="a district that we know"),
        # 川东北 is its five cities; of four, each has to be said
        pytest.param("f-01309", "广元市 达州市 南充市 广安市", "广元市", id="a zone without one of its cities"),
        # 宜宾至西昌至攀枝花高铁: the course through 雷波 is ours
        pytest.param("f-01015", "宜宾市 雷波县 西昌市 攀枝花市", "雷波县", id="a county between the stops"),
        pytest.param(
            "f-00230", "雅安市 乐山市 德阳市", "德阳市", id="雅乐 is not 德阳, though 成德眉资 stands beside it"
        ),
    ],
)
def test_a_place_that_the_text_does_not_say_is_named(feature_id, places, unsaid):
    name = bundled().feature(feature_id).name
    assert [*said(changed(feature_id, places=places))] == [
        Issue("place that its text does not say", feature_id, f"{name}: {unsaid}")
    ]


@pytest.mark.parametrize(
    ("feature_id", "places"),
    [
        pytest.param("f-00408", "绵阳市 中江县 金堂县 简阳市", id="绵中金简"),
        pytest.param("f-00230", "雅安市 乐山市", id="雅乐"),
        pytest.param("f-01027", "自贡市 泸州市 内江市 宜宾市 重庆市 云南省 贵州省", id="渝滇黔, and a whole zone"),
        pytest.param("f-00086", "雨城区 洪雅县 峨眉山市", id="峨眉"),
        pytest.param("f-02085", "攀枝花市", id="the issuer"),
    ],
)
def test_short_forms_say_their_places(feature_id, places):
    assert [*said(changed(feature_id, places=places, basis="text"))] == []


def test_a_guess_or_public_knowledge_may_know_more_than_the_text():
    assert [*said(changed("f-00408", places="涪城区 中江县 金堂县 简阳市", basis="known"))] == []


def test_a_stop_stands_where_what_it_is_called_by_stands():
    """杨房沟水电站 is held at 101.2091, 28.6262 within 5 km: a line from 8.6 km off begins somewhere else."""
    via = "木里藏族自治县;杨房沟水电站@101.227,28.55|杨房沟水电站@101.21,28.63;雅中换流站@101.56,27.47"
    assert [*stops(changed("f-01606", via=via))] == [
        Issue("stop away from its position", "f-01606", "杨房沟水电站 f-01577: 8.6 km")
    ]


def test_one_site_has_one_position():
    """宜宾石城山 and its 森林康养中心 are known from one source: 2.5 km apart they would be two places."""
    source = "石城山森林公园，双龙镇一带，城区西南约30公里"
    assert [*sites(changed("f-00863", lon="104.4166", lat="28.5355"))] == [
        Issue("one site in two positions", "f-00862 f-00863", source)
    ]
    assert [*sites(changed("f-00863", lon="104.4166", lat="28.5355", source="另一处"))] == []
