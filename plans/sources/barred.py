"""Tables whose rows are lines, their cells parted by bars or tabs, as a web page or a sheet is copied into plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plans.clean import Line
from plans.sources.source import Grid, nothing_behind
from plans.tables import role

MARKS = ("|", "\t")
LEAST_HEADS = 2
Run = list[Line]


def parted(lines: Sequence[Line]) -> Iterator[Run | Grid]:
    """Yield `lines` in order: tables, from heads that name projects to the last line with the same mark, and what stands between."""
    run: Run = []
    i = 0
    while i < len(lines):
        mark = _heads(lines[i])
        end = next((k for k in range(i, len(lines)) if mark not in lines[k].text), len(lines)) if mark else i
        if end - i < 2:
            run.append(lines[i])
            i += 1
            continue
        if run:
            yield run
        run = []
        yield _grid(lines[i:end], mark)
        i = end
    if run:
        yield run


def _heads(line: Line) -> str:
    """The mark that parts the heads of a table of projects; "" where the line is none."""
    for mark in MARKS:
        roles = [role("".join(cell.split())) for cell in line.text.split(mark)]
        if len(list(filter(None, roles))) >= LEAST_HEADS and "name" in roles:
            return mark
    return ""


def _grid(lines: Sequence[Line], mark: str) -> Grid:
    rows = [list(_cells(line, mark)) for line in lines]
    width = max(map(len, rows))
    return Grid(tuple((*row, *[nothing_behind(row[-1])] * (width - len(row))) for row in rows), lines[0].page)


def _cells(line: Line, mark: str) -> Iterator[Line]:
    """The cells of a row; a bar at its beginning parts nothing."""
    at = 0
    for number, said in enumerate(line.text.split(mark)):
        if number or said.strip() or mark == "\t":
            yield Line(said, line.start + at, line.page)
        at += len(said) + len(mark)
