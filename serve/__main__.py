"""`python -m serve`: start the app, at http://127.0.0.1:8501 unless told otherwise."""

from __future__ import annotations

import argparse
import gc
import logging
import socket
import sys
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from serve.settings import LARGEST_MESSAGE, Settings, origins

if TYPE_CHECKING:
    from layers.atlas import Atlas
    from layers.web.map_files import MapPage

DEFAULT = Settings()


def main(argv: list[str] | None = None) -> int:
    """Serve until stopped; 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m serve", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT.port)
    parser.add_argument(
        "--address", default=DEFAULT.address, help="0.0.0.0 lets other machines in; see docs/deployment.md"
    )
    parser.add_argument("--base-path", default="", help="the path under which a proxy serves the app, such as /atlas")
    parser.add_argument("--name", default="", help="the host name that colleagues type; others are turned away")
    parser.add_argument(
        "--log", action="store_true", help="a line a request and a decision on standard error, without what was asked"
    )
    args = parser.parse_args(argv)
    if _taken(args.address, args.port):
        print(f"端口 {args.port} 已被占用 (port in use)；请用 --port 另选一个。", file=sys.stderr)
        return 2
    base_path = "/" + args.base_path.strip("/") if args.base_path.strip("/") else ""
    _serve(Settings(args.address, args.port, base_path, args.name, args.log))
    return 0


def _serve(settings: Settings) -> None:
    """Run the application. Not by Streamlit's own server: its listening socket delays small answers (Nagle's algorithm)."""
    import uvicorn  # noqa: PLC0415 a call that is wrong need not wait for it
    from streamlit.web import bootstrap  # noqa: PLC0415

    from layers.web.basemaps import tile_bases  # noqa: PLC0415
    from serve.application import application  # noqa: PLC0415
    from serve.last import remembered  # noqa: PLC0415

    settings = replace(settings, bases=origins(one["url"] for one in tile_bases()))
    bootstrap.load_config_options(settings.streamlit)
    app = application(_tell, current=_current, maps=_maps, last=remembered(), settings=settings)
    logging.basicConfig(level=logging.WARNING)  # before a library sets it so that errors are lost
    if settings.log:
        for name in ("serve.access", "store.audit"):
            lines = logging.getLogger(name)
            lines.addHandler(logging.StreamHandler())
            lines.setLevel(logging.INFO)
            lines.propagate = False
    print(f"川规图 Plan Atlas: http://{settings.address}:{settings.port}{settings.base_path}/", flush=True)
    uvicorn.run(
        app, host=settings.address, port=settings.port, ws="websockets-sansio", ws_max_size=LARGEST_MESSAGE,
        access_log=False, log_config=None, log_level="warning", timeout_graceful_shutdown=1,
    )  # fmt: skip


def _current() -> Atlas:
    """The nine documents and what is published beside them at the moment; the pages tell what is wrong with the workspace."""
    from layers.atlas import bundled  # noqa: PLC0415 the first page need not wait for it
    from store.current import standing  # noqa: PLC0415

    return standing(bundled())[0]


@lru_cache(1)
def _maps(atlas: Atlas) -> dict[str, MapPage]:
    """Write the pages of the map by language, and keep them for the next start."""
    from serve.last import remember  # noqa: PLC0415
    from ui.components.map_page import map_pages  # noqa: PLC0415

    pages = map_pages(atlas)
    remember(pages)
    return pages


def _tell(error: Exception) -> bool:
    """What a page raised; the page knows how to say it."""
    from ui.trouble import tell  # noqa: PLC0415 it needs what the pages need: the port answers sooner without

    return tell(error)


def _taken(address: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1" if address == "0.0.0.0" else address, port)) == 0


if __name__ == "__main__":
    gc.disable()  # until all is imported: what is imported stays, and looking for what does not takes a fifth of the time
    sys.exit(main())
