"""Files that never change, compressed once and answered from memory.

Streamlit serves its own scripts (four megabytes to the first map) as they are, in pieces: on one processor that is a
third of the time to a first map, and over an office's network more.
"""

from __future__ import annotations

import gzip
import mimetypes
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from serve.static import FOR_GOOD

_TEXT = {".css", ".html", ".js", ".json", ".svg"}  # pictures and fonts are compressed as they are


class Packed:
    """The files of `folder`. Their names are hashes of their content: they may be kept for good."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        self._packed: dict[str, bytes] = {}

    async def answer(self, name: str, asked: Headers) -> Response:
        """Answer with the file of a name, compressed for who takes that."""
        if name not in self._files:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        path = self._files[name]
        headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
        if path.suffix not in _TEXT or "gzip" not in asked.get("accept-encoding", ""):
            return FileResponse(path, headers=headers)
        if name not in self._packed:
            self._packed[name] = await run_in_threadpool(lambda: gzip.compress(path.read_bytes(), mtime=0))
        kind = mimetypes.guess_type(name)[0]
        return Response(self._packed[name], media_type=kind, headers=headers | {"Content-Encoding": "gzip"})


class Shelf:
    """Answers for what begins with one of the addresses of `files`, in place of Streamlit, which lets no route do that."""

    def __init__(self, app: ASGIApp, files: Mapping[str, Packed]) -> None:
        self._app, self._files = app, files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            for address, packed in self._files.items():
                if scope["path"].startswith(address):
                    found = await packed.answer(scope["path"].removeprefix(address), Headers(scope=scope))
                    return await found(scope, receive, send)
        return await self._app(scope, receive, send)
