"""`python -m benchmarks.fuzz [--inputs N] [--guided]`: inputs that nobody means, counted by what became of them, with the slowest.

Each has ten seconds of a processor, and all together no more memory than one reading at the desk. With `--guided` atheris makes the
inputs, by the lines of this program that those before have reached: `pip install atheris==3.0.0` (Linux).
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import subprocess
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.measure import most_mb
from layers.atlas import bundled
from layers.folders import ROOT
from serve.work import limit
from tests.serve import fuzz

LONGEST_SECONDS = 10.0  # of a processor, for one input
PATIENCE_SECONDS = 60.0  # by the clock, as at the desk
MOST_MEGABYTES = 1500  # beyond what is imported, as at the desk
OURS = ("plans", "geo", "layers", "store", "serve")  # whose lines are told to atheris
GUIDED_BYTES = 8192  # at most, of which an input is made


class Kind(NamedTuple):
    """A kind of input: its name in the table, its share in tenths, the inputs, what must hold of each."""

    name: str
    tenths: int
    inputs: st.SearchStrategy[Any]
    check: Callable[..., int]


PARTS = st.sampled_from(["zone", "layer", "kind", "status", "document", "place", "within", "q"])
CHOSEN = st.dictionaries(PARTS, st.lists(fuzz.WORDS, max_size=3), max_size=4)
KINDS = {
    "addresses": Kind("地址与参数", 2, st.tuples(fuzz.PATHS, fuzz.QUERIES), fuzz.check_address),
    "selections": Kind("选择", 2, st.tuples(CHOSEN), fuzz.check_selection),
    "files": Kind("上传的文件", 3, fuzz.FILES, fuzz.check_file),
    "damaged": Kind("损坏的真实文件", 1, fuzz.DAMAGED, fuzz.check_file),
    "drafts": Kind("草稿", 1, st.tuples(fuzz.DRAFTS), fuzz.check_draft),
    "lists": Kind("项目表", 1, st.tuples(fuzz.LISTS), fuzz.check_list),
}


@dataclass
class Tried:
    """What became of the inputs of a kind."""

    kind: Kind
    became: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    def one(self, value: Any) -> None:
        """Try one; AssertionError when it is not answered as it must be, or too late."""
        began, worked = time.perf_counter(), time.process_time()
        self.became[self.kind.check(*value)] += 1
        self.slowest = max(self.slowest, time.process_time() - worked)
        assert self.slowest < LONGEST_SECONDS, value
        assert time.perf_counter() - began < PATIENCE_SECONDS, value

    def row(self, how: str = "") -> str:
        """Return a line of the table."""
        became = "，".join(f"{status}: {count:,}" for status, count in sorted(self.became.items()))
        cells = [
            self.kind.name + how,
            f"{self.became.total():,}",
            became,
            f"{1000 * self.slowest:.0f}",
            f"{most_mb(os.getpid()):.0f}",
        ]
        return f"| {' | '.join(cells)} |"


def tried(kind: Kind, number: int, *, guided: bool = False) -> None:
    """Try a kind of input and print a line of a table; where atheris guides them, this process ends with that."""
    found = Tried(kind)

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(kind.inputs)
    def one(value: Any) -> None:
        found.one(value)

    if guided:
        _guide(found, one.hypothesis.fuzz_one_input, number)  # type: ignore[attr-defined]
    one()
    print(found.row(), flush=True)


def _guide(found: Tried, one: Callable[[bytes], bytes | None], number: int) -> None:
    """Let atheris make inputs until `number` of them could be read as one; libFuzzer ends the process if one fails."""
    import atheris  # type: ignore[import-untyped]  # noqa: PLC0415 it is not everywhere

    def _given(content: bytes) -> None:
        one(content)
        if found.became.total() >= number:
            print(found.row("（atheris）"), flush=True)
            os._exit(0)

    for function in gc.get_objects():
        if isinstance(function, FunctionType) and str(function.__module__).partition(".")[0] in OURS:
            atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], f"-max_len={GUIDED_BYTES}", "-len_control=0", "-verbosity=0"], _given)
    atheris.Fuzz()


def main() -> None:
    """Try every kind; an input that is not answered as it must be ends it with the input."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--only", choices=KINDS, default="", help="one kind, as many as --inputs says")
    parser.add_argument("--guided", action="store_true", help="by atheris, which must be installed")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # of GDAL, which tells of every damaged ring
    if args.only:
        _ = bundled().table  # read before the first input is timed
        limit(MOST_MEGABYTES)
        tried(KINDS[args.only], args.inputs, guided=args.guided)
        return
    print("| 输入 | 次数 | 结果 | 最慢（处理器毫秒） | 内存最多（MB） |" + "\n" + "|---" * 5 + "|", flush=True)
    for key, kind in KINDS.items():  # each in a process of its own: its memory is its own
        command = [
            sys.executable,
            "-m",
            "benchmarks.fuzz",
            "--only",
            key,
            "--inputs",
            str(args.inputs * kind.tenths // 10),
        ]
        subprocess.run([*command, *(["--guided"] if args.guided else [])], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
