"""Names and their aliases against the texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers.atlas import bundled
from plans.naming import unsaid

ATLAS = bundled()


@pytest.mark.parametrize(
    ("feature_id", "name", "words"),
    [
        pytest.param("f-00213", "眉山青龙国际物流园", "眉山", id="a-place-that-we-know"),
        pytest.param("f-00350", "遂宁欧美产业园", "遂宁", id="a-prefecture-that-we-know"),
        pytest.param("f-01250", "达州金垭机场", "金垭", id="a-later-name"),
        pytest.param("f-01911", "G4218雅安至叶城高速公路", "雅安叶城", id="a-route-that-we-know"),
        pytest.param("f-01957", "圆环阵太阳射电成像望远镜", "", id="words-of-the-text"),
        pytest.param("f-00012", "成都至自贡至宜宾高铁", "", id="a-short-form-written-out"),
        pytest.param("f-01883", "双江口水电站", "", id="what-the-list-shares"),
        pytest.param("f-02070", "攀枝花钒钛高新区省级化工园区", "", id="whose-plan-it-is"),
        pytest.param("f-01074", "川南酒特色产业大数据中心", "", id="one-character"),
    ],
)
def test_words_that_no_text_has(feature_id, name, words):
    assert unsaid(replace(ATLAS.feature(feature_id), name=name)) == words


def test_every_name_is_made_of_words_of_its_texts():
    assert [(one.id, one.name) for one in ATLAS.features if unsaid(one)] == []


@pytest.mark.parametrize(
    ("feature_id", "alias"),
    [
        pytest.param("f-00065", "成德临港经济", id="fragment"),
        pytest.param("f-00066", "成眉高新技术", id="fragment-2"),
        pytest.param("f-00067", "成资临空经济", id="fragment-3"),
        pytest.param("f-01914", "汶九高速", id="wider-road"),
        pytest.param("f-00533", "川渝特高压", id="wider-grid"),
        pytest.param("f-00382", "仁沐新高速", id="part-of-the-road"),
        pytest.param("f-01257", "广元港红岩作业区", id="part-of-the-port"),
        pytest.param("f-00422", "成渝环线", id="another-road"),
    ],
)
def test_aliases_are_neither_fragments_nor_wider(feature_id, alias):
    assert alias not in ATLAS.feature(feature_id).aliases


@pytest.mark.parametrize(
    ("feature_id", "alias"),
    [("f-00012", "成自宜高铁"), ("f-00008", "天府机场"), ("f-01250", "达州金垭机场"), ("f-00476", "川青铁路")],
)
def test_other_names_of_the_same_thing_stay(feature_id, alias):
    assert alias in ATLAS.feature(feature_id).aliases
