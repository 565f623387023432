"""What the tables hold, as records."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from plans.documents import Document
from store import tables
from store.decisions import canonical
from store.errors import StoreError
from store.findings import from_content
from store.state import Ground


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan as it is kept."""

    document: Document
    text: str  # as read from the file
    by: str
    at: str
    read: bool  # the reader has gone through it


def about(document: Document) -> str:
    """Return the record of a document as JSON."""
    return canonical({key: str(of) if isinstance(of, datetime.date) else of for key, of in asdict(document).items()})


def from_about(told: str) -> Document:
    """Return the document that `about` wrote; StoreError when it is no such record."""
    row: dict[str, Any] = json.loads(told)
    try:
        dates = {key: datetime.date.fromisoformat(row[key]) for key in ("date", "published") if row[key]}
        return as_document({**row, **dates})
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"文件记录不完整：{error} (broken record of a document)。") from None


def as_document(row: Mapping[str, Any]) -> Document:
    """Return the document that a record with lists tells of."""
    frozen: dict[str, Any] = {key: tuple(of) if isinstance(of, list) else of for key, of in row.items()}
    return Document(**frozen)


def kept_documents(connection: Connection) -> dict[str, Kept]:
    """Return the plans by slug, in the order in which they came."""
    of = tables.document.c
    rows = connection.execute(select(of.slug, of.about, of.text, of.by, of.at, of.read).order_by(of.at, of.slug))
    return {row.slug: Kept(from_about(row.about), row.text, row.by, row.at, row.read) for row in rows}


def ground(connection: Connection) -> Ground:
    """Return what decisions are about."""
    documents = kept_documents(connection)
    order = {slug: at for at, slug in enumerate(documents)}
    rows = sorted(connection.execute(select(tables.proposal)), key=lambda row: (order[row.document], row.position))
    texts: Mapping[str, str] = dict(connection.execute(select(tables.clause.c.id, tables.clause.c.text)).all())
    proposals = {row.id: from_content(row.id, row.document, json.loads(row.content)) for row in rows}
    return Ground({slug: one.document for slug, one in documents.items()}, texts, proposals)
