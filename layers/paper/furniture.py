"""What stands round the map, as ink: neat frame with degrees, north arrow, scale, title, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layers.paper.ink import INK, QUIET, WHITE, Colour, Ink, Line, Text, polygon, rectangle, rule
from layers.paper.labels import Box, text_width, wrapped
from layers.paper.page import RIM, View, ticks
from layers.query.scope import one_line

TITLE_POINT, SUBTITLE_POINT, FOOT_POINT = 20.0, 7.0, 5.6
FOOT_ROW = 3.3  # mm on A4


def neat_frame(view: View) -> Iterator[Ink]:
    """Yield the frame: a thin line, a strong one, and the degrees between."""
    unit, frame = view.layout.unit, view.frame
    yield outlined(frame, 0.5 * unit)
    yield outlined(frame.grown(RIM * unit), 1.3 * unit)
    yield outlined(view.layout.panel, 0.5 * unit)
    long, middle = 1.1 * unit, RIM * unit / 2
    for tick in ticks(view):
        at = tick.position
        start, end, (x, y), turned = {
            "bottom": ((at, frame.bottom), (at, frame.bottom - long), (at, frame.bottom - middle - 0.4 * unit), 0),
            "top": ((at, frame.top), (at, frame.top + long), (at, frame.top + middle + 0.4 * unit), 0),
            "left": ((frame.left, at), (frame.left - long, at), (frame.left - middle - 0.4 * unit, at), 90),
            "right": ((frame.right, at), (frame.right + long, at), (frame.right + middle + 0.4 * unit, at), 90),
        }[tick.side]
        yield rule(start, end, INK, 0.5 * unit, "projecting")
        low, high = (frame.left, frame.right) if tick.side in ("bottom", "top") else (frame.bottom, frame.top)
        if low + 6 * unit < at < high - 6 * unit:
            yield Text(tick.text, x, y, 5.2 * unit, angle_degree=turned)


def outlined(box: Box, width: float) -> Line:
    """Return the outline of a box, `width` points strong."""
    return Line((tuple(zip(*box.ring, strict=True)),), Colour(INK), width, cap="projecting")


def north_box(view: View) -> Box:
    """Return the box of the north arrow, in the upper right of the map."""
    unit = view.layout.unit
    return Box(view.frame.right - 13.5 * unit, view.frame.top - 20 * unit, 11 * unit, 18 * unit)


def north(view: View) -> Iterator[Ink]:
    """Yield the arrow: north is up along the central meridian."""
    unit, box = view.layout.unit, north_box(view)
    yield rectangle(box, Colour(WHITE, 0.7))
    x, y, half, tall = box.centre[0], box.bottom + 3 * unit, 2.5 * unit, 9 * unit
    for side, face in ((-1, INK), (1, WHITE)):
        wing = ((x, y + tall), (x + side * half, y - 1.6 * unit), (x, y))
        yield polygon(wing, Colour(face), Colour(INK), 0.5 * unit)
    yield Text("北", x, y + tall + 2.4 * unit, 8 * unit, bold=True)


def scale(view: View) -> Iterator[Ink]:
    """Yield the scale in numbers, and a bar in four parts, black and white in turn."""
    unit, box = view.layout.unit, view.layout.scale
    km = view.bar_km(box.width - 18 * unit)
    long = view.bar_mm(km)
    left, low = box.centre[0] - long / 2, box.bottom + 4 * unit
    yield Text(f"1 : {view.scale:,}".replace(",", " "), box.centre[0], box.bottom + 13 * unit, 8 * unit)
    for part in range(4):
        bar = Box(left + long * part / 4, low, long / 4, 1.3 * unit)
        yield rectangle(bar, Colour(WHITE if part % 2 else INK), Colour(INK), 0.4 * unit)
    for share in (0, 0.5, 1):
        text = f"{km * share:g}" + (" km" if share == 1 else "")
        yield Text(text, left + long * share, low + 3.2 * unit, 5.8 * unit)


def heading(view: View, title: str, subtitle: str) -> Iterator[Text]:
    """Yield the title over what the sheet shows, as large as their line holds."""
    parts, middle = view.layout, view.layout.width / 2
    room = parts.panel.right - parts.frame.left
    below = one_line(subtitle, 120)
    yield Text(title, middle, parts.title_y, _fitting(title, TITLE_POINT, room, parts.unit), bold=True)
    size = _fitting(below, SUBTITLE_POINT, room, parts.unit)
    yield Text(below, middle, parts.title_y - 8 * parts.unit, size, QUIET)


def _fitting(text: str, most: float, room: float, unit: float) -> float:
    """The size, points, at which a line fits into `room` mm."""
    return min(most * unit, most * room / text_width(text, most))


def foot(view: View, notes: Sequence[str]) -> Iterator[Text]:
    """Yield the notes below the map."""
    parts = view.layout
    left, size = parts.frame.left - RIM * parts.unit, FOOT_POINT * parts.unit
    room = max(parts.panel.right, parts.frame.right) - left
    for at, line in enumerate(line for note in notes for line in wrapped(note, room, size)):
        yield Text(line, left, parts.foot_y - at * FOOT_ROW * parts.unit, size, QUIET, align="left", base="top")
