"""A real app on a free loopback port, and a real Chromium that may speak to nothing else."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Request, TimeoutError, expect, sync_playwright

from store.files import backup, restore
from store.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 60_000  # a loaded machine is no fault of the app
expect.set_options(timeout=PATIENCE_MS)
PAGE = pytest.StashKey[tuple[Page, int]]()
GO = """address => new Promise(begun => {
    new MutationObserver((_, it) => { it.disconnect(); begun(); })
        .observe(document.body, { attributeFilter: ["data-test-script-state"], subtree: true });
    setTimeout(begun, 2000);  // a short run may end before the page tells that it began
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
})"""
STILL_MS = 200
STILL = f"""() => {{
    const running = document.querySelector("[data-testid=stApp]").dataset.testScriptState !== "notRunning";
    if (running || !window.still) window.still = performance.now();
    const done = !running && performance.now() - window.still > {STILL_MS};
    if (done) window.still = 0;
    return done;
}}"""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Desk:
    """An app with a workspace that each test fills anew."""

    url: str
    database: str

    @contextmanager
    def holding(self, folder: Path, *plans: tuple[str, str]) -> Iterator[Workspace]:
        """Its workspace with these plans, each read, and nothing decided."""
        fresh, held = Workspace.open(f"sqlite:///{folder / 'fresh.db'}"), Workspace.open(self.database)
        for name, plan in plans:
            fresh.read(fresh.add(name, plan.encode()))
        backup(fresh, folder / "fresh.zip")
        fresh.close()
        restore(held, folder / "fresh.zip", replacing=True)
        yield held
        held.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(url: str, process: subprocess.Popen[Any]) -> None:
    """Wait until an address of a process that was just started answers 200."""
    for _ in range(900):
        try:
            urllib.request.urlopen(url, timeout=10)
            return
        except OSError:
            assert process.poll() is None, process.stderr and process.stderr.read()
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer")


@contextmanager
def serve(*command: str) -> Iterator[str]:
    """Run `python -m command` on a free loopback port and yield its address once it answers."""
    with process(*command) as (url, _):
        yield url


@contextmanager
def process(*command: str) -> Iterator[tuple[str, int]]:
    """The same, with the number of the process."""
    port = free_port()
    option = "--server.port" if command[0] == "streamlit" else "--port"
    server = subprocess.Popen(
        [sys.executable, "-m", *command, f"{option}={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        ready(f"{url}/_stcore/health", server)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    with serve("serve") as url:
        yield url


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    database = f"sqlite:///{tmp_path_factory.mktemp('desk') / 'workspace.db'}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PLAN_ATLAS_DB", database)
        with serve("serve") as url:
            yield Desk(url, database)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers, once for all tests."""
    with sync_playwright() as play:
        yield play


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[BrowserContext]:
    """One window for all tests: its cache keeps the files of the app, as a planner's does."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing: make browser"
    program = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    window = program.new_context(
        viewport={"width": 1600, "height": 1000},
        accept_downloads=True,
        reduced_motion="reduce",  # a map that stands still can be clicked
    )
    window.set_default_timeout(PATIENCE_MS)
    yield window
    program.close()


@contextmanager
def opened(browser: BrowserContext) -> Iterator[Page]:
    """Open a page, and so a session of the app, that is closed in the end."""
    page = browser.new_page()
    with watch(page):
        yield page
    page.close()


@contextmanager
def watch(page: Page) -> Iterator[None]:
    """A request to anywhere but this machine, or an error in the page, fails the test."""
    outside: list[str] = []
    errors: list[str] = []

    def asked(request: Request) -> None:
        if not local(request.url):
            outside.append(request.url)

    def failed(error: Error) -> None:
        errors.append(str(error))

    page.on("request", asked)
    page.on("pageerror", failed)
    yield
    page.remove_listener("request", asked)
    page.remove_listener("pageerror", failed)
    assert outside == [], "requests left the machine"
    assert errors == [], "errors in the page"


@pytest.fixture
def page(browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page that all tests go on with, as a planner goes on with theirs; a new one after a test that failed."""
    kept, failures = request.session.stash.get(PAGE, (None, 0))
    again = getattr(request.node, "execution_count", 1) > 1
    if kept is None or again or failures != request.session.testsfailed:
        if kept:
            kept.close()
        kept = browser.new_page()
    request.session.stash[PAGE] = (kept, request.session.testsfailed)
    with watch(kept):
        yield kept


def settled(page: Page) -> None:
    """Wait until the app has drawn the page: a list that is open then would close."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def still(page: Page) -> None:
    """Wait until the app has drawn what was last asked for: a run that was just asked for may not have begun."""
    page.wait_for_function(STILL, polling=50)


def visit(page: Page, address: str) -> None:
    """Go to an address of the app: a new page loads it, another turns to it as back and forward do, in its session."""
    if urlsplit(page.url).netloc != urlsplit(address).netloc:
        page.goto(address)
    else:
        still(page)  # what the page is about to write into its address would take back where it is sent
        page.evaluate(GO, address)
        settled(page)


def press(page: Page, zone: str) -> None:
    """Choose a zone, or no longer: one press."""
    page.get_by_role("group", name=re.compile("经济区|Zone")).get_by_role("button", name=zone).click()


def pick(page: Page, label: str, option: str) -> None:
    """Choose in a list as a user does: open it, type, click; once more if the page is drawn anew and closes it."""
    box = page.get_by_role("combobox", name=label)
    for chances in (2, 1, 0):
        still(page)
        if page.get_by_role("button", name=f"Remove {option}").count():
            break  # a slow page took the last click and did not tell in time
        box.click()
        box.fill(option)
        try:
            page.get_by_role("option", name=option).first.click(timeout=3_000 if chances else PATIENCE_MS)
        except TimeoutError:
            if not chances:
                raise
        else:
            break
    box.blur()  # closes the list of several


def local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))
