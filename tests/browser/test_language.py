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

# The contrast of an element's text with the first opaque ground behind it, with the opacity of all above it.
CONTRAST = """element => {
  const rgba = (text) => { const c = document.createElement("canvas").getContext("2d"); c.fillStyle = text; c.fillRect(0, 0, 1, 1); const d = c.getImageData(0, 0, 1, 1).data; return [d[0], d[1], d[2], d[3] / 255]; };
  const over = (top, below, share) => top.slice(0, 3).map((v, i) => v * share + below[i] * (1 - share));
  const chain = []; for (let at = element; at; at = at.parentElement) chain.push(at);
  let ground = [255, 255, 255];
  for (const at of [...chain].reverse()) { const c = rgba(getComputedStyle(at).backgroundColor); ground = over(c, ground, c[3]); }
  const share = chain.reduce((all, at) => all * Number(getComputedStyle(at).opacity), 1);
  const ink = rgba(getComputedStyle(element).color); const text = over(ink, ground, ink[3] * share);
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const [a, b] = [light(text), light(ground)].sort((x, y) => x - y);
  return (b + 0.05) / (a + 0.05);
}"""


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
    frame = page.frame_locator("iframe[title='streamlit_folium.st_folium']").first
    expect(frame.get_by_text("Legend and layers")).to_be_visible()
    expect(frame.get_by_label("Measure length")).to_be_visible()
    expect(page.get_by_role("combobox", name="Zone")).to_be_visible()
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
    page.get_by_role("link", name="Statistics").click()
    expect(page.get_by_text("Length of line and status")).to_be_visible()


def test_an_error_is_told_in_english(app: str, page: Page):
    page.goto(f"{app}/zone?of=川中&lang=en")
    expect(page.get_by_text(re.compile("Unknown zone or prefecture.*“川中”"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(app: str, page: Page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{app}/reader?clause=panxi-2021/c7/s1/p2")
    expect(page.locator(".wanted")).to_be_visible()
    light = page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme")
    assert light == scheme
    for part in (".wanted", ".wanted .mention", ".page", ".outline a", "article h3", ".st-key-language button p"):
        assert page.locator(part).first.evaluate(CONTRAST) >= 4.5, part
    page.goto(f"{app}/zone?of=panxi")
    expect(page.locator(".quiet:not(.paper)").first).to_be_visible()
    for part in (".quiet:not(.paper)", ".strip span", ".matrix td.number a", ".badge", ".linked button"):
        assert page.locator(part).first.evaluate(CONTRAST) >= 4.5, part


def test_the_map_turns_dark_with_the_page(app: str, page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto(app)
    wait_shown(page, len(ATLAS.table))
    expect(page.frame_locator("iframe").first.locator(".leaflet-container.atlas-dark")).to_be_visible()
