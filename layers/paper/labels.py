"""Lettering without collisions: where each label of a printed map stands, or that it has no room.

All in millimetres on paper. Greedy: what comes first in importance gets the best free position.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72
CELL = 6.0  # mm: boxes are kept by squares of this size
WIDE, NARROW, TALL = 1.0, 0.6, 1.15  # of the type size: a Chinese character, a Latin one, a line


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on paper, mm from the lower left corner of the sheet."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.bottom + self.height / 2

    @classmethod
    def about(cls, x: float, y: float, width: float, height: float) -> Box:
        """Return the box with its centre at (x, y)."""
        return cls(x - width / 2, y - height / 2, width, height)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top

    @property
    def ring(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return x and y of the closed outline."""
        xs = (self.left, self.right, self.right, self.left, self.left)
        return xs, (self.bottom, self.bottom, self.top, self.top, self.bottom)

    def holds(self, other: Box) -> bool:
        """Tell whether `other` stands within this box."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def meets(self, other: Box) -> bool:
        """Tell whether the boxes overlap; edges may touch."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def grown(self, by: float) -> Box:
        """Return the box with a margin of `by` mm (negative: without)."""
        return Box(self.left - by, self.bottom - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text in its box; size in points."""

    text: str
    box: Box
    size: float
    colour: str
    weight: str = "normal"
    angle_degree: float = 0.0
    halo: bool = True
    feature: int = 0  # the number of the feature that it names


def text_width(text: str, size_point: float) -> float:
    """Return how wide a line of text is, in mm: an estimate on the safe side."""
    ems = sum(WIDE if unicodedata.east_asian_width(one) in "WFA" else NARROW for one in text)
    return ems * size_point * MM_PER_POINT


def text_height(size_point: float) -> float:
    """Return how tall a line of text is, in mm."""
    return TALL * size_point * MM_PER_POINT


def wrapped(text: str, width: float, size_point: float) -> list[str]:
    """Break a text into lines of `width` mm."""
    found = [""]
    for one in text:
        if found[-1] and text_width(found[-1] + one, size_point) > width:
            found.append("")
        found[-1] += one
    return found


def beside(x: float, y: float, width: float, height: float, gap: float) -> Iterator[Box]:
    """Yield the eight positions of a label next to a symbol of radius `gap`, the most legible first."""
    aside, above = gap + width / 2, gap + height / 2
    near = gap * 0.7
    for dx, dy in ((aside, 0), (-aside, 0), (0, above), (0, -above)):
        yield Box.about(x + dx, y + dy, width, height)
    for right, up in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        yield Box.about(x + right * (near + width / 2), y + up * (near + height / 2), width, height)


class Taken:
    """The boxes that are taken on a page, kept by where they are."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Take a box."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def free(self, box: Box) -> bool:
        """Tell whether a box overlaps none that is taken; edges may touch."""
        return not any(box.meets(other) for cell in _cells(box) for other in self._cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box.left // CELL), int(box.right // CELL) + 1):
        for row in range(int(box.bottom // CELL), int(box.top // CELL) + 1):
            yield column, row


def place(wishes: Sequence[Iterable[Box]], within: Box, taken: Iterable[Box] = (), limit: int = 0) -> list[Box | None]:
    """Return for each label, by its wishes in order of preference, the box it gets; None where none is free.

    No box returned overlaps another, one of `taken`, or the border of `within`. A `limit` above 0
    ends the placing after so many labels.
    """
    held, count, placed = Taken(taken), 0, list[Box | None]()
    for wished in wishes:
        full = limit and count >= limit
        got = None if full else next((box for box in wished if within.holds(box) and held.free(box)), None)
        if got:
            held.add(got)
            count += 1
        placed.append(got)
    return placed
