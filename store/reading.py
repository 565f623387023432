"""A plan comes in: its file, its clauses, then clause by clause what the reader finds. It goes on where it stopped."""

from __future__ import annotations

import datetime
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select, update

from layers.proposed.table import Found, Proposed, found_in, gathered, zones_named
from plans.clauses import Clause, read
from plans.documents import Document
from plans.errors import PlanError
from plans.mentions import Proposal
from plans.reading import as_document, read_plan
from plans.records import Row
from store import tables
from store.database import reading, writing
from store.decisions import canonical
from store.errors import StoreError
from store.findings import Finding, Said, as_content
from store.kept import about, from_about

KEPT_EVERY_S = 0.5  # what is read is kept at least this often
PACE_S = 1.0  # of less nobody can say how long the rest takes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of a plan is."""

    done: int  # clauses
    of: int
    found: int  # mentions so far
    left_s: float | None  # seconds to go at the pace so far, but for the slowest clause; None before there is one


def add_plan(engine: Engine, name: str, content: bytes, by: str) -> str:
    """Keep a plan and its clauses; return its slug. The same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    document, text = _read_file(name, content, digest)
    clauses = list(read(document, text))
    if not any(clause.text for clause in clauses):
        raise PlanError(f"“{name}”中没有成段的文字 (no paragraphs)。")
    with writing(engine) as connection:
        for row in connection.execute(select(tables.document.c.slug, tables.document.c.about)):
            if from_about(row.about).sha256 == digest:
                return str(row.slug)
        slug = f"plan-{1 + connection.execute(select(func.count()).select_from(tables.document)).scalar_one():04}"
        document = replace(document, slug=slug, file=f"{slug}{Path(name).suffix.lower()}")
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        kept = {"slug": slug, "about": about(document), "content": content, "text": text, "by": by, "at": at}
        connection.execute(insert(tables.document).values(**kept, read=False))
        connection.execute(insert(tables.clause), clause_rows(list(read(document, text))))
    return slug


def _read_file(name: str, content: bytes, digest: str) -> tuple[Document, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(name).name or "plan.txt")
        path.write_bytes(content)
        text = read_plan(path).replace("\x00", "")
        document = as_document(path, text)
    unknown = document.date_precision == "unknown"  # it stands among the others as of today
    date = datetime.datetime.now(datetime.UTC).date() if unknown else document.date
    return replace(document, date=date, sha256=digest, zones=zones_named(document.title)), text


def clause_rows(clauses: Sequence[Clause]) -> list[dict[str, object]]:
    """Return clauses as rows of their table."""
    return [
        {
            "id": one.id, "document": one.document.slug, "position": at, "kind": one.kind, "label": one.label,
            "heading": one.heading, "text": one.text, "found": None,
        }
        for at, one in enumerate(clauses)
    ]  # fmt: skip


def finish_reading(engine: Engine, slug: str, progress: Callable[[Progress], bool]) -> int:
    """Read the clauses that are not read, keep what is found as it comes, then put it together, once."""
    with reading(engine) as connection:
        document, text, done, kept = _standing(connection, slug)
    if done:
        return _proposals(engine, slug)
    clauses = {one.id: one for one in read(document, text)}
    waiting = [one for one in clauses.values() if one.id not in kept]
    total, found = len(clauses), sum(len(json.loads(rows)) for rows in kept.values())
    began = saved = last = time.monotonic()
    slowest = 0.0  # seconds: it also waits for the model
    batch: dict[str, str] = {}
    for number, clause in enumerate(waiting, 1):
        proposals = [asdict(one.proposal) for one in found_in(clause)]
        batch[clause.id], found = canonical(proposals), found + len(proposals)
        now = time.monotonic()
        slowest, last = max(slowest, now - last), now
        spent = now - began - slowest
        left = spent / (number - 1) * (len(waiting) - number) if spent > PACE_S else None
        on = progress(Progress(len(kept) + number, total, found, left))
        if now - saved > KEPT_EVERY_S or number == len(waiting) or not on:
            _keep_found(engine, batch)
            batch, saved = {}, now
        if not on:
            return 0
    return _put_together(engine, slug, clauses)


def _standing(connection: Connection, slug: str) -> tuple[Document, str, bool, dict[str, str]]:
    row = connection.execute(select(tables.document).where(tables.document.c.slug == slug)).one_or_none()
    if row is None:
        raise StoreError(f"工作库中没有文件“{slug}” (no such document)。")
    of = tables.clause.c
    kept = connection.execute(select(of.id, of.found).where(of.document == slug, of.found.is_not(None))).all()
    return from_about(row.about), row.text, row.read, dict(kept)


def _keep_found(engine: Engine, batch: dict[str, str]) -> None:
    with writing(engine) as connection:
        for key, found in batch.items():
            connection.execute(update(tables.clause).where(tables.clause.c.id == key).values(found=found))


def _put_together(engine: Engine, slug: str, clauses: dict[str, Clause]) -> int:
    """All proposals of a plan come at once: there is no half plan."""
    with writing(engine) as connection:
        _, _, done, kept = _standing(connection, slug)
        if not done:
            found = [Found(clauses[key], _proposal(row)) for key in clauses for row in json.loads(kept[key])]
            rows = list(_rows(slug, gathered(found, clauses.values())))
            if rows:
                connection.execute(insert(tables.proposal), rows)
            connection.execute(update(tables.document).where(tables.document.c.slug == slug).values(read=True))
    return _proposals(engine, slug)


def _proposals(engine: Engine, slug: str) -> int:
    with reading(engine) as connection:
        count = select(func.count()).select_from(tables.proposal).where(tables.proposal.c.document == slug)
        return int(connection.execute(count).scalar_one())


def _proposal(row: dict[str, object]) -> Proposal:
    return Proposal(**{**row, "aliases": tuple(row["aliases"]), "signs": ()})  # type: ignore[arg-type]


def _rows(slug: str, found: Sequence[Proposed]) -> Iterator[dict[str, object]]:
    for at, one in enumerate(found):
        key = f"{slug}/n{at + 1}"
        yield {
            "id": key,
            "document": slug,
            "position": at,
            "content": canonical(as_content(finding_of(key, slug, one))),
        }


def finding_of(key: str, slug: str, one: Proposed) -> Finding:
    """Return what the reader proposes as a finding of a plan."""
    said = tuple(_said(found) for found in one.said)
    confidence = max(found.proposal.confidence for found in one.said)
    return Finding(
        key, slug, one.name, one.aliases, one.layer, one.feature.kind, said, _place(one), confidence, one.sure
    )


def _said(found: Found) -> Said:
    one = found.proposal
    nth = nth_of(found.clause.text, one.quote, one.start)
    return Said(found.clause.id, one.quote, nth, one.name, one.status, one.status_text)


def nth_of(text: str, quote: str, start: int) -> int:
    """Return which occurrence of `quote` in `text`, from 1, is the one at `start`."""
    nth, at = 0, -1
    while at < start:
        at = text.index(quote, at + 1)
        nth += 1
    return nth


def _place(one: Proposed) -> Row:
    """The record that draws a proposal again: its places; none where its rules drew nothing."""
    named = " ".join(place.adcode for place in one.places) if one.drawn else ""
    area = one.placement.precision if one.placement.precision == "area" else ""
    empty = dict.fromkeys(("lon", "lat", "error_km", "source", "via"), "")
    return {"places": named, "basis": one.placement.basis, "precision": area, **empty}
