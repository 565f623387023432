"""The features and their lettering as ink, as on the web map: areas, corridors, lines, points, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import shapely

from layers.paper.ground import BEYOND_MM
from layers.paper.ink import WHITE, Area, Colour, Disc, Ink, Line, Text, polygon, rule
from layers.paper.labels import Label
from layers.paper.marks import Drawn, Spot
from layers.paper.page import View

LINE_POINT, CORRIDOR_POINT = 1.15, 3.2
CORRIDOR_OPACITY = 0.32
FEW_POINTS = 500  # so many lie above the lines; of more, the lines would not be seen
FEW_AREAS = 3  # so many are filled, when they leave half of the map free; of more, the tints would add up


def features(view: View, drawn: Sequence[Drawn], spots: Sequence[Spot]) -> Iterator[Ink]:
    """Yield the features: areas first, points last, or below the lines where there are many."""
    unit, few = view.layout.unit, len(spots) <= FEW_POINTS
    symbols = [_symbol(spot, unit) for spot in spots]
    yield from _areas(view, [one for one in drawn if one.form == "area"])
    if not few:
        yield from symbols
    lines = [one for one in drawn if one.form == "line"]
    for one in sorted(lines, key=lambda one: one.layer != "corridor"):
        yield _line(view, one)
    for spot in spots:
        if spot.moved:
            yield rule(spot.home, (spot.x, spot.y), spot.feature.colour, 0.35 * unit, "projecting")
    if few:
        yield from symbols


def _areas(view: View, areas: Sequence[Drawn]) -> Iterator[Area]:
    few, window = len(areas) <= FEW_AREAS, view.window()
    for one in areas:
        light = few and one.shape.intersection(window).area < window.area / 2
        face, edge = Colour(one.colour, 0.08 if light else 0), Colour(one.colour, 0.8 if few else 0.45)
        yield Area(one.shape, face, edge, 0.8 * one.strength * view.layout.unit, one.dash)


def _line(view: View, one: Drawn) -> Line:
    shown = shapely.clip_by_rect(one.shape, *view.frame.grown(BEYOND_MM).bounds)
    wide = one.layer == "corridor"
    colour = Colour(one.colour, CORRIDOR_OPACITY if wide else 0.95)
    width = (CORRIDOR_POINT if wide else LINE_POINT) * one.strength * view.layout.unit
    return Line.along(shown, colour, width, one.dash)


def _symbol(spot: Spot, unit: float) -> Area | Disc:
    """Filled where the position is known, hollow where only the county or prefecture is."""
    sure, colour = spot.feature.sure, Colour(spot.feature.colour)
    face, edge = (colour, Colour(WHITE)) if sure else (Colour(WHITE, 0.92), colour)
    width = min(0.75, 0.6 * spot.radius) * unit * (0.6 if sure else 1)
    corners = spot.corners
    return polygon(corners, face, edge, width) if corners else Disc(spot.x, spot.y, spot.radius, face, edge, width)


def lettered(labels: Iterable[Label]) -> Iterator[Text]:
    """Yield the lettering of the map."""
    for one in labels:
        x, y = one.box.centre
        yield Text(
            one.text, x, y, one.size, one.colour, one.weight == "bold", angle_degree=one.angle_degree, halo=one.halo
        )
