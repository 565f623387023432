"""What a page is made of: text, lines, areas and discs, in mm from its lower left corner, in the order of painting.

Plain records: a page can be planned, measured and tested without anything being drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from layers.paper.labels import Box

Dash = tuple[float, ...]  # marks and gaps in turn, in multiples of the line's width; () is solid
SOLID: Dash = ()
INK, QUIET, WHITE = "#26241f", "#6d685c", "#ffffff"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour, #rrggbb, and how much it covers."""

    rgb: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; (x, y) is its `align` across and its `base` (center, top) up and down."""

    text: str
    x: float
    y: float
    size: float  # points
    colour: str = INK
    bold: bool = False
    align: str = "center"
    base: str = "center"
    angle_degree: float = 0.0
    halo: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Lines of one look; `width` in points."""

    paths: tuple[tuple[tuple[float, float], ...], ...]
    colour: Colour
    width: float
    dash: Dash = SOLID
    cap: str = "butt"

    @classmethod
    def along(cls, shape: BaseGeometry, colour: Colour, width: float, dash: Dash = SOLID, cap: str = "butt") -> Line:
        """Return the line, or lines, of a geometry in mm."""
        return cls(tuple(tuple(part.coords) for part in shapely.get_parts(shape)), colour, width, dash, cap)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon, or several, filled and outlined; `width` of the outline in points, 0 for none."""

    shape: BaseGeometry
    face: Colour | None
    edge: Colour | None = None
    width: float = 0.0
    dash: Dash = SOLID


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, filled and outlined; `width` of the outline in points."""

    x: float
    y: float
    radius: float
    face: Colour
    edge: Colour
    width: float


Ink = Text | Line | Area | Disc


@dataclass(frozen=True, slots=True)
class Page:
    """A page of paper, mm: what is cut at the frame of the map, and then what stands on the whole page."""

    width: float
    height: float
    frame: Box = field(default_factory=lambda: Box(0, 0, 0, 0))
    charted: tuple[Ink, ...] = ()
    printed: tuple[Ink, ...] = ()


def polygon(corners: Iterable[Sequence[float]], face: Colour | None, edge: Colour | None, width: float) -> Area:
    """Return the area within `corners`, mm."""
    return Area(shapely.Polygon(corners), face, edge, width)


def rectangle(box: Box, face: Colour | None, edge: Colour | None = None, width: float = 0.0) -> Area:
    """Return a box, filled and outlined."""
    return Area(shapely.box(*box.bounds), face, edge, width)


def rule(start: tuple[float, float], end: tuple[float, float], colour: str, width: float, cap: str = "butt") -> Line:
    """Return a straight line."""
    return Line(((start, end),), Colour(colour), width, cap=cap)
