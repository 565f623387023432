"""The lettering of a printed map: places, rivers, and the features by name or number. All in mm."""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import SICHUAN, Place, boundary, counties, places, prefectures, sichuan
from geo.rivers import rivers
from layers.paper.labels import Box, Label, beside, place, text_height, text_width
from layers.paper.marks import Drawn
from layers.paper.page import View
from layers.paper.positions import Cluster, Spot, Standing, label_size, standing
from layers.query.scope import by_weight, one_line
from plans.places import short_name

RIVER_TEXT, PLACE_TEXT, AROUND_TEXT = "#4f8fbd", "#857d6c", "#aaa492"
PREFECTURE_POINT, COUNTY_POINT, PROVINCE_POINT, RIVER_POINT = 8.0, 6.0, 8.5, 6.0
LONGEST_NAME = 24  # characters
DARKER = 0.72
DENSE = 6.5  # square centimetres of map for each name
HOME_MM = 0.5  # how exactly a label needs to know what lies in Sichuan
EDGE = 1.0  # mm kept free inside the frame
SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.45, 0.55, 0.35, 0.65, 0.1, 0.9)  # of a line: where it may be named
# Where a place may be named round the middle of its ground, in heights of the text.
NEAR = ((0, 0), (0, 1), (0, -1), (1.5, 0), (-1.5, 0), (0, 2), (0, -2), (2.5, 1), (-2.5, 1), (2.5, -1), (-2.5, -1))


@dataclass(frozen=True, slots=True)
class Lettering:
    """All labels of a map, the symbols of its points, and which features are told by their number."""

    labels: tuple[Label, ...]
    spots: tuple[Spot, ...]
    clusters: tuple[Cluster, ...] = ()
    numbered: tuple[Drawn, ...] = ()  # with the number alone on the map, outside of clusters
    bare: tuple[Drawn, ...] = ()  # lines and areas without name or number on the map
    quiet: tuple[Drawn, ...] = ()  # points that are shown, and not told: dots at their places

    @property
    def complete(self) -> bool:
        """Tell whether every feature has its name on the map."""
        return not (self.clusters or self.numbered or self.bare)


def lettering(
    view: View, rows: gpd.GeoDataFrame, drawn: Sequence[Drawn], taken: Sequence[Box], told: int = 0
) -> Lettering:
    """Letter places, rivers and features beside what is `taken`.

    Features: by name when all names fit. Else points by number or in clusters, lines and areas by
    name, or by number where a name has no room: an index is needed to read them. With `told` above 0,
    only the features up to that number, all by number.
    """
    weight = {number: at for at, number in enumerate(by_weight(rows)["number"])}
    ordered = sorted(drawn, key=lambda one: weight[one.number])
    if told:
        return _of_few(view, ordered, taken, told)
    return _by_name(view, ordered, taken) or _by_number(view, ordered, taken)


def _by_name(view: View, drawn: Sequence[Drawn], taken: Sequence[Box]) -> Lettering | None:
    """Every feature by its name; None when there is no room for that."""
    if len(drawn) > most_names(view):
        return None
    texts = {one.number: one_line(one.name, LONGEST_NAME) for one in drawn}
    points = [one for one in drawn if one.form == "point"]
    stood = standing(points, texts, view, taken, gather=False)
    if stood.left:
        return None
    around = _around(view, [*taken, *stood.lettered], stood.drawn, {short_name(one.name) for one in points})
    others = [one for one in drawn if one.form != "point"]
    names = _features(view, others, texts, [*taken, *stood.lettered, *stood.drawn, *(one.box for one in around)])
    if len(names) < len(others):
        return None
    return Lettering((*around, *_beside(view, stood, texts), *names), stood.spots)


def _by_number(view: View, drawn: Sequence[Drawn], taken: Sequence[Box]) -> Lettering:
    """Points by number; then lines and areas, the most cited first, by name as far as the map holds names."""
    numbers = {one.number: str(one.number) for one in drawn}
    points = [one for one in drawn if one.form == "point"]
    stood = standing(points, numbers, view, taken, gather=True)
    around = _around(view, [*taken, *stood.lettered], stood.drawn)
    held = [*taken, *stood.lettered, *stood.drawn, *(one.box for one in around)]
    others = [one for one in drawn if one.form != "point"]
    texts = {one.number: one_line(one.name, LONGEST_NAME) for one in others}
    names = _features(view, others, texts, held, most_names(view))
    told = {one.feature for one in names}
    rest = [one for one in others if one.number not in told]
    digits = _features(view, rest, numbers, [*held, *(one.box for one in names)])
    told |= {one.feature for one in digits}
    labels = (*around, *_beside(view, stood, numbers), *names, *digits)
    alone = {one.feature.number for one in stood.spots} | {one.feature for one in digits}
    return Lettering(
        labels,
        stood.spots,
        stood.clusters,
        tuple(one for one in drawn if one.number in alone),
        tuple(one for one in others if one.number not in told),
    )


def _of_few(view: View, drawn: Sequence[Drawn], taken: Sequence[Box], told: int) -> Lettering:
    """Features up to the number `told` by number; points beyond it are dots."""
    few = [one for one in drawn if one.number <= told]
    numbers = {one.number: str(one.number) for one in few}
    stood = standing([one for one in few if one.form == "point"], numbers, view, taken, gather=True)
    held = [*taken, *stood.lettered, *stood.drawn]
    digits = _features(view, [one for one in few if one.form != "point"], numbers, held)
    around = _around(view, [*taken, *stood.lettered, *(one.box for one in digits)], stood.drawn)
    labels = (*around, *_beside(view, stood, numbers), *digits)
    quiet = tuple(one for one in drawn if one.form == "point" and one.number > told)
    return Lettering(labels, stood.spots, stood.clusters, tuple(few), quiet=quiet)


def most_names(view: View) -> int:
    """Return how many names a map bears."""
    return round(view.frame.width * view.frame.height / 100 / DENSE / view.layout.unit**2)


def _beside(view: View, stood: Standing, texts: Mapping[int, str]) -> Iterator[Label]:
    for spot, box in zip(stood.spots, stood.boxes, strict=True):
        if box:
            yield _label(view, spot.feature, texts[spot.feature.number], box)


def _around(view: View, taken: Sequence[Box], marks: Sequence[Box], named: Container[str] = ()) -> list[Label]:
    found = place_names(view, taken, marks, named)
    return found + river_names(view, [*taken, *marks, *(one.box for one in found)])


# ---- places and rivers -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Ground:
    """An area on the map with its name, size in points."""

    text: str
    shape: BaseGeometry  # mm, what the frame shows of it
    size: float
    colour: str
    weight: str = "normal"

    def wishes(self) -> Iterator[Box]:
        """Yield where the name may stand: round the middle, but on its own ground."""
        width, height = text_width(self.text, self.size), text_height(self.size)
        middle = _largest(self.shape).representative_point()
        shapely.prepare(self.shape)
        for right, up in NEAR:
            x, y = middle.x + right * height, middle.y + up * height
            if shapely.contains_xy(self.shape, x, y):
                yield Box.about(x, y, width, height)


def place_names(view: View, taken: Sequence[Box], marks: Sequence[Box], named: Container[str] = ()) -> list[Label]:
    """Return the names of prefectures, counties and provinces around that fit; a prefecture even over `marks`.

    Places in `named` have their name already, as features.
    """
    cities, towns = (
        [one for one in level if short_name(one.name) not in named] for level in (prefectures(), counties())
    )
    large = list(_grounds(view, cities, PREFECTURE_POINT, PLACE_TEXT, "bold"))
    small = list(_grounds(view, towns, COUNTY_POINT, PLACE_TEXT)) if view.shows_counties else []
    provinces = [one for one in places().values() if one.level == "province" and one.adcode != SICHUAN]
    small += _grounds(view, provinces, PROVINCE_POINT, AROUND_TEXT)
    found = _named(view, large, [*taken, *marks])
    hidden = [one for one in large if one.text not in {label.text for label in found}]
    found += _named(view, hidden, [*taken, *(one.box for one in found)])
    return found + _named(view, small, [*taken, *marks, *(one.box for one in found)])


def _grounds(view: View, level: Sequence[Place], size: float, colour: str, weight: str = "normal") -> Iterator[_Ground]:
    """Yield the places of which the frame shows enough for a name."""
    for one in level:
        outline = boundary(one.adcode)
        if outline is None:
            continue
        shown = view.on_paper(outline).intersection(view.window())
        text, unit = one.name if one.level == "province" else _plain(one), view.layout.unit
        if shown.area > 1.6 * text_width(text, size * unit) * text_height(size * unit):
            yield _Ground(text, shown, size * unit, colour, weight)


def _plain(one: Place) -> str:
    """凉山彝族自治州 is 凉山 on a map; 盐源县 stays."""
    return one.name if one.level == "county" and len(one.name) <= 4 else short_name(one.name)


def _named(view: View, grounds: Sequence[_Ground], held: Sequence[Box]) -> list[Label]:
    got = place([one.wishes() for one in grounds], view.frame.grown(-EDGE), held)
    return [
        Label(one.text, box, one.size, one.colour, one.weight) for one, box in zip(grounds, got, strict=True) if box
    ]


def _largest(shape: BaseGeometry) -> BaseGeometry:
    return max(shapely.get_parts(shape), key=lambda part: (part.area, part.length))


def river_names(view: View, taken: Sequence[Box]) -> list[Label]:
    """Return the name of each river that the frame shows enough of, along its course."""
    size, inner = RIVER_POINT * view.layout.unit, view.window().buffer(-6 * view.layout.unit)
    found: list[Label] = []
    for name, river in rivers().items():
        shown = view.on_paper(river.course).intersection(inner)
        if shown.is_empty or (longest := _largest(shown)).length < 15 * view.layout.unit:
            continue
        held = [*taken, *(one.box for one in found)]
        width, height = text_width(name, size), text_height(size)
        for x, y, angle in _bends(longest):
            across, up = abs(math.cos(angle)), abs(math.sin(angle))
            box = Box.about(x, y, width * across + height * up, width * up + height * across)
            if place([[box]], view.frame, held)[0]:
                found.append(Label(name, box, size, RIVER_TEXT, angle_degree=math.degrees(angle)))
                break
    return found


def _bends(line: BaseGeometry) -> Iterator[tuple[float, float, float]]:
    """Yield places along a line with its direction there, as text runs: never upside down."""
    for share in SHARES:
        at, a, b = (line.interpolate(share + step, normalized=True) for step in (0, -0.03, 0.03))
        angle = math.atan2(b.y - a.y, b.x - a.x)
        yield at.x, at.y, (angle + math.pi / 2) % math.pi - math.pi / 2


# ---- features --------------------------------------------------------------------------------


def _features(
    view: View, drawn: Sequence[Drawn], texts: Mapping[int, str], held: Sequence[Box], most: int = 0
) -> list[Label]:
    """The labels of lines and areas that fit, at most so many."""
    home = view.on_paper(sichuan()).simplify(HOME_MM)
    wishes = [_wishes(view, one, texts[one.number], home) for one in drawn]
    got = place(wishes, view.frame.grown(-EDGE), held, most)
    return [_label(view, one, texts[one.number], box) for one, box in zip(drawn, got, strict=True) if box]


def _label(view: View, one: Drawn, text: str, box: Box) -> Label:
    weight = "bold" if text.isdigit() else "normal"
    return Label(text, box, label_size(view, one, text), dark(one.colour), weight, feature=one.number)


def _wishes(view: View, one: Drawn, text: str, home: BaseGeometry) -> Iterator[Box]:
    """Yield where a label may stand: along a line, in the middle of an area; at `home`, if it is."""
    unit, size = view.layout.unit, label_size(view, one, text)
    width, height = text_width(text, size) + 1.2 * unit, text_height(size)
    visible = one.shape.intersection(view.window())
    within = visible.intersection(home)
    ground = _largest(visible if within.is_empty else within)
    if one.form == "line":
        for share in SHARES:
            at = ground.interpolate(share, normalized=True)
            yield from beside(at.x, at.y, width, height, 0.3 * unit)
    else:
        middle = ground.representative_point()
        for right, up in NEAR:
            yield Box.about(middle.x + right * height, middle.y + up * height, width, height)
        edge = _largest(ground.boundary)
        for share in SHARES if text.isdigit() else ():
            at = edge.interpolate(share, normalized=True)
            yield Box.about(at.x, at.y, width, height)


def dark(colour: str) -> str:
    """Return a colour (#rrggbb) dark enough to letter with."""
    return "#" + "".join(f"{round(int(colour[at : at + 2], 16) * DARKER):02x}" for at in (1, 3, 5))
