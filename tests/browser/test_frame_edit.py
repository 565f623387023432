"""The frame of the map alone: the area that was drawn is changed, the edges of the world, the legend and what lies beside it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.test_frame import TABLE, show
from tests.browser.test_frame import drawn as drawn  # noqa: PLC0414 the fixture

pytestmark = pytest.mark.browser
SQUARE = [[102, 29], [104, 29], [104, 31], [102, 31]]


def drag(page: Page, start: list[float], end: list[float]) -> None:
    """Drag from one position (lon, lat) to another."""
    places = "at => (p => [p.x, p.y])(atlas.map.latLngToContainerPoint([at[1], at[0]]))"
    page.mouse.move(*page.evaluate(places, start))
    page.mouse.down()
    page.mouse.move(*page.evaluate(places, end), steps=4)
    page.mouse.up()


def told(page: Page) -> dict[str, Any]:
    return page.evaluate("told.at(-1)")[-1]  # type: ignore[no-any-return]


def near(corners: list[list[float]], wanted: list[list[float]]) -> bool:
    return [pytest.approx(at, abs=0.03) for at in wanted] == corners


def test_the_corners_of_a_drawn_area_are_dragged_added_and_taken_out(drawn: Page):
    drawn.evaluate("void atlas.map.setView([30.2, 103], 7, { animate: false })")
    show(drawn, TABLE, drawn={"area": SQUARE})
    assert drawn.locator(".atlas-grip").count() == 8
    drag(drawn, [104, 31], [104.5, 31.5])
    assert near(told(drawn)["area"], [*SQUARE[:2], [104.5, 31.5], SQUARE[3]])
    show(drawn, TABLE, drawn={"area": SQUARE})  # the app refused: the area stands as before
    drag(drawn, [103, 29], [103, 28.6])
    assert near(told(drawn)["area"], [SQUARE[0], [103, 28.6], *SQUARE[1:]])
    show(drawn, TABLE, drawn={"area": [*SQUARE, [101.5, 30]]})
    assert drawn.locator(".atlas-grip").count() == 10
    drawn.locator(".atlas-grip-corner").nth(4).dblclick()
    assert told(drawn)["area"] == SQUARE
    show(drawn, TABLE, drawn=None)
    assert drawn.locator(".atlas-grip").count() == 0


def test_a_drawn_circle_is_moved_and_widened(drawn: Page):
    drawn.evaluate("void atlas.map.setView([30.2, 103], 7, { animate: false })")
    show(drawn, TABLE, drawn={"near": [103, 30], "km": 100})
    drag(drawn, [103, 30], [103.5, 30.5])
    moved = told(drawn)
    assert moved["near"] == pytest.approx([103.5, 30.5], abs=0.03)
    assert moved["km"] == 100
    show(drawn, TABLE, drawn={"near": [103, 30], "km": 100})
    drag(drawn, [103 + 100 / 96.5, 30], [103 + 150 / 96.5, 30])
    wide = told(drawn)
    assert wide["near"] == [103, 30]
    assert wide["km"] == pytest.approx(150, abs=4)
    assert "km" in drawn.locator(".atlas-answer").inner_text()
    show(drawn, TABLE)


def test_nothing_is_asked_of_bare_ground_unless_the_page_wants_it(drawn: Page):
    drawn.evaluate("void atlas.map.setView([30.2, 97.6], 8, { animate: false })")
    show(drawn, TABLE.iloc[:0])
    drawn.evaluate("told.length = 0")
    drawn.mouse.click(250, 300)
    drawn.wait_for_timeout(400)
    assert drawn.evaluate("told") == []
    show(drawn, TABLE.iloc[:0], ground=True)
    drawn.mouse.dblclick(250, 300)  # zooms
    drawn.wait_for_timeout(400)
    assert drawn.evaluate("told") == []
    where = drawn.evaluate("(at => [at.lng, at.lat])(atlas.map.containerPointToLatLng([250, 300]))")
    drawn.mouse.click(250, 300)
    drawn.wait_for_function("told.length > 0")
    assert told(drawn)["at"] == pytest.approx(where, abs=1e-4)


def test_zoom_and_pan_end_at_the_edges(drawn: Page):
    show(drawn, TABLE.iloc[:0])
    drawn.evaluate("void atlas.map.setView([30.2, 103], 30, { animate: false })")
    assert drawn.evaluate("atlas.map.getZoom()") == 13
    drawn.evaluate("void atlas.map.setView([20, -60], 7, { animate: false })")
    drawn.wait_for_function("atlas.map.options.maxBounds.contains(atlas.map.getCenter())")


@pytest.mark.parametrize("size", [(1000, 600), (620, 430), (350, 500)])
def test_the_attribution_and_names_stand_clear_of_the_legend(drawn: Page, size: tuple[int, int]):
    drawn.set_viewport_size({"width": size[0], "height": size[1]})
    drawn.evaluate("high => { map.style.height = `${high}px`; void atlas.map.invalidateSize() }", size[1])
    show(drawn, TABLE)
    for opened in (False, True):
        drawn.evaluate("opened => { atlas.legend_box.open = opened }", opened)
        drawn.evaluate("void atlas.map.setView([30.2, 103.4], 7.5, { animate: false })")
        attribution, legend, bar = (
            boxes(drawn, name)[0] for name in (".leaflet-control-attribution", ".atlas-legend", ".atlas-bar")
        )
        assert not overlap(attribution, legend)
        for name in boxes(drawn, ".atlas-label span"):
            assert name["left"] >= 0 and name["right"] <= size[0], "a name is cut"
            assert not overlap(name, legend) and not overlap(name, bar)
    drawn.evaluate("atlas.legend_box.open = false")


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    return page.evaluate(  # type: ignore[no-any-return]
        "selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().toJSON())", selector
    )


def overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        a["left"] + 1 < b["right"]
        and b["left"] + 1 < a["right"]
        and a["top"] + 1 < b["bottom"]
        and b["top"] + 1 < a["bottom"]
    )


def test_what_is_selected_is_brought_beside_the_legend(drawn: Page):
    drawn.set_viewport_size({"width": 1000, "height": 600})
    drawn.evaluate("map.style.height = '600px'; void atlas.map.invalidateSize(); atlas.legend_box.open = false")
    row = TABLE[TABLE["name"] == "攀枝花至盐源高速公路"].iloc[0]
    show(drawn, TABLE, selected=[row["id"]])
    where = f"atlas.map.latLngToContainerPoint(atlas.mark_at(atlas.byId.get('{row['id']}')))"
    drawn.evaluate(f"void atlas.map.panBy({where}.subtract([150, 450]), {{ animate: false }})")
    drawn.locator("summary").click()
    drawn.wait_for_function(f"{where}.x > document.querySelector('.atlas-legend').getBoundingClientRect().right")
    drawn.locator("summary").click()
