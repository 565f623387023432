"""The parts of the server as they stand alone, in a process of their own: GDAL holds this one while it asks."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.conftest import ROOT, free_port

API = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from layers.atlas import bundled
from serve.editions import Editions
from serve.ogc import ogc
at = "/atlas/ogc"
uvicorn.run(Starlette(routes=[Mount(at, ogc(Editions(bundled), at))]), port=int(sys.argv[1]), log_level="error")
"""


@contextmanager
def running(code: str, path: str, *args: str) -> Iterator[str]:
    """Run a program that serves the port of its first argument until the block ends; yields its address once `path` answers."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(port), *args], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        for _ in range(900):
            try:
                urllib.request.urlopen(url + path, timeout=10)
                break
            except OSError:
                assert process.poll() is None, process.stderr and process.stderr.read()
                time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start")
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def ogc_url() -> Iterator[str]:
    """The API over the nine documents, under a base path."""
    with running(API, "/atlas/ogc/") as url:
        yield f"{url}/atlas/ogc"
