"""What an office writes, found in the atlas: by name, alias, place and kind, with a reason and a confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo.gazetteer import Place, places
from layers.atlas import Atlas
from layers.match.names import Name, initials, is_aside, other_ways, read_name, same_marks
from layers.notes import Note, note
from plans.places import short_name

CLAIMED = 0.75  # from this confidence on a match is proposed as one
LEAST = 0.45  # below this nothing is told
SHORTEST_SLIP = 5  # characters; of fewer, one wrong leaves too little
SHORT = 0.85  # what is left of the likeness of two names that are as short
LONG = 9  # characters; of so many, two may be wrong
NEAREST = 10  # names looked at closely
EXACT = 0.996  # the name itself, but for what every list adds
INSIDE = 0.88  # the whole name, and more that tells of no other thing
BEGUN = 0.86  # the beginning of a name
SHORTEST_BEGUN = 9  # characters; of fewer, too many names begin so
PART = 0.8  # what is left of a name where a longer one is there as well
MARGIN = 0.04  # two things as alike as that are not told apart by the name


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of an office's list, or a name in a draft. Only the name is needed."""

    name: str
    place: str = ""  # as written: "攀枝花市盐边县"
    kind: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A feature that a name may mean."""

    feature: str  # id of the feature, or of the thing
    confidence: float  # 0 to 1
    reasons: tuple[Note, ...]

    @property
    def claimed(self) -> bool:
        """Tell whether it is proposed as the same thing; else it is only like it."""
        return self.confidence >= CLAIMED


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """All names of an atlas in one form, each with the number of its feature."""

    ids: tuple[str, ...]
    cores: tuple[str, ...]
    sheds: tuple[str, ...]
    names: tuple[Name, ...]
    of: tuple[int, ...]
    alias: tuple[bool, ...]
    where: tuple[frozenset[str], ...]  # by feature: the districts it is in, and those above, as they are called
    short: dict[str, tuple[int, ...]]  # short form of a line: names
    ends: dict[frozenset[str], tuple[int, ...]]  # places that a line goes through, in any order: names


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a name may mean: a feature of the atlas, or what another plan names."""

    id: str
    names: tuple[str, ...]  # its name, then its aliases
    where: tuple[str, ...]  # codes of the districts it is in


@lru_cache(maxsize=4)
def _names(atlas: Atlas) -> _Names:
    table = atlas.table
    columns = zip(table["id"], table["name"], table["aliases"], table["places"], table["counties"], strict=True)
    return _in_one_form(
        Thing(key, (name, *aliases), (*named, *counties)) for key, name, aliases, named, counties in columns
    )


@lru_cache(maxsize=8)
def _names_of(things: tuple[Thing, ...]) -> _Names:
    return _in_one_form(things)


def _in_one_form(things: Iterable[Thing]) -> _Names:
    ids: list[str] = []
    cores: list[str] = []
    names: list[Name] = []
    of: list[int] = []
    alias: list[bool] = []
    where: list[frozenset[str]] = []
    short: dict[str, list[int]] = defaultdict(list)
    ends: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, thing in enumerate(things):
        ids.append(thing.id)
        where.append(_called(thing.where))
        for at, written in enumerate(thing.names):
            read = read_name(written)
            if initials(read):
                short[initials(read)].append(len(cores))
            ends[frozenset(read.ends)].append(len(cores))
            cores.append(read.core)
            names.append(read)
            of.append(number)
            alias.append(at > 0)
    return _Names(
        tuple(ids), tuple(cores), tuple(one.shed for one in names), tuple(names), tuple(of), tuple(alias), tuple(where),
        {key: tuple(found) for key, found in short.items()}, {key: tuple(found) for key, found in ends.items() if key},
    )  # fmt: skip


def _called(codes: Iterable[str]) -> frozenset[str]:
    held = [places()[code] for code in codes if code in places()]
    return frozenset(short_name(one.name) for place in held for one in _with_above(place))


def _with_above(one: Place) -> Iterator[Place]:
    yield one
    if one.parent in places():
        yield from _with_above(places()[one.parent])


def candidates(atlas: Atlas, asked: Asked, most: int = 5) -> list[Match]:
    """Return the features that `asked` may mean, the likeliest first; [] when nothing is like it."""
    return _found(_names(atlas), asked)[:most]


def alike(things: tuple[Thing, ...], asked: Asked, most: int = 5) -> list[Match]:
    """Return which of `things` `asked` may mean, the likeliest first; `feature` is the id of the thing."""
    return _found(_names_of(things), asked)[:most]


def matched(atlas: Atlas, rows: Sequence[Asked]) -> list[list[Match]]:
    """Return the candidates of each row, the likeliest first, in the order of the rows."""
    return _matched(atlas, tuple(rows))


@lru_cache(maxsize=4)
def _matched(atlas: Atlas, rows: tuple[Asked, ...]) -> list[list[Match]]:
    """A list is matched once, however many of its rows are judged."""
    held = _names(atlas)
    return [_found(held, row)[:5] for row in rows]


def _found(held: _Names, asked: Asked) -> list[Match]:
    best: dict[int, tuple[float, list[Note], int]] = {}  # by feature: how alike, why, by which name
    for written in (asked.name, *other_ways(asked.name)):
        name = read_name(written)
        if len(name.core) < 2:
            continue
        for at in _near(held, name):
            score, reasons = _alike(name, held.names[at], alias=held.alias[at])
            score, reasons = _placed(
                score, reasons, asked, name.places - held.names[at].places, held.where[held.of[at]]
            )
            if score >= LEAST and score > best.get(held.of[at], (0.0, [], 0))[0]:
                best[held.of[at]] = (score, reasons, at)
        _longest_first(name, best, held)
    ranked = sorted(((number, one[:2]) for number, one in best.items()), key=lambda one: -one[1][0])
    return [
        Match(held.ids[number], round(_told_apart(score, at, ranked), 3), tuple(reasons))
        for at, (number, (score, reasons)) in enumerate(ranked)
    ]


def _longest_first(name: Name, best: dict[int, tuple[float, list[Note], int]], held: _Names) -> None:
    """Of names that are whole in what is written, or go on from it, one that is part of another of them is not meant."""
    there = {
        number: held.sheds[at]
        for number, (_, _, at) in best.items()
        if held.sheds[at] in name.shed or _is_begun(name, held.names[at])
    }
    for number, shed in there.items():
        score, reasons, at = best[number]
        if name.shed != shed and any(shed != longer and shed in longer for longer in there.values()):
            best[number] = (score * PART, reasons, at)


def _is_begun(asked: Name, known: Name) -> bool:
    """What is written is the beginning of a name, and long enough to tell which."""
    long = len(asked.shed) >= (SHORTEST_SLIP if asked.cut else SHORTEST_BEGUN)
    return long and asked.shed != known.shed and known.shed.startswith(asked.shed)


def _told_apart(score: float, at: int, ranked: Sequence[tuple[int, tuple[float, list[Note]]]]) -> float:
    """Where two things are as alike to what was written, neither is claimed."""
    rivals = [other[1][0] for number, other in enumerate(ranked) if number != at]
    margin = 0.001 if score >= EXACT else MARGIN
    return min(score, CLAIMED - 0.01) if any(abs(rival - score) < margin for rival in rivals) else score


def _near(held: _Names, name: Name) -> list[int]:
    """The names that are written much like this one, and the lines whose short form it is."""
    found = dict.fromkeys((*held.short.get(name.core, ()), *held.ends.get(frozenset(name.ends), ())))
    for written, known in ((name.core, held.cores), (name.shed, held.sheds)):
        ratio = process.cdist([written], known, scorer=fuzz.ratio, dtype=np.uint8)[0]
        nearest = min(NEAREST, ratio.size)
        best = np.argpartition(-ratio.astype(int), nearest - 1)[:nearest] if nearest else ()
        found |= dict.fromkeys(int(at) for at in best)
    inside = (at for at, core in enumerate(held.cores) if len(core) >= 4 and (core in name.core or name.core in core))
    return list(found | dict.fromkeys(inside))


def _alike(asked: Name, known: Name, *, alias: bool) -> tuple[float, list[Note]]:
    """How alike two names are, and why."""
    if asked.light == known.light and not asked.cut:
        return 1.0, [note("与别名相同") if alias else note("名称相同")]
    if asked.shed == known.shed:
        return EXACT, [note("与别名相同") if alias else note("名称相同")]
    if slips := _slips(asked, known):
        return 1.0 - 0.07 * slips, [note("疑为笔误：“{name}”", name=known.light)]
    if _has_inside(asked, known):
        return INSIDE, [note("名称相近（{percent}%）", percent=round(100 * _written_alike(asked.core, known.core)))]
    score, reason = _same_core(asked, known, alias=alias)
    reasons = [reason]
    for factor, differs in _differences(asked, known):
        score *= factor
        reasons.append(differs)
    if score < BEGUN and _is_begun(asked, known):
        return BEGUN, [note("是“{name}”的开头", name=known.light)]
    return score, reasons


def _same_core(asked: Name, known: Name, *, alias: bool) -> tuple[float, Note]:
    if asked.core == known.core:
        return 0.99, note("与别名相同") if alias else note("名称相同")
    if asked.core == initials(known):
        return 0.93, note("是“{name}”的简称", name=known.core)
    if known.ends and frozenset(asked.ends) == frozenset(known.ends):
        return 0.95, note("起讫点相同")
    score = _written_alike(asked.core, known.core)
    if _is_slip(asked.core, known.core, 1) and not asked.places - known.places:
        return max(score, 0.93), note("疑为笔误：“{name}”", name=known.core)
    return score, note("名称相近（{percent}%）", percent=round(100 * score))


def _has_inside(asked: Name, known: Name) -> bool:
    """The whole of a name, with words around it that tell of no other thing."""
    before, inside, behind = asked.shed.partition(known.shed)
    return len(known.shed) >= SHORTEST_SLIP and bool(inside) and is_aside(before, behind)


def _slips(asked: Name, known: Name) -> int:
    """How many characters are wrong, missing, doubled or changed about; 0 for none, or more than a name bears."""
    if asked.codes - known.codes or asked.places - known.places or asked.phase != known.phase:
        return 0
    most = 2 if min(len(asked.shed), len(known.shed)) >= LONG else 1
    return next((n for n in range(1, most + 1) if _is_slip(asked.shed, known.shed, n)), 0)


def _is_slip(left: str, right: str, slips: int) -> bool:
    """So many slips of the pen; never one district, numeral or direction for another."""
    if min(len(left), len(right)) < SHORTEST_SLIP or not same_marks(left, right):
        return False
    return 0 < OSA.distance(left, right, score_cutoff=slips) <= slips


def _written_alike(left: str, right: str) -> float:
    """1 for one text; what one leaves out of the other costs some."""
    ratio = fuzz.ratio(left, right) / 100
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 4 and shorter in longer:
        return max(ratio, 0.6 + 0.35 * len(shorter) / len(longer))
    return ratio if len(longer) >= SHORTEST_SLIP else ratio * SHORT  # 攀大高速, 攀盐高速


def _differences(asked: Name, known: Name) -> Iterator[tuple[float, Note]]:
    """Facts in which two names differ, each with what it leaves of their likeness."""
    if asked.kind and known.kind and asked.kind != known.kind:
        like = asked.kind in _LIKE.get(known.kind, ())
        finer = asked.kind.endswith(known.kind) or known.kind.endswith(asked.kind)  # 示范基地, 基地
        yield (0.95 if finer else 0.9 if like else 0.6), note("类型不同：{a}与{b}", a=asked.kind, b=known.kind)
    if asked.phase != known.phase:
        yield (0.6 if asked.phase and known.phase else 0.94 if asked.phase else 0.85), note("期次不同")
    if asked.section != known.section:
        yield (0.9 if asked.section and known.section else 0.94 if asked.section else 0.9), note("区段不同")
    if asked.works != known.works:
        yield (0.9 if asked.works and known.works else 0.94 if asked.works else 0.9), note("建设内容不同")
    if asked.codes and known.codes and not asked.codes & known.codes:
        yield 0.6, note("编号不同")
    if asked.places and known.places and not asked.places & known.places:
        yield 0.55, note("地名不同")
    elif asked.ends and known.ends and frozenset(asked.ends) != frozenset(known.ends):
        inside = set(asked.ends) <= set(known.ends) or set(known.ends) <= set(asked.ends)
        yield (0.85 if inside else 0.7), note("起讫点不同")
    elif asked.places - known.places and known.places - asked.places:
        yield 0.8, note("地名不全相同")


_LIKE = {
    "高铁": ("铁路", "城际"), "铁路": ("高铁", "城际"), "城际": ("高铁", "铁路"), "快速": ("高速", "国道"),
    "高速": ("快速",), "国道": ("快速",),
}  # fmt: skip


def _placed(
    score: float, reasons: list[Note], asked: Asked, foreign: frozenset[str], where: frozenset[str]
) -> tuple[float, list[Note]]:
    """What the column of places says: the same place speaks for a match, another one against it.

    So does a place in the name (`foreign`: one that the known name has not) where the thing is not.
    """
    told = frozenset(read_name(asked.place).places) if asked.place else frozenset()
    if told and where:
        if told & where - {"四川"}:
            return min(1.0, score * 1.04), [*reasons, note("所在地相符")]
        if told - {"四川"}:
            return score * 0.8, [*reasons, note("所在地不符")]
    if foreign and where and not foreign & where:
        return score * 0.75, [*reasons, note("名称中的地名与所在地不符")]
    return score, reasons
