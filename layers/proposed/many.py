"""A folder of plans, each to a file of proposals, on all processors or on a Dask cluster.

Each plan is a task that carries its bytes there and its proposals back, so that a cluster needs no common
disk. What is done stands in the folder of results, a line a plan, so that a run goes on where it was
killed; what spoils one plan is told on its line and spoils no other.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import dask
from distributed import Client, Future, LocalCluster, as_completed

from geo.errors import GeoError
from layers.errors import LayerError
from layers.export import FORMATS, content
from layers.folders import save
from layers.proposed.table import proposals
from plans.errors import PlanError
from plans.sources.forms import TEXTS

LOG, LIST = "done.jsonl", "files.csv"
AHEAD = 3  # tasks that wait for each processor: more would only hold their bytes
_QUIET = {
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    "distributed.scheduler.allowed-failures": 1,  # a plan that kills its process twice is given up
    "distributed.worker.daemon": True,
    "distributed.comm.timeouts.connect": "120s",  # a busy machine starts processes slowly
    "distributed.comm.timeouts.tcp": "120s",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one plan."""

    file: str  # below the folder of plans
    sha256: str
    state: str  # read; refused: the file is told why; failed: a fault of the program
    things: int
    drawn: int
    words: str  # why it was refused


@dataclass(frozen=True, slots=True)
class Made:
    """What a task brings back."""

    state: str
    things: int = 0
    drawn: int = 0
    words: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Task:
    """A plan that is being read, and the hash of the bytes that were taken."""

    path: Path
    sha256: str


def extract_all(
    folder: Path,
    out: Path,
    form: str = "geojson",
    *,
    scheduler: str = "",
    processors: int = 0,
    told: Callable[[int, int, Done], None] | None = None,
) -> list[Done]:
    """Read every plan below `folder` into `out`, and return what became of each, in order of their names.

    `out` gets a file a plan, `files.csv` with what became of each, and `done.jsonl`, by which a second run
    leaves out what is done (the same bytes in the same format). `told` hears of each plan as it is done;
    `processors` 0: all that there are.
    PlanError when there is no plan in the folder.
    """
    plans = plans_in(folder, out)
    if not plans:
        raise PlanError(f"“{folder}”中没有规划文件 (no plans)。可用：{'、'.join(TEXTS)}。")
    out.mkdir(parents=True, exist_ok=True)
    done = {one.file: one for one in _done(out) if _is_standing(one, folder, out, form)}
    waiting = [path for path in plans if path.relative_to(folder).as_posix() not in done]
    if waiting:
        with (
            _client(scheduler, min(processors or available(), len(waiting))) as client,
            (out / LOG).open("a", encoding="utf-8") as log,
        ):
            log.write("\n")  # the last line of a run that was killed may be cut off
            for task, made in _made(client, waiting, form):
                one = _kept(task, made, folder, out, form)
                log.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
                log.flush()
                done[one.file] = one
                if told:
                    told(len(done), len(plans), one)
    found = [done[path.relative_to(folder).as_posix()] for path in plans]
    _list(out / LIST, found)
    return found


def plans_in(folder: Path, out: Path) -> list[Path]:
    """Return the files below `folder` that may be plans, in order.

    Those that Word locks (~$), hidden ones, and those of `out` are none.
    """
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in TEXTS
        and path.name[:1] not in ".~"
        and path.is_file()
        and not path.resolve().is_relative_to(out.resolve())
    )


def result_of(file: str, form: str) -> str:
    """The name of the proposals of a plan: its own with the ending of the format."""
    return f"{file}.{FORMATS[form].ending}"


def read_one(name: str, held: bytes, form: str) -> Made:
    """Return the proposals of a plan by its name and bytes; a fault of the plan is told, not raised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(held)
        try:
            found = proposals(path)
            return Made("read", len(found), int(found.geometry.notna().sum()), "", content(found, form))
        except (PlanError, GeoError, LayerError) as error:
            return Made("refused", words=str(error))


def _made(client: Client, waiting: Sequence[Path], form: str) -> Iterator[tuple[Task, Made]]:
    """Yield what the tasks bring back, as they are done; only a few wait at a time."""
    most = AHEAD * max(1, sum(client.nthreads().values()))
    left = iter(waiting)
    of: dict[Future[Made], Task] = {}
    running = as_completed()
    while True:
        for path in itertools.islice(left, most - len(of)):
            try:
                held = path.read_bytes()
            except OSError as error:
                yield Task(path, ""), Made("refused", words=f"无法打开：{error.strerror} (cannot open)。")
                continue
            future = client.submit(read_one, path.name, held, form, pure=False)
            of[future] = Task(path, hashlib.sha256(held).hexdigest())
            running.add(future)
        if not of:
            return
        future = next(running)
        task, made = of.pop(future), _result(future)
        future.release()
        yield task, made


def _result(future: Future[Made]) -> Made:
    """What a task brought back; a fault of the program, or a process that died, is that plan's alone."""
    fault = future.exception()
    if fault is None:
        made: Made = future.result()
        return made
    said = f"{type(fault).__name__}: {fault}".splitlines()[0][:200]
    return Made("failed", words=f"程序出错，该文件未读，其余不受影响 (failed)：{said}")


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _client(scheduler: str, processors: int) -> Iterator[Client]:
    """A client of the scheduler at an address, or of this machine's own processors."""
    with dask.config.set(_QUIET):
        if scheduler:
            try:
                client = Client(scheduler, timeout="10s")
            except (OSError, ValueError) as error:
                raise PlanError(
                    f"连不上调度器“{scheduler}”：{error} (no scheduler there)。例：tcp://10.0.0.5:8786"
                ) from None
            with client:
                yield client
            return
        cluster = LocalCluster(
            n_workers=processors, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs=50
        )
        client = Client(cluster)
        try:
            yield client
        finally:  # all is brought back by now: processes that a busy machine ends late spoil nothing
            with suppress(TimeoutError, OSError):
                client.close()
            with suppress(TimeoutError, OSError):
                cluster.close(timeout=60)


# ---- what is kept --------------------------------------------------------------------------------


def _done(out: Path) -> list[Done]:
    """What became of plans in earlier runs; a line that was cut off counts for nothing."""
    try:
        lines = (out / LOG).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(Done(**json.loads(line)))
        except (ValueError, TypeError):
            continue
    return found


def _is_standing(one: Done, folder: Path, out: Path, form: str) -> bool:
    """Tell whether a plan is still the one that was read, and its proposals are there. Failures are tried again."""
    try:
        same = hashlib.sha256((folder / one.file).read_bytes()).hexdigest() == one.sha256
    except OSError:
        return False
    return same and one.state != "failed" and (one.state != "read" or (out / result_of(one.file, form)).is_file())


def _kept(task: Task, made: Made, folder: Path, out: Path, form: str) -> Done:
    """Write the proposals of a plan, whole or not at all, and return what became of it."""
    file = task.path.relative_to(folder).as_posix()
    if made.state == "read":
        target = out / result_of(file, form)
        target.parent.mkdir(parents=True, exist_ok=True)
        save(target, made.content)
    return Done(file, task.sha256, made.state, made.things, made.drawn, made.words)


def _list(path: Path, found: Sequence[Done]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["文件", "结果", "要素", "可落图", "说明", "sha256"])
        names = {"read": "已读", "refused": "未读", "failed": "出错"}
        rows.writerows([one.file, names[one.state], one.things, one.drawn, one.words, one.sha256] for one in found)
