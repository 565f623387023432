"""The files of the map. Those whose name is a hash of their content may be kept for good."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

_HASHED = re.compile(r"-[0-9a-f]{12}\.")
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"  # Leaflet, whose version is pinned


class MapFiles(StaticFiles):
    """What layers.web.map.prepare wrote."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(directory=folder)

    def file_response(self, full_path: Any, *more: Any, **named: Any) -> Response:
        """Return the file, and how long a browser may keep it."""
        response = super().file_response(full_path, *more, **named)
        response.headers["Cache-Control"] = FOR_GOOD if _HASHED.search(Path(full_path).name) else FOR_A_DAY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
