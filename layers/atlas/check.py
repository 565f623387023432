"""Integrity of the reviewed data: each broken promise becomes an issue row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from layers.atlas.check_places import geometries, placements
from layers.atlas.issue import Issue
from plans.clauses import clause
from plans.coverage import coverage
from plans.documents import document, documents, source_text
from plans.errors import PlanError
from plans.features import anchor
from plans.lexicon import status
from plans.records import all_mention_rows, feature_rows, span
from plans.targets import targets
from plans.vocabulary import keys, kinds


def issues() -> list[Issue]:
    """Return all issues of the atlas, those that stop it first; an empty list when all is well."""
    found = [*_anchors(), *_records()]
    if not found:
        found = [*placements()]
    if not found:
        found = [*geometries(), *_coverage(), *_targets()]
    return found


def _anchors() -> Iterator[Issue]:
    """Quotes and status texts stand in their clauses, and quotes in the source file."""
    for row in all_mention_rows():
        record = f"{row['feature']} {row['clause']}"
        try:
            mention = anchor(row)
            if row["status_text"]:
                span(mention.clause.text, row["status_text"])
        except PlanError as error:
            yield Issue("broken anchor", record, str(error))
            continue
        if row["status"] not in keys("status"):
            yield Issue("unknown status", record, row["status"])
        said = status(row["status_text"], told=mention.clause.reports)
        if row["status"] != said:
            yield Issue(
                "status against verb", record, f"{row['status_text']}: {row['status']}, by data/lexicon.toml {said}"
            )
        if bool(row["status_text"]) != (row["status"] != "mentioned"):
            yield Issue("status without wording, or wording without status", record, row["status"])
        if not _in_source(mention.clause_id, mention.start, mention.end):
            yield Issue("quote not in source", record, row["quote"])


def _in_source(clause_id: str, start: int, end: int) -> bool:
    """A quote, read back through its offsets, is the source's own characters; only points were repaired."""
    one = clause(clause_id)
    source = source_text(document(one.document).file)
    for char, offset in zip(one.text[start:end], one.offsets[start:end], strict=True):
        if source[offset] != char and (char, source[offset]) != (".", "．") and not char.isspace():
            return False
    return True


def _records() -> Iterator[Issue]:
    """Ids are unique, names too, layers and kinds known, wholes exist, every feature is cited."""
    found = feature_rows()
    ids = {row["id"] for row in found}
    for key in ("id", "name"):
        for value, number in Counter(row[key] for row in found).items():
            if number > 1:
                yield Issue(f"repeated {key}", value, f"{number} features")
    cited = {row["feature"] for row in all_mention_rows()}
    for row in found:
        if row["layer"] not in keys("layer") or row["kind"] not in kinds(row["layer"]):
            yield Issue("unknown kind", row["id"], f"{row['layer']}/{row['kind']}")
        if row["id"] not in cited:
            yield Issue("feature without a citation", row["id"], row["name"])
        if row["part_of"] and (row["part_of"] not in ids or row["part_of"] == row["id"]):
            yield Issue("unknown whole", row["id"], row["part_of"])
    for lost in sorted(cited - ids):
        yield Issue("citation of an unknown feature", lost, "")


def _coverage() -> Iterator[Issue]:
    for one in documents():
        for unit in coverage(one.slug):
            if not unit.accounted:
                yield Issue("unaccounted text", unit.clause_id, unit.text)


def _targets() -> Iterator[Issue]:
    """Stated numbers stand in their clauses."""
    try:
        targets()
    except PlanError as error:
        yield Issue("broken target", "targets.csv", str(error))
