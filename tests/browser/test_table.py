"""The table under the map: a name opens its feature, by mouse and by keys; what is ticked is exported."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests.browser.conftest import settled, visit
from tests.browser.test_app import wait_shown
from tests.browser.test_map import on_map

ATLAS = bundled()
HUBS = select(ATLAS, Selection(zone=("panxi",), layer=("hub",)))

pytestmark = pytest.mark.browser
HEAD_PX, ROW_PX, TICK_PX, NAME_PX = 52, 35, 22, 200


@pytest.fixture
def grid(app: str, page: Page) -> Locator:
    """The table of the hubs of a zone, in a page that knows of nothing chosen before."""
    visit(page, f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    visit(page, f"{app}/?zone=panxi&layer=hub")
    wait_shown(page, len(HUBS))
    settled(page)
    return page.get_by_test_id("stDataFrame").first


def click(page: Page, grid: Locator, row: int, x: int) -> None:
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + HEAD_PX + ROW_PX * row)


def heading(page: Page, row: int) -> Locator:
    return page.locator(".st-key-panel").get_by_role("heading", name=HUBS["name"].iloc[row])


def test_a_name_opens_its_feature_and_the_table_stays(page: Page, grid: Locator):
    for row in (2, 0, 2):
        click(page, grid, row, NAME_PX)
        expect(heading(page, row)).to_be_visible()
        page.wait_for_url(re.compile(f"feature={HUBS['id'].iloc[row]}"))
        expect(grid.locator("#glide-cell-2-0")).to_have_text(HUBS["name"].iloc[0])
    page.get_by_role("button", name="✕", exact=True).click()
    expect(heading(page, 2)).to_be_hidden()
    settled(page)
    click(page, grid, 2, NAME_PX)
    expect(heading(page, 2)).to_be_visible()


def test_rows_are_reached_by_keys(page: Page, grid: Locator):
    grid.locator("canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")  # from the id to the name of the second row
    expect(heading(page, 1)).to_be_visible()
    settled(page)
    page.keyboard.press("ArrowDown")  # the focus stayed in the table
    expect(heading(page, 2)).to_be_visible()


def test_ticked_rows_are_exported_and_a_name_chosen_beside_changes_nothing(page: Page, grid: Locator):
    for row in (0, 2):
        click(page, grid, row, TICK_PX)
        settled(page)
        page.wait_for_timeout(500)
    expect(page.get_by_text("导出所选的 2 行")).to_be_visible()
    wanted = sorted(HUBS["id"].iloc[[0, 2]])
    assert exported(page) == wanted
    click(page, grid, 1, NAME_PX)
    expect(heading(page, 1)).to_be_visible()
    settled(page)
    assert sorted(on_map(page, "atlas.selected")) == sorted(HUBS["id"].iloc[:3])
    assert exported(page) == wanted


def exported(page: Page) -> list[Any]:
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 GeoJSON").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    return sorted(one["id"] for one in found)
