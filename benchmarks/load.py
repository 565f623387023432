"""Sessions that speak the page's protocol over the websocket: `python -m benchmarks.load [--sessions N …]`.

Each opens the map page and filters ten times with three seconds of thought; every count that comes back is
compared with that of the selection. Printed: time to the map and to the end of the run, processor time of
the server a filter, memory; and how far one session's sheet of everything holds the others.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks import measure
from layers.atlas import bundled
from layers.query.selection import Selection, select
from plans.vocabulary import keys
from tests.browser.conftest import ROOT, free_port

SESSIONS = (1, 10, 25, 50)
FILTERS, THOUGHT_SECONDS, PATIENCE_SECONDS = 10, 3.0, 120.0
_COUNT = re.compile(r"\*\*([\d,]+) 个要素\*\*")


@dataclass
class Seen:
    """What the clients saw."""

    map: list[float] = field(default_factory=list)  # seconds
    end: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def rerun(session: Any, query: str, number: int, seen: Seen | None) -> None:
    """Ask for the page at an address, and wait until it is drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    began = time.perf_counter()
    await session.send(asked.SerializeToString())
    first, counts = 0.0, []
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(session.recv(), PATIENCE_SECONDS))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if element.WhichOneof("type") == "component_instance" and not first:
                first = time.perf_counter() - began
            if element.WhichOneof("type") == "markdown":
                counts += _COUNT.findall(element.markdown.body)
            if element.WhichOneof("type") == "exception" and seen:
                seen.wrong.append(element.exception.message)
        if kind == "script_finished":
            break
    if seen:
        seen.map.append(first)
        seen.end.append(time.perf_counter() - began)
        if counts[-1:] != [str(number)]:
            seen.wrong.append(f"{query}: {counts} instead of {number}")


async def one(url: str, numbers: dict[str, int], seen: Seen, start: asyncio.Event, thought: float) -> None:
    """One planner: opens the page, waits for the others, filters."""
    async with connect(url, subprotocols=["streamlit"], max_size=None) as session:  # type: ignore[list-item]
        await rerun(session, "", numbers[""], None)
        await start.wait()
        last = ""
        for _ in range(FILTERS):
            await asyncio.sleep(random.uniform(0.5, 1.5) * thought)
            last = random.choice([zone for zone in numbers if zone not in (last, "")])
            await rerun(session, f"zone={last}", numbers[last], seen)


async def many(url: str, number: int, numbers: dict[str, int], thought: float = THOUGHT_SECONDS) -> Seen:
    """Open `number` sessions, and let them filter at the same time."""
    seen, start = Seen(), asyncio.Event()
    tasks = []
    for _ in range(number):
        tasks.append(asyncio.create_task(one(url, numbers, seen, start, thought)))
        await asyncio.sleep(0.05)
    await asyncio.sleep(2 + number / 4)
    start.set()
    for error in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(error, Exception):
            seen.wrong.append(repr(error))
    return seen


@contextmanager
def server() -> Iterator[tuple[int, str]]:
    """The app on a free port: its process and the address of its websocket."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "serve", f"--port={port}"], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        asyncio.run(_ready(port))
        yield process.pid, f"ws://127.0.0.1:{port}/_stcore/stream"
    finally:
        process.terminate()
        process.wait(20)


async def _ready(port: int) -> None:
    for _ in range(600):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
            answer = await reader.read()
            writer.close()
            if b"200 OK" in answer:
                return
        except OSError:
            pass
        await asyncio.sleep(0.2)


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as told:  # noqa: PTH123
        fields = told.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not pass."""
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def main() -> None:
    """Print a table: a line a number of sessions."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--sessions", type=int, nargs="*", default=list(SESSIONS))
    parser.add_argument(
        "--thought", type=float, default=THOUGHT_SECONDS, help="seconds between two filters of one session"
    )
    args = parser.parse_args()
    atlas = bundled()
    numbers = {"": len(atlas.table)} | {zone: len(select(atlas, Selection(zone=(zone,)))) for zone in keys("zone")}
    print(
        "| 会话 | 筛选 | 地图 p50 | 地图 p95 | 完成 p50 | 完成 p95 | 处理器秒/次 | 内存 MB | 出错 |\n"
        + "|---" * 9
        + "|"
    )
    with server() as (pid, url):
        for number in args.sessions:
            before = processor_seconds(pid)
            seen = asyncio.run(many(url, number, numbers, args.thought))
            each = (processor_seconds(pid) - before) / max(1, len(seen.end))
            cells = [statistics.median(seen.map), p95(seen.map), statistics.median(seen.end), p95(seen.end), each]
            told = " | ".join(f"{value:.2f}" for value in cells)
            print(
                f"| {number} | {len(seen.end)} | {told} | {measure.resident_mb(pid):.0f} | {len(seen.wrong)} |",
                flush=True,
            )
            for wrong in seen.wrong[:5]:
                print(wrong, file=sys.stderr)


if __name__ == "__main__":
    main()
