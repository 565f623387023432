"""What a filter shows reaches the map before the page does, and with the page where the feed is gone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from benchmarks.measure import FRAME
from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import PATIENCE_MS, opened, press, serve, visit
from tests.browser.test_app import wait_shown

pytestmark = pytest.mark.browser
ATLAS = bundled()
OPEN = f"() => {FRAME}.atlas.feed?.readyState === 1"
# What comes to the map, by which way, and whether it was shown.
NOTE = f"""() => {{
    const {{ atlas }} = {FRAME}, {{ hear, show }} = atlas;
    window.heard = [];
    let way = "page";
    const come = atlas.feed.onmessage;
    atlas.feed.onmessage = event => {{ way = "feed"; come(event); way = "page"; }};
    atlas.hear = filter => {{ heard.push([filter.number, way, "seen"]); hear.call(atlas, filter); }};
    atlas.show = filter => {{ heard.push([filter.number, way, "shown"]); show.call(atlas, filter); }};
}}"""

BOTH_WAYS = """() => heard.some(([number, way]) => way === "page"
    && heard.some(([other, by]) => by === "feed" && other === number))"""
# From now on the first feed is asked for by a word that no server takes.
FIRST_IN_VAIN = f"""() => {{
    const frame = {FRAME}, Real = frame.WebSocket;
    frame.asked = [];
    frame.WebSocket = class extends Real {{
        constructor(url) {{
            super(frame.asked.length ? url : String(url).replace(/[^/]+$/, "none"));
            frame.asked.push(this.url);
        }}
    }};
    frame.atlas.feed.close();
}}"""


def of(zone: str) -> int:
    return len(select(ATLAS, Selection(zone=(zone,))))


def heard(page: Page) -> list[Any]:
    return list(page.evaluate("heard"))


def test_a_filter_comes_by_the_feed_first_and_is_shown_once(app: str, page: Page):
    visit(page, f"{app}/")
    wait_shown(page, len(ATLAS.table))
    page.wait_for_function(OPEN)
    page.evaluate(NOTE)
    press(page, "攀西经济区")
    wait_shown(page, of("panxi"))
    page.wait_for_function(BOTH_WAYS, timeout=PATIENCE_MS)
    number = next(number for number, way, _ in heard(page) if way == "feed")  # what told the first map may come late
    assert [one for one in heard(page) if one[0] == number] == [
        [number, "feed", "seen"],
        [number, "feed", "shown"],
        [number, "page", "seen"],
    ]


def test_a_map_without_its_feed_is_told_by_the_page_and_opens_it_again(app: str, page: Page):
    visit(page, f"{app}/")
    wait_shown(page, len(ATLAS.table))
    page.wait_for_function(OPEN)
    page.evaluate(f"() => {FRAME}.atlas.feed.close()")
    page.wait_for_function(f"() => !{FRAME}.atlas.feed")
    press(page, "川南经济区")
    wait_shown(page, of("southern"))
    page.wait_for_function(OPEN)


def test_a_server_without_feeds_is_not_asked_for_ever(browser: BrowserContext):
    """`streamlit run app.py` answers no feed: each filter comes by the page alone, and after three tries the map asks no more."""
    with serve("streamlit", "run", "app.py") as url, opened(browser) as page:
        asked: list[str] = []
        page.on("websocket", lambda socket: asked.append(socket.url) if "/feed/" in socket.url else None)
        page.goto(url)
        chosen: list[str] = []
        for name, zone in (("攀西经济区", "panxi"), ("川南经济区", "southern"), ("川东北经济区", "northeastern")):
            press(page, name)
            chosen.append(zone)
            wait_shown(page, len(select(ATLAS, Selection(zone=tuple(chosen)))))
        assert len(asked) == 3


def test_a_feed_that_did_not_open_is_asked_for_again(app: str, page: Page):
    visit(page, f"{app}/")
    wait_shown(page, len(ATLAS.table))
    page.wait_for_function(OPEN)
    page.evaluate(FIRST_IN_VAIN)
    page.wait_for_function(f"() => !{FRAME}.atlas.feed")
    chosen: list[str] = []
    for name, zone in (("川南经济区", "southern"), ("攀西经济区", "panxi")):
        press(page, name)
        chosen.append(zone)
        wait_shown(page, len(select(ATLAS, Selection(zone=tuple(chosen)))))
    page.wait_for_function(OPEN)
    asked = page.evaluate(f"() => {FRAME}.asked")
    assert asked[0].endswith("/feed/none")
    assert not asked[-1].endswith("/feed/none")
