"""The features and their lettering as ink, as on the web map: areas, corridors, lines, points, names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import shapely

from layers.paper.ground import BEYOND_MM
from layers.paper.ink import INK, WHITE, Area, Colour, Disc, Ink, Line, Text, polygon, rectangle, rule
from layers.paper.labels import Box, Label
from layers.paper.lettering import Lettering
from layers.paper.marks import Drawn
from layers.paper.page import View
from layers.paper.positions import COUNT_POINT, DOT, Cluster, Spot

PIXEL_POINT = 0.42  # points of a line on an A4 for a pixel on the web map
LEADER_POINT, LEADER_DOT = 0.45, 0.35
FEW_POINTS = 500  # so many lie above the lines; of more, the lines would not be seen
FEW_AREAS = 3  # so many are filled, when they leave half of the map free; of more, the tints would add up


def features(view: View, drawn: Sequence[Drawn], lettered: Lettering) -> Iterator[Ink]:
    """Yield the features: areas first, points last, or below the lines where there are many."""
    spots, unit = lettered.spots, view.layout.unit
    few, symbols = len(spots) <= FEW_POINTS, [_symbol(spot, unit) for spot in spots]
    yield from _areas(view, [one for one in drawn if one.form == "area"])
    if not few:
        yield from symbols
    lines = [one for one in drawn if one.form == "line"]
    for one in sorted(lines, key=lambda one: one.layer != "corridor"):
        yield from _line(view, one)
    for one in lettered.quiet:
        for x, y in shapely.get_coordinates(one.shape):
            yield _dot(one, (x, y), unit)
    for spot in spots:
        if spot.led:
            yield from leader(spot, unit)
    if few:
        yield from symbols
    yield from counted(lettered.clusters, unit)


def _areas(view: View, areas: Sequence[Drawn]) -> Iterator[Area]:
    few, window = len(areas) <= FEW_AREAS, view.window()
    for one in areas:
        light = few and one.shape.intersection(window).area < window.area / 2
        face, edge = Colour(one.colour, 0.08 if light else 0), Colour(one.colour, 0.8 if few else 0.45)
        yield Area(one.shape, face, edge, 0.8 * one.strength * view.layout.unit, one.dash)


def _line(view: View, one: Drawn) -> Iterator[Line]:
    shown = shapely.clip_by_rect(one.shape, *view.frame.grown(BEYOND_MM).bounds)
    yield from stroke(Line.along(shown, Colour(one.colour), one.strength * view.layout.unit, one.dash), one.line)


def stroke(line: Line, look: Mapping[str, Any]) -> Iterator[Line]:
    """Yield a line of a look of symbols.LINES, `width` times as wide as on an A4, and its core, which has the same dashes."""
    weight, core = look["weight"], look.get("core", 0)
    colour = Colour(look.get("color", line.colour.rgb), look["opacity"])
    yield replace(line, colour=colour, width=line.width * weight * PIXEL_POINT)
    if core:
        dash = tuple(part * weight / core for part in line.dash)
        yield replace(line, colour=Colour(WHITE), width=line.width * core * PIXEL_POINT, dash=dash)


def _symbol(spot: Spot, unit: float) -> Area | Disc:
    """Filled where the position is known, hollow where only the county or prefecture is."""
    sure, colour = spot.feature.sure, Colour(spot.feature.colour)
    face, edge = (colour, Colour(WHITE)) if sure else (Colour(WHITE, 0.92), colour)
    width = min(0.75, 0.6 * spot.radius) * unit * (0.6 if sure else 1)
    corners = spot.corners
    return polygon(corners, face, edge, width) if corners else Disc(spot.x, spot.y, spot.radius, face, edge, width)


def leader(spot: Spot, unit: float) -> Iterator[Ink]:
    """Yield the line from a symbol back to its place, and the dot there."""
    colour = Colour(spot.feature.colour)
    yield rule(spot.home, (spot.x, spot.y), spot.feature.colour, LEADER_POINT * unit)
    yield Disc(*spot.home, LEADER_DOT * unit, colour, colour, 0)


def _dot(one: Drawn, at: tuple[float, float], unit: float) -> Disc:
    """A point of a feature that has no symbol of its own."""
    colour = Colour(one.colour)
    return Disc(*at, DOT * unit, colour if one.sure else Colour(WHITE), colour, 0.4 * unit)


def counted(clusters: Sequence[Cluster], unit: float) -> Iterator[Ink]:
    """Yield the places whose points stand for each other: a ring, a dot for each point, the key and the count."""
    ink = Colour(INK)
    for one in clusters:
        yield Disc(*one.centre, one.radius, Colour(WHITE, 0.6), ink, 0.5 * unit)
    for one in clusters:
        for feature, (x, y) in one.dots:
            yield _dot(feature, (x, y), unit)
    for one in clusters:
        if one.apart:
            yield rule(_rim(one), one.box.centre, INK, LEADER_POINT * unit)
        yield from counter(one.box, one.head, one.key, len(one.members), unit)


def _rim(cluster: Cluster) -> tuple[float, float]:
    """Where the line from a ring to its counted symbol begins."""
    (x, y), (right, up) = cluster.centre, cluster.box.centre
    share = cluster.radius / math.dist(cluster.centre, cluster.box.centre)
    return x + share * (right - x), y + share * (up - y)


def counter(box: Box, head: float, key: str, number: int, unit: float) -> Iterator[Ink]:
    """Yield a counted symbol: the key in white on dark, `head` mm wide, beside the count."""
    y, size = box.centre[1], COUNT_POINT * unit
    yield rectangle(box, Colour(WHITE), Colour(INK), 0.5 * unit)
    yield rectangle(Box(box.left, box.bottom, head, box.height), Colour(INK))
    yield Text(key, box.left + head / 2, y, size, WHITE, bold=True)
    yield Text(str(number), (box.left + head + box.right) / 2, y, size, bold=True)


def lettered(labels: Iterable[Label]) -> Iterator[Text]:
    """Yield the lettering of the map."""
    for one in labels:
        x, y = one.box.centre
        yield Text(
            one.text, x, y, one.size, one.colour, one.weight == "bold", angle_degree=one.angle_degree, halo=one.halo
        )
