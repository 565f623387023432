"""How far along a thing is: what stands around its name, marked plans to learn from, rows and lines of projects."""

from __future__ import annotations

import pytest

from layers.proposed.table import proposed
from plans.errors import PlanError
from plans.reader.examples import marked, marked_plan
from plans.reader.stages import Stretch, own_words, stretch
from plans.reader.training import written_plans

PLAN = """# A plan written to learn from.
青川县2026年政府工作报告
一、2025年工作回顾
2025年，[青竹江大桥||operating]合龙通车，[白龙湖码头|port|operating]投用。
二、2026年重点工作
开工[青川]、[平武]等{通用机场}，完善农村公路。
"""


@pytest.mark.parametrize(
    ("line", "around"),
    [
        ("加快[甲大桥]、[乙大桥]建设，年内通车。", ("加快", "^", "建设", "年内通车")),
        ("力争[甲大桥]主塔封顶，[乙大桥]前期工作有突破。", ("力争", "^", "主塔封顶", "N前期工作有突破")),
        ("加强管护，[甲大桥]放行。", ("", "加强管护", "放行", "")),
    ],
)
def test_what_stands_around_a_list(line, around):
    example = marked(line).example
    found = stretch(example.text, example.names, example.names[0])
    assert (found.before, found.earlier, found.behind, found.later) == around


def test_the_words_of_a_list_are_those_behind_it_then_those_before_it():
    for line, words in (
        ("[甲大桥]盾构始发，乙河治理。", "盾构始发"),
        ("统筹谋划[甲大桥]，完善路网。", "统筹谋划"),
        ("[甲大桥]。", ""),
        ("聚焦[甲港][乙港]联动", "聚焦"),
        ("7.[甲港][乙港]联动", ""),
    ):
        example = marked(line).example
        assert own_words(stretch(example.text, example.names, example.names[0])) == words


def test_a_marked_plan_is_read_clause_by_clause(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    clauses = [one for one in marked_plan(path) if one.names]
    told = [
        (clause.clause.text[slice(*span)], kind, status)
        for clause in clauses
        for span, kind, status in zip(clause.names, clause.kinds, clause.statuses, strict=True)
    ]
    assert told == [
        ("青竹江大桥", "", "operating"),
        ("白龙湖码头", "port", "operating"),
        ("青川", "", ""),
        ("平武", "", ""),
    ]
    assert [clauses[1].clause.text[slice(*span)] for span in clauses[1].shared] == ["通用机场"]
    assert [one.clause.looks_ahead for one in clauses] == [False, True]


def test_a_badly_marked_plan_is_named(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("# A plan.\n推进[甲大桥建设。\n", encoding="utf-8")
    with pytest.raises(PlanError, match=r"plan\.txt：标记不成对“\[甲大桥建设"):
        marked_plan(path)


def test_every_mark_of_the_plans_that_ship_stands_in_a_clause():
    """A name whose mark stood in no clause would teach nothing."""
    assert sum(len(one.names) for one in written_plans()) > 2000
    for one in written_plans():
        for start, end in (*one.names, *one.shared):
            assert one.clause.text[start:end].strip() == one.clause.text[start:end] != ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("续建 | 全线通车", ("全线通车", "completing")),
        ("续建 | 路基完成八成", ("续建", "under_construction")),
        ("新建 | 5月开工", ("5月开工", "starting")),
        ("改扩建 | —", ("改扩建", "building")),
        ("前期 | 完成可研", ("前期", "preliminary")),
    ],
)
def test_a_row_is_as_far_as_its_goal_or_its_nature_says(tmp_path, row, said):
    path = tmp_path / "plan.md"
    path.write_text(
        "# 青川县2026年重点项目清单\n\n| 序号 | 项目名称 | 建设地点 | 建设性质 | 年度目标 |\n|---|---|---|---|---|\n"
        f"| 1 | 青竹江大桥 | 青川县 | {row} |\n",
        encoding="utf-8",
    )
    (found,) = proposed(path)
    assert (found.name, found.status_text, found.status) == ("青竹江大桥", *said)


def test_a_numbered_line_of_a_name_and_its_place_is_a_thing(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(
        "泉州市重大工程项目库\n一、综合交通\n"
        "1. 百崎湖通道，丰泽区至台商投资区，盾构段已贯通，计划2026年底前通车。\n"
        "2. G355安溪感德至剑斗段提级改造，安溪县，二级升一级，力争2028年完工。\n"
        "3. 加强统筹，泉州市政府牵头，定期调度。\n",
        encoding="utf-8",
    )
    assert [(one.name, one.status) for one in proposed(path)] == [
        ("百崎湖通道", "completing"),
        ("G355安溪感德至剑斗段提级改造", "completing"),
    ]


@pytest.mark.parametrize(
    ("behind", "words"),
    [("入选首批零碳园区名单", ""), ("85公里", ""), ("呼和浩特到南宁的", ""), ("主体完工过半", "主体完工过半")],
)
def test_how_long_a_thing_is_and_that_it_is_praised_is_no_stage(behind, words):
    assert own_words(Stretch("", "^", behind, "$")) == words


@pytest.mark.parametrize(
    ("title", "sentence", "status"),
    [
        ("广元市一季度水利工程进展", "新开工青川县东河水库。", "under_construction"),
        ("广元市一季度水利工程进展", "青川县东河水库力争年内开工。", "starting"),
        ("广元市“十五五”水利规划", "新开工青川县东河水库。", "starting"),
    ],
)
def test_a_bulletin_reports_but_for_what_it_says_of_the_time_to_come(tmp_path, title, sentence, status):
    path = tmp_path / "plan.txt"
    path.write_text(f"{title}\n今年以来全市水利建设投资增长一成，各项工作有序开展。\n{sentence}\n", encoding="utf-8")
    (found,) = proposed(path)
    assert (found.name, found.status) == ("青川县东河水库", status)
