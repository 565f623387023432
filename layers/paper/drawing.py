"""The map on its sheet, drawn with matplotlib: base map, features, lettering. All in mm on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import SICHUAN, boundary, counties, places, prefectures, sichuan, zone_boundary
from geo.rivers import rivers
from layers.paper.fonts import chinese
from layers.paper.labels import Label
from layers.paper.marks import OUTLINE, Drawn, Spot
from layers.paper.page import View
from plans.vocabulary import keys

INK, QUIET, WHITE = "#26241f", "#6d685c", "#ffffff"
GROUND, AROUND, FARTHER = "#faf8f2", "#efece3", "#f6f4ee"  # Sichuan beside a chosen zone, provinces, the rest
RIVER, COUNTY, PREFECTURE, PROVINCE, BORDER, BAND = "#8fbfe0", "#d3cdbf", "#a79f8d", "#cfc9ba", "#5f594c", "#e6dece"
SELECTED = "#b3262e"
BORDER_DASH = (0, (8, 2, 1.2, 2))
LINE_POINT, CORRIDOR_POINT = 1.15, 3.2
CORRIDOR_ALPHA = 0.32
ON_AREAS, ON_LINES, ON_LEADERS, ON_POINTS, ON_TEXT = 2, 3, 3.5, 4, 5  # what lies on what; the base map is below
FEW_POINTS = 500  # so many lie above the lines; of more, the lines would not be seen
FEW_AREAS = 3  # so many are filled, when they leave half of the map free; of more, the tints would add up


@dataclass(frozen=True, slots=True)
class Pen:
    """Where to draw, and by which view."""

    axes: Axes
    view: View

    @property
    def unit(self) -> float:
        """Return the factor of type and symbols."""
        return self.view.layout.unit


def write(axes: Axes, x: float, y: float, text: str, size: float, **style: Any) -> None:
    """Letter `text` at (x, y) mm, `size` points. It is never read as a formula."""
    look: dict[str, Any] = {
        "family": chinese(),
        "fontsize": size,
        "parse_math": False,
        "ha": "center",
        "va": "center",
        "color": INK,
        "zorder": ON_TEXT,
    }
    axes.text(x, y, text, **(look | style))


def letter(pen: Pen, labels: Iterable[Label]) -> None:
    """Letter the map, each label with a white halo drawn apart: so the text itself stays text in a PDF."""
    for one in labels:
        style: dict[str, Any] = {"color": one.colour, "fontweight": one.weight, "rotation": one.angle_degree}
        if one.halo:
            halo = [Stroke(linewidth=one.size * 0.22, foreground="white", alpha=0.85)]
            write(pen.axes, *one.box.centre, one.text, one.size, path_effects=halo, **style)
        write(pen.axes, *one.box.centre, one.text, one.size, **style)


def base(pen: Pen, focus: Sequence[BaseGeometry]) -> None:
    """Draw provinces, prefectures, counties at large scales, rivers, zone borders; `focus` areas on white."""
    around = [boundary(code) for code, one in places().items() if one.level == "province" and code != SICHUAN]
    for outline in around:
        _area(pen, outline, facecolor=AROUND, edgecolor=PROVINCE, linewidth=0.5 * pen.unit)
    _area(pen, sichuan(), facecolor=GROUND if focus else WHITE, edgecolor="none")
    for chosen in focus:
        _area(pen, chosen, facecolor=WHITE, edgecolor="none")
    for river in rivers().values():
        _stroke(pen, river.course, color=RIVER, linewidth=0.9 * pen.unit, capstyle="round")
    if pen.view.shows_counties:
        _stroke(pen, _mesh(one.adcode for one in counties()), color=COUNTY, linewidth=0.4 * pen.unit)
    _stroke(pen, _mesh(one.adcode for one in prefectures()), color=PREFECTURE, linewidth=0.6 * pen.unit)
    zones = shapely.union_all([zone_boundary(zone).boundary for zone in keys("zone")])
    _stroke(pen, zones, color=BAND, linewidth=3.6 * pen.unit, alpha=0.7)
    _stroke(pen, zones, color=BORDER, linewidth=0.9 * pen.unit, linestyle=BORDER_DASH)


def outline(pen: Pen, area: BaseGeometry) -> None:
    """Draw the border of a selected area (lon/lat degrees) over the base map."""
    _stroke(pen, area.boundary, color=SELECTED, linewidth=1.2 * pen.unit, linestyle=OUTLINE)


def _mesh(adcodes: Iterable[str]) -> BaseGeometry:
    """Boundaries as lines, each once."""
    return shapely.union_all([outline.boundary for code in adcodes if (outline := boundary(code)) is not None])


def _area(pen: Pen, outline: BaseGeometry | None, **style: Any) -> None:
    if outline is not None and (shape := pen.view.on_paper(outline)).intersects(pen.view.window()):
        pen.axes.add_artist(PathPatch(_path(shape), zorder=1, **style))


def _stroke(pen: Pen, lines: BaseGeometry, **style: Any) -> None:
    shown = shapely.clip_by_rect(pen.view.on_paper(lines), *pen.view.frame.grown(5).bounds)
    if not shown.is_empty:
        parts = [part.coords for part in shapely.get_parts(shapely.line_merge(shown))]
        pen.axes.add_artist(LineCollection(parts, zorder=1, **style))


def _path(polygons: BaseGeometry) -> Path:
    rings = [ring for part in shapely.get_parts(polygons) for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def features(pen: Pen, drawn: Sequence[Drawn], spots: Sequence[Spot]) -> None:
    """Draw the features as on the web map: areas, then corridors, lines and points."""
    areas = [one for one in drawn if one.form == "area"]
    few, window = len(areas) <= FEW_AREAS, pen.view.window()
    for one in areas:
        fill = 0.08 if few and one.shape.intersection(window).area < window.area / 2 else 0
        look = {"facecolor": to_rgba(one.colour, fill), "edgecolor": to_rgba(one.colour, 0.8 if few else 0.45)}
        width = 0.8 * one.strength * pen.unit
        pen.axes.add_artist(PathPatch(_path(one.shape), linewidth=width, linestyle=one.dash, zorder=ON_AREAS, **look))
    lines = [one for one in drawn if one.form == "line"]
    for one in sorted(lines, key=lambda one: one.layer != "corridor"):
        _line(pen, one)
    for spot in spots:
        _point(pen, spot, few=len(spots) <= FEW_POINTS)


def _line(pen: Pen, one: Drawn) -> None:
    parts = shapely.get_parts(shapely.clip_by_rect(one.shape, *pen.view.frame.grown(5).bounds))
    wide = one.layer == "corridor"
    colour = to_rgba(one.colour, CORRIDOR_ALPHA if wide else 0.95)
    width = (CORRIDOR_POINT if wide else LINE_POINT) * one.strength * pen.unit
    look: dict[str, Any] = {"colors": colour, "linewidths": width, "linestyles": [one.dash], "zorder": ON_LINES}
    pen.axes.add_artist(LineCollection([part.coords for part in parts], **look))


def _point(pen: Pen, spot: Spot, few: bool) -> None:
    """Filled where the position is known, hollow where only the county or prefecture is; many lie below the lines."""
    sure, colour = spot.feature.sure, spot.feature.colour
    if spot.moved:
        leader = zip(spot.home, (spot.x, spot.y), strict=True)
        pen.axes.add_artist(Line2D(*leader, color=colour, linewidth=0.35 * pen.unit, zorder=ON_LEADERS))
    look: dict[str, Any] = {
        "zorder": ON_POINTS if few else ON_AREAS,
        "facecolor": colour if sure else (1, 1, 1, 0.92),
        "edgecolor": "white" if sure else colour,
        "linewidth": min(0.75, 0.6 * spot.radius) * pen.unit * (0.6 if sure else 1),
    }
    corners = spot.corners
    pen.axes.add_artist(Polygon(corners, **look) if corners else Circle((spot.x, spot.y), spot.radius, **look))
