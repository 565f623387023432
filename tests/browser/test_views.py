"""The two views that nobody has: the timeline of what was promised, and all that the plans say of here."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from layers.atlas import bundled
from layers.query.here import here
from layers.query.selection import Selection, select
from layers.query.timeline import APPEARS, as_of, as_table, days, moved
from tests.browser.conftest import visit
from tests.browser.test_pages import FRAMES, wait_maps

ATLAS = bundled()

pytestmark = pytest.mark.browser


def test_the_timeline_tells_a_day_plays_and_is_shared_and_exported(app: str, page: Page):
    chosen = select(ATLAS, Selection(zone=("panxi",)))
    first, second, *_, last = days(ATLAS)
    visit(page, f"{app}/timeline?zone=panxi&at={second}")
    changed = moved(ATLAS, chosen, second)
    wait_maps(page, len(as_of(ATLAS, chosen, second)))
    row = changed[changed["mark"] != APPEARS].iloc[0]
    told = page.locator(".said", has_text=row["name"]).first
    expect(told.locator("blockquote")).to_contain_text(row["sentence"][:20])
    status = page.evaluate(f"id => {FRAMES}[0].byId.get(id).feature.properties.status", row["id"])
    assert status == row["status"], "the map stands as on that day"
    with page.expect_download() as download:
        page.get_by_role("button", name="导出时间轴 CSV").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == 1 + len(as_table(ATLAS, chosen))
    page.get_by_role("slider").press("Home")
    page.wait_for_url(re.compile(f"at={first}"))
    wait_maps(page, len(as_of(ATLAS, chosen, first)))
    page.get_by_role("slider").press("End")
    page.wait_for_url(re.compile(f"at={last}"))
    page.get_by_role("button", name="播放").click()  # from the last day: from the start, and on by itself
    page.wait_for_url(re.compile(f"at={second}"))
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("button", name="播放")).to_be_visible()
    assert "zone=panxi" in page.url


def test_here_tells_of_a_name_a_click_and_a_drawn_site(app: str, page: Page):
    visit(page, f"{app}/here")
    page.get_by_role("textbox", name="地名、项目名").fill("盐源")
    page.keyboard.press("Enter")
    found = here(ATLAS, "盐源")
    expect(page.get_by_role("heading", name="盐源县")).to_be_visible()
    expect(page.get_by_text(f"周边 {found.reach_km:g} 公里内的规划要素 {len(found.told)}")).to_be_visible()
    expect(page.locator("summary", has_text="所在市州和经济区的目标")).to_contain_text(str(len(found.targets)))
    quotes = sum(len(said) for _, said in found.sayings)
    expect(page.locator("blockquote")).to_have_count(quotes)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word 说明（两页）").click()
    assert "盐源县" in "".join(one.text for one in Document(Path(download.value.path())).paragraphs)
    page.get_by_role("radio", name="20").or_(page.get_by_role("button", name="20", exact=True)).first.click()
    page.wait_for_url(re.compile("km=20"))
    expect(page.get_by_text("周边 20 公里内的规划要素")).to_be_visible()
    page.wait_for_function(f"{FRAMES}[0]?.pending?.ground")
    page.evaluate(f"void {FRAMES}[0].map.fire('click', {{ latlng: {{ lat: 27.4, lng: 101.5 }} }})")  # bare ground
    page.wait_for_url(re.compile("at=101.5"))
    expect(page.get_by_role("heading", name="101.5°E 27.4°N")).to_be_visible()
    site = [[101.4, 27.3], [101.6, 27.3], [101.6, 27.5]]
    page.evaluate(f"area => {FRAMES}[0].tell({{ area }})", site)
    expect(page.get_by_role("heading", name="所绘地块")).to_be_visible()
    expect(page.frame_locator("iframe").first.locator(".atlas-grip")).to_have_count(6)
