"""Keep what takes seconds to derive: under build/, named by a hash of all that it is derived from.

A start then reads one file instead of anchoring every quote again. Deleting build/ is always safe.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from plans.documents import DATA

ROOT = DATA.parent
BUILD = ROOT / "build"
T = TypeVar("T")
_INPUTS: tuple[str, ...] = (
    "data/**/*.*",
    "plans/**/*.py",
    "geo/**/*.py",
    "layers/**/*.py",
    "layers/web/frame/*.*",
    "requirements.txt",
)


@cache
def inputs_hash() -> str:
    """Return a short hash over the reviewed data, the code that reads it and the pinned packages."""
    digest = hashlib.sha256()
    for pattern in _INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def cached(name: str, make: Callable[[], T]) -> T:
    """Return `make()`, read from build/ when nothing that it depends on has changed since."""
    path = BUILD / f"{name}-{inputs_hash()}.pickle"
    try:
        return cast(T, pickle.loads(path.read_bytes()))
    except (
        OSError,
        EOFError,
        pickle.UnpicklingError,
        ImportError,
        AttributeError,
    ):  # absent, broken, or of other packages
        made = make()
    with suppress(OSError):  # a read-only folder costs time, never the answer
        write_whole(path, pickle.dumps(made))
        for old in path.parent.glob(f"{name}-*.pickle"):
            if old != path:
                old.unlink(missing_ok=True)
    return made


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place all at once: a reader finds it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
