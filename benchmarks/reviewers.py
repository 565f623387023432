"""Several reviewers on one plan at once: `python -m benchmarks.reviewers [--people 5] [--decisions 2000]`.

Each is a process of its own and decides on findings by lot, as it last saw them; who comes second is told what the
first did, looks again, and decides again. Done on SQLite and on a PostgreSQL of its own; the tests do it with fewer.
Faults are decisions that were acknowledged and are not in the log once and under their author, and whatever does
not prove itself at the end.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.desk import a_plan
from benchmarks.kills import databases, tell
from store import ConflictError, StoreError
from store.database import PATIENCE_S
from store.workspace import Workspace

VERBS = ("accept", "reject", "note")


@dataclass(frozen=True, slots=True)
class Work:
    """What one reviewer did."""

    name: str
    keys: tuple[str, ...]  # of the decisions acknowledged, in order
    took: tuple[float, ...]  # seconds for each
    met: int  # decisions that somebody else was before
    waited: int  # times that the database was too busy, which is told, and asked again under the same key


def reviewed(url: str, people: Sequence[str], each: int) -> list[Work]:
    """Let `people` make `each` decisions at once on the findings of the workspace at `url`."""
    context = multiprocessing.get_context("fork")
    with context.Pool(len(people)) as pool:
        return pool.starmap(_review, [(url, name, each) for name in people], chunksize=1)


def _review(url: str, name: str, each: int) -> Work:
    held, lot = Workspace.open(url), random.Random(name)
    findings = sorted(held.state().findings)
    keys: list[str] = []
    took: list[float] = []
    met = waited = 0
    while len(keys) < each:
        one, verb = lot.choice(findings), lot.choice(VERBS)
        told = {"by": name, "why": f"{name}{len(keys)}", "key": f"{name}-{len(keys)}"}
        content = {"reason": "generic"} if verb == "reject" else {}
        versions = held.state().versions
        while True:
            began = time.perf_counter()
            try:
                made = held.decide(verb, {one: versions.get(one, 0)}, **told, **content)
            except ConflictError as error:
                met += 1
                assert any(first.by != name for first in error.first)
                versions = held.state().versions
            except StoreError as error:
                assert "(locked)" in str(error), error
                waited += 1
            else:
                break
        keys.append(made.key)
        took.append(time.perf_counter() - began)
    held.close()
    return Work(name, tuple(keys), tuple(took), met, waited)


def faults(url: str, done: Sequence[Work]) -> list[str]:
    """Return what was acknowledged and does not stand as it was said, a sentence each."""
    held = Workspace.open(url)
    found, log = held.verify(), held.state().log
    held.close()
    for work in done:
        standing = [one.key for one in log if one.by == work.name]
        if standing != list(work.keys):
            found.append(f"{work.name}: {len(work.keys)} acknowledged, {len(standing)} in the log, or in another order")
    if twice := [key for key, times in Counter(one.key for one in log).items() if times > 1]:
        found.append(f"decided twice: {twice}")
    return found


def main(argv: list[str] | None = None) -> int:
    """Review and prove; 1 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviewers", description=__doc__)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--decisions", type=int, default=2000)
    args = parser.parse_args(argv)
    people, wrong = [f"审核人{n}" for n in range(1, args.people + 1)], 0
    with databases() as urls:
        for url in urls:
            held = Workspace.open(url)
            findings = held.read(held.add(*a_plan()))
            held.close()
            began = time.perf_counter()
            done = reviewed(url, people, args.decisions // args.people)
            seconds = time.perf_counter() - began
            found = faults(url, done)
            wrong += len(found)
            each = [one for work in done for one in work.took]
            told = (
                f"{findings} findings, {args.people} reviewers, {len(each)} decisions in {seconds:.0f} s, "
                f"{sum(work.met for work in done)} met another's, "
                f"{sum(work.waited for work in done)} found it locked for {PATIENCE_S} s; each {1000 * statistics.median(each):.0f} ms at the median, "
                f"{1000 * statistics.quantiles(each, n=10)[-1]:.0f} ms at nine in ten"
            )
            tell(url, told, found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
