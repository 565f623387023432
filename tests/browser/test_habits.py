"""The habits of a planner: search as one types, a sentence, chips, the panel, ticked rows, back in the reader."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from geo.gazetteer import boundary
from layers.atlas import bundled
from layers.query.area import centre_of
from layers.query.relations import distances_km
from layers.query.selection import Selection, select
from layers.query.sentence import read
from tests.browser.conftest import settled, still, visit
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown
from tests.browser.test_map import frame, on_map, wait_framed

ATLAS = bundled()

pytestmark = pytest.mark.browser
YANYUAN = "513423"


def chip(page: Page, name: str):
    settled(page)  # a button that is drawn anew takes no click
    return page.locator(".st-key-chips").get_by_role("button", name=name)


def search_for(page: Page, words: str) -> None:
    field = page.get_by_role("combobox", name="搜索名称或原文")
    field.fill(words)
    field.press("Enter")


def test_search_suggests_while_typing_and_hits_move_the_map(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    field = page.get_by_role("combobox", name="搜索名称或原文")
    field.press_sequentially("yanyuan")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("盐源县")
    expect(page.get_by_role("option", name=EXPRESSWAY)).to_be_visible()
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    wait_framed(page, boundary(YANYUAN).bounds)
    wait_shown(page, len(select(ATLAS, Selection(place=(YANYUAN,)))))
    chip(page, "盐源县 ✕").click()
    wait_shown(page, len(ATLAS.table))
    search_for(page, "攀盐高速")  # its short form
    hits = select(ATLAS, Selection(q="攀盐高速"))
    wait_shown(page, len(hits))
    wait_framed(page, tuple(hits.total_bounds))
    chip(page, "搜索：攀盐高速 ✕").click()
    wait_shown(page, len(ATLAS.table))
    expect(page.locator(".st-key-chips")).to_have_count(0)


def test_a_sentence_becomes_chips_that_are_taken_back_one_by_one(app: str, page: Page):
    said = "攀盐高速30公里内拟开工的交通项目"
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    search_for(page, said)
    expect(page.get_by_text(f"“{said}”理解为下列条件")).to_be_visible()
    meant = read(ATLAS, said).selection
    found = select(ATLAS, meant)
    wait_shown(page, len(found))
    grid = page.get_by_test_id("stDataFrame").first
    for head in ("距离 km", "距离误差 ± km"):
        expect(grid.locator("[role=columnheader]", has_text=head).first).to_be_attached()
    middle = centre_of(ATLAS, meant.within)
    assert middle
    nearest = distances_km(found, middle[0]).sort_values(kind="stable")
    expect(grid.locator("#glide-cell-2-0")).to_have_text(found.loc[nearest.index[0], "name"])
    chip(page, "状态：拟开工").click()
    wait_shown(page, len(select(ATLAS, Selection(layer=meant.layer, within=meant.within))))
    chip(page, "周边 30 公里").click()
    wait_shown(page, len(select(ATLAS, Selection(layer=meant.layer))))
    chip(page, "图层：交通").click()
    wait_shown(page, len(ATLAS.table))


def test_what_leaves_nothing_is_named_on_the_map_and_dropped_with_one_click(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi&layer=hub&q={quote('没有这样的')}")
    wait_shown(page, 0)
    none = frame(page).locator(".atlas-none")
    expect(none).to_have_text("没有符合全部条件的要素。")
    box = none.bounding_box()
    assert box
    assert box["height"] < 60
    hubs = len(select(ATLAS, Selection(zone=("panxi",), layer=("hub",))))
    page.get_by_role("button", name=f"去掉“搜索”：{hubs} 个").click()
    wait_shown(page, hubs)
    expect(none).to_be_hidden()


def test_a_drawn_area_has_handles_and_a_place_around_has_none(app: str, page: Page):
    drawn = "101.5,26.4;102,26.4;102,27"
    visit(page, f"{app}/?within={drawn}")
    wait_shown(page, len(select(ATLAS, Selection(within=drawn))))
    expect(frame(page).locator(".atlas-grip")).to_have_count(6)
    changed = [[101.5, 26.4], [102.2, 26.4], [102, 27]]
    on_map(page, "void atlas.hand_over({ area: arg })", changed)
    within = ";".join(f"{lon:g},{lat:g}" for lon, lat in changed)
    wait_shown(page, len(select(ATLAS, Selection(within=within))))
    page.wait_for_url(re.compile(re.escape(quote(within, safe=""))))
    visit(page, f"{app}/?within={YANYUAN}~20")
    wait_shown(page, len(select(ATLAS, Selection(within=f"{YANYUAN}~20"))))
    expect(frame(page).locator(".atlas-grip")).to_have_count(0)
    chip(page, "盐源县 周边 20 公里").click()
    wait_shown(page, len(ATLAS.table))


def test_the_panel_begins_with_the_quote(app: str, page: Page):
    visit(page, f"{app}/?feature={identity(EXPRESSWAY)}")
    panel = page.locator(".st-key-panel")
    quoted, facts = panel.locator(".cite blockquote").first, panel.locator(".facts")
    expect(quoted.locator("mark")).to_have_text("攀枝花至盐源")
    above, below = quoted.bounding_box(), facts.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_back_in_the_reader_returns_to_search_and_place(app: str, page: Page):
    visit(page, f"{app}/reader?document=panxi-2021")
    page.get_by_role("textbox", name="在全部文件中查找").fill("盐源")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("本文件找到 \\d+ 处"))).to_be_visible()
    page.wait_for_url(re.compile("find="))
    still(page)
    page.locator("article .mention", has_text="盐源").last.click()
    page.get_by_role("link", name="要素页").click()
    expect(page.locator(".moments")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox", name="在全部文件中查找")).to_have_value("盐源")
    expect(page.locator("article .mention[aria-current]").first).to_be_in_viewport()
    visit(page, f"{app}/reader?clause=panxi-2021/c7/s1/p2")
    expect(page.get_by_role("textbox", name="在全部文件中查找")).to_have_value("")
    expect(page.locator(".wanted")).to_be_in_viewport()
    page.locator(".wanted").get_by_role("link", name="攀枝花至盐源等高速公路").click()
    page.get_by_role("link", name="要素页").click()
    expect(page.locator(".moments")).to_be_visible()
    page.go_back()
    expect(page.locator(".wanted")).to_be_in_viewport()
    assert "clause=panxi-2021" in page.url


def test_names_are_searched_in_english(app: str, page: Page):
    visit(page, f"{app}/?lang=en")
    wait_shown(page, len(ATLAS.table))
    field = page.get_by_role("combobox", name="Search names or wording")
    field.press_sequentially("Panzhihua–Yanyuan")
    expect(page.get_by_role("option", name="Panzhihua–Yanyuan Expressway").first).to_be_visible()
    page.get_by_role("option", name="Panzhihua–Yanyuan Expressway").first.click()
    expect(page.locator(".st-key-panel").get_by_role("heading", name="Panzhihua–Yanyuan Expressway")).to_be_visible()
    page.get_by_text("中文", exact=True).click()
    expect(page.locator(".st-key-panel").get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
