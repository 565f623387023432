"""Word's own numbers as text: `第一章`, `（一）`, `1.2`, ①, as they are printed (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def chinese(value: int) -> str:
    """Return a number from 1 to 9999 as it is counted in Chinese: 12 is 十二, 101 一百零一."""
    if not 0 < value < 10000:
        return str(value)
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // size % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
        gap = not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def _roman(value: int) -> str:
    said = ""
    for size, letters in _ROMAN:
        said += letters * (value // size)
        value %= size
    return said


def _letters(value: int) -> str:
    return chr(96 + (value - 1) % 26 + 1) * ((value - 1) // 26 + 1)


def _circled(value: int) -> str:
    return chr(0x245F + value) if 1 <= value <= 20 else str(value)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate({48 + i: 0xFF10 + i for i in range(10)}),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "japaneseCounting",
        ),
        chinese,
    ),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"),
        lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    ),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str  # "第%1章"
    start: int
    legal: bool  # all numbers decimal
    spaced: bool  # white space follows
    style: str  # the paragraph style that takes this level; "" for none


class Numbering:
    """The counters of a document; `numbered` tells the number and level that a style gives."""

    def __init__(self, document: WordDocument, numbered: Callable[[str], tuple[str, int] | None]) -> None:
        self.numbered = numbered
        self.levels: dict[str, dict[int, _Level]] = {}
        self.list_of: dict[str, str] = {}  # the list whose counters a number uses
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without numbers
            return
        lists = {one.get(qn("w:abstractNumId"), ""): one for one in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            key = number.get(qn("w:numId"), "")
            base = _value(number, "w:abstractNumId")
            levels = {int(one.get(qn("w:ilvl"), "0")): _level(one) for one in _levels(lists.get(base))}
            changed = number.findall(qn("w:lvlOverride"))
            for one in changed:
                at = int(one.get(qn("w:ilvl"), "0"))
                own = one.find(qn("w:lvl"))
                if own is not None:
                    levels[at] = _level(own)
                elif at in levels and (start := _value(one, "w:startOverride")):
                    was = levels[at]
                    levels[at] = _Level(was.format, was.text, int(start), was.legal, was.spaced, was.style)
            self.levels[key] = levels
            self.list_of[key] = f"{base}/{key}" if changed else base

    def label(self, paragraph: _Element, style: str) -> str:
        """Return the number that Word prints before a paragraph, and count it; "" where there is none."""
        given = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        own = _value(given, "w:numId") if given is not None else ""
        from_style = self.numbered(style)
        if own:
            key, at = own, int(_value(given, "w:ilvl") or 0)
        elif from_style is not None:
            key = from_style[0]
            at = next((i for i, one in self.levels.get(key, {}).items() if one.style == style), from_style[1])
        else:
            return ""
        level = self.levels.get(key, {}).get(at)
        return "" if level is None else self._counted(key, at, level)

    def _counted(self, key: str, at: int, level: _Level) -> str:
        counts = self.counts[self.list_of[key]]
        counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        if level.format == "bullet":
            return "● "
        if level.format == "none":
            return ""

        def _number(found: re.Match[str]) -> str:
            which = int(found[1]) - 1
            one = self.levels[key].get(which, level)
            written = str if level.legal else _FORMATS.get(one.format, str)
            return written(counts.get(which, one.start))

        said = re.sub(r"%(\d)", _number, level.text)
        return said + " " if said and level.spaced else said


def _levels(of: _Element | None) -> list[_Element]:
    return [] if of is None else of.findall(qn("w:lvl"))


def _level(element: _Element) -> _Level:
    written = _value(element, "w:numFmt")
    suffix = _value(element, "w:suff")
    start = _value(element, "w:start")
    legal = element.find(qn("w:isLgl")) is not None
    return _Level(
        written, _value(element, "w:lvlText"), int(start or 1), legal, suffix != "nothing", _value(element, "w:pStyle")
    )


def _value(element: _Element, name: str) -> str:
    found = element.find(qn(name))
    return found.get(qn("w:val"), "") if found is not None else ""
