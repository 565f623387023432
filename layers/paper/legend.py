"""The legend of a printed sheet, of only what is shown, and the index of its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from layers.palette import COLOURS
from layers.paper.features import CORRIDOR_OPACITY, CORRIDOR_POINT, LINE_POINT
from layers.paper.ground import BAND, BORDER, BORDER_DASH, COUNTY, PREFECTURE, RIVER
from layers.paper.ink import QUIET, SOLID, WHITE, Colour, Dash, Disc, Ink, Line, Text, polygon, rectangle, rule
from layers.paper.labels import Box, text_width
from layers.paper.lettering import dark
from layers.paper.marks import DOTS, LONG, OUTLINE, SHORT, Drawn
from layers.paper.page import View
from layers.query.scope import one_line
from layers.symbols import OUTLINES, SYMBOLS
from plans.vocabulary import keys, label

# All in units (mm on A4).
ROW, INDEX_ROW, HEADING, PART_GAP = 4.1, 2.55, 4.3, 1.4
KINDS = {"plane": "机场", "boat": "港口、航电枢纽", "square": "铁路站、枢纽"}  # of transport: symbol, words
COLUMN, SIDE, SWATCH = 29.5, 2.5, 8.6
HEAD, FOOT = 11.0, 2.0  # above the first heading, below the last row
TITLE_POINT, HEAD_POINT, ROW_POINT, INDEX_POINT = 9.5, 6.8, 6.3, 5.2


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the legend: its symbols, and what they mean."""

    symbols: tuple[str, ...]  # point, hollow, line, area; several when a layer has several forms
    colour: str
    text: str
    line: Dash = SOLID
    width: float = LINE_POINT
    opacity: float = 1.0
    outline: str = ""  # of a point: a key of OUTLINES, or a circle


def legend(view: View, drawn: Sequence[Drawn], discs: bool = False) -> list[tuple[str, list[Entry]]]:
    """Return the parts of the legend with their headings: only what the map shows.

    Points are symbols by layer and kind, or numbered `discs`.
    """
    parts = [
        ("规划要素（个数）", [*_layers(drawn, discs), *_kinds(drawn, discs)]),
        ("表示方法", list(_styles(drawn))),
        ("底图", list(_ground(view))),
    ]
    return [(heading, entries) for heading, entries in parts if entries]


def _layers(drawn: Sequence[Drawn], discs: bool) -> Iterator[Entry]:
    number = Counter(one.layer for one in drawn)
    for layer in keys("layer"):
        forms = {one.form for one in drawn if one.layer == layer}
        symbols = tuple(form for form in ("point", "line", "area") if form in forms)
        if symbols:
            look = (CORRIDOR_POINT, CORRIDOR_OPACITY) if layer == "corridor" else (LINE_POINT, 1.0)
            yield Entry(
                symbols,
                COLOURS[layer],
                f"{label('layer', layer)}  {number[layer]}",
                SOLID,
                *look,
                "" if discs else SYMBOLS["layers"].get(layer, ""),
            )


def _kinds(drawn: Sequence[Drawn], discs: bool) -> Iterator[Entry]:
    """Kinds that have a symbol of their own within their layer."""
    own = (one for one in drawn if one.form == "point" and one.kind in SYMBOLS["kinds"])
    shown = set() if discs else {one.symbol for one in own}
    for symbol, words in KINDS.items():
        if symbol in shown:
            yield Entry(("point",), COLOURS["transport"], words, outline=symbol)


def _styles(drawn: Sequence[Drawn]) -> Iterator[Entry]:
    points = [one for one in drawn if one.form == "point"]
    lines = [one for one in drawn if one.form == "line"]
    rows = (
        ("point", "位置精确或近似", SOLID, any(one.sure for one in points)),
        ("hollow", "只知所在县市", SOLID, any(not one.sure for one in points)),
        ("line", "沿现有铁路、河道", SOLID, any(one.dash == SOLID for one in lines)),
        ("line", "示意：建成、在建", LONG, any(one.dash == LONG for one in lines)),
        ("line", "示意：推进建设、拟开工", SHORT, any(one.dash == SHORT for one in lines)),
        ("line", "示意：前期、争取", DOTS, any(one.dash == DOTS for one in lines)),
        ("area", "示意范围", OUTLINE, any(one.precision == "schematic_area" for one in drawn)),
    )
    yield from (Entry((symbol,), QUIET, text, line) for symbol, text, line, shown in rows if shown)


def _ground(view: View) -> Iterator[Entry]:
    yield Entry(("border",), BORDER, "省界、经济区界", BORDER_DASH, 0.9)
    yield Entry(("line",), PREFECTURE, "市（州）界", width=0.6)
    if view.shows_counties:
        yield Entry(("line",), COUNTY, "县（市、区）界", width=0.5)
    yield Entry(("line",), RIVER, "河流", width=0.9)


def columns(box: Box, unit: float) -> tuple[int, float]:
    """Return how many columns legend or index have in `box`, and how wide each is, mm."""
    room = box.width - 2 * SIDE * unit
    number = max(1, int(room / (COLUMN * unit) + 0.15))
    return number, room / number


def legend_end(view: View, drawn: Sequence[Drawn], discs: bool = False) -> float:
    """Return where the legend ends, mm above the foot of the sheet: below its box when it does not fit."""
    deep, number = HEAD, columns(view.layout.legend, view.layout.unit)[0]
    for _, entries in legend(view, drawn, discs):
        deep += HEADING + -(-len(entries) // number) * ROW + PART_GAP
    return view.layout.legend.top - deep * view.layout.unit


def legend_ink(view: View, drawn: Sequence[Drawn], discs: bool) -> Iterator[Ink]:
    """Yield the legend from the top of its box."""
    unit, box = view.layout.unit, view.layout.legend
    number, wide = columns(box, unit)
    left, y = box.left + SIDE * unit, box.top - HEAD * unit
    yield Text("图　例", view.layout.panel.centre[0], box.top - 5.2 * unit, TITLE_POINT * unit, bold=True)
    for heading, entries in legend(view, drawn, discs):
        yield Text(heading, left, y, HEAD_POINT * unit, QUIET, bold=True, align="left")
        y -= HEADING * unit
        deep = -(-len(entries) // number)
        for at, entry in enumerate(entries):
            yield from _row(entry, left + wide * (at // deep), y - ROW * unit * (at % deep), unit)
        y -= (ROW * deep + PART_GAP) * unit


def _row(entry: Entry, x: float, y: float, unit: float) -> Iterator[Ink]:
    cell = min(6.5, (SWATCH - 1) / len(entry.symbols)) * unit
    for at, symbol in enumerate(entry.symbols):
        width = cell - (0.5 * unit if len(entry.symbols) > 1 else 0)
        yield from _SYMBOLS[symbol](entry, Box(x + at * cell, y - 1.1 * unit, width, 2.2 * unit), unit)
    yield Text(entry.text, x + SWATCH * unit, y, ROW_POINT * unit, align="left")


def _point(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    (x, y), radius = box.centre, 1.05 * unit
    face, edge, width = Colour(entry.colour), Colour(WHITE), 0.4 * unit
    outline = [(x + right * radius, y - down * radius) for right, down in OUTLINES.get(entry.outline, ())]
    yield polygon(outline, face, edge, width) if outline else Disc(x, y, radius, face, edge, width)


def _hollow(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield Disc(*box.centre, 0.95 * unit, Colour(WHITE), Colour(entry.colour), 0.75 * unit)


def _line(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    y = box.centre[1]
    path = ((box.left, y), (box.right, y))
    yield Line((path,), Colour(entry.colour, entry.opacity), entry.width * unit, entry.line)


def _border(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield rule((box.left, box.centre[1]), (box.right, box.centre[1]), BAND, 3.6 * unit)
    yield from _line(entry, box, unit)


def _area(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield rectangle(box, Colour(entry.colour, 0.08))
    yield Line((tuple(zip(*box.ring, strict=True)),), Colour(entry.colour), 0.8 * unit, entry.line)


_SYMBOLS: dict[str, Callable[[Entry, Box, float], Iterator[Ink]]] = {
    "point": _point,
    "hollow": _hollow,
    "line": _line,
    "border": _border,
    "area": _area,
}


# ---- the index of numbers --------------------------------------------------------------------

Index = list[list[tuple[Drawn, list[str]]]]  # columns of features, each with its name broken into lines


def index(view: View, drawn: Sequence[Drawn]) -> Index | None:
    """Return the names of all that is drawn as they stand below the legend; None when they have no room."""
    unit, box = view.layout.unit, view.layout.index
    number, wide = columns(box, unit)
    room = min(legend_end(view, drawn, discs=True), box.top) - box.bottom - (HEADING + FOOT) * unit
    told = [
        (one, _wrapped(one_line(one.name), wide - 6 * unit, INDEX_POINT * unit))
        for one in sorted(drawn, key=lambda one: one.number)
    ]
    least = -(-sum(len(lines) for _, lines in told) // number)
    tries = (_filled(told, deep) for deep in range(least, int(room / (INDEX_ROW * unit)) + 1))
    return next((found for found in tries if len(found) <= number), None)


def _filled(told: Sequence[tuple[Drawn, list[str]]], deep: int) -> Index:
    """Names in columns of `deep` lines; none is broken between two columns."""
    found: Index = [[]]
    for one, lines in told:
        if sum(len(before) for _, before in found[-1]) + len(lines) > deep:
            found.append([])
        found[-1].append((one, lines))
    return found


def index_ink(view: View, drawn: Sequence[Drawn], listed: Index) -> Iterator[Text]:
    """Yield the numbers of the map with the names that they stand for, below the legend."""
    unit, box = view.layout.unit, view.layout.index
    wide = columns(box, unit)[1]
    left, top = box.left + SIDE * unit, min(legend_end(view, drawn, discs=True), box.top)
    yield Text("图上编号", left, top, HEAD_POINT * unit, QUIET, bold=True, align="left")
    for at, column in enumerate(listed):
        x, y = left + at * wide, top - HEADING * unit
        for one, lines in column:
            number = str(one.number)
            yield Text(number, x + 4.2 * unit, y, INDEX_POINT * unit, dark(one.colour), bold=True, align="right")
            for line in lines:
                yield Text(line, x + 5 * unit, y, INDEX_POINT * unit, align="left")
                y -= INDEX_ROW * unit


def _wrapped(text: str, width: float, size_point: float) -> list[str]:
    """Break a name into lines of `width` mm."""
    lines = [""]
    for one in text:
        if text_width(lines[-1] + one, size_point) > width:
            lines.append("")
        lines[-1] += one
    return lines
