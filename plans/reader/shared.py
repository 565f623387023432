"""What the members of a list have from each other: a counted noun, the works, the whole of which each is a part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from plans.lexicon import head_noun, is_place, lead_pattern, noun, place_pattern
from plans.reader.examples import Span

WORK = (
    "(?:改扩|[扩迁改重])建|扩[容能](?:改造)?|增容(?:改造)?|整体搬迁|(?:[提增]质|提级|提升|提标|升级|更新|快速化|现代化|电气化|自动化|智能化|灵活性|[四六八]车道|产品升级|供热与灵活性)改造|电气化提质|防渗处理|生态(?:综合)?治理|蓄洪安全建设|更新(?=完成|[，,。、])|扩容提质|养护提升|加高培厚"
    "|(?:除险|堤防)(?:加固|整治)|加固|改造|改线|(?:(?:干流)?河道|航道|小流域综合|综合|封场)?(?:整治|治理)|疏浚|清淤|保护(?:性)?修[缮复]|修[缮复]|大修|灾毁重建|等容量替代"
    "|增设车道|增建二线|(?:续建配套(?:与|及))?(?:节水|现代化)改造|续建配套"
)

PARK, OF_PARKS = "国家文化公园", frozenset(("长城", "大运河", "长征", "黄河", "长江"))  # the five that there are

_LAST_WORKS = re.compile(f"(?<=.{{2}})(?:航站区|飞行区|沿线)?(?:{WORK})(?:工程)?$")

# The section of a line, and works that follow a whole region, where the model saw only these.
SECTION = re.compile(
    "(?:(?<=高速公路)|(?<=城际铁路))[^、，,。；;：:与和及等]{2,6}段|(?:(?<=高速)|(?<=铁路)|(?<=高铁)|(?<=公路)|(?<=城际))[^、，,。；;：:与和及等公铁]{2,6}段|(?:(?<=库区)|(?<=湿地)|(?<=矿区)|(?<=流域))生态修复(?=[，,。、；;])"
)

PHASE = re.compile("[一二三四五六]期(?:工程)?(?![一-鿿]{0,4}(?:项目|规划))")


def of_whole(names: Sequence[str]) -> Iterator[str]:
    """Say of which line or zone a part is that follows another part of it: 京哈高速廊坊段、[京哈高速]唐山段."""
    whole, ending = "", ""
    for name in names:
        part = _PART.fullmatch(name)
        placed = part is not None and is_place(part["own"])
        stretch = part is not None and not noun(part["own"]) and not _LINE_NOUN.search(name)
        bare_part = part is not None and part["end"] == ending and (placed or stretch)
        said = _WHOLE_AND_PART.match(name)
        if said and not bare_part:
            whole, ending = said["whole"], said["end"]
        yield whole + name if bare_part else name
        whole = whole if said or bare_part else ""


_LINE_NOUN = re.compile("高速|铁路|高铁|公路|城际|国道|省道|[GSX][0-9]|号线|管[道线]|[河江渠堤]|大道")


_WHOLE_AND_PART = re.compile(
    "(?P<whole>[^、]{2,}?(?:高速公路|高速|铁路|高铁|公路|城际)|(?:国道|省道)?[GSX][0-9]+(?:国道|省道|线)?|[^、]*自(?:由)?贸(?:易)?试验区)"
    "[^、]{2,14}(?P<end>段|片区)"
)


_PART = re.compile("(?P<own>[^、]{2,12})(?P<end>段|片区)[^、段区]{0,8}")


def whose_part(before: str, name: str) -> str:
    """Return what the sentence has said before a part that is named without its whole: T3航站楼 of 郑州机场, 2号线 of 长沙地铁."""
    for part, whole in _parts():
        if part.fullmatch(name):
            said = [found for found in whole.finditer(before) if found.groupdict().get("to", name[:2]) == name[:2]]
            whole_name = said[-1]["whole"] if said else ""
            acts = lead_pattern().match(whole_name)
            return whole_name[acts.end() :] if acts else whole_name  # 将建成[川藏铁路]拉萨至林芝段
    return ""


@cache
def _parts() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What stands for a part, and what its whole looks like before it."""
    place = place_pattern().pattern
    return (
        (
            re.compile("(?:T[0-9]|新)航站楼.*|第[一二三四五]跑道"),
            re.compile(f"(?P<whole>(?:{place})[^、，,。；;：:]{{0,3}}?(?:国际)?机场)"),
        ),
        (re.compile("[0-9]+号线.*"), re.compile(f"(?P<whole>(?:{place})(?:轨道交通|地铁))(?=[0-9]+号线)")),
        (
            re.compile("[^、路铁线速]{2,6}至[^、路铁线速]{2,6}段"),
            re.compile(
                "(?:^|[、，,。；;：:]|推进|建设|建成|开工)(?P<whole>[^、，,。；;：:]{2,8}?(?:城际铁路|铁路|高铁|高速公路|高速))[^、，,。；;：:路铁]{2,6}至(?P<to>..)[^、，,。；;：:]{0,4}段"
            ),
        ),
        (
            re.compile("[^、港]{2,4}(?:作业区|港区)"),
            re.compile(f"(?P<whole>(?:{place})港)(?=[^、，,。；;：:港]{{2,4}}(?:作业区|港区))"),
        ),
    )


def with_works(sentence: str, members: Sequence[Span], names: Sequence[str]) -> list[str]:
    """Give the works of the last of a list to those before it that are alike: A水库、B水库[除险加固].

    Behind A水库、B水库扩建等 they are its own: a list that goes on is not all of one work.
    """
    last = names[-1]
    works = _LAST_WORKS.search(last)
    found = list(names)
    goes_on = sentence.startswith("等", members[-1][1])
    if (
        goes_on
        or _DOES.search(sentence[: members[0][0]])
        or any(_LAST_WORKS.search(sentence[start:end]) for start, end in members[:-1])
    ):
        return found  # each has its own: 迁建甲机场、乙机场改扩建; 甲铁路扩能改造、乙铁路、丙铁路扩能改造
    for number in range(len(names) - 2, -1, -1):
        between = sentence[members[number][1] : members[number + 1][0]]
        if not works or not _JOINED.fullmatch(between) or not _alike(names[number], last[: works.start()]):
            break
        found[number] += works[0].removeprefix("干流")
    return found


_DOES = re.compile(f"(?:{WORK}|新建)$")
_JOINED = re.compile("[、和及与以]+")


def _alike(name: str, other: str) -> bool:
    """Tell whether two names are of one kind of thing, the first without works of its own."""
    if _LAST_WORKS.search(name) or _LAST_WORKS.search(other) or name.endswith("期"):
        return False
    if any(pattern.search(name) and pattern.search(other) for pattern in (_WATER, _STRETCH)):
        return True
    section = name[-1] == "段"
    one, two = (head_noun if section else noun)(name), (head_noun if section else noun)(other)
    strong = one and two and not (one.weak or two.weak)
    return bool(strong and section == (other[-1] == "段") and one.kind == two.kind)  # type: ignore[union-attr]


_WATER = re.compile("(?:[江河湖湾溪垸圩渠]|[江河](?:.{2,8}段|干流)|[^路]堤(?:.{2,6}段)?)$")


_STRETCH = re.compile("^[GSX][0-9]+(?:.*段)?$")


def counted(sentence: str, members: Sequence[Span]) -> tuple[Sequence[Span], str, int]:
    """Return members without the noun that they share and that is counted, this, and their number: 旁多、拉洛[两大水利枢纽]."""
    start, end = members[-1]
    within = _COUNTED.fullmatch(sentence, start, end)
    said = within or _COUNT.match(sentence, end)
    if said is None or not len(members) - 1 <= _number(said["number"]) <= len(members) + 1:
        return members, "", 0
    number = _number(said["number"])
    if within is None:
        return members, _first_noun(sentence[said.end() :]), number
    if noun(within["noun"]) is None:
        return members, "", 0
    return [*members[:-1], (start, within.end("own"))], within["noun"], number


def counted_lists(sentence: str) -> Iterator[Span]:
    """Yield where lists stand whose number is that of their members: [杭州、宁波、温州、金义]四大都市区."""
    for found in _COUNTED_LIST.finditer(sentence):
        if _number(found["number"]) == found["list"].count("、") + 1 and _first_noun(sentence[found.end() :]):
            yield found.span("list")


_NUMBERS = "两三四五六七八九十"
_COUNT = re.compile(f"(?P<number>[{_NUMBERS}]|[2-9]|[1-4][0-9])(?:[个条座处片]|大(?![连道学桥街])|地(?![质铁方区热]))")
_COUNTED_LIST = re.compile(f"(?P<list>(?:[^、，,;；。：:（(]{{2,14}}、)+[^、，,;；。：:（(等]{{2,6}}?){_COUNT.pattern}")


def counted_before(sentence: str, members: Sequence[Span]) -> str:
    """The counted noun whose bracket or colon holds the list, where most of it lacks a noun: 建成2条[高速公路]（寻乌至全南、万载至宜春）."""
    said = _HELD.search(sentence, 0, members[0][0])
    head = noun(said[0]) if said else None
    bare = [sentence[start:end] for start, end in members if not noun(sentence[start:end])]
    if said is None or head is None or 2 * len(bare) <= len(members):
        return ""
    return said[0][head.start :]


_HELD = re.compile("(?<=[条座个处])(?:[^，,。；;：:()（）、0-9]{2,10})(?=[(（:：]$)")


def _first_noun(rest: str) -> str:
    """The noun that `rest` begins with, as long as it goes on: 铁路联运节点站, not 铁路; "" before a noun of another thing."""
    phrase = _PHRASE.match(rest)[0]  # type: ignore[index]
    verb = lead_pattern().search(phrase, 2)
    phrase = phrase[: verb.start()] if verb else phrase
    heads = [(end, head) for end in range(2, len(phrase) + 1) if (head := noun(phrase[:end]))]
    strong = [(end, head) for end, head in heads if not head.weak]
    if not heads or (strong and any(head.weak and end <= strong[-1][1].start for end, head in heads)):
        return ""
    end = (strong or heads)[-1][0]
    if not strong and phrase[:end].endswith(("项目", "工程")):
        return ""
    phase = PHASE.match(phrase, end)
    return phrase[: phase.end() if phase else end]


_PHRASE = re.compile("[^,，;；。、:：的]{0,16}")


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS.index(written) + 2


_COUNTED = re.compile(f"(?P<own>.{{2,}}?){_COUNT.pattern}(?P<noun>.{{2,}})")
