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


_PLACED = {"政府驻地：": "Seat of government: ", "成员：": "Members: ", "依次经过：": "Through: "}
_PLACED_APART = {"、": ", ", "—": "–", "；": "; "}


def placed_english(source: str) -> str:
    """Return what a position goes by (placement_source) in English, where it is a list of places; else as it stands."""
    if source in _tables()["placed"]:
        return str(_tables()["placed"][source])
    head = next((one for one in _PLACED if source.startswith(one)), "")
    if not head:
        return source
    listed, more, rest = source.removeprefix(head).partition("；走向依据：")
    said = "".join(_PLACED_APART.get(one) or name_english(one) for one in re.split("([、—；])", listed) if one)
    return _PLACED[head] + said + (f"; course: {rest}" if more else "")


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
