"""The documents of the atlas: what they are, and their text as issued."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plans.errors import PlanError

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True, slots=True)
class Document:
    """One issued document; `pages` bounds a plan inside a notice that carries several."""

    slug: str
    title: str
    short: str
    issuer: str
    date: datetime.date
    kind: str  # plan, opinion, action, interview, decision
    file: str  # under data/documents/, byte for byte as issued
    sha256: str
    zones: tuple[str, ...] = ()
    number: str = ""
    url: str = ""
    pages: tuple[int, int] | None = None
    date_precision: str = "day"  # "year" where the issued text carries no date
    published: datetime.date | None = None

    @property
    def dated(self) -> str:
        """The date as far as it is known: `2021-06-09`, or `2023`."""
        return str(self.date.year) if self.date_precision == "year" else self.date.isoformat()


@cache
def documents() -> tuple[Document, ...]:
    """Return the documents of the atlas in order of issue."""
    table = tomllib.loads((DATA / "documents" / "documents.toml").read_text(encoding="utf-8"))
    return tuple(Document(**_frozen(row)) for row in table["document"])


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def document(slug: str) -> Document:
    """Return the document called `slug`, or by its title; PlanError lists the slugs."""
    for one in documents():
        if slug in (one.slug, one.title, one.short):
            return one
    raise PlanError(f"没有文件“{slug}” (unknown document)。可用的文件：" + "、".join(one.slug for one in documents()))


@cache
def source_text(file: str) -> str:
    """Return the issued text of `file`; PlanError when its bytes are not the recorded ones."""
    content = (DATA / "documents" / file).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest not in {one.sha256 for one in documents() if one.file == file}:
        raise PlanError(f"data/documents/{file} 与登记的 sha256 不符：{digest} (wrong checksum)，请恢复原文件。")
    return content.decode("utf-8")
