"""A new plan against the atlas: the same in other words, a part, perhaps the same, new."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.proposed.linking import NEW, PART, PERHAPS, SAME, Known, Thing, changed, one_form, score, thing_of


@pytest.fixture(scope="module")
def known() -> Known:
    atlas = bundled()
    return Known((one, thing_of(one, one.mentions, atlas.placements[one.id].prefectures)) for one in atlas.features)


@pytest.mark.parametrize(
    ("name", "layer", "relation", "of"),
    [
        pytest.param(
            "绵阳至九寨沟高速公路", "transport", SAME, "G8513九寨沟(川甘界)至绵阳高速公路", id="the-other-way-round"
        ),
        pytest.param("长宁县通用机场", "transport", SAME, "长宁通用机场", id="with-county"),
        pytest.param("汉中至巴中至南充铁路", "transport", SAME, "汉中至巴中至南充铁路", id="written-out"),
        pytest.param("攀枝花钒钛高新技术产业开发区", "park", SAME, "攀枝花钒钛高新区", id="in-full"),
        pytest.param("向家坝灌区三期工程", "water", PART, "向家坝灌区", id="a-phase"),
        pytest.param("长江经济带生态环境突出问题治理", "ecology", PERHAPS, None, id="alike"),
        pytest.param("兰州至张掖高铁", "transport", NEW, None, id="elsewhere"),
        pytest.param("向家坝灌区", "park", NEW, None, id="of-another-layer"),
    ],
)
def test_how_a_thing_stands_to_the_atlas(known, name, layer, relation, of):
    told, feature = known.find(Thing((name,), layer, ""))
    assert told == relation
    assert of is None or (feature is not None and one_form(feature.name) == one_form(of))


def test_places_tell_namesakes_apart(known):
    assert known.find(Thing(("长宁县通用机场",), "transport", "general_airport", frozenset({"510100"})))[0] == NEW


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("成都至贵阳高铁", "成都至贵阳铁路"),
        ("G76(G85)成都至重庆高速公路", "成都至重庆高速公路"),
        ("长征国家文化公园（四川段）", "长征国家文化公园(四川段)"),
        ("阿坝—成都东1000千伏特高压交流工程", "阿坝—成都东1000千伏特高压输变电工程"),
    ],
)
def test_two_wordings_have_one_form(one, other):
    assert one_form(one) == one_form(other)


def test_a_number_alone_stays_what_it_is():
    assert one_form("G317") == "G317"


def test_links_between_the_nine_documents_are_found_again():
    atlas = bundled()
    found = score(atlas.features, {key: one.prefectures for key, one in atlas.placements.items()})
    assert (found.right, found.wrong, found.missed) == (239, 1, 18)


def test_what_became_of_the_wording():
    feature = next(one for one in bundled().features if one.name == "攀枝花至盐源高速公路")
    assert feature.current.status == "starting"
    assert changed(feature.current, "transport", "under_construction") == "advanced"
    assert changed(feature.current, "transport", "study") == "weaker"
    assert changed(feature.current, "transport", "promoted") == "differs"
    assert changed(feature.current, "transport", "starting") == "unchanged"
