"""The map is there before the app, and becomes the map of the app as it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.measure import FRAME
from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import opened, settled
from tests.browser.test_app import EXPRESSWAY, click_line, identity, wait_shown
from tests.browser.test_map import on_map, query

ATLAS = bundled()
APP = "**/static/js/index.*.js"  # without it Streamlit does not begin

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    with opened(browser) as page:
        yield page


def hold_back(page: Page) -> None:
    """Hold Streamlit back until `page.unroute(APP)`."""
    page.route(APP, lambda _: None)


def test_the_map_is_drawn_before_the_app_and_stays(app: str, page: Page):
    hold_back(page)
    page.goto(app, wait_until="commit")
    wait_shown(page, len(ATLAS.table))
    assert page.locator("[data-testid=stApp]").count() == 0
    at_first = page.locator("#first-map").bounding_box()
    on_map(page, "(window.frames[0].mine = 1) && atlas.map.setView([26.6, 101.7], 9, { animate: false }) && 0")
    page.unroute(APP)
    expect(page.locator("#first-map")).to_have_count(0)
    settled(page)
    assert page.evaluate(f"{FRAME}.mine") == 1, "it is the same map"
    assert on_map(page, "[atlas.said > 0, atlas.map.getZoom(), document.querySelectorAll('iframe').length]") == [
        True,
        9,
        1,
    ]
    box = page.locator("iframe.atlas-map").bounding_box()
    assert at_first and box
    for edge in ("x", "y", "width", "height"):
        assert abs(at_first[edge] - box[edge]) < 2, edge


def test_the_app_begins_when_the_map_is_drawn(app: str, page: Page):
    page.goto(app, wait_until="commit")
    page.wait_for_selector("[data-testid=stApp]")
    assert on_map(page, "[atlas.ready, atlas.shown]") == [True, len(ATLAS.table)]


@pytest.mark.parametrize("answers", [False, True])
def test_a_map_that_does_not_come_holds_no_app_back(app: str, page: Page, answers: bool):
    page.route("**/app/static/features-*", lambda route: route.abort() if answers else None)
    page.goto(app, wait_until="commit")
    expect(page.get_by_role("heading", name="川规图 Plan Atlas")).to_be_visible()


def test_an_address_that_asks_for_something_shows_nothing_else(app: str, page: Page):
    hold_back(page)
    page.goto(f"{app}/?zone=panxi", wait_until="commit")
    page.wait_for_function(f"(w => w && w.atlas.loaded)({FRAME})")
    assert on_map(page, "[atlas.ready, atlas.shown]") == [False, 0]
    assert page.locator("#first-map").is_hidden()
    page.unroute(APP)
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    expect(page.locator("iframe.atlas-map")).to_be_visible()


def test_what_is_clicked_before_the_app_is_there_is_not_lost(app: str, page: Page):
    hold_back(page)
    page.goto(app, wait_until="commit")
    wait_shown(page, len(ATLAS.table))
    click_line(page, EXPRESSWAY)
    page.unroute(APP)
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    settled(page)
    assert query(page)["feature"] == [identity(EXPRESSWAY)]


def test_a_browser_that_cannot_move_a_frame_begins_with_the_page(app: str, page: Page):
    page.add_init_script("delete Element.prototype.moveBefore")
    page.goto(app)
    assert page.locator("#first-map").count() == 0
    wait_shown(page, len(ATLAS.table))
    assert page.locator("iframe").count() == 1


@pytest.mark.parametrize("dark", [True, False])
def test_it_is_as_dark_as_the_page_will_be(app: str, page: Page, dark: bool):
    page.emulate_media(color_scheme="dark" if dark else "light")
    hold_back(page)
    page.add_init_script("try { localStorage.removeItem('plan-atlas-dark') } catch {}")
    page.goto(app, wait_until="commit")
    wait_shown(page, len(ATLAS.table))
    looks = "doc.querySelector('.leaflet-container').classList.contains('atlas-dark')"
    assert on_map(page, looks) == dark
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light dark"
    page.unroute(APP)
    settled(page)
    assert on_map(page, looks) == dark


def test_another_page_has_no_map_of_the_first(app: str, page: Page):
    """Whoever turns to another page before the map has its place leaves the map behind."""
    hold_back(page)
    page.goto(app, wait_until="commit")
    wait_shown(page, len(ATLAS.table))
    page.evaluate("history.pushState(null, '', 'statistics')")
    expect(page.locator("#first-map")).to_have_count(0)
    page.unroute(APP)
