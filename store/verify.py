"""The proof of a workspace: every quote against its source, every state against the log, the log against itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from plans.clauses import Clause, read
from plans.errors import PlanError
from plans.records import span
from store import tables
from store.decisions import chained, read_row, touches
from store.errors import StoreError
from store.findings import Finding
from store.kept import Kept, kept_documents

if TYPE_CHECKING:
    from store.workspace import Workspace


def problems(workspace: Workspace, connection: Connection) -> list[str]:
    """Return what in a workspace does not hold, a sentence each; an empty list when all is proven."""
    kept = kept_documents(connection)
    clauses = {one.id: one for held in kept.values() for one in read(held.document, held.text)}
    found = [*_sources(connection, kept, clauses), *_log(connection)]
    if found:
        return found
    try:
        state = workspace.state_in(connection)
    except StoreError as error:
        return [f"日志不能重演 (the log cannot be replayed)：{error}"]
    bare = {slug: _bare(one.text) for slug, one in kept.items()}
    every = (*state.ground.proposals.values(), *state.findings.values())
    return list(dict.fromkeys(told for one in every for told in _quotes(one, clauses, bare)))


def _sources(connection: Connection, kept: dict[str, Kept], clauses: dict[str, Clause]) -> Iterator[str]:
    of = tables.document.c
    for slug, content in connection.execute(select(of.slug, of.content)):
        if hashlib.sha256(content).hexdigest() != kept[slug].document.sha256:
            yield f"{slug}：原文件与登记的 sha256 不符 (wrong checksum)。"
    rows = connection.execute(select(tables.clause.c.id, tables.clause.c.text))
    for key, text in rows:
        if key not in clauses or clauses[key].text != text:
            yield f"{key}：条款与原文不符 (clause differs from its source)。"


def _log(connection: Connection) -> Iterator[str]:
    before, rows = "", []
    for number, row in enumerate(connection.execute(select(tables.decision).order_by("number")).mappings(), 1):
        if row["number"] != number:
            yield f"日志缺第 {number} 号决定 (a decision is missing)。"
            return
        if chained(before, dict(row)) != row["hash"]:
            yield f"日志第 {number} 号决定与其校验不符 (a decision was changed)。"
        before = row["hash"]
        rows.append(read_row(row))
    held = {(one.subject, one.version, one.decision) for one in connection.execute(select(tables.touch))}
    if held != set(touches(rows)):
        yield "决定与其对象的登记不符 (the subjects of the log differ)。"


def _quotes(one: Finding, clauses: dict[str, Clause], bare: dict[str, str]) -> Iterator[str]:
    for said in one.said:
        clause = clauses.get(said.clause)
        if clause is None:
            yield f"{one.id}：没有条款 {said.clause} (no such clause)。"
            continue
        try:
            start, end = span(clause.text, said.quote, said.nth)
            if said.status_text:
                span(clause.text, said.status_text)
        except PlanError as error:
            yield f"{one.id} {said.clause}：{error}"
            continue
        if _bare(clause.text[start:end]) not in bare[clause.document.slug]:
            yield f"{one.id}：“{said.quote}”不在原文中 (quote not in the source)。"


def _bare(text: str) -> str:
    """Text without white space, and points in one form: those of numbers are repaired in clauses."""
    return re.sub(r"\s", "", text).replace("．", ".")
