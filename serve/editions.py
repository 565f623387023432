"""The atlas as it stands, and the ones before it that somebody may still be paging through."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from layers.errors import LayerError

if TYPE_CHECKING:  # what it takes a second to import can wait until the first page has been answered
    from layers.atlas import Atlas

KEPT = 4


class Editions:
    """`current` gives the atlas of the moment; the last few are kept by their version."""

    def __init__(self, current: Callable[[], Atlas]) -> None:
        self._current = current
        self._kept: dict[str, Atlas] = {}
        self._lock = threading.Lock()

    def now(self) -> Atlas:
        """Return the atlas of the moment, and keep it for those who will ask for it by its version."""
        atlas = self._current()
        with self._lock:
            self._kept.pop(atlas.version, None)
            self._kept[atlas.version] = atlas
            for old in [*self._kept][:-KEPT]:
                del self._kept[old]
        return atlas

    def of(self, version: str) -> Atlas:
        """Return the atlas of a version; LayerError when it is none of the last few."""
        atlas = self.now()
        found = self._kept.get(version) if version else atlas
        if found is None:
            raise LayerError(
                f"版本“{version}”已不在服务器上，现行版本是 {atlas.version} (edition gone)；请从第一页重新读取。"
            )
        return found
