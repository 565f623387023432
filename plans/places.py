"""The districts of China: their names in full, and as they are called every day."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from plans.documents import DATA

_PEOPLES = [
    "藏",
    "羌",
    "彝",
    "苗",
    "土家",
    "侗",
    "布依",
    "仡佬",
    "水",
    "回",
    "哈尼",
    "傣",
    "白",
    "景颇",
    "傈僳",
    "独龙",
    "怒",
    "普米",
    "纳西",
    "佤",
    "拉祜",
    "布朗",
    "壮",
    "瑶",
    "蒙古",
    "哈萨克",
    "撒拉",
    "土",
    "东乡",
    "保安",
    "裕固",
    "朝鲜",
    "满",
    "达斡尔",
    "鄂温克",
    "鄂伦春",
    "锡伯",
    "柯尔克孜",
    "塔吉克",
    "维吾尔",
    "黎",
    "畲",
    "毛南",
    "仫佬",
    "各",
]
_PEOPLE = "|".join(sorted(_PEOPLES, key=len, reverse=True))
_SUFFIX = re.compile(
    rf"(?:(?:{_PEOPLE})族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)*自治[州县旗]$|(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[地林特]区$|[省市县区旗盟]$"
)


@lru_cache(maxsize=4096)  # there are some 3,300 districts
def short_name(name: str) -> str:
    """Return the everyday name: 盐源县 → 盐源, 凉山彝族自治州 → 凉山; names of two characters stay."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name


@cache
def district_names(*levels: str) -> tuple[str, ...]:
    """Return the full names of the districts of these levels (province, prefecture, county), in the order of their codes."""
    with (DATA / "geometry" / "places.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["level"] in levels)
