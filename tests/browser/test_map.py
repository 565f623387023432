"""The map as a tool: switch layers, measure, select an area, share a view; table and map are one."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
import shapely
from playwright.sync_api import Page, expect

from benchmarks.measure import FRAME, look
from geo.gazetteer import boundary, place
from layers.atlas import bundled
from layers.query.selection import Selection, counts, select
from tests.browser.conftest import pick, press, settled, visit
from tests.browser.test_app import EXPRESSWAY, identity, wait_shown

ATLAS = bundled()

pytestmark = pytest.mark.browser


def on_map(page: Page, expression: str, arg: Any = None) -> Any:
    """Evaluate in the map's frame; `atlas` and `doc` are its own."""
    return page.evaluate(f"arg => {{ const {{ atlas, document: doc }} = {FRAME}; return {expression} }}", arg)


def at(page: Page, lat: float, lon: float) -> tuple[float, float]:
    """Where a position stands on the screen."""
    box = page.locator("iframe.atlas-map").bounding_box()
    x, y = on_map(page, "(p => [p.x, p.y])(atlas.map.latLngToContainerPoint(arg))", [lat, lon])
    assert box
    return box["x"] + x, box["y"] + y


def frame(page: Page):
    return page.frame_locator("iframe.atlas-map")


def open_legend(page: Page) -> None:
    """Open the legend where the map is too small to start with it open, or where it was closed before."""
    if not on_map(page, "doc.querySelector('.atlas-legend').open"):
        frame(page).locator("summary", has_text="图例与图层").click()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_the_legend_counts_and_switches_layers(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    panxi = select(ATLAS, Selection(zone=("panxi",)))
    wait_shown(page, len(panxi))
    found = counts(ATLAS, Selection(zone=("panxi",)), "layer")
    open_legend(page)
    row = frame(page).locator(".atlas-legend-row", has_text="能源")
    expect(row.locator(".atlas-count")).to_have_text(str(found["energy"]))
    row.get_by_role("checkbox").uncheck()
    wait_shown(page, len(panxi) - found["energy"])
    expect(page).to_have_url(re.compile("layer=transport"))
    assert "energy" not in query(page)["layer"]
    frame(page).get_by_role("button", name="交通", exact=True).click()
    wait_shown(page, found["transport"])
    expect(page).not_to_have_url(re.compile("layer=water"))
    assert query(page)["layer"] == ["transport"]
    frame(page).get_by_role("button", name="交通", exact=True).click()
    wait_shown(page, len(panxi))


def wait_framed(page: Page, bounds: tuple[float, float, float, float]) -> None:
    """Wait until the map is framed to (west, south, east, north) in degrees: all of it in view, and little else."""
    page.wait_for_function(
        f"""([west, south, east, north]) => {{
            const frame = {FRAME};
            if (!frame?.atlas.ready) return false;
            const view = frame.atlas.map.getBounds(), wanted = frame.L.latLngBounds([south, west], [north, east]);
            const high = view.getNorth() - view.getSouth(), wide = view.getEast() - view.getWest();
            return view.contains(wanted) && (high < 2.5 * (north - south) || wide < 2.5 * (east - west));
        }}""",
        arg=list(bounds),
    )


def test_the_map_goes_to_what_is_asked_for(app: str, page: Page):
    page.goto(f"{app}/?zone=panxi")
    wait_framed(page, shapely.union(boundary("510400"), boundary("513400")).bounds)
    pick(page, "市州、县区", "盐源县")
    wait_framed(page, boundary(place("盐源县").adcode).bounds)
    press(page, "川西北")
    wait_framed(page, shapely.union(boundary("513200"), boundary("513300")).bounds)
    line = ATLAS.table.set_index("id").geometry[identity(EXPRESSWAY)]
    page.goto(f"{app}/?feature={identity(EXPRESSWAY)}")
    wait_framed(page, line.bounds)
    visit(page, f"{app}/feature?id={identity(EXPRESSWAY)}")
    wait_framed(page, line.bounds)
    visit(page, f"{app}/zone?of=513400")
    wait_framed(page, boundary("513400").bounds)


def test_what_has_no_room_is_counted_and_all_is_drawn_near(app: str, page: Page):
    page.goto(f"{app}/?layer=park")
    parks = select(ATLAS, Selection(layer=("park",)))
    wait_shown(page, len(parks))
    cities = on_map(page, "[...doc.querySelectorAll('.atlas-prefecture span')].map(e => e.textContent)")
    chengdu = int(parks["prefectures"].map(lambda codes: "510100" in codes).sum())
    assert f"成都 {chengdu}" in cities
    left = int(re.search(r"\d+", frame(page).locator(".atlas-more").inner_text())[0])
    assert 30 < left < len(parks)
    look(page, 30.6, 104.1, 9)
    expect(frame(page).locator(".atlas-more")).to_be_hidden()
    assert on_map(page, "doc.querySelectorAll('.atlas-name').length") > 5


def test_names_never_touch(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    look(page, 30.6, 104.1, 9)
    boxes = on_map(
        page,
        "[...doc.querySelectorAll('.atlas-name span')].map(e => (b => [b.left, b.top, b.right, b.bottom])(e.getBoundingClientRect()))",
    )
    assert len(boxes) > 20
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert not (a[0] < b[2] - 3 and b[0] < a[2] - 3 and a[1] < b[3] - 3 and b[1] < a[3] - 3)


def test_a_rectangle_selects_what_lies_in_it(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    look(page, 26.6, 101.7, 8)
    frame(page).get_by_role("button", name="矩形选择要素").click()
    page.mouse.click(*at(page, 26.3, 101.4))
    page.mouse.move(*at(page, 26.6, 101.7))
    page.mouse.click(*at(page, 26.8, 102.0))
    page.wait_for_url(re.compile("within="))
    shown = select(ATLAS, Selection.parse(ATLAS, {"within": query(page)["within"]}))
    assert 100 < len(shown) < 400
    assert "攀枝花市" in set(shown["name"].str[:4])
    wait_shown(page, len(shown))
    page.get_by_role("button", name="选区：图上多边形").click()
    wait_shown(page, len(ATLAS.table))


def test_what_lies_around_a_line(app: str, page: Page):
    visit(page, f"{app}/?feature={identity(EXPRESSWAY)}")
    wait_shown(page, len(ATLAS.table))
    page.get_by_label("周边（公里）").fill("20")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="查看周边要素").click()
    around = select(ATLAS, Selection(within=f"{identity(EXPRESSWAY)}~20"))
    assert EXPRESSWAY in set(around["name"])
    wait_shown(page, len(around))
    expect(page).to_have_url(re.compile(f"within={identity(EXPRESSWAY)}~20"))
    expect(page.get_by_text(f"{len(around):,} 个要素")).to_be_visible()


def test_measuring_is_geodesic(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    look(page, 29.5, 104.5, 7)
    frame(page).get_by_role("button", name="量算长度").click()
    page.mouse.click(*at(page, 30.6, 104.06))  # 成都 – 重庆: 269 km
    page.mouse.move(*at(page, 29.56, 106.55))
    page.mouse.dblclick(*at(page, 29.56, 106.55))
    text = frame(page).locator(".atlas-answer").inner_text()
    assert float(re.search(r"[\d.]+", text)[0]) == pytest.approx(266, abs=4)


def test_rows_and_map_are_one(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi&layer=transport")
    shown = select(ATLAS, Selection(zone=("panxi",), layer=("transport",)))
    wait_shown(page, len(shown))
    grid = page.get_by_test_id("stDataFrame").first
    box = grid.bounding_box()
    assert box
    for row in (0, 1):
        page.mouse.click(box["x"] + 22, box["y"] + 52 + 35 * row)
        page.wait_for_function(f"n => {FRAME}.atlas.selected.length === n", arg=row + 1)
        box = grid.bounding_box()
    assert sorted(on_map(page, "atlas.selected")) == sorted(shown["id"].iloc[:2])
    assert on_map(page, "atlas.marks.getLayers().length") > 1
    on_map(page, "void atlas.tell({ id: arg })", identity(EXPRESSWAY))
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    page.wait_for_timeout(800)
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 22, box["y"] + 52)  # its row stands first, ticked: unticking closes it
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_hidden()


def test_a_feature_outside_the_filters_stays_open(app: str, page: Page):
    visit(page, f"{app}/?zone=southern&feature={identity(EXPRESSWAY)}")
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",)))))
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    page.wait_for_timeout(2000)
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()


def test_a_copied_link_opens_the_same_view(app: str, page: Page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"{app}/?zone=southern")
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",)))))
    look(page, 28.8, 105.1, 10)
    on_map(page, "void (atlas.copy = text => { window.copied = text; return Promise.resolve() })")
    frame(page).get_by_role("button", name="复制当前视图的链接").click()
    link = page.evaluate("window.copied")
    page.goto(link)
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",)))))
    centre = on_map(page, "[atlas.map.getCenter().lat, atlas.map.getCenter().lng, atlas.map.getZoom()]")
    assert centre == pytest.approx([28.8, 105.1, 10], abs=0.02)


def test_colours_by_zone_and_the_relief_base(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    open_legend(page)
    frame(page).get_by_label("着色").select_option("zone")
    colours = set(on_map(page, "[...atlas.drawn_shapes].map(e => e.layer.options.color)"))
    assert colours <= set(on_map(page, "Object.values(atlas.options.zone_colors)"))
    with page.expect_response(re.compile(r"relief-.*\.jpg")) as answer:
        frame(page).get_by_label("底图").select_option("relief")
    assert answer.value.ok


def test_coordinates_stand_under_the_pointer(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    look(page, 30.2, 103.4, 8)
    page.mouse.move(*at(page, 30.0, 103.0))
    lon, lat = re.findall(r"[\d.]+", frame(page).locator(".atlas-position").inner_text())
    assert float(lon) == pytest.approx(103, abs=0.02)
    assert float(lat) == pytest.approx(30, abs=0.02)
    expect(frame(page).get_by_label("正北")).to_be_visible()


def test_rows_are_grouped_and_a_group_narrows_the_map(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    panxi = select(ATLAS, Selection(zone=("panxi",)))
    wait_shown(page, len(panxi))
    page.get_by_role("radio", name="按图层").click()
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid.locator("[role=gridcell]").first).to_have_text("区域")
    settled(page)
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 22, box["y"] + 52)
    wait_shown(page, int((panxi["layer"] == "zone").sum()))
    expect(page).to_have_url(re.compile("layer=zone"))


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        pytest.param({"area": [[104, 30], [105, 31], [105, 30], [104, 31]]}, "选区的边相互交叉", id="crossing"),
        pytest.param({"area": [[104, 30], [105, 30], [105, 30], [104, 30]]}, "选区的边相互交叉或没有面积", id="flat"),
        pytest.param({"near": [104, 30], "km": 900}, "距离 900 公里无效", id="too-far"),
        pytest.param({"near": [104, 30], "km": 1e-7}, "公里无效", id="a-point"),
    ],
)
def test_a_drawing_that_is_no_area_is_told_and_the_one_before_stays(page: Page, app: str, drawn: dict, says: str):
    visit(page, f"{app}/?within=f-00012~10")
    inside = len(select(ATLAS, Selection(within="f-00012~10")))
    wait_shown(page, inside)
    page.evaluate(f"drawn => {FRAME}.atlas.tell(drawn)", drawn)
    expect(page.get_by_text(says)).to_be_visible()
    assert page.evaluate(f"() => {FRAME}.atlas.shown") == inside
    page.evaluate(f"() => {FRAME}.atlas.tell({{ near: [102.26, 27.89], km: 30 }})")
    wait_shown(page, len(select(ATLAS, Selection(within="102.26,27.89~30"))))
    expect(page.get_by_text(says)).to_have_count(0)


def test_colour_and_base_are_in_the_link(page: Page, app: str):
    page.goto(f"{app}/?zone=panxi&color=zone&base=relief&view=27.5,102.1,8")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    assert on_map(page, "[atlas.color_by, atlas.base_key, atlas.map.getZoom()]") == ["zone", "relief", 8]
    on_map(page, "void (atlas.copy = text => { window.copied = text; return Promise.resolve() })")
    frame(page).get_by_role("button", name="复制当前视图的链接").click()
    asked = parse_qs(urlparse(page.evaluate("window.copied")).query)
    assert (asked["color"], asked["base"]) == (["zone"], ["relief"])


def test_count_export_and_first_rows_are_seen_at_once(page: Page, app: str):
    size = page.viewport_size
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, app)
    page.evaluate("localStorage.removeItem('plan-atlas-legend')")
    page.reload()
    wait_shown(page, len(ATLAS.table))
    for found in (page.get_by_text(f"{len(ATLAS.table):,} 个要素"), page.get_by_role("button", name="导出 GeoJSON")):
        box = found.first.bounding_box()
        assert box
        assert box["y"] + box["height"] < 768
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible()
    box = grid.bounding_box()
    assert box
    assert box["y"] + 3 * 35 < 768  # the head and two rows
    legend = on_map(page, "(b => b.width * b.height)(doc.querySelector('.atlas-legend').getBoundingClientRect())")
    ground = on_map(page, "(b => b.width * b.height)(atlas.map.getContainer().getBoundingClientRect())")
    assert legend < 0.02 * ground
    if size:
        page.set_viewport_size(size)
