"""A real app on a free loopback port, and a real Chromium that may speak to nothing else."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 90_000  # a loaded machine is no fault of the app
expect.set_options(timeout=PATIENCE_MS)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(*command: str) -> Iterator[str]:
    """Run `python -m command` on a free loopback port and yield its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, f"--server.port={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(900):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the app did not start")
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with serve("streamlit", "run", "app.py") as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[BrowserContext]:
    """One window for all tests: its cache keeps the files of the app, as a planner's does."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: make browser"
    with sync_playwright() as play:
        program = play.chromium.launch(executable_path=chromium, args=FLAGS)
        window = program.new_context(viewport={"width": 1600, "height": 1000}, accept_downloads=True)
        window.set_default_timeout(PATIENCE_MS)
        yield window
        program.close()


@contextmanager
def opened(browser: BrowserContext) -> Iterator[Page]:
    """Open a page; a request to anywhere but this machine, or an error in the page, fails the test."""
    page = browser.new_page()
    outside: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if not local(request.url) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert outside == [], "requests left the machine"
    assert errors == [], "errors in the page"


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page, and so a session of the app, of its own for each test."""
    with opened(browser) as page:
        yield page


def local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))
