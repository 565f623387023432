"""Radicals in the text of PDFs become the characters that they look like."""

import unicodedata

import pytest

from plans.radicals import characters


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        pytest.param("⽂化旅游，⽔利", "文化旅游，水利", id="kangxi"),
        pytest.param(
            "⻓江上游，⻓宁县、⻘川县、⻢边县、⻰⻢潭区", "长江上游，长宁县、青川县、马边县、龙马潭区", id="supplement"
        ),
        pytest.param("⼈⺠政府，⺟亲河，⻳山", "人民政府，母亲河，龟山", id="both"),
        pytest.param(
            "攀枝花至盐源高速公路 G4216 ㎡ ①（一）", "攀枝花至盐源高速公路 G4216 ㎡ ①（一）", id="the-rest-stays"
        ),
    ],
)
def test_characters(read, meant):
    assert characters(read) == meant


def test_no_radical_is_left():
    blocks = [chr(code) for code in range(0x2E80, 0x2FD6)]
    radicals = "".join(one for one in blocks if unicodedata.name(one, "").startswith(("KANGXI", "CJK RADICAL")))
    left = [one for one in characters(radicals) if "\u2e80" <= one <= "\u2fdf"]
    assert left == ["⺀"]  # a repeated stroke, of which Unicode knows no character
