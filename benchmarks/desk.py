"""A review by keys alone: `python -m benchmarks.desk [--decisions 200] [--plan FILE]`.

A plan is read into a workspace of its own, then its page is driven in headless Chromium: accept, reject, merge
where the same is shown, undo now and then; each key waits until the page has drawn what it did. Printed: seconds a
decision, which is what the page takes of the nine seconds that 200 findings in 30 minutes leave for each; of the
server, processor time and bytes sent for one.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.before import worked_seconds
from layers.atlas import bundled
from store.workspace import Workspace
from tests.browser.conftest import FLAGS, opened, process, settled

PLAN = "northeastern-2021"  # its clauses, read as if they were new: 311 findings
KEYS = "aaxa1aaaxau"  # in turn: what a reviewer presses


def main() -> None:
    """Read, drive, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--plan", type=Path, help="a file of your own")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLAN_ATLAS_DB"] = f"sqlite:///{Path(folder) / 'workspace.db'}"
        held = Workspace.open()
        sent: list[int] = []  # bytes
        findings = held.read(held.add(*a_plan(args.plan)))
        with process("serve") as (url, pid), sync_playwright() as play:
            program = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            with opened(program.new_context(viewport={"width": 1600, "height": 1000})) as page:
                page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: sent.append(len(frame))))
                page.goto(f"{url}/desk?plan=plan-0001")
                expect(page.locator(".linked .desk .mention").first).to_be_visible(timeout=120_000)
                settled(page)
                sent.clear()
                worked = worked_seconds(pid)
                took = [_decide(page, KEYS[number % len(KEYS)]) for number in range(args.decisions)]
                worked = worked_seconds(pid) - worked
            program.close()
        log = held.state().log
        assert len(log) == args.decisions, (len(log), args.decisions)
        problems = held.verify()
        held.close()
    print(f"{findings} 条，{args.decisions} 项决定")
    for what, seconds in zip(("下一条可读", "整页画完"), zip(*took, strict=True), strict=True):
        middle, slow = statistics.median(seconds), statistics.quantiles(seconds, n=10)[-1]
        print(f"  {what}：中位 {middle:.2f} 秒，九成在 {slow:.2f} 秒内")
    print(
        f"  每项：服务器处理器时间 {worked / args.decisions:.3f} 秒，发往浏览器 {sum(sent) / args.decisions / 1000:.0f} KB"
    )
    assert not problems, problems


def a_plan(path: Path | None = None) -> tuple[str, bytes]:
    """Return the name and the content of a plan to review: a file, or the clauses of PLAN as if they were new."""
    if path:
        return path.name, path.read_bytes()
    lines = [clause.text or clause.path[-1] for clause in bundled().clauses(PLAN)]
    return "规划.txt", "\n".join(["川东北经济区“十五五”规划", *lines]).encode()


def _decide(page: Page, key: str) -> tuple[float, float]:
    """Press a key, and return the seconds until the next finding is read, and until all of the page is drawn."""
    if key == "1" and not page.get_by_role("button", name=re.compile("^并入 Shortcut 1")).count():
        key = "a"
    walk = page.get_by_text(re.compile(r"第 \d+ / \d+ 条，未看 \d+"))
    before = walk.inner_text()
    began = time.perf_counter()
    page.keyboard.press(key)
    expect(walk).not_to_have_text(before, timeout=60_000)
    seen = time.perf_counter() - began
    expect(page.locator(".desk-hands[data-waiting='0']")).to_have_count(1, timeout=60_000)
    settled(page)
    return seen, time.perf_counter() - began


if __name__ == "__main__":
    main()
