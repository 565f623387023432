"""The sheet of paper: its parts, the scale that fits the extent, and the way from lon/lat to millimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.projection import Conic
from layers.errors import LayerError
from layers.paper.labels import Box

# A scale is one of these times a power of ten: readers can reckon with it.
ROUND = (1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3, 3.2, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 9, 10)
TICKS_DEGREE = (1 / 60, 1 / 30, 1 / 12, 1 / 6, 0.5, 1, 2, 5)
MOST_TICKS = 8
STANDING = 1.2  # how much larger a standing sheet must show the map
COUNTIES_UP_TO = 3_000_000  # the smallest scale at which counties are shown
RIM = 4.2  # mm between the inner and the outer line of the neat frame, where degrees are lettered
ALONG_EDGE = 200  # positions at which an edge of the frame is followed


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet format, mm, long side first; `unit` scales type and symbols."""

    long: float
    short: float
    unit: float
    titled: bool = True  # a figure inside a text has its title below, in the text
    stands: bool | None = None  # None: as the extent asks


PAPERS = {"a4": Paper(297, 210, 1.0), "a3": Paper(420, 297, 1.15)}
# Figures between the margins of an A4 page: one that fills it, one that leaves room for text.
FIGURE, SMALL_FIGURE = (
    Paper(205, 158, 0.9, titled=False, stands=True),
    Paper(162, 112, 0.88, titled=False, stands=False),
)
# How deep the panel of legend and index may be, units: beside the map, or below it.
ASIDE, BELOW = (63, 92), (44, 60, 80, 105)


def paper(name: str) -> Paper:
    """Return the paper called `name` (a4, a3); LayerError lists what there is."""
    if name.lower() not in PAPERS:
        raise LayerError(f"没有“{name}”这种纸张 (unknown paper)。可用：{', '.join(PAPERS)}")
    return PAPERS[name.lower()]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a sheet stand, mm."""

    width: float
    height: float
    unit: float
    upright: bool
    frame: Box  # the map
    panel: Box  # what holds legend, index and scale
    legend: Box
    scale: Box
    index: Box  # where the names of numbered features may stand, as far as the legend leaves room
    title_y: float  # middle of the title
    foot_y: float  # top of the sources


def layout(sheet: Paper, upright: bool, deep: float) -> Layout:
    """Return the parts of a sheet: the panel, `deep` units, stands right of the map, or below on an upright sheet."""
    width, height = (sheet.short, sheet.long) if upright else (sheet.long, sheet.short)
    u, gap, rim = sheet.unit, 3 * sheet.unit, RIM * sheet.unit
    margin, head, foot = (9 * u, 16 * u, 14 * u) if sheet.titled else (0.5, 0, 11.5 * u)
    body = Box(margin, margin + foot, width - 2 * margin, height - 2 * margin - head - foot)
    taken = deep * u + gap
    if upright:
        panel = Box(body.left, body.bottom, body.width, deep * u)
        outer = Box(body.left, body.bottom + taken, body.width, body.height - taken)
        scale = Box(panel.right - 44 * u, panel.top - 22 * u, 44 * u, 22 * u)
        legend = Box(panel.left, panel.bottom, panel.width - 46 * u, panel.height)
        index = Box(panel.left, panel.bottom, panel.width, scale.bottom - panel.bottom)
    else:
        panel = Box(body.right - deep * u, body.bottom, deep * u, body.height)
        outer = Box(body.left, body.bottom, body.width - taken, body.height)
        scale = Box(panel.left, panel.bottom, panel.width, 18 * u)
        legend = index = Box(panel.left, scale.top, panel.width, panel.height - scale.height)
    foot_y = margin + foot - 2.5 * u
    title_y = height - margin - 5 * u
    return Layout(width, height, u, upright, outer.grown(-rim), panel, legend, scale, index, title_y, foot_y)


@dataclass(frozen=True, slots=True)
class View:
    """A map on paper: projection, scale 1:`scale`, and the projected position in the middle of the frame."""

    conic: Conic
    scale: int
    east_m: float
    north_m: float
    layout: Layout

    @property
    def frame(self) -> Box:
        return self.layout.frame

    @property
    def shows_counties(self) -> bool:
        """Tell whether counties have room on the map."""
        return self.scale * self.layout.unit <= COUNTIES_UP_TO

    def on_paper(self, shape: BaseGeometry) -> BaseGeometry:
        """Return `shape`, lon/lat degrees, in mm on the sheet."""
        x, y = self.frame.centre
        offset = np.array([self.east_m, self.north_m])
        return shapely.transform(
            self.conic.project(shape), lambda metres: (metres - offset) * 1000 / self.scale + (x, y)
        )

    def lonlat(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lon/lat degrees of positions in mm on the sheet."""
        middle = self.frame.centre
        return self.conic.lonlat(
            (x - middle[0]) * self.scale / 1000 + self.east_m, (y - middle[1]) * self.scale / 1000 + self.north_m
        )

    def window(self) -> BaseGeometry:
        """Return the frame as a polygon, mm."""
        return shapely.box(self.frame.left, self.frame.bottom, self.frame.right, self.frame.top)

    def bar_km(self, width: float) -> int | float:
        """Return the longest round number of kilometres that `width` mm of the sheet hold."""
        held = width * self.scale / 1e6
        power = 10 ** math.floor(math.log10(held))
        best = max(one * power for one in (1, 2, 5) if one * power <= held)
        return int(best) if best >= 1 else best

    def bar_mm(self, km: float) -> float:
        """Return how long `km` is on the sheet, mm."""
        return km * 1e6 / self.scale


def views(extent: BaseGeometry, sheet: Paper) -> list[View]:
    """Return the ways to show `extent` (lon/lat degrees) on `sheet`, the largest map first.

    Scales are round. The sheet lies, unless standing shows the extent a fifth larger.
    """
    conic = Conic.of(extent.bounds)
    west, south, east, north = conic.project(shapely.segmentize(extent, 0.1)).bounds
    found = []
    for upright, depths in ((False, ASIDE), (True, BELOW)):
        for deep in depths:
            parts = layout(sheet, upright, deep)
            needed = max((east - west) / parts.frame.width, (north - south) / parts.frame.height) * 1000
            found.append(View(conic, _round(needed), (west + east) / 2, (south + north) / 2, parts))
    if sheet.stands is not None:
        found = [one for one in found if one.layout.upright == sheet.stands]
    return sorted(found, key=lambda one: one.scale * (STANDING if one.layout.upright else 1))


def _round(needed: float) -> int:
    power = 10.0 ** math.floor(math.log10(needed))
    return round(next(one for one in ROUND if one * power >= needed) * power)


@dataclass(frozen=True, slots=True)
class Tick:
    """Where a meridian or parallel meets an edge of the frame."""

    side: str  # bottom, top, left, right
    position: float  # mm along the edge
    text: str  # "102°30′E"


def ticks(shown: View) -> list[Tick]:
    """Return where the graticule meets the frame, at a spacing that leaves room for the degrees."""
    frame = shown.frame
    xs = np.linspace(frame.left, frame.right, ALONG_EDGE)
    ys = np.linspace(frame.bottom, frame.top, ALONG_EDGE)
    edges = {
        "bottom": (xs, shown.lonlat(xs, np.full(ALONG_EDGE, frame.bottom))[0], "E"),
        "top": (xs, shown.lonlat(xs, np.full(ALONG_EDGE, frame.top))[0], "E"),
        "left": (ys, shown.lonlat(np.full(ALONG_EDGE, frame.left), ys)[1], "N"),
        "right": (ys, shown.lonlat(np.full(ALONG_EDGE, frame.right), ys)[1], "N"),
    }
    widest = max(degrees[-1] - degrees[0] for _, degrees, _ in edges.values())
    step = next((one for one in TICKS_DEGREE if widest / one <= MOST_TICKS), TICKS_DEGREE[-1])
    return [
        Tick(side, float(np.interp(n * step, degrees, along)), degree_text(n * step) + letter)
        for side, (along, degrees, letter) in edges.items()
        for n in range(math.ceil(degrees[0] / step), math.floor(degrees[-1] / step) + 1)
    ]


def degree_text(degrees: float) -> str:
    """Return degrees as maps letter them: 102°, 102°30′."""
    whole, minutes = divmod(round(degrees * 60), 60)
    return f"{whole}°{minutes:02d}′" if minutes else f"{whole}°"
