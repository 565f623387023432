"""Issued documents: what they are, and their text as issued."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from dataclasses import dataclass
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
    date_precision: str = "day"  # month or year where the issued text says no more; unknown where it says nothing
    published: datetime.date | None = None
    form: str = ""  # of a new plan, how its text is written: see plans.sources.forms; "" for those of the atlas

    @property
    def dated(self) -> str:
        """The date as far as it is known: `2021-06-09`, `2021-06`, `2023`, or nothing."""
        size = {"day": 10, "month": 7, "year": 4, "unknown": 0}[self.date_precision]
        return self.date.isoformat()[:size]


def read_documents(folder: Path) -> tuple[Document, ...]:
    """Return the documents that `documents.toml` in `folder` lists, in order of issue; PlanError when it is broken."""
    try:
        table = tomllib.loads((folder / "documents.toml").read_text(encoding="utf-8"))
        return tuple(Document(**_frozen(row)) for row in table["document"])
    except (OSError, ValueError, KeyError, TypeError) as error:  # absent, no UTF-8, no TOML, other keys
        raise PlanError(f"documents.toml 无法读取：{error} (broken list of documents)；请恢复该文件。") from None


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def read_text(folder: Path, issued: Document) -> str:
    """Return the text of `issued` as it stands in `folder`; PlanError when its bytes are not the recorded ones."""
    try:
        content = (folder / issued.file).read_bytes()
    except OSError as error:
        raise PlanError(f"无法读取“{issued.file}”：{error.strerror} (cannot read)；请恢复原文件。") from None
    digest = hashlib.sha256(content).hexdigest()
    if digest != issued.sha256:
        raise PlanError(f"{issued.file} 与登记的 sha256 不符：{digest} (wrong checksum)，请恢复原文件。")
    return content.decode("utf-8")
