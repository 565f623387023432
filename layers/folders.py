"""Where the program stands, and where it may write: beside its source, or else in the user's cache."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

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


BUILD = writable() / "build"
STATIC = writable() / "static"
