"""Chinese names in Roman letters, by the official rules: the reading of each character, and words as maps write them.

Provinces, prefectures and the counties of Sichuan and Chongqing are written as in data/geometry/romanised.csv,
reviewed one by one (荥经 Yingjing, 筠连 Junlian; 甘孜 Garzê by its own language, GB/T 2260). All else is read
by pypinyin, which knows phrases but not every place.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from geo.gazetteer import places
from plans.documents import DATA
from plans.places import short_name

_CHINESE = re.compile("[一-鿿]+")
_LEVELS = ("province", "prefecture", "county")
# What a name ends in, and the English of it; the first that fits.
_ENDS = (
    ("自治州", "Prefecture"),
    ("自治区", "Autonomous Region"),
    ("特别行政区", ""),
    ("自治县", "County"),
    ("地区", "Prefecture"),
    ("林区", "District"),
    ("省", "Province"),
    ("州", "Prefecture"),
    ("市", "City"),
    ("县", "County"),
    ("区", "District"),
)


@cache
def _reviewed() -> dict[str, tuple[tuple[str, ...], str]]:
    """Syllables and English of the short name of each reviewed place, by adcode."""
    with (DATA / "geometry" / "romanised.csv").open(encoding="utf-8") as file:
        return {row["adcode"]: (tuple(row["pinyin"].split()), row["english"]) for row in csv.DictReader(file)}


def place_english(adcode: str, *, full: bool = False) -> str:
    """Return the English of a place: Yanyuan, or in full Yanyuan County; a place not reviewed is read by rule."""
    one = places()[adcode]
    found = _reviewed().get(adcode)
    english = found[1] if found else word(short_name(one.name))
    if not full or (one.level == "province" and one.name.endswith("市")):
        return english
    return f"{english} {next((of for ending, of in _ENDS if one.name.endswith(ending)), '')}".strip()


@cache
def place_syllables(adcode: str) -> tuple[str, ...]:
    """Return the reading of the short name of a place, a syllable a character: ("yan", "yuan")."""
    found = _reviewed().get(adcode)
    return found[0] if found else syllables(short_name(places()[adcode].name))


@cache
def named_places() -> dict[str, str]:
    """Return the adcodes of the reviewed places by their names, in full and short; of two of a name, the larger."""
    found: dict[str, str] = {}
    for adcode in sorted(_reviewed(), key=_rank):
        for name in (places()[adcode].name, short_name(places()[adcode].name)):
            found.setdefault(name, adcode)
    return found


def _rank(adcode: str) -> tuple[int, bool, str]:
    return _LEVELS.index(places()[adcode].level), not places()[adcode].in_sichuan, adcode


@cache
def _known() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """Short names whose reading is known, longest first."""
    read = {short_name(name): _reviewed()[adcode][0] for name, adcode in named_places().items()}
    table = tomllib.loads((DATA / "english.toml").read_text(encoding="utf-8"))
    read |= {name: tuple(said.split()) for name, said in table["reading"].items()}
    return re.compile("|".join(sorted(read, key=len, reverse=True))), read


@lru_cache(20_000)
def syllables(text: str) -> tuple[str, ...]:
    """Return the reading of each Chinese character of `text`, without tones; what is no Chinese is left out."""
    return tuple(one for run in _CHINESE.findall(text) for one in _read(run))


def _read(run: str) -> Iterator[str]:
    known, read = _known()
    at = 0
    for found in known.finditer(run):
        yield from _by_phrase(run[at : found.start()])
        yield from read[found[0]]
        at = found.end()
    yield from _by_phrase(run[at:])


def _by_phrase(run: str) -> Sequence[str]:
    if not run:
        return ()
    from pypinyin import lazy_pinyin  # noqa: PLC0415 half a second of dictionaries, for what is kept on disk once

    return tuple(lazy_pinyin(run, v_to_u=True))


def word(text: str) -> str:
    """Return a name as one word, an apostrophe before a vowel within (GB/T 16159): 雅安 Ya'an, 凤鸣 Fengming."""
    parts = syllables(text)
    joined = "".join(f"'{one}" if at and one[0] in "aoe" else one for at, one in enumerate(parts))
    return joined[:1].upper() + joined[1:]
