"""Still more ways in which offices change names, written before the matching was looked at again.

`OFFICE` was then looked at, and what is wrong with whole kinds of it mended; no rule was made for the faults of
`UNSEEN`, and what is stated of the matching is measured on it.
"""

from __future__ import annotations

import random
import re

from layers.match.changed_later import Change, _around, _characters, _left_out, _words
from layers.match.names import read_name

_FULL = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_TRADITIONAL = str.maketrans("国际产业园区电站铁路线龙东门县开发创", "國際產業園區電站鐵路線龍東門縣開發創")


def _code(dice: random.Random, name: str) -> str:
    """The number that the state's register of investments gives a project."""
    code = f"{dice.randrange(18, 26)}{dice.randrange(1, 13):02}-51{dice.randrange(3, 35):02}00-0{dice.randrange(1, 9)}-01-{dice.randrange(100000, 999999)}"
    return dice.choice(["{} {}", "{}{}", "{1}（{0}）", "{1}（项目代码：{0}）"]).format(code, name)


def _dots(dice: random.Random, name: str) -> str:
    """A cell of a workbook that was too narrow."""
    return name[: dice.choice([10, 12, 14])] + dice.choice(["…", "……", "...", "等"]) if len(name) > 15 else ""


def _kind_first(dice: random.Random, name: str) -> str:
    """高速公路（攀枝花至盐源）."""
    line = re.fullmatch(r"([^至（）]+至[^（）]+?)(高速公路|高速铁路|铁路|城际铁路|快速通道|快速路)", name)
    return (
        dice.choice(["{1}（{0}段）", "{1}（{0}）", "{1}：{0}", "{1}项目（{0}）"]).format(*line.groups()) if line else ""
    )


def _place_behind(dice: random.Random, name: str) -> str:
    """钒钛高新区（攀枝花）."""
    first = next((place for place in read_name(name).places if name.startswith(place)), "")
    rest = re.sub("^[市县区州]", "", name.removeprefix(first))
    if not first or len(rest) < 4 or rest[0] in "至—-、":
        return ""
    return dice.choice(["{1}（{0}）", "{1}（位于{0}）", "{1}—{0}", "{0}：{1}", "【{0}】{1}"]).format(first, rest)


def _slip_and_remark(dice: random.Random, name: str) -> str:
    if len(name) < 8:
        return ""
    return dice.choice(["{}（续建）", "（新开工）{}", "{}（省级重点）", "{}建设项目", "12.{}"]).format(
        _left_out(dice, name)
    )


def _line_break(dice: random.Random, name: str) -> str:
    at = dice.randrange(2, len(name) - 1) if len(name) > 5 else 0
    return name[:at] + dice.choice(["\n", "\r\n", "　", " ", "_x000D_\n"]) + name[at:] if at else ""


def _two_left_out(dice: random.Random, name: str) -> str:
    return _left_out(dice, _left_out(dice, name)) if len(name) > 10 else ""


def _city_left_out(_: random.Random, name: str) -> str:
    """A city's own list does not say the city."""
    first = next((place for place in read_name(name).places if name.startswith(place)), "")
    rest = re.sub("^[市县区州]", "", name.removeprefix(first))
    return rest if first and len(rest) >= 6 and rest[0] not in "至—-、" else ""


OFFICE: dict[str, Change] = {
    "trade words": _words({"抽水蓄能电站": "抽蓄电站", "航电枢纽": "电航工程", "物流园区": "物流园", "国际机场": "机场",
                           "天然气": "燃气", "职业技术学院": "职院", "综合客运枢纽": "客运枢纽", "污水处理厂": "污水厂",
                           "客运站": "汽车站", "数据中心": "大数据中心", "博物馆": "博物院", "大桥": "特大桥",
                           "研究院": "研究所", "实验室": "重点实验室", "产业基地": "产业园", "码头": "作业区"}),
    "code": _code,
    "dots": _dots,
    "kind first": _kind_first,
    "place behind": _place_behind,
    "temporary": _around("{}（暂名）", "{}（暂定名）", "{}(拟)", "{}（名称以批复为准）", "{}（打捆）", "{}（单列）"),
    "scale before": _around("30万吨{}", "1200MW{}", "双向四车道{}", "日产5万吨{}", "100公里{}", "总投资50亿元的{}"),
    "slip and remark": _slip_and_remark,
    "whose": _around("{}（业主：川投集团）", "{}（责任单位：市发改委）", "{}（牵头：县政府）", "{}（省能投）", "{}（招商项目）"),
    "owner behind": _around("{}-四川路桥", "{}（中铁二局）", "{}/市交投", "{}——县水务局", "{}；蜀道集团"),
}  # fmt: skip

UNSEEN: dict[str, Change] = {
    "line break": _line_break,
    "stage before": _around("[续建]{}", "在建—{}", "（储备）{}", "拟开工：{}", "前期/{}", "竣工 {}"),
    "two left out": _two_left_out,
    "further sounds": _characters("渡/度 镇/振 沙/纱 安/案 泸/卢 攀/盘 矿/况 钒/凡 溪/西 宜/谊 保/宝 石/时 金/今 文/闻"),
    "city left out": _city_left_out,
    "asked for": _around("关于加快{}建设的建议", "恳请支持{}", "关于将{}纳入规划的函", "{}有关情况", "{}推进情况", "{}专项资金"),
    "other signs": lambda _, name: name.translate(_FULL) if re.search("[A-Za-z0-9()]", name) else name.translate(_TRADITIONAL),
    "parts named": _around("{}（含匝道）", "{}附属工程", "{}先导工程", "{}试验段", "{}剩余工程", "{}配套道路"),
    "years and days": _around("{}（计划2026年6月开工）", "{}2025年目标", "{}[2023—2027]", "2026.03 {}", "{}（工期36个月）"),
}  # fmt: skip
