"""What every form of a plan is read to: its text, and lines and tables that say where in it they stand.

For .txt and .md the text is the file's own; for the others it is written here, in reading order: a
paragraph or printed line a line, a row of a table a line with its cells between tabs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.clean import Line


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is ruled: a merged cell stands at each place that it covers, as one and the same line."""

    rows: tuple[tuple[Line, ...], ...]
    page: int

    @property
    def columns(self) -> int:
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Left:
    """A stretch of the text that is no part of the plan, and why."""

    start: int
    end: int
    page: int
    reason: str  # 页码, 页眉页脚, 目录, 重复的表头, 标记


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read."""

    text: str
    parts: tuple[Line | Grid, ...]  # in reading order
    left: tuple[Left, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader of the file has to know: pages that are pictures
    pages: int = 0  # of paper; 0 where the file has none
    title: str = ""  # where the file itself says what its title is


@dataclass(slots=True)
class Writer:
    """Writes the text of a file that has none of its own; each part knows where it stands."""

    chunks: list[str] = field(default_factory=list)
    parts: list[Line | Grid] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    at: int = 0

    def put(self, text: str) -> int:
        """Write `text` and return where it begins."""
        start = self.at
        self.chunks.append(text)
        self.at += len(text)
        return start

    def line(self, text: str, page: int = 1, *, level: int = 0, whole: bool = True, indent: float = 0) -> None:
        """Write a line; one of white space alone is nothing."""
        if text.strip():
            self.parts.append(Line(text, self.put(text + "\n"), page, level, whole, indent))

    def leave(self, text: str, page: int, reason: str) -> None:
        """Write a line that is no part of the plan."""
        start = self.put(text + "\n")
        self.left.append(Left(start, start + len(text), page, reason))

    def grid(self, rows: Sequence[Sequence[Hashable]], texts: Mapping[Any, str], page: int = 1) -> None:
        """Write a table: `rows` holds the key of the cell at each place, `texts` what it says."""
        cells: dict[Hashable, Line] = {}
        for row in rows:
            for key in dict.fromkeys(row):
                if key not in cells:
                    text = texts.get(key, "")
                    cells[key] = Line(text, self.put(text), page)
                    self.put("\t")
            self.put("\n")
        if any(one.bare for one in cells.values()):
            self.parts.append(Grid(tuple(tuple(cells[key] for key in row) for row in rows), page))

    def source(self, notes: Iterable[str] = (), pages: int = 0, title: str = "") -> Source:
        """Return what was written."""
        return Source("".join(self.chunks), tuple(self.parts), tuple(self.left), tuple(notes), pages, title)
