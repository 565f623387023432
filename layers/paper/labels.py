"""Lettering without collisions: where each label of a printed map stands, or that it has no room.

All in millimetres on paper. Greedy: what comes first in importance gets the best free position.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

MM_PER_POINT = 25.4 / 72
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


def text_width(text: str, size_point: float) -> float:
    """Return how wide a line of text is, in mm: an estimate on the safe side."""
    ems = sum(WIDE if unicodedata.east_asian_width(one) in "WFA" else NARROW for one in text)
    return ems * size_point * MM_PER_POINT


def text_height(size_point: float) -> float:
    """Return how tall a line of text is, in mm."""
    return TALL * size_point * MM_PER_POINT


def beside(x: float, y: float, width: float, height: float, gap: float) -> Iterator[Box]:
    """Yield the eight positions of a label next to a symbol of radius `gap`, the most legible first."""
    aside, above = gap + width / 2, gap + height / 2
    near = gap * 0.7
    for dx, dy in ((aside, 0), (-aside, 0), (0, above), (0, -above)):
        yield Box.about(x + dx, y + dy, width, height)
    for right, up in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        yield Box.about(x + right * (near + width / 2), y + up * (near + height / 2), width, height)


def place(wishes: Sequence[Iterable[Box]], within: Box, taken: Iterable[Box] = (), limit: int = 0) -> list[Box | None]:
    """Return for each label, by its wishes in order of preference, the box it gets; None where none is free.

    No box returned overlaps another, one of `taken`, or the border of `within`. A `limit` above 0
    ends the placing after so many labels.
    """
    boxes = [(one.left, one.bottom, one.right, one.top) for one in taken]
    fixed = len(boxes)
    held = np.empty((fixed + len(wishes), 4))
    held[:fixed] = boxes or held[:0]
    count, placed = fixed, []
    for wished in wishes:
        full = limit and count - fixed >= limit
        got = None if full else next((box for box in wished if _free(box, within, held[:count])), None)
        if got:
            held[count] = got.left, got.bottom, got.right, got.top
            count += 1
        placed.append(got)
    return placed


def _free(box: Box, within: Box, held: np.ndarray) -> bool:
    inside = (
        within.left <= box.left and box.right <= within.right and within.bottom <= box.bottom and box.top <= within.top
    )
    if not inside:
        return False
    apart = (held[:, 0] >= box.right) | (held[:, 2] <= box.left) | (held[:, 1] >= box.top) | (held[:, 3] <= box.bottom)
    return bool(apart.all())
