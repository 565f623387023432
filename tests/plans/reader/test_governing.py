"""Which words govern a list of names, and whether they report."""

from __future__ import annotations

import pytest

from plans.reader.examples import marked
from plans.reader.governing import governed


@pytest.mark.parametrize(
    ("line", "phrases"),
    [
        pytest.param(
            "建成[甲高铁]，推进[乙高铁]、[丙高铁]前期工作。", ["建成", "推进…前期工作", "推进…前期工作"], id="lists"
        ),
        pytest.param("[甲水利枢纽]下闸蓄水，[乙大桥]主塔封顶。", ["下闸蓄水", "主塔封顶"], id="predicates"),
        pytest.param(
            "[甲高铁]开通运营，[乙铁路]全面铺轨，[丙线]等8条线路在建。",
            ["开通运营", "全面铺轨", "在建"],
            id="what-became",
        ),
        pytest.param("做好[甲机场]、[乙机场]前期。", ["做好…前期"] * 2, id="in-short"),
        pytest.param("开展[甲线]、[乙线]规划研究。", ["开展…规划研究", "开展…规划研究"], id="study"),
        pytest.param(
            "[甲机场]改扩建、[乙机场]前期工作、[丙机场]研究论证。",
            ["改扩建", "前期工作", "研究论证"],
            id="each-its-own",
        ),
        pytest.param("[甲景区]、[乙古城]保护与开发、[丙小镇]等。", ["", "", ""], id="a-noun-is-no-verb"),
        pytest.param("鼓励[甲市]、[乙市]积极申建{综合保税区}。", ["鼓励…积极申建"] * 2, id="before-the-shared-noun"),
        pytest.param(
            "支持广元建设[甲中心]，打造[乙基地]，[丙高铁]加快建设。",
            ["支持…建设", "支持…打造", "加快建设"],
            id="supported",
        ),
        pytest.param(
            "[甲电站]主体工程全面铺开，[乙公园]建成开放。", ["主体工程全面铺开", "建成开放"], id="each-its-predicate"
        ),
        pytest.param("[甲机场]选址报告已上报民航某地监管局。", ["选址报告已上报民航某地监管局"], id="reported-upward"),
        pytest.param("已运营[甲线]、[乙线]。", ["已运营", "已运营"], id="runs"),
        pytest.param("[甲机场]、[乙机场]改扩建前期工作正在开展。", ["前期工作正在开展"] * 2, id="under-way"),
        pytest.param("[甲县]、[乙县]申建{综合保税区}。", ["申建"] * 2, id="who-acts-and-what-is-made"),
        pytest.param("由甲市牵头建设[甲站]，由乙市负责[乙港]提升。", ["建设", ""], id="another-acts"),
        pytest.param("[甲航道]验收在即。", ["验收在即"], id="soon"),
        pytest.param("建设[甲管道]，[乙管道]安全运行。", ["建设", "安全运行"], id="its-own-predicate"),
        pytest.param("正式开工建设的有：[甲水库]、[乙水库]。", ["正式开工建设"] * 2, id="announced"),
        pytest.param(
            "全年将开工丙桥、丁渠等，还包括：戊路、[甲路]、[乙路]。", ["将开工"] * 2, id="announced-unseen-first"
        ),
        pytest.param("有续建项目2个（[甲路]、[乙路]），预备项目1个。", ["续建"] * 2, id="labelled"),
        pytest.param("全年续建2条高速公路：[内江至大足]、[宜宾至彝良]。", ["续建"] * 2, id="counted-in-front"),
        pytest.param("续建[甲景区]开发项目（包括[乙酒店]）、[丙大桥]。", ["续建"] * 3, id="what-one-holds"),
        pytest.param("将推进[甲电厂]、[乙电厂]等续建项目。", ["将推进…续建项目"] * 2, id="carried-over"),
        pytest.param("开展[甲铁路]、[乙铁路]等前期规划工作。", ["开展…前期规划工作"] * 2, id="before-the-works"),
        pytest.param("[甲电厂]、[乙电厂]实施灵活性改造。", ["实施灵活性改造"] * 2, id="carried-out-on-it"),
    ],
)
def test_what_governs_a_name(line, phrases):
    example = marked(line).example
    found = governed(example.text, example.names, example.shared)
    assert [one.phrase for one in found for _ in one.members] == phrases


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        pytest.param("[甲高铁]建成通车。", True, id="done"),
        pytest.param("[甲高铁]通车在即。", False, id="soon"),
        pytest.param("[甲高铁]即将投入使用。", False, id="very-soon"),
        pytest.param("[甲高铁]已于上年底开工。", True, id="begun"),
        pytest.param("[甲高铁]开工仪式举行。", True, id="begun-with-a-feast"),
        pytest.param("[甲高铁]今年计划开工。", False, id="planned"),
        pytest.param("[甲高铁]具备通车条件。", False, id="fit-to-open"),
        pytest.param("[甲高铁]、[乙高速]等重大项目开工建设。", True, id="begun-and-nobody-urges"),
        pytest.param("推进[甲高铁]、[乙高速]等项目开工建设。", False, id="urged-to-begin"),
        pytest.param("[甲高铁]提前建成。", True, id="ahead-of-time"),
        pytest.param("[甲综保区]封关运作。", True, id="closed-off"),
    ],
)
def test_what_is_not_yet_done_is_no_report(text, reports):
    example = marked(text).example
    assert [one.reports for one in governed(example.text, example.names, example.shared)] == [reports]
