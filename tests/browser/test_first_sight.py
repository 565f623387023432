"""What is seen at once: the whole province, the legend as it was left, a map as high as the window leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from layers.atlas import bundled
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from tests.browser.conftest import opened, pick, settled, still
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown
from tests.browser.test_frame_edit import overlap
from tests.browser.test_map import frame, on_map

ATLAS = bundled()

pytestmark = pytest.mark.browser
WIDE, PHONE = (1366, 768), (390, 844)
CHINESE = re.compile("[㐀-鿿]")


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """A page of its own, whose window has a size of its own."""
    with opened(browser) as page:
        yield page


def sized(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("size", [WIDE, PHONE])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_province_and_its_five_zones_are_there(app: str, page: Page, size: tuple[int, int], lang: str):
    sized(page, size)
    page.goto(f"{app}/?lang={lang}")
    wait_shown(page, len(ATLAS.table))
    page.wait_for_function("h => document.querySelector('iframe').clientHeight === h", arg=max(360, size[1] - 330))
    assert on_map(page, "atlas.map.getSize().y") == max(360, size[1] - 330)
    assert on_map(page, "atlas.map.getBounds().contains(atlas.options.home)")
    zones = frame(page).locator(".atlas-zone span").all_inner_texts()
    assert len(zones) >= (5 if size == WIDE else 3)  # where there is room
    assert {re.sub(r"\s*\d+$", "", one) for one in zones} <= {label("zone", key, lang) for key in keys("zone")}
    if lang == "en":
        names = on_map(page, "[...doc.querySelectorAll('.atlas-label')].map(e => e.textContent)")
        assert len(names) > 10 if size == WIDE else names
        assert [name for name in names if CHINESE.search(name)] == []
    attribution, legend = (
        frame(page).locator(name).bounding_box() for name in (".leaflet-control-attribution", ".atlas-legend")
    )
    assert not overlap(edges(attribution), edges(legend))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_of_places_stand_beside_the_few_signs_that_are_drawn(app: str, page: Page, lang: str):
    sized(page, WIDE)
    page.goto(f"{app}/?zone=southern&layer=transport&status=study&lang={lang}")
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",), layer=("transport",), status=("study",)))))
    signs = on_map(
        page,
        "[...atlas.drawn_points].map(one => atlas.map.latLngToContainerPoint(one.getLatLng())).map(({x, y}) => [x, y])",
    )
    assert len(signs) == 3
    boxes = on_map(
        page,
        "[...doc.querySelectorAll('.atlas-prefecture span')].map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])",
    )
    assert len(boxes) > 6
    assert [(x, y) for x, y in signs if any(a <= x <= c and b <= y <= d for a, b, c, d in boxes)] == []


def test_the_name_of_what_is_selected_is_whole_on_a_phone(app: str, page: Page):
    sized(page, PHONE)
    page.goto(f"{app}/?feature={identity('四川省风电工程技术研究中心')}&lang=en")
    wait_shown(page, len(ATLAS.table))
    name = frame(page).locator(".atlas-selected")
    expect(name).to_have_text("Sichuan Wind Power Engineering Research Centre")
    expect(name).to_be_in_viewport(ratio=1)  # the map goes to it once it is drawn
    box, ground = name.bounding_box(), page.locator("iframe.atlas-map").bounding_box()
    assert box and ground
    assert ground["x"] <= box["x"] and box["x"] + box["width"] <= ground["x"] + ground["width"]


def edges(box) -> dict[str, float]:
    return {"left": box["x"], "top": box["y"], "right": box["x"] + box["width"], "bottom": box["y"] + box["height"]}


def test_names_of_counties_are_english_too(app: str, page: Page):
    page.goto(f"{app}/?lang=en&layer=hub&view=27.5,101.6,10")
    wait_shown(page, len(select(ATLAS, Selection(layer=("hub",)))))
    page.wait_for_function("document.querySelector('iframe').contentWindow.atlas.labels.length > 0")
    counties = on_map(page, "[...doc.querySelectorAll('.atlas-county')].map(e => e.textContent)")
    assert "Yanyuan" in counties
    names = on_map(page, "[...doc.querySelectorAll('.atlas-label')].map(e => e.textContent)")
    assert [name for name in names if CHINESE.search(name)] == []


@pytest.mark.parametrize("high", [620, 768, 1080])
def test_the_map_is_as_high_as_the_window_leaves_it(app: str, page: Page, high: int):
    sized(page, (1366, high))
    page.goto(f"{app}/?feature={identity(EXPRESSWAY)}")
    wait_shown(page, len(ATLAS.table))
    page.wait_for_function("h => document.querySelector('iframe').clientHeight === h", arg=max(360, high - 330))
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible()
    if high > 700:
        box = grid.bounding_box()
        assert box
        assert box["y"] + 2 * 35 < high, "the head and a row"


def test_the_legend_is_remembered_and_in_the_link(app: str, page: Page):
    sized(page, WIDE)
    page.goto(f"{app}/?zone=panxi")
    panxi = len(select(ATLAS, Selection(zone=("panxi",))))
    page.evaluate("localStorage.removeItem('plan-atlas-legend')")
    page.reload()
    is_open = "doc.querySelector('.atlas-legend').open"
    for wanted in (False, True, False):
        wait_shown(page, panxi)
        assert on_map(page, is_open) is wanted
        frame(page).locator("summary", has_text="图例与图层").click()
        page.reload()
    wait_shown(page, panxi)
    assert on_map(page, is_open) is True
    on_map(page, "void (atlas.copy = text => { parent.copied = text; return Promise.resolve() })")
    frame(page).get_by_role("button", name="复制当前视图的链接").click()
    link = page.evaluate("window.copied")
    assert parse_qs(urlsplit(link).query)["legend"] == ["open"]
    page.evaluate("localStorage.removeItem('plan-atlas-legend')")
    page.goto(link)
    wait_shown(page, panxi)
    assert on_map(page, is_open) is True  # though the map is small
    page.goto(link.replace("legend=open", "legend=closed"))
    wait_shown(page, panxi)
    assert on_map(page, is_open) is False


def test_the_chosen_zone_and_county_are_outlined(app: str, page: Page):
    page.goto(f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    page.wait_for_function("document.querySelector('iframe').contentWindow.atlas.outlines.getLayers().length === 1")
    pick(page, "市州、县区", "盐源县")
    page.wait_for_function("document.querySelector('iframe').contentWindow.atlas.outlines.getLayers().length === 2")
    settled(page)
    page.get_by_role("button", name="清除全部筛选").click()
    page.wait_for_function("document.querySelector('iframe').contentWindow.atlas.outlines.getLayers().length === 0")


def test_every_restriction_is_a_chip(app: str, page: Page):
    asked = {
        "zone": ("panxi", "经济区：攀西经济区"),
        "layer": ("transport", "图层：交通"),
        "kind": ("expressway", "类型：高速公路"),
        "status": ("starting", "状态：拟开工"),
        "document": ("panxi-2021", "文件：攀西规划"),
        "place": ("513423", "市州、县区：凉山彝族自治州盐源县"),
        "within": ("513423~50", "盐源县 周边 50 公里"),
        "q": ("攀枝花", "搜索：攀枝花"),
    }
    page.goto(f"{app}/?" + "&".join(f"{part}={value}" for part, (value, _) in asked.items()))
    chips = page.locator(".st-key-chips").get_by_role("button")
    expect(chips).to_have_count(len(asked))
    for part, (_, name) in asked.items():
        still(page)
        page.locator(".st-key-chips").get_by_role("button", name=f"{name} ✕").click()
        page.wait_for_url(lambda url, part=part: part not in parse_qs(urlsplit(url).query))
    expect(chips).to_have_count(0)
    wait_shown(page, len(ATLAS.table))
