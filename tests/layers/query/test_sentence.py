"""Sentences of planners in both languages: what is understood, and what is told as not understood."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.query.selection import select
from layers.query.sentence import read

ATLAS = bundled()
RAILWAYS = ["high_speed_railway", "railway", "intercity_railway"]
AIRPORTS = ["transport_airport", "general_airport"]
PLANNED = ["starting", "preliminary", "study", "seeking_listing"]

# sentence, what it selects (as an address), what is not understood
CASES = [
    ("攀盐高速30公里内拟开工的交通项目", {"layer": ["transport"], "status": ["starting"], "within": ["f-01736~30"]}, ()),
    ("projects to start within 30 km of Yanyuan", {"status": ["starting"], "within": ["513423~30"]}, ()),
    ("攀西经济区在建的高速公路", {"zone": ["panxi"], "kind": ["expressway"], "status": ["under_construction"]}, ()),
    ("盐源县50公里范围内的水电站", {"kind": ["hydropower_station"], "within": ["513423~50"]}, ()),
    ("成都和德阳的机场", {"kind": AIRPORTS, "place": ["510100", "510600"]}, ()),
    ("除攀枝花以外的机场", {"kind": AIRPORTS}, ("除攀枝花以外的",)),
    ("成都以外的机场", {"kind": AIRPORTS}, ("成都以外的",)),
    ("川南规划里提到的铁路", {"kind": RAILWAYS, "document": ["southern-2021"]}, ()),
    ("距西昌20公里以内的景区", {"kind": ["scenic_area"], "within": ["513401~20"]}, ()),
    ("距离盐源县城30公里的项目", {"within": ["513423~30"]}, ()),
    ("攀枝花附近的园区", {"layer": ["park"], "within": ["510400~30"]}, ()),
    ("白鹤滩10公里内的项目", {}, ("白鹤滩10公里内的",)),
    ("白鹤滩水电站50公里内的机场", {"kind": AIRPORTS, "within": ["f-01576~50"]}, ()),
    ("攀西规划中前期工作的机场", {"kind": AIRPORTS, "status": ["preliminary"], "document": ["panxi-2021"]}, ()),
    ("宜宾的物流园和综合保税区", {"kind": ["logistics_park", "bonded_zone"], "place": ["511500"]}, ()),
    ("攀西和成都的机场", {"kind": AIRPORTS, "place": ["510100", "510400", "513400"]}, ()),
    ("攀西经济区盐源县的机场", {"zone": ["panxi"], "kind": AIRPORTS, "place": ["513423"]}, ()),
    ("攀枝花决定中的要素", {"document": ["panzhihua-decision-2025"]}, ()),
    ("“钒钛”相关的产业园", {"kind": ["industrial_park"], "q": ["钒钛"]}, ()),
    ("攀西的钒钛产业园", {"zone": ["panxi"], "kind": ["industrial_park"], "q": ["钒钛"]}, ()),
    ("成自宜高铁沿线15公里的产业园区", {"layer": ["park"], "within": ["f-00012~15"]}, ()),
    ("104.06,30.66周边20公里的医院", {"kind": ["hospital"], "within": ["104.06,30.66~20"]}, ()),
    ("甘孜州争取纳入规划的机场", {"kind": AIRPORTS, "status": ["seeking_listing"], "place": ["513300"]}, ()),
    ("自贡方圆十五公里的公园", {"within": ["510300~15"], "q": ["公园"]}, ()),
    ("南充机场十公里内有什么", {"within": ["f-01253~10"]}, ()),
    ("不在建的高速公路", {"kind": ["expressway"]}, ("不在建的",)),
    ("尚未开工的铁路", {"kind": RAILWAYS}, ("尚未开工的",)),
    ("没有位置的项目", {}, ("没有位置的",)),
    ("帮我看看凉山州有哪些拟开工的高速公路", {"kind": ["expressway"], "status": ["starting"], "place": ["513400"]}, ()),
    ("凉山彝族自治州前期工作的铁路", {"kind": RAILWAYS, "status": ["preliminary"], "place": ["513400"]}, ()),
    ("川东北经济区已建成的水库", {"zone": ["northeastern"], "kind": ["reservoir"], "status": ["operating"]}, ()),
    ("宜宾市翠屏区的学校", {"kind": ["school"], "place": ["511502"]}, ()),
    ("乐山市中区的景区", {"kind": ["scenic_area"], "place": ["511102"]}, ()),
    ("成都平原和川南在建或拟开工的高铁", {"zone": ["chengdu-plain", "southern"], "kind": ["high_speed_railway"], "status": ["under_construction", "starting"]}, ()),
    ("雅安到马尔康高速公路", {"q": ["雅安到马尔康高速公路"]}, ()),
    ("雅安至马尔康高速公路20公里内旅游项目", {"layer": ["tourism"], "within": ["f-00403~20"]}, ()),
    ("G4216 高速", {"kind": ["expressway"], "q": ["G4216"]}, ()),
    ("《攀西经济区“十四五”转型升级发展规划》里的水电站", {"kind": ["hydropower_station"], "document": ["panxi-2021"]}, ()),
    ("攀西规划里拟开工但不含铁路的项目", {"status": ["starting"], "document": ["panxi-2021"]}, ("不含铁路的",)),
    ("正在建设的通用机场", {"kind": ["general_airport"], "status": ["under_construction"]}, ()),
    ("规划中的巴中铁路", {"kind": RAILWAYS, "status": PLANNED, "place": ["511900"]}, ()),
    ("荥经县的项目", {"place": ["511822"]}, ()),
    ("南部县的水库", {"kind": ["reservoir"], "place": ["511321"]}, ()),
    ("火星基地", {}, ("火星基地",)),
    ("", {}, ()),
    ("airports in Panxi", {"zone": ["panxi"], "kind": AIRPORTS}, ()),
    ("high-speed railways under study in the Chengdu Plain", {"zone": ["chengdu-plain"], "kind": ["high_speed_railway"], "status": ["study"]}, ()),
    ("expressways not under construction", {"kind": ["expressway"]}, ("not under construction",)),
    ("near Xichang Qingshan Airport", {"within": ["f-01611~30"]}, ()),
    ("reservoirs within 25 km of Bazhong", {"kind": ["reservoir"], "within": ["511900~25"]}, ()),
    ("hospitals within 10 km of 104.06,30.66", {"kind": ["hospital"], "within": ["104.06,30.66~10"]}, ()),
    ("hubs in Yibin and Luzhou", {"layer": ["hub"], "place": ["511500", "510500"]}, ()),
    ("planned railways in Liangshan", {"kind": RAILWAYS, "status": PLANNED, "place": ["513400"]}, ()),
    ("how many airports are there in Garzê", {"kind": AIRPORTS, "place": ["513300"]}, ()),
    ("energy projects in Ganzi", {"layer": ["energy"], "place": ["513300"]}, ()),
    ("what does the Panxi Plan say about Yanyuan", {"document": ["panxi-2021"], "place": ["513423"]}, ()),
    ("expressways to start in Panxi except Panzhihua", {"zone": ["panxi"], "kind": ["expressway"], "status": ["starting"]}, ("except Panzhihua",)),
    ("tourism projects within 50 miles of Jiuzhaigou", {"layer": ["tourism"], "within": ["513225~80.47"]}, ()),
    ("railway projects near Ya'an", {"kind": RAILWAYS, "within": ["511800~30"]}, ()),
    ("what is planned within 20 km of the Panzhihua–Yanyuan Expressway", {"status": PLANNED, "within": ["f-01736~20"]}, ()),
    ("parks in Southern Sichuan", {"zone": ["southern"], "layer": ["park"]}, ()),
    ("bonded zones", {"kind": ["bonded_zone"]}, ()),
    ("airports, except general airports, in Liangshan", {"kind": AIRPORTS, "place": ["513400"]}, ("except general airports",)),
    ("projects of the Panzhihua Decision", {"document": ["panzhihua-decision-2025"]}, ()),
    ("expressways under construction within 40 kilometres of Chengdu", {"kind": ["expressway"], "status": ["under_construction"], "within": ["510100~40"]}, ()),
    ("nature reserves not in Aba", {"kind": ["nature_reserve"]}, ("not in Aba",)),
    ("乐山到西昌的高速", {"kind": ["expressway"], "q": ["乐山至西昌"]}, ()),
    ("成都到攀枝花的水库", {"kind": ["reservoir"]}, ("成都到攀枝花",)),
    ("high-speed rail from Chengdu to Chongqing", {"kind": ["high_speed_railway"], "q": ["Chengdu–Chongqing"]}, ()),
    ("达州市拟建水库", {"kind": ["reservoir"], "status": PLANNED, "place": ["511700"]}, ()),
    ("列入国家规划的铁路", {"kind": RAILWAYS}, ("列入国家规划",)),
    ("pzh机场", {"kind": AIRPORTS, "place": ["510400"]}, ()),
    ("ports on the Yangtze", {"kind": ["port"], "q": ["Yangtze"]}, ()),
    ("成渝中线高铁沿线10公里的站点", {"kind": ["railway_station"], "within": ["f-00068~10"]}, ()),
    ("金沙江沿岸的航运枢纽", {"kind": ["navigation_hub"]}, ("金沙江沿岸",)),
    ("前期工作阶段的高速公路", {"kind": ["expressway"], "status": ["preliminary"]}, ()),
    ("what will be built in Leshan", {"status": PLANNED, "place": ["511100"]}, ()),
    ("expressways between Chengdu and Leshan", {"kind": ["expressway"], "q": ["Chengdu–Leshan"]}, ()),
    ("成都市和乐山市之间的高速公路", {"kind": ["expressway"], "q": ["成都至乐山"]}, ()),
    ("巴中到成都的铁路", {"kind": RAILWAYS, "q": ["成都至巴中"]}, ()),
    ("Sichuan-Tibet railway", {"kind": RAILWAYS, "q": ["Sichuan–Tibet"]}, ()),
    ("若尔盖湿地的生态项目", {"layer": ["ecology"], "kind": ["wetland"], "place": ["513232"]}, ()),
    ("凉山的水风光基地", {"kind": ["wind_solar_base"], "place": ["513400"]}, ()),
    ("乐山的核技术产业", {"layer": ["industry"], "place": ["511100"]}, ("核技术",)),
    ("unicorn farms in Yibin", {"place": ["511500"]}, ("unicorn", "farms")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asked", "rest"), CASES, ids=[f"s{at:02d}" for at in range(len(CASES))])
def test_a_sentence_is_understood_or_told_not_to_be(text: str, asked: dict[str, list[str]], rest: tuple[str, ...]):
    found = read(ATLAS, text)
    assert (found.selection.params(), found.rest) == (asked, rest)


def test_every_part_is_told_with_its_words():
    found = read(ATLAS, "攀盐高速30公里内拟开工的交通项目")
    assert [(one.words, one.part, one.values) for one in found.understood] == [
        ("攀盐高速30公里内", "within", ("f-01736~30",)),
        ("拟开工", "status", ("starting",)),
        ("交通项目", "layer", ("transport",)),
    ]
    assert set(select(ATLAS, found.selection)["layer"]) == {"transport"}


def test_a_distance_that_is_not_said_is_told_as_assumed():
    assert [one.assumed for one in read(ATLAS, "攀枝花附近的园区").understood] == [True, False]
    assert not any(one.assumed for one in read(ATLAS, "攀枝花20公里内的园区").understood)


def test_a_name_of_several_things_is_a_doubt_and_not_a_guess():
    found = read(ATLAS, "白鹤滩10公里内的水电站")
    assert found.selection.params() == {"kind": ["hydropower_station"]}
    assert "白鹤滩水电站(f-01576)" in found.doubts[0] and "ambiguous" in found.doubts[0]


def test_a_kind_and_another_layer_stand_beside_each_other():
    found = read(ATLAS, "机场和园区").selection
    assert found.layer == () and found.kind[:3] == (*AIRPORTS, "industrial_park")
    assert len(select(ATLAS, found)) > len(select(ATLAS, read(ATLAS, "园区").selection))


@pytest.mark.parametrize("text", ["x" * 5000, "的" * 400, "公里" * 100, "within km of", "30公里内", "“", "附近", "~", "\x00", "9999公里内攀枝花", "攀枝花9999公里内"])  # fmt: skip
def test_any_text_is_answered(text: str):
    assert isinstance(read(ATLAS, text).selection.params(), dict)
