"""The application: Streamlit's pages, told what to do when one of them fails, and what is made ready at its start."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from starlette.routing import Mount, Route
from streamlit import App

from layers.folders import STATIC
from serve.index import Index
from serve.static import MapFiles

SCRIPT = Path(__file__).resolve().parent.parent / "app.py"
# What takes seconds to import. Not the pages: the map component is declared on import, and only a session may declare it.
NEEDED = (
    "folium.plugins",
    "layers.export",
    "layers.own.upload",
    "layers.web.overlay",
    "layers.query.reports",
    "layers.web.charts",
)


def application(on_script_error: Callable[[Exception], bool], *, base_path: str = "", script: Path = SCRIPT) -> App:
    """Return the ASGI application, to stand under `base_path` ("" or "/atlas"); `on_script_error` tells a planner what a page raised, and returns True when it did."""
    index = Index(base_path)
    routes = [Mount(f"{base_path}/app/static", MapFiles(STATIC)), Route(base_path or "/", index.answer)]
    return App(script, lifespan=partial(_warmed, index), routes=routes, on_script_error=on_script_error)


@asynccontextmanager
async def _warmed(index: Index, _: App) -> AsyncIterator[None]:
    """Read the atlas and import what the map page needs while the first browser is still loading the page."""
    threading.Thread(target=_warm, args=(index,), daemon=True).start()
    yield


def _atlas() -> Any:
    atlas, _ = import_module("store.current").standing(import_module("layers.atlas").bundled())
    return atlas


def _warm(index: Index) -> None:
    try:
        index.files = import_module("layers.web.map").served(_atlas())
        for name in NEEDED:
            import_module(name)
        gc.freeze()
    finally:
        gc.enable()
