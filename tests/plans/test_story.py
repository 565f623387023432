"""The story of a project across documents, and the numbers that plans set."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.query.reports import as_csv, changes_table, coverage_table, targets_table
from plans.story import changes

ATLAS = bundled()


def marks(name: str) -> set[str]:
    found = [one for one in ATLAS.features if one.name == name]
    assert len(found) == 1, name
    return {change.mark for change in changes(found[0])}


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        pytest.param("广元至巴中铁路扩能改造", "advanced", id="listing-to-start"),
        pytest.param("长宁通用机场", "advanced", id="preliminary-to-planned"),
        pytest.param("攀枝花至盐源高速公路", "advanced", id="preliminary-to-start"),
        pytest.param("金口河至西昌高速公路", "weaker", id="start-with-a-reserve"),
        pytest.param("巴塘通用机场", "weaker", id="building-to-planned"),
        pytest.param("宜宾至西昌至攀枝花高铁", "unchanged", id="still-seeking"),
        pytest.param("孟底沟水电站", "conflict", id="two-plans-of-one-day"),
        pytest.param("汶川至川主寺高速公路", "conflict", id="one-section"),
    ],
)
def test_marks(name, mark):
    assert mark in marks(name)


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
            if change.mark == "conflict":
                assert change.before.document.date == change.after.document.date
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
