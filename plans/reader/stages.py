"""How far along a thing is by what stands around its name: maximum entropy over the words of its sentence.

The lexicon's verbs say it where they are found (plans.reader.governing); predicates are never all known, so what
they say is one sign among the characters before and behind the list, the headings, and what kind of text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans import words
from plans.lexicon import head_noun, meaning
from plans.reader.examples import Span
from plans.reader.governing import BREAK, HIDDEN, JOINT, hide, looks_ahead
from plans.reader.telling import Sentence

_NAME = "N"  # stands for each name, however long
_LONGEST = 16  # characters of words that are told where no known verb stands
_GENRE = re.compile("报告|纲要|规划|方案|意见|计划|清单|项目库|通报|发布会|答记者问|纪要|决定|建议|要点|安排|分工|总结")
_TIME = re.compile(
    "年底前|年底|年内|力争|确保|争取|期间|到20\\d\\d年|20\\d\\d年|月底|[上下]半年|今年|去年|明年|已|正在|将|拟|尽快|适时|如期|前期|同步|有序"
)
_TENSE = re.compile(  # of a whole clause: what reports counts and praises, what plans urges
    "同比|增长|突破|位居|获批|相继|成功|圆满|完成|实现|累计|全年|新增|获评|入选|荣获|顺利|[\u4e00-\u9fff]了|力争|确保|加快|着力|坚持|深化|推动|加强|完善|支持|实施"
)
_TOPIC = re.compile("([^，。：:]{2,14})[：:]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands around a list of names in its sentence, every name one sign, parted at commas."""

    before: str  # up to the list
    earlier: str  # before that
    behind: str  # from the list on
    later: str  # behind that


def stretch(sentence: str, names: Sequence[Span], one: Span) -> Stretch:
    """Return what stands around the list in which `one` of the `names` stands."""
    hidden = hide(sentence, names)
    start = _LIST_BEFORE.search(hidden[: one[0]])
    end = _LIST_BEHIND.match(hidden, one[1])
    before = BREAK.split(_collapsed(hidden[: start.start() if start else one[0]]))
    behind = BREAK.split(_collapsed(hidden[end.end() if end else one[1] :]))
    return Stretch(before[-1], before[-2] if len(before) > 1 else "^", behind[0], behind[1] if len(behind) > 1 else "$")


_JOINED = JOINT.pattern.removesuffix("?")
_LIST_BEFORE = re.compile(f"(?:{HIDDEN}+{_JOINED})*$")
_LIST_BEHIND = re.compile(f"(?:{_JOINED}{HIDDEN}+)*")


def _collapsed(hidden: str) -> str:
    return re.sub(f"{HIDDEN}+", _NAME, hidden)


def own_words(around: Stretch) -> str:
    """Return the words that speak of the list, verbatim: behind it up to the next break, else those before it; "" for none."""
    behind = _GENERAL.sub("", around.behind).strip("”’」）)")
    if _NAME not in behind and behind[:1] not in "、和与及" and _speaks(behind):
        return behind
    before = _NUMBER.sub("", around.before.rpartition(_NAME)[2]).strip("“‘（(")
    return before if _speaks(before) else ""


def _speaks(said: str) -> bool:
    """Tell whether words may say how far a thing is, and not how long it is (85公里), where it leads (甲到乙的, 连接甲和乙) or that it is praised."""
    places = words.places().spans(said)
    rest = "".join(char for i, char in enumerate(said) if not any(start <= i < end for start, end in places))
    told = len(_MEASURE.sub("", rest)) > 1 and not said.endswith("的") and not _NO_STAGE.search(said)
    return told and len(said) <= _LONGEST


_GENERAL = re.compile(
    "^等(?:一批|[0-9]+个)?(?:重[点大])?(?:项目|工程)?|^(?:项目|工程)(?=等?$)"
)  # what is spoken of, not how far it is
_NO_STAGE = re.compile("入选|获评|荣获|上榜|跻身|(?:评|认定|命名)为|授予|^(?:连接|对接|衔接|途经|经过|位于|距离|全长)")
_MEASURE = re.compile(r"[0-9.]+(?:余)?(?:[万亿]?(?:公里|千米|米|元|吨|千瓦|亩|小时|分钟)|[年月日座个])?|[到至的距]")
_NUMBER = re.compile(r"^[（(]?\d+[）).．、]\s*")


def told_around(sentence: Sentence, around: Stretch, *, reports: bool) -> bool:
    """Tell whether what stands around a list says what has been done: its predicate `reports`, or its sentence, and it does not look ahead."""
    ahead = looks_ahead(around.before + around.behind)
    return (reports and not sentence.clause.looks_ahead) or (sentence.told and not ahead)


def stage_signs(sentence: Sentence, around: Stretch, name: str, said: str, *, told: bool) -> list[str]:
    """What tells the status class of a thing: `said` is the class of the verbs that govern it, as the lexicon knows them, `told` as in `told_around`."""
    clause = sentence.clause
    head = head_noun(name)
    found = ["b", f"u{said}", f"u{said}{told}", f"told{told}", f"ahead{clause.looks_ahead}"]
    found += [f"y{head.layer if head else '-'}", *(f"n{name[-size:]}" for size in (2, 3, 4))]
    found += [*_before(around), *_behind(around)]
    genre = _GENRE.findall(clause.document.title)
    found += [f"g{genre[-1]}", f"g{genre[-1]}{said}{told}"] if genre else []
    found += sorted({f"t{word}" for word in _TIME.findall(sentence.text)})
    found += sorted({f"c{word[-2:] if word[-1] != '了' else '了'}" for word in _TENSE.findall(clause.text)})
    topic = _TOPIC.match(sentence.text)
    found += _pairs("h", topic[1]) if topic else []
    for heading in clause.path[-2:]:
        found += _pairs("p", heading[-12:])
    return found


def without_context(signs: Sequence[str]) -> list[str]:
    """Return signs as an excerpt would show them, that has neither title nor headings."""
    return [sign for sign in signs if not sign.startswith(_CONTEXT)]


_CONTEXT = ("g", "p", "ahead")


def _before(around: Stretch) -> Iterator[str]:
    last = around.before.rpartition(_NAME)[2] if _NAME in around.before else f"^{around.before}"
    yield from (f"l{last[-size:]}" for size in range(1, 8))
    yield from _wording("l", last)
    if _NAME in around.before:
        yield "lN"
        yield from _verbs("ln", around.before)
        yield from _pairs("ln", around.before)
    if not words.verbs().any_in(around.before):
        yield "l0"
        yield from _verbs("m", around.earlier)
        yield from _pairs("m2", around.earlier)
        yield from (f"m{around.earlier[-size:]}" for size in range(1, 5))


def _behind(around: Stretch) -> Iterator[str]:
    first = around.behind.partition(_NAME)[0] if _NAME in around.behind else f"{around.behind}$"
    yield from (f"r{first[:size]}" for size in range(1, 8))
    yield from _wording("r", first)
    yield from (f"re{first[-size:]}" for size in (2, 3, 4))
    if _NAME in around.behind:
        yield "rN"
    if _NAME not in around.later:
        yield from _verbs("s", around.later)
        yield from _pairs("s2", around.later)
        yield from (f"s{around.later[:size]}" for size in (2, 3, 4))


def _wording(sign: str, text: str) -> Iterator[str]:
    """What stands nearest, in all that can be told of it: two and three characters in a row, and known verbs."""
    yield from _pairs(f"{sign}2", text)
    yield from (f"{sign}3{text[i : i + 3]}" for i in range(len(text) - 2))
    yield from _verbs(sign, text)


def _pairs(sign: str, text: str) -> list[str]:
    return [f"{sign}{text[i : i + 2]}" for i in range(len(text) - 1)]


def _verbs(sign: str, text: str) -> list[str]:
    """Which classes of known verbs stand there, the first and the last of them."""
    said = [meaning("verb", text[start:end]) for start, end in words.verbs().spans(text)]
    return [*(f"{sign}v{one}" for one in sorted(set(said))), f"{sign}f{said[0]}", f"{sign}e{said[-1]}"] if said else []
