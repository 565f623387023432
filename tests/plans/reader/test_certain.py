"""Names whose own words say their layer, whatever stands beside them."""

from __future__ import annotations

import pytest

from plans.reader.certain import certain_kind, may_be_of


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
        ("西气东输三线湖北段", "energy/gas_pipeline"),
        ("大坪燃煤发电", "energy/thermal_power"),
        ("长江国家文化公园（湖北段）", "tourism/cultural_park"),
        ("华中区域邮件处理中心", "hub/logistics_hub"),
        ("大同数据标注基地", "digital/data_centre"),
        ("石湾智能传感器", "industry/industrial_project"),
        ("人民医院", ""),
    ],
)
def test_what_a_name_says_of_its_layer(name, expected):
    assert certain_kind(name) == expected


@pytest.mark.parametrize(
    ("name", "moves"),
    [
        ("石大高速", True),
        ("成渝", True),
        ("京哈改扩建", True),
        ("义新欧班列", True),
        ("石湾芯片", False),
        ("甲山机器人", False),
    ],
)
def test_what_cannot_move_is_no_transport(name, moves):
    assert may_be_of(name, "transport") == moves


@pytest.mark.parametrize(
    ("name", "may"), [("怀化至衡阳", False), ("通苏嘉甬", False), ("京津冀", True), ("甲山机器人", True)]
)
def test_what_says_only_where_it_leads_is_a_line(name, may):
    assert may_be_of(name, "zone") == may
