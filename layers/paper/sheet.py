"""A map sheet for a report: planned once (what is shown, where, with which labels), then drawn once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import boundary, sichuan, zone_boundary
from layers.errors import LayerError
from layers.paper.drawing import DPI, draw
from layers.paper.features import features, lettered
from layers.paper.furniture import foot, heading, neat_frame, north, north_box, scale
from layers.paper.ground import ground, scope
from layers.paper.ink import Ink, Page
from layers.paper.labels import Box
from layers.paper.legend import legend_end, legend_ink
from layers.paper.lettering import Lettering, lettering
from layers.paper.listing import Line, columns, fits, lines, listed, page_column, pages
from layers.paper.marks import Drawn, seen
from layers.paper.page import PAPERS, Paper, View, views
from layers.query.area import area
from layers.query.scope import in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.symbols import NOTICE
from plans.documents import documents

FORMS = ("pdf", "png", "svg")
ROUND_ABOUT_DEGREE = 0.15  # how far outside Sichuan a map without a chosen zone may reach
LEAST_DEGREE = 1.0  # a single point is shown with its surroundings
MARGIN = 0.04  # of a chosen area, on each side
AIR = 0.12  # of the extent of features
MOST_INDEXED = 250  # of more features, no panel holds the names


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it will be drawn: nothing about it is left to decide."""

    title: str
    subtitle: str  # "" on a figure inside a text, which has no title of its own
    plan: Plan
    focus: tuple[BaseGeometry, ...]  # areas that were chosen, lon/lat degrees
    within: BaseGeometry | None  # the area that was drawn or reckoned round a feature, lon/lat degrees
    notes: tuple[str, ...]

    @property
    def pages(self) -> list[Page]:
        """Return the sheet as ink on paper: the map, and the pages of the index that has no room beside it."""
        parts, made = self.plan.view.layout, self.plan
        first = Page(parts.width, parts.height, parts.frame, tuple(self._charted()), tuple(self._printed()))
        return [first, *(pages(made.index, parts, self.title) if made.index and not made.aside else ())]

    def _charted(self) -> Iterator[Ink]:
        view, lettering = self.plan.view, self.plan.lettering
        yield from ground(view, self.focus)
        if self.within is not None:
            yield from scope(view, self.within)
        yield from features(view, self.plan.drawn, lettering.spots, lettering.clusters)
        yield from lettered(lettering.labels)

    def _printed(self) -> Iterator[Ink]:
        view, made = self.plan.view, self.plan
        yield from neat_frame(view)
        yield from north(view)
        yield from legend_ink(view, made.drawn, made.lettering)
        if made.aside:
            yield from listed(made.index, index_box(view, made.drawn, made.lettering), view.layout.unit)
        yield from scale(view)
        if self.subtitle:
            yield from heading(view, self.title, self.subtitle)
        yield from foot(view, self.notes)


def sheet(selected: gpd.GeoDataFrame, selection: Selection, name: str = "", paper: Paper = PAPERS["a4"]) -> Sheet:
    """Return the map sheet of `selected`, the features of `selection` (lon/lat degrees), titled `name`.

    LayerError when there is nothing to draw.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，画不成图 (empty selection)。请减少筛选条件。")
    if selected.geometry.isna().all():
        raise LayerError(f"所选 {len(selected)} 个要素文中都未给出可落图的位置，画不成图 (nothing to draw)。")
    rows = in_order(selected)
    focus = outlines(selection)
    made = plan(rows, focus, paper)
    called = one_line(name, 40) or title(rows, selection) + ("位置示意图" if len(rows) == 1 else "分布图")
    subtitle = f"{in_words(selection)}；{told(rows, len(made.drawn))}" if paper.titled else ""
    within = area(selection.within) if selection.within else None
    return Sheet(called, subtitle, made, tuple(focus), within, tuple(_notes(rows, made.view)))


def render(made: Sheet, form: str, dpi: int = DPI) -> bytes:
    """Return a sheet as the bytes of a file of that form; LayerError when there is no font to letter it with."""
    return draw(made.pages[0], form, dpi, made.title)


def write_sheet(selected: gpd.GeoDataFrame, selection: Selection, path: Path, name: str, paper: Paper) -> None:
    """Write the sheet to `path` in the form of its ending; LayerError names the forms, or says what is wrong."""
    form = path.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise LayerError(f"不认识的图件格式“{form}” (unknown form)。可用：{', '.join(FORMS)}")
    try:
        path.write_bytes(render(sheet(selected, selection, name, paper), form))
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a map shows, where, and with which labels."""

    view: View
    drawn: tuple[Drawn, ...]
    lettering: Lettering
    index: tuple[Line, ...]  # of features without a name on the map
    aside: bool  # the index stands below the legend, else on pages of its own


def plan(rows: gpd.GeoDataFrame, focus: Sequence[BaseGeometry], paper: Paper) -> Plan:
    """Return the largest map on which every feature is told by name, or by number with the index beside it.

    Else the largest, with the index on pages of its own. `rows` have their `number`; `focus` are the
    areas that were chosen (lon/lat degrees).
    """
    made: list[Plan] = []
    for view in views(extent(rows, focus), paper):
        drawn = seen(rows, view)
        if legend_end(view, drawn) < view.layout.legend.bottom:
            continue
        one = _planned(view, rows, drawn)
        if one.lettering.complete or one.aside:
            return one
        made.append(one)
        if len(drawn) > MOST_INDEXED:
            break
    return made[0]


def _planned(view: View, rows: gpd.GeoDataFrame, drawn: Sequence[Drawn]) -> Plan:
    lettered, unit = lettering(view, rows, drawn, [north_box(view)]), view.layout.unit
    box = index_box(view, drawn, lettered)
    beside = tuple(lines(lettered, columns(box, unit)[1], unit))
    if fits(beside, box, unit):
        return Plan(view, tuple(drawn), lettered, beside, aside=bool(beside))
    return Plan(view, tuple(drawn), lettered, tuple(lines(lettered, page_column(view.layout), unit)), aside=False)


def index_box(view: View, drawn: Sequence[Drawn], lettered: Lettering) -> Box:
    """Return the room for an index below the legend."""
    unit, box = view.layout.unit, view.layout.index.grown(-2.5 * view.layout.unit)
    top = min(legend_end(view, drawn, lettered), box.top)
    return Box(box.left, box.bottom, box.width, top - box.bottom - unit)


def outlines(selection: Selection) -> list[BaseGeometry]:
    """Return the areas that were chosen, lon/lat degrees: one drawn on the map alone, else zones and places."""
    if selection.within:
        return [area(selection.within)]
    chosen = [zone_boundary(zone) for zone in selection.zone] + [boundary(code) for code in selection.place]
    return [shape for shape in chosen if shape is not None]


def extent(rows: gpd.GeoDataFrame, focus: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return what the map must show, lon/lat degrees: the chosen areas, else the features in or near Sichuan.

    A line to a far coast does not shrink the map: it is cut at the frame.
    """
    shapes = list(focus) or list(rows.geometry.dropna())
    near = shapely.box(*sichuan().bounds).buffer(ROUND_ABOUT_DEGREE, join_style="mitre")
    held = [cut for shape in shapes if not (cut := shapely.clip_by_rect(shape, *near.bounds)).is_empty]
    west, south, east, north = shapely.total_bounds(held or shapes)
    share = MARGIN if focus else AIR
    wide, high = (max((LEAST_DEGREE - long) / 2, long * share) for long in (east - west, north - south))
    if focus:  # the outline itself: of its box, the projection would bulge the sides
        return shapely.union_all(held or shapes).buffer(min(wide, high))
    framed = shapely.box(west - wide, south - high, east + wide, north + high)
    return framed.intersection(near) if held else framed


def told(rows: gpd.GeoDataFrame, drawn: int) -> str:
    """Return how many of the features the sheet shows, and why it does not show the rest."""
    unplaced = int(rows.geometry.isna().sum())
    beyond = len(rows) - unplaced - drawn
    why = [f"{unplaced} 个文中未给出可落图的位置"] if unplaced else []
    why += [f"{beyond} 个在图幅之外"] if beyond else []
    return f"要素 {len(rows)} 个，图上 {drawn} 个" + (f"（{'，'.join(why)}）" if why else "")


def _notes(rows: gpd.GeoDataFrame, view: View) -> Iterator[str]:
    """Sources, what the map does not claim, projection and date."""
    today = datetime.date.today()
    cited = {slug for slugs in rows["documents"] for slug in slugs}
    yield f"资料来源：{'、'.join(one.short for one in documents() if one.slug in cited)}。"
    yield f"{NOTICE}。"
    yield f"{view.conic.words}。川规图 Plan Atlas，{today.year}年{today.month}月{today.day}日制图。"
