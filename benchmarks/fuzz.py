"""`python -m benchmarks.fuzz [--inputs N]`: inputs that nobody means, counted by what became of them, with the slowest."""

from __future__ import annotations

import argparse
import logging
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.serve import fuzz

LONGEST_SECONDS = 10.0  # for one input on a machine shared with others


def tried(name: str, number: int, strategy: st.SearchStrategy[Any], check: Callable[..., int]) -> None:
    """Try a kind of input and print a line of a table."""
    became: Counter[int] = Counter()
    slowest = [0.0]

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one(value: Any) -> None:
        began = time.perf_counter()
        became[check(*value)] += 1
        slowest[0] = max(slowest[0], time.perf_counter() - began)
        assert slowest[0] < LONGEST_SECONDS, value

    one()
    told = "，".join(f"{status}: {count}" for status, count in sorted(became.items()))
    print(f"| {name} | {sum(became.values()):,} | {told} | {1000 * slowest[0]:.0f} |", flush=True)


PARTS = st.sampled_from(["zone", "layer", "kind", "status", "document", "place", "within", "q"])
CHOSEN = st.dictionaries(PARTS, st.lists(fuzz.WORDS, max_size=3), max_size=4)
# kind of input: its name in the table, its share in tenths, the inputs, what must hold of each
KINDS: dict[str, tuple[str, int, st.SearchStrategy[Any], Callable[..., int]]] = {
    "addresses": ("地址与参数", 2, st.tuples(fuzz.PATHS, fuzz.QUERIES), fuzz.check_address),
    "selections": ("选择", 2, st.tuples(CHOSEN), fuzz.check_selection),
    "files": ("上传的文件", 3, fuzz.FILES, fuzz.check_file),
    "damaged": ("损坏的真实文件", 1, fuzz.DAMAGED, fuzz.check_file),
    "drafts": ("草稿", 1, st.tuples(fuzz.DRAFTS), fuzz.check_draft),
    "lists": ("项目表", 1, st.tuples(fuzz.LISTS), fuzz.check_list),
}


def main() -> None:
    """Try every kind; an input that is not answered as it must be ends it with the input."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--only", choices=KINDS, default="", help="one kind, as many as --inputs says")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    print("| 输入 | 次数 | 结果 | 最慢（毫秒） |\n|---|---|---|---|")
    for key, (name, tenths, strategy, check) in KINDS.items():
        if args.only in ("", key):
            tried(name, args.inputs if args.only else args.inputs * tenths // 10, strategy, check)


if __name__ == "__main__":
    main()
