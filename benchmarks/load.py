"""Sessions that speak the page's protocol over the websocket: `python -m benchmarks.load [--before FOLDER] [--sessions N …]`.

Each opens the map page and filters ten times with three seconds of thought; every count that comes back is
compared with that of the selection. Printed: time to the map and to the end of the run, processor time of
the server a filter, its memory; with `--before`, those of a checkout of an earlier commit, in the same run.
Then: how far a sheet of everything holds the others, and memory after 20 and after 200 sessions that came and went.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks import measure
from benchmarks.__main__ import atlas_started
from benchmarks.before import worked_seconds
from layers.atlas import bundled
from layers.folders import ROOT
from layers.query.selection import Selection, select
from plans.vocabulary import keys
from serve.gone import EVERY_SECONDS

SESSIONS = (1, 10, 25, 50)
FILTERS, THOUGHT_SECONDS, PATIENCE_SECONDS = 10, 3.0, 120.0
SETTLED_SECONDS = 25  # after its start a server no longer makes itself ready
CAME = (20, 200)  # sessions one after another
FORGOTTEN_SECONDS = 120 + 2 * EVERY_SECONDS  # Streamlit keeps a session for two minutes, for a browser that comes back
_COUNT = re.compile(r"\*\*([\d,]+) 个要素\*\*")


@dataclass
class Seen:
    """What the clients saw."""

    map: list[float] = field(default_factory=list)  # seconds
    end: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _is_map(element: Element) -> bool:
    """Whether it is the map; that of earlier builds is streamlit-folium's."""
    return element.WhichOneof("type") == "component_instance" or (
        element.WhichOneof("type") == "bidi_component"
        and element.bidi_component.component_name.endswith("plan_atlas_map")
    )


async def rerun(session: Any, query: str, number: int, seen: Seen | None) -> None:
    """Ask for the page at an address, and wait until it is drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    began = time.perf_counter()
    await session.send(asked.SerializeToString())
    first, counts = 0.0, list[int]()
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(session.recv(), PATIENCE_SECONDS))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            if _is_map(element) and not first:
                first = time.perf_counter() - began
            if element.WhichOneof("type") == "markdown":
                counts += [int(found.replace(",", "")) for found in _COUNT.findall(element.markdown.body)]
            if element.WhichOneof("type") == "exception" and seen:
                seen.wrong.append(element.exception.message)
        if kind == "script_finished":
            break
    if seen:
        seen.map.append(first)
        seen.end.append(time.perf_counter() - began)
        if number and counts[-1:] != [number]:
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


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not pass."""
    return sorted(values)[max(0, round(0.95 * len(values)) - 1)]


def stream(url: str) -> str:
    """Return the address of the websocket of an app."""
    return f"{url.replace('http', 'ws', 1)}/_stcore/stream"


def filtered(folder: Path, sessions: list[int], numbers: dict[str, int], thought: float, name: str) -> None:
    """Start a build, and print a line a number of sessions."""
    with atlas_started(folder) as (pid, url):
        asyncio.run(many(stream(url), 1, numbers, 0.5))
        time.sleep(SETTLED_SECONDS)
        for number in sessions:
            before = worked_seconds(pid)
            seen = asyncio.run(many(stream(url), number, numbers, thought))
            each = (worked_seconds(pid) - before) / max(1, len(seen.end))
            cells = [statistics.median(seen.map), p95(seen.map), statistics.median(seen.end), p95(seen.end), each]
            told = " | ".join(f"{value:.3f}" for value in cells)
            memory = measure.resident_mb(pid)
            print(f"| {name} | {number} | {len(seen.end)} | {told} | {memory:.0f} | {len(seen.wrong)} |", flush=True)
            for wrong in seen.wrong[:5]:
                print(wrong, file=sys.stderr)


def held(numbers: dict[str, int]) -> None:
    """Print how long five sessions wait for the map while nothing else is done, and while a sheet of everything is made."""
    with atlas_started() as (_, url), ThreadPoolExecutor() as others:
        asyncio.run(many(stream(url), 5, numbers, 1))
        time.sleep(SETTLED_SECONDS)
        alone = asyncio.run(many(stream(url), 5, numbers, 1))
        sheet = others.submit(requests.get, f"{url}/download/sheet?format=pdf", timeout=600)
        beside = asyncio.run(many(stream(url), 5, numbers, 1))
        status = sheet.result().status_code
    print(
        f"\n5 个会话，地图 p95：平时 {p95(alone.map):.2f} 秒，同时制全部要素的 PDF（{status}）{p95(beside.map):.2f} 秒"
    )


def remembered(numbers: dict[str, int], came: list[int]) -> None:
    """Print the memory of the server after the first sessions that came and went, and after more."""
    with atlas_started() as (pid, url):
        asyncio.run(many(stream(url), 1, numbers, 0.5))
        time.sleep(SETTLED_SECONDS)
        memory: list[float] = []
        for number, before in zip(came, [0, *came], strict=False):
            for _ in range(number - before):
                asyncio.run(_visit(stream(url), numbers))
            time.sleep(FORGOTTEN_SECONDS)
            asyncio.run(_visit(stream(url), numbers))
            memory.append(measure.resident_mb(pid))
            more = f"（{memory[-1] / memory[0] - 1:+.1%}）" if before else ""
            print(f"内存：{number} 个会话来去之后 {memory[-1]:.0f} MB{more}", flush=True)


async def _visit(url: str, numbers: dict[str, int]) -> None:
    async with connect(url, subprotocols=["streamlit"], max_size=None) as session:  # type: ignore[list-item]
        await rerun(session, "", numbers[""], None)
        await rerun(session, "zone=panxi", numbers["panxi"], None)


def main() -> None:
    """Print the table and what follows it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--sessions", type=int, nargs="*", default=list(SESSIONS))
    parser.add_argument("--came", type=int, nargs="*", default=list(CAME), help="sessions after which memory is told")
    parser.add_argument("--only", choices=("filters", "held", "memory"), default="", help="a part of it")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit")
    parser.add_argument(
        "--thought", type=float, default=THOUGHT_SECONDS, help="seconds between two filters of one session"
    )
    args = parser.parse_args()
    atlas = bundled()
    numbers = {"": len(atlas.table)} | {zone: len(select(atlas, Selection(zone=(zone,)))) for zone in keys("zone")}
    if args.only in ("", "filters"):
        print(
            "| 版本 | 会话 | 筛选 | 地图 p50 | 地图 p95 | 完成 p50 | 完成 p95 | 处理器秒/次 | 内存 MB | 出错 |\n"
            + "|---" * 10
            + "|"
        )
        if args.before:  # it has other features: what it shows is not compared
            filtered(args.before.resolve(), args.sessions, dict.fromkeys(numbers, 0), args.thought, "之前")
        filtered(ROOT, args.sessions, numbers, args.thought, "现在")
    if args.only in ("", "held"):
        held(numbers)
    if args.only in ("", "memory"):
        remembered(numbers, args.came)


if __name__ == "__main__":
    main()
