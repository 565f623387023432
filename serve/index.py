"""The first answer: Streamlit's page, which asks for the files of the map at once and not when the map's frame does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse

_PAGE = Path(streamlit.__file__).parent / "static" / "index.html"
_KINDS = {".js": 'as="script"', ".css": 'as="style"', ".gz": 'as="fetch" crossorigin'}
# In the order in which the frame asks for them; the shaded relief is not asked for at first.
_FIRST = ("leaflet_js", "script", "features", "base", "leaflet_css", "styles")


class Index:
    """The page of the app. `files` are the served addresses of the map's files, once they are made."""

    def __init__(self, base_path: str) -> None:
        self.base_path = base_path
        self.files: Mapping[str, str] = {}

    async def answer(self, _: Request) -> HTMLResponse:
        """Answer with the page, never kept by the browser: the names of the files change with the atlas."""
        page = _PAGE.read_text(encoding="utf-8").replace('<html lang="en">', '<html lang="zh-CN">', 1)
        head = "".join(f"    {link}\n" for link in self._links())
        return HTMLResponse(page.replace("  </head>", f"{head}  </head>", 1), headers={"Cache-Control": "no-cache"})

    def _links(self) -> Iterator[str]:
        for name in _FIRST:
            if name in self.files:
                yield self._link(f"app/static/{self.files[name].rpartition('/')[2]}")

    def _link(self, path: str) -> str:
        return f'<link rel="preload" href="{self.base_path}/{path}" {_KINDS[Path(path).suffix]} />'
