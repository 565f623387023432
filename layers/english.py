"""English for names: what a thing is called in the plans, romanised by the official rules and glossed by kind.

攀枝花至盐源高速公路 is `Panzhihua–Yanyuan Expressway`. Places are written as geo.romanise does, common words
as data/english.toml has them, and what is neither is a proper name in Roman letters. All of it is a
translation by rule and says so wherever it is shown; quotes stay as they are.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from geo.gazetteer import places
from geo.romanise import named_places, place_english, word
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS, kept
from plans.documents import DATA

_LONGEST = 14  # characters of a word of the tables
_UNKNOWN, _KNOWN = 1.3, 1.0  # what an unread character costs beside a word that is known
_PARTS = re.compile(r"[一-鿿]+|[A-Za-z0-9.,%+±℃/]+|.")
_TIGHT_BEFORE, _TIGHT_AFTER = re.compile(r"\s+([–,.;:)\]”/])"), re.compile(r"([–(\[“/])\s+")
_JOINS, _LANDFORMS = "至到经及和与或的—", "山河江湖岭镇乡村寺"
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(万|亿)([亩头只羽吨]?)")
_UNITS = {"亩": " mu ", "头": " Head ", "只": " ", "羽": " ", "吨": " t ", "": " "}
_CHINESE = re.compile("[一-鿿]")
_PROPER = 4  # characters of a proper name, with the common noun that it ends in
_NO_NAME = re.compile(
    "[的在以于距为按由取近旁侧内外未见有所被将已可其及即城县区市州境主段边畔界岸场址部院校镇乡村街两各全四五六八九十原沿起今紧首批加同]"
)

_TOWNS = {"镇": "Town", "乡": "Township", "村": "Village", "街道": "Subdistrict"}
_TOWN = re.compile("(..?)(镇|乡|村|街道)")
_IN_TOWN = re.compile("..?.?(?:镇|乡|街道)(?=..)|.+")
_CODE = re.compile("[0-9A-Za-z]")
_NO_END = re.compile("南部|一带|[上中下]游|等|[边侧畔处段]$")


@lru_cache(VERSIONS)
def english(atlas: Atlas) -> dict[str, str]:
    """Return the English of the name of every feature of `atlas`, by its id, in the order of the table."""
    found: dict[str, str] = json.loads(kept("english", atlas.version, lambda: _names(atlas)))
    return found


def document_english(slug: str, title: str, *, short: bool = False) -> str:
    """Return the English of the title of a document, or of its short name."""
    known = _tables()["document"].get(slug)
    return known[1 if short else 0] if known else name_english(title)


def gloss(table: str, chinese: str) -> str:
    """Return the English of an indicator, a unit or an issuer (`table`); what the tables lack is read as a name."""
    return _tables()[table].get(chinese) or name_english(chinese)


def sure_english(name: str) -> str | None:
    """Return the English of what surely reads as a name, or as a town and what lies in it; None of anything else."""
    said = [_sure(one) for one in _IN_TOWN.findall(name)]
    return None if None in said else " ".join(one for one in said if one)


def _sure(name: str) -> str | None:
    """All of it known words and places, and before them no more than a short proper name."""
    if town := _TOWN.fullmatch(name):
        return f"{word(town[1])} {_TOWNS[town[2]]}"
    cuts = _cut(name)
    known = [_meaning(one) is not None or not _CHINESE.match(one) for one in cuts]
    proper = known.index(True) if True in known else len(known)
    head = "".join(cuts[:proper])
    short = not head or (1 < len(head) <= _PROPER and not _NO_NAME.search(head[:-1]) and not _CODE.search(name))
    common = len(name) == 2 and name in _tables()["term"]  # 文化 is a place here, and there are other words like it
    joined = any(one in "及和与" for one in cuts)
    return (
        name_english(name)
        if all(known[proper:]) and short and not (common or joined or _NO_END.search(name[1:]))
        else None
    )


def _names(atlas: Atlas) -> bytes:
    names = {key: name_english(name) for key, name in zip(atlas.table["id"], atlas.table["name"], strict=True)}
    return json.dumps(names, ensure_ascii=False).encode()


@lru_cache(20_000)
def name_english(name: str) -> str:
    """Return the English of a name: romanised, common words translated; what holds no Chinese stands as it is."""
    plain = unicodedata.normalize("NFKC", name).replace("――", "—")
    plain = _AMOUNT.sub(_amount, plain)
    said = [part for found in _PARTS.findall(plain) for part in _said(found)]
    text = " ".join(part for part in said if part)
    for tight, by in ((_TIGHT_BEFORE, r"\1"), (_TIGHT_AFTER, r"\1")):
        text = tight.sub(by, text)
    return " ".join(text.split())


def _amount(found: re.Match[str]) -> str:
    """40万亩 is 400,000 mu."""
    return f"{float(found[1]) * {'万': 10_000, '亿': 100_000_000}[found[2]]:,.0f}{_UNITS[found[3]]}"


def _said(part: str) -> list[str]:
    """The words of a stretch of one script."""
    if not _CHINESE.match(part):
        return [{"、": ",", "—": "–", "-": "–", "·": "·", ",": ","}.get(part, part)]
    return list(_words(part))


def _words(run: str) -> Iterator[str]:
    """Read a stretch of Chinese by the fewest, longest words; what is left between them is one proper name each."""
    unread = ""
    for one in _cut(run):
        meaning = _meaning(one)
        if meaning is None:
            unread += one
            continue
        yield from _proper(unread, last=one in _JOINS)
        unread = ""
        yield meaning
    yield from _proper(unread, last=True)


def _cut(run: str) -> list[str]:
    best: list[tuple[float, int]] = [(0.0, 0)]  # of each end: its cost, and where its last word begins
    for end in range(1, len(run) + 1):
        ways = [(best[end - 1][0] + _UNKNOWN, end - 1)]
        ways += [
            (best[start][0] + _KNOWN - 0.01 * (end - start) ** 2, start)
            for start in range(max(0, end - _LONGEST), end)
            if _meaning(run[start:end]) is not None
        ]
        best.append(min(ways))
    if run[-1] in _tables()["end"] and len(run) > 1:  # 川东北段 is 川东北 and 段, not 川东 and 北段
        best[-1] = min(best[-1], (best[-2][0] + _KNOWN, len(run) - 1))
    cuts, at = [], len(run)
    while at:
        cuts.append(run[best[at][1] : at])
        at = best[at][1]
    return cuts[::-1]


def _proper(unread: str, *, last: bool) -> Iterator[str]:
    """A proper name as one word, and the common noun that it ends in; a single character may be one or a word."""
    end = _tables()["end"].get(unread[-1:])
    if len(unread) == 1:
        yield end or _tables()["term"].get(unread) or word(unread)
    elif end and len(unread) > 2 and (last or unread[-1] in _LANDFORMS):
        yield from (word(unread[:-1]), end)
    elif unread:
        yield word(unread)


@cache
def _meaning(part: str) -> str | None:
    """The English of a word or place; None where the tables have none. Of single characters only what joins words."""
    tables = _tables()
    for group in ("name", "term"):
        if part in tables[group] and (len(part) > 1 or part in _JOINS or group == "name"):
            return str(tables[group][part])
    code = named_places().get(part)
    if code is None:
        return None
    one = places()[code]
    return place_english(code, full=part == one.name and len(part) > 2 and one.level != "province")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((DATA / "english.toml").read_text(encoding="utf-8"))
