"""The base map as ink: provinces, prefectures, counties at large scales, rivers, borders of zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import SICHUAN, boundary, counties, places, prefectures, sichuan, zone_boundary
from geo.rivers import rivers
from layers.paper.ink import WHITE, Area, Colour, Dash, Ink, Line, rectangle
from layers.paper.page import View
from plans.vocabulary import keys

GROUND, AROUND, FARTHER = "#faf8f2", "#efece3", "#f6f4ee"  # Sichuan beside a chosen zone, provinces, the rest
RIVER, COUNTY, PREFECTURE, PROVINCE, BORDER, BAND = "#8fbfe0", "#d3cdbf", "#a79f8d", "#cfc9ba", "#5f594c", "#e6dece"
SELECTED = "#b3262e"
BORDER_DASH: Dash = (8, 2, 1.2, 2)
AREA_DASH: Dash = (4, 3)
BEYOND_MM = 5.0  # lines are cut so far outside the frame, where their ends are not seen


def ground(view: View, focus: Sequence[BaseGeometry]) -> Iterator[Ink]:
    """Yield the base map; the areas of `focus` (lon/lat degrees) stand out in white."""
    unit = view.layout.unit
    yield rectangle(view.frame, Colour(FARTHER))
    around = [boundary(code) for code, one in places().items() if one.level == "province" and code != SICHUAN]
    for outline in around:
        yield from _area(view, outline, AROUND, Colour(PROVINCE), 0.5 * unit)
    yield from _area(view, sichuan(), GROUND if focus else WHITE)
    for chosen in focus:
        yield from _area(view, chosen, WHITE)
    for river in rivers().values():
        yield from stroke(view, river.course, Colour(RIVER), 0.9 * unit, cap="round")
    if view.shows_counties:
        yield from stroke(view, _mesh(one.adcode for one in counties()), Colour(COUNTY), 0.4 * unit)
    yield from stroke(view, _mesh(one.adcode for one in prefectures()), Colour(PREFECTURE), 0.6 * unit)
    zones = shapely.union_all([zone_boundary(zone).boundary for zone in keys("zone")])
    yield from stroke(view, zones, Colour(BAND, 0.7), 3.6 * unit)
    yield from stroke(view, zones, Colour(BORDER), 0.9 * unit, dash=BORDER_DASH)


def scope(view: View, area: BaseGeometry) -> Iterator[Ink]:
    """Yield the border of a selected area (lon/lat degrees)."""
    yield from stroke(view, area.boundary, Colour(SELECTED), 1.2 * view.layout.unit, dash=AREA_DASH)


def stroke(
    view: View, lines: BaseGeometry, colour: Colour, width: float, *, dash: Dash = (), cap: str = "butt"
) -> Iterator[Line]:
    """Yield what the frame shows of `lines` (lon/lat degrees), each run in one piece."""
    shown = shapely.clip_by_rect(view.on_paper(lines), *view.frame.grown(BEYOND_MM).bounds)
    if not shown.is_empty:
        yield Line.along(shapely.line_merge(shown), colour, width, dash, cap)


def _mesh(adcodes: Iterable[str]) -> BaseGeometry:
    """Boundaries as lines, each once."""
    return shapely.union_all([outline.boundary for code in adcodes if (outline := boundary(code)) is not None])


def _area(
    view: View, outline: BaseGeometry | None, face: str, edge: Colour | None = None, width: float = 0
) -> Iterator[Area]:
    if outline is not None and (shape := view.on_paper(outline)).intersects(view.window()):
        yield Area(shape, Colour(face), edge, width)
