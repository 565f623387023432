"""Sets of words: where their members stand in a text."""

from __future__ import annotations

import re

import pytest

from plans.documents import DATA
from plans.lexicon import alternation, tail_pattern, words
from plans.words import Words, may_name


def test_the_longest_member_counts_and_none_over_another():
    words = Words(["高速", "高速公路", "公路", "桥"])
    assert words.spans("高速公路和高速、公路桥") == [(0, 4), (5, 7), (8, 10), (10, 11)]
    assert words.sizes_at("高速公路", 0) == [4, 2]


def test_a_member_at_the_end_of_a_text_is_found_and_one_that_is_cut_off_is_not():
    words = Words(["铁路", "铁路枢纽", "站"])
    assert words.spans("成渝铁路枢") == [(2, 4)]
    assert words.spans("东站") == [(1, 2)]
    assert words.spans("") == []


@pytest.mark.parametrize("text", ["甘孜州", "甘肃省", "甘州", "孜州", "a.b", "ab"])
def test_a_tree_of_words_matches_what_a_list_of_them_matches(text):
    parts = ["甘", "甘孜", "甘孜州", "甘肃", "a.b"]
    plain = re.compile("|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True)))
    tree = re.compile(alternation(parts))
    assert [one.span() for one in tree.finditer(text)] == [one.span() for one in plain.finditer(text)]


def test_what_begins_alike_is_tried_once():
    assert alternation(["甘孜", "甘肃", "甘"]) == "甘(?:孜|肃|)"
    assert alternation([]) == ""


def test_a_sentence_without_a_place_and_a_noun_names_nothing():
    assert not may_name("坚定不移，不断提高水平。")
    assert may_name("推进西昌发展。")
    assert may_name("推进大桥建设。")


def test_a_predicate_is_found_as_if_it_were_looked_for_everywhere():
    everywhere = re.compile(f"(?:{'|'.join(words('tail'))})$")
    pieces = [
        piece
        for document in sorted((DATA / "documents").glob("*.txt"))
        for piece in re.split("[，。；、：,\n]", document.read_text(encoding="utf-8"))
    ]
    found = [(everywhere.search(piece), tail_pattern().search(piece)) for piece in pieces]
    assert sum(one is not None for one, _ in found) > 500
    assert all((one and one.span()) == (other and other.span()) for one, other in found)
