"""Names within longer names: 四川大学 of 四川大学眉山校区, 自贡高新区 of 自贡高新区电子信息产业园.

The whole is told of with its part, so both are named. A line is not taken out of its section or its works
(成渝铁路扩能改造): what is planned there is that alone.
"""

from __future__ import annotations

import re

from plans.lexicon import Noun, evidence, noun, stands

_SHORTEST, _LONGEST = 4, 20  # characters of a name within another
_HOUSES = frozenset(("hospital", "university", "vocational_college", "school", "training_base", "medical_centre"))
_GROUNDS = frozenset(("high_tech_zone", "economic_development_zone", "industrial_park", "new_area"))
_ROADS = frozenset(("fast_road", "urban_road"))
_BRANCH = re.compile("[^、，至]{0,6}(?:院区|校区|分院|分校|分中心|总院|[东西南北]区)")
_HELD = re.compile("国家|省级")  # a rank that the ground itself holds: 合肥高新区国家数字服务出口基地
_EXTENSION = re.compile("[东南西北]延")
_PHASE = re.compile("[一二三四五六七八九十]+期")


def within(name: str) -> str:
    """Return the name of the whole that `name` begins with and is a part of; "" where it has none."""
    for end in range(min(len(name) - 2, _LONGEST), _SHORTEST - 1, -1):
        head = noun(name[:end])
        cut = name[end] in "城路站" or name[:end].count("“") > name[:end].count("”")
        if head and not head.weak and not cut and _is_part(name[:end], head, name[end:]):
            return name[:end]
    return ""


def _is_part(whole: str, head: Noun, rest: str) -> bool:
    """Tell whether `rest` is of a part of the thing that `whole` says."""
    if head.kind in _ROADS:
        return bool(_EXTENSION.match(rest)) and stands(whole, head)
    if head.kind == "irrigation_district":
        return bool(_PHASE.match(rest)) and stands(whole, head)
    if not evidence(whole[: head.start]):
        return False
    if head.kind in _HOUSES and _BRANCH.match(rest):
        return True
    held = head.kind in _GROUNDS and _HELD.match(rest)
    part = noun(rest) if head.kind in _HOUSES | _GROUNDS and not held else None
    return part is not None and not part.weak and part.start >= 2
