"""The application: Streamlit's pages, told what to do when one of them fails, and what is made ready at its start."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit import App

from layers.folders import STATIC
from serve.editions import Editions
from serve.feed import FEEDS
from serve.gate import Gate
from serve.gone import give_back, let_go
from serve.index import PAGES, Index
from serve.later import Later
from serve.measured import Measured
from serve.packed import Packed, Shelf
from serve.settings import Settings
from serve.static import MapFiles
from serve.work import desk

if TYPE_CHECKING:
    from layers.atlas import Atlas
    from layers.web.map_files import MapPage

SCRIPT = Path(__file__).resolve().parent.parent / "app.py"
# What takes seconds to import. Not the pages: the map component is declared on import, and only a session may declare it.
NEEDED = (
    "folium.plugins",
    "layers.export.text",
    "layers.web.overlay",
    "layers.query.reports",
    "layers.web.charts",
)

SETTLED_SECONDS = 20  # after which the first page no longer needs both processors


def application(
    on_script_error: Callable[[Exception], bool],
    *,
    current: Callable[[], Atlas],
    maps: Callable[[Atlas], Mapping[str, MapPage]],
    last: Mapping[str, MapPage] | None = None,
    settings: Settings = Settings(),  # noqa: B008 it is frozen
    script: Path = SCRIPT,
) -> App:
    """Return the ASGI application.

    `current` gives the atlas of the moment, `maps` the pages of its map by language, `last` those that stand until it is
    read; `on_script_error` tells a planner what a page raised, and
    returns True when it did.
    """
    base = settings.base_path
    editions = Editions(current)
    index = Index(base, lambda: maps(editions.now()), last)
    measured = Measured(index)
    later = {
        "ogc": Later(lambda: import_module("serve.ogc").ogc(editions, f"{base}/ogc")),
        "tiles": Later(lambda: import_module("serve.tiles").tiles(editions, f"{base}/tiles")),
        "large": Later(lambda: import_module("serve.large").large(editions, f"{base}/large")),
        "download": Later(lambda: import_module("serve.downloads").downloads(editions)),
    }
    routes = [
        Mount(f"{base}/app/static", MapFiles(STATIC)),
        Route(f"{base}/", index.answer),
        WebSocketRoute(f"{base}/feed/{{word}}", FEEDS.answer),
        Route(f"{base}/health", measured.health),
        Route(f"{base}/metrics", measured.metrics),
        *(Route(path, _with_slash) for path in filter(None, (base, f"{base}/ogc"))),
        *(Mount(f"{base}/{name}", part) for name, part in later.items()),
    ]
    packed = {
        f"{base}/static/": Packed(PAGES / "static"),
    }
    return App(
        script,
        lifespan=partial(_warmed, index),
        routes=routes,
        middleware=[Middleware(Gate, settings=settings, count=measured.count), Middleware(Shelf, files=packed)],
        on_script_error=on_script_error,
    )


async def _with_slash(request: Request) -> RedirectResponse:
    """Send on to the first page of what is mounted here."""
    return RedirectResponse(request.url.replace(path=f"{request.url.path}/"), HTTPStatus.PERMANENT_REDIRECT)


@asynccontextmanager
async def _warmed(index: Index, _: App) -> AsyncIterator[None]:
    """Read the atlas and import what the map page needs while the first browser is still loading the page."""
    threading.Thread(target=_warm, args=(index,), daemon=True).start()
    settled = threading.Timer(SETTLED_SECONDS, _settled)
    settled.daemon = True
    settled.start()
    tidying = asyncio.create_task(let_go())
    yield
    tidying.cancel()
    settled.cancel()


def _settled() -> None:
    """What was read by now stays: Streamlit has all of it looked through for garbage after every run of a page."""
    give_back()
    gc.freeze()
    desk().ask(len, ())  # the process that others are forked from begins


def _warm(index: Index) -> None:
    try:
        index.prepare()
        for name in NEEDED:
            import_module(name)
        gc.freeze()
    finally:
        gc.enable()
