"""Long work in processes of its own: a few at a time, in the order of asking, with limits, progress and a way to stop.

A process is forked from one that has imported what the work needs, so it begins at once; whatever a
parser or a drawing does to time, memory or the interpreter ends that process alone.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from geo.errors import GeoError
from layers.errors import LayerError
from plans.errors import PlanError
from store.errors import StoreError

MEGABYTE = 1024 * 1024
_STARTING = threading.Lock()  # one process at a time begins
NEEDED = [
    "layers.own.upload", "layers.paper.sheet", "layers.paper.brief", "layers.export", "layers.proposed.table", "store.workspace",
    "serve.tasks",
]  # fmt: skip
DESKS = ("", "plans")  # a sheet does not wait for a plan that is read
_TOLD = (LayerError, PlanError, GeoError, StoreError)
_YIELDING = 10  # of 19: whoever filters a map goes first


class Job:
    """One piece of work: where it stands, and what came of it."""

    def __init__(
        self, desk: Desk, run: Callable[..., Any], args: Sequence[Any], seconds: float, megabytes: int
    ) -> None:
        self.run, self.args, self.seconds, self.megabytes = run, args, seconds, megabytes
        self.progress: Any = ""  # what the work itself says of it
        self.begun = 0.0
        self._desk = desk
        self._done = threading.Event()
        self._stop = threading.Event()
        self._value: Any = None
        self._error: Exception | None = None

    @property
    def place(self) -> int:
        """How many wait before this one; 0 when it is running or done."""
        return self._desk.place(self)

    @property
    def done(self) -> bool:
        """Whether there is a result, or an error."""
        return self._done.is_set()

    @property
    def stopped(self) -> bool:
        """Whether somebody has asked it to end."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """End the work, or leave the queue."""
        self._stop.set()
        self._desk.wake()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most, and tell whether it is done."""
        return self._done.wait(seconds)

    def result(self, seconds: float | None = None) -> Any:
        """Wait and return what came of it; raises what the work raised, or LayerError when it was ended."""
        if not self._done.wait(seconds):
            raise TimeoutError
        if self._error is not None:
            raise self._error
        return self._value

    def settle(self, value: Any = None, error: Exception | None = None) -> None:
        """Keep what came of it, and let those who wait go on."""
        self._value, self._error = value, error
        self._done.set()


class Desk:
    """Takes work and does `slots` pieces at a time; more than `most` may not wait."""

    def __init__(self, slots: int = 2, most: int = 40) -> None:
        self._slots, self._most = slots, most
        self._waiting: deque[Job] = deque()
        self._running = 0
        self._changed = threading.Condition()

    def ask(self, run: Callable[..., Any], *args: Any, seconds: float = 60, megabytes: int = 1500) -> Job:
        """Take on `run(*args)` (a function of a module, values that can be pickled); LayerError when too many wait.

        `run` may call `serve.work.tell(said)`. It may use `seconds` from its beginning, and `megabytes` beyond
        what is imported.
        """
        job = Job(self, run, args, seconds, megabytes)
        with self._changed:
            if len(self._waiting) >= self._most:
                raise LayerError(f"已有 {self._most} 项工作在排队 (too many waiting)；请几分钟后再试。")
            self._waiting.append(job)
        threading.Thread(target=self._see_to, args=(job,), daemon=True).start()
        return job

    def place(self, job: Job) -> int:
        """Return how many wait before a job and keep it from running; 0 when it runs."""
        with self._changed:
            return self._waiting.index(job) + 1 if job in self._waiting else 0

    def waiting(self) -> int:
        """Return how many pieces of work wait."""
        return len(self._waiting)

    def running(self) -> int:
        """Return how many are under way."""
        return self._running

    def wake(self) -> None:
        """Let those who wait look again."""
        with self._changed:
            self._changed.notify_all()

    def _see_to(self, job: Job) -> None:
        with self._changed:
            self._changed.wait_for(lambda: job.stopped or (self._running < self._slots and self._waiting[0] is job))
            self._waiting.remove(job)
            self._running += not job.stopped
            self._changed.notify_all()
        if job.stopped:
            job.settle(error=_ended())
            return
        try:
            _supervise(job)
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()


def desk(name: str = "") -> Desk:
    """Return the desk of this process that has a name of DESKS."""
    return _desks()[name]


@cache
def _desks() -> Mapping[str, Desk]:
    return {name: Desk() for name in DESKS}


@cache
def _context() -> Any:
    """How processes begin: forked from a server without threads; anew on systems that cannot fork."""
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(NEEDED)
    return context


def _supervise(job: Job) -> None:
    """Run a job in a process and wait for its end, its limit, or the wish to stop."""
    ours, theirs = _context().Pipe(duplex=False)
    process = _context().Process(target=_work, args=(theirs, job.run, job.args, job.megabytes), daemon=True)
    with _without_script():
        process.start()
    theirs.close()
    job.begun = time.monotonic()
    try:
        job.settle(*_heard(job, ours))
    finally:
        process.kill()
        process.join()
        ours.close()


@contextmanager
def _without_script() -> Iterator[None]:
    """While a page runs, its script stands as `__main__`, and every process that begins would run it first."""
    with _STARTING:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script


def _heard(job: Job, ours: Connection) -> tuple[Any, Exception | None]:
    """What the process says in the end: a value or an error."""
    while True:
        if job.stopped:
            return None, _ended()
        if time.monotonic() - job.begun > job.seconds:
            return None, LayerError(
                f"用时超过 {job.seconds:g} 秒，已中止 (took too long)；请减少内容、简化图形或分成几份后再试。"
            )
        if not ours.poll(0.1):
            continue
        try:
            kind, said = ours.recv()
        except (EOFError, OSError):
            return None, LayerError(
                "处理时程序意外结束，其他人不受影响 (ended unexpectedly)；文件可能已损坏，请换一份再试。"
            )
        if kind == "progress":
            job.progress = said
        else:
            return (said, None) if kind == "value" else (None, _again(*said))


def _again(kind: type[Exception], args: tuple[Any, ...], more: dict[str, Any]) -> Exception:
    """An error of the process as it was there, whatever its class is made of."""
    error = kind.__new__(kind, *args)
    vars(error).update(more)
    return error


def _ended() -> LayerError:
    return LayerError("已取消 (cancelled)。")


# ---- in the process ---------------------------------------------------------------------------

_SPEAK: list[Connection] = []  # of this process, which does one piece of work and ends


def tell(said: Any) -> None:
    """Say how far the work is, in words or a value that can be pickled; nothing where it is not done at a desk."""
    for channel in _SPEAK:
        channel.send(("progress", said))


def _work(channel: Connection, run: Callable[..., Any], args: Sequence[Any], megabytes: int) -> None:
    limit(megabytes)
    if hasattr(os, "nice"):  # not on Windows
        os.nice(_YIELDING)
    _SPEAK.append(channel)
    try:
        channel.send(("value", run(*args)))
    except _TOLD as error:
        channel.send(("error", (type(error), error.args, vars(error))))
    except MemoryError:
        told = f"所需内存超过 {megabytes} MB (too much memory)；请减少内容、简化图形或分成几份后再试。"
        channel.send(("error", (LayerError, (told,), {})))


def limit(megabytes: int) -> None:
    """Let this process have so much more memory than it has; on systems that can."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 not on Windows

    statm = Path("/proc/self/statm")  # of Linux
    held = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize() if statm.exists() else 0
    resource.setrlimit(resource.RLIMIT_AS, (held + megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
