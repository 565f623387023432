"""A workspace as plain files, and back: export and import, backup and restore."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from plans.documents import Document
from store import forms, tables
from store.database import reading, writing
from store.decisions import canonical, read_row, touches
from store.errors import StoreError
from store.findings import PLACE, Finding, Said, as_content
from store.kept import Kept, about, as_document, ground, kept_documents
from store.published import records
from store.verify import problems
from store.workspace import Workspace

SUMS = "SHA256SUMS"
LOG = "decisions.csv"


def export(workspace: Workspace, folder: Path) -> None:
    """Write a workspace as plain files, whole or not at all; an earlier export in `folder` gives way."""
    files = _files(workspace)
    with forms.whole_folder(folder, LOG) as made:
        forms.write_files(made, files)


def backup(workspace: Workspace, target: Path) -> None:
    """Write a workspace as one archive with the checksum of each file, whole or not at all."""
    files = _files(workspace)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    forms.zipped(target, {SUMS: sums.encode(), **files})


def restore(workspace: Workspace, source: Path, *, replacing: bool = False) -> None:
    """Fill an empty workspace from a backup; `replacing` lets go of what is in it. Whole or not at all."""
    files = forms.unzipped(source)
    listed = {line[66:]: line[:64] for line in files.pop(SUMS, b"").decode().splitlines()}
    found = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    if not listed or listed != found:
        raise StoreError(f"“{source.name}”与其校验和不符 (checksums differ)：不是备份，或已损坏。")
    _fill(workspace, files, replacing)


def import_(workspace: Workspace, folder: Path, *, replacing: bool = False) -> None:
    """Fill an empty workspace from an export. Whole or not at all."""
    _fill(workspace, forms.in_folder(folder), replacing)


# ---- out ----------------------------------------------------------------------------------------


def _files(workspace: Workspace) -> dict[str, bytes]:
    with reading(workspace.engine) as connection:
        return dict(_written(workspace, connection))


def _written(workspace: Workspace, connection: Connection) -> Iterator[tuple[str, bytes]]:
    kept = kept_documents(connection)
    yield "documents/documents.toml", forms.as_toml(one.document for one in kept.values())
    yield "documents/kept.csv", forms.as_csv(forms.KEPT, (_kept(slug, one) for slug, one in kept.items()))
    for slug, one in kept.items():
        yield f"documents/{one.document.file}", _content(connection, slug)
        yield f"texts/{slug}.txt", one.text.encode()
        rows = connection.execute(
            select(tables.clause).where(tables.clause.c.document == slug).order_by(tables.clause.c.position)
        )
        yield f"clauses/{slug}.csv", forms.as_csv(forms.CLAUSES, map(dict, rows.mappings()))
    yield from _proposed(list(ground(connection).proposals.values()))
    log = map(dict, connection.execute(select(tables.decision).order_by(tables.decision.c.number)).mappings())
    yield LOG, forms.as_csv(forms.DECISIONS, log)
    state = workspace.state_in(connection)
    public = records(state.published, {slug: one.text for slug, one in kept.items()})
    yield "features.csv", forms.as_csv(forms.FEATURES, public.features)
    yield "placements.csv", forms.as_csv(forms.PLACEMENTS, public.placements)
    for slug in state.published:
        yield f"mentions/{slug}.csv", forms.as_csv(forms.MENTIONS, public.mentions[slug])
        yield f"dismissed/{slug}.csv", forms.as_csv(forms.DISMISSED, public.dismissed[slug])


def _kept(slug: str, one: Kept) -> dict[str, Any]:
    return {"slug": slug, "by": one.by, "at": one.at, "read": int(one.read)}


def _content(connection: Connection, slug: str) -> bytes:
    of = tables.document.c
    return bytes(connection.execute(select(of.content).where(of.slug == slug)).scalar_one())


def _proposed(found: list[Finding]) -> Iterator[tuple[str, bytes]]:
    features = [{**one.feature(one.id), "confidence": repr(one.confidence), "sure": int(one.sure)} for one in found]
    yield "proposed/features.csv", forms.as_csv((*forms.FEATURES, "confidence", "sure"), features)
    yield "proposed/placements.csv", forms.as_csv(forms.PLACEMENTS, (one.placement(one.id) for one in found))
    for slug in dict.fromkeys(one.document for one in found):
        said = [row.row(one.id) for one in found if one.document == slug for row in one.said]
        yield f"proposed/mentions/{slug}.csv", forms.as_csv(forms.MENTIONS, said)


# ---- in -----------------------------------------------------------------------------------------


def _fill(workspace: Workspace, files: Mapping[str, bytes], replacing: bool) -> None:
    """All rows come in one transaction, which is left again where they do not prove each other."""
    try:
        rows = _rows(files)
    except (KeyError, ValueError, TypeError) as error:
        raise StoreError(f"这些文件不是完整的工作库：{error!r} (not a whole workspace)。") from None
    with writing(workspace.engine) as connection:
        for table in reversed(tables.METADATA.sorted_tables):
            if replacing:
                connection.execute(delete(table))
            elif connection.execute(select(table).limit(1)).first():
                raise StoreError("工作库不是空的 (not empty)；要以备份取代它，请加 --replace。")
        for table, held in rows:
            if held:
                connection.execute(insert(table), held)
        workspace.forget()
        found = problems(workspace, connection)
        if found:
            workspace.forget()
            raise StoreError("；".join(found[:5]))


def _rows(files: Mapping[str, bytes]) -> list[tuple[Any, list[dict[str, Any]]]]:
    listed = tomllib.loads(files["documents/documents.toml"].decode())["document"] if _any(files) else []
    documents = [as_document(one) for one in listed]
    kept = {row["slug"]: row for row in _csv(files["documents/kept.csv"])}
    proposals = list(_proposals(files, [one.slug for one in documents]))
    log = [{**row, "number": int(row["number"])} for row in _csv(files[LOG])]
    return [
        (tables.document, [_document(files, one, kept[one.slug]) for one in documents]),
        (tables.clause, [row for one in documents for row in _clauses(files, one.slug)]),
        (tables.proposal, proposals),
        (tables.decision, log),
        (
            tables.touch,
            [dict(zip(("subject", "version", "decision"), one, strict=True)) for one in touches(map(read_row, log))],
        ),
    ]


def _any(files: Mapping[str, bytes]) -> bool:
    return bool(files["documents/documents.toml"].strip())


def _document(files: Mapping[str, bytes], one: Document, kept: Mapping[str, str]) -> dict[str, Any]:
    return {
        "slug": one.slug, "about": about(one), "content": files[f"documents/{one.file}"],
        "text": files[f"texts/{one.slug}.txt"].decode(), "by": kept["by"], "at": kept["at"], "read": kept["read"] == "1",
    }  # fmt: skip


def _clauses(files: Mapping[str, bytes], slug: str) -> Iterator[dict[str, Any]]:
    for at, row in enumerate(_csv(files[f"clauses/{slug}.csv"])):
        yield {**row, "document": slug, "position": at, "found": row["found"] or None}


def _proposals(files: Mapping[str, bytes], slugs: list[str]) -> Iterator[dict[str, Any]]:
    said: dict[str, list[Said]] = {}
    for slug in slugs:
        for row in _csv(files.get(f"proposed/mentions/{slug}.csv", b"")):
            told = {key: of for key, of in row.items() if key != "feature"}
            said.setdefault(row["feature"], []).append(Said(**{**told, "nth": int(told["nth"] or 1)}))  # type: ignore[arg-type]
    places = {row["feature"]: row for row in _csv(files["proposed/placements.csv"])}
    position = dict.fromkeys(slugs, 0)
    for row in _csv(files["proposed/features.csv"]):
        key, slug = row["id"], row["id"].split("/", 1)[0]
        aliases = tuple(row["aliases"].split("|")) if row["aliases"] else ()
        place = {name: places[key][name] for name in PLACE}
        one = Finding(key, slug, row["name"], aliases, row["layer"], row["kind"], tuple(said[key]), place)
        content = as_content(replace(one, confidence=float(row["confidence"]), sure=row["sure"] == "1"))
        yield {"id": key, "document": slug, "position": position[slug], "content": canonical(content)}
        position[slug] += 1


def _csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
