"""`make bench`: this app, the plain st_folium way and a static page, measured in one run.

Each figure is the median of several rounds in headless Chromium on this machine, the three ways in
turn within each round, so that the ratios hold when the machine's speed drifts.
"""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
from playwright.sync_api import Browser, Page, sync_playwright

from layers.palette import COLOURS
from layers.selection import Selection, select
from layers.table import table
from layers.webmap import STATIC, prepare
from plans.vocabulary import label
from tests.browser.conftest import FLAGS, ROOT, free_port, serve

ROUNDS = 3
ZONES = ("panxi", "southern", "northwestern")
PLAIN_SHOWN = """n => [...document.querySelectorAll('iframe')].some(f => f.contentWindow.map
  && Object.values(f.contentWindow.map._layers).some(l => l.getLayers && l.getLayers().length === n))"""
ATLAS_SHOWN = """n => [...document.querySelectorAll('iframe')].some(f => f.contentWindow.atlas
  && f.contentWindow.atlas.ready && f.contentWindow.atlas.shown === n)"""
STATIC_SHOWN = "n => window.bench && window.bench.ready && window.bench.shown === n"


@contextmanager
def static_site() -> Iterator[str]:
    """Serve the static page beside the app's own files on a free loopback port."""
    served = {key: Path(address).name for key, address in prepare().items()}
    page = (ROOT / "benchmarks" / "static.html").read_text(encoding="utf-8")
    zones = [list(row) for row in table()["zones"]]
    for word, value in {
        "FEATURES": served["features"],
        "BASE": served["base"],
        "ZONES": zones,
        "COLORS": COLOURS,
    }.items():
        page = page.replace(word, json.dumps(value), 1)
    (STATIC / "bench.html").write_text(page, encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(STATIC))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/bench.html"
    server.shutdown()
    (STATIC / "bench.html").unlink()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that does not write a line a request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def seconds_until(page: Page, condition: str, number: int) -> float:
    """Return how long it takes until `condition` holds for `number` features."""
    start = time.perf_counter()
    page.wait_for_function(condition, arg=number, timeout=60_000, polling=10)
    return time.perf_counter() - start


def streamlit_round(browser: Browser, url: str, condition: str, numbers: dict[str, int]) -> tuple[float, float]:
    """Open a Streamlit app and filter by each zone; return (first map, median filter) in seconds."""
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(condition, arg=numbers[""], timeout=60_000, polling=10)
    first = time.perf_counter() - start
    page.wait_for_timeout(1500)
    filters = []
    for zone in ZONES:
        box = page.get_by_role("combobox", name="经济区")
        box.click()
        box.fill(label("zone", zone))
        option = page.get_by_role("option", name=label("zone", zone)).first
        option.wait_for()
        option.click()
        filters.append(seconds_until(page, condition, numbers[zone]))
        page.wait_for_timeout(900)
        box.press("Backspace")
        page.wait_for_function(condition, arg=numbers[""], timeout=60_000)
        page.wait_for_timeout(900)
    page.close()
    return first, statistics.median(filters)


def static_round(browser: Browser, url: str, numbers: dict[str, int]) -> tuple[float, float]:
    """The same of the static page."""
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(STATIC_SHOWN, arg=numbers[""], polling=10)
    first = time.perf_counter() - start
    page.wait_for_timeout(500)
    filters = []
    for zone in ZONES:
        page.select_option("#zone", zone, no_wait_after=True)
        filters.append(seconds_until(page, STATIC_SHOWN, numbers[zone]))
        page.select_option("#zone", "")
        page.wait_for_timeout(300)
    page.close()
    return first, statistics.median(filters)


def answers(port: int) -> bool:
    """Tell whether a server listens on this machine's `port`."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_to_map(browser: Browser) -> float:
    """Return the seconds from `make run` (installed) to the first map."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", f"--server.port={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    while not answers(port):
        time.sleep(0.02)
    page.goto(f"http://127.0.0.1:{port}", wait_until="commit")
    page.wait_for_function(ATLAS_SHOWN, arg=len(table()), timeout=60_000, polling=10)
    took = time.perf_counter() - start
    page.close()
    process.terminate()
    process.wait(10)
    return took


def layers_of(rows: gpd.GeoDataFrame) -> int:
    """Return how many layers the plain way draws: one a feature, but one a point."""
    return sum(
        len(shape.geoms) if shape.geom_type == "MultiPoint" else 1 for shape in rows.geometry if shape is not None
    )


def main() -> None:
    """Measure and print."""
    numbers = {"": len(table())} | {zone: len(select(table(), Selection(zone=(zone,)))) for zone in ZONES}
    plain_numbers = {key: layers_of(select(table(), Selection(zone=(key,) if key else ()))) for key in numbers}
    runs: dict[str, list[tuple[float, float]]] = {"atlas": [], "plain": [], "static": []}
    with sync_playwright() as play, static_site() as static_url:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        started = [start_to_map(browser) for _ in range(3)]
        with (
            serve("streamlit", "run", "app.py") as atlas_url,
            serve("streamlit", "run", "benchmarks/plain.py") as plain_url,
        ):
            for i in range(ROUNDS + 1):
                row = {
                    "atlas": streamlit_round(browser, atlas_url, ATLAS_SHOWN, numbers),
                    "plain": streamlit_round(browser, plain_url, PLAIN_SHOWN, plain_numbers),
                    "static": static_round(browser, static_url, numbers),
                }
                for way, figures in row.items():
                    if i:  # the first round warms caches
                        runs[way].append(figures)
        browser.close()
    report(runs, started)


def report(runs: dict[str, list[tuple[float, float]]], started: list[float]) -> None:
    """Print the medians, and the ratios that the budgets bound."""
    first = {way: statistics.median(figures[0] for figures in rounds) for way, rounds in runs.items()}
    redraw = {way: statistics.median(figures[1] for figures in rounds) for way, rounds in runs.items()}
    print(f"{len(table())} 个要素，{ROUNDS} 轮中位数（秒）")
    print("| | 首图 | 筛选到重绘 |\n|---|---|---|")
    for way, words in {"atlas": "本应用", "plain": "普通 st_folium 写法", "static": "静态 Leaflet 页"}.items():
        print(f"| {words} | {first[way]:.2f} | {redraw[way]:.2f} |")
    print(f"首图 / 普通写法 = {first['atlas'] / first['plain']:.2f}（预算 ≤ 0.90）")
    print(f"筛选 / 普通写法 = {redraw['atlas'] / redraw['plain']:.2f}（预算 ≤ 0.45）")
    print(f"筛选 − 静态页 = {1000 * (redraw['atlas'] - redraw['static']):.0f} ms（预算 ≤ 250 ms）")
    print(f"启动到首图 = {statistics.median(started):.1f} 秒（预算 ≤ 6 秒）")


if __name__ == "__main__":
    main()
