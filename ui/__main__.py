"""`python -m ui`: start the app.

The same as `streamlit run app.py`, but what takes seconds to import is imported while the browser
is still loading the page, and not when the first planner has arrived.
"""

from __future__ import annotations

import gc
import socket
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

from streamlit import config
from streamlit.web import cli

NEEDED = (
    "folium.plugins",
    "layers.export",
    "layers.own.upload",
    "layers.web.overlay",
    "layers.query.reports",
    "layers.web.charts",
)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def warm() -> None:
    """Once the server answers, import what the map page needs and read the atlas, so that the first session finds them ready.

    Not the pages: the map component is declared on import, and only a session may declare it.
    """
    while not _answers(int(config.get_option("server.port"))):
        time.sleep(0.05)
    try:
        import_module("layers.web.map").served(import_module("layers.atlas").bundled())
        for name in NEEDED:
            import_module(name)
        gc.freeze()
    finally:
        gc.enable()


if __name__ == "__main__":
    gc.disable()  # until all is imported: what is imported stays, and looking for what does not takes a fifth of the time
    threading.Thread(target=warm, daemon=True).start()
    sys.argv = ["streamlit", "run", str(Path(__file__).parent.parent / "app.py"), *sys.argv[1:]]
    sys.exit(cli.main())
