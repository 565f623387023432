"""The application: Streamlit's pages, told what to do when one of them fails, and what is made ready at its start."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from streamlit import App

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


def application(on_script_error: Callable[[Exception], bool], script: Path = SCRIPT) -> App:
    """Return the ASGI application; `on_script_error` tells a planner what a page raised, and returns True when it did."""
    return App(script, lifespan=_warmed, on_script_error=on_script_error)


@asynccontextmanager
async def _warmed(_: App) -> AsyncIterator[None]:
    """Read the atlas and import what the map page needs while the first browser is still loading the page."""
    threading.Thread(target=_warm, daemon=True).start()
    yield


def _warm() -> None:
    try:
        import_module("layers.web.map").served(import_module("layers.atlas").bundled())
        for name in NEEDED:
            import_module(name)
        gc.freeze()
    finally:
        gc.enable()
