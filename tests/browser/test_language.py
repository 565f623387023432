"""The interface in English, and by night."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import opened
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown

ATLAS = bundled()

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page of its own: a session keeps its language, a page its colours."""
    with opened(browser) as page:
        yield page


def test_the_switch_turns_all_to_english_and_it_stays(app: str, page: Page):
    number = len(select(ATLAS, Selection(zone=("panxi",))))
    page.goto(f"{app}/?zone=panxi&feature={identity(EXPRESSWAY)}")
    wait_shown(page, number)
    page.get_by_text("English", exact=True).click()
    for name in ("Map", "Documents", "Statistics", "Changes"):
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    wait_shown(page, number)
    frame = page.frame_locator("iframe.atlas-map").first
    expect(frame.get_by_text("Legend and layers")).to_be_visible()
    expect(frame.get_by_label("Measure length")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(1)  # the map of the other language is gone
    expect(page.get_by_role("group", name="Zone")).to_be_visible()
    expect(page.get_by_text("2 citations")).to_be_visible()
    assert "lang=en" in page.url
    page.reload()
    expect(page.get_by_text("2 citations")).to_be_visible()
    page.get_by_role("link", name="Changes", exact=True).click()
    expect(page.get_by_role("heading", name="Changes")).to_be_visible()
    page.wait_for_url("**lang=en**")
    page.get_by_text("中文", exact=True).click()
    expect(page.get_by_role("heading", name="表述变化")).to_be_visible()
    assert "lang=" not in page.url


def test_pages_speak_english_too(app: str, page: Page):
    page.goto(f"{app}/zone?of=panxi&lang=en")
    expect(page.get_by_role("heading", name="Panxi")).to_be_visible()
    expect(page.get_by_role("link", name="Statistics")).to_be_visible()
    expect(page.locator(".listing a", has_text="Panzhihua–Yanyuan Expressway · 攀枝花至盐源高速公路")).to_have_count(1)
    expect(page.locator("blockquote .quiet").first).to_contain_text("Panxi Plan p. 156")
    page.get_by_role("link", name="Statistics").click()
    expect(page.get_by_text("Length of line and status")).to_be_visible()
    page.get_by_role("link", name="Changes").click()
    grid = page.get_by_test_id("stDataFrame")
    for head in ("Name", "Chinese name", "Document before"):
        expect(grid.locator("[role=columnheader]", has_text=head).first).to_be_attached()
    expect(grid.locator("#glide-cell-1-1")).to_have_text("Chengdu–Chongqing Central Line High-Speed Railway")
    expect(grid.locator("#glide-cell-2-1")).to_have_text("成渝中线高铁")


def test_an_error_is_told_in_english(app: str, page: Page):
    page.goto(f"{app}/zone?of=川中&lang=en")
    expect(page.get_by_text(re.compile("Unknown zone or prefecture.*“川中”"))).to_be_visible()


def test_the_map_turns_dark_with_the_page(app: str, page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto(app)
    wait_shown(page, len(ATLAS.table))
    expect(page.frame_locator("iframe").first.locator(".leaflet-container.atlas-dark")).to_be_visible()
