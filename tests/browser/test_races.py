"""What is done before the browser has heard of what was done last: nothing is taken back, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import opened, press, still, watch
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown
from tests.browser.test_map import on_map

ATLAS = bundled()
SLOW_MS = 1_500  # a busy server answers no sooner

pytestmark = pytest.mark.browser


class Deaf:
    """A page that hears nothing of the app while it is held, and all of it afterwards."""

    def __init__(self, page: Page) -> None:
        self.page, self._held, self._kept = page, False, []
        page.route_web_socket(re.compile("/_stcore/stream"), self._stand_between)

    def _stand_between(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda said: self._kept.append((socket, said)) if self._held else socket.send(said))

    def hold(self) -> None:
        still(self.page)
        self._held = True

    def hear(self) -> None:
        """Let the page hear what the app has had the time to say to both messages."""
        self.page.wait_for_timeout(SLOW_MS)
        self._held = False
        for socket, said in self._kept:
            socket.send(said)


def stands(page: Page, chosen: Selection) -> None:
    """Wait for the map page of a selection, with all that comes below the map once that is drawn."""
    wait_shown(page, len(select(ATLAS, chosen)))
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()


@pytest.fixture
def deaf(browser: BrowserContext) -> Iterator[Deaf]:
    page = browser.new_page()
    with watch(page):
        yield Deaf(page)
    page.close()


def test_a_filter_that_was_taken_back_is_not_set_again_by_the_next_widget(app: str, deaf: Deaf):
    page = deaf.page
    page.goto(f"{app}/?zone=panxi&layer=park")
    stands(page, Selection(zone=("panxi",), layer=("park",)))
    deaf.hold()
    page.locator(".st-key-chips").get_by_role("button", name="攀西经济区 ✕").click()
    page.wait_for_timeout(SLOW_MS)
    page.get_by_text("按图层", exact=True).click()  # tells, too, that the zone is still chosen
    deaf.hear()
    wait_shown(page, len(select(ATLAS, Selection(layer=("park",)))))
    still(page)
    assert page.url.endswith("/?layer=park")
    expect(page.locator(".st-key-chips").get_by_role("button")).to_have_count(1)


def here_of_yanyuan(app: str, deaf: Deaf) -> Page:
    """Ask what the plans say of 盐源; the browser does not hear the answer yet."""
    page = deaf.page
    page.goto(f"{app}/here")
    still(page)
    deaf.hold()
    page.get_by_role("textbox", name="地名、项目名或").fill("盐源")
    page.keyboard.press("Enter")
    page.wait_for_timeout(SLOW_MS)
    return page


def test_an_address_that_was_written_is_not_lost_to_what_the_map_tells(app: str, deaf: Deaf):
    page = here_of_yanyuan(app, deaf)
    on_map(page, "void atlas.tell({ drawn: true })")
    deaf.hear()
    expect(page.get_by_role("heading", name="盐源县")).to_be_visible()
    still(page)
    assert page.url.endswith(f"/here?at={quote('盐源')}")


def test_two_widgets_in_one_breath_both_count(app: str, deaf: Deaf):
    page = here_of_yanyuan(app, deaf)
    page.get_by_text("50", exact=True).click()
    deaf.hear()
    expect(page.get_by_role("heading", name="周边 50 公里内的规划要素")).to_be_visible()
    still(page)
    assert page.url.endswith(f"/here?at={quote('盐源')}&km=50")


@pytest.mark.parametrize("act", ["{ drawn: true }", f"{{ id: '{identity(EXPRESSWAY)}' }}"], ids=["drawn", "feature"])
def test_a_map_that_is_left_does_not_call_the_planner_back(app: str, deaf: Deaf, act: str):
    page = deaf.page
    page.goto(f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    deaf.hold()
    page.get_by_role("link", name="统计", exact=True).click()
    on_map(page, f"void atlas.tell({act})")
    deaf.hear()
    expect(page.get_by_text("线路长度与状态")).to_be_visible()
    still(page)
    assert page.url.endswith("/statistics")


def test_a_map_that_is_come_back_to_answers_at_once(app: str, browser: BrowserContext):
    with opened(browser) as page:
        page.goto(f"{app}/?zone=panxi")
        wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
        still(page)
        page.get_by_role("link", name="统计", exact=True).click()
        expect(page.get_by_text("线路长度与状态")).to_be_visible()
        page.get_by_role("link", name="地图", exact=True).click()
        wait_shown(page, len(ATLAS.table))
        on_map(page, f"void atlas.tell({{ id: '{identity(EXPRESSWAY)}' }})")
        expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible(timeout=20_000)


def test_back_is_back_after_all_that(app: str, browser: BrowserContext):
    with opened(browser) as page:
        page.goto(f"{app}/here")
        still(page)
        page.get_by_role("textbox", name="地名、项目名或").fill("盐源")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="盐源县")).to_be_visible()
        still(page)
        page.go_back()
        expect(page.get_by_role("heading", name="盐源县")).to_have_count(0)
        still(page)
        assert page.url.endswith("/here")
        expect(page.get_by_role("textbox", name="地名、项目名或")).to_have_value("")


def test_a_zone_pressed_before_another_was_seen_to_go_stands_alone(app: str, deaf: Deaf):
    page = deaf.page
    page.goto(f"{app}/?zone=panxi")
    stands(page, Selection(zone=("panxi",)))
    deaf.hold()
    page.locator(".st-key-chips").get_by_role("button", name="攀西经济区 ✕").click()
    page.wait_for_timeout(SLOW_MS)
    press(page, "川南经济区")  # the page still shows the other as chosen
    deaf.hear()
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",)))))
    still(page)
    assert page.url.endswith("/?zone=southern")


def test_presses_that_are_not_answered_yet_all_count(app: str, deaf: Deaf):
    page = deaf.page
    page.goto(app)
    stands(page, Selection())
    deaf.hold()
    for zone in ("攀西经济区", "川南经济区", "攀西经济区", "川东北经济区"):
        press(page, zone)
    pressed = page.locator(".facet [aria-pressed=true]")
    expect(pressed).to_have_text([re.compile("川南"), re.compile("川东北")])
    deaf.hear()
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern", "northeastern")))))
    still(page)
    expect(pressed).to_have_text([re.compile("川南"), re.compile("川东北")])
