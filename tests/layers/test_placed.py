"""What positions go by, in English: by the forms of the notes, all of a note or nothing of it."""

from __future__ import annotations

import re

import pytest

from layers.atlas import bundled
from layers.placed import Placed, placed_english

SOURCES = bundled().table["placement_source"]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("政府驻地：旌阳区", "Seat of government: Jingyang District"),
        ("成员：攀枝花市、凉山彝族自治州", "Members: Panzhihua City, Liangshan Prefecture"),
        ("依次经过：巴中东站—南江县—米仓山—汉中站；走向依据：规划走向，穿米仓山", "Through: Bazhong East Railway Station–Nanjiang County–Micang Mountains–Hanzhong Railway Station; course: planned course, across Micang Mountains"),
        ("现有铁路（© OpenStreetMap contributors，ODbL，已简化），依次经过：达州站—万州站", "Existing railways (© OpenStreetMap contributors, ODbL, simplified), through: Dazhou Railway Station–Wanzhou Railway Station"),
        ("坝址，犍为县城下游约2公里", "Dam site, about 2 km downstream of Qianwei county town"),
        ("大渡河干流，金川县城以上约13公里，推算", "Dadu River Main Stem, about 13 km above Jinchuan county town, estimated"),
        ("沙溪镇王坪村", "Shaxi Town Wangping Village"),
        ("彭州城区西部，致和街道", "The west of Pengzhou city, Zhihe Subdistrict"),
        ("国务院批复在泸州市设立", "Approved by the State Council in Luzhou City"),
        ("以溪洛渡坝址代", "The site of Xiluodu dam in its place"),
        ("金沙江，1:400万水系", "Jinsha River, rivers 1:4M"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_note_of_known_form_is_told_in_english(note: str, told: str):
    assert placed_english(note) == Placed(told)


@pytest.mark.parametrize(
    "note",
    [
        "坝址按岷江河道由东风岩（犍为石溪河西村）上溯约15公里",
        "与天府农博园相近，兴义—安西",
        "距城区7公里、广元南站5公里",
        "高德点转WGS84",
    ],
)
def test_what_has_no_known_form_stays_as_it_is(note: str):
    assert placed_english(note) == Placed("", note)


def test_a_list_of_places_is_told_though_its_reason_is_not():
    told = placed_english("成员：广安市；范围依据：国家批准的川渝合作示范区（广安片区），以广安市为范围")
    assert told == Placed("Members: Guang'an City; extent: ", "国家批准的川渝合作示范区（广安片区），以广安市为范围")


def test_four_notes_in_five_are_told_and_no_chinese_is_left_in_them():
    told = [placed_english(note) for note in SOURCES]
    assert [one.english for one in told if re.search("[㐀-鿿，、；：（）]", one.english)] == []
    assert sum(not one.chinese for one in told) / len(told) > 0.8
