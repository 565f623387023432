"""What a planner does, timed in headless Chromium: open, filter, select, turn the page, drag the map.

All times are seconds of wall clock, as the reader of the screen has them. On a machine shared with
others they also hold what its host kept from it meanwhile: `Watch` measures that, and does a step
again that was disturbed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from playwright.sync_api import Browser, Locator, Page

from plans.vocabulary import label

FRAME = "[...document.querySelectorAll('iframe')].map(f => f.contentWindow).find(w => w?.atlas)"
ATLAS_SHOWN = f"n => (w => w && w.atlas.ready && w.atlas.shown === n)({FRAME})"
STATIC_SHOWN = "n => window.bench && window.bench.ready && window.bench.shown === n"
PLAIN_SHOWN = """n => [...document.querySelectorAll('iframe')].some(f => f.contentWindow.map
  && Object.values(f.contentWindow.map._layers).some(l => l.getLayers && l.getLayers().length === n))"""
TABLE_SAYS = (
    "n => [...document.querySelectorAll('strong')].some(e => e.textContent.replaceAll(',', '') === n + ' 个要素')"
)
HEADED = "name => [...document.querySelectorAll('h3')].some(e => e.textContent === name)"
# Frames that the browser paints of the map while `window.frames_of_map` counts.
COUNT_FRAMES = f"""() => {{ const w = {FRAME}; w.painted = 0; w.counting = true;
  const tick = () => {{ w.painted += 1; if (w.counting) w.requestAnimationFrame(tick) }}; w.requestAnimationFrame(tick) }}"""
FRAMES = f"() => {{ const w = {FRAME}; w.counting = false; return w.painted }}"
WIDTH, HEIGHT = 1600, 1000
PATIENCE_MS = 120_000
DRAG_SECONDS = 2.0
MAP = "iframe.atlas-map, iframe[title='streamlit_folium.st_folium']"  # of this build, of earlier ones
QUIET = 0.02  # share of the processors' time that the host may keep during a step
TRIES = 8
Figures = dict[str, float]


def stolen_seconds() -> float:
    """Return the processor seconds that the host of this machine has kept from it since its start (Linux, proc(5))."""
    ticks = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[8]
    return int(ticks) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Watch:
    """Has steps done again that the host disturbed; `shares` tells what it kept during each that was used."""

    shares: list[float] = field(default_factory=list)

    def quiet(self, step: Callable[..., Figures], *args: object) -> Figures:
        """Return the figures of `step`, done until the machine had its processors to itself, at most TRIES times."""
        tries: list[tuple[float, Figures]] = []
        while len(tries) < TRIES and (not tries or tries[-1][0] > QUIET):
            start, stolen = time.perf_counter(), stolen_seconds()
            figures = step(*args)
            kept = (stolen_seconds() - stolen) / (time.perf_counter() - start) / (os.cpu_count() or 1)
            tries.append((kept, figures))
        share, figures = min(tries, key=lambda one: one[0])
        self.shares.append(share)
        return figures


@dataclass(frozen=True, slots=True)
class Target:
    """A feature that stands clear of all others, so that a click means it."""

    name: str
    lon: float
    lat: float


def clear_target(atlas: gpd.GeoDataFrame, among: int) -> Target:
    """Return the single point of the first `among` rows that lies farthest from any other point or line."""
    drawn = atlas[shapely.get_dimensions(atlas.geometry.to_numpy()) < 2]
    tree = shapely.STRtree(drawn.geometry.to_numpy())
    mine = drawn[(drawn.index < among) & (drawn.geom_type == "Point")]
    (own, _), apart = tree.query_nearest(mine.geometry.to_numpy(), exclusive=True, return_distance=True)
    row = mine.iloc[own[np.argmax(apart)]]
    return Target(str(row["name"]), row.geometry.x, row.geometry.y)


def until(page: Page, condition: str, arg: object, start: float) -> float:
    """Return the seconds from `start` (perf_counter) until `condition` holds for `arg`."""
    page.wait_for_function(condition, arg=arg, timeout=PATIENCE_MS, polling=10)
    return time.perf_counter() - start


def opened(browser: Browser, url: str, condition: str, number: int) -> tuple[Page, float]:
    """Open `url` in a window of its own; return it, and the seconds until it shows `number` features."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    return page, until(page, condition, number, start)


def acted(page: Page, event: str) -> None:
    """Let the page note when its user next does `event` on it, so that no way pays for the hands of the robot."""
    page.evaluate(
        "event => document.addEventListener(event, () => { window.acted = performance.now() }, { capture: true, once: true })",
        event,
    )


def answered(page: Page, condition: str, arg: object) -> float:
    """Return the seconds from that act until `condition` held for `arg`, by the clock of the page."""
    held = page.wait_for_function(
        f"n => ({condition})(n) && performance.now() - window.acted", arg=arg, timeout=PATIENCE_MS
    )
    return float(held.json_value()) / 1000


def zone_option(page: Page, zone: str) -> tuple[Callable[[], None], Locator]:
    """Return what takes the choice of `zone` back, and that choice, ready to be clicked: in the open, or in a list."""
    name = label("zone", zone)
    group, box = page.get_by_role("group", name="经济区"), page.get_by_role("combobox", name="经济区")
    group.or_(box).wait_for()  # they come after the map
    if group.count():
        shown = group.get_by_role("button", name=name)
        return shown.click, shown
    box.click()
    box.fill(name)
    option = page.get_by_role("option", name=name).first
    option.wait_for()
    return lambda: box.press("Backspace"), option


def list_filter(page: Page, zone: str, numbers: dict[str, int], shown: dict[str, str]) -> Figures:
    """Filter by `zone` in the list of zones, and back; return the seconds to each condition of `shown`, by its name."""
    take_back, option = zone_option(page, zone)
    acted(page, "pointerdown")
    option.click()
    figures = {name: answered(page, condition, numbers[zone]) for name, condition in shown.items()}
    page.wait_for_timeout(900)
    take_back()
    for condition in shown.values():
        page.wait_for_function(condition, arg=numbers[""], timeout=PATIENCE_MS)
    page.wait_for_timeout(900)
    return figures


def static_filter(page: Page, zone: str, numbers: dict[str, int], shown: dict[str, str]) -> Figures:
    """The same on the static page, whose list is the browser's own."""
    acted(page, "input")
    page.select_option("#zone", zone, no_wait_after=True)
    figures = {name: answered(page, condition, numbers[zone]) for name, condition in shown.items()}
    page.select_option("#zone", "")
    for condition in shown.values():
        page.wait_for_function(condition, arg=numbers[""], timeout=PATIENCE_MS)
    page.wait_for_timeout(300)
    return figures


def look(page: Page, lat: float, lon: float, zoom: float) -> None:
    """Move the map at once, and let it settle; again while it is still on its way to what was filtered."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=PATIENCE_MS)
    for _ in range(10):
        page.evaluate(f"([a, b, z]) => void {FRAME}.atlas.map.setView([a, b], z, {{animate: false}})", [lat, lon, zoom])
        page.wait_for_timeout(1000)
        off = page.evaluate(
            f"at => (map => map.latLngToContainerPoint(at).distanceTo(map.getSize().divideBy(2)))({FRAME}.atlas.map)",
            [lat, lon],
        )
        if off < 3:  # pixels
            return
    raise RuntimeError("the map does not stay where it is put")


def select_seconds(page: Page, target: Target) -> float:
    """Click on a feature of the map; return the seconds until its panel is headed by its name."""
    look(page, target.lat, target.lon, 12)
    box = page.locator(MAP).bounding_box()
    assert box
    x, y = page.evaluate(
        f"at => (p => [p.x, p.y])({FRAME}.atlas.map.latLngToContainerPoint(at))", [target.lat, target.lon]
    )
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.wait_for_timeout(200)
    start = time.perf_counter()
    page.mouse.click(box["x"] + x, box["y"] + y)
    return until(page, HEADED, target.name, start)


def turn_seconds(page: Page, number: int) -> float:
    """Turn from the map to the statistics and back; return the seconds of both together."""
    start = time.perf_counter()
    page.get_by_role("link", name="统计").click()
    page.locator(".strip").wait_for(timeout=PATIENCE_MS)
    there = time.perf_counter() - start
    page.wait_for_timeout(1500)
    start = time.perf_counter()
    page.get_by_role("link", name="地图", exact=True).click()
    return there + until(page, ATLAS_SHOWN, number, start)


def reader_seconds(page: Page) -> float:
    """Turn from the map to the documents; return the seconds until the first section stands."""
    start = time.perf_counter()
    page.get_by_role("link", name="规划原文").click()
    page.locator("article h3").first.wait_for(timeout=PATIENCE_MS)
    return time.perf_counter() - start


def frames_per_second(name: str, page: Page, lat: float, lon: float, zoom: float) -> Figures:
    """Drag the map with the mouse; return, as `name`, how many frames a second the browser paints meanwhile."""
    look(page, lat, lon, zoom)
    box = page.locator(MAP).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    start, i = time.perf_counter(), 0
    while (passed := time.perf_counter() - start) < DRAG_SECONDS:
        i += 1
        page.mouse.move(x + 200 * np.sin(i / 12), y + 100 * np.sin(i / 7))
    painted = page.evaluate(FRAMES)
    page.mouse.up()
    return {name: float(painted / passed)}


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process, in megabytes (Linux)."""
    return _status_mb(pid, "VmRSS")


def most_mb(pid: int) -> float:
    """Return the most memory that a process has had resident so far, in megabytes (Linux)."""
    return _status_mb(pid, "VmHWM")


def _status_mb(pid: int, name: str) -> float:
    words = Path(f"/proc/{pid}/status").read_text(encoding="ascii").split(f"{name}:")[1].split()
    return int(words[0]) / 1024
