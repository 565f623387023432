"""The index of a map whose features stand by number: names by number, and by the keys of its counted symbols.

Below the legend where it has room, else on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layers.paper.ink import INK, QUIET, Ink, Page, Text, rule
from layers.paper.labels import Box, wrapped
from layers.paper.lettering import Lettering, dark
from layers.paper.marks import Drawn
from layers.paper.page import Layout
from layers.query.scope import one_line

# All in units (mm on A4).
COLUMN, GAP, NUMBER = 38.0, 2.0, 6.6  # a column, between two, room for the number
ROW, HEADING = 2.6, 4.0
POINT, HEAD_POINT, TITLE_POINT = 5.4, 6.4, 12.0
MARGIN, TOP, BOTTOM = 12.0, 26.0, 14.0  # of a page of its own


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the index."""

    text: str
    number: str = ""  # before the text, in `colour`
    colour: str = INK
    heading: bool = False

    @property
    def deep(self) -> float:
        """Return the height that it takes, units."""
        return HEADING if self.heading else ROW


def lines(lettered: Lettering, wide: float, unit: float) -> list[Line]:
    """Return the index as lines of `wide` mm: numbers, the places of counted symbols, what has no mark of its own."""
    parts: list[tuple[str, Sequence[Drawn]]] = [("图上编号", lettered.numbered)]
    parts += [(f"{one.key}　{one.place}（{len(one.members)}）", one.members) for one in lettered.clusters]
    parts += [("图上未注的线和面", lettered.bare)]
    found: list[Line] = []
    for heading, members in parts:
        if members:
            found += [Line(text, heading=True) for text in wrapped(heading, wide, HEAD_POINT * unit)]
        for one in sorted(members, key=lambda one: one.number):
            first, *rest = wrapped(one_line(one.name), wide - NUMBER * unit, POINT * unit)
            found += [Line(first, str(one.number), dark(one.colour)), *(Line(text) for text in rest)]
    return found


def columns(box: Box, unit: float) -> tuple[int, float]:
    """Return how many columns an index has in `box`, and how wide each is, mm."""
    number = max(1, round((box.width + GAP * unit) / ((COLUMN + GAP) * unit)))
    return number, (box.width - (number - 1) * GAP * unit) / number


def filled(index: Sequence[Line], number: int, deep: float) -> list[list[Line]]:
    """Return the columns, at most `number`, each at most `deep` units, that hold the index from its start.

    No heading stands at the foot of a column, and no name is broken between two.
    """
    found, left = [list[Line]()], deep
    for block in _blocks(index):
        need = sum(line.deep for line in block)
        if need > left and found[-1]:
            if len(found) == number:
                break
            found.append([])
            left = deep
        found[-1] += block
        left -= need
    return found


def _blocks(index: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that stay together: a name with what is broken of it, a heading with its first name."""
    block: list[Line] = []
    for line in index:
        if (line.heading or line.number) and block and not block[-1].heading:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def fits(index: Sequence[Line], box: Box, unit: float) -> bool:
    """Tell whether a box holds the whole index."""
    if box.height <= 0:
        return False
    return sum(map(len, filled(index, columns(box, unit)[0], box.height / unit))) == len(index)


def listed(index: Sequence[Line], box: Box, unit: float, *, level: bool = True) -> Iterator[Text]:
    """Yield the lines that a box holds, from its top; `level`: in columns of about one depth."""
    number, wide = columns(box, unit)
    deep = box.height / unit
    if level:
        depth = max(sum(line.deep for line in index) / number, ROW)
        while sum(map(len, filled(index, number, depth))) < len(index):
            depth += ROW
        deep = min(deep, depth)
    for at, column in enumerate(filled(index, number, deep)):
        x, y = box.left + at * (wide + GAP * unit), box.top
        for line in column:
            middle = y - line.deep * unit / 2
            if line.heading:
                yield Text(line.text, x, middle, HEAD_POINT * unit, QUIET, bold=True, align="left")
            else:
                if line.number:
                    edge = x + (NUMBER - 0.8) * unit
                    yield Text(line.number, edge, middle, POINT * unit, line.colour, bold=True, align="right")
                yield Text(line.text, x + NUMBER * unit, middle, POINT * unit, align="left")
            y -= line.deep * unit


def body(parts: Layout) -> Box:
    """Return what a page of the index holds between its margins."""
    unit = parts.unit
    return Box(MARGIN * unit, BOTTOM * unit, parts.width - 2 * MARGIN * unit, parts.height - (TOP + BOTTOM) * unit)


def page_column(parts: Layout) -> float:
    """Return how wide a column is on a page of the index, mm."""
    return columns(body(parts), parts.unit)[1]


def pages(index: Sequence[Line], parts: Layout, title: str) -> list[Page]:
    """Return the index on pages of its own, in the format of the sheet."""
    box, unit = body(parts), parts.unit
    number, found, rest = columns(box, unit)[0], list[Sequence[Line]](), list(index)
    while rest:
        held = sum(map(len, filled(rest, number, box.height / unit)))
        found.append(rest[:held])
        rest = rest[held:]
    return [
        Page(parts.width, parts.height, printed=tuple(_page(part, box, parts, title, (at, len(found)))))
        for at, part in enumerate(found, start=2)
    ]


def _page(part: Sequence[Line], box: Box, parts: Layout, title: str, place: tuple[int, int]) -> Iterator[Ink]:
    unit, (page, number) = parts.unit, place
    middle = parts.width / 2
    yield Text(f"{title}　索引", middle, parts.height - 14 * unit, TITLE_POINT * unit, bold=True)
    edge = box.top + 2.5 * unit
    yield rule((box.left, edge), (box.right, edge), INK, 0.6 * unit)
    yield from listed(part, box, unit, level=page == number + 1)
    yield Text(f"— {page} —", middle, 8 * unit, HEAD_POINT * unit, QUIET)
