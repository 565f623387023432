"""On a slow line: what the browser does before it hears of the last answer is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from layers.atlas import bundled
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from tests.browser.conftest import opened, settled
from tests.browser.test_app import wait_shown
from tests.browser.test_map import frame, open_legend

ATLAS = bundled()

pytestmark = pytest.mark.browser
LATE_MS = 1500
LATE = f"""(() => {{
    const late = take => event => setTimeout(() => take(event), window.late ? {LATE_MS} : 0);
    window.WebSocket = class extends WebSocket {{
        addEventListener(type, take, how) {{ super.addEventListener(type, type === "message" ? late(take) : take, how); }}
        set onmessage(take) {{ super.onmessage = late(take); }}
    }};
}})()"""


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page whose answers come late once `window.late` is true."""
    with opened(browser) as page:
        page.add_init_script(LATE)
        yield page


@pytest.mark.parametrize("late", [False, True])
def test_ten_clicks_on_the_legend_all_count(app: str, page: Page, late: bool):
    page.goto(f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    settled(page)
    open_legend(page)
    page.evaluate("late => { window.late = late }", late)
    boxes = frame(page).locator(".atlas-legend-row input[aria-label]")
    off = [boxes.nth(at).get_attribute("aria-label") for at in range(10)]
    for at in range(10):
        boxes.nth(at).dispatch_event("click")
        page.wait_for_timeout(300)
    left = {key for key in keys("layer") if label("layer", key) not in off}
    assert len(left) == 6
    page.wait_for_url(lambda url: set(parse_qs(urlsplit(url).query).get("layer", [])) == left)
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",), layer=tuple(left)))))
