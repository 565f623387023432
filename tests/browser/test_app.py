"""What a planner does: open, filter, read a clause, export, come back by the address."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from benchmarks.measure import ATLAS_SHOWN, FRAME
from layers.atlas import bundled
from layers.export import geojson
from layers.query.selection import Selection, select
from layers.web.payload import features_table
from tests.browser.conftest import pick, press, still, visit

ATLAS = bundled()

pytestmark = pytest.mark.browser

EXPRESSWAY = "攀枝花至盐源高速公路"


def identity(name: str) -> str:
    return str(ATLAS.table[ATLAS.table["name"] == name]["id"].iloc[0])


def wait_shown(page: Page, number: int) -> None:
    """Wait until the map has drawn and shows exactly `number` features."""
    page.wait_for_function(ATLAS_SHOWN, arg=number)


def click_feature(page: Page, name: str) -> None:
    """Click a line on the map once the page around it stands."""
    still(page)
    click_line(page, name)


def click_line(page: Page, name: str) -> None:
    """Click a line on the map, where it is farthest from everything else that is drawn."""
    at = page.evaluate(
        f"""async id => {{
            const frame = {FRAME}, {{ atlas, L }} = frame, drawn = () => new Promise(frame.requestAnimationFrame);
            await drawn(await drawn());  // the map has gone to what was filtered
            atlas.fitted = undefined;  // and does not go there again
            const line = atlas.shape_layer(atlas.byId.get(id));
            atlas.map.fitBounds(line.getBounds(), {{ animate: false, maxZoom: 10 }});
            const px = latlng => atlas.map.latLngToContainerPoint(latlng), seen = L.bounds([0, 0], atlas.map.getSize());
            const along = latlngs => latlngs.slice(1).flatMap((end, i) => {{
                const a = px(latlngs[i]), b = px(end), n = Math.max(1, Math.ceil(a.distanceTo(b) / 6));
                return Array.from({{ length: n }}, (_, k) => a.add(b.subtract(a).multiplyBy(k / n)));
            }}).filter(point => seen.contains(point));
            const shapes = [...atlas.drawn_shapes].filter(e => e.feature.id !== id).map(e => [e.layer.getLatLngs()].flat(9));
            const others = [...atlas.drawn_points].map(layer => px(layer.getLatLng()))
                .concat(shapes.filter(latlngs => latlngs.length <= 600).flatMap(along));
            let best, most = 0;
            for (const point of along(line.getLatLngs().flat(9))) {{
                const room = others.reduce((least, other) => Math.min(least, other.distanceTo(point)), Infinity);
                if (room > most && frame.document.elementFromPoint(point.x, point.y)?.tagName === "CANVAS") [best, most] = [point, room];
            }}
            return [best.x, best.y];
        }}""",
        identity(name),
    )
    page.wait_for_timeout(300)
    box = page.locator("iframe.atlas-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])


def test_open_filter_read_export(app: str, page: Page, tmp_path: Path):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    press(page, "攀西经济区")
    panxi = select(ATLAS, Selection(zone=("panxi",)))
    wait_shown(page, len(panxi))
    click_feature(page, EXPRESSWAY)
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    expect(page.get_by_text("引文 2 处")).to_be_visible()
    cites = page.locator(".cite")
    expect(cites).to_have_count(2)
    expect(cites.nth(1)).to_contain_text("第 172 页")
    expect(cites.nth(1).locator("mark")).to_have_text("攀枝花至盐源等高速公路")
    expect(cites.nth(1)).to_contain_text("前期工作")
    expect(cites.nth(0)).to_contain_text("支持金口河至西昌、攀枝花至盐源、炉霍至新都桥等高速公路在“十四五”期间开工")
    expect(cites.nth(0).locator("mark")).to_have_text("攀枝花至盐源")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 GeoJSON").click()
    out = tmp_path / "app.geojson"
    download.value.save_as(out)
    assert out.read_text(encoding="utf-8") == geojson(panxi)
    assert f"feature={identity(EXPRESSWAY)}" in page.url
    assert "zone=panxi" in page.url


def test_a_link_reopens_the_view(app: str, page: Page):
    page.goto(f"{app}/?zone={quote('攀西经济区')}&layer=transport&feature={identity(EXPRESSWAY)}")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",), layer=("transport",)))))
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()


def test_back_returns_to_the_view_before(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    visit(page, f"{app}/?zone=southern")
    wait_shown(page, len(select(ATLAS, Selection(zone=("southern",)))))
    page.go_back()
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))


def test_bad_addresses_get_a_message_and_the_map(app: str, page: Page):
    page.goto(f"{app}/?zone={quote('川中')}&feature=f-99999&layer=park")
    wait_shown(page, len(select(ATLAS, Selection(layer=("park",)))))
    expect(page.get_by_text("没有“川中”这个经济区")).to_be_visible()
    expect(page.get_by_text("没有编号为“f-99999”的要素")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_nothing_found_says_what_to_do(app: str, page: Page):
    visit(page, f"{app}/?q={quote('不存在的项目')}")
    wait_shown(page, 0)
    expect(page.get_by_text("没有符合全部条件的要素")).to_be_visible()


def test_the_view_is_kept_when_a_filter_changes(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    before = page.evaluate(
        f"() => {{ const a = {FRAME}.atlas; a.kept = 1; a.map.setView([29, 104], 8, {{animate: false}}); return a.map.getZoom() }}"
    )
    pick(page, "图层", "园区")
    wait_shown(page, len(select(ATLAS, Selection(layer=("park",)))))
    zoom, centre, kept = page.evaluate(
        f"() => {{ const a = {FRAME}.atlas; const c = a.map.getCenter(); return [a.map.getZoom(), [c.lat, c.lng], a.kept] }}"
    )
    assert zoom == before
    assert centre == pytest.approx([29, 104], abs=0.1)
    assert kept == 1, "the map was built again"


def test_a_click_is_told_once(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    page.evaluate("""() => {
        const frame = document.querySelector("iframe.atlas-map"), { tell } = frame;
        window.told = [];
        frame.tell = acts => { window.told.push(acts); tell(acts); };
    }""")
    click_feature(page, EXPRESSWAY)
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()
    page.wait_for_timeout(1000)
    acts = [act for told in page.evaluate("window.told") for act in told]
    assert [act["id"] for act in acts if "drawn" not in act] == [identity(EXPRESSWAY)]


def test_panning_and_zooming_do_not_rerun_the_page(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    page.wait_for_timeout(1500)
    sent: list[int] = []
    page.on("websocket", lambda _: sent.append(1))
    page.evaluate(
        "() => { window.reruns = 0; new MutationObserver(() => window.reruns += 1).observe(document.querySelector('[data-testid=stApp]'), {attributes: true, attributeFilter: ['data-test-script-state']}) }"
    )
    page.evaluate(
        f"() => {{ const a = {FRAME}.atlas; a.map.setView([29, 104], 9, {{animate: false}}); a.map.panBy([100, 50], {{animate: false}}) }}"
    )
    page.wait_for_timeout(1200)
    assert page.evaluate("() => window.reruns") == 0


def test_the_map_holds_what_the_table_holds(app: str, page: Page):
    visit(page, app)
    wait_shown(page, len(ATLAS.table))
    names = page.evaluate(f"() => {FRAME}.atlas.entries.map(e => e.feature.properties.name)")
    assert names == [entry["name"] for entry in features_table(ATLAS.table)["features"]]


def test_a_row_of_the_table_opens_its_feature(app: str, page: Page):
    visit(page, f"{app}/?q={quote(EXPRESSWAY)}")
    wait_shown(page, len(select(ATLAS, Selection(q=EXPRESSWAY))))
    grid = page.get_by_test_id("stDataFrame")
    box = grid.bounding_box()
    assert box
    page.mouse.click(box["x"] + 18, box["y"] + 52)
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()


def test_a_clause_opens_in_the_reader_and_leads_back(app: str, page: Page):
    visit(page, f"{app}/reader?clause=panxi-2021/c7/s1/p2")
    wanted = page.locator(".wanted")
    expect(wanted).to_contain_text("优化区域交通网络。")
    expect(wanted).to_contain_text("第 172 页")
    wanted.get_by_role("link", name="攀枝花至盐源等高速公路").click()
    expect(page.get_by_role("heading", name=EXPRESSWAY)).to_be_visible()


def test_every_click_on_a_document_opens_it(app: str, page: Page):
    visit(page, f"{app}/reader")
    for short, title in (("攀西规划", "攀西经济区"), ("川南规划", "川南经济区"), ("川东北规划", "川东北经济区")):
        page.get_by_text(short, exact=True).click()
        expect(page.get_by_role("heading", name=title).first).to_be_visible()


def test_an_unknown_clause_is_answered_in_words(app: str, page: Page):
    visit(page, f"{app}/reader?document=panxi-2035")
    expect(page.get_by_text("没有文件“panxi-2035”")).to_be_visible()


def test_the_export_is_valid_geojson(app: str, page: Page, tmp_path: Path):
    visit(page, f"{app}/?layer=hub&zone=northwestern")
    wait_shown(page, len(select(ATLAS, Selection(layer=("hub",), zone=("northwestern",)))))
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 GeoJSON").click()
    download.value.save_as(tmp_path / "x.geojson")
    assert json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_back_from_another_page_keeps_the_filters(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    number = len(select(ATLAS, Selection(zone=("panxi",))))
    wait_shown(page, number)
    page.get_by_role("link", name="发展指标").click()
    expect(page.get_by_role("heading", name="发展指标")).to_be_visible()
    page.go_back()
    wait_shown(page, number)
    assert "zone=panxi" in page.url


def test_small_areas_lie_on_large_ones(app: str, page: Page):
    visit(page, f"{app}/?zone=panxi")
    wait_shown(page, len(select(ATLAS, Selection(zone=("panxi",)))))
    page.get_by_role("button", name="清除全部筛选").click()
    wait_shown(page, len(ATLAS.table))
    sizes = page.evaluate(
        f"""() => {{
            Object.assign({FRAME}.atlas, {{ thin: false }}).arrange();
            const sizes = [];
            for (let at = {FRAME}.atlas.areas._drawFirst; at; at = at.next) sizes.push(at.layer.feature.properties.size);
            return sizes;
        }}"""
    )
    assert len(sizes) > 60
    assert sizes == sorted(sizes, reverse=True)
