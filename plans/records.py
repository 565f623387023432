"""The reviewed records: what each clause names, where it is, and what was left off the map and why.

Plain text, UTF-8 CSV, one record a line:
- documents/documents.toml, documents/*.txt: the documents and their texts as issued
- features.csv: id, name, aliases, layer, kind, part_of, note
- mentions/<document>.csv: feature, clause, quote, nth, name, status, status_text
- dismissed/<document>.csv: clause, quote, reason
- placements.csv: feature, places, basis, lon, lat, precision, error_km, source, via
- targets.csv: zone, scope, indicator, kind, year, value, number, unit, clause, quote, note
"""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plans.documents import Document, read_documents, read_text
from plans.errors import PlanError

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Records:
    """All that is reviewed of some documents. Rows are as they are written; nothing is interpreted yet."""

    documents: tuple[Document, ...]  # in order of issue
    texts: Mapping[str, str]  # as issued, by file
    features: tuple[Row, ...]
    mentions: Mapping[str, tuple[Row, ...]]  # by the slug of their document
    dismissed: Mapping[str, tuple[Row, ...]]
    placements: tuple[Row, ...]
    targets: tuple[Row, ...]

    def joined(self, more: Records) -> Records:
        """Return these records and `more` beside them, documents in order of issue."""
        return Records(
            tuple(sorted((*self.documents, *more.documents), key=lambda one: one.date)),
            {**self.texts, **more.texts},
            (*self.features, *more.features),
            {**self.mentions, **more.mentions},
            {**self.dismissed, **more.dismissed},
            (*self.placements, *more.placements),
            (*self.targets, *more.targets),
        )

    def digest(self) -> str:
        """Return a hash (sha256, hex) over every word of the records."""
        found = hashlib.sha256()
        for one in self.documents:
            found.update(repr(dataclasses.astuple(one)).encode())
        for rows_ in (self.features, self.placements, self.targets):
            found.update(repr(rows_).encode())
        for by_document in (self.mentions, self.dismissed):
            found.update(repr(sorted(by_document.items())).encode())
        return found.hexdigest()

    def digest_of(self, slug: str) -> str:
        """Return a hash (sha256, hex) over what is reviewed of one document: what it names, and what that is."""
        named = {row["feature"] for row in self.mentions.get(slug, ())}
        issued = [one.sha256 for one in self.documents if one.slug == slug]
        features = [row for row in self.features if row["id"] in named]
        placements = [row for row in self.placements if row["feature"] in named]
        told = (issued, self.mentions.get(slug, ()), self.dismissed.get(slug, ()), features, placements)
        return hashlib.sha256(repr(told).encode()).hexdigest()


def read_records(data: Path) -> Records:
    """Return the records of a folder laid out like data/; PlanError when a file there is broken."""
    documents = read_documents(data / "documents")
    return Records(
        documents,
        {one.file: read_text(data / "documents", one) for one in documents},
        tuple(rows(data / "features.csv")),
        {one.slug: tuple(rows(data / "mentions" / f"{one.slug}.csv")) for one in documents},
        {one.slug: tuple(rows(data / "dismissed" / f"{one.slug}.csv")) for one in documents},
        tuple(rows(data / "placements.csv")),
        tuple(rows(data / "targets.csv")),
    )


def read_export(folder: Path) -> Records:
    """Return what is published of a workspace that was exported to `folder` (docs/desk.md).

    Its mentions may be of features of the atlas. PlanError when nothing is published, or a file there is broken.
    """
    every = read_documents(folder / "documents")
    documents = tuple(one for one in every if (folder / "mentions" / f"{one.slug}.csv").exists())
    if not documents:
        raise PlanError(f"“{folder}”中没有已发布的规划 (nothing published)；请先在编审中发布。")
    return Records(
        documents,
        {one.file: _text(folder / "texts" / f"{one.slug}.txt") for one in documents},
        tuple(rows(folder / "features.csv")),
        {one.slug: tuple(rows(folder / "mentions" / f"{one.slug}.csv")) for one in documents},
        {one.slug: tuple(rows(folder / "dismissed" / f"{one.slug}.csv")) for one in documents},
        tuple(rows(folder / "placements.csv")),
        (),
    )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"无法读取“{path.name}”：{error} (cannot read)；请重新导出工作库。") from None


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file, with or without a byte order mark.

    PlanError, with file and line, when it is missing, not UTF-8, or a row has more or fewer cells than the head.
    """
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    except OSError as error:
        raise PlanError(f"无法读取“{path.name}”：{error.strerror} (cannot read)；请恢复该文件。") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PlanError(f"“{path.name}”第{line}行不是 UTF-8 编码 (not UTF-8)；请另存为“CSV UTF-8”。") from None
    for row in reader:
        if None in row or None in row.values():
            raise PlanError(f"{path.name} 第{reader.line_num}行的列数与表头不符 (wrong number of columns)。")
        yield row


def span(text: str, quote: str, nth: int = 1) -> tuple[int, int]:
    """Return where the `nth` occurrence of `quote` stands in `text`.

    `*` is the whole text; `开头…中间…结尾` runs from the first piece to the last. PlanError when absent.
    """
    if quote == "*":
        return 0, len(text)
    if "…" in quote and quote not in text:
        head, *others = quote.split("…")
        start = text.find(head)
        end = start + len(head) if start >= 0 else -1
        for part in others:
            at = text.find(part, end) if end >= 0 else -1
            end = at + len(part) if at >= 0 else -1
        if end >= 0:
            return start, end
    else:
        start = -1
        for _ in range(nth):
            start = text.find(quote, start + 1)
            if start < 0:
                break
        if start >= 0:
            return start, start + len(quote)
    raise PlanError(f"“{quote}”（第{nth}处）不在条款原文中 (quote not found)。")
