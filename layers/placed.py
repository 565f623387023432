"""English for what a position goes by (placement_source): short notes, read by the forms that they are written in.

坝址，犍为县城下游约2公里 is `dam site, about 2 km downstream of Jianwei county town`. A note is told in English as a whole
or not at all: where one part of it has a form that data/english.toml does not know, it stays in Chinese.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from layers.english import name_english, sure_english
from plans.documents import DATA

_MARKS = {"，": ", ", ",": ", ", "；": "; ", "（": " (", "）": ") ", "(": " (", ")": ") ", "：": ": ", "。": "."}
_PARTS = re.compile("([，,；（）()：。])")
_JOINED = re.compile("([、—–和及与至或])")
_HEADS = {
    "": "",
    "现有铁路（© OpenStreetMap contributors，ODbL，已简化），": "existing railways (© OpenStreetMap contributors, ODbL, simplified), ",
    "政府驻地：": "seat of government: ",
    "成员：": "members: ",
    "依次经过：": "through: ",
    "走向依据：": "course: ",
    "范围依据：": "extent: ",
}
_LIST = re.compile("(现有铁路（[^）]*），)?(政府驻地：|成员：|依次经过：)(.+?)(?:；(走向依据：|范围依据：)(.+))?")
_JOINS = {"；": "; ", "、": ", ", "—": "–", "–": "–", "至": "–", "或": " or ", **dict.fromkeys("和及与", " and ")}
_CHINESE = re.compile("[㐀-鿿]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A note as it is told in English: what is told, and what is left as it stands in Chinese behind it."""

    english: str
    chinese: str = ""


@lru_cache(4096)
def placed_english(source: str) -> Placed:
    """Return a note in English: of a list of places all of them, of any other note all or nothing."""
    listed = _LIST.fullmatch(source)
    if not listed:
        told = _told(source)
        return Placed(told) if told else Placed("", source)
    before, head, places, by, rest = listed.groups("")
    said = "".join(
        _JOINS.get(one) or sure_english(one) or name_english(one) for one in re.split("([、—；])", places) if one
    )
    told = f"{_HEADS[before]}{_HEADS[head]}{said}" + (f"; {_HEADS[by]}" if by else "")
    course = _told(rest)
    return Placed(
        told[:1].upper() + told[1:] + (course[:1].lower() + course[1:] if course else ""), "" if course else rest
    )


def _told(note: str) -> str:
    """A note in English; nothing where a part of it has no known form."""
    known = _forms()[0].get(note)
    parts = [known] if known else [_MARKS.get(part) or _part(part) for part in _PARTS.split(note) if part]
    if None in parts:
        return ""
    said = re.sub(r"\s+", " ", "".join(part for part in parts if part)).strip()
    said = re.sub(r" (?=[,;.)])", "", said).replace("– ", "–")
    return said[:1].upper() + said[1:]


def _part(part: str) -> str | None:
    """The English of what stands between two marks: a word, a form, a name, or a list of names."""
    words, forms = _forms()
    if part in words or not _CHINESE.search(part):
        return words.get(part) or part.replace("、", ", ")
    for form, english in forms:
        found = form.fullmatch(part)
        said = [_part(group) for group in found.groups()] if found else [None]
        if None not in said:
            return english.format(*said)
    return sure_english(part) or _listed(part)


def _listed(part: str) -> str | None:
    """Names with what joins them."""
    pieces = [piece for piece in _JOINED.split(part) if piece]
    if len(pieces) < 2 or any(_JOINED.fullmatch(one) for one in pieces[::2]):
        return None
    said = [_JOINS.get(piece) or _forms()[0].get(piece) or sure_english(piece) for piece in pieces]
    return None if None in said else "".join(one for one in said if one)


@cache
def _forms() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Words and whole notes that have an English of their own, and the forms of notes, in the order they are tried."""
    tables = tomllib.loads((DATA / "english.toml").read_text(encoding="utf-8"))
    return {**tables["note"], **tables["placed"]}, list(_compiled(tables["note_form"]))


def _compiled(forms: dict[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    for written, english in forms.items():
        part = "([^0-9]+)" if "#" in written else "(.+)"
        yield re.compile(written.replace("*", part).replace("#", "([0-9.]+)")), english
