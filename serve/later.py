"""A part of the application that is imported and made when it is first asked for: what no GIS asks for costs nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send


class Later:
    """An ASGI application made by `make`, once."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None
        self._lock = threading.Lock()

    def ready(self) -> ASGIApp:
        """Return the application; the first call makes it, and the others wait for that."""
        with self._lock:
            made = self._made = self._made or self._make()
        return made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        app = await run_in_threadpool(self.ready) if self._made is None else self._made
        await app(scope, receive, send)
