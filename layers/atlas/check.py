"""Integrity of the reviewed data: each broken promise becomes an issue row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import pandas as pd
import shapely

from geo.errors import GeoError
from geo.gazetteer import boundary, place
from layers.atlas import Atlas
from plans.clauses import Clause
from plans.errors import PlanError
from plans.features import anchor
from plans.lexicon import status
from plans.records import Row, span
from plans.vocabulary import keys, kinds

OUTSIDE_DEGREE = 0.02  # 2 km: a point on a border river may stand on its far bank


@dataclass(frozen=True, slots=True)
class Issue:
    """One broken promise: what kind, of what record, and why."""

    check: str
    record: str
    reason: str


def issues(atlas: Atlas) -> list[Issue]:
    """Return all issues of `atlas`, those that stop it first; an empty list when all is well."""
    found = [*_anchors(atlas), *_records(atlas)]
    if not found:
        found = [*_placements(atlas)]
    if not found:
        found = [*_geometries(atlas), *_coverage(atlas), *_targets(atlas)]
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
        if row["status"] not in keys("status"):
            yield Issue("unknown status", record, row["status"])
        said = status(row["status_text"], told=mention.clause.reports)
        if row["status"] != said:
            yield Issue(
                "status against verb", record, f"{row['status_text']}: {row['status']}, by data/lexicon.toml {said}"
            )
        if bool(row["status_text"]) != (row["status"] != "mentioned"):
            yield Issue("status without wording, or wording without status", record, row["status"])
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


def _placements(atlas: Atlas) -> Iterator[Issue]:
    """Every feature has one placement, of known places, with a precision that its error bears out."""
    known = {one["id"] for one in atlas.records.features}
    placed = Counter(row["feature"] for row in atlas.records.placements)
    for lost in sorted(known - placed.keys()):
        yield Issue("no placement", lost, "")
    for feature_id, number in placed.items():
        if number > 1:
            yield Issue("repeated placement", feature_id, f"{number} rows")
    for row in atlas.records.placements:
        feature_id = row["feature"]
        if feature_id not in known:
            yield Issue("placement of an unknown feature", feature_id, "")
        if row["basis"] not in ("text", "known", "guess"):
            yield Issue("unknown basis", feature_id, row["basis"])
        for name in row["places"].split():
            try:
                place(name)
            except GeoError as error:
                yield Issue("unknown place", feature_id, str(error))
        if row["lon"]:
            limit = {"exact": 1.0, "approximate": 10.0}.get(row["precision"], 0.0)
            if not 0 < _number(row["error_km"]) <= limit or not all(map(_number, (row["lon"], row["lat"]))):
                yield Issue("precision and error disagree", feature_id, f"{row['precision']} ±{row['error_km']} km")
            if not row["source"]:
                yield Issue("position without a source", feature_id, "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _geometries(atlas: Atlas) -> Iterator[Issue]:
    """Geometries are valid; points and areas lie in the places they claim, and lines run through them."""
    for row in atlas.table.itertuples(index=False):
        if row.geometry is None:
            continue
        if not row.geometry.is_valid or row.geometry.is_empty:
            yield Issue("invalid geometry", row.id, row.name)
        if pd.isna(row.error_km) or row.error_km <= 0:
            yield Issue("no error", row.id, row.name)
        if not _inside(atlas, row.id, row.geometry):
            yield Issue("outside its places", row.id, row.name)


def _inside(atlas: Atlas, feature_id: str, geometry: shapely.Geometry) -> bool:
    claimed = atlas.placements[feature_id].places
    grounds = [ground for one in claimed if (ground := boundary(one.adcode)) is not None]
    if geometry.geom_type.endswith("LineString"):
        touched = sum(ground.distance(geometry) < OUTSIDE_DEGREE for ground in grounds)
        return bool(touched >= min(2, len(grounds)))
    if len(grounds) < len(claimed) or not grounds:  # a place far away has no boundary here
        return True
    return bool(shapely.union_all(grounds).buffer(OUTSIDE_DEGREE).contains(geometry))


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
