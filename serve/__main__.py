"""`python -m serve`: start the app, at http://127.0.0.1:8501 unless told otherwise."""

from __future__ import annotations

import argparse
import gc
import socket
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.atlas import Atlas

ADDRESS, PORT = "127.0.0.1", 8501
LARGEST_MESSAGE = 200 * 1024 * 1024  # bytes over the websocket, as Streamlit itself allows


def main(argv: list[str] | None = None) -> int:
    """Serve until stopped; 2 when the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m serve", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--address", default=ADDRESS, help="0.0.0.0 lets other machines in; see docs/deployment.md")
    parser.add_argument("--base-path", default="", help="the path under which a proxy serves the app, such as /atlas")
    args = parser.parse_args(argv)
    if _taken(args.address, args.port):
        print(f"端口 {args.port} 已被占用 (port in use)；请用 --port 另选一个。", file=sys.stderr)
        return 2
    base_path = "/" + args.base_path.strip("/") if args.base_path.strip("/") else ""
    _serve(args.address, args.port, base_path)
    return 0


def _serve(address: str, port: int, base_path: str) -> None:
    """Run the application. Not by Streamlit's own server: its listening socket delays small answers (Nagle's algorithm)."""
    import uvicorn  # noqa: PLC0415 a call that is wrong need not wait for it
    from streamlit.web import bootstrap  # noqa: PLC0415

    from serve.application import application  # noqa: PLC0415
    from ui.trouble import tell  # noqa: PLC0415

    app = application(tell, current=_bundled, base_path=base_path)
    bootstrap.load_config_options(
        {
            "server.port": port,
            "server.address": address,
            "server.baseUrlPath": base_path,
            "server.enableStaticServing": False,  # the files of the map are served by our own route
        }
    )
    print(f"川规图 Plan Atlas: http://{address}:{port}{base_path}/", flush=True)
    uvicorn.run(
        app, host=address, port=port, ws="websockets-sansio", ws_max_size=LARGEST_MESSAGE,
        access_log=False, log_config=None, timeout_graceful_shutdown=1,
    )  # fmt: skip


def _bundled() -> Atlas:
    from layers.atlas import bundled  # noqa: PLC0415 the first page need not wait for it

    return bundled()


def _taken(address: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1" if address == "0.0.0.0" else address, port)) == 0


if __name__ == "__main__":
    gc.disable()  # until all is imported: what is imported stays, and looking for what does not takes a fifth of the time
    sys.exit(main())
