"""Integrity of the reviewed data: each broken promise becomes an issue row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from layers.atlas import Atlas
from layers.atlas.check_basis import said, sites, stops
from layers.atlas.check_kinds import kinds as kinds_of
from layers.atlas.check_places import geometries, placements
from layers.atlas.check_words import names, statuses
from layers.atlas.issue import Issue
from plans.clauses import Clause
from plans.errors import PlanError
from plans.features import anchor
from plans.records import Row, span
from plans.vocabulary import keys, kinds


def issues(atlas: Atlas) -> list[Issue]:
    """Return all issues of `atlas`, those that stop it first; an empty list when all is well."""
    found = [*_anchors(atlas), *_records(atlas)]
    if not found:
        found = [*statuses(atlas), *names(atlas), *placements(atlas)]
    if not found:
        found = [*kinds_of(atlas), *said(atlas), *stops(atlas), *sites(atlas)]
    if not found:
        found = [*geometries(atlas), *_coverage(atlas), *_targets(atlas)]
    return found


def _anchors(atlas: Atlas) -> Iterator[Issue]:
    """Quotes and status texts stand in their clauses, and quotes in the source file."""
    for row in _mention_rows(atlas):
        record = f"{row['feature']} {row['clause']}"
        try:
            mention = anchor(row, atlas.clause(row["clause"]))
            if row["status_text"]:
                span(mention.clause.text, row["status_text"])
        except PlanError as error:
            yield Issue("broken anchor", record, str(error))
            continue
        if not _in_source(atlas, mention.clause, mention.start, mention.end):
            yield Issue("quote not in source", record, row["quote"])


def _mention_rows(atlas: Atlas) -> Iterator[Row]:
    return chain.from_iterable(atlas.records.mentions.values())


def _in_source(atlas: Atlas, one: Clause, start: int, end: int) -> bool:
    """A quote, read back through its offsets, is the source's own characters; only points were repaired."""
    source = atlas.records.texts[one.document.file]
    for char, offset in zip(one.text[start:end], one.offsets[start:end], strict=True):
        if source[offset] != char and (char, source[offset]) != (".", "．") and not char.isspace():
            return False
    return True


def _records(atlas: Atlas) -> Iterator[Issue]:
    """Ids are unique, names too, layers and kinds known, wholes exist, every feature is cited."""
    found = atlas.records.features
    ids = {row["id"] for row in found}
    for key in ("id", "name"):
        for value, number in Counter(row[key] for row in found).items():
            if number > 1:
                yield Issue(f"repeated {key}", value, f"{number} features")
    cited = {row["feature"] for row in _mention_rows(atlas)}
    for row in found:
        if row["layer"] not in keys("layer") or row["kind"] not in kinds(row["layer"]):
            yield Issue("unknown kind", row["id"], f"{row['layer']}/{row['kind']}")
        if row["id"] not in cited:
            yield Issue("feature without a citation", row["id"], row["name"])
        if row["part_of"] and (row["part_of"] not in ids or row["part_of"] == row["id"]):
            yield Issue("unknown whole", row["id"], row["part_of"])
    for lost in sorted(cited - ids):
        yield Issue("citation of an unknown feature", lost, "")


def _coverage(atlas: Atlas) -> Iterator[Issue]:
    for one in atlas.documents:
        for unit in atlas.coverage(one.slug):
            if not unit.accounted:
                yield Issue("unaccounted text", unit.clause_id, unit.text)


def _targets(atlas: Atlas) -> Iterator[Issue]:
    """Stated numbers stand in their clauses."""
    try:
        _ = atlas.targets
    except PlanError as error:
        yield Issue("broken target", "targets.csv", str(error))
