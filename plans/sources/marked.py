"""The text of Word, PDF and workbooks, which have none of their own: written and read again with its structure.

A paragraph or printed line is a line, indented as in print; what else is known stands in control
characters, those of ASCII for what they were made: form feed before a page, GS around a table, RS after
its rows, US between cells.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.clean import Line
from plans.sources.source import Grid, Left, Source

PAGE, TABLE, ROW, CELL = "\x0c", "\x1d", "\x1e", "\x1f"
ACROSS, DOWN = "\x11", "\x12"  # a merged cell: as the one before it, as the one above it
LEVEL, TITLE, WHOLE, LEAVE = "\x02", "\x03", "\x04", "\x0e"  # at the beginning of a line
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(f"{PAGE}|{TABLE}([^{TABLE}]*){TABLE}|[^\n{PAGE}{TABLE}]+")


@dataclass(slots=True)
class Writer:
    """Writes the text of a file."""

    chunks: list[str] = field(default_factory=list)
    pages: int = 0

    def page(self) -> None:
        """Begin a page."""
        self.chunks.append(PAGE)

    def line(self, text: str, *, level: int = 0, whole: bool = True, indent: float = 0) -> None:
        """Write a line; one of white space alone is nothing."""
        text = _plain(text).replace("\n", "\u2028")
        if text.strip():
            mark = f"{LEVEL}{level}" if level else WHOLE if whole else ""
            self.chunks.append(f"{mark}{' ' * round(2 * indent)}{text}\n")

    def title(self, text: str) -> None:
        """Write the title of the plan."""
        self.chunks.append(f"{TITLE}{_plain(text).replace(chr(10), ' ')}\n")

    def leave(self, reason: str, text: str = "") -> None:
        """Write a line that is no part of the plan, or that there is something which is not read."""
        self.chunks.append(f"{LEAVE}{reason}{LEAVE}{_plain(text).replace(chr(10), ' ')}\n")

    def grid(self, rows: Sequence[Sequence[Hashable]], texts: Mapping[Any, str]) -> None:
        """Write a table: `rows` holds the key of the cell at each place, `texts` what it says."""
        written: list[str] = []
        seen: set[Hashable] = set()
        for i, row in enumerate(rows):
            cells = []
            for j, key in enumerate(row):
                if key is None or key not in seen:
                    cells.append(_plain(texts.get(key, "")))
                    seen.add(key)
                elif j and row[j - 1] == key:
                    cells.append(ACROSS)
                else:
                    cells.append(DOWN if i and j < len(rows[i - 1]) and rows[i - 1][j] == key else "")
            written.append(CELL.join(cells) + ROW)
        if any(texts.get(key, "").strip() for key in seen):
            self.chunks.append(f"{TABLE}{''.join(written)}{TABLE}\n")

    @property
    def text(self) -> str:
        return "".join(self.chunks)


def _plain(text: str) -> str:
    """Text without the characters that stand for structure here, or for nothing."""
    return _CONTROL.sub(
        lambda found: "\n" if found[0] in "\x0b\x0c" else "", text.replace("\r\n", "\n").replace("\r", "\n")
    )


def parse_marked(text: str) -> Source:
    """Return the parts of a text that `Writer` wrote."""
    parts: list[Line | Grid] = []
    left: list[Left] = []
    page, title = 0, ""
    for found in _TOKEN.finditer(text):
        said = found[0]
        if said == PAGE:
            page += 1
        elif said[0] == TABLE:
            parts.append(Grid(tuple(_rows(found[1], found.start(1), max(1, page))), max(1, page)))
        elif said[0] == LEAVE:
            reason = said.split(LEAVE)[1]
            left.append(Left(found.start() + len(reason) + 2, found.end(), max(1, page), reason))
        elif said.strip():
            line = _line(said, found.start(), max(1, page))
            title = title or (line.bare if said[0] == TITLE else "")
            parts.append(line)
    return Source(tuple(parts), tuple(left), page, title)


def _line(said: str, start: int, page: int) -> Line:
    level = int(said[1]) if said[0] == LEVEL else 0
    marks = 2 if level else int(said[0] in {TITLE, WHOLE})
    text = said[marks:]
    indent = (len(text) - len(text.lstrip(" "))) / 2
    return Line(text, start + marks, page, level, bool(marks), indent)


def _rows(table: str, start: int, page: int) -> Iterator[tuple[Line, ...]]:
    above: list[Line] = []
    for row in re.finditer(f"([^{ROW}]*){ROW}", table):
        cells: list[Line] = []
        at = start + row.start()
        for text in row[1].split(CELL):
            if text == ACROSS:
                cells.append(cells[-1])
            elif text == DOWN:
                cells.append(above[len(cells)])
            else:
                cells.append(Line(text, at, page))
            at += len(text) + 1
        above = cells
        yield tuple(cells)
