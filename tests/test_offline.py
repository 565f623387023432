"""The server side speaks to nobody: a connection out of this machine fails the run."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.atlas import bundled
from layers.export import csv, geojson
from tests.ui.filters import choose_zones

ATLAS = bundled()

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def sealed(monkeypatch):
    tried: list[object] = []
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def local_only(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
            tried.append(address)
            raise OSError("sealed")
        return connect(self, address)

    def no_names(host, *args, **kwargs):
        if host not in ("127.0.0.1", "::1", "localhost", None):
            tried.append(host)
            raise OSError("sealed")
        return lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", local_only)
    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    return tried


def test_the_app_and_its_exports_need_no_network(sealed):
    app = AppTest.from_file(ROOT / "app.py", default_timeout=60).run().run()
    choose_zones(app, "panxi")
    assert not app.exception
    assert geojson(ATLAS.table.head(5)) and csv(ATLAS.table.head(5))
    assert sealed == []
