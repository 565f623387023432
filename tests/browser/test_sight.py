"""The map as it is painted: classes of lines told apart by every kind of sight, boundaries stroked once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from layers.atlas import bundled
from layers.query.selection import Selection, select
from layers.symbols import LINE_KINDS, MODES, OUTLINES
from tests.browser.conftest import visit
from tests.browser.test_app import wait_shown
from tests.browser.test_map import on_map
from tests.layers.web.test_palette import GROUND, SIMULATED, filtered, lab, linear, rgb

pytestmark = pytest.mark.browser

ATLAS = bundled()
# CIE 1976: 2.3 is just seen between patches side by side (Mahy, Van Eycken & Oosterlinck 1994, Color Research &
# Application 19); lines are thin and apart, so four times that.
FAR = 10
RIVERS = "#a9cfe8"
WIDER = 1.5  # times as wide: seen without a line to compare with
DASHED = {  # what a status is painted as, where the course is schematic
    **dict.fromkeys(("operating", "completing", "under_construction"), "long"),
    **dict.fromkeys(("building", "starting"), "dashed"),
    **dict.fromkeys(("preliminary", "study", "seeking_listing", "promoted", "mentioned"), "dotted"),
}

# Every stroke that the canvas paints of each feature, as it stands when it is painted.
PAINTED = """(() => {
    const { L, CanvasRenderingContext2D: context } = doc.defaultView;
    const fill = L.Canvas.prototype._fillStroke, found = [];
    L.Canvas.prototype._fillStroke = function (paper, layer) {
        const strokes = [];
        paper.stroke = () => {
            strokes.push([paper.strokeStyle, paper.globalAlpha, paper.lineWidth, paper.getLineDash()]);
            context.prototype.stroke.call(paper);
        };
        fill.call(this, paper, layer);
        delete paper.stroke;
        const about = layer.feature?.properties;
        if (about?.layer) found.push({ ...about, symbol: layer.options.symbol ?? null, strokes });
    };
    atlas.recolor(arg);
    atlas.thin = false;
    atlas.map.setView([30.2, 103], 6.5, { animate: false });
    atlas.arrange();
    atlas.canvas._redrawBounds = null;
    atlas.canvas._redraw();
    L.Canvas.prototype._fillStroke = fill;
    atlas.thin = true;
    atlas.recolor("layer");
    return found;
})()"""
# The edges of every stroked outline of the ground but rivers, each as its two ends.
EDGES = """(() => {
    const found = [];
    atlas.map.eachLayer((layer) => {
        if (!layer.getLatLngs || layer.options.pane !== "base" || !layer.options.stroke || layer.options.color === arg) return;
        const walk = (part) => {
            if (Array.isArray(part[0])) return part.forEach(walk);
            const ends = part.map(({ lat, lng }) => `${lng.toFixed(6)} ${lat.toFixed(6)}`);
            const ring = layer instanceof doc.defaultView.L.Polygon ? [...ends, ends[0]] : ends;
            for (let i = 1; i < ring.length; i++) found.push([ring[i - 1], ring[i]].sort().join("|"));
        };
        walk(layer.getLatLngs());
    });
    return found;
})()"""
# How often each outline of the ground is stroked in one painting of the map at a zoom.
STROKED = """(() => {
    const { L, CanvasRenderingContext2D: context } = doc.defaultView;
    atlas.map.setView([30.2, 103], arg, { animate: false });
    let paper, times = new Map();
    atlas.map.eachLayer((layer) => { if (layer.options.pane === "base" && layer._renderer) paper = layer._renderer; });
    const fill = L.Canvas.prototype._fillStroke;
    L.Canvas.prototype._fillStroke = function (on, layer) {
        on.stroke = () => { times.set(layer, (times.get(layer) ?? 0) + 1); context.prototype.stroke.call(on); };
        fill.call(this, on, layer);
        delete on.stroke;
    };
    paper._redrawBounds = null;
    paper._redraw();
    L.Canvas.prototype._fillStroke = fill;
    return [...times.values()];
})()"""


@dataclass(frozen=True, slots=True)
class Look:
    """A line as it is painted: its edge and its core (sRGB over the ground, pixels), and its dash in pixels."""

    edge: tuple[float, ...]
    width: float
    core: float
    dash: tuple[float, ...]


def over(colour: np.ndarray, opacity: float, ground: np.ndarray) -> np.ndarray:
    return opacity * colour + (1 - opacity) * ground


def look_of(strokes: list[Any], *, dark: bool) -> Look:
    (colour, opacity, width, dash), *core = strokes
    ground, ink = (filtered(GROUND), filtered(colour)) if dark else (rgb(GROUND), rgb(colour))
    return Look(tuple(over(ink, opacity, ground)), width, core[0][2] if core else 0, tuple(dash))


def painted(page: Page, app: str, coloured: str) -> list[dict[str, Any]]:
    visit(page, f"{app}/?layer=transport")
    wait_shown(page, len(select(ATLAS, Selection(layer=("transport",)))))
    return on_map(page, PAINTED, coloured)


def apart(one: Look, other: Look, matrix: np.ndarray) -> bool:
    """Far in colour, or one clearly wider, or one with a core and the other without."""
    seen = [lab(np.clip(matrix @ linear(np.array(look.edge)), 0, 1)) for look in (one, other)]
    far = float(np.linalg.norm(seen[0] - seen[1])) >= FAR
    narrow, wide = sorted((one.width, other.width))
    return far or wide >= WIDER * narrow or bool(one.core) != bool(other.core)


def differ_in_dash(one: Look, other: Look) -> bool:
    """One is not broken, or its strokes are clearly longer."""
    if bool(one.dash) != bool(other.dash):
        return True
    short, long = sorted((one.dash[0], other.dash[0]))
    return long >= WIDER * short


@pytest.fixture(scope="module", params=["layer", "zone"])
def lines(request: pytest.FixtureRequest, app: str, browser: Any) -> Any:
    """What is painted of transport, coloured as asked."""
    page = browser.new_page()
    found = painted(page, app, request.param)
    page.close()
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("sight", SIMULATED)
def test_no_two_classes_of_lines_merge(lines, sight, dark):
    looks: dict[tuple[str, str, str], set[Look]] = {}
    for one in lines:
        if one["shape"] == "line":
            dash = "solid" if one["precision"] == "network" else DASHED[one["status"]]
            key = (LINE_KINDS[one["kind"]], dash, one["strokes"][0][0])
            looks.setdefault(key, set()).add(look_of(one["strokes"], dark=dark))
    assert {mode for mode, _, _ in looks} == set(MODES)
    assert all(len(found) == 1 for found in looks.values()), "what is of one class, status and colour looks alike"
    for ((mode, dash, ink), (one,)), ((another, stroke, paint), (other,)) in combinations(looks.items(), 2):
        if mode != another:
            assert apart(one, other, SIMULATED[sight]), f"{mode} {ink} and {another} {paint}"
        elif dash != stroke:
            assert differ_in_dash(one, other), f"{mode}: {dash} and {stroke}"


def test_air_has_a_sign_of_its_own(lines):
    """No line is drawn for what flies: an airport is a plane, and nothing else of transport is one."""
    signs = {(one["symbol"], one["kind"]) for one in lines if one["shape"] == "point"}
    assert {kind for sign, kind in signs if sign == "plane"} == {"transport_airport", "general_airport"}
    outlines = [OUTLINES[sign] for sign in {sign for sign, _ in signs if sign}]
    assert all(one != other for one, other in combinations(outlines, 2))


def test_boundaries_are_stroked_once(app: str, page: Page):
    """No edge is in two of the outlines of counties, prefectures, zones and the provinces around, and each outline is stroked once at any zoom."""
    visit(page, f"{app}/?layer=hub")
    wait_shown(page, len(select(ATLAS, Selection(layer=("hub",)))))
    edges = on_map(page, EDGES, RIVERS)
    assert len(edges) > 5_000
    assert len(edges) == len(set(edges)), "an edge is stroked twice"
    for zoom in range(5, 14):
        times = on_map(page, STROKED, zoom)
        assert times, "nothing was painted"
        assert set(times) == {1}, f"zoom {zoom}"
