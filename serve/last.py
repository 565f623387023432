"""The pages of the map as the last start made them: a server shows its map before it has read the atlas anew.

They hold as long as nothing has changed that they are made of; an office's workspace changes by itself, so beside one
the atlas is read first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from layers.errors import LayerError
from layers.folders import BUILD, ROOT, STATIC, write_whole
from layers.web.basemaps import tile_bases
from layers.web.map_files import MapPage
from store.where import default_url, exists

_MADE_OF = ("data/**/*", "plans/**/*.py", "geo/**/*.py", "layers/**/*", "ui/**/*.py", "requirements.txt")
KEPT = BUILD / "last-map.json"


def remembered(kept: Path = KEPT, static: Path = STATIC) -> dict[str, MapPage]:
    """Return the pages of the map by language; none where they may have changed, or are no longer there."""
    try:
        told = json.loads(kept.read_text(encoding="utf-8"))
        pages = {one: MapPage(name, tuple(asked)) for one, (name, asked) in told["pages"].items()}
        holds = told["state"] == _state()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, LayerError):
        return {}  # whoever starts the server for the first time, or after a change
    there = all((static / name).exists() for page in pages.values() for name in (page.name, *page.asked))
    return pages if holds and there and not exists(default_url()) else {}


def remember(pages: Mapping[str, MapPage], kept: Path = KEPT) -> None:
    """Keep the pages for the next start, unless there is a workspace."""
    if exists(default_url()):
        return
    told = {"state": _state(), "pages": {one: (page.name, page.asked) for one, page in pages.items()}}
    with suppress(OSError):  # a read-only folder costs time, never the map
        write_whole(kept, json.dumps(told).encode())


def _state() -> str:
    """A hash over what the pages are made of, by size and time of each file, and the base maps to choose from."""
    digest = hashlib.sha256(repr(tile_bases()).encode())
    for pattern in _MADE_OF:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                stat = path.stat()
                digest.update(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
