"""What a planner types finds what is meant: pinyin, initials, short forms, slips; and says how."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.query.search import clauses, fold, search, spelled_places
from layers.query.selection import Selection, select

ATLAS = bundled()
LINE = "攀枝花至盐源高速公路"


def names(query: str) -> list[str]:
    return list(ATLAS.table["name"][search(ATLAS, query).rows])


@pytest.mark.parametrize(
    ("query", "how"),
    [
        (LINE, ""),
        ("攀枝花到盐源", ""),
        ("攀枝花-盐源高速", ""),
        ("攀枝花 盐源 高速", ""),
        ("panzhihua-yanyuan", "latin"),
        ("PanZhiHua yanyuan gaosu", "latin"),
        ("pzhzyy", "latin"),
        ("攀盐高速", ""),  # an alias
        ("盘枝花至盐原高速", "sound"),
        ("攀枝花至盐池高速公路", "slip"),
        ("攀枝花至盐源速公路", "short"),
        ("攀枝花至盐源高公速路", "slip"),
    ],
)
def test_one_road_is_found_in_many_ways(query: str, how: str):
    assert LINE in names(query)
    assert len(names(query)) <= 2
    assert search(ATLAS, query).how == how


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("雅马高速", "雅安至马尔康高速公路"),
        ("成达万高铁", "成都至达州至万州高铁"),
        ("宜西攀高铁", "宜宾至西昌至攀枝花高铁"),
    ],
)
def test_a_short_form_finds_its_line(short: str, name: str):
    assert name in names(short)
    assert len(names(short)) <= 3


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("panzhihua", "攀枝花"),
        ("pzh", "攀枝花"),
        ("junlian", "筠连"),
        ("changning", "长宁"),
        ("barkam", "马尔康"),
        ("maerkang", "马尔康"),
        ("garze", "甘孜"),
    ],
)
def test_a_place_is_found_by_its_letters(latin: str, chinese: str):
    assert set(names(chinese)) <= set(names(latin))


def test_readings_that_dictionaries_miss_find_nothing_else():
    assert spelled_places("yingjing") == ("511822",)
    assert spelled_places("xingjing") == ()
    assert spelled_places("Shifang") == ("510682",)
    assert set(names("shifang")) == set(names("什邡"))


def test_a_place_that_no_text_names_shows_what_lies_there():
    assert search(ATLAS, "荥经").how == search(ATLAS, "yingjing").how == "place"
    assert names("荥经") == names("yingjing")
    assert all("511822" in codes for codes in ATLAS.table["counties"][search(ATLAS, "荥经").rows])


@pytest.mark.parametrize("query", ["qqqq", "飞碟基地", "攀枝花 飞碟", "zzzz 机场", "“”"])
def test_what_is_not_there_is_not_made_up(query: str):
    assert names(query) == []


def test_an_exact_word_brings_nothing_loose():
    assert search(ATLAS, "机场").how == ""
    found = names("盐源")
    assert found and search(ATLAS, "盐源").how == ""
    assert all("盐源" in " ".join([row.name, *row.aliases, *(one["quote"] + one["name"] for one in row.citations)])
               for row in ATLAS.table[search(ATLAS, "盐源").rows].itertuples())  # fmt: skip


def test_an_empty_query_finds_all():
    assert search(ATLAS, "  ").rows.all()


def test_a_selection_searches_so():
    assert list(select(ATLAS, Selection(q="攀盐高速"))["name"]) == [LINE]
    assert set(select(ATLAS, Selection(q="pzh", layer=("hub",)))["name"]) == set(
        select(ATLAS, Selection(q="攀枝花", layer=("hub",)))["name"]
    )


@pytest.mark.parametrize(("one", "other"), [("攀枝花到盐源高速公路", "攀枝花至盐源高速"), ("成都—自贡高速铁路", "成都至自贡高铁"), ("（Ｇ４２）", "g42")])  # fmt: skip
def test_spellings_of_one_thing_are_one(one: str, other: str):
    assert fold(one) == fold(other)


def test_clauses_of_all_documents_at_once():
    found = clauses(ATLAS, "攀枝花 盐源")
    assert list(found) == ["panxi-2021", "revitalization-opinion-2023"]
    assert all("攀枝花" in one.text and "盐源" in one.text for hits in found.values() for one in hits)
    assert clauses(ATLAS, "") == clauses(ATLAS, "飞碟") == {}
