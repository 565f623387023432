"""An atlas five times as large: what does not fit is counted and told, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from benchmarks.copies import copied
from benchmarks.measure import FRAME, look
from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import press, serve, visit
from tests.browser.test_app import wait_shown
from tests.browser.test_map import frame

ATLAS = bundled()

pytestmark = pytest.mark.browser
NUMBER = 10_000


@pytest.fixture(scope="module")
def large_app() -> Iterator[str]:
    with serve("benchmarks.app_at", str(NUMBER)) as url:
        yield url


def test_ten_thousand_features_stay_usable_and_tell_what_is_left_out(large_app: str, page: Page):
    visit(page, large_app)
    wait_shown(page, NUMBER)
    expect(page.get_by_text("表中列出前 5,000 个；导出文件包含全部。")).to_be_visible()
    more = frame(page).locator(".atlas-more")
    expect(more).to_have_text(re.compile(r"另有 [\d,]+ 个要素，放大后显示"))
    drawn, points = page.evaluate(f"() => [{FRAME}.atlas.drawn_shapes.size, {FRAME}.atlas.drawn_points.size]")
    assert drawn + points < 300
    assert NUMBER // 2 < int(re.search(r"[\d,]+", more.inner_text())[0].replace(",", "")) < NUMBER
    look(page, 31.5, 98.5, 12)  # the far west: few lines
    expect(more).to_be_hidden()
    press(page, "攀西经济区")
    wait_shown(page, len(select(copied(ATLAS, NUMBER), Selection(zone=("panxi",)))))
