"""What a server is told when it starts: where it stands, under which name, and what it lets in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LARGEST_UPLOAD_MB = 30
LARGEST_MESSAGE = 40 * 1024 * 1024  # bytes over the websocket: an upload does not come that way


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a server; those of Streamlit that depend on them are `streamlit`."""

    address: str = "127.0.0.1"
    port: int = 8501
    base_path: str = ""  # "" or "/atlas"
    name: str = ""  # the host name that colleagues type, "atlas.example.cn"; "" serves every name
    log: bool = False  # a line a request
    rate: float = 50.0  # requests a second of one address to the API, tiles and files, over some time
    burst: int = 500
    bases: tuple[str, ...] = field(default=())  # origins of the base maps that the office has configured

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that are answered; () for all."""
        return (self.name, "localhost", "127.0.0.1", "::1") if self.name else ()

    def may_come_from(self, origin: str, host: str) -> bool:
        """Whether a page of `origin` may open a session here: it is ours, or of the served name."""
        said = urlsplit(origin)
        return said.netloc == host or (bool(self.name) and said.hostname == self.name)

    @property
    def streamlit(self) -> dict[str, Any]:
        """The options of Streamlit. It looks its own addresses up outside unless the name is known; see serve/gate.py."""
        named = {"browser.serverAddress": self.name, "server.corsAllowedOrigins": [f"https://{self.name}", f"http://{self.name}"],
                 "server.allowedHosts": list(self.hosts)}  # fmt: skip
        return {
            "server.port": self.port,
            "server.address": self.address,
            "server.baseUrlPath": self.base_path,
            "server.enableStaticServing": False,  # the files of the map are served by our own route
            "server.maxUploadSize": LARGEST_UPLOAD_MB,  # refused while it arrives
            "runner.postScriptGC": False,  # a full search for garbage after every run takes a fifth of a filter's time
            **(named if self.name else {}),
        }


def origins(urls: Iterable[str]) -> tuple[str, ...]:
    """Return the origins of tile addresses as a content security policy names them: https://*.tianditu.gov.cn."""
    found = {urlsplit(one)._replace(path="", query="", fragment="").geturl() for one in urls}
    return tuple(sorted(re.sub(r"//[^./]*\{\w+\}[^./]*", "//*", one) for one in found))
