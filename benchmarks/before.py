"""`python -m benchmarks.before FOLDER [--size 10000|100000]`: this build beside an earlier one, in turns within one run.

FOLDER holds a checkout of the earlier commit (`git worktree add FOLDER COMMIT`); both run with the packages of this
interpreter. Each round starts both servers, each in its turn, and does on each what a planner does. The figures are
medians, the last column what this build takes of what the other took.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from benchmarks.__main__ import ZONES, atlas_started, chromium
from benchmarks.measure import (
    FRAME,
    HEIGHT,
    PATIENCE_MS,
    WIDTH,
    Figures,
    Target,
    acted,
    answered,
    clear_target,
    resident_mb,
    select_seconds,
    zone_option,
)
from layers.atlas import bundled
from layers.folders import ROOT

ROUNDS = 5
DRAWN = f"() => (w => w && w.atlas.ready && w.atlas.shown > 0)({FRAME})"
CHANGED = f"before => (w => w.atlas.shown !== before)({FRAME})"
COUNTED = """before => [...document.querySelectorAll('strong')].map(e => e.textContent.replaceAll(',', ''))
  .some(text => /^\\d+ 个要素$/.test(text) && parseInt(text) !== before)"""


def worked_seconds(pid: int) -> float:
    """Return the processor seconds that a process has used (Linux, proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def visit(context: BrowserContext, url: str) -> tuple[Page, float, float]:
    """Open the app in a new window; return it, the seconds to the first map, and the bytes that came over the wire."""
    page = context.new_page()
    wire: CDPSession = context.new_cdp_session(page)
    wire.send("Network.enable")
    received: list[float] = []
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_function(DRAWN, timeout=PATIENCE_MS, polling=10)
    first = time.perf_counter() - start
    page.wait_for_timeout(2000)
    return page, first, sum(received)


def filtered(page: Page, pid: int) -> Figures:
    """Filter by each zone and back; return the medians to the map and the table, and the server's work for one filter."""
    rounds: list[Figures] = []
    for zone in ZONES:
        before = page.evaluate(f"() => {FRAME}.atlas.shown")
        take_back, option = zone_option(page, zone)
        worked = worked_seconds(pid)
        acted(page, "pointerdown")
        option.click()
        figures = {"筛选到重绘": answered(page, CHANGED, before), "筛选到表格": answered(page, COUNTED, before)}
        page.wait_for_timeout(900)
        rounds.append(figures | {"每次筛选的处理器时间": worked_seconds(pid) - worked})
        chosen = page.evaluate(f"() => {FRAME}.atlas.shown")
        take_back()
        page.wait_for_function(CHANGED, arg=chosen, timeout=PATIENCE_MS)
        page.wait_for_timeout(900)
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def target_of_both(folder: Path) -> Target:
    """Return a feature that stands clear of others in this build, and that the other has by the same name."""
    with (folder / "data" / "features.csv").open(encoding="utf-8") as rows:
        known = {row["name"] for row in csv.DictReader(rows)}
    table = bundled().table
    return clear_target(table[table["name"].isin(known)], len(table))


def used(browser: Browser, folder: Path, target: Target, number: int) -> Figures:
    """Start one build, with `number` features if any, and use it once, from a browser that knows nothing of it.

    Among copies no feature stands clear of others in both builds: then none is clicked.
    """
    start = time.perf_counter()
    with atlas_started(folder, size=number) as (pid, url):
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        page, _, size = visit(context, url)
        figures = {"启动到首图": time.perf_counter() - start - 2, "首次访问 MB": size / 1e6}
        figures |= filtered(page, pid)
        if not number:
            figures["点选到面板"] = select_seconds(page, target)
        page.close()
        page, again, size = visit(context, url)
        figures |= {"再次访问到首图": again, "再次访问 MB": size / 1e6}
        context.close()
        fresh = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
        _, first, _ = visit(fresh, url)
        fresh.close()
        return figures | {"首图": first, "内存 MB": resident_mb(pid)}


def main() -> None:
    """Measure both builds in turns and print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.before", description=__doc__)
    parser.add_argument("folder", type=Path, help="a checkout of the earlier commit")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--size", type=int, default=0, help="features, copies of the atlas; the atlas itself by default"
    )
    asked = parser.parse_args()
    builds = {"before": asked.folder.resolve(), "now": ROOT}
    found: dict[str, list[Figures]] = {name: [] for name in builds}
    target = target_of_both(asked.folder)
    with chromium() as browser:
        for folder in builds.values():
            used(browser, folder, target, asked.size)  # warms caches
        for _ in range(asked.rounds):
            for name, folder in builds.items():
                found[name].append(used(browser, folder, target, asked.size))
    print(f"{asked.rounds} 轮中位数，负载 {os.getloadavg()[0]:.1f}\n| | 之前 | 现在 | 比 |\n|---|---|---|---|")
    for figure in found["now"][0]:
        before, now = (statistics.median(one[figure] for one in found[name]) for name in builds)
        print(f"| {figure} | {before:.3f} | {now:.3f} | {now / before:.2f} |")


if __name__ == "__main__":
    main()
