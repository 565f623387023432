"""Tables that plain text has lost: a cell a line, as a browser copies them, put together again by their heads."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plans.clean import Line
from plans.sources.source import Grid, nothing_behind
from plans.tables import role

LEAST_HEADS = 3
LONGEST_HEAD = 16  # characters
_NUMBER = re.compile(r"\d{1,4}")


def with_tables(text: str, lines: Sequence[Line]) -> list[Line | Grid]:
    """Return `lines` of `text` with the tables among them: heads from 序号 on, then rows that count 1, 2, 3."""
    parts: list[Line | Grid] = []
    i = 0
    while i < len(lines):
        heads = _heads(lines, i)
        end = i + sum(map(len, heads))
        if len(heads) < LEAST_HEADS or not any(role(_said(head)) == "name" for head in heads):
            parts.append(lines[i])
            i += 1
            continue
        rows, i = _rows(text, lines, end, len(heads))
        cells = tuple(_joined(text, head) for head in heads)
        parts.append(Grid((cells, *rows), lines[0].page))
    return parts


def _said(lines: Sequence[Line]) -> str:
    return re.sub(r"\s", "", "".join(line.text for line in lines))


def _joined(text: str, lines: Sequence[Line]) -> Line:
    """Lines that are one cell, as one."""
    last = lines[-1]
    return Line(text[lines[0].start : last.start + len(last.text)], lines[0].start, lines[0].page)


def _heads(lines: Sequence[Line], i: int) -> list[list[Line]]:
    """The heads that begin at line `i`: a unit in brackets belongs to the head before, “十四五” to the one after."""
    if role(lines[i].bare) != "number":
        return []
    heads: list[list[Line]] = []
    loose: list[Line] = []
    for line in lines[i:]:
        bare = line.bare
        if len(bare) > LONGEST_HEAD or _NUMBER.fullmatch(bare) or (role(bare) == "number" and heads):
            break
        if bare[0] in "（(" and heads and not loose:
            heads[-1].append(line)
        elif role(bare):
            heads.append([*loose, line])
            loose = []
        elif loose:
            break
        else:
            loose = [line]
    return heads


def _rows(text: str, lines: Sequence[Line], start: int, columns: int) -> tuple[list[tuple[Line, ...]], int]:
    """The rows from line `start` on, and the line after them; a line between rows heads those below it."""
    gap = min((_gap(text, lines, k) for k in range(start - columns + 1, start)), default=1)
    rows: list[tuple[Line, ...]] = []
    expected, i = 0, start
    while i < len(lines):
        first = _starts(lines, i, expected)
        if not first:
            ahead = next((k for k in range(i + 1, min(i + 4, len(lines))) if _starts(lines, k, expected)), None)
            if ahead is None:
                break
            rows += [(line,) * columns for line in lines[i:ahead]]
            i = ahead
            continue
        expected = first + 1
        cells = [lines[i]]
        i += 1
        while i < len(lines) and len(cells) < columns and not (len(cells) > 1 and _starts(lines, i, expected)):
            cells += _nothing(cells[-1], (_gap(text, lines, i) - gap) // gap, columns - len(cells) - 1)
            cells.append(lines[i])
            i += 1
        rows.append((*cells, *_nothing(cells[-1], columns, columns - len(cells))))
    return rows, i


def _starts(lines: Sequence[Line], i: int, expected: int) -> int:
    """The number of the row that begins at line `i`; 0 where none does. Numbers may begin anew in a group."""
    if not _NUMBER.fullmatch(lines[i].bare) or i + 1 >= len(lines) or _NUMBER.fullmatch(lines[i + 1].bare):
        return 0
    number = int(lines[i].bare)
    return number if number in {expected or number, 1} else 0


def _gap(text: str, lines: Sequence[Line], i: int) -> int:
    """How many line ends stand before line `i`."""
    before = lines[i - 1]
    return max(1, text[before.start + len(before.text) : lines[i].start].count("\n"))


def _nothing(before: Line, number: int, most: int) -> list[Line]:
    """Cells in which nothing stands."""
    return [nothing_behind(before)] * max(0, min(number, most))
