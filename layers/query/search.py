"""Find features by what a planner types: words as they stand, in pinyin or initials, shortened, misspelled.

A word is first looked for as it stands in names and quotes (到 counts as 至, 高速 as 高速公路), and, of
Latin letters, as the reading or English of a name or place. Only where that finds nothing is it taken
for a short form (攀盐高速), for a word that sounds alike (盐原), for one with a wrong character; `Found.how`
says so, and the app tells it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.gazetteer import places
from geo.romanise import named_places, place_english, place_syllables, syllables
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS, kept
from layers.english import english
from plans.clauses import Clause
from plans.places import short_name
from plans.vocabulary import keys, label

# What is one and the same to who searches, each in its shortest form.
_SAME = (("高速铁路", "高铁"), ("高速公路", "高速"), ("城际铁路", "城际"), ("到", "至"))
_DASH, _LEFT_OUT = re.compile("[-—–~～]+"), re.compile("[“”\"'‘’()（）《》·、,，]")
_LATIN = re.compile(r"[a-zàáèéêíìóòúùüõ'’\-–]{2,}$")
SHORTEST_SLIP = 3  # characters; of two, one wrong leaves nothing to go by
MOST_LIKELY_INITIALS = 3  # letters: so many at the start of a name, more anywhere in it
MOST_TYPED = 40  # characters of a word that may hold a slip
HOW = {"": "", "latin": "拼音或英文", "place": "所在地", "short": "简称", "sound": "同音字", "slip": "一字之差"}


@dataclass(frozen=True, slots=True)
class Found:
    """Which rows of the table a word finds, and how: a key of HOW, the loosest that was needed."""

    rows: pd.Series  # of bool, by the index of the table
    how: str


@dataclass(frozen=True, slots=True)
class Index:
    """What the features of an atlas are found by, a row each, all in lower case."""

    texts: pd.Series  # id, names, quotes and verbs as they stand
    folded: pd.Series  # the same without the differences that `fold` takes away
    names: pd.Series  # names alone, folded and as they stand
    sounds: pd.Series  # 'pan'zhi'hua'… of each name
    initials: pd.Series  # ;pzhzygsgl;… of each name
    english: pd.Series


def fold(text: str) -> str:
    """Return `text` in one of its spellings: width, case, brackets and quotes, 到 and 至, 高速 and 高速公路."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).casefold())
    for said, same in _SAME:
        plain = plain.replace(said, same)
    return _DASH.sub("至", plain)


@lru_cache(VERSIONS)
def index(atlas: Atlas) -> Index:
    """Return what the features of `atlas` are found by."""
    table = atlas.table
    columns = (table[name] for name in ("id", "name", "aliases", "citations"))
    texts = pd.Series([_text(*values) for values in zip(*columns, strict=True)], index=table.index, dtype=object)
    names = pd.Series(
        [(name, *aliases) for name, aliases in zip(table["name"], table["aliases"], strict=True)], index=table.index
    )
    read = json.loads(kept("sounds", atlas.version, lambda: json.dumps(_readings(names)).encode()))
    sounds = pd.Series(read, index=table.index, dtype=object)
    return Index(
        texts,
        texts.map(fold),
        names.map(lambda of: "\n".join(dict.fromkeys([*map(fold, of), *of]))),
        sounds.map(lambda of: ";".join("'" + "'".join(one) for one in of)),
        sounds.map(lambda of: ";" + ";".join("".join(syllable[:1] for syllable in one) for one in of)),
        pd.Series([letters(one) for one in english(atlas).values()], index=table.index, dtype=object),
    )


def _readings(names: Iterable[Sequence[str]]) -> list[list[tuple[str, ...]]]:
    return [[syllables(one) for one in of] for of in names]


def _text(key: str, name: str, aliases: Sequence[str], citations: Sequence[Mapping[str, Any]]) -> str:
    """The text in which a feature is found: id, names, and the wording of its citations."""
    names = [key, name, *aliases]
    for one in citations:
        names += [one["name"], one["quote"], one["status_text"]]
    return "\n".join(dict.fromkeys(names)).casefold()


def search(atlas: Atlas, query: str) -> Found:
    """Return the features in which every word of `query` is found; an empty one finds all."""
    rows, how = pd.Series(True, index=atlas.table.index), ""
    for one in query.casefold().split():
        found = word(atlas, one)
        rows &= found.rows
        how = max(how, found.how, key=list(HOW).index)
    return Found(rows, how)


@lru_cache(256)
def word(atlas: Atlas, typed: str) -> Found:
    """Return the features that one word finds, as it stands if it can."""
    by, folded = index(atlas), fold(typed)
    found, how = _holds(by.texts, typed) | (_holds(by.folded, folded) if folded else False), ""
    if _LATIN.match(typed):
        spelled = found | _spelled(by, letters(typed))
        found, how = spelled, "latin" if spelled.sum() > found.sum() else ""
    if found.any() or not folded or len(folded) > MOST_TYPED:
        return Found(found, how)
    lies = _lying_in(atlas, _places_meant(typed))
    return Found(lies, "place") if lies.any() else _loosely(by, typed, folded) or Found(found, "")


def _loosely(by: Index, typed: str, folded: str) -> Found | None:
    for how, pattern, of in (
        ("short", _shortened(folded), by.names),
        ("sound", _sound(folded), by.sounds),
        ("slip", "|".join(filter(None, map(_slipped, {folded, typed}))), by.names),
    ):
        if pattern and (loose := _matches(of, pattern)).any():
            return Found(loose, how)
    return None


def letters(text: str) -> str:
    """Return Latin text as it is compared: lower case, no accents or apostrophes, one dash, Tibet as Xizang."""
    bare = "".join(one for one in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(one))
    return _DASH.sub("-", re.sub("['’]", "", bare)).replace("tibet", "xizang")


def _places_meant(typed: str) -> set[str]:
    code = named_places().get(typed)
    return {*([code] if code else []), *spelled_places(typed)}


def _lying_in(atlas: Atlas, codes: set[str]) -> pd.Series:
    """What lies in places of which no text speaks by name."""
    table = atlas.table
    return pd.Series(
        [
            not codes.isdisjoint(county) or not codes.isdisjoint(city)
            for county, city in zip(table["counties"], table["prefectures"], strict=True)
        ],
        index=table.index,
    )


def _holds(texts: pd.Series, part: str) -> pd.Series:
    return texts.map(lambda text: part in text).astype(bool)


def _matches(texts: pd.Series, pattern: str) -> pd.Series:
    found = re.compile(pattern, re.MULTILINE)
    return texts.map(lambda text: found.search(text) is not None).astype(bool)


def _spelled(by: Index, typed: str) -> pd.Series:
    """What Latin letters spell: a place, the reading of names from any syllable, their initials, their English."""
    found = _matches(by.english, rf"\b{re.escape(typed)}")
    for code in spelled_places(typed):
        found |= _holds(by.texts, short_name(places()[code].name))
    read = "'" + "'?".join(map(re.escape, typed.replace("-", "")))
    whole = _matches(by.sounds, rf"{read}(?=['\W]|$)")  # of shi'fan'gong, shifang is no part
    found |= whole if whole.any() else _matches(by.sounds, read)
    begins, anywhere = len(typed) >= MOST_LIKELY_INITIALS, len(typed) > MOST_LIKELY_INITIALS
    if begins and not found.any():
        found |= by.initials.map(lambda of: (typed if anywhere else f";{typed}") in of).astype(bool)
    return found


def spelled_places(typed: str) -> tuple[str, ...]:
    """Return the adcodes of the reviewed places of which `typed` is the pinyin, the initials or the English."""
    return _places_by_letters().get(letters(typed).replace(" ", ""), ())


@lru_cache(1)
def _places_by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys(named_places().values()):
        read = place_syllables(code)
        spellings = {letters("".join(read)), letters(place_english(code)).replace(" ", "")}
        if len(read) > 1 and code.startswith("51"):
            spellings.add("".join(one[0] for one in read))
        for one in spellings:
            found.setdefault(one, []).append(code)
    return {spelling: tuple(codes) for spelling, codes in found.items()}


def _shortened(typed: str) -> str:
    """A pattern for names that `typed` may be short for: each character begins one of their parts or goes on in it.

    攀盐高速 is 攀枝花至盐源高速: the name begins with its first, and no part is left out but what stands between.
    """
    if len(typed) < SHORTEST_SLIP or not re.fullmatch("[一-鿿]+", typed):
        return ""
    first, *rest = map(re.escape, typed)
    return f"^{first}" + "".join(f"(?:{one}|[^\n至]*至{one}|[^\n至]{{0,4}}{one})" for one in rest)


def _sound(typed: str) -> str:
    read = syllables(typed)
    return "'" + "'".join(read) + "(?:'|;|$)" if len(read) > 1 and len(read) == len(typed) else ""


def _slipped(typed: str) -> str:
    """A pattern for names with one character of `typed` wrong, left out, too many, or two changed about."""
    if len(typed) < SHORTEST_SLIP:
        return ""
    each = [re.escape(one) for one in typed]
    spots = range(len(each))
    wrong = ["".join([*each[:at], "[^\n]", *each[at + 1 :]]) for at in spots]
    missing = ["".join([*each[:at], "[^\n]", *each[at:]]) for at in spots[1:]]
    swapped = ["".join([*each[:at], each[at + 1], each[at], *each[at + 2 :]]) for at in spots[:-1]]
    more = ["".join([*each[:at], *each[at + 1 :]]) for at in spots[1:]] if len(each) > SHORTEST_SLIP + 1 else []
    return "|".join([*wrong, *missing, *swapped, *more])


# ---- clauses -----------------------------------------------------------------------------------


def clauses(atlas: Atlas, query: str) -> dict[str, tuple[Clause, ...]]:
    """Return, by document in order of issue, the clauses in which every word of `query` stands; none without a word."""
    words = query.split()
    found = {
        one.slug: tuple(
            clause for clause in atlas.clauses(one.slug) if all(each in clause.text + clause.heading for each in words)
        )
        for one in atlas.documents
        if words
    }
    return {slug: hits for slug, hits in found.items() if hits}


# ---- while typing ------------------------------------------------------------------------------

MOST_SUGGESTED = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A zone, place or feature that what is typed may become; `key` is its slug, adcode or id."""

    part: str  # zone, place or feature
    key: str


@lru_cache(256)
def suggestions(atlas: Atlas, typed: str) -> tuple[Suggestion, ...]:
    """Return what `typed` may become, at most MOST_SUGGESTED: zones and places it begins, then features by name."""
    said = typed.strip().casefold()
    if not said:
        return ()
    bare, folded = letters(said).replace(" ", ""), fold(said)
    codes = [code for name, code in named_places().items() if code[:2] == "51" and name.startswith(said)]
    codes += [
        code
        for spelling, of in _places_by_letters().items()
        if said.isascii() and len(said) > 1 and spelling.startswith(bare)
        for code in of
        if code.startswith("51")
    ]
    zones = [
        key for key in keys("zone") if _begins(label("zone", key), said) or _begins(label("zone", key, "en"), said)
    ]
    hits = atlas.table[search(atlas, said).rows]
    by_name = [
        (0 if fold(row.name).startswith(folded) else 1 if folded in fold(row.name) else 2, len(row.name), row.id)
        for row in hits[["id", "name"]].itertuples(index=False)
    ]
    found = [
        *(Suggestion("zone", key) for key in zones),
        *(Suggestion("place", code) for code in sorted(set(codes) - {"510000"})[:3]),
        *(Suggestion("feature", key) for *_, key in sorted(by_name)),
    ]
    return tuple(found[:MOST_SUGGESTED])


def _begins(name: str, said: str) -> bool:
    return name.casefold().startswith(said)
