"""Keep what takes seconds to derive: files under build/, named by a hash of all that they are derived from.

A start then reads one file instead of anchoring every quote again. Deleting build/ is always safe; a file
there that is damaged, cut short or not of this program is made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import RLock

from layers.folders import BUILD, ROOT, write_whole

VERSIONS = 4  # atlases whose derived values are kept in memory, those asked last
_CODE = ("plans/**/*.py", "geo/**/*.py", "layers/**/*.py", "data/english.toml", "requirements.txt")
_MAKING = RLock()  # what two ask for at once is made once; what is made may need something made
_HEAD = 65  # a sha256 in hex and a line end, before the content


@cache
def code_hash() -> str:
    """Return a short hash over the code that derives, the words it translates by, and the pinned packages."""
    digest = hashlib.sha256()
    for pattern in _CODE:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def kept(name: str, version: str, make: Callable[[], bytes]) -> bytes:
    """Return `make()`, read from build/ when it was made there of the same version by the same code."""
    path = BUILD / f"{name}-{version}-{code_hash()}.bin"
    found = _content(path)
    if found is not None:
        return found
    with _MAKING:
        found = _content(path)
        return _made(path, name, make) if found is None else found


def _made(path: Path, name: str, make: Callable[[], bytes]) -> bytes:
    made = make()
    with suppress(OSError):  # a read-only folder costs time, never the answer
        write_whole(path, hashlib.sha256(made).hexdigest().encode() + b"\n" + made)
        others = sorted(path.parent.glob(f"{name}-*.bin"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in others[VERSIONS:]:
            old.unlink(missing_ok=True)
    return made


def _content(path: Path) -> bytes | None:
    """What a file of build/ holds, None unless it is whole."""
    try:
        written = path.read_bytes()
    except OSError:
        return None
    head, content = written[:_HEAD], written[_HEAD:]
    return content if head == hashlib.sha256(content).hexdigest().encode() + b"\n" else None
