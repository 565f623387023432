"""A project moves only when a document says so: states of each day, and the sentences that moved them."""

from __future__ import annotations

import datetime

from layers.atlas import bundled
from layers.query.selection import Selection, select
from layers.query.timeline import APPEARS, as_of, as_table, days, issued_on, moved, otherwise, steps, until

ATLAS = bundled()
PLANS, OPINION, ACTION, INTERVIEW, DECISION = (
    datetime.date(2021, 6, 9),
    datetime.date(2023, 1, 1),
    datetime.date(2023, 2, 27),
    datetime.date(2024, 1, 24),
    datetime.date(2025, 11, 26),
)
ROAD = "f-01736"  # 攀枝花至盐源高速公路


def test_the_days_are_those_of_the_documents():
    assert days(ATLAS) == (PLANS, OPINION, ACTION, INTERVIEW, DECISION)
    assert [one.slug for one in issued_on(ATLAS, DECISION)] == ["panzhihua-decision-2025"]
    assert len(issued_on(ATLAS, PLANS)) == 5


def test_on_the_last_day_all_stands_as_the_atlas_shows_it():
    rows = as_of(ATLAS, ATLAS.table, DECISION)
    assert list(rows["id"]) == list(ATLAS.table["id"])
    assert list(rows["status"]) == list(ATLAS.table["status"])
    assert list(rows["status_text"]) == list(ATLAS.table["status_text"])


def test_a_road_advances_on_the_day_of_the_opinion_and_not_before():
    road = ATLAS.table[ATLAS.table["id"] == ROAD]
    states = [as_of(ATLAS, road, day).iloc[0] for day in days(ATLAS)]
    assert [one["status"] for one in states] == ["preliminary", "starting", "starting", "starting", "starting"]
    assert [one["mark"] for one in states] == [APPEARS, "advanced", "", "", ""]
    assert states[1]["sentence"].startswith("支持金口河至西昌、攀枝花至盐源、炉霍至新都桥等高速公路在“十四五”期间开工")
    assert [one["day"] for one in states] == [PLANS, OPINION, OPINION, OPINION, OPINION]


def test_the_map_is_told_what_stood_otherwise():
    told = otherwise(ATLAS.table, as_of(ATLAS, ATLAS.table, PLANS))
    assert told[ROAD] == "preliminary"
    assert otherwise(ATLAS.table, as_of(ATLAS, ATLAS.table, DECISION)) == {}


def test_nothing_stands_before_a_document_names_it():
    for day in days(ATLAS):
        known = {one.feature for one in ATLAS.mentions if one.document.date <= day}
        assert set(as_of(ATLAS, ATLAS.table, day)["id"]) == known
    assert as_of(ATLAS, ATLAS.table, PLANS - datetime.timedelta(days=1)).empty


def test_every_sentence_stands_in_its_clause_and_is_no_later_than_its_day():
    for row in steps(ATLAS).itertuples(index=False):
        assert row.sentence in ATLAS.clause(row.clause).text
        assert ATLAS.document(row.document).date <= row.day


def test_what_moves_is_told_by_weight_and_within_the_selection():
    marks = list(moved(ATLAS, ATLAS.table, OPINION)["mark"])
    assert marks == sorted(marks, key=["advanced", "weaker", "conflict", "differs", APPEARS].index)
    assert set(marks) == {"advanced", "weaker", "differs", APPEARS}
    first = ATLAS.table["documents"].map(lambda slugs: slugs[0])
    assert marks.count(APPEARS) == int((first == "revitalization-opinion-2023").sum()) > 30
    roads = select(ATLAS, Selection(kind=("expressway",)))
    assert set(moved(ATLAS, roads, OPINION)["kind"]) == {"expressway"}


def test_a_feature_before_its_time_is_none():
    late = ATLAS.feature("f-02116")
    assert until(late, INTERVIEW) is None
    assert until(late, DECISION) == late


def test_the_table_has_a_row_a_step():
    road = ATLAS.table[ATLAS.table["id"] == ROAD]
    told = as_table(ATLAS, road)
    assert list(told["日期"]) == ["2021-06-09", "2023"]
    assert list(told["变化"]) == ["首次写入", "推进"]
    assert list(told["状态"]) == ["前期工作", "拟开工"]
    assert set(told["英文名"]) == {"Panzhihua–Yanyuan Expressway"}
