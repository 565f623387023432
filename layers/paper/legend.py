"""The legend of a printed sheet, of only what is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.palette import COLOURS
from layers.paper.features import LEADER_DOT, LEADER_POINT, counter, stroke
from layers.paper.ground import BAND, BORDER, BORDER_DASH, COUNTY, PREFECTURE, RIVER
from layers.paper.ink import QUIET, SOLID, WHITE, Colour, Dash, Disc, Ink, Line, Text, polygon, rectangle, rule
from layers.paper.labels import Box, text_width
from layers.paper.lettering import Lettering
from layers.paper.marks import DOTS, LONG, OUTLINE, SHORT, Drawn
from layers.paper.page import View
from layers.symbols import LINE_KINDS, LINES, MODES, OUTLINES, SYMBOLS, line_style
from plans.vocabulary import keys, label

# All in units (mm on A4).
ROW, HEADING, PART_GAP = 4.1, 4.3, 1.4
KINDS = {"plane": "机场", "boat": "港口、航电枢纽", "square": "铁路站、枢纽"}  # of transport: symbol, words
COLUMN, SIDE, SWATCH = 29.5, 2.5, 8.6
HEAD = 11.0  # above the first heading
TITLE_POINT, HEAD_POINT, ROW_POINT = 9.5, 6.8, 6.3


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the legend: its symbols, and what they mean."""

    symbols: tuple[str, ...]  # keys of _SYMBOLS; several when a layer has several forms
    colour: str
    text: str
    line: Dash = SOLID
    width: float = 1.15  # of a line, points
    look: Mapping[str, Any] | None = None  # of a line that has one of symbols.LINES
    outline: str = ""  # of a point: a key of OUTLINES, or a circle


def legend(view: View, drawn: Sequence[Drawn], lettered: Lettering | None = None) -> list[tuple[str, list[Entry]]]:
    """Return the parts of the legend with their headings: only what the map shows."""
    parts = [
        ("规划要素（个数）", [*_layers(drawn), *_kinds(drawn)]),
        ("表示方法", [*_styles(drawn), *(_moves(lettered) if lettered else ())]),
        ("底图", list(_ground(view))),
    ]
    return [(heading, entries) for heading, entries in parts if entries]


def _layers(drawn: Sequence[Drawn]) -> Iterator[Entry]:
    number = Counter(one.layer for one in drawn)
    for layer in keys("layer"):
        forms = {one.form for one in drawn if one.layer == layer}
        symbols = tuple(form for form in ("point", "line", "area") if form in forms)
        if symbols:
            words = f"{label('layer', layer)}  {number[layer]}"
            outline = SYMBOLS["layers"].get(layer, "")
            yield Entry(symbols, COLOURS[layer], words, look=line_style(layer, ""), outline=outline)


def _kinds(drawn: Sequence[Drawn]) -> Iterator[Entry]:
    """Modes of transport, and kinds that have a symbol of their own within their layer."""
    modes = {LINE_KINDS.get(one.kind) for one in drawn if one.form == "line"}
    for mode, words in MODES.items():
        if mode in modes:
            yield Entry(("line",), COLOURS["transport"], words, look=LINES[mode])
    own = (one for one in drawn if one.form == "point" and one.kind in SYMBOLS["kinds"])
    shown = {one.symbol for one in own}
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


def _moves(lettered: Lettering) -> Iterator[Entry]:
    """How the map tells of symbols that have no room at their place."""
    if any(one.led for one in lettered.spots):
        yield Entry(("leader",), QUIET, "引线指向原位")
    if lettered.clusters:
        yield Entry(("counter",), QUIET, "合并符号，见索引")


def _ground(view: View) -> Iterator[Entry]:
    yield Entry(("border",), BORDER, "省界、经济区界", BORDER_DASH, 0.9)
    yield Entry(("line",), PREFECTURE, "市（州）界", width=0.6)
    if view.shows_counties:
        yield Entry(("line",), COUNTY, "县（市、区）界", width=0.5)
    yield Entry(("line",), RIVER, "河流", width=0.9)


def columns(box: Box, unit: float) -> tuple[int, float]:
    """Return how many columns a legend has in `box`, and how wide each is, mm."""
    room = box.width - 2 * SIDE * unit
    number = max(1, int(room / (COLUMN * unit) + 0.15))
    return number, room / number


def legend_end(view: View, drawn: Sequence[Drawn], lettered: Lettering | None = None) -> float:
    """Return where the legend ends, mm above the foot of the sheet: below its box when it does not fit."""
    deep, number = HEAD, columns(view.layout.legend, view.layout.unit)[0]
    for _, entries in legend(view, drawn, lettered):
        deep += HEADING + -(-len(entries) // number) * ROW + PART_GAP
    return view.layout.legend.top - deep * view.layout.unit


def legend_ink(view: View, drawn: Sequence[Drawn], lettered: Lettering) -> Iterator[Ink]:
    """Yield the legend from the top of its box."""
    unit, box = view.layout.unit, view.layout.legend
    number, wide = columns(box, unit)
    left, y = box.left + SIDE * unit, box.top - HEAD * unit
    yield Text("图　例", view.layout.panel.centre[0], box.top - 5.2 * unit, TITLE_POINT * unit, bold=True)
    for heading, entries in legend(view, drawn, lettered):
        yield Text(heading, left, y, HEAD_POINT * unit, QUIET, bold=True, align="left")
        y -= HEADING * unit
        deep = -(-len(entries) // number)
        for at, entry in enumerate(entries):
            yield from _row(entry, left + wide * (at // deep), y - ROW * unit * (at % deep), wide, unit)
        y -= (ROW * deep + PART_GAP) * unit


def _row(entry: Entry, x: float, y: float, wide: float, unit: float) -> Iterator[Ink]:
    cell = min(6.5, (SWATCH - 1) / len(entry.symbols)) * unit
    for at, symbol in enumerate(entry.symbols):
        width = cell - (0.5 * unit if len(entry.symbols) > 1 else 0)
        yield from _SYMBOLS[symbol](entry, Box(x + at * cell, y - 1.1 * unit, width, 2.2 * unit), unit)
    most = ROW_POINT * unit
    size = min(most, most * (wide - SWATCH * unit) / text_width(entry.text, most))
    yield Text(entry.text, x + SWATCH * unit, y, size, align="left")


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
    if entry.look:
        yield from stroke(Line((path,), Colour(entry.colour), unit), entry.look)
    else:
        yield Line((path,), Colour(entry.colour), entry.width * unit, entry.line)


def _border(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield rule((box.left, box.centre[1]), (box.right, box.centre[1]), BAND, 3.6 * unit)
    yield from _line(entry, box, unit)


def _area(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield rectangle(box, Colour(entry.colour, 0.08))
    yield Line((tuple(zip(*box.ring, strict=True)),), Colour(entry.colour), 0.8 * unit, entry.line)


def _leader(entry: Entry, box: Box, unit: float) -> Iterator[Ink]:
    (x, y), colour = box.centre, Colour(entry.colour)
    yield rule((box.left + unit, y), (x + unit, y), entry.colour, LEADER_POINT * unit)
    yield Disc(box.left + unit, y, LEADER_DOT * unit, colour, colour, 0)
    yield Disc(x + unit, y, 0.85 * unit, colour, Colour(WHITE), 0.4 * unit)


def _counter(_: Entry, box: Box, unit: float) -> Iterator[Ink]:
    yield from counter(Box(box.left, box.bottom, 5.4 * unit, box.height), 2.4 * unit, "A", 12, unit)


_SYMBOLS: dict[str, Callable[[Entry, Box, float], Iterator[Ink]]] = {
    "point": _point,
    "hollow": _hollow,
    "line": _line,
    "border": _border,
    "area": _area,
    "leader": _leader,
    "counter": _counter,
}
