"""The features as marks on paper: form, colour, dash and position in mm, as on the web map."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.palette import COLOURS
from layers.paper.ink import SOLID, Dash
from layers.paper.labels import Box
from layers.paper.page import View
from layers.symbols import OUTLINES, SYMBOLS

# Dashes in multiples of the line's width. Only what follows real track or a real river is drawn solid.
LONG, SHORT, DOTS, OUTLINE = (7.0, 2.0), (3.5, 2.0), (1.0, 1.6), (4.0, 3.0)
DASH = {"operating": LONG, "completing": LONG, "under_construction": LONG, "building": SHORT, "starting": SHORT}
POINT_SIZES = ((60, 1.25), (200, 1.0), (500, 0.85), (math.inf, 0.55))  # up to so many features: radius, units
GOLDEN = 2.39996  # radians
SPACING = 1.9  # radii between symbols that share a place
DISC, DISC_STEP = 1.5, 0.7  # a symbol that holds a number: radius, units; steps, radii, in which it looks for room
FEW, STRONG = 15, 1.35  # so few features are drawn and named so much stronger


@dataclass(frozen=True, slots=True)
class Drawn:
    """One feature on paper."""

    number: int
    name: str
    layer: str
    kind: str
    status: str
    precision: str
    shape: BaseGeometry  # points, lines or polygons, mm
    strength: float  # of lines, symbols and name: 1 where there are many

    @property
    def form(self) -> str:
        """Return point, line or area."""
        return {"Polygon": "area", "LineString": "line", "Point": "point"}[self.shape.geom_type.removeprefix("Multi")]

    @property
    def colour(self) -> str:
        """Return the colour of its layer."""
        return COLOURS[self.layer]

    @property
    def symbol(self) -> str:
        """Return what a point of its kind looks like: a key of OUTLINES, or "" for a circle."""
        return SYMBOLS["kinds"].get(self.kind) or SYMBOLS["layers"].get(self.layer, "")

    @property
    def sure(self) -> bool:
        """Tell whether a point is better known than its county."""
        return self.precision in ("exact", "approximate")

    @property
    def dash(self) -> Dash:
        """Return the dashes of a line by its status, of an outline by its precision."""
        if self.precision in ("network", "area"):
            return SOLID
        return OUTLINE if self.form == "area" else DASH.get(self.status, DOTS)


def seen(rows: gpd.GeoDataFrame, view: View) -> list[Drawn]:
    """Return the features (lon/lat degrees, with their `number`) that the frame shows, large areas first."""
    window, strength = view.window(), STRONG if len(rows) <= FEW else 1.0
    found = []
    for row in rows[rows.geometry.notna()].to_dict("records"):
        shape = view.on_paper(row["geometry"])
        if shape.intersects(window):
            about = {key: row[key] for key in ("number", "name", "layer", "kind", "status", "precision")}
            found.append(Drawn(**about, shape=shape, strength=strength))
    return sorted(found, key=lambda one: -one.shape.area)


@dataclass(frozen=True, slots=True)
class Spot:
    """The symbol of one point of a feature, mm, and where the point is: symbols make room for each other."""

    feature: Drawn
    x: float
    y: float
    radius: float
    home: tuple[float, float]
    disc: bool = False  # a circle that holds the number

    @property
    def box(self) -> Box:
        """Return the square that the symbol fills."""
        return Box.about(self.x, self.y, 2 * self.radius, 2 * self.radius)

    @property
    def moved(self) -> bool:
        """Tell whether a disc no longer covers its place."""
        return self.disc and math.dist(self.home, (self.x, self.y)) > self.radius

    @property
    def corners(self) -> list[tuple[float, float]]:
        """Return the outline of the symbol, mm; empty for a circle."""
        outline = () if self.disc else OUTLINES.get(self.feature.symbol, ())
        return [(self.x + right * self.radius, self.y - down * self.radius) for right, down in outline]


def spots(drawn: Sequence[Drawn], view: View) -> list[Spot]:
    """Return the symbols of all points: those that share a place stand in a sunflower round it."""
    points = [one for one in drawn if one.form == "point"]
    radius = view.layout.unit * next(size for most, size in POINT_SIZES if len(points) <= most)
    radius *= max((one.strength for one in points), default=1)
    stacks: Counter[tuple[int, int]] = Counter()
    found = []
    for one, home in _homes(points, view.frame):
        key = (round(home[0]), round(home[1]))
        found.append(Spot(one, *_spiral(home, stacks[key], SPACING * radius), radius, home))
        stacks[key] += 1
    return found


def discs(drawn: Sequence[Drawn], view: View) -> list[Spot]:
    """Return symbols large enough for a number; none covers another, and those well known stay at home."""
    points = [one for one in drawn if one.form == "point"]
    radius, found = DISC * view.layout.unit, list[Spot]()
    for one, home in sorted(_homes(points, view.frame), key=lambda pair: not pair[0].sure):
        ways = (_spiral(home, step, DISC_STEP * radius) for step in count())
        x, y = next(at for at in ways if all(math.dist(at, (other.x, other.y)) >= 2 * radius for other in found))
        found.append(Spot(one, x, y, radius, home, disc=True))
    return found


def _homes(points: Sequence[Drawn], frame: Box) -> Iterator[tuple[Drawn, tuple[float, float]]]:
    for one in sorted(points, key=lambda one: one.number):
        for x, y in shapely.get_coordinates(one.shape):
            if frame.left < x < frame.right and frame.bottom < y < frame.top:
                yield one, (float(x), float(y))


def _spiral(home: tuple[float, float], step: int, spacing: float) -> tuple[float, float]:
    away, angle = spacing * step**0.5, step * GOLDEN
    return home[0] + away * math.cos(angle), home[1] + away * math.sin(angle)
