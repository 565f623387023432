"""The words of sentences: labels, places, documents and their everyday words (data/sentence.toml), and what each means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache

from geo.gazetteer import counties, places, prefectures
from geo.romanise import place_english, place_syllables
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.english import document_english
from layers.query.search import letters
from plans.documents import DATA
from plans.places import short_name
from plans.vocabulary import keys, kinds, label

COMMON = {
    "南部",
    "东区",
    "西区",
    "大安",
    "安居",
    "前锋",
    "高坪",
    "市中",
    "东兴",
    "平昌",
}  # words before they are counties


@lru_cache(VERSIONS)
def any_word(atlas: Atlas) -> re.Pattern[str]:
    """Return what matches any word of the lexicon, the longest first; English ones in the plural too."""
    words = sorted(meanings(atlas), key=len, reverse=True)
    latin = [re.escape(one) for one in words if one.isascii() or letters(one).isascii()]
    plural = [one[:-1] + "(?:ys?|ies)" if one.endswith("y") else one + "(?:s|es)?" for one in latin]
    chinese = [re.escape(one) for one in words if re.escape(one) not in set(latin)]
    return re.compile(rf"\b(?:{'|'.join(plural)})\b|{'|'.join(chinese)}", re.I)


def singular(said: str, lexicon: dict[str, tuple[str, tuple[str, ...]]]) -> str:
    """Return the word of the lexicon that a plural is of."""
    return next(
        one
        for one in (said, said.removesuffix("s"), said.removesuffix("es"), said.removesuffix("ies") + "y")
        if one in lexicon
    )


@lru_cache(VERSIONS)
def meanings(atlas: Atlas) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what each word means: a part of a selection and its keys. Later entries win over earlier ones."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for layer in reversed(keys("layer")):
        for kind in kinds(layer):
            found |= dict.fromkeys(_labels("kind", f"{layer}/{kind}"), ("kind", (kind,)))
    for part in ("layer", "zone", "status"):
        for key in keys(part):
            found |= dict.fromkeys(_labels(part, key), (part, (key,)))
    for one in (*counties(), *prefectures()):
        found |= dict.fromkeys(_place_words(one.adcode), ("place", (one.adcode,)))
    for part in ("kind", "layer", "status", "zone"):
        found |= {said: (part, values) for said, values in everyday(part).items()}
    for issued in atlas.documents:
        told = (issued.short, document_english(issued.slug, issued.title, short=True), issued.slug)
        found |= {one.casefold(): ("document", (issued.slug,)) for one in told}
    return found


def _labels(group: str, key: str) -> set[str]:
    return {label(group, key).casefold(), label(group, key, "en").casefold()}


def _place_words(adcode: str) -> Iterator[str]:
    name, english = places()[adcode].name, place_english(adcode)
    yield name
    if short_name(name) not in COMMON:
        yield short_name(name)
    if "自治" in name:
        yield short_name(name) + name[-1]  # 凉山州
    above = places()[places()[adcode].parent].name
    yield from (above + name, short_name(above) + name)
    yield place_english(adcode, full=True).casefold()
    if len(english) > 4 and english not in ("East", "West"):
        yield from {english.casefold(), letters(english), "".join(place_syllables(adcode))}


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / "sentence.toml").read_text(encoding="utf-8"))


@cache
def everyday(part: str) -> dict[str, tuple[str, ...]]:
    """Return the everyday words of a part of a selection, with their keys."""
    return {word: tuple(values) for word, values in _table()[part].items()}


@cache
def filler() -> frozenset[str]:
    """Return what is said and not meant as a filter."""
    return frozenset((*_table()["filler"]["zh"], *_table()["filler"]["en"]))


@cache
def filler_edge() -> str:
    """Return a pattern of Chinese filler."""
    return "|".join(sorted(map(re.escape, _table()["filler"]["zh"]), key=len, reverse=True))
