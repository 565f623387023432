"""Clean text keeps every word and knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.atlas import bundled
from plans.clean import join, lines, width

ATLAS = bundled()


@pytest.mark.parametrize("slug", [one.slug for one in ATLAS.documents])
def test_every_clean_character_maps_back_to_the_source(slug):
    source = ATLAS.records.texts[ATLAS.document(slug).file]
    for one in ATLAS.clauses(slug):
        assert len(one.offsets) == len(one.text)
        assert list(one.offsets) == sorted(set(one.offsets))
        for char, offset in zip(one.text, one.offsets, strict=True):
            assert source[offset] == char or (char, source[offset]) == (".", "．") or source[offset].isspace()


@given(st.lists(st.text("中文ab19．,。 　", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_join_round_trips(parts):
    source = "\n".join(parts)
    clean = join(list(lines(source)))
    bare = "".join(source.split())
    assert clean.text.replace(" ", "").replace(".", "．") == bare
    for char, offset in zip(clean.text, clean.offsets, strict=True):
        assert source[offset] == char or source[offset] == "．" or source[offset].isspace()


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        pytest.param(["“菜篮", "子”市长负责制"], "“菜篮子”市长负责制", id="wrap"),
        pytest.param(["达 944． 7 亿元"], "达944.7亿元", id="full-width-point"),
        pytest.param(["缩小至 2． 4：1。"], "缩小至2.4：1。", id="ratio-keeps-its-colon"),
        pytest.param(["推进 5G 和光纤"], "推进5G和光纤", id="latin-beside-chinese"),
        pytest.param(["CPU GPU"], "CPU GPU", id="latin-words-stay-apart"),
    ],
)
def test_join_repairs_what_the_page_added(written, clean):
    assert join(list(lines("\n".join(written)))).text == clean


def test_footers_turn_the_page_and_cut_no_word():
    text = "\n".join(["落实“菜篮", "—621—", "", "子”市长负责制"])
    found = list(lines(text))
    assert [(line.bare, line.page) for line in found] == [("落实“菜篮", 1), ("子”市长负责制", 2)]
    clean = join(found)
    assert clean.text == "落实“菜篮子”市长负责制"
    assert clean.pages == ((0, 1), (5, 2))


def test_a_leading_ascii_space_turns_the_page_once():
    found = list(lines("一\n—2—\n 二\n 三\n　四"))
    assert [(line.bare, line.page) for line in found] == [("一", 1), ("二", 2), ("三", 3), ("四", 3)]


def test_captions_are_not_text():
    assert [line.bare for line in lines("港。\n图 1　 成都平原经济区机场和水运重点项目示意图\n畅通")] == [
        "港。",
        "畅通",
    ]


def test_no_footer_or_caption_is_left_in_any_clause():
    for one in ATLAS.documents:
        for clause in ATLAS.clauses(one.slug):
            assert "示意图" not in clause.text
            if one.pages:
                assert "—6" not in clause.text


@pytest.mark.parametrize(("text", "expected"), [("推进 5G 建设", 5.0), ("中文", 2.0), ("", 0.0)])
def test_width_counts_latin_as_half(text, expected):
    assert width(text) == expected
