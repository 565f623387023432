"""The main job through nginx: base path, TLS, the websocket and a policy that lets nothing in from elsewhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Playwright, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import FLAGS, PATIENCE_MS, press, settled
from tests.browser.test_app import EXPRESSWAY, click_feature, wait_shown
from tests.browser.test_uploads import add, wait_own
from tests.serve.conftest import NAME, Office
from tests.serve.conftest import office as office  # noqa: PLC0414 the fixture

ATLAS = bundled()
PANXI = select(ATLAS, Selection(zone=("panxi",)))

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def visitor(playwright: Playwright) -> Iterator[tuple[Page, list[str]]]:
    """A browser that finds the office under its name; what its console says against the page."""
    rule = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    program = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, rule])
    window = program.new_context(
        ignore_https_errors=True,
        accept_downloads=True,
        reduced_motion="reduce",
        viewport={"width": 1600, "height": 1000},
    )
    window.set_default_timeout(PATIENCE_MS)
    page, said = window.new_page(), []

    def heard(message: ConsoleMessage) -> None:
        guess = "/_stcore/" in message.location.get("url", "")  # Streamlit looks for itself below a page first
        if (message.type == "error" and not guess) or "Content Security Policy" in message.text:
            said.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda asked: said.append(asked.url) if urlsplit(asked.url).hostname not in (NAME, None) else None,
    )
    yield page, said
    program.close()


def test_filter_read_and_take_away(office: Office, visitor):
    page, said = visitor
    page.goto(f"{office.url}/")
    wait_shown(page, len(ATLAS.table))
    press(page, "攀西经济区")
    wait_shown(page, len(PANXI))
    click_feature(page, EXPRESSWAY)
    expect(page.get_by_text("引文 2 处")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 GeoJSON").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    assert {one["id"] for one in found} == set(PANXI["id"])
    assert said == []


def test_own_data_and_a_sheet(visitor):
    page, said = visitor
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [101.7, 26.6]}}
    add(page, "点.geojson", json.dumps({"type": "FeatureCollection", "features": [point]}).encode())
    wait_own(page, 1)
    page.get_by_role("button", name="图件与简报").click()
    page.get_by_role("button", name="PDF 图件").click()
    offer = page.get_by_role("button", name="下载 PDF")
    expect(offer).to_be_visible()
    with page.expect_download() as download:
        offer.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert said == []


@pytest.mark.parametrize(
    "path",
    [
        "reader?clause=panxi-2021/c7/s1/p2",
        "zone?zone=panxi",
        "statistics",
        "compare",
        "changes",
        "targets",
        "feature?id=f-00387",
    ],
)
def test_every_page_under_the_policy(office: Office, visitor, path: str):
    page, said = visitor
    page.goto(f"{office.url}/{path}")
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(500)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert said == []


def test_files_of_a_session_are_not_for_others(office: Office, visitor):
    page, _ = visitor
    page.goto(f"{office.url}/?zone=panxi")
    wait_shown(page, len(PANXI))
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    settled(page)
    with (
        page.expect_request(lambda asked: "/media/" in asked.url or "/_stcore/upload_file/" in asked.url) as asked,
        page.expect_download(),
    ):
        page.get_by_role("button", name="导出 GeoJSON").click()
    fetch = "async path => (await fetch(path, { cache: 'no-store' })).status"
    address = urlsplit(asked.value.url).path
    assert page.evaluate(fetch, address) == 200
    page.context.clear_cookies()
    assert page.evaluate(fetch, address) == 403
