"""The features as marks on paper: form, colour, dash and position in mm, as on the web map."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from layers.cartography.labels import Box
from layers.cartography.paper import View
from layers.webmap import COLOURS

# Dashes in multiples of the line's width. Only what follows real track or a real river is drawn solid.
LONG, SHORT, DOTS, OUTLINE = (0, (7, 2)), (0, (3.5, 2)), (0, (1, 1.6)), (0, (4, 3))
DASH = {"operating": LONG, "completing": LONG, "under_construction": LONG, "starting": SHORT}
POINT_SIZES = ((60, 1.25), (200, 1.0), (500, 0.85), (math.inf, 0.6))  # up to so many features: radius, units
GOLDEN = 2.39996  # radians
SPACING = 1.9  # radii between symbols that share a place


@dataclass(frozen=True, slots=True)
class Drawn:
    """One feature on paper."""

    number: int
    name: str
    layer: str
    status: str
    precision: str
    shape: BaseGeometry  # points, lines or polygons, mm

    @property
    def form(self) -> str:
        """Return point, line or area."""
        return {"Polygon": "area", "LineString": "line", "Point": "point"}[self.shape.geom_type.removeprefix("Multi")]

    @property
    def colour(self) -> str:
        """Return the colour of its layer."""
        return COLOURS[self.layer]

    @property
    def sure(self) -> bool:
        """Tell whether a point is better known than its county."""
        return self.precision in ("exact", "approximate")

    @property
    def dash(self) -> Any:
        """Return the dashes of a line by its status, of an outline by its precision."""
        if self.precision in ("network", "area"):
            return "solid"
        return OUTLINE if self.form == "area" else DASH.get(self.status, DOTS)


def seen(rows: gpd.GeoDataFrame, view: View) -> list[Drawn]:
    """Return the features (lon/lat degrees, with their `number`) that the frame shows, large areas first."""
    window = view.window()
    found = []
    for row in rows[rows.geometry.notna()].to_dict("records"):
        shape = view.on_paper(row["geometry"])
        if shape.intersects(window):
            about = {key: row[key] for key in ("number", "name", "layer", "status", "precision")}
            found.append(Drawn(**about, shape=shape))
    return sorted(found, key=lambda one: -one.shape.area)


@dataclass(frozen=True, slots=True)
class Spot:
    """The symbol of one point of a feature, mm."""

    feature: Drawn
    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """Return the square that the symbol fills."""
        return Box.about(self.x, self.y, 2 * self.radius, 2 * self.radius)


def spots(drawn: Sequence[Drawn], unit: float) -> list[Spot]:
    """Return the symbols of all points: those that share a place stand in a sunflower round it."""
    points = [one for one in drawn if one.form == "point"]
    radius = unit * next(size for most, size in POINT_SIZES if len(points) <= most)
    stacks: Counter[tuple[int, int]] = Counter()
    found = []
    for one in sorted(points, key=lambda one: one.number):
        for x, y in shapely.get_coordinates(one.shape):
            key = (round(x), round(y))
            away, angle = SPACING * radius * stacks[key] ** 0.5, stacks[key] * GOLDEN
            stacks[key] += 1
            found.append(Spot(one, x + away * math.cos(angle), y + away * math.sin(angle), radius))
    return found
