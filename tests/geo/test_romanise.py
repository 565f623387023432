"""Names in Roman letters: reviewed places, the apostrophe, readings that dictionaries miss."""

from __future__ import annotations

import csv

import pytest

from geo.gazetteer import counties, prefectures
from geo.romanise import place_english, place_syllables, syllables, word
from plans.documents import DATA


@pytest.mark.parametrize(
    ("adcode", "english", "pinyin"),
    [
        ("511822", "Yingjing County", "ying jing"),
        ("511527", "Junlian County", "jun lian"),
        ("511524", "Changning County", "chang ning"),
        ("510682", "Shifang City", "shi fang"),
        ("511123", "Qianwei County", "qian wei"),
        ("510114", "Xindu District", "xin du"),
        ("513423", "Yanyuan County", "yan yuan"),
        ("513232", "Zoigê County", "ruo er gai"),
        ("513300", "Garzê Prefecture", "gan zi"),
        ("511800", "Ya'an City", "ya an"),
        ("510321", "Rong County", "rong xian"),
        ("610000", "Shaanxi Province", "shaan xi"),
        ("500000", "Chongqing", "chong qing"),
    ],
)
def test_places_are_written_as_reviewed(adcode: str, english: str, pinyin: str):
    assert place_english(adcode, full=True) == english
    assert " ".join(place_syllables(adcode)) == pinyin


def test_every_place_of_the_province_is_reviewed():
    with (DATA / "geometry" / "romanised.csv").open(encoding="utf-8") as file:
        known = {row["adcode"] for row in csv.DictReader(file)}
    assert {one.adcode for one in (*prefectures(), *counties())} <= known


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("新都桥", "xin du qiao"),
        ("长宁县", "chang ning xian"),
        ("长江", "chang jiang"),
        ("G4216雅安", "ya an"),
        ("乐山大佛", "le shan da fo"),
        ("", ""),
        ("G5", ""),
    ],
)
def test_each_character_has_one_syllable(text: str, read: str):
    assert " ".join(syllables(text)) == read


@pytest.mark.parametrize(
    ("name", "english"), [("花萼", "Hua'e"), ("凤鸣", "Fengming"), ("西安", "Xi'an"), ("绿", "Lü")]
)
def test_a_name_is_one_word(name: str, english: str):
    assert word(name) == english
