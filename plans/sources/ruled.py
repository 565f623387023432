"""The ruled tables of a printed page: its lines to a grid of cells, merged cells told from the rulings that lack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
Key = tuple[int, int]

NEAR = 3.0  # points: rulings closer than that are one
LEAST = 8.0  # points: anything shorter rules nothing


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line along an axis: at `at` on the other axis, from `low` to `high`."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: the keys of its cells from the top, left to right; merged cells have one key."""

    box: Box
    lefts: tuple[float, ...]  # ascending
    tops: tuple[float, ...]  # descending
    keys: tuple[tuple[Key, ...], ...]

    def key_at(self, x: float, y: float) -> Key | None:
        """The cell in which a point lies; None outside."""
        column = next((i for i, (a, b) in enumerate(pairwise(self.lefts)) if a <= x < b), None)
        row = next((i for i, (a, b) in enumerate(pairwise(self.tops)) if b < y <= a), None)
        return None if column is None or row is None else self.keys[row][column]


def tables(boxes: Iterable[Box]) -> list[Table]:
    """Return the tables that `boxes` (of strokes, thin bars and frames) rule on a page, from the top.

    A table has two cells at least.
    """
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for left, bottom, right, top in boxes:
        if right - left >= LEAST:
            level += [Ruling(at, left, right) for at in _edges(bottom, top)]
        if top - bottom >= LEAST:
            upright += [Ruling(at, bottom, top) for at in _edges(left, right)]
    found = [one for part in _apart(level, upright) if (one := _table(*part)) is not None]
    return sorted(found, key=lambda one: -one.box[3])


def _edges(low: float, high: float) -> tuple[float, ...]:
    return ((low + high) / 2,) if high - low <= NEAR else (low, high)


def _apart(level: list[Ruling], upright: list[Ruling]) -> Iterator[tuple[list[Ruling], list[Ruling]]]:
    """Part the rulings of a page into tables: those that uprights hold together, from the top."""
    spans: list[list[float]] = []
    for one in sorted(upright, key=lambda one: -one.high):
        if spans and one.high >= spans[-1][0] - NEAR:
            spans[-1][0] = min(spans[-1][0], one.low)
        else:
            spans.append([one.low, one.high])
    for low, high in spans:
        yield (
            [one for one in level if low - NEAR <= one.at <= high + NEAR],
            [one for one in upright if one.high <= high + NEAR and one.low >= low - NEAR],
        )


def _table(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Table | None:
    tops = _distinct(one.at for one in level)[::-1]
    lefts = _distinct(one.at for one in upright)
    if len(tops) < 2 or len(lefts) < 2 or len(tops) + len(lefts) < 5:
        return None
    rows, columns = len(tops) - 1, len(lefts) - 1
    across, down = _covers(upright), _covers(level)
    parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}
    for row in range(rows):
        for column in range(columns):
            x, y = (lefts[column] + lefts[column + 1]) / 2, (tops[row] + tops[row + 1]) / 2
            if column + 1 < columns and not across(lefts[column + 1], y):
                _unite(parent, (row, column), (row, column + 1))
            if row + 1 < rows and not down(tops[row + 1], x):
                _unite(parent, (row, column), (row + 1, column))
    keys = tuple(tuple(_root(parent, (row, column)) for column in range(columns)) for row in range(rows))
    if len({key for row in keys for key in row}) < 2:
        return None
    return Table((lefts[0], tops[-1], lefts[-1], tops[0]), tuple(lefts), tuple(tops), keys)


def _distinct(values: Iterable[float]) -> list[float]:
    """The values, ascending, those that are near each other once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


class _covers:  # noqa: N801 a function with what it knows
    """Tell whether a ruling at `at` (or near) runs past `along`."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.near: dict[int, list[Ruling]] = defaultdict(list)
        for one in rulings:
            self.near[round(one.at / NEAR)].append(one)

    def __call__(self, at: float, along: float) -> bool:
        slot = round(at / NEAR)
        return any(
            abs(one.at - at) <= NEAR + 1 and one.low - 1 <= along <= one.high + 1
            for step in (-2, -1, 0, 1, 2)
            for one in self.near[slot + step]
        )


def _root(parent: dict[Key, Key], key: Key) -> Key:
    while parent[key] != key:
        key = parent[key]
    return key


def _unite(parent: dict[Key, Key], one: Key, other: Key) -> None:
    a, b = sorted((_root(parent, one), _root(parent, other)))
    parent[b] = a
