"""The desk decides what is on the page: one decision a key, the next finding opens, conflicts are told."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from layers.atlas import bundled
from store import current as current_module
from store.workspace import Workspace
from tests.store.conftest import PLAN
from ui.components import desk_place

BASE = bundled()
TABLE = """# 米易县“十五五”重点项目表

| 序号 | 项目名称 | 建设地点 | 建设性质 |
|---|---|---|---|
| 1 | 米易通用机场 | 米易县 | 新建 |
| 2 | 米易县人民医院新院区 | 米易县 | 续建 |
"""


@pytest.fixture
def held(tmp_path, monkeypatch, request):
    name, text = getattr(request, "param", ("攀枝花.txt", PLAN))
    url = f"sqlite:///{tmp_path / 'workspace.db'}"
    monkeypatch.setenv("PLAN_ATLAS_DB", url)
    opened = Workspace.open(url)
    opened.read(opened.add(name, text.encode()))
    yield opened
    opened.close()
    current_module._opened.cache_clear()


def _app() -> None:
    from layers.atlas import bundled  # noqa: PLC0415 the whole of a script
    from store.current import standing  # noqa: PLC0415
    from ui.pages import desk  # noqa: PLC0415

    desk.page(bundled(), standing(bundled())[0])


@pytest.fixture
def app(held):  # noqa: ARG001
    return AppTest.from_function(_app, default_timeout=120).run()


def words(app: AppTest) -> str:
    assert not app.exception
    return app.markdown[0].value


def click(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_a_decision_opens_the_next(app, held):
    assert words(app) == "共 5 条：**未看 5**，接受 0，并入图集 0，否决 0"
    click(app, "desk-accept")
    assert words(app) == "共 5 条：**未看 4**，接受 1，并入图集 0，否决 0"
    assert app.markdown[1].value == "第 2 / 5 条，未看 4"
    click(app, "desk-reject")
    assert app.markdown[1].value == "第 3 / 5 条，未看 3"
    assert [(one.verb, dict(one.content)) for one in held.state().log] == [
        ("accept", {}), ("reject", {"reason": "generic"}),
    ]  # fmt: skip
    click(app, "desk-undo")
    assert app.markdown[1].value == "第 2 / 5 条，未看 4"


def test_who_comes_second_is_told(app, held):
    first = next(iter(held.state().findings.values()))
    held.decide("reject", {first.id: 0}, by="乙", reason="no_place")
    click(app, "desk-accept")
    assert "乙 否决" in app.error[0].value
    assert held.state().finding(first.id).verdict == "rejected"


def test_edits_are_decisions(app, held):
    click(app, "desk-edit")
    name = next(one for one in app.text_input if one.label == "名称")
    name.set_value("攀盐高速公路")
    next(one for one in app.button if one.label == "改名").click().run()
    (made,) = held.state().log
    assert (made.verb, made.content["name"]) == ("rename", "攀盐高速公路")
    assert not app.exception


def test_a_same_thing_is_shown_and_merged(app, held):
    click(app, "desk-merge-1")
    (made,) = held.state().log
    assert BASE.feature(made.content["into"]).name == "攀枝花至盐源高速公路"
    click(app, "desk-accept")
    click(app, "desk-publish")
    assert not app.error
    assert set(held.state().published) == {"plan-0001"}


@pytest.mark.parametrize("held", [("项目表.md", TABLE)], indirect=True)
def test_the_sure_ones_are_accepted_together(app, held):
    click(app, "desk-sure")
    (made,) = held.state().log
    assert made.verb == "accept"
    assert made.seen
    assert [held.state().finding(key).confidence >= 0.95 for key in made.seen] == [True] * len(made.seen)


def test_selected_words_are_another_quote(app, held):
    clause = "plan-0001/c2/s1/p1"
    app.session_state["desk_selected"] = (clause, 0, 12)  # 建成攀枝花至盐源高速公路
    app.run()
    click(app, "desk-requote")
    first = next(iter(held.state().findings.values()))
    assert [(one.quote, one.status, one.status_text) for one in first.said] == [
        ("建成攀枝花至盐源高速公路", "completing", "建成")
    ]
    assert not [one for one in app.button if one.key == "desk-requote"]  # what was selected is used


def test_what_the_reader_missed_is_added_and_undone(app, held):
    app.session_state["desk_selected"] = ("plan-0001/c1/s1/p1", 16, 22)  # 综合交通体系
    app.run()
    click(app, "desk-new")
    added = held.state().finding("plan-0001/d1.1")
    assert (added.name, added.verdict, added.said[0].status) == ("综合交通体系", "accepted", "completing")
    assert app.query_params["finding"] == "plan-0001/d1.1"
    click(app, "desk-undo")
    assert "plan-0001/d1.1" not in held.state().findings
    assert not app.error


def test_two_of_one_plan_are_merged_by_m(app, held):
    first, second = list(held.state().findings.values())[:2]
    click(app, "desk-hold")
    click(app, "desk-after")
    click(app, "desk-hold")
    state = held.state()
    assert (state.finding(first.id).verdict, state.finding(first.id).into) == ("merged", second.id)
    assert [one.quote for one in state.finding(second.id).said] == [second.said[0].quote, first.said[0].quote]
    click(app, "desk-undo")
    assert held.state().finding(first.id).verdict == "open"


def test_a_county_is_chosen(app, held):
    click(app, "desk-way-county")
    next(one for one in app.selectbox if one.key.startswith("desk-county-")).set_value("513423").run()
    (made,) = held.state().log
    assert (made.verb, made.content["places"], made.content["basis"]) == ("place", "513423", "known")


def test_the_same_in_another_plan_is_beside_it(held):
    held.read(held.add("凉山.txt", "凉山州交通专项规划\n第一章 公路\n推进米易至会理高速公路前期工作。\n".encode()))
    ids = {one.name: one.id for one in held.state().of_document("plan-0001")}
    app = AppTest.from_function(_app, default_timeout=120)
    app.query_params["plan"], app.query_params["finding"] = "plan-0001", ids["米易至会理高速公路"]
    app.run()
    assert "**另一规划（未发布）中可能也有**" in [one.value for one in app.markdown]


def test_a_county_of_any_province_can_be_chosen():
    codes = desk_place._counties()
    assert codes[0] == "510104" and {"510722", "500110", "620102"} <= set(codes)
    assert [code.startswith("51") for code in codes] == sorted((code.startswith("51") for code in codes), reverse=True)
