"""`make bench`: what a planner waits for, at three sizes of the atlas, beside a static Leaflet page.

Each size runs in a process of its own. Each figure is the median of several rounds in headless
Chromium on this machine, the ways in turn within each round, so that the ratios hold when the
machine's speed drifts. On a machine shared with others a step is done again when its host kept the
processors meanwhile; the report tells how much of their time it kept all the same.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from playwright.sync_api import Browser, Page, sync_playwright
from xstatic.pkg import leaflet

from benchmarks import measure
from benchmarks.copies import copied
from benchmarks.measure import Figures, Watch
from layers.atlas import Atlas, bundled
from layers.folders import STATIC
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from layers.web.payload import base_map, features_table
from store.where import VARIABLE
from tests.browser.conftest import FLAGS, ROOT, free_port, serve

ROUNDS = 3
ZONES = ("panxi", "southern", "northwestern")
PARTS = ("2000", "10000", "100000", "memory")
OTHERS = 5  # sessions opened besides the first
VIEWS = {"全省": (30.2, 103.0, 6.5), "9 级": (30.2, 103.6, 9)}
# (figure, what it is, budget, whether more is better), by part
BUDGETS: dict[str, list[tuple[str, Callable[[Figures], float], float, bool]]] = {
    "2000": [
        ("筛选到重绘 − 静态页（毫秒）", lambda of: 1000 * (of["筛选到重绘"] - of["静态页筛选"]), 200, False),
        ("首图 / 普通写法", lambda of: of["首图"] / of["普通写法首图"], 0.9, False),
        ("筛选 / 普通写法", lambda of: of["筛选到重绘"] / of["普通写法筛选"], 0.45, False),
        ("启动到首图（秒）", lambda of: of["启动到首图"], 6, False),
    ],
    "10000": [("筛选到重绘 − 静态页（毫秒）", lambda of: 1000 * (of["筛选到重绘"] - of["静态页筛选"]), 300, False)],
    "100000": [
        ("首图（秒）", lambda of: of["首图"], 5, False),
        *((f"拖动 {name}（帧/秒）", lambda of, name=name: of[f"帧 {name}"], 20, True) for name in VIEWS),
    ],
    "memory": [("每多开一个会话（MB）", lambda of: of["每多开一个会话（MB）"], 40, False)],
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A file server that does not write a line a request."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def static_site(atlas: Atlas, beside: Path | None = None) -> Iterator[str]:
    """Serve the static page of `atlas` beside the app's own files on a free loopback port, and a folder as "beside"."""
    files = {"features": features_table(atlas.table), "base": base_map()}
    paths = {name: STATIC / f"bench-{name}-{os.getpid()}.json" for name in files}
    for name, path in paths.items():
        path.write_text(json.dumps(files[name]), encoding="utf-8")
    page = (ROOT / "benchmarks" / "static.html").read_text(encoding="utf-8")
    words = {
        "FEATURES": paths["features"].name,
        "BASE": paths["base"].name,
        "ZONES": list(atlas.table["zones"]),
        "COLORS": COLOURS,
    }
    for word, value in words.items():
        page = page.replace(word, json.dumps(value), 1)
    for name in ("leaflet.js", "leaflet.css"):  # the app has them in its one bundle
        shutil.copy(Path(leaflet.BASE_DIR) / name, STATIC)
    at = STATIC / f"bench-{os.getpid()}.html"
    at.write_text(page, encoding="utf-8")
    if beside:
        (STATIC / f"beside-{os.getpid()}").symlink_to(beside)
    handler = functools.partial(Quiet, directory=str(STATIC))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{at.name}"
    finally:
        server.shutdown()
        for path in (at, *paths.values()):
            path.unlink()
        if beside:
            (STATIC / f"beside-{os.getpid()}").unlink()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, as the browser tests run it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to show the atlas: what its figures are called, when its map is shown, how it is filtered."""

    first: str
    map: str  # true of the page when the map shows as many features as it is given
    shown: dict[str, str]  # what a filter waits for, by the name of its figure
    filter: Callable[[Page, str, dict[str, int], dict[str, str]], Figures] = measure.list_filter


APP = Way("首图", measure.ATLAS_SHOWN, {"筛选到重绘": measure.ATLAS_SHOWN, "筛选到表格": measure.TABLE_SAYS})
PLAIN = Way("普通写法首图", measure.PLAIN_SHOWN, {"普通写法筛选": measure.PLAIN_SHOWN})
STATIC_PAGE = Way(
    "静态页首图", measure.STATIC_SHOWN, {"静态页筛选": measure.STATIC_SHOWN}, filter=measure.static_filter
)


def first_map(browser: Browser, url: str, way: Way, number: int) -> Figures:
    """Return the seconds from opening a new window to its first map."""
    page, first = measure.opened(browser, url, way.map, number)
    page.close()
    return {way.first: first}


@contextmanager
def used(browser: Browser, url: str, way: Way, numbers: dict[str, int], watch: Watch) -> Iterator[tuple[Page, Figures]]:
    """Open a way and filter by each zone of `numbers`; yield its page, and the first map and the medians of filters."""
    figures = watch.quiet(first_map, browser, url, way, numbers[""])
    page, _ = measure.opened(browser, url, way.map, numbers[""])
    page.wait_for_timeout(1500)
    zones = filter(None, numbers)
    yield page, figures | medians([watch.quiet(way.filter, page, zone, numbers, way.shown) for zone in zones])
    page.close()


def app_round(browser: Browser, url: str, numbers: dict[str, int], target: measure.Target, watch: Watch) -> Figures:
    """Use the app once from a new window: seconds, and frames a second."""
    with used(browser, url, APP, numbers, watch) as (page, figures):
        for name, view in VIEWS.items():
            figures.update(watch.quiet(measure.frames_per_second, f"帧 {name}", page, *view))
        figures["点选到面板"] = measure.select_seconds(page, target)
        figures["换页往返"] = measure.turn_seconds(page, numbers[""])
        figures["打开原文"] = measure.reader_seconds(page)
    return figures


def other_round(browser: Browser, url: str, way: Way, numbers: dict[str, int], watch: Watch) -> Figures:
    """The first map and the filter of another way to show the same."""
    with used(browser, url, way, numbers, watch) as (_, figures):
        return figures


def speed(number: int, watch: Watch) -> Figures:
    """Return the medians at `number` features."""
    real = bundled()
    atlas = copied(real, number)
    numbers = {"": number} | {zone: len(select(atlas, Selection(zone=(zone,)))) for zone in ZONES}
    target = measure.clear_target(atlas.table, len(real.table))
    with chromium() as browser, static_site(atlas) as static_url, serve("benchmarks.app_at", str(number)) as url:
        first_map(browser, url, APP, number)  # warms caches
        rounds = [
            app_round(browser, url, numbers, target, watch)
            | other_round(browser, static_url, STATIC_PAGE, numbers, watch)
            for _ in range(ROUNDS)
        ]
    return medians(rounds)


def plain_and_start(watch: Watch) -> Figures:
    """Return the medians of the plain way, and of a start of the app, at the atlas itself."""
    numbers = {zone: layers_of(select(bundled(), Selection(zone=(zone,) if zone else ()))) for zone in ("", *ZONES)}
    with chromium() as browser, serve("streamlit", "run", "benchmarks/plain.py") as url:
        first_map(browser, url, PLAIN, numbers[""])  # warms caches
        return medians(
            [
                other_round(browser, url, PLAIN, numbers, watch) | watch.quiet(start_to_map, browser)
                for _ in range(ROUNDS)
            ]
        )


def medians(rounds: list[Figures]) -> Figures:
    """Return the median of each figure."""
    return {key: statistics.median(one[key] for one in rounds) for key in rounds[0]}


def layers_of(rows: gpd.GeoDataFrame) -> int:
    """Return how many layers the plain way draws: one a feature, but one a point."""
    return sum(
        len(shape.geoms) if shape.geom_type == "MultiPoint" else 1 for shape in rows.geometry if shape is not None
    )


@contextmanager
def atlas_started(
    folder: Path = ROOT, workspace: str = "sqlite:////nowhere/workspace.db", size: int = 0
) -> Iterator[tuple[int, str]]:
    """Start the app of a checkout as its `make run` does, by default on a machine without a workspace.

    With `size` it shows so many features, copies of its own. Yield its process id and its address once it listens.
    """
    port = free_port()
    program, option = ("serve", "--port") if (folder / "serve").is_dir() else ("ui", "--server.port")
    command = [*(["benchmarks.app_at", str(size)] if size else [program]), f"{option}={port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | {VARIABLE: workspace},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"{folder}: the app did not start")
            time.sleep(0.02)
        yield process.pid, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def answers(port: int) -> bool:
    """Tell whether a server listens on this machine's `port`."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def start_to_map(browser: Browser) -> Figures:
    """Return the seconds from `make run` (installed) to the first map."""
    start = time.perf_counter()
    with atlas_started() as (_, url):
        first_map(browser, url, APP, len(bundled().table))
        return {"启动到首图": time.perf_counter() - start}


def memory() -> Figures:
    """Return the memory of the server after one session, and what each further open session adds."""
    with chromium() as browser, atlas_started() as (pid, url):
        sessions = [measure.opened(browser, url, measure.ATLAS_SHOWN, len(bundled().table))[0]]
        sessions[0].wait_for_timeout(3000)
        first = measure.resident_mb(pid)
        for _ in range(OTHERS):
            sessions.append(measure.opened(browser, url, measure.ATLAS_SHOWN, len(bundled().table))[0])
        sessions[-1].wait_for_timeout(3000)
        more = (measure.resident_mb(pid) - first) / OTHERS
    return {"一个会话（MB）": first, "每多开一个会话（MB）": more}


def report(part: str, figures: Figures, took: float, watch: Watch) -> None:
    """Print the figures of a part, and whether they keep within its budgets."""
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{part}：{ROUNDS if part != 'memory' else 1} 轮中位数，用时 {took:.0f} 秒，负载 {load}")
    if watch.shares:
        print(f"处理器时间被宿主机占用：中位 {statistics.median(watch.shares):.1%}，最多 {max(watch.shares):.1%}")
    print("| " + " | ".join(figures) + " |\n|" + "---|" * len(figures))
    print("| " + " | ".join(f"{value:.2f}" for value in figures.values()) + " |")
    for name, of, budget, more in BUDGETS[part]:
        value = of(figures)
        kept = value >= budget if more else value <= budget
        print(f"{'达到' if kept else '未达到'}：{name} {value:.2f}，预算 {'≥' if more else '≤'} {budget}", flush=True)


def main() -> None:
    """Measure one part, or all of them in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--size", choices=PARTS)
    part = parser.parse_args().size
    if part is None:
        for one in PARTS:
            subprocess.run([sys.executable, "-m", "benchmarks", "--size", one], cwd=ROOT, check=True)
        return
    start, watch = time.perf_counter(), Watch()
    figures = memory() if part == "memory" else speed(max(int(part), len(bundled().table)), watch)
    if part == "2000":
        figures |= plain_and_start(watch)
    report(part, figures, time.perf_counter() - start, watch)


if __name__ == "__main__":
    main()
