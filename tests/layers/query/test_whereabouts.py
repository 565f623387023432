"""What a text names is told apart from what a drawing crosses."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.query.whereabouts import crossed, named

TABLE = bundled().table.set_index("name")


@pytest.mark.parametrize(
    ("name", "told", "drawn"),
    [
        pytest.param(
            "白鹤滩水电站外送特高压直流工程",
            [("513400", ["布拖"])],
            [
                ("513400", ["昭觉", "金阳", "雷波"]),
                ("511500", ["屏山", "叙州", "翠屏", "南溪", "江安"]),
                ("510500", ["江阳", "龙马潭", "泸县"]),
            ],
            id="line-through-districts-that-no-text-names",
        ),
        pytest.param("成都国际职教城", [("510100", ["简阳"])], [], id="point"),
        pytest.param("攀西经济区", [("510400", []), ("513400", [])], [], id="area"),
    ],
)
def test_named_and_crossed(name, told, drawn):
    row = TABLE.loc[name]
    assert named(row) == told
    assert crossed(row) == drawn


def test_what_is_known_of_no_place_lies_somewhere_in_the_zone_of_its_plan():
    row = TABLE.loc["万罗路"]
    assert row["places"] == ()
    assert row["zones"] == ("chengdu-plain",)
    assert [code for code, _ in named(row)] == list(row["prefectures"])
    assert len(row["prefectures"]) == 8


def test_the_whole_province_is_all_of_its_prefectures():
    row = TABLE.loc["四川国家数字经济创新发展试验区"]
    assert len(row["prefectures"]) == 21
    assert len(row["zones"]) == 5
    assert row["precision"] == "area"


@pytest.mark.parametrize("name", ["川桂国际产能合作产业园", "黄桶至百色铁路", "重庆两路寸滩保税港区"])
def test_what_lies_outside_of_sichuan_lies_in_no_zone(name):
    assert (TABLE.loc[name]["prefectures"], TABLE.loc[name]["zones"]) == ((), ())


@pytest.mark.parametrize("name", ["川渝自由贸易试验区协同开放示范区", "长江上游航运中心", "中欧班列"])
def test_a_thing_of_two_provinces_never_stands_in_one_city_of_them(name):
    row = TABLE.loc[name]
    assert row["prefectures"]
    assert row["geometry"] is None or row["geometry"].geom_type == "MultiPoint"
