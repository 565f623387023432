"""Phrases that say of no thing which one it is: general ones, regions, who speaks."""

from __future__ import annotations

import re
from functools import cache

from plans.lexicon import alternation, head_noun, is_place, place_pattern, stands, words
from plans.places import district_names, short_name


def names_nothing(name: str) -> bool:
    """Tell whether a phrase is general whatever its noun: 该工程, 环渤海地区, 西藏公路, 某市的快速铁路, 某网某日消息."""
    if _ANY.match(name) or _SAID.search(name) or _regions().fullmatch(name):
        return True
    return _of_a_province().fullmatch(name) is not None or _possessed(name)


_ANY = re.compile(
    "既有|国铁|越江|跨江|老工业基地|进园进港|专业性|临时|乡镇|义务教育|低运量|其(?!香)|[0-9]+[市条座处]|更多"
    "|[该此](?=.{3})|这[些个几]|上述|省际间?|三[甲级](?:综合|专科|医院)|南北双向|[0-9.]+万?(?:千瓦|兆瓦|MW|GW)[\u4e00-\u9fff]{2,6}$"
)
_SAID = re.compile("(?:消息|记者|市辖区|医药)$|乃至")

_WAYS = re.compile("[东南西北]{2}|贯[穿通].{2}")


def _possessed(name: str) -> bool:
    """Tell whether a place only has some of a kind: 佳木斯市的快速铁路, 南北的铁路大通道."""
    whose, _, rest = name.rpartition("的")
    head = head_noun(rest) if is_place(whose) or _WAYS.fullmatch(whose) else None
    return head is not None and not head.weak and not stands(rest, head)


@cache
def _regions() -> re.Pattern[str]:
    """Regions and how a place lies to them: 环渤海地区, 南接辽宁."""
    region = f"(?:{alternation(words('water'))}|{alternation(words('region'))})"
    return re.compile(f"环?{region}(?:地区|区域)|环渤海|[东南西北][接连邻靠临].{{0,2}}{place_pattern().pattern}")


@cache
def _of_a_province() -> re.Pattern[str]:
    """What a province has many of: 西藏公路, 云南省铁路, 青海抽水蓄能电站."""
    full = district_names("province")
    whose = alternation({*full, *map(short_name, full)})
    return re.compile(f"(?:{whose})(?:高速)?(?:铁路|公路|高速|高铁|水库|电站|抽水蓄能电站|水电站|煤矿|灌区|口岸|航道)")
