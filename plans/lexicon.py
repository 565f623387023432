"""The words by which the extractor reads: head nouns, verbs, regions, short forms.

All of them stand in data/lexicon.toml, an entry a line; the place names are those of the boundary
data. Nothing here knows a project by name.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from plans.documents import DATA
from plans.places import district_names, short_name


@dataclass(frozen=True, slots=True)
class Noun:
    """A head noun found at the end of a text: `text[start:]`."""

    start: int
    layer: str
    kind: str
    weak: bool  # too wide to make a name without a place


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "lexicon.toml").read_text(encoding="utf-8"))


@cache
def words(group: str) -> tuple[str, ...]:
    """Return the words of `group`, the longest first."""
    entries = _table()[group]
    return tuple(sorted(entries.get("words") or entries.get("nouns") or entries, key=len, reverse=True))


def meaning(group: str, word: str) -> str:
    """Return what `word` means in `group`; "" when it is not there."""
    return str(_table()[group].get(word, ""))


def alternation(parts: Iterable[str]) -> str:
    """Return a regular expression for any of `parts`, the longest first: a tree by their first characters."""
    return _alternation(tuple(parts))


@lru_cache(maxsize=256)
def _alternation(parts: tuple[str, ...]) -> str:
    return _tree(sorted(set(parts)))


def _tree(parts: Sequence[str]) -> str:
    """`甘孜|甘肃|甘` as `甘(?:孜|肃|)`: what begins alike is tried once. `parts` are sorted, each once."""
    ends = parts[:1] == [""]
    branches: list[str] = [
        re.escape(first) + _tree([part[1:] for part in those])
        for first, those in itertools.groupby(parts[ends:], key=lambda part: part[0])
    ]
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}{'|' if ends else ''})" if branches else ""


@cache
def endings() -> dict[str, list[tuple[str, str, bool]]]:
    """Return, by last part of a head noun, what must stand before it, what it means, and whether it is weak."""
    found: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for group in ("noun", "weak"):
        for key, value in _table()[group].items():
            before, _, ending = key.rpartition("*")
            found[ending].append((before, value, group == "weak"))
    return dict(found)


@lru_cache(maxsize=65_536)  # the same endings are asked for again and again
def noun(text: str) -> Noun | None:
    """Return the head noun at the end of `text`, of several the one that matches most; else None."""
    best: tuple[int, Noun] | None = None
    for size in (*_sizes().get(text[-1:], ()), *_sizes().get(text[-2:], ())):
        start = len(text) - size
        for before, value, weak in endings().get(text[start:], ()) if start >= 0 else ():
            if _follow(before.split("*"), text[:start]):
                layer, kind = value.split("/")
                score = size + len(before) - 20 * weak
                if best is None or score > best[0]:
                    best = score, Noun(start, layer, kind, weak)
    return best[1] if best else None


def named_by(name: str) -> tuple[str, ...]:
    """Return the layer/kinds that a name may have by its head noun, the usual one first; () where that decides none."""
    found = noun(name)
    if found is None or found.weak:
        return ()
    return f"{found.layer}/{found.kind}", *_table()["also"].get(name[found.start :], ())


def _follow(parts: list[str], text: str) -> bool:
    """Tell whether `parts` stand in `text` in their order."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@cache
def _sizes() -> dict[str, tuple[int, ...]]:
    """How long the endings are, by their last two characters, of one character by this one; the shortest first."""
    found: dict[str, set[int]] = {}
    for ending in endings():
        found.setdefault(ending[-2:], set()).add(len(ending))
    return {last: tuple(sorted(sizes)) for last, sizes in found.items()}


@cache
def place_names() -> frozenset[str]:
    """Return the names of the districts of China, in full and as they are called, unless that is a common word."""
    full = set(district_names("province", "prefecture", "county"))
    short = {short_name(name) for name in full}.difference(words("common"))
    return frozenset(name for name in full | short if len(name) > 1)


@cache
def place_pattern() -> re.Pattern[str]:
    """Return a pattern for any district or region name, the longest first."""
    return re.compile(alternation(place_names() | set(_table()["region"])))


@cache
def short_characters() -> frozenset[str]:
    """Return the characters that provinces and prefectures are called by in 成渝, 兰合, 京沪, 甬舟."""
    called = map(short_name, district_names("province", "prefecture"))
    return frozenset("京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川蜀黔贵滇藏陕秦甘陇青宁新蒙港澳台").union(
        (name[0] for name in called if len(name) < 5),
        (char for char in words("character") if len(char) == 1 and char != "筑"),
    )


def is_short_form(text: str) -> bool:
    """Tell whether nothing but characters of provinces and prefectures stand together: 通苏嘉甬, not the region 京津冀."""
    regions = (group for group in ("region", "great", "water") if text in words(group))
    return 2 <= len(text) <= 6 and set(text) <= short_characters() and not any(regions)


def expanded(name: str) -> str:
    """Return `name` with its short form written out: 成自宜高铁 → 成都至自贡至宜宾高铁."""
    return _short_forms().sub(lambda found: meaning("abbreviation", found[0]), name, count=1)


@cache
def _short_forms() -> re.Pattern[str]:
    """A short form stands alone or before the noun of a line, never inside a longer word."""
    after = r"(?=$|高铁|高速|铁路|城际|快速|扩容|扩能|输油|输气|[（(]|段)"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{alternation(_table()['abbreviation'])}){after}")


_STAGES = frozenset(
    ("operating", "completing", "under_construction", "starting", "preliminary", "study", "seeking_listing")
)
_TOLD = {"completing": "operating", "starting": "under_construction", "building": "under_construction"}


def status(phrase: str, *, told: bool = False) -> str:
    """Return the class of a verb phrase; its parts, that stand apart in the text, are joined by `…`.

    The last verb that states a stage decides: 推动…尽早开工建设 is `starting`. Of the rest works say
    most, unless who governs them only supports: 推进…建设 is `building`, 支持…建设 is `promoted`.
    `told`: the phrase reports what has been done (发展基础): 开工建设 is `under_construction`, 基本建成 not yet
    `operating`.
    """
    said = [one for part in re.split("[…,，]", phrase) for one in _said(part)]
    led = len(said) > 1 and not told  # 推动…稳定运营: what others are to do, nobody has done
    stages = [one for one in said if one in _STAGES and not (led and one == "operating")]
    if stages:
        found = stages[-1]
    elif "building" in said and not support_pattern().search(phrase):
        found = "building"
    else:
        found = "promoted" if {"building", "promoted"} & set(said) else "mentioned"
    return _TOLD.get(found, found) if told and "基本" not in phrase else found


def _said(part: str) -> list[str]:
    """The classes of the verbs of a part, and of the predicate that closes it."""
    tail = tail_pattern().search(part)
    verbs = part[: tail.start()] if tail else part
    said = [meaning("verb", one) for one in _verb_pattern().findall(verbs)]
    return [*said, _tail_status(tail[0])] if tail else said


@cache
def _verb_pattern() -> re.Pattern[str]:
    return re.compile(alternation(words("verb")))


@cache
def lead_pattern() -> re.Pattern[str]:
    """Return a pattern for verbs with their adverbs: 积极争取将, 高标准规划建设. 开发区 and the like are no verbs."""
    adverbs, verbs = alternation(words("adverb")), alternation(words("verb"))
    return re.compile(rf"(?:(?:{adverbs})*(?:{verbs})(?![区带轴圈业园院所外性商])了?)+[将把]?")


@cache
def tail_pattern() -> re.Pattern[str]:
    """Return a pattern for a predicate that closes a list; it is looked for only where one may begin."""
    tails = words("tail")
    first = sorted({char for tail in tails for char in _first(tail)})
    return re.compile(f"(?=[{''.join(first)}0-9])(?:{'|'.join(tails)})$")


def _first(pattern: str) -> list[str]:
    """The characters with which what matches `pattern` may begin; digits are left out."""
    begins = _BEGINS.match(pattern)
    return _FIRST.findall(begins[0]) if begins else []


_NESTED = r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)"
_ATOM = rf"(?:{_NESTED}|\[[^\]]*\]|[^()\[])"
_BEGINS = re.compile(f"(?:{_ATOM}[?*])*{_ATOM}")  # what may be missing, up to the first that may not
_FIRST = re.compile(r"(?:^|[(|:)\]?*+])([^()|?:*+\[\]\\])")


@cache
def _tail_status(tail: str) -> str:
    return next(meaning("tail", one) for one in words("tail") if re.fullmatch(one, tail))


@cache
def support_pattern() -> re.Pattern[str]:
    """Return a pattern for a verb that leaves the works to others."""
    return re.compile(alternation(words("support")))


# ---- names: the head noun, and whether the rest says which one ---------------------------------

LONGEST_NAME = 45  # characters: what is longer is a statement, not a name


@lru_cache(maxsize=65_536)
def head_noun(text: str) -> Noun | None:
    """Return the head noun of a name, seen through what is done to the thing, its phase and its brackets."""
    rest = text
    for _ in range(4):
        found = noun(rest)
        if found and not found.weak:
            return found
        shorter = _added_pattern().sub("", rest)
        if shorter == rest or not shorter:
            break
        rest = shorter
    weak = noun(text) or noun(rest)
    return weak if weak and evidence(text[: weak.start]) else None


@cache
def _added_pattern() -> re.Pattern[str]:
    """What may follow the head noun: 扩能改造, 二期, (四川段), 叙永至毕节段, a closing mark."""
    section = r"(?<=路|铁|江|河|速|园|道|线)[^、,，路铁]{1,12}段"
    return re.compile(rf"(?:[（(][^()（）]*[)）]|[”’]|{section}|{alternation(words('work'))})$")


def stands(name: str, head: Noun) -> bool:
    """Tell whether a name says which one: a place, a code, a quotation, or a word that is not general."""
    own = name[: head.start]
    if len(name) > LONGEST_NAME or "《" in name or _VAGUE.match(name):
        return False
    if evidence(own) or (head.layer == "transport" and is_short_form(own) and not _WAYS.fullmatch(own)):
        return True  # 兰新高铁, not 南北高铁
    return not head.weak and len(_general_pattern().sub("", own)) >= 2


_WAYS = re.compile("[东南西北中]+")
_VAGUE = re.compile("一批|各|有条件|符合条件|所有|其他|相关|若干|更多|本规划")
_PROPER = re.compile(
    r"[\u4e00-\u9fff]{2}[镇乡](?!村)|[“A-Z]|\d+号|至|—|[\u4e00-\u9fff]{1,2}(?<![大中小主要高])[江河湖山峡沟]"
)


@lru_cache(maxsize=65_536)
def evidence(own: str) -> bool:
    """Tell whether the words before a noun hold a place, a river, a route, a code or a quotation."""
    return bool(place_pattern().search(own) or _PROPER.search(own) or expanded(own) != own)


@cache
def _general_pattern() -> re.Pattern[str]:
    return re.compile(alternation(words("generic")) + r"|[\d.、“”()（）]+")


@lru_cache(maxsize=65_536)
def is_place(text: str) -> bool:
    """Tell whether `text` is nothing but names of places or regions."""
    return _places_pattern().fullmatch(text) is not None


@cache
def _places_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{place_pattern().pattern})+(?:地区|流域)?")
