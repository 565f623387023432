"""`python -m benchmarks.figures`: docs/figures.md, the figures of the data as the commands print them."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout

import geo.__main__
import layers.__main__
import layers.proposed.__main__
import plans.__main__
from layers.folders import ROOT

PAGE = ROOT / "docs" / "figures.md"
HEAD = "# Figures of the data (数据的数字)\n\nWritten by `make figures`; a test holds that it is what the commands print.\n"
PARTS: tuple[tuple[str, Callable[[list[str]], int]], ...] = (
    ("counts", layers.__main__.main),
    ("coverage", plans.__main__.main),
    ("accuracy", geo.__main__.main),
    ("reader", layers.proposed.__main__.main),
)


def figures() -> str:
    """Return the page as the commands print it now."""
    parts = [HEAD]
    for command, run in PARTS:
        printed = io.StringIO()
        with redirect_stdout(printed):
            run([command])
        text = printed.getvalue().strip()
        parts.append(f"## `plan-atlas {command}`\n\n" + (text if "|" in text else f"```\n{text}\n```") + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(figures(), encoding="utf-8")
