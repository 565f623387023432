"""Where the program stands, where it may write — beside its source, or else in the user's cache — and how."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from uuid import uuid4

from platformdirs import user_cache_path

from layers.errors import LayerError
from plans.documents import DATA

ROOT = DATA.parent


def writable() -> Path:
    """Return the folder for what is derived: the source tree, the user's cache where that is not ours to write, else a temporary one."""
    if (ROOT / "pyproject.toml").exists() and os.access(ROOT, os.W_OK):
        return ROOT
    cache = user_cache_path("plan-atlas")
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir()) / "plan-atlas"
    return cache


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in place all at once: a reader finds it whole, or what stood there before. OSError when it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def save(path: Path, content: bytes) -> None:
    """Write a file that a planner asked for into a folder that stands.

    LayerError says why it cannot be written; what stood at `path` is then still there, whole.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe or a device takes what comes; a folder is told below
            path.write_bytes(content)
        elif not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        else:
            write_whole(path.resolve(), content)
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None


BUILD = writable() / "build"
STATIC = writable() / "static"
