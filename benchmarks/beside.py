"""How long others wait while a plan is read: `python -m benchmarks.beside [--before FOLDER] [--pages 500]`.

Five sessions filter the map; then a planner adds a plan of so many pages on the desk, in a browser, and they filter
again until it is read. With `--before`, a checkout of an earlier commit as well, in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.__main__ import atlas_started
from benchmarks.load import SETTLED_SECONDS, Seen, many, p95, stream
from layers.atlas import bundled
from layers.folders import ROOT
from layers.query.selection import Selection, select
from plans.vocabulary import keys
from store.workspace import Workspace
from tests.browser.conftest import FLAGS, settled

PAGE = 700  # characters of a printed page
SESSIONS, THOUGHT_SECONDS = 5, 1.0
READ_SECONDS = 300


def a_plan(pages: int) -> bytes:
    """Return the clauses of the five zones' plans as if they were new, over and over, to the length of so many pages."""
    atlas = bundled()
    zones = [one.slug for one in atlas.documents if len(one.zones) == 1]
    lines, length = ["大规划"], 0
    for number, slug in zip(count(1), chain.from_iterable([zones] * 1000), strict=False):
        lines.append(f"第{number}章 任务")
        for clause in atlas.clauses(slug):
            lines.append(clause.text or clause.path[-1])
            length += len(lines[-1])
            if length > pages * PAGE:
                return "\n".join(lines).encode()
    raise AssertionError


def measured(folder: Path, name: str, plan: bytes, numbers: dict[str, int]) -> None:
    """Start a build, and print how long its sessions wait alone and beside the reading."""
    with tempfile.TemporaryDirectory() as kept:
        url = f"sqlite:///{kept}/workspace.db"
        Workspace.open(url).close()
        with atlas_started(folder, url) as (_, address), sync_playwright() as play:
            _filtered(address, numbers)
            time.sleep(SETTLED_SECONDS)
            alone = _filtered(address, numbers)
            program = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            page = program.new_page()
            _add(page, address, plan)
            began, beside = time.perf_counter(), Seen()
            while not _is_read(url) and time.perf_counter() - began < READ_SECONDS:
                seen = _filtered(address, numbers)
                beside.map += seen.map
                beside.end += seen.end
                beside.wrong += seen.wrong
            took = time.perf_counter() - began
            program.close()
    for words, seen in (("平时", alone), ("同时读规划", beside)):
        told = f"地图 p50 {statistics.median(seen.map):.2f}，p95 {p95(seen.map):.2f}；完成 p95 {p95(seen.end):.2f} 秒"
        print(f"{name}，{words}：{len(seen.map)} 次筛选，{told}，出错 {len(seen.wrong)}", flush=True)
    print(f"{name}：读完用 {took:.0f} 秒（至多多算一轮筛选）", flush=True)


def _filtered(address: str, numbers: dict[str, int]) -> Seen:
    with ThreadPoolExecutor() as apart:  # the browser has a loop of its own in this thread
        return apart.submit(asyncio.run, many(stream(address), SESSIONS, numbers, THOUGHT_SECONDS)).result()


def _add(page: Page, address: str, plan: bytes) -> None:
    page.goto(f"{address}/desk")
    field = page.locator("input[type=file]")
    expect(field).to_have_count(1, timeout=120_000)
    settled(page)
    field.set_input_files({"name": "大规划.txt", "mimeType": "text/plain", "buffer": plan})
    expect(page.get_by_text("大规划.txt").first).to_be_visible(timeout=60_000)
    settled(page)
    page.get_by_role("button", name="读取").click()


def _is_read(url: str) -> bool:
    held = Workspace.open(url)
    try:
        return any(one.read for one in held.documents().values())
    finally:
        held.close()


def main() -> None:
    """Measure this build, and an earlier one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside", description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit")
    args = parser.parse_args()
    atlas, plan = bundled(), a_plan(args.pages)
    numbers = {"": len(atlas.table)} | {zone: len(select(atlas, Selection(zone=(zone,)))) for zone in keys("zone")}
    if args.before:
        measured(args.before.resolve(), "之前", plan, numbers)
    measured(ROOT, "现在", plan, numbers)


if __name__ == "__main__":
    main()
