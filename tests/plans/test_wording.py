"""What a sentence makes of a verb: a year beyond the plan, a name that only modifies."""

from __future__ import annotations

import pytest

from plans.mentions import find_mentions
from plans.wording import classed, headed


@pytest.mark.parametrize(
    ("text", "name", "phrase", "expected"),
    [
        pytest.param("展望到2035年,建成成都都市圈。", "成都都市圈", "建成", ("建成", "promoted"), id="outlook"),
        pytest.param("到本世纪中叶,建成成都都市圈。", "成都都市圈", "建成", ("建成", "promoted"), id="mid-century"),
        pytest.param("到2025年,建成成都都市圈。", "成都都市圈", "建成", ("建成", "completing"), id="within-the-plan"),
        pytest.param(
            "展望2035年。建成成都都市圈。", "成都都市圈", "建成", ("建成", "completing"), id="another-sentence"
        ),
        pytest.param("以成都都市圈建设为统领,深化改革。", "成都都市圈", "建设", ("", "mentioned"), id="led-by"),
        pytest.param("以成都都市圈建设为战略牵引。", "成都都市圈", "建设", ("", "mentioned"), id="drawn-by"),
        pytest.param(
            "加快西部陆海新通道重点项目建设。", "西部陆海新通道", "加快…建设", ("", "mentioned"), id="its-projects"
        ),
        pytest.param("编制成都都市圈建设规划。", "成都都市圈", "建设", ("", "mentioned"), id="its-plan"),
        pytest.param("健全成都都市圈建设推进机制。", "成都都市圈", "建设", ("", "mentioned"), id="its-mechanism"),
        pytest.param(
            "在成都都市圈建设中,先行先试。", "成都都市圈", "建设", ("", "mentioned"), id="in-the-course-of-it"
        ),
        pytest.param("以建设成都都市圈,统揽各项工作。", "成都都市圈", "建设", ("", "mentioned"), id="ruled-by"),
        pytest.param(
            "推进成都都市圈建设和体制机制改革。",
            "成都都市圈",
            "推进…建设",
            ("推进…建设", "building"),
            id="beside-a-mechanism",
        ),
        pytest.param("加快西部陆海新通道建设。", "西部陆海新通道", "加快…建设", ("加快…建设", "building"), id="itself"),
    ],
)
def test_a_verb_says_what_its_sentence_lets_it(text, name, phrase, expected):
    start = text.index(name)
    assert classed(phrase, text, start, start + len(name), told=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("展望到2035年,建成攀枝花至盐源高速公路。", [("攀枝花至盐源高速公路", "promoted")], id="outlook"),
        pytest.param("建成攀枝花至盐源高速公路。", [("攀枝花至盐源高速公路", "completing")], id="plan"),
    ],
)
def test_new_plans_are_classed_alike(text, expected):
    assert [(one.name, one.status) for one in find_mentions(text)] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(("某市重点项目名单", "二、续建项目（8个）"), ("续建", "under_construction"), id="going-on"),
        pytest.param(("一、新开工项目",), ("新开工", "starting"), id="to-begin"),
        pytest.param(
            ("前期工作类重点建设项目清单", "（一）交通"), ("前期", "preliminary"), id="the-innermost-that-tells"
        ),
        pytest.param(("竣工投产项目",), ("竣工", "completing"), id="to-be-ready"),
        pytest.param(("一、交通项目", "加强前期工作管理的保障措施"), ("", "mentioned"), id="no-list-of-projects"),
    ],
)
def test_a_heading_says_how_far_a_list_of_projects_is(path, expected):
    assert headed(path) == expected
