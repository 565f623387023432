"""The scripts of the map on a bare page with Leaflet: what each gives, without the app around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas as gpd
import polyline
import pytest
from playwright.sync_api import BrowserContext, Page
from xstatic.pkg import leaflet

from layers.atlas import bundled
from layers.web import map as webmap
from layers.web.map import FRAME
from layers.web.map import options as options_of
from layers.web.payload import base_map, features_table, packed
from ui.components.map_page import _words

pytestmark = pytest.mark.browser
FOLDER = Path(webmap.__file__).parent / "frame"
TABLE = bundled().table
ALL = "1" * len(TABLE)


@pytest.fixture(scope="module")
def drawn(browser: BrowserContext) -> Iterator[Page]:
    """A page that holds a Leaflet map and the scripts, with the features and the base of the atlas."""
    page = browser.new_page()
    page.set_viewport_size({"width": 1000, "height": 600})
    page.set_content(
        "<!doctype html><html><body style='margin:0'><div id='map' style='height:600px'></div></body></html>"
    )
    library = Path(leaflet.BASE_DIR)
    page.add_style_tag(content=(library / "leaflet.css").read_text("utf-8"))
    page.add_style_tag(content=(FOLDER / "atlas.css").read_text("utf-8"))
    page.add_script_tag(content=(library / "leaflet.js").read_text("utf-8"))
    for name in FRAME:
        page.add_script_tag(content=(FOLDER / f"{name}.js").read_text("utf-8"))
    options = options_of(
        {key: key for key in ("features", "base", "outlines", "script", "styles", "relief")}, _words(), "zh", ()
    )
    page.evaluate(
        """([options, table, base, filter]) => {
            window.told = [];
            atlas.answer_app = () => told.push(structuredClone(atlas.acts));
            atlas.get = async (url) => (url === "features" ? table : base);
            atlas.start(L.map("map", { preferCanvas: true, zoomSnap: 0.5, maxZoom: 13 }).setView([30.2, 103], 6.5), options);
            atlas.show(filter);
        }""",
        [options, packed(features_table(TABLE)), base_map(), shows(TABLE)],
    )
    page.wait_for_function("atlas.ready && atlas.labels.length > 0")
    yield page
    page.close()


def shows(rows: gpd.GeoDataFrame, **more: Any) -> dict[str, Any]:
    filter_ = {"selected": [], "focus": "", "bounds": None, "layers": [], "overlay": []}
    return filter_ | {"bits": webmap.bits(rows.index.to_numpy(), len(TABLE))} | more


def show(page: Page, rows: gpd.GeoDataFrame, **more: Any) -> None:
    page.evaluate("filter => atlas.show(filter)", shows(rows, **more))


def test_a_frame_that_is_laid_out_late_shows_what_was_asked_for(drawn: Page):
    """The styles that give the frame its height may come after the map, however late."""
    sees = "() => [atlas.map.getSize().y, atlas.map.getBounds().contains(atlas.options.home)]"
    drawn.evaluate("atlas.go_to(atlas.options.home, { animate: false, padding: [0, 0] })")
    drawn.wait_for_timeout(2500)
    drawn.evaluate("document.getElementById('map').style.height = '300px'")
    drawn.wait_for_function(f"({sees})()[0] === 300")
    assert drawn.evaluate(sees) == [300, True]
    drawn.evaluate("document.getElementById('map').style.height = '600px'")
    drawn.wait_for_function(f"({sees})()[0] === 600")


def test_lines_arrive_where_they_are(drawn: Page):
    row = TABLE[TABLE["name"] == "攀枝花至盐源高速公路"].iloc[0]
    got = drawn.evaluate(
        "id => atlas.shape_layer(atlas.byId.get(id)).getLatLngs().flat(2).map(p => [p.lat, p.lng])", row["id"]
    )
    light = features_table(TABLE.loc[[row.name]])["geometries"][0]
    wanted = polyline.decode(polyline.encode(light["coordinates"], 3, geojson=True), 3)
    assert got == [pytest.approx(list(at)) for at in wanted]


def test_a_leap_draws_each_canvas_once_and_what_it_draws_is_where_it_lies(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("void atlas.map.setView([30.4, 104.2], 7, { animate: false })")
    drawn.wait_for_timeout(300)
    drawn.evaluate(
        """() => {
          const { _draw } = L.Canvas.prototype;
          window.draws = new Map();
          L.Canvas.include({ _draw() { draws.set(this, (draws.get(this) || 0) + 1); _draw.call(this); } });
        }"""
    )
    drawn.evaluate("void atlas.map.setView([28.9, 104.6], 9, { animate: false })")
    drawn.wait_for_timeout(300)
    assert drawn.evaluate("[...draws.values()]") == [1, 1, 1]  # the base, the areas, the rest
    off = drawn.evaluate(
        """[...atlas.drawn_shapes].map(one => one.layer).filter(one => one._rings[0]).map(one => {
          const at = atlas.map.latLngToLayerPoint(one.getLatLngs().flat(2)[0]);
          return one._rings[0][0].distanceTo(at);
        })"""
    )
    assert len(off) > 20
    assert max(off) == 0


@pytest.mark.parametrize("zoom", [6, 7, 8, 9, 10])
@pytest.mark.parametrize("selected", ["", "f-00045"])
def test_no_two_names_touch(drawn: Page, zoom: float, selected: str):
    show(drawn, TABLE, selected=[selected] if selected else [])
    drawn.evaluate("zoom => void atlas.map.setView([30.4, 104.2], zoom, { animate: false })", zoom)
    drawn.wait_for_timeout(400)  # the name of the view before fades out
    boxes = drawn.evaluate(
        "[...document.querySelectorAll('.atlas-label span, .atlas-selected')].map(e => (b => [b.left, b.top, b.right, b.bottom])(e.getBoundingClientRect()))"
    )
    assert len(boxes) > 10
    for a, b in combinations(boxes, 2):
        assert not (a[0] < b[2] - 2 and b[0] < a[2] - 2 and a[1] < b[3] - 2 and b[1] < a[3] - 2), (a, b)


def test_the_first_view_is_a_story(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("atlas.go_to(atlas.options.home, { animate: false })")
    zones = drawn.locator(".atlas-zone span").all_inner_texts()
    assert len(zones) == 5
    assert sum(len(TABLE[TABLE["zones"].map(lambda of: "panxi" in of)]) == int(text.split()[-1]) for text in zones) == 1
    shapes, points = drawn.evaluate("[atlas.drawn_shapes.size, atlas.drawn_points.size]")
    assert shapes <= 70
    assert points <= 150
    layers = drawn.evaluate("[...atlas.drawn_shapes].map(e => e.feature.properties.layer)")
    assert set(layers) <= {"corridor", "transport"}
    left = int("".join(filter(str.isdigit, drawn.locator(".atlas-more").inner_text())))
    assert left > 1000


def test_a_few_features_are_all_drawn_however_far(drawn: Page):
    few = TABLE[(TABLE["layer"] == "hub") & TABLE.geometry.notna()].iloc[:40]
    show(drawn, few)
    drawn.evaluate("atlas.go_to(atlas.options.home, { animate: false })")
    assert drawn.locator(".atlas-more").is_hidden()


def test_everything_can_be_drawn_at_once(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("atlas.go_to(atlas.options.home, { animate: false }); atlas.thin = false; atlas.arrange()")
    points = sum(
        len(getattr(one, "geoms", [one])) for one in TABLE.geometry if one is not None and "Point" in one.geom_type
    )
    inside = drawn.evaluate("atlas.drawn_points.size")
    drawn.evaluate("atlas.thin = true; atlas.arrange()")
    assert inside > 0.9 * points


def test_an_act_is_told_until_it_is_answered(drawn: Page):
    show(drawn, TABLE, answered=drawn.evaluate("Date.now() + 1000"))  # that it is drawn
    drawn.evaluate("told.length = 0; for (const id of ['a', 'b', 'c']) atlas.tell({ id })")
    acts = drawn.evaluate("told")
    assert [[act["id"] for act in one] for one in acts] == [["a"], ["a", "b"], ["a", "b", "c"]]
    stamps = [act["stamp"] for act in acts[-1]]
    assert stamps == sorted(set(stamps))
    show(drawn, TABLE, answered=stamps[1])
    drawn.evaluate("atlas.tell({ id: 'd' })")
    last = drawn.evaluate("told.at(-1)")
    assert [act["id"] for act in last] == ["c", "d"]
    show(drawn, TABLE, answered=last[-1]["stamp"])


def test_a_selected_line_keeps_colour_and_dash(drawn: Page):
    row = TABLE[TABLE["name"] == "攀枝花至盐源高速公路"].iloc[0]
    look = "id => (({ color, dashArray, weight }) => ({ color, dashArray, weight }))(atlas.shape_layer(atlas.byId.get(id)).options)"
    before = drawn.evaluate(look, row["id"])
    show(drawn, TABLE, selected=[row["id"]])
    assert drawn.evaluate(look, row["id"]) == before
    assert before["dashArray"]
    assert drawn.evaluate("id => atlas.map.hasLayer(atlas.byId.get(id).layer)", row["id"])


def test_the_wheel_is_the_page_s_until_the_map_is_meant(drawn: Page):
    show(drawn, TABLE)
    zoom = "atlas.map.getZoom()"
    drawn.evaluate("void atlas.map.setView([30.2, 103], 7, { animate: false })")
    drawn.mouse.move(500, 300)
    drawn.mouse.wheel(0, -300)
    drawn.wait_for_timeout(500)
    assert drawn.evaluate(zoom) == 7
    assert "Ctrl" in drawn.locator(".atlas-answer").inner_text()
    drawn.keyboard.down("Control")
    drawn.mouse.wheel(0, -300)
    drawn.keyboard.up("Control")
    drawn.wait_for_function(f"{zoom} > 7")
    drawn.evaluate("void atlas.map.setView([30.2, 99.2], 7, { animate: false })")
    drawn.mouse.click(300, 250)
    drawn.mouse.wheel(0, -300)
    drawn.wait_for_function(f"{zoom} > 7")


def test_keys_step_through_the_features_of_the_view(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("atlas.go_to(atlas.options.home, { animate: false }); atlas.stepped = null; told.length = 0")
    drawn.locator("#map").focus()
    seen = []
    for _ in range(3):
        drawn.keyboard.press("n")
        seen.append(drawn.locator(".atlas-spoken").inner_text())
    assert len(set(seen)) == 3
    drawn.keyboard.press("p")
    assert drawn.locator(".atlas-spoken").inner_text() == seen[1]
    drawn.keyboard.press("Enter")
    opened = drawn.evaluate("told.at(-1)")[-1]["id"]
    assert TABLE.set_index("id").at[opened, "name"] == seen[1]


def test_backspace_takes_a_vertex_back(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("atlas.map.setView([30.2, 103], 7, { animate: false }); atlas.draw('polygon')")
    for x, y in ((400, 200), (500, 200), (500, 320)):
        drawn.mouse.click(x, y)
    drawn.keyboard.press("Backspace")
    assert drawn.evaluate("atlas.drawing.points.length") == 2
    drawn.keyboard.press("Escape")
    assert drawn.evaluate("atlas.drawing") is None


def test_where_nothing_is_left_the_map_says_why(drawn: Page):
    show(drawn, TABLE.iloc[:0], none="没有符合全部条件的要素。可去掉：状态")
    assert drawn.locator(".atlas-none").inner_text() == "没有符合全部条件的要素。可去掉：状态"
    show(drawn, TABLE)
    assert drawn.locator(".atlas-none").is_hidden()


def test_options_and_words_are_whole():
    options = options_of(
        {key: key for key in ("features", "base", "outlines", "script", "styles", "relief")}, _words(), "zh", ()
    )
    assert json.dumps(options, ensure_ascii=False)
    assert {one["key"] for one in options["lines"]["legend"]} <= set(options["lines"]["styles"])


def test_the_view_is_fitted_again_when_styles_come_late(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate(
        "atlas.go_to(atlas.options.home, { animate: false }); document.getElementById('map').style.height = '440px'"
    )
    drawn.wait_for_function("atlas.map.getSize().y === 440")
    assert drawn.evaluate("atlas.map.getBounds().contains(atlas.options.home)")
    drawn.evaluate("document.getElementById('map').style.height = '600px'")
    drawn.wait_for_function("atlas.map.getSize().y === 600")


@pytest.mark.parametrize("size", [(1000, 600), (350, 500)])
def test_the_name_of_what_is_selected_stands_in_the_map_beside_the_tools(drawn: Page, size: tuple[int, int]):
    drawn.set_viewport_size({"width": size[0], "height": size[1]})
    drawn.evaluate("high => { map.style.height = `${high}px`; void atlas.map.invalidateSize() }", size[1])
    row = TABLE[TABLE["name"] == "攀枝花至盐源高速公路"].iloc[0]
    show(drawn, TABLE, selected=[row["id"]])
    where = f"atlas.map.latLngToContainerPoint(atlas.mark_at(atlas.byId.get('{row['id']}')))"
    for x in (10, size[0] // 2, size[0] - 5):
        drawn.evaluate(f"at => void atlas.map.panBy({where}.subtract(at), {{ animate: false }})", [x, 300])
        box = drawn.locator(".atlas-selected").last.bounding_box()  # the one before fades
        assert box
        assert box["x"] >= 46 and box["x"] + box["width"] <= size[0], x
        assert box["x"] <= max(x, 60) and box["x"] + box["width"] >= min(x, size[0] - 12), x
    drawn.set_viewport_size({"width": 1000, "height": 600})
    drawn.evaluate("map.style.height = '600px'; void atlas.map.invalidateSize()")


def test_a_map_without_room_waits_before_it_goes_anywhere(drawn: Page):
    show(drawn, TABLE)
    drawn.evaluate("document.getElementById('map').style.height = '0'; void atlas.map.invalidateSize()")
    drawn.evaluate("atlas.go_to([[26, 100], [29.3, 103.9]], { animate: false })")
    drawn.evaluate("document.getElementById('map').style.height = '600px'; void atlas.map.invalidateSize()")
    assert drawn.evaluate("atlas.map.getBounds().contains([[26, 100], [29.3, 103.9]])")
    assert 6 < drawn.evaluate("atlas.map.getZoom()") < 9
