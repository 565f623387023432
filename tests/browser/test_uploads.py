"""A planner's own data in the browser: added, styled, selected by; hostile text and broken files survived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
import shapely
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from benchmarks.measure import FRAME
from geo.gazetteer import boundary, place
from geo.gcj02 import to_gcj02
from layers.atlas import bundled
from layers.query.selection import Selection, select
from layers.query.within import buffer_km, may_lie_within, within
from tests.browser.conftest import ROOT, opened, pick, serve, settled
from tests.browser.test_app import wait_shown
from tests.hostile import HOSTILE, SHOWN
from ui.messages import WORD_JOINER

ATLAS = bundled()

pytestmark = pytest.mark.browser

YANYUAN = boundary(place("盐源县").adcode)
SHORT = {kind: text for kind, text in HOSTILE.items() if kind != "long"}


def geojson(*features: tuple[shapely.Geometry, dict]) -> bytes:
    entries = [
        {"type": "Feature", "properties": about, "geometry": shapely.geometry.mapping(shape)}
        for shape, about in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": entries}).encode()


def add(page: Page, name: str, data: bytes) -> None:
    """Choose a file in the field of 我的数据, and wait until it was dealt with."""
    field = page.locator("input[type=file]")
    if not field.count():
        page.get_by_text("我的数据").click()
    expect(field).to_have_count(1)
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    expect(page.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    expect(page.get_by_test_id("stSpinner")).to_have_count(0)


def wait_own(page: Page, *numbers: int) -> None:
    """Wait until these numbers of shapes stand on the map, a layer each, the newest on top."""
    page.wait_for_function(
        f"""numbers => {{
            const own = {FRAME}?.atlas?.own;
            return own && JSON.stringify(own.getLayers().map(one => one.getLayers().length).reverse()) === JSON.stringify(numbers);
        }}""",
        arg=list(numbers),
    )


def point_at(page: Page, index: int) -> tuple[float, float]:
    """Bring a shape of the newest layer to the middle of the map; return where it is on the page."""
    at = page.evaluate(
        f"""index => {{
            const {{ atlas }} = {FRAME};
            const layer = atlas.own.getLayers().at(-1).getLayers()[index];
            const middle = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
            atlas.map.closePopup();
            atlas.map.setView(middle, 13, {{ animate: false }});
            const {{ x, y }} = atlas.map.latLngToContainerPoint(middle);
            return [x, y];
        }}""",
        index,
    )
    box = page.locator("iframe.atlas-map").bounding_box()
    assert box
    return box["x"] + at[0], box["y"] + at[1]


def hover(page: Page, x: float, y: float) -> None:
    """Rest the pointer on the map until a tooltip shows; the first rest may fall into a redraw."""
    tip = page.frame_locator("iframe.atlas-map").locator(".atlas-tip")
    for _ in range(10):
        page.mouse.move(x + 40, y + 40)
        page.wait_for_timeout(100)
        page.mouse.move(x, y)
        page.wait_for_timeout(200)
        if tip.count():
            return


@contextmanager
def no_script(page: Page) -> Iterator[None]:
    """A script of a stranger would be noticed."""
    dialogs: list[str] = []

    def opens(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", opens)
    yield
    page.remove_listener("dialog", opens)
    assert dialogs == [], "a stranger's script ran"


@pytest.fixture
def page(app: str, page: Page) -> Iterator[Page]:
    """The map of a new session, in which no script of a stranger runs."""
    page.goto(app)
    wait_shown(page, len(ATLAS.table))
    with no_script(page):
        yield page


def test_hostile_properties_are_shown_as_text(page: Page):
    shapes = [
        (shapely.Point(98 + 0.6 * i, 34.2), {"name": text, f"键{text[:40]}": text, "序": i})
        for i, text in enumerate(HOSTILE.values())
    ]
    add(page, "<img src=x onerror=alert(1)>.geojson", geojson(*shapes))
    wait_own(page, len(shapes))
    expect(page.get_by_text("<img src=x onerror=alert(1)>.geojson").first).to_be_attached()
    frame = page.frame_locator("iframe.atlas-map")
    for i, kind in enumerate(HOSTILE):
        shown = SHOWN[kind] if len(SHOWN[kind]) <= 160 else SHOWN[kind][:159] + "…"
        x, y = point_at(page, i)
        hover(page, x, y)
        expect(frame.locator(".atlas-tip bdi")).to_have_text(shown)
        page.mouse.click(x, y)
        expect(frame.locator(".atlas-own td").first).to_have_text(shown)
    assert (
        page.evaluate(
            f"() => {FRAME}.document.querySelectorAll('.atlas-own img, .atlas-own script, .atlas-own a[href^=http]').length"
        )
        == 0
    )


def test_hostile_classes_are_shown_as_text(page: Page):
    classes = [
        text for kind, text in SHORT.items() if kind in ("script", "image", "backtick", "template", "link", "latex")
    ]
    add(
        page,
        "a.geojson",
        geojson(*((shapely.Point(100 + i, 30), {"类`x`<b>": text}) for i, text in enumerate(classes))),
    )
    wait_own(page, len(classes))
    pick(page, "按列着色", "类`x`<b>")
    legend = page.frame_locator("iframe.atlas-map").locator(".atlas-own-legend .atlas-legend-row")
    expect(legend).to_have_count(len(classes))
    assert {text.strip() for text in legend.all_inner_texts()} == {
        text if len(text) <= 24 else text[:23] + "…" for text in classes
    }
    colours = page.evaluate(
        f"() => new Set({FRAME}.atlas.own.getLayers()[0].getLayers().map(one => one.options.fillColor)).size"
    )
    assert colours == len(classes)


BAD_FILES = [
    ("a.zip", b"PK\x03\x04 broken", "压缩包已损坏"),
    ("a.kml", b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "文档类型或实体声明"),
    ("a.csv", b"a,b\n1,2\n", "没有找到坐标列"),
    ("[x](javascript:alert(1)).dwg", b"x", "不支持“[x](javascript:alert(1)).dwg”这种文件"),
    ("a.geojson", b"[" * 100_000, "嵌套过深"),
]


ALERT_SAYS = """([joiner, says]) => [...document.querySelectorAll("[data-testid=stSidebar] [data-testid=stAlert]")]
    .some(alert => alert.innerText.replaceAll(joiner, "").includes(says))"""


def test_a_bad_file_gets_a_message_and_the_session_goes_on(page: Page):
    message = page.get_by_test_id("stSidebar").get_by_test_id("stAlert")
    for name, data, says in BAD_FILES:
        add(page, name, data)
        page.wait_for_function(ALERT_SAYS, arg=[WORD_JOINER, says])
        expect(message).to_have_count(1)
        expect(page.get_by_text("Traceback")).to_have_count(0)
    pick(page, "图层", "园区")
    wait_shown(page, len(select(ATLAS, Selection(layer=("park",)))))
    add(page, "好.csv", "名称,经度,纬度\n甲,104,30\n".encode())
    wait_own(page, 1)
    expect(message).to_have_count(0)


def test_a_layer_selects_styles_hides_and_goes(page: Page):
    add(page, "盐源.geojson", geojson((YANYUAN, {"县": "盐源"})))
    wait_own(page, 1)
    expect(page.get_by_text("个顶点与已知界线相比：按 WGS84 中位偏差 0 米")).to_be_visible()
    inside, maybe = within(ATLAS.table, YANYUAN), may_lie_within(ATLAS.table, YANYUAN)
    page.get_by_role("button", name="用作选区").click()
    wait_shown(page, len(inside))
    expect(
        page.get_by_text(f"{len(inside)} 个要素落在其中，另有 {len(maybe)} 个在其外，但误差范围触及选区")
    ).to_be_visible()
    page.get_by_text("也列出误差范围触及的要素").click()
    wait_shown(page, len(inside) + len(maybe))
    page.get_by_text("也列出误差范围触及的要素").click()
    pick(page, "图层", "交通")
    wait_shown(page, int((inside["layer"] == "transport").sum()))
    page.get_by_role("button", name="清除全部筛选").click()
    wait_shown(page, len(inside))
    page.get_by_role("button", name="取消选区").click()
    wait_shown(page, len(ATLAS.table))
    settled(page)
    page.get_by_role("button", name="用作选区").click()
    wait_shown(page, len(inside))
    settled(page)
    page.locator(".st-key-chips").get_by_role("button", name="自有图层选区 ✕").click()
    wait_shown(page, len(ATLAS.table))
    settled(page)
    page.get_by_role("button", name="用作选区").click()
    wait_shown(page, len(inside))
    page.get_by_text("盐源.geojson", exact=True).first.click()
    wait_own(page)
    page.get_by_text("盐源.geojson", exact=True).first.click()
    wait_own(page, 1)
    settled(page)
    page.get_by_role("button", name="✕", exact=True).click()
    wait_own(page)
    expect(page.get_by_text("盐源.geojson")).to_have_count(0)
    wait_shown(page, len(ATLAS.table))  # its area went with it


def test_features_within_kilometres_of_points(page: Page):
    add(page, "点.csv", "名称,经度,纬度\n西昌,102.26,27.89\n".encode("gb18030"))
    wait_own(page, 1)
    field = page.get_by_role("spinbutton", name="周边 km")
    field.fill("30")
    field.press("Enter")
    page.get_by_role("button", name="用作选区").click()
    wait_shown(page, len(within(ATLAS.table, buffer_km(shapely.Point(102.26, 27.89), 30))))
    expect(page.get_by_text("点.csv 周边 30 公里")).to_be_visible()


def test_projected_coordinates_get_a_choice(page: Page):
    add(page, "投影.csv", "名称,X,Y\n甲,500000,3090000\n".encode())
    expect(page.get_by_text("没有写明坐标系，请选择")).to_be_visible()
    pick(page, "坐标系", "3度带 102°E")
    page.get_by_role("button", name="按此坐标系读取").click()
    wait_own(page, 1)
    lon = page.evaluate(f"() => {FRAME}.atlas.own.getLayers()[0].getLayers()[0].getLatLng().lng")
    assert lon == pytest.approx(102, abs=1e-4)


def test_offset_outlines_are_told_and_corrected(page: Page):
    moved = shapely.transform(YANYUAN, lambda at: np.array([to_gcj02(*pair) for pair in at]))
    add(page, "偏移.geojson", geojson((moved, {"县": "盐源"})))
    expect(page.get_by_text("坐标疑似 GCJ-02")).to_be_visible()
    page.get_by_role("button", name="按 GCJ-02 纠正").click()
    expect(page.get_by_text("坐标疑似 GCJ-02")).to_have_count(0)
    expect(page.get_by_text("按 WGS84 中位偏差 0 米")).to_be_visible()


def test_layers_survive_another_page_and_stay_with_their_session(app: str, page: Page, browser: BrowserContext):
    marker = "只属于这次会话的名称"
    add(page, "私有.geojson", geojson((shapely.Point(102, 28), {"name": marker})))
    wait_own(page, 1)
    page.get_by_role("link", name="规划原文").click()
    expect(page.get_by_text("显示未上图的文字")).to_be_visible()
    page.get_by_role("link", name="地图", exact=True).click()
    wait_own(page, 1)
    other = browser.new_page()
    other.goto(app)
    wait_shown(other, len(ATLAS.table))
    assert other.evaluate(f"() => !{FRAME}.atlas.own")
    assert marker not in other.content()
    other.close()
    written = [*(ROOT / "static").rglob("*.*"), *(ROOT / "build").rglob("*.*")]
    assert not [path for path in written if path.is_file() and marker.encode() in path.read_bytes()]


# ---- an atlas whose own names are hostile ----------------------------------------------------

# Runs the app over the same records, but with names as an attacker would write them.
HOSTILE_APP = """
import sys
from functools import cached_property
from pathlib import Path
sys.path.insert(0, {root!r})
from layers.atlas import Atlas, bundled
from tests.hostile import SHOWN
from ui.navigation import run

class Hostile(Atlas):
    def __init__(self, records):
        super().__init__(records)
        self.version = "hostile"

    @cached_property
    def table(self):
        frame = bundled().table.copy()
        for row, text in enumerate(SHOWN.values()):
            for column in ("name", "status_text", "placement_source"):
                frame[column] = frame[column].astype(object)
                frame.at[row, column] = text
            frame.at[row, "aliases"] = (text,)
            frame.at[row + 30, "part_of"] = frame.at[row, "id"]
            frame.at[row, "part_of"] = frame.at[(row + 1) % len(SHOWN), "id"]
        return frame

run(Hostile(bundled().records))
"""


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "app.py").write_text(HOSTILE_APP.format(root=str(ROOT)), encoding="utf-8")
    with serve("tests.browser.app_of", str(folder / "app.py")) as url:
        yield url


@pytest.fixture(scope="module")
def hostile_page(hostile_app: str, browser: BrowserContext) -> Iterator[Page]:
    with opened(browser) as page, no_script(page):
        page.goto(hostile_app)
        wait_shown(page, len(ATLAS.table))
        yield page


@pytest.mark.parametrize(("row", "kind"), list(enumerate(HOSTILE)), ids=list(HOSTILE))
def test_a_hostile_atlas_is_shown_as_text(hostile_page: Page, row: int, kind: str):
    page, feature = hostile_page, ATLAS.table["id"].iloc[row]
    page.evaluate(f"id => {FRAME}.atlas.tell({{ id }})", feature)  # what a click on it does
    expect(page.locator(".facts")).to_contain_text(feature)
    page.wait_for_function(f"id => {FRAME}.atlas.selected[0] === id", arg=feature)
    shown = SHOWN[kind]
    head = " ".join(shown.split())
    said = page.get_by_role("heading", level=3).last.inner_text().replace(WORD_JOINER, "").strip()
    assert said == (head if len(head) <= 300 else head[:299] + "…")
    assert page.locator(".facts").inner_text().count(shown[:200]) >= 2
    assert page.evaluate(f"() => {FRAME}.atlas.byId.get({FRAME}.atlas.selected[0]).feature.properties.name") == shown
    tip = page.frame_locator("iframe.atlas-map").locator(".atlas-selected span")
    if tip.count():
        assert tip.first.text_content() == shown
    assert page.locator("[data-testid=stMain] img, .facts script, .katex, a[href^='javascript']").count() == 0
