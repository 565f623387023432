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


def main() -> None:
    """Try every kind; an input that is not answered as it must be ends it with the input."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--inputs", type=int, default=100_000)
    number = parser.parse_args().inputs // 10
    logging.disable(logging.CRITICAL)
    parts = st.sampled_from(["zone", "layer", "kind", "status", "document", "place", "within", "q"])
    print("| 输入 | 次数 | 结果 | 最慢（毫秒） |\n|---|---|---|---|")
    tried("地址与参数", 2 * number, st.tuples(fuzz.PATHS, fuzz.QUERIES), fuzz.check_address)
    chosen = st.dictionaries(parts, st.lists(fuzz.WORDS, max_size=3), max_size=4)
    tried("选择", 2 * number, st.tuples(chosen), fuzz.check_selection)
    tried("上传的文件", 3 * number, fuzz.FILES, fuzz.check_file)
    tried("损坏的真实文件", number, fuzz.DAMAGED, fuzz.check_file)
    tried("草稿", number, st.tuples(fuzz.DRAFTS), fuzz.check_draft)
    tried("项目表", number, st.tuples(fuzz.LISTS), fuzz.check_list)


if __name__ == "__main__":
    main()
