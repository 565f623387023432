"""The plain files of a workspace: CSV in the forms of data/, TOML for the documents; written whole or not at all."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from plans.documents import Document
from store.errors import StoreError

FEATURES = ("id", "name", "aliases", "layer", "kind", "part_of", "note")
MENTIONS = ("feature", "clause", "quote", "nth", "name", "status", "status_text")
DISMISSED = ("clause", "quote", "reason")
PLACEMENTS = ("feature", "places", "basis", "lon", "lat", "precision", "error_km", "source", "via")
CLAUSES = ("id", "kind", "label", "heading", "text", "found")
DECISIONS = ("number", "key", "at", "by", "verb", "seen", "why", "content", "hash")
KEPT = ("slug", "by", "at", "read")
_ALWAYS = ("slug", "title", "short", "issuer", "date", "kind", "file", "sha256")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV: UTF-8, a head, a record a line."""
    held = io.StringIO()
    writer = csv.DictWriter(held, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode()


def as_toml(documents: Iterable[Document]) -> bytes:
    """Return the list of documents in the form of data/documents/documents.toml."""
    return "\n".join(_table(one) for one in documents).encode()


def _table(document: Document) -> str:
    told = {key: of for key, of in asdict(document).items() if key in _ALWAYS or of not in ("", None, ())}
    return "[[document]]\n" + "".join(f"{key} = {_value(of)}\n" for key, of in told.items())


def _value(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@contextmanager
def whole_folder(target: Path, mark: str) -> Iterator[Path]:
    """Give a folder to write in, which takes the place of `target` when the block ends, or not at all.

    `target` is not there, empty, or one that was written so before (it holds `mark`); StoreError otherwise.
    """
    if target.exists() and not (target / mark).exists() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError(f"“{target}”已存在，且不是工作库的导出 (exists, and is no export)；请另选文件夹。")
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    old = made.with_name(f"{made.name}-old")
    try:
        yield made
        with _told(target):
            made.chmod(0o755)
            if target.exists():
                target.rename(old)
            made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below `folder`, each on the disk before the next."""
    for name, content in files.items():
        path = folder / name
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(content)
                os.fsync(file.fileno())


def zipped(target: Path, files: Mapping[str, bytes]) -> None:
    """Write files as one archive, whole or not at all."""
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    made = Path(name)
    try:
        with _told(target), os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for key, content in files.items():
                    archive.writestr(zipfile.ZipInfo(key, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
            file.flush()
            os.fsync(file.fileno())
        with _told(target):
            made.replace(target)
    finally:
        made.unlink(missing_ok=True)


def unzipped(source: Path) -> dict[str, bytes]:
    """Return the files of an archive; StoreError when it is damaged or none."""
    try:
        with zipfile.ZipFile(source) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except OSError as error:
        raise StoreError(f"无法读取“{source}”：{error.strerror or error} (cannot read)。") from None
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError) as error:
        raise StoreError(f"备份“{source.name}”已损坏：{error} (damaged backup)。") from None


def in_folder(source: Path) -> dict[str, bytes]:
    """Return the files below a folder by their paths."""
    if not source.is_dir():
        raise StoreError(f"没有文件夹“{source}” (no such folder)。")
    with _told(source):
        paths = sorted(path for path in source.rglob("*") if path.is_file())
        return {path.relative_to(source).as_posix(): path.read_bytes() for path in paths}


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"无法读写“{path}”：{error.strerror or error} (cannot read or write)；原有的文件没有改动。"
        ) from None
