"""Kill what works on a workspace at random moments, and count what was acknowledged and is not there.

`python -m benchmarks.kills` does it 200 times on each database, SQLite and a PostgreSQL of its own; the tests do it
a few times.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from layers.atlas import Atlas, bundled
from store.published import records
from store.workspace import Workspace
from tests.store.server import empty_database, postgres_server, server_programs

LONGEST_S = 1.0  # some rounds of work
PLAN = (
    "第{number}号交通规划\n第一章 任务\n第一节 公路\n"
    + "开工建设米易至会理高速公路，建成盐边机场，推进西昌至宁南高速公路建设。\n" * 3
)


@dataclass(slots=True)
class Outcome:
    """What was acknowledged before the kills, and what of it was missing afterwards."""

    kills: int = 0
    acknowledged: int = 0
    decisions: int = 0  # in the log at the end
    plans: int = 0
    faults: list[str] = field(default_factory=list)


def killed(url: str, base: Atlas, times: int, seed: int = 1) -> Outcome:
    """Let a process work on the workspace at `url` and kill it `times` times; after each, prove the workspace."""
    moments = random.Random(seed)
    outcome = Outcome()
    told: list[tuple[str, str]] = []
    workspace = Workspace.open(url)
    _round(workspace, base, 1, told.append)  # what is read once is read for all lives
    workspace.close()
    for _ in range(times):
        told += _one_life(url, base, moments.uniform(0.02, LONGEST_S))
        outcome.kills += 1
        outcome.faults += _missing(url, base, told, outcome.kills)
    outcome.acknowledged = len(told)
    workspace = Workspace.open(url)
    outcome.decisions, outcome.plans = len(workspace.state().log), len(workspace.documents())
    workspace.close()
    return outcome


def _one_life(url: str, base: Atlas, seconds: float) -> list[tuple[str, str]]:
    """Work until the kill, and return what was acknowledged by then."""
    context = multiprocessing.get_context("fork")
    heard, says = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(url, base, says))
    worker.start()
    says.close()
    time.sleep(seconds)
    worker.kill()
    worker.join()
    return list(_heard(heard))


def _heard(pipe: Connection) -> Iterator[tuple[str, str]]:
    while True:
        try:
            yield pipe.recv()
        except (EOFError, OSError):
            return


def _work(url: str, base: Atlas, says: Connection) -> None:
    """Do one round after the other; go on where the last life ended."""
    workspace, parent = Workspace.open(url), os.getppid()
    number = len(workspace.documents())
    while os.getppid() == parent:
        _round(workspace, base, number, says.send)
        number += 1


def _round(workspace: Workspace, base: Atlas, number: int, say: Callable[[tuple[str, str]], object]) -> None:
    """Add a plan, read it, decide on all of it, publish it; say each thing once it is acknowledged."""
    slug = workspace.add(f"{number}.txt", PLAN.format(number=number).encode(), by="一")
    say(("added", slug))
    workspace.read(slug)
    say(("read", slug))
    for one in workspace.state().of_document(slug):
        if one.verdict == "open":
            made = workspace.decide("accept", {one.id: workspace.state().versions.get(one.id, 0)}, by="一")
            say(("decided", made.key))
    if slug not in workspace.state().published:
        say(("decided", workspace.publish(slug, base, by="一").key))


def _missing(url: str, base: Atlas, told: list[tuple[str, str]], kills: int) -> list[str]:
    workspace = Workspace.open(url)
    faults = workspace.verify()
    documents, state = workspace.documents(), workspace.state()
    keys = {one.key for one in state.log}
    for what, which in told:
        there = which in documents if what == "added" else which in keys
        if not (documents[which].read and state.of_document(which) if what == "read" else there):
            faults.append(f"acknowledged and not there: {what} {which}")
    for slug, kept in documents.items():
        if not kept.read and state.of_document(slug):
            faults.append(f"half a plan: {slug}")
    public = records(state.published, {slug: one.text for slug, one in documents.items()})
    _ = base.beside(public).features  # raises where a feature is half there
    if len(keys) > sum(what == "decided" for what, _ in told) + kills:  # one may have been on its way at each
        faults.append("more decisions than were asked for")
    workspace.close()
    return faults


@contextmanager
def databases() -> Iterator[tuple[str, ...]]:
    """Yield the addresses of two empty databases: a file, and one on a PostgreSQL server."""
    programs = server_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed (apt-get install postgresql)")
    with tempfile.TemporaryDirectory() as folder, postgres_server(programs) as server:
        yield f"sqlite:///{folder}/workspace.db", empty_database(server)


def tell(url: str, told: str, faults: Sequence[str]) -> None:
    """Print what was done on a database, the number of faults and the first of them."""
    print(f"{url.partition(':')[0]}: {told}, {len(faults)} faults", *faults[:5], sep="\n  ", flush=True)


def main(argv: list[str] | None = None) -> int:
    """Kill and prove; 1 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(argv)
    base, faults = bundled(), 0
    with databases() as urls:
        for url in urls:
            found = killed(url, base, args.times, args.seed)
            faults += len(found.faults)
            told = f"{found.kills} kills, {found.acknowledged} acknowledged, {found.decisions} decisions, {found.plans} plans"
            tell(url, told, found.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
