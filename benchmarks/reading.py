"""`python -m benchmarks.reading [side pdf growth kill] [--most 1000]`: how fast new plans are read; all parts or some.

side: the same 120,000 characters of the nine documents by this build and by commit 171aa64, in turn, each
round in a process of its own, processor time. pdf: 500 printed pages with tables, time and memory of one
process. growth: folders of 10, 100 and 1,000 plans (no more than --most) on one processor and on two. kill:
a run over 100 plans that is killed and started again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import fpdf

from layers.folders import ROOT
from layers.proposed.many import LOG, available, extract_all, result_of
from plans.documents import DATA

BEFORE = "171aa64"
CHARACTERS = 120_000
ROUNDS = 3
SIZES = (10, 100, 1000)
PLAN_CHARACTERS = 1500
KILLED = 100  # plans
PAGES = 500
MOST_RATIO, MOST_SECONDS, MOST_MB = 2.0, 40.0, 600.0
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
# Run in the folder of a build: read a file once to warm up, then measure it.
SCRIPT = """
import json, resource, sys, time
from pathlib import Path
try:
    from layers.proposed.table import proposals
except ImportError:
    from layers.proposals import proposals
warm, plan = map(Path, sys.argv[1:])
proposals(warm)
began, used = time.perf_counter(), time.process_time()
found = proposals(plan)
print(json.dumps({
    "things": len(found), "used": time.process_time() - used, "took": time.perf_counter() - began,
    "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def measured(build: Path, warm: Path, plan: Path) -> dict[str, float]:
    """Return the things found in `plan` by a build, and seconds of processor and of clock, and peak megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(warm), str(plan)], cwd=build, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


@contextmanager
def earlier(commit: str) -> Iterator[Path]:
    """A checkout of an earlier commit in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / commit
        subprocess.run(
            ["git", "worktree", "add", "--detach", str(path), commit], cwd=ROOT, check=True, capture_output=True
        )
        try:
            yield path
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(path)], cwd=ROOT, check=True)


def written(characters: int) -> str:
    """So many characters of the nine documents, over again where they end."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((DATA / "documents").glob("*.txt")))
    return (text * (1 + characters // len(text)))[:characters]


def side_by_side(folder: Path) -> None:
    """Print characters per second of processor time by this build and the earlier one, and their ratio."""
    warm, plan = folder / "warm.txt", folder / "plan.txt"
    warm.write_text(written(3000), encoding="utf-8")
    plan.write_text(written(CHARACTERS), encoding="utf-8")
    with earlier(BEFORE) as build:
        rounds = [(measured(ROOT, warm, plan), measured(build, warm, plan)) for _ in range(ROUNDS)]
    now, before = (statistics.median(one[i]["used"] for one in rounds) for i in (0, 1))
    ratio = statistics.median(one[0]["used"] / one[1]["used"] for one in rounds)
    print(f"\n{CHARACTERS} 字，{ROUNDS} 轮中位数\n| 版本 | 处理器秒 | 字/秒 | 要素 |\n|---|---|---|---|")
    for name, used, i in (("本版", now, 0), (BEFORE, before, 1)):
        print(f"| {name} | {used:.2f} | {CHARACTERS / used:.0f} | {rounds[0][i]['things']:.0f} |")
    print(
        f"{'达到' if ratio <= MOST_RATIO else '未达到'}：用时为 {BEFORE} 的 {ratio:.2f} 倍，预算 ≤ {MOST_RATIO}",
        flush=True,
    )


def growth(folder: Path, most: int) -> None:
    """Print what folders of plans of growing size take, up to `most`, on one processor and on two."""
    print("\n| 规划数 | 1 个处理器：墙钟秒 | 处理器秒 | 2 个处理器：墙钟秒 | 处理器秒 |\n|---|---|---|---|---|")
    for size in (size for size in SIZES if size <= most):
        plans = written_plans(folder / f"plans-{size}", size)
        (one, used_one), (two, used_two) = (_seconds(plans, folder / f"out-{size}-{n}", n) for n in (1, 2))
        print(f"| {size} | {one:.1f} | {used_one:.1f} | {two:.1f} | {used_two:.1f} |", flush=True)


def written_plans(folder: Path, number: int) -> Path:
    """Write so many plans of PLAN_CHARACTERS each into `folder`; of each hundred no two are alike."""
    folder.mkdir()
    text = written(PLAN_CHARACTERS * 100)
    for i in range(number):
        at = i % 100 * PLAN_CHARACTERS
        (folder / f"{i:04}.txt").write_text(f"规划{i}\n{text[at : at + PLAN_CHARACTERS]}", encoding="utf-8")
    return folder


def kill(folder: Path) -> None:
    """Print what becomes of 100 plans where the run is killed in the middle, and started again."""
    plans, out = written_plans(folder / "killed", KILLED), folder / "out-killed"
    command = [sys.executable, "-m", "plans", "extract", str(plans), "-o", str(out)]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    while len(_read_in(out)) < KILLED // 2:
        if run.poll() is not None:
            raise RuntimeError("the run ended before it was killed")
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    before, again = _read_in(out), list[str]()
    found = extract_all(plans, out, told=lambda _done, _of, one: again.append(one.file))
    lost = KILLED - sum((out / result_of(one.file, "geojson")).is_file() for one in found)
    print(
        f"\n{KILLED} 份规划，读完 {len(before)} 份时强行终止，再次运行：补读 {len(again)} 份，重读 {len(before & set(again))} 份，"
        f"丢失 {lost} 份",
        flush=True,
    )


def _read_in(out: Path) -> set[str]:
    """The plans whose reading stands in the log of a folder of results."""
    if not (out / LOG).exists():
        return set()
    lines = (out / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    return {json.loads(line)["file"] for line in lines if line.endswith("}")}


def _seconds(plans: Path, out: Path, processors: int) -> tuple[float, float]:
    """The seconds of the clock, and of the processors: of this process and of those that it has started."""
    began, used = time.perf_counter(), sum(os.times()[:4])
    found = extract_all(plans, out, processors=processors)
    if [one.state for one in found] != ["read"] * len(found):
        raise RuntimeError("a plan was not read")
    return time.perf_counter() - began, sum(os.times()[:4]) - used


class _Print(fpdf.FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        """Print the number of the page."""
        self.set_y(-15)
        self.cell(0, 8, f"— {self.page_no()} —", align="C")


def printed(path: Path, pages: int) -> int:
    """Write a PDF of so many pages, a ruled table each ten; return its characters of prose.

    Set as official documents are (GB/T 9704-2012): 22 lines of 28 characters a page.
    """
    file = _Print()
    file.add_font("cjk", fname=FONT)
    file.set_font("cjk", size=16)
    file.set_margins(28, 37, 26)
    file.set_auto_page_break(auto=True, margin=35)
    file.add_page()
    lines = itertools.cycle(line.strip() for line in written(500_000).split("\n") if line.strip())
    said = tabled = 0
    while file.page_no() < pages:
        if file.page_no() // 10 > tabled:
            tabled += 1
            _print_table(file)
        else:
            line = next(lines)[:300]
            said += len(line)
            file.multi_cell(0, 10.2, line, new_x="LMARGIN", new_y="NEXT")
    file.output(str(path))
    return said


def _print_table(file: fpdf.FPDF) -> None:
    with file.table(first_row_as_headings=False) as table:
        table.row(("序号", "项目名称", "建设地点"))
        for row in range(1, 20):
            table.row((str(row), f"内江{row}号高速公路", "内江市"))


def pdf(folder: Path) -> None:
    """Print the time and the memory for a long PDF."""
    warm, plan = folder / "warm.txt", folder / "plan.pdf"
    said = printed(plan, PAGES)
    warm.write_text(written(3000), encoding="utf-8")
    found = measured(ROOT, warm, plan)
    kept = found["used"] <= MOST_SECONDS and found["mb"] <= MOST_MB
    print(
        f"\nPDF {PAGES} 页 {said} 字：处理器 {found['used']:.1f} 秒（墙钟 {found['took']:.1f} 秒），峰值 {found['mb']:.0f} MB，"
        f"{found['things']:.0f} 个要素\n"
        f"{'达到' if kept else '未达到'}：预算 ≤ {MOST_SECONDS:.0f} 秒、≤ {MOST_MB:.0f} MB",
        flush=True,
    )


def main() -> None:
    """Measure all, or the parts that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("parts", nargs="*", help="side, pdf, growth, kill; all of them where none is named")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="plans in the largest folder of growth")
    asked = parser.parse_args()
    parts: dict[str, Callable[[Path], None]] = {
        "side": side_by_side,
        "pdf": pdf,
        "growth": partial(growth, most=asked.most),
        "kill": kill,
    }
    print(f"可用处理器 {available()}")
    with tempfile.TemporaryDirectory() as folder:
        for part in asked.parts or parts:
            parts[part](Path(folder))


if __name__ == "__main__":
    main()
