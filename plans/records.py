"""Read the reviewed records: what each clause names, and what was left off the map and why.

Files under data/ (UTF-8 CSV, one record a line):
- features.csv: id, name, aliases, layer, kind, part_of, note
- mentions/<document>.csv: feature, clause, quote, nth, name, status, status_text
- dismissed/<document>.csv: clause, quote, reason
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from plans.documents import DATA, documents
from plans.errors import PlanError


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file; PlanError when a row has more or fewer cells than the head."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if None in row or None in row.values():
                raise PlanError(f"{path.name} 第{reader.line_num}行的列数与表头不符 (wrong number of columns)。")
            yield row


@cache
def feature_rows() -> tuple[dict[str, str], ...]:
    return tuple(rows(DATA / "features.csv"))


@cache
def mention_rows(slug: str) -> tuple[dict[str, str], ...]:
    return tuple(rows(DATA / "mentions" / f"{slug}.csv"))


@cache
def dismissed_rows(slug: str) -> tuple[dict[str, str], ...]:
    return tuple(rows(DATA / "dismissed" / f"{slug}.csv"))


def all_mention_rows() -> Iterator[dict[str, str]]:
    """Yield the mention rows of all documents in order of issue."""
    for one in documents():
        yield from mention_rows(one.slug)


def span(text: str, quote: str, nth: int = 1) -> tuple[int, int]:
    """Return where the `nth` occurrence of `quote` stands in `text`.

    `*` is the whole text; `开头…结尾` runs from one piece to the other. PlanError when absent.
    """
    if quote == "*":
        return 0, len(text)
    if "…" in quote and quote not in text:
        head, _, tail = quote.partition("…")
        start = text.find(head)
        end = text.find(tail, start + len(head)) if start >= 0 else -1
        if end >= 0:
            return start, end + len(tail)
    else:
        start = -1
        for _ in range(nth):
            start = text.find(quote, start + 1)
            if start < 0:
                break
        if start >= 0:
            return start, start + len(quote)
    raise PlanError(f"“{quote}”（第{nth}处）不在条款原文中 (quote not found)。")
