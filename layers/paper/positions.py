"""Where the symbol of each point stands with its label: at its place, within its error, or led back to it.

Symbols make room for each other, and the map says so. A symbol that moves stays within the error of its
feature and within its county or prefecture; farther, a line leads back to the place. Where even that has
no room, the points of a place are dots in a ring with one counted symbol, which the index resolves.
All in mm on paper.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import boundary, counties, prefectures, sichuan
from layers.paper.labels import Box, Taken, beside, text_height, text_width
from layers.paper.marks import Drawn
from layers.paper.page import View
from layers.symbols import OUTLINES
from plans.places import short_name

Position = tuple[float, float]

# All in units (mm on A4).
POINT_SIZES = ((60, 1.25), (200, 1.0), (500, 0.85), (math.inf, 0.7))  # up to so many points: radius of a symbol
FARTHEST, LED = 4.0, 4.5  # how far a symbol may move within its error; at the end of a line that leads back
REACH = 3.5  # radius of a place whose points stand for each other
RING, DOT = 0.9, 0.4  # round the dots of a place; a dot
EDGE = 0.5  # kept free inside the frame
COUNT_POINT, NUMBER_POINT, NAME_POINT = 5.2, 5.2, 6.0
GAP = -0.2  # between a symbol and its label
LETTERS, MOST_TOWNS = 26, 2
STEP, GOLDEN = 0.8, 2.39996  # of a spiral: radii, radians


@dataclass(frozen=True, slots=True)
class Spot:
    """The symbol of one point of a feature, and where the point is."""

    feature: Drawn
    x: float
    y: float
    radius: float
    home: Position
    led: bool = False  # a line leads back to its place

    @property
    def box(self) -> Box:
        """Return the square that the symbol fills."""
        return Box.about(self.x, self.y, 2 * self.radius, 2 * self.radius)

    @property
    def moved(self) -> float:
        """Return how far the symbol stands from its place."""
        return math.dist(self.home, (self.x, self.y))

    @property
    def corners(self) -> list[Position]:
        """Return the outline of the symbol; empty for a circle."""
        outline = OUTLINES.get(self.feature.symbol, ())
        return [(self.x + right * self.radius, self.y - down * self.radius) for right, down in outline]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Points of one place without room for symbols of their own: dots where they are, a ring, a counted symbol."""

    key: str  # A, B, …: what the index calls it
    place: str  # the prefecture and counties that it lies in
    dots: tuple[tuple[Drawn, Position], ...]
    centre: Position
    radius: float  # of the ring
    box: Box  # of the counted symbol
    head: float  # how much of the box the key fills

    @property
    def members(self) -> list[Drawn]:
        """Return the features, each once."""
        return sorted({one.number: one for one, _ in self.dots}.values(), key=lambda one: one.number)

    @property
    def apart(self) -> bool:
        """Tell whether the counted symbol stands away from its ring, so that a line must lead to it."""
        x, y = self.centre
        dx, dy = (
            max(low - at, 0, at - high)
            for at, low, high in ((x, self.box.left, self.box.right), (y, self.box.bottom, self.box.top))
        )
        return math.hypot(dx, dy) > self.radius

    @property
    def ring(self) -> Box:
        """Return the square round the ring."""
        return Box.about(*self.centre, 2 * self.radius, 2 * self.radius)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where all points of a map stand, with the boxes of their labels; what found no room is left out."""

    spots: tuple[Spot, ...]
    boxes: tuple[Box | None, ...]  # of the label of each spot; None where it needs none
    clusters: tuple[Cluster, ...]
    left: tuple[Drawn, ...] = ()

    @property
    def lettered(self) -> list[Box]:
        """Return the boxes that hold text: no other text may stand there."""
        return [*(box for box in self.boxes if box), *(one.box for one in self.clusters)]

    @property
    def drawn(self) -> list[Box]:
        """Return the boxes of symbols and rings."""
        return [*(one.box for one in self.spots), *(one.ring for one in self.clusters)]


def standing(
    points: Sequence[Drawn], texts: Mapping[int, str], view: View, taken: Sequence[Box], *, gather: bool
) -> Standing:
    """Place the symbols of `points`, each with the label that `texts` has for its number, beside what is `taken`.

    The best known come first. What finds no room is gathered into clusters, or else told as left out.
    """
    crowd = _Crowd.of(points, texts, view)
    places, alone = list[set[int]](), set[int]()
    while True:
        clusters = crowd.clusters(places, taken)
        held = [*taken, *(box for one in clusters for box in (one.ring, one.box))]
        free = [at for at in range(len(crowd.homes)) if not any(at in place for place in places)]
        spots, boxes, failed = crowd.settle(free, held, alone)
        if not gather or set(failed) <= alone:
            left = tuple(crowd.homes[at].feature for at in failed)
            return Standing(tuple(spots), tuple(boxes), tuple(clusters), left)
        crowd.gather(failed, free, places, alone)


@dataclass(frozen=True, slots=True)
class _Home:
    """One point of a feature, and where it lies: positions in the list of areas, -1 outside the province."""

    feature: Drawn
    at: Position
    city: int
    county: int
    area: int  # the one of both that its symbol must not leave


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The points of a map, before they are placed."""

    view: View
    texts: Mapping[int, str]
    homes: list[_Home]
    names: list[str]  # of the areas: prefectures, then counties
    areas: list[BaseGeometry]  # on paper
    province: BaseGeometry
    radius: float

    @classmethod
    def of(cls, points: Sequence[Drawn], texts: Mapping[int, str], view: View) -> _Crowd:
        """Return the points in the order in which they are placed."""
        known = [one for one in (*prefectures(), *counties()) if boundary(one.adcode) is not None]
        areas, province = [view.on_paper(boundary(one.adcode)) for one in known], view.on_paper(sichuan())
        shapely.prepare([*areas, province])
        marks = [
            (one, (float(x), float(y)))
            for one in sorted(points, key=lambda one: (not one.sure, one.number))
            for x, y in shapely.get_coordinates(one.shape)
            if view.frame.left < x < view.frame.right and view.frame.bottom < y < view.frame.top
        ]
        inside: dict[int, dict[str, int]] = {at: {} for at in range(len(marks))}
        points_of = np.array([shapely.Point(at) for _, at in marks], dtype=object)
        for at, area in zip(*shapely.STRtree(areas).query(points_of, "within"), strict=True):
            inside[int(at)][known[area].level] = int(area)
        homes = []
        for at, (one, home) in enumerate(marks):
            city, county = inside[at].get("prefecture", -1), inside[at].get("county", -1)
            fine = view.shows_counties and one.precision != "prefecture"
            homes.append(_Home(one, home, city, county, county if fine else city))
        return cls(view, texts, homes, [one.name for one in known], areas, province, _radius(points, view))

    def _allows(self, home: _Home, x: float, y: float) -> bool:
        """Tell whether a symbol at (x, y) stays on the map and in its area; from outside, outside the province."""
        if not self.view.frame.grown(-EDGE - self.radius).holds(Box(x, y, 0, 0)):
            return False
        if home.area < 0:
            return not shapely.contains_xy(self.province, x, y)
        return bool(shapely.contains_xy(self.areas[home.area], x, y))

    def _ways(self, home: _Home, far: bool) -> Iterator[tuple[float, float, bool]]:
        """Yield where a symbol may stand, and whether a line must lead back: at home, within its error, farther."""
        unit = self.view.layout.unit
        yield *home.at, False
        within = min(home.feature.error_mm, FARTHEST * unit)
        limit = self.view.frame.width if far else max(within, LED * unit)
        for x, y, away in spiral(home.at, STEP * self.radius):
            if away > limit:
                return
            if (far and away > within) or self._allows(home, x, y):
                yield x, y, away > within

    def settle(
        self, free: Sequence[int], held: Sequence[Box], alone: set[int]
    ) -> tuple[list[Spot], list[Box | None], list[int]]:
        """Return the symbols of the points `free`, the boxes of their labels, and those that found no room."""
        taken, spots, boxes, failed = Taken(held), list[Spot](), list[Box | None](), list[int]()
        for at in free:
            found = self._stand(self.homes[at], at in alone, taken)
            if found is None:
                failed.append(at)
                continue
            spot, box = found
            spots.append(spot)
            boxes.append(box)
            for one in (spot.box, box):
                if one:
                    taken.add(one)
        return spots, boxes, failed

    def _stand(self, home: _Home, far: bool, taken: Taken) -> tuple[Spot, Box | None] | None:
        """The first free position of a symbol that has room for its label too."""
        text, unit = self.texts.get(home.feature.number, ""), self.view.layout.unit
        size = label_size(self.view, home.feature, text)
        width, height = text_width(text, size) + (0.6 if text.isdigit() else 1.2) * unit, text_height(size)
        inner = self.view.frame.grown(-EDGE * unit)
        for x, y, led in self._ways(home, far):
            spot = Spot(home.feature, x, y, self.radius, home.at, led)
            if not taken.free(spot.box):
                continue
            if not text:
                return spot, None
            for box in beside(x, y, width, height, self.radius + GAP * unit):
                if inner.holds(box) and taken.free(box):
                    return spot, box
        return None

    def gather(self, failed: Sequence[int], free: Sequence[int], places: list[set[int]], alone: set[int]) -> None:
        """Gather the points that `failed` with their neighbours, into `places` there are or new ones."""
        reach = REACH * self.view.layout.unit
        open_ = set(free)
        for at in sorted(failed, key=lambda at: -len(self._near(at, open_, reach))):
            if at not in open_:
                continue
            old = next((one for one in places if self._joins(at, one, reach)), None)
            near = self._near(at, open_, reach)
            if old is not None:
                old.add(at)
                open_.discard(at)
            elif len(near) > 1:
                places.append(near)
                open_ -= near
            else:
                alone.add(at)
        self._part(places)

    def _part(self, places: list[set[int]]) -> None:
        """Give each point to the nearest place of its prefecture, so that rings are small."""
        centres = [np.mean([self.homes[at].at for at in place], axis=0) for place in places]
        cities = [self.homes[next(iter(place))].city for place in places]
        members = sorted(at for place in places for at in place)
        for place in places:
            place.clear()
        for at in members:
            home = self.homes[at]
            own = [one for one, city in enumerate(cities) if city == home.city]
            places[min(own, key=lambda one: math.dist(centres[one], home.at))].add(at)
        places[:] = [place for place in places if place]

    def _near(self, at: int, among: set[int], reach: float) -> set[int]:
        home = self.homes[at]
        return {
            other
            for other in among
            if self.homes[other].city == home.city and math.dist(self.homes[other].at, home.at) <= reach
        }

    def _joins(self, at: int, place: set[int], reach: float) -> bool:
        home, members = self.homes[at], [self.homes[other] for other in place]
        return members[0].city == home.city and all(math.dist(one.at, home.at) <= 2 * reach for one in members)

    def clusters(self, places: Sequence[set[int]], taken: Sequence[Box]) -> list[Cluster]:
        """Return the places as they are drawn, called A, B, … in the order of their prefectures."""
        unit, found = self.view.layout.unit, list[Cluster]()
        ordered = sorted(places, key=lambda place: (self.homes[min(place)].city, -len(place), min(place)))
        rings = [self._ring([self.homes[at].at for at in place]) for place in ordered]
        held = Taken([*taken, *(Box.about(*centre, 2 * radius, 2 * radius) for centre, radius in rings)])
        head = text_width("A" if len(places) <= LETTERS else "AA", COUNT_POINT * unit) + 1.2 * unit
        for key, place, (centre, radius) in zip(keys_of(len(places)), ordered, rings, strict=True):
            dots = [(self.homes[at].feature, self.homes[at].at) for at in sorted(place)]
            number = len({one.number for one, _ in dots})
            width = head + text_width(str(number), COUNT_POINT * unit) + 1.2 * unit
            box = self._free_box(centre, radius, (width, 2.6 * unit), held)
            held.add(box)
            found.append(Cluster(key, self._where(place), tuple(dots), centre, radius, box, head))
        return found

    def _ring(self, homes: Sequence[Position]) -> tuple[Position, float]:
        """Centre and radius of a ring round points."""
        west, south, east, north = shapely.MultiPoint(homes).bounds
        centre = (west + east) / 2, (south + north) / 2
        return centre, max(math.dist(centre, at) for at in homes) + RING * self.view.layout.unit

    def _where(self, place: set[int]) -> str:
        """In which prefecture a place lies, and in which of its counties most of it."""
        homes = [self.homes[at] for at in sorted(place)]
        towns = [
            self.names[one] for one, _ in Counter(home.county for home in homes).most_common(MOST_TOWNS) if one >= 0
        ]
        return (short_name(self.names[homes[0].city]) if homes[0].city >= 0 else "省外") + "、".join(towns)

    def _free_box(self, centre: Position, radius: float, size: tuple[float, float], held: Taken) -> Box:
        """Where a counted symbol has room: at its ring, or as near as there is."""
        inner = self.view.frame.grown(-EDGE)
        near = beside(*centre, *size, radius - 0.4)
        far = (Box.about(x, y, *size) for x, y, away in spiral(centre, size[1] / 2) if away > radius)
        return next(box for way in (near, far) for box in way if inner.holds(box) and held.free(box))


def _radius(points: Sequence[Drawn], view: View) -> float:
    size = next(size for most, size in POINT_SIZES if len(points) <= most)
    return size * view.layout.unit * max((one.strength for one in points), default=1)


def label_size(view: View, one: Drawn, text: str) -> float:
    """Return the size of the name or number of a feature, points."""
    return (NUMBER_POINT if text.isdigit() else NAME_POINT) * one.strength * view.layout.unit


def spiral(home: Position, spacing: float) -> Iterator[tuple[float, float, float]]:
    """Yield positions round `home` on a sunflower, `spacing` apart, each with its distance."""
    for step in count(1):
        away, angle = spacing * step**0.5, step * GOLDEN
        yield home[0] + away * math.cos(angle), home[1] + away * math.sin(angle), away


def keys_of(number: int) -> list[str]:
    """Return so many names: A to Z, or AA, AB, … where that is not enough."""
    letters = [chr(ord("A") + at) for at in range(LETTERS)]
    return letters[:number] if number <= LETTERS else [a + b for a in letters for b in letters][:number]
