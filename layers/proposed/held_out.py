"""Leave one document out: each reviewed document is read by a model that has learned from others alone.

What is counted is counted as on annotated plans (layers.proposed.measure); the reviewed records are the
truth. The same readings, with what tells a right one, are what trust is learned from.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from geo.gazetteer import place_path
from geo.placement import Placement, place_feature
from layers.proposed.measure import Tally, Thing, bare, tally
from layers.proposed.table import found_in, gathered
from plans.features import Feature, Mention
from plans.lexicon import expanded
from plans.library import Library
from plans.reader import classes, training
from plans.reader.reader import Reader
from plans.reader.trust import RIGHT, SETTINGS, STEPS, TRUST, WRONG, steps
from plans.records import Records

FEW = 150  # mentions
Judged = tuple[tuple[str, ...], bool]  # what tells a right reading, and whether it is


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read by a model that has not seen it."""

    slug: str
    count: Tally
    judged: tuple[Judged, ...]


def readings(records: Records, processes: int = 2) -> list[Reading]:
    """Return each document of `records` as read by a model that has not seen it, in order of issue."""
    apart = folds(records)
    if processes == 1:
        read = [reading(records, fold) for fold in apart]
    else:
        with ProcessPoolExecutor(processes) as pool:
            read = list(pool.map(partial(reading, records), apart))
    found = {one.slug: one for fold in read for one in fold}
    return [found[one.slug] for one in records.documents]


def folds(records: Records) -> list[tuple[str, ...]]:
    """Return which documents are left out together: each alone, but all that name little at once."""
    few = [one.slug for one in records.documents if len(records.mentions[one.slug]) < FEW]
    alone: list[tuple[str, ...]] = [(one.slug,) for one in records.documents if one.slug not in few]
    return [*alone, tuple(few)] if few else alone


def reading(records: Records, slugs: Sequence[str]) -> list[Reading]:
    """Train on all documents but `slugs`, and read those."""
    library = Library(records)
    with tempfile.TemporaryDirectory() as folder:
        training.train(library, [one.slug for one in library.documents if one.slug not in slugs], Path(folder))
        reader = Reader.open(Path(folder))
        return [_read(library, slug, reader) for slug in slugs]


def _read(library: Library, slug: str, reader: Reader) -> Reading:
    clauses = library.clauses(slug)
    found = gathered((one for clause in clauses for one in found_in(clause, reader)), clauses)
    count = tally(gold(library, slug), found)
    judged = tuple((one.said[0].proposal.signs, right) for one, right in count.readings)
    count.readings = []  # proposals do not travel between processes
    return Reading(slug, count, judged)


def gold(library: Library, slug: str) -> list[Thing]:
    """Return what the reviewed records say that a document names, as an annotated plan has it."""
    rows = {row["feature"]: row for row in library.records.placements}
    alone = _spoken_of(one for one in library.mentions if one.document.slug == slug)
    return [
        _thing(one, slug, place_feature(one, rows.get(one.id)), one.id in alone)
        for one in library.features
        if slug in one.documents
    ]


def _spoken_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """The features that a text speaks of on their own, and not only within a longer name (乐山港 of 乐山港重点作业区)."""
    of_clause: dict[str, list[Mention]] = defaultdict(list)
    for one in mentions:
        of_clause[one.clause_id].append(one)
    return frozenset(one.feature for said in of_clause.values() for one in said if not _is_inner(one, said))


def _is_inner(one: Mention, beside: Iterable[Mention]) -> bool:
    size = one.end - one.start
    return any(other.start <= one.start and one.end <= other.end and size < other.end - other.start for other in beside)


def _thing(one: Feature, slug: str, placement: Placement, alone: bool) -> Thing:
    """A reviewed feature as annotated; its short form is as right as the record's, and only places of the text count.

    The records hold inner names, too; found or not, they count for nothing, as on annotated plans.
    """
    said = [mention for mention in one.mentions if mention.document.slug == slug]
    names = [name for mention in said for name in (mention.name, mention.quote)]
    told = placement.places if placement.basis == "text" else ()
    return Thing(
        name=said[0].name,
        mentions=tuple(bare(mention.quote) for mention in said),
        layers=(one.layer,),
        statuses=tuple(dict.fromkeys(mention.status for mention in said)),
        places=tuple(place_path(place) for place in told if place.level != "province"),
        maybe=not alone,
        inner=not alone,
        others=tuple(dict.fromkeys((*names, *one.aliases, *map(expanded, names)))),
    )


# ---- trust --------------------------------------------------------------------------------------


def learn_trust(read: Sequence[Reading], folder: Path) -> None:
    """Learn from readings how far a reading can be trusted, and write that to `folder`."""
    _learn(read, folder)
    (folder / STEPS).write_text(json.dumps(steps(_scored(read))) + "\n", encoding="utf-8")


def _learn(read: Sequence[Reading], folder: Path) -> None:
    examples = ((signs, RIGHT if right else WRONG) for one in read for signs, right in one.judged)
    classes.train(examples, folder / TRUST, **SETTINGS)


def _scored(read: Sequence[Reading]) -> list[list[tuple[float, bool]]]:
    """(score, right) of the readings of each document, the score learned from those of all others."""
    found = []
    for one in read:
        with tempfile.TemporaryDirectory() as folder:
            _learn([other for other in read if other is not one], Path(folder))
            score = classes.Classes(Path(folder) / TRUST)
            found.append([(score.likelihood(signs, RIGHT), right) for signs, right in one.judged])
    return found


def trusted(read: Sequence[Reading]) -> list[tuple[float, bool]]:
    """Return (chance, right) of every reading; nothing of its own document went into the chance."""
    scored = _scored(read)
    found: list[tuple[float, bool]] = []
    for i, own in enumerate(scored):
        shares = steps([others for j, others in enumerate(scored) if j != i])
        found += [
            (next((share for low, share in reversed(shares) if score >= low), 0.0), right) for score, right in own
        ]
    return found


def by_slug(read: Sequence[Reading]) -> Mapping[str, Tally]:
    """Return the counts by document."""
    return {one.slug: one.count for one in read}
