"""Where a name begins and ends that the model saw only in part: a word that was cut, its phase, its works."""

from __future__ import annotations

import re

from plans.lexicon import evidence, is_place, lead_pattern, noun, place_pattern, words
from plans.reader.common import strong
from plans.reader.shared import PHASE, SECTION, WORK


def begun(sentence: str, start: int) -> int:
    """Where a name begins that the model saw from its second or third character on: 控制性工程[高黎]贡山隧道, 建[成]县城水厂."""
    if _BUILT.match(sentence, max(0, start - 1)):
        return start + 1
    front = _FRONT.search(sentence[:start])
    if front:
        acts = lead_pattern().match(front["own"])
        return front.start("own") + (acts.end() if acts else 0)
    if start and _one_word(sentence, start):
        return start - 1
    stretch = _BEGUN.search(sentence[:start])
    own = stretch[1] if stretch else ""
    known = own in words("generic") or own in words("adverb") or own in words("verb")
    return start if not own or known or is_place(own) or noun(own) else start - len(own)


def _one_word(sentence: str, start: int) -> bool:
    """Tell whether a name begins within a word: 中|国商用飞机, 将|军庙, and within the short form of a line, 年内成|昆铁路."""
    if sentence.startswith(("中国", "将军"), start - 1):
        return True
    if place_pattern().match(sentence, start) or _DONE.search(sentence, 0, start):
        return False
    line = _LINES.match(sentence, start)
    return line is not None and sentence[start - 1] + line[1] in words("abbreviation")


_DONE = re.compile("[建完]成$")  # 建成[昆铁路]: whose 成 it is remains open
_LINES = re.compile("([\\u4e00-\\u9fff]{1,3}?)(?=铁路|高铁|高速|客专|城际)")
_BUILT = re.compile("[建完]成(?=县[城中人级乡第])")
_BEGUN = re.compile(
    "(?:^|[、,，;；。：:|]|性工程)([^\\W\\d_A-Za-z以对在与和及从向由为是的至到经于按将把等了着建新改扩续设促保推成完第每各本我该其此并也还又再]{1,2})$"
)
# Whose a part is: 复旦大学附属|中山医院; and the road with its code: 京新高速公路(G7)|甘肃段
_FRONT = re.compile(
    "(?:^|[、，,;；。：:|(（])(?P<own>[\\u4e00-\\u9fff]{2,8}(?:大学|学院|医院)附属"
    "|[^、，,;；。：:|()（）]{2,10}(?:公路|高速|铁路)[(（][GSX]?[0-9]+[)）])$"
)


def grown(sentence: str, start: int, end: int) -> int:
    """Where a name ends whose phase or works the model left off: 周口港中心作业区[二期]投产, 明港机场[飞行区改造]投用."""
    end = _whole_word(sentence, start, _goes_on(sentence, start, end))
    name = sentence[start:end]
    for added in (SECTION, PHASE, _PARTS_OF, _ADDED) if strong(name) or evidence(name) else ():
        said = added.match(sentence, end)
        acts = said and added is _PARTS_OF and lead_pattern().search(said[0])
        end = said.end() if said and not acts else end
    return _to_project(sentence, start, end)


def _goes_on(sentence: str, start: int, end: int) -> int:
    """Where what a name was cut in ends: a code (G3|31), a route (G216五彩湾|-富蕴), the noun of one (龙镇普|速铁路)."""
    for rest in (_CODE_REST, _ROUTE_REST):
        said = rest.match(sentence, end)
        end = said.end() if said else end
    line = _LINE_REST.match(sentence, end) if "至" in sentence[start:end] and not noun(sentence[start:end]) else None
    return line.end() if line else end


_CODE_REST = re.compile("(?<=[A-Z0-9])[A-Z0-9]+(?=[)）国省至\\u4e00-\\u9fff])(?![年月日个座条亿万公项])")
_ROUTE_REST = re.compile("(?<=[\\u4e00-\\u9fff)）])[-—~～][\\u4e00-\\u9fff]{2,5}(?=[、，,;；。和及与等])")
_LINE_REST = re.compile("(?:普|高|快|(?<=[普高快]))速(?:铁路|公路)")


def _to_project(sentence: str, start: int, end: int) -> int:
    """Where the project ends of which the model saw the first words: 酒泉风电基地二期[第一批300万千瓦项目]."""
    cut = _HANGING.search(sentence, start, end)
    rest = _PROJECT.match(sentence, end)
    if rest is None or (sentence[end : rest.end()] == "项目" and sentence[rest.end() : rest.end() + 1] not in _LISTED):
        return end
    acts = _ACTS.search(rest[0])
    return end if acts and not cut else rest.end()


_LISTED = frozenset("、)）|")
_HANGING = re.compile("[与和及]$")
_PROJECT = re.compile("[^、，,;；。：:()（）|等的]{0,14}(?:项目|工程)(?=[、，,;；。)）(（|]|$)")
_ACTS = re.compile(
    "推[进动]|按|[转进]入|实现|完成|启动|实施|开[展工建]|加快|列入|纳入|续建|新建|前期|重[点大]|主体|附属|控制性|[和与及](?!产业化|配套|研发|供水|建设|生态)"
    "|[总共已将有为是其]|[0-9]+[个项]|[一二三四五六七八九十两]+[个项]"
)


def _whole_word(sentence: str, start: int, end: int) -> int:
    """Where the noun ends that a name was cut in: 獾子洞国家湿地[公园], 茶叶科学研[究所]."""
    for longer in range(min(end + 4, len(sentence)), end, -1):
        head = noun(sentence[start:longer])
        if head and not head.weak and start + 2 < start + head.start < end and not _OWN.match(sentence, end):
            return longer
    return end


_OWN = re.compile("工程|项目|建设|改|扩|一期|二期|三期|网|群")  # what may follow a name and is no part of its noun
_PARTS_OF = re.compile(
    "[^、，,。；;：:的已将要与和及等在正按为0-9]{0,6}?(?:新?校区|新?院区|兵团分区|公用码头|航站楼|实验楼群?|住院楼|教学楼|储罐|防波堤|引线工程|疏港道路|实训基地|培训基地|高中部|宣教馆|跑道)"
    "(?=[、，,。；;：:和与]|.{0,6}(?:建|完|投|开|封|竣|推进|交付|选址|扩|场地))(?!等)"
)
_ADDED = re.compile(
    f"(?:航站区|飞行区|沿线)?(?:{WORK})(?:工程)?(?!项目|规划|机制|资金|试点|步伐|提升|升级|[为成的后]|[和与及、](?:保护|管理|提升))|(?:后续|配套|续建|先导|打通)工程"
)


def closed(sentence: str, start: int, end: int) -> int:
    """Where a name ends whose bracket was cut: behind the bracket that stands next, else before the one that opens.

    How much it yields is no part of it: 露天矿扩建(1300万吨/年), 沙漠光伏600万千瓦.
    """
    amount = _AMOUNT.search(sentence, start, end)
    end = amount.start() if amount else end
    name = sentence[start:end]
    opened = max(name.rfind("（"), name.rfind("("))
    if opened <= max(name.rfind("）"), name.rfind(")")):
        return end
    return end + 1 if sentence[end : end + 1] in {"）", ")"} else start + opened if opened > 2 else end


_AMOUNT = re.compile(
    "(?<=[\\u4e00-\\u9fff]{3})(?:[(（][0-9.]+[万亿]?(?:吨|千瓦|兆瓦|立方米|头|亩)[^()（）]*[)）]|(?<=光伏|风电|煤电|核电|储能)[0-9.]+万?(?:千瓦|兆瓦))$"
)
