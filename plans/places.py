"""The everyday names of districts."""

from __future__ import annotations

import re

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
    "各",
]
_SUFFIX = re.compile(rf"((?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族)*自治[州县]$|地区$|[市县区]$")


def short_name(name: str) -> str:
    """Return the everyday name: 盐源县 → 盐源, 凉山彝族自治州 → 凉山; names of two characters stay."""
    short = _SUFFIX.sub("", name)
    return short if len(short) >= 2 else name
