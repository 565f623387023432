"""More ways in which offices change names, on which the matching was improved."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from geo.gazetteer import counties
from layers.match.names import read_name
from plans.places import short_name

Change = Callable[[random.Random, str], str]
LINES = ("高速", "高铁", "铁路", "国道", "快速", "城际")


def _around(*forms: str) -> Change:
    """Words before or behind the name."""
    return lambda dice, name: dice.choice(forms).format(name)


def _words(pairs: dict[str, str]) -> Change:
    """One word of the name in another form."""

    def change(dice: random.Random, name: str) -> str:
        """Change one of the words that are there."""
        there = [old for old in pairs if old in name and not (pairs[old] and pairs[old] in name)]
        if not there:
            return ""
        old = dice.choice(there)
        return name.replace(old, pairs[old], 1)

    return change


def _characters(pairs: str) -> Change:
    """One character for another, each pair written together; long names only, as a slip in a short one is another name."""
    table = dict(pairs.split("/") for pairs in pairs.split())
    return lambda dice, name: "" if len(name) < 6 else _words(table)(dice, name)


def _only_lines(change: Change) -> Change:
    return lambda dice, name: change(dice, name) if read_name(name).kind in LINES else ""


def _without_to(_: random.Random, name: str) -> str:
    return name.replace("至", "", 1) if len(read_name(name).ends) == 2 else ""


def _other_way(_: random.Random, name: str) -> str:
    ends = read_name(name).ends
    found = re.match(rf"^{ends[0]}[至—-]{ends[1]}", name) if len(ends) == 2 else None
    return f"{ends[1]}至{ends[0]}{name[found.end() :]}" if found else ""


def _spaced(dice: random.Random, name: str) -> str:
    at = dice.randrange(1, len(name))
    return dice.choice(
        [f"{name[:at]} {name[at:]}", f"{name[:at]}\n{name[at:]}", f"「{name}」", f"《{name}》", f" {name}　"]
    )


def _in_full(_: random.Random, name: str) -> str:
    """One district inside the name as it is called in law."""
    for one in counties():
        short = short_name(one.name)
        if (
            short != one.name
            and short in read_name(name).places
            and one.name not in name
            and not name.startswith(short)
        ):
            return name.replace(short, one.name, 1)
    return ""


def _swapped(dice: random.Random, name: str) -> str:
    """Two characters beside each other change places, twice."""
    for _ in range(2):
        at = dice.randrange(1, len(name))
        name = name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]
    return name


def _left_out(dice: random.Random, name: str) -> str:
    at = dice.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :]


LATER: dict[str, Change] = {
    "without 至": _without_to,
    "other way": _other_way,
    "numbered": _around("1.{}", "（三）{}", "12、{}", "★{}", "3-2 {}", "项目五：{}"),
    "works": _around("{}提升改造工程", "实施{}", "{}迁建项目", "{}及配套基础设施项目", "{}工程（续建）", "{}前期工作"),
    "period": _around("“十五五”{}", "2026年{}项目", "{}（十五五）", "{}2026年度工程"),
    "part": _around("{}首期", "{}起步区", "{}启动区", "{}一阶段", "{}（近期）"),
    "section": _only_lines(_around("{}（A段）", "{}K0+000—K25+300段", "{}TJ1标段", "{}主线工程", "{}四川境段", "{}控制性工程")),
    "word": _words({"高速公路": "高速路", "水库": "水库枢纽工程", "通用机场": "通航机场", "工业园区": "工业集中区", "产业园": "产业园区",
                    "水电站": "水电厂", "景区": "旅游区"}),
    "character": _characters("县/具 河/何 园/元 机/及 通/同 源/园 中/种 市/是 东/冬"),
    "owner": _around("四川路桥{}", "川投集团{}", "市交通运输局{}", "国网四川电力{}", "县城投公司{}", "蜀道集团{}"),
    "money": _around("{}（总投资35亿元）", "{}（2025—2028年）", "{}（2027年建成）", "{}，估算投资12.6亿元"),
    "together": _around("{}及连接线工程", "{}及配套管网建设", "{}综合开发项目", "{}基础设施建设项目", "{}建设及运营项目"),
    "stage behind": _around("{}（规划）", "{}前期", "{}（储备）", "{}（续建）", "{}—已开工", "{}（争取）"),
    "kinds of works": _around("{}主体工程", "{}土建施工", "{}房建工程", "{}机电工程", "{}EPC总承包", "{}勘察设计"),
    "left out": _words({"国家级": "", "国际": "", "现代": "", "综合": "", "智慧": "", "特色": "", "省级": "", "国家": ""}),
    "in full": _words({"高速": "高速公路", "高铁": "高速铁路", "经开区": "经济技术开发区", "高新区": "高新技术产业开发区",
                       "快速路": "快速通道", "通用机场": "通用航空机场", "地铁": "城市轨道交通"}),
    "sound": _characters("水/睡 电/店 路/陆 工/公 业/叶 山/三 交/胶 医/一 新/心 川/穿"),
    "shape": _characters("州/洲 大/太 土/士 人/入 千/干 未/末 日/曰 治/冶 淀/定 乌/鸟"),
    "spaced": _spaced,
    "verb": _around("加快推进{}建设", "启动{}前期研究", "争取开工{}", "力争建成{}", "谋划{}", "确保{}完工"),
    "category": _around("交通类：{}", "【能源】{}", "水利-{}", "基础设施/{}", "（民生）{}", "产业项目：{}"),
    "note": _around("{}（省级重点）", "{}（业主：县水务局）", "{}（川发改基础〔2025〕12号）", "{}—县发改局", "{}（调整）", "{}*"),
    "joined": _around("{}、连接线", "{}和附属工程", "{}（含连接线）", "{}含配套", "{}及其他", "{}等项目"),
    "modifier": _words({"示范": "", "创新": "", "生态": "", "区域性": "", "重要": "", "大型": "", "城市": "", "市域": "", "旅游": ""}),
    "numeral": _words({"一期": "1期", "二期": "Ⅱ期", "三期": "3期", "1号": "一号", "2号": "二号", "5号": "五号", "第一": "第1", "第二": "第2"}),
    "district": _in_full,
    "two slips": lambda dice, name: "" if len(name) < 9 else _swapped(dice, name[:-1]) + name[-1],
    "slip and more": lambda dice, name: "" if len(name) < 8 else _left_out(dice, name) + dice.choice(["项目", "（一期）", "建设"]),
}  # fmt: skip

FURTHER: dict[str, Change] = {
    "step": _around("关于{}的请示", "{}可研批复", "{}用地预审", "{}招标", "{}征地拆迁", "{}初步设计"),
    "size": _around("{}（长45公里）", "{}（装机120万千瓦）", "{}，全长86.5km", "{}（库容1.2亿立方米）", "{}(占地500亩)"),
    "rank": _around("省重点{}", "市级重点项目{}", "国家102项：{}", "“百大项目”{}", "新开工{}"),
    "behind": _around("{}专项", "{}任务", "{}配套项目", "{}子项目", "{}等2个项目"),
    "sign": lambda dice, name: name.replace("至", dice.choice(["→", "=>", "~", "与", "－－", "/"]), 1) if "至" in name else "",
    "cut": lambda dice, name: name[: dice.choice([11, 12, 13])] if len(name) > 14 else "",
    "end twice": lambda _, name: name + name[-2:] if len(name) > 5 else "",
    "two at once": lambda dice, name: f"{dice.choice(['1、', '（2）', '★'])}{_left_out(dice, name)}工程" if len(name) > 7 else "",
    "other sound": _characters("高/告 速/素 铁/贴 港/岗 旅/履 游/油 能/熊 基/机 地/第 际/计"),
}  # fmt: skip
