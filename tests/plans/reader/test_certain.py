"""Names whose own words say their layer, whatever stands beside them."""

from __future__ import annotations

import pytest

from plans.reader.certain import certain_kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("马鬃山口岸扩建工程", "open_platform/port_of_entry"),
        ("青河至塔克什肯口岸", ""),
        ("安顺无水口岸", ""),
        ("满都拉口岸公路", ""),
        ("城东排涝二期工程", "water/flood_control"),
        ("余姚城防工程", "water/flood_control"),
        ("澄江综合整治二期工程", "water/river_works"),
        ("澄江水环境综合整治工程", ""),
        ("新港污水收集管网改造", "ecology/waste_treatment"),
        ("年产120万吨PTA项目", "industry/industrial_project"),
        ("5吉瓦光伏电池生产线", "industry/industrial_project"),
        ("光伏电池产业园", ""),
        ("下半城传统风貌区修缮", "tourism/ancient_town"),
        ("东门老街区", "tourism/ancient_town"),
        ("平庄露天煤矿扩建", "energy/coal_mine"),
        ("城南购物中心（二期）", "industry/commercial_district"),
        ("宝中铁路固原至平凉段电气化改造", "transport/railway"),
        ("沿江“三桥两路”工程", "transport/urban_road"),
        ("人民医院", ""),
    ],
)
def test_what_a_name_says_of_its_layer(name, expected):
    assert certain_kind(name) == expected
