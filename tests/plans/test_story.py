"""The story of a project across documents, and the numbers that plans set."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.query.reports import as_csv, changes_table, coverage_table, targets_table
from plans.features import STAGE, Feature
from plans.story import between, changes

ATLAS = bundled()


def marks(name: str) -> set[str]:
    return {change.mark for change in changes(named(name))}


def named(name: str) -> Feature:
    found = [one for one in ATLAS.features if one.name == name]
    assert len(found) == 1, name
    return found[0]


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        pytest.param("广元至巴中铁路扩能改造", "advanced", id="listing-to-start"),
        pytest.param("攀枝花至盐源高速公路", "advanced", id="preliminary-to-start"),
        pytest.param("金口河至西昌高速公路", "weaker", id="start-with-a-reserve"),
        pytest.param("宜宾至西昌至攀枝花高铁", "unchanged", id="still-seeking"),
        pytest.param("汶川至川主寺高速公路", "conflict", id="one-section"),
    ],
)
def test_marks_between_stages(name, mark):
    assert marks(name) == {mark}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param("长宁通用机场", "推进…前期工作", "规划建设", id="preliminary-to-planned"),
        pytest.param("巴塘通用机场", "建设", "规划建设", id="building-to-planned"),
        pytest.param("孟底沟水电站", "推进…建设", "开工建设", id="two-plans-of-one-day"),
        pytest.param("G76(G85)成都至重庆高速公路扩容", "开工建设", "加快实施", id="box-beside-text"),
        pytest.param("攀枝花机场迁建", "推进", "加快…前期工作", id="push-beside-preliminary"),
        pytest.param("成渝地区双城经济圈", "推动…建设", "主动服务和融入", id="a-strategy"),
    ],
)
def test_words_without_a_stage_merely_differ(name, before, after):
    told = [(one.mark, one.before.status_text, one.after.status_text) for one in changes(named(name))]
    assert told == [("differs", before, after)]


def test_a_zone_has_no_stages():
    for found in ATLAS.features:
        if found.layer in ("zone", "corridor", "city"):
            assert {one.mark for one in changes(found)} <= {"differs", "unchanged"}, found.id


def test_only_stages_advance_weaken_or_conflict():
    for found in ATLAS.features:
        for one in changes(found):
            if one.mark not in ("differs", "unchanged"):
                assert {one.before.status, one.after.status} <= set(STAGE), found.id


def test_the_status_shown_is_the_stage_that_is_stated():
    shown = named("攀枝花机场迁建").current
    assert (shown.status, shown.status_text) == ("preliminary", "加快…前期工作")


@pytest.mark.parametrize(
    ("name", "left", "right", "mark"),
    [
        pytest.param("孟底沟水电站", "panxi-2021", "northwestern-2021", "differs", id="one-day"),
        pytest.param("攀枝花至盐源高速公路", "panxi-2021", "revitalization-opinion-2023", "advanced", id="two-days"),
        pytest.param("成都至自贡至宜宾高铁", "chengdu-plain-2021", "southern-2021", "unchanged", id="both-complete"),
    ],
)
def test_marks_between_documents(name, left, right, mark):
    assert between(named(name), left, right) == between(named(name), right, left) == mark


def test_a_change_keeps_both_wordings():
    one = next(
        change for found in ATLAS.features if found.name == "广元至巴中铁路扩能改造" for change in changes(found)
    )
    assert (one.before.document.slug, one.after.document.slug) == ("northeastern-2021", "revitalization-opinion-2023")
    assert one.after.status_text == "推动…尽早开工建设"


def test_one_mention_has_no_story():
    single = next(found for found in ATLAS.features if len(found.mentions) == 1)
    assert list(changes(single)) == []


def test_changes_go_from_earlier_to_later():
    for found in ATLAS.features:
        for change in changes(found):
            if change.at_once:
                assert change.mark in ("conflict", "differs")
            else:
                assert change.before.document.date < change.after.document.date


def test_every_unit_of_every_document_is_accounted_for():
    for issued in ATLAS.documents:
        assert [unit for unit in ATLAS.coverage(issued.slug) if not unit.accounted] == []


def test_box_members_are_counted_one_by_one():
    box = [unit for unit in ATLAS.coverage("chengdu-plain-2021") if unit.clause_id == "chengdu-plain-2021/b6/i5"]
    assert len(box) == 14
    assert all(unit.claimed for unit in box)


@pytest.mark.parametrize(
    ("zone", "indicator", "year", "value"),
    [
        ("chengdu-plain", "地区生产总值", "2020", "2.95万亿元"),
        ("northeastern", "地区生产总值", "2020", "7595.5亿元"),
    ],
)
def test_stated_numbers(zone, indicator, year, value):
    assert any(
        (one.zone, one.indicator, one.year, one.value) == (zone, indicator, year, value) for one in ATLAS.targets
    )


def test_numbers_stand_in_their_clauses():
    for one in ATLAS.targets:
        assert one.clause.text[one.start : one.end] == one.quote
        assert one.value in one.quote


def test_reports_export_without_their_filter_columns():
    assert as_csv(changes_table(ATLAS)).startswith("\ufeff编号,名称,变化")
    assert as_csv(targets_table(ATLAS)).startswith("\ufeff范围,指标")
    assert len(coverage_table(ATLAS, "panxi-2021")) == sum(1 for _ in ATLAS.coverage("panxi-2021"))
