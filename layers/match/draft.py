"""A draft against the plans: each project that it names, what the plans say of it word for word, and where they differ."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from geo.gazetteer import counties, places, prefectures
from layers.atlas import Atlas
from layers.match.answers import source, stage_of
from layers.match.match import Asked, Match, candidates
from layers.notes import Note, note
from layers.proposed.table import Found, found_in
from plans.clauses import Clause
from plans.documents import Document
from plans.features import STAGE, Feature, Mention
from plans.lexicon import is_place
from plans.mentions import Proposal, find_mentions
from plans.vocabulary import keys, label

SHORTEST = 4  # characters of a name that is looked for as it stands
LONGEST_BEHIND = 16  # characters of a predicate that follows its name: 前期工作有序推进
_NOT_SAID = re.compile(
    "^[的之]|将|拟|计划|争取|力争|预计|未|尚|不|后|待|若|如|条件|方案|规划|投资"
)  # it says no stage of today


@dataclass(frozen=True, slots=True)
class Checked:
    """A project that a draft names: `text[start:end]` of paragraph `paragraph`."""

    paragraph: int
    start: int
    end: int
    name: str
    match: Match | None  # None where no plan names it
    feature: Feature | None
    remarks: tuple[Note, ...]  # () where the draft says what the plans say
    said: tuple[Mention, ...]  # what the plans say, the newest first


def paragraphs(draft: str) -> list[str]:
    """Return the paragraphs of a draft that have words."""
    return [line.strip() for line in draft.replace("\r", "\n").split("\n") if line.strip()]


def checked(atlas: Atlas, draft: str) -> list[Checked]:
    """Return what a draft names, in reading order, each against the plans of `atlas`; [] when it names nothing."""
    return [
        _checked(atlas, at, found)
        for at, text in enumerate(paragraphs(draft))
        for found in _named(atlas, _clause(at, text))
    ]


def _named(atlas: Atlas, clause: Clause) -> list[Found]:
    """What the atlas knows by the very words, and what else the reader sees; mere places are no projects."""
    known = _known(atlas, clause)
    taken = [(one.proposal.start, one.proposal.end) for one in known]
    read = [
        one
        for one in found_in(clause)
        if not is_place(one.proposal.name)
        and not any(one.proposal.start < end and start < one.proposal.end for start, end in taken)
    ]
    return sorted((*known, *read), key=lambda one: one.proposal.start)


def _known(atlas: Atlas, clause: Clause) -> list[Found]:
    """The names of the atlas that stand in a text, the longest first, each with the verb that governs it."""
    text = clause.text
    voice = find_mentions(text)
    hits = [
        (at.start(), at.end()) for name in _names(atlas) if name in text for at in re.finditer(re.escape(name), text)
    ]
    found: list[Found] = []
    for start, end in sorted(hits, key=lambda one: one[0] - one[1]):
        if any(start < one.proposal.end and one.proposal.start < end for one in found):
            continue
        said = next((one for one in voice if one.start < end and start < one.end), None)
        state, words = (said.status, said.status_text) if said and said.status_text else _behind(text, end)
        name = text[start:end]
        found.append(Found(clause, Proposal(name, name, start, end, "", "", words, state)))
    return found


def _behind(text: str, end: int) -> tuple[str, str]:
    """The stage that follows a name up to the next mark, and its words; "" and "" where none does."""
    words = re.split("[，。；、！？：,;]", text[end:], maxsplit=1)[0]
    if len(words) > LONGEST_BEHIND or _NOT_SAID.search(words):
        return "", ""
    state = stage_of(words)
    return (state, words) if state else ("", "")


@lru_cache(maxsize=4)
def _names(atlas: Atlas) -> tuple[str, ...]:
    """The names that say by themselves that a project is meant."""
    layers = zip(atlas.table["layer"], atlas.table["name"], atlas.table["aliases"], strict=True)
    names = {
        one for layer, name, aliases in layers for one in (name, *aliases) if layer not in ("zone", "corridor", "city")
    }
    return tuple(one for one in names if len(one) >= SHORTEST and not is_place(one))


def _clause(at: int, text: str) -> Clause:
    issued = Document("draft", "草稿", "草稿", "", datetime.date.min, "draft", "", "", date_precision="unknown")
    return Clause(issued, f"draft/p{at + 1}", "paragraph", "", "", text, tuple(range(len(text))), (), None, ())


def _checked(atlas: Atlas, at: int, found: Found) -> Checked:
    one = found.proposal
    likely = candidates(atlas, Asked(one.name))
    best = likely[0] if likely and likely[0].claimed else None
    if best is None:
        return Checked(at, one.start, one.end, one.name, None, None, tuple(_unknown(atlas, likely)), ())
    feature = atlas.feature(best.feature)
    said = tuple(reversed(feature.mentions))
    row = atlas.table[atlas.table["id"] == feature.id].iloc[0]
    remarks = tuple(_remarks(found, feature, row))
    return Checked(at, one.start, one.end, one.name, best, feature, remarks, said)


def _unknown(atlas: Atlas, likely: Sequence[Match]) -> Iterator[Note]:
    near = likely[0] if likely else None
    if near and near.confidence >= 0.6:
        feature = atlas.feature(near.feature)
        yield note(
            "各规划中没有这个名称；最相近的是“{name}”（{source}）",
            name=feature.name, source=source(feature.current),
        )  # fmt: skip
    else:
        yield note("各规划中都没有这个项目")


def _before(found: Found) -> str:
    """What stands before it in its sentence."""
    text, start = found.clause.text, found.proposal.start
    return text[max(text.rfind(mark, 0, start) for mark in "。！？；") + 1 : start]


def _remarks(found: Found, feature: Feature, row: pd.Series) -> Iterator[Note]:
    one, said = found.proposal, feature.current
    if one.name not in (feature.name, *feature.aliases) and one.quote not in feature.name:
        yield note("规划中的名称是“{name}”", name=feature.name)
    yield from _stage(one.status, one.status_text, feature, said)
    yield from _where(_before(found), row)


def _stage(state: str, words: str, feature: Feature, said: Mention) -> Iterator[Note]:
    """The draft's stage against the newest wording; a stage of an older wording is told as such."""
    if state not in STAGE or state == said.status:
        return
    older = next(
        (one for one in reversed(feature.mentions) if one.status == state and one.document.date < said.document.date),
        None,
    )
    told = {"draft": words, "status": label("status", said.status), "words": said.quote, "source": source(said)}
    if older is not None:
        yield note(
            "“{draft}”是{older}的表述；{source}已改为“{verb}”：“{words}”",
            older=source(older),
            verb=said.status_text or told["status"],
            **{key: told[key] for key in ("draft", "source", "words")},
        )
    elif said.status in STAGE:
        yield note("草稿写“{draft}”，{source}是“{status}”（“{verb}”）：“{words}”", verb=said.status_text, **told)
    else:
        yield note(
            "草稿写“{draft}”，{source}没有写到这一步，只写“{verb}”：“{words}”",
            verb=said.status_text or told["status"],
            **{key: told[key] for key in ("draft", "source", "words")},
        )


def _where(before: str, row: pd.Series) -> Iterator[Note]:
    """The zone and the district that were named last before it in its sentence, against those of the atlas."""
    zone = _last(before, {label("zone", key): key for key in keys("zone")})
    if zone and row["zones"] and zone not in row["zones"]:
        plan = "、".join(label("zone", key) for key in row["zones"])
        yield note("草稿写在{draft}，规划列在{plan}", draft=label("zone", zone), plan=plan)
    code = _last(before, _district_codes())
    if not code or not row["prefectures"]:
        return
    district = places()[code]
    if district.prefecture not in row["prefectures"]:
        plan = "、".join(places()[one].name for one in row["prefectures"])
        yield note("草稿写在{draft}，规划中的地点是{plan}", draft=district.name, plan=plan)


def _last(text: str, words: Mapping[str, str]) -> str:
    """What the word of `words` that stands last in `text` means; "" when none does."""
    found = [(text.rfind(word), len(word), meaning) for word, meaning in words.items() if word in text]
    return max(found)[2] if found else ""


@cache
def _district_codes() -> dict[str, str]:
    """The full names of the districts of Sichuan below the province, and their codes; names of two are left out."""
    names = [(one.name, one.adcode) for one in (*prefectures(), *counties()) if len(one.name) > 2]
    return {name: code for name, code in names if sum(name == other for other, _ in names) == 1}
