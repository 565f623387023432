"""Names in English: romanised by rule, common words translated, nothing left in Chinese."""

from __future__ import annotations

import re
import tomllib

import pytest

from layers.atlas import bundled
from layers.english import english, gloss, name_english
from plans.documents import DATA

ATLAS = bundled()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("攀枝花至盐源高速公路", "Panzhihua–Yanyuan Expressway"),
        ("G4216仁寿经新市经金阳经宁南至攀枝花高速公路", "G4216 Renshou–Xinshi–Jinyang–Ningnan–Panzhihua Expressway"),
        ("雅安至马尔康高速公路宝兴至小金段", "Ya'an–Barkam Expressway Baoxing–Xiaojin Section"),
        ("成都天府国际机场", "Chengdu Tianfu International Airport"),
        ("长征国家文化公园川东北段", "Long March National Cultural Park Northeastern Sichuan Section"),
        ("查玛日东水利工程", "Chamaridong Water Conservancy Project"),
        ("筠连县黄精标准化种植基地", "Junlian County Polygonatum Standardised Planting Base"),
        ("中国(四川)自由贸易试验区资阳协同改革先行区", "China (Sichuan) Pilot Free Trade Zone Ziyang Coordinated Reform Pioneer Zone"),
        ("“缅气入凉”工程", "“Myanmar Gas to Liangshan” Works"),
        ("隆昌荣昌40万亩稻渔(虾)综合种养示范带", "Longchang Rongchang 400,000 mu Rice–Fish (Shrimp) Comprehensive Crop and Livestock Demonstration Belt"),
        ("泸州港", "Luzhou Port"),
        ("蒙顶山", "Mengding Mountain"),
        ("大小凉山彝区", "Greater and Lesser Liangshan Yi Area"),
        ("眉山西500千伏输变电工程", "Meishan West 500 kV Power Transmission and Transformation Project"),
        ("泸州港神仙桥港口作业区", "Luzhou Port Shenxianqiao Port Terminal Area"),
        ("中国科学院大学健康医疗大数据遂宁研究中心", "University of Chinese Academy of Sciences Health Medical Big Data Suining Research Centre"),
        ("G8513九寨沟(川甘界)至绵阳高速公路", "G8513 Jiuzhaigou (Sichuan–Gansu Border)–Mianyang Expressway"),
        ("泸沽湖摩梭家园", "Lugu Lake Mosuo Homeland"),
        ("川南平战结合医疗救治基地", "Southern Sichuan Peacetime–Emergency Medical Treatment Base"),
        ("G317", "G317"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_romanised_and_glossed(name: str, told: str):
    assert name_english(name) == told


def test_every_feature_has_an_english_name_without_chinese():
    names = english(ATLAS)
    assert list(names) == list(ATLAS.table["id"])
    assert [key for key, name in names.items() if not name or re.search("[㐀-鿿]|  | [–,)]|[(–] ", name)] == []


def test_every_indicator_unit_and_issuer_has_an_english_of_its_own():
    said = [
        *(("indicator", one.indicator) for one in ATLAS.targets),
        *(("unit", one.unit) for one in ATLAS.targets if one.unit not in ("", "%")),
        *(("issuer", one.issuer) for one in ATLAS.documents),
    ]
    tables = tomllib.loads((DATA / "english.toml").read_text(encoding="utf-8"))
    assert {(table, word) for table, word in said if word not in tables[table]} == set()
    assert gloss("indicator", "常住人口城镇化率") == "Urbanisation rate of residents"
