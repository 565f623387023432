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
from layers.about import CREATOR, About, now
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.folders import save
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
from layers.paper.positions import FARTHEST
from layers.query.area import area
from layers.query.scope import in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.symbols import NOTICE

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
    about: About

    @property
    def pages(self) -> list[Page]:
        """Return the sheet as ink on paper: the map, and the pages of the index that has no room beside it."""
        parts, made = self.plan.view.layout, self.plan
        first = Page(parts.width, parts.height, parts.frame, tuple(self._charted()), tuple(self._printed()))
        return [first, *(pages(made.index, parts, self.title) if made.index and not made.aside else ())]

    def _charted(self) -> Iterator[Ink]:
        view, made = self.plan.view, self.plan
        yield from ground(view, self.focus)
        if self.within is not None:
            yield from scope(view, self.within)
        yield from features(view, made.drawn, made.lettering)
        yield from lettered(made.lettering.labels)

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


def sheet(
    atlas: Atlas,
    selected: gpd.GeoDataFrame,
    selection: Selection,
    name: str = "",
    paper: Paper = PAPERS["a4"],
    *,
    first: Sequence[str] = (),
) -> Sheet:
    """Return the map sheet of `selected`, the features of `selection` in `atlas` (lon/lat degrees), titled `name`.

    With ids of features in `first`, those alone are told, by the numbers 1, 2, …. LayerError when there is nothing to draw.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，画不成图 (empty selection)。请减少筛选条件。")
    if selected.geometry.isna().all():
        raise LayerError(f"所选 {len(selected)} 个要素文中都未给出可落图的位置，画不成图 (nothing to draw)。")
    rows = in_order(selected, first)
    focus = outlines(atlas, selection)
    made = plan(rows, focus, paper, len(first))
    called = one_line(name, 40) or title(rows, selection) + ("位置示意图" if len(rows) == 1 else "分布图")
    scope_of = f"{in_words(atlas, selection)}；{told(rows, len(made.drawn))}"
    within = area(atlas, selection.within) if selection.within else None
    sources = [one for one in atlas.documents if one.slug in {slug for slugs in rows["documents"] for slug in slugs}]
    about = About(called, scope_of, tuple(one.title for one in sources), now(), atlas.version)
    notes = (
        _notes(made, [one.short for one in sources], about.made)
        if paper.titled
        else (*_footnote(made, "表"), f"{NOTICE}。")
    )
    return Sheet(called, scope_of if paper.titled else "", made, tuple(focus), within, tuple(notes), about)


def render(made: Sheet, form: str, dpi: int = DPI) -> list[bytes]:
    """Return a sheet as files of that form: one pdf of all its pages, or an svg or png of each.

    LayerError when there is no font to letter it with.
    """
    return draw(made.pages, form, made.about, dpi)


def write_sheet(
    atlas: Atlas, selected: gpd.GeoDataFrame, selection: Selection, path: Path, *, name: str, paper: Paper
) -> list[Path]:
    """Write the sheet to `path` in the form of its ending, further pages beside it; return what was written.

    LayerError names the forms, or says what is wrong.
    """
    form = path.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise LayerError(f"不认识的图件格式“{form}” (unknown form)。可用：{', '.join(FORMS)}")
    pages = render(sheet(atlas, selected, selection, name, paper), form)
    paths = [path, *(path.with_stem(f"{path.stem}-{at}") for at in range(2, len(pages) + 1))]
    for one, content in zip(paths, pages, strict=True):
        save(one, content)
    return paths


@dataclass(frozen=True, slots=True)
class Plan:
    """What a map shows, where, and with which labels."""

    view: View
    drawn: tuple[Drawn, ...]
    lettering: Lettering
    index: tuple[Line, ...] = ()  # of features without a name on the map
    aside: bool = False  # the index stands below the legend, else on pages of its own


def plan(rows: gpd.GeoDataFrame, focus: Sequence[BaseGeometry], paper: Paper, told: int = 0) -> Plan:
    """Return the largest map on which every feature is told by name, or by number with the index beside it.

    Else the largest, with the index on pages of its own; a figure has none, the text is its index. `rows`
    have their `number`; `focus` are the areas that were chosen (lon/lat degrees); of features above the
    number `told`, if there is one, nothing is told.
    """
    made: list[Plan] = []
    for view, drawn in _roomy(rows, focus, paper, told):
        if not paper.titled:
            return Plan(view, drawn, lettering(view, rows, drawn, [north_box(view)], told))
        one = _planned(view, rows, drawn)
        if one.lettering.complete or one.aside:
            return one
        made.append(one)
        if len(drawn) > MOST_INDEXED:
            break
    return made[0]


def _roomy(
    rows: gpd.GeoDataFrame, focus: Sequence[BaseGeometry], paper: Paper, told: int
) -> Iterator[tuple[View, tuple[Drawn, ...]]]:
    """Yield the maps that leave room for their legend, the largest first; the smallest, if none does."""
    found = False
    for view in views(extent(rows, focus), paper):
        drawn = tuple(seen(rows, view, told))
        if legend_end(view, drawn) >= view.layout.legend.bottom:
            found = True
            yield view, drawn
    if not found:
        yield view, drawn


def _planned(view: View, rows: gpd.GeoDataFrame, drawn: tuple[Drawn, ...]) -> Plan:
    lettered, unit = lettering(view, rows, drawn, [north_box(view)]), view.layout.unit
    box = index_box(view, drawn, lettered)
    beside = tuple(lines(lettered, columns(box, unit)[1], unit))
    if fits(beside, box, unit):
        return Plan(view, drawn, lettered, beside, aside=bool(beside))
    return Plan(view, drawn, lettered, tuple(lines(lettered, page_column(view.layout), unit)), aside=False)


def index_box(view: View, drawn: Sequence[Drawn], lettered: Lettering) -> Box:
    """Return the room for an index below the legend."""
    unit, box = view.layout.unit, view.layout.index.grown(-2.5 * view.layout.unit)
    top = min(legend_end(view, drawn, lettered), box.top)
    return Box(box.left, box.bottom, box.width, top - box.bottom - unit)


def outlines(atlas: Atlas, selection: Selection) -> list[BaseGeometry]:
    """Return the areas that were chosen, lon/lat degrees: one drawn on the map alone, else zones and places."""
    if selection.within:
        return [area(atlas, selection.within)]
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


def _notes(made: Plan, sources: Sequence[str], day: datetime.datetime) -> Iterator[str]:
    """How symbols stand; sources; what the map does not claim; projection and date."""
    yield from _footnote(made, "图例下的索引" if made.aside else "第2页起的索引")
    yield f"资料来源：{'、'.join(sources)}。"
    yield f"{NOTICE}。"
    yield f"{made.view.conic.words}。{CREATOR}，{day.year}年{day.month}月{day.day}日制图。"


def _footnote(made: Plan, index: str) -> Iterator[str]:
    """What the map does with points that have no room, as far as it does so; `index` tells the names."""
    lettered, km = made.lettering, FARTHEST * made.view.layout.unit * made.view.scale / 1e6
    said = []
    if any(one.moved and not one.led for one in lettered.spots):
        said.append(f"移动的符号不出其位置误差和所在政区（{km:.0f} 公里以内）")
    if any(one.led for one in lettered.spots):
        said.append("更远的有引线指回原位")
    if lettered.clusters:
        said.append(f"圈内小点为实际位置，合为一个符号，注代号和个数，名称见{index}")
    if said:
        yield "；".join(said) + "。"
