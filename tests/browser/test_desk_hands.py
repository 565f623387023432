"""By hand: words are selected with the mouse and with keys, a point is dragged, a line drawn, a county clicked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from store.workspace import Workspace
from tests.browser.conftest import opened, settled
from tests.store.conftest import PLAN

pytestmark = pytest.mark.browser
WORDS = """([around, words]) => {
    const place = [...document.querySelectorAll("p[data-length]")].find(one => one.textContent.includes(around));
    const text = document.createTreeWalker(place, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(words));
    range.setEnd(text, text.data.indexOf(words) + words.length);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return [left + 1, right - 1, (top + bottom) / 2];
}"""


@pytest.fixture
def held(desk, tmp_path):
    with desk.holding(tmp_path, ("攀枝花.txt", PLAN)) as held:
        yield held


def decided(page: Page, held: Workspace, number: int):
    """Wait until so many decisions are made; return the last."""
    for _ in range(600):
        if len(held.state().log) >= number:
            break
        page.wait_for_timeout(100)
    settled(page)
    (*_, last) = held.state().log
    assert last.number == number
    return last


def test_words_are_selected(browser, desk, held):
    with opened(browser) as page:
        page.goto(f"{desk.url}/desk?plan=plan-0001&finding=plan-0001/n4")
        expect(page.locator(".linked .desk .mention")).to_have_count(5)
        settled(page)
        left, right, y = page.evaluate(WORDS, ["基本建成", "综合交通体系"])
        page.mouse.move(left, y)
        page.mouse.down()
        page.mouse.move(right, y, steps=5)
        page.mouse.up()
        expect(page.get_by_role("button", name="新条目")).to_be_visible()
        settled(page)
        page.keyboard.press("n")
        added = decided(page, held, 1)
        assert [(one["quote"], one["status_text"]) for one in added.content["said"]] == [("综合交通体系", "基本建成")]
        expect(page.locator(".linked .desk .mention")).to_have_count(6)
        page.get_by_role("link", name="米易机场", exact=True).click()
        expect(page.get_by_text("第 5 / 6 条")).to_be_visible()
        settled(page)
        page.keyboard.press("q")
        expect(page.locator(".selecting-hint")).to_be_visible()
        page.keyboard.press("Control+ArrowLeft")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="换引文")).to_be_visible()
        settled(page)
        page.keyboard.press("w")
        made = decided(page, held, 2)
        assert (made.verb, made.content["quote"]["quote"]) == ("requote", "开工建设米易机")
        page.keyboard.press("u")
        assert decided(page, held, 3).verb == "undo"
        assert held.verify() == []


def test_a_finding_is_placed(browser, desk, held):
    with opened(browser) as page:
        page.goto(f"{desk.url}/desk?plan=plan-0001&finding=plan-0001/n4")
        chart = page.locator("iframe.atlas-map")
        handle = page.frame_locator("iframe.atlas-map").locator(".atlas-handle")
        expect(handle).to_be_visible()
        chart.scroll_into_view_if_needed()
        settled(page)
        page.wait_for_timeout(2500)  # the view has settled
        at = handle.bounding_box()
        page.mouse.move(at["x"] + 11, at["y"] + 11)
        page.mouse.down()
        page.mouse.move(at["x"] + 30, at["y"] - 20, steps=5)
        page.mouse.up()
        row = decided(page, held, 1).content
        assert (row["precision"], row["error_km"], row["basis"]) == ("approximate", "1.5", "known")
        assert 102.11 < float(row["lon"]) < 102.4
        assert 26.9 < float(row["lat"]) < 27.2
        page.keyboard.press("g")  # the map has the focus, and passes the key on
        expect(page.get_by_text("在图上单击，或在此选择")).to_be_visible()
        settled(page)
        at = handle.bounding_box()
        page.mouse.click(at["x"] + 11, at["y"] + 11)
        row = decided(page, held, 2).content
        assert (row["lon"], row["basis"]) == ("", "known")
        assert row["places"] in ("510421", "513402", "513424")  # Miyi, or the county it borders on
        expect(page.get_by_text("在图上单击，或在此选择")).to_be_hidden()
        page.keyboard.press("l")
        expect(page.frame_locator("iframe.atlas-map").get_by_text("依次单击沿线各点")).to_be_visible()
        box = chart.bounding_box()
        for x in (-60, 0, 70):
            page.mouse.click(box["x"] + box["width"] / 2 + x, box["y"] + 200 + x / 2)
            page.wait_for_timeout(300)  # two clicks, not a double one
        page.keyboard.press("Enter")
        row = decided(page, held, 3).content
        page.frame_locator("iframe.atlas-map").locator("body").evaluate(
            "() => { const [one] = atlas.own.getLayers()[0].getLayers(); one.fire('click', { latlng: one.getBounds().getCenter() }); }"
        )
        expect(page.get_by_text("第 1 / 5 条")).to_be_visible()
        assert (row["via"].count("@"), row["via"].count(";")) == (3, 2)
        assert row["source"].startswith("图上绘出，")
