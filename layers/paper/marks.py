"""The features as marks on paper: form, colour, dash and position in mm, as on the web map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
from shapely.geometry.base import BaseGeometry

from layers.palette import COLOURS
from layers.paper.ink import SOLID, Dash
from layers.paper.page import View
from layers.symbols import SYMBOLS, line_style

# Dashes in multiples of the line's width. Only what follows real track or a real river is drawn solid.
LONG, SHORT, DOTS, OUTLINE = (7.0, 2.0), (3.5, 2.0), (1.0, 1.6), (4.0, 3.0)
DASH = {"operating": LONG, "completing": LONG, "under_construction": LONG, "building": SHORT, "starting": SHORT}
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
    error_mm: float  # a radius on paper that contains the truth; nan where nothing is said
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
    def line(self) -> dict[str, Any]:
        """Return how it is drawn as a line, in pixels of the web map: one of symbols.LINES."""
        return line_style(self.layer, self.kind)

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


def seen(rows: gpd.GeoDataFrame, view: View, told: int = 0) -> list[Drawn]:
    """Return the features (lon/lat degrees, with their `number`) that the frame shows, large areas first.

    Few of them are drawn strongly, or those up to the number `told`.
    """
    window, strong = view.window(), len(rows) if len(rows) <= FEW else told
    found = []
    for row in rows[rows.geometry.notna()].to_dict("records"):
        shape = view.on_paper(row["geometry"])
        if shape.intersects(window):
            about = {key: row[key] for key in ("number", "name", "layer", "kind", "status", "precision")}
            strength = STRONG if row["number"] <= strong else 1.0
            error = row["error_km"] * 1e6 / view.scale
            found.append(Drawn(**about, shape=shape, error_mm=error, strength=strength))
    return sorted(found, key=lambda one: -one.shape.area)
