"""What the members of a list have from it, and names that the model saw only in part."""

from __future__ import annotations

import pytest

from plans.reader.examples import marked
from plans.reader.fullnames import full_names, trimmed
from plans.reader.shared import counted_before


@pytest.mark.parametrize(
    ("line", "names"),
    [
        pytest.param(
            "推进[石川]、[青(阳)云(山)]等公路运输枢纽及货场建设。",
            ["石川公路运输枢纽", "青(阳)云(山)公路运输枢纽"],
            id="a-noun-goes-on-behind-a-general-word",
        ),
        pytest.param(
            "[甲山至乙山]、[丙山至丁山铁路增建二线]、[甲山铁路枢纽改造]。",
            ["甲山至乙山铁路", "丙山至丁山铁路增建二线", "甲山铁路枢纽改造"],
            id="a-route-has-the-noun-of-a-route",
        ),
        pytest.param(
            "开展[甲山至乙山]、[丙山至丁山]等项目前期工作,开展[戊山至己山铁路]论证。",
            ["甲山至乙山铁路", "丙山至丁山铁路", "戊山至己山铁路"],
            id="routes-without-a-noun",
        ),
        pytest.param(
            "[张北南绕城]、[甲山至乙山]等{高速公路}。",
            ["张北南绕城高速公路", "甲山至乙山高速公路"],
            id="a-ring-takes-the-noun",
        ),
        pytest.param("建成[兰张]、[兰合快速铁路]。", ["兰张快速铁路", "兰合快速铁路"], id="fast-railways-are-all-fast"),
        pytest.param("[泽当]、[古水]等{水电站}。", ["泽当水电站", "古水水电站"], id="a-site-keeps-its-last-character"),
        pytest.param("[泽当]、[古寨]等{世界级水电站}。", ["泽当水电站", "古寨水电站"], id="how-great-is-no-part"),
        pytest.param(
            "新开工[甲县白水]、[乙区石坡]等9件骨干水源工程。",
            ["甲县白水骨干水源工程", "乙区石坡骨干水源工程"],
            id="how-many-is-no-part",
        ),
        pytest.param(
            "新开工[滇中引水三期骨干工程]等20件以上重点水网工程。",
            ["滇中引水三期骨干工程"],
            id="a-project-takes-no-other-noun",
        ),
        pytest.param(
            "[宜良支线一期]、[安宁]等3条天然气支线。", ["宜良支线一期", "安宁天然气支线"], id="the-noun-is-in-it"
        ),
        pytest.param("推动[甲河]、[乙河]等界河桥项目落地。", ["甲河界河桥", "乙河界河桥"], id="what-the-projects-are"),
        pytest.param("[甲港石岭3、4号旅游码头工程]等9个项目。", ["甲港石岭3、4号旅游码头工程"], id="one-project"),
        pytest.param(
            "[兰新铁路扩能改造]、[兰青铁路]、[兰渝铁路扩能改造]。",
            ["兰新铁路扩能改造", "兰青铁路", "兰渝铁路扩能改造"],
            id="each-says-its-works",
        ),
        pytest.param("迁建[延吉机场]、[通化机场改扩建]。", ["延吉机场", "通化机场改扩建"], id="works-before-the-list"),
        pytest.param("计划年内成[贵铁路扩能改造]完工。", ["成贵铁路扩能改造"], id="a-short-form-that-was-cut"),
        pytest.param("3|中[国商用飞机公司南方基地]|在建|", ["中国商用飞机公司南方基地"], id="a-country-that-was-cut"),
        pytest.param("推进甲城大学附属[仁济医院东城院区]。", ["甲城大学附属仁济医院东城院区"], id="of-a-university"),
        pytest.param(
            "项目2个(甲乙国家高速公路(G9)[丙山段石泉至青水高速公路]、丁)。",
            ["甲乙国家高速公路(G9)丙山段石泉至青水高速公路"],
            id="the-road-and-its-code",
        ),
        pytest.param("“一园”,[即湘南装备制造产业园],位于甲县。", ["湘南装备制造产业园"], id="that-is"),
        pytest.param("9月1[2日湘南装备制造产业园]开工。", ["湘南装备制造产业园"], id="a-day-is-no-part"),
        pytest.param(
            "将建成[川藏铁路甲山至乙山段]、建设[乙山至丙山段]。",
            ["川藏铁路甲山至乙山段", "川藏铁路乙山至丙山段"],
            id="the-line-without-its-verb",
        ),
        pytest.param("加快,将建成川青铁路甲山至乙山段、建设[乙山至丙山段];", ["川青铁路乙山至丙山段"], id="half-width"),
        pytest.param(
            "开工[石门至甲山至乙山普]速铁路,[丙山至丁山高速]。",
            ["石门至甲山至乙山普速铁路", "丙山至丁山高速"],
            id="a-kind-of-railway-that-was-cut",
        ),
        pytest.param(
            "建设[G7甲山-乙山]、[G21石湖]-丙山和[S9丁山-戊山]等{高速公路}。",
            ["G7甲山-乙山高速公路", "G21石湖-丙山高速公路", "S9丁山-戊山高速公路"],
            id="a-route-that-was-cut",
        ),
        pytest.param("升级[国道丹阿线(G3]31)及其公路。", ["国道丹阿线(G331)"], id="a-code-that-was-cut"),
        pytest.param("[乙县机场]东二跑道场地平整。", ["乙县机场东二跑道"], id="a-runway-is-part-of-it"),
        pytest.param(
            "完成[哈尔滨机场]升级,启动[第二跑道]。", ["哈尔滨机场", "哈尔滨机场第二跑道"], id="of-the-airport"
        ),
        pytest.param(
            "实施[甲山生态保护与]建设综合治理规划项目,[乙州风电基地二期]第一批20万千瓦项目。",
            ["甲山生态保护与建设综合治理规划项目", "乙州风电基地二期第一批20万千瓦项目"],
            id="the-project-of-which-it-is-the-first-words",
        ),
        pytest.param(
            "支持[石园]、[乙高新技术园]和[成都]、[绵阳国家农业科技园]等{园区}。",
            ["石园", "乙高新技术园", "成都国家农业科技园", "绵阳国家农业科技园"],
            id="a-park-is-no-parks",
        ),
        pytest.param("整治[澜沧江]、[金沙江航道]。", ["澜沧江航道", "金沙江航道"], id="a-river-and-its-waterway"),
        pytest.param(
            "建设[甲旗沙漠光伏300万千瓦]与[乙县]等{风电}。", ["甲旗沙漠光伏", "乙县风电"], id="how-much-is-no-part"
        ),
        pytest.param("[甲矿务局乙露天矿扩建(900万吨/年)]开工。", ["甲矿务局乙露天矿扩建"], id="nor-in-brackets"),
        pytest.param(
            "[石白高铁]和[京哈改扩建]、[甲白口]、[石绥]3条高速建成通车。",
            ["石白高铁", "京哈高速改扩建", "甲白口高速", "石绥高速"],
            id="as-many-as-are-counted",
        ),
        pytest.param(
            "推进[青海湖]、[澜沧江流域山水工程]。",
            ["青海湖流域山水工程", "澜沧江流域山水工程"],
            id="a-river-is-no-part-of-the-noun",
        ),
        pytest.param(
            "建好[白头山]、[石湾世界地质公园]。", ["白头山世界地质公园", "石湾世界地质公园"], id="of-the-world"
        ),
        pytest.param(
            "推进[国家深海石湾中心]、[极地甲山基地]等{创新平台}。",
            ["国家深海石湾中心", "极地甲山基地"],
            id="a-kind-is-no-part",
        ),
        pytest.param("建设[石湾线]、[甲山线]等{轨道交通}。", ["石湾线", "甲山线"], id="a-line-is-a-line"),
        pytest.param(
            "开工建设[通渭至秦安]、[宁县至镇原]等{高速（一级）公路}。",
            ["通渭至秦安高速公路", "宁县至镇原高速公路"],
            id="an-aside-in-the-noun",
        ),
        pytest.param("将[军庙至淖毛湖铁路]建成投运。", ["将军庙至淖毛湖铁路"], id="a-name-that-begins-with-将"),
        pytest.param("力争[延安东绕城]、[石卢高速公路]通车。", ["延安东绕城高速公路", "石卢高速公路"], id="a-ring"),
        pytest.param(
            "推进[甲乙高速公路石山至白水段改扩建项目]。",
            ["甲乙高速公路石山至白水段改扩建项目"],
            id="a-project-of-works",
        ),
    ],
)
def test_names_in_full(line, names):
    example = marked(line).example
    members = [trimmed(example.text, *name) for name in example.names]
    found = full_names(example.text, members, example.shared)
    assert [one.name for names_ in found for one in names_] == names


@pytest.mark.parametrize(
    ("line", "noun"),
    [
        ("全年续建2条高速公路：[内江至大足]、[宜宾至彝良]。", "高速公路"),
        ("建成2座水库（[龙塘]、[向阳]），新增库容。", "水库"),
        ("续建2条高速公路：[内江至大足高速公路]、[宜宾至彝良高速公路]。", ""),
        ("全年续建高速公路：[内江至大足]、[宜宾至彝良]。", ""),
    ],
)
def test_a_counted_noun_in_front_is_that_of_a_list_without_one(line, noun):
    example = marked(line).example
    assert counted_before(example.text, example.names) == noun
