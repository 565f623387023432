"""A map sheet for a report: title, framed map, legend of what is shown, scale, sources. PDF, SVG or PNG.

Vector, with the Chinese type embedded. Drawn with matplotlib's objects alone, never with pyplot, so
that sessions of the app do not share a figure.
"""

from __future__ import annotations

import datetime
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geo.gazetteer import boundary, sichuan, zone_boundary
from layers.atlas import Atlas
from layers.errors import LayerError
from layers.paper.drawing import FARTHER, INK, QUIET, WHITE, Pen, base, features, letter, outline, write
from layers.paper.labels import Box, text_width
from layers.paper.legend import Index, draw_index, draw_legend, index, legend_end
from layers.paper.lettering import Lettering, lettering
from layers.paper.marks import Drawn, seen
from layers.paper.page import PAPERS, RIM, Paper, View, ticks, views
from layers.query.area import area
from layers.query.scope import in_order, in_words, one_line, title
from layers.query.selection import Selection
from layers.web.map import NOTICE

DRAWING = threading.Lock()  # matplotlib promises nothing to threads, and the app has one a session
DPI = 300
FORMS = ("pdf", "png", "svg")
ROUND_ABOUT_DEGREE = 0.15  # how far outside Sichuan a map without a chosen zone may reach
LEAST_DEGREE = 1.0  # a single point is shown with its surroundings
MARGIN = 0.04  # of a chosen area, on each side
AIR = 0.12  # of the extent of features
MOST_INDEXED = 250  # of more features, no panel holds the names


def sheet(
    atlas: Atlas, selected: gpd.GeoDataFrame, selection: Selection, name: str = "", paper: Paper = PAPERS["a4"]
) -> Figure:
    """Return the map sheet of `selected`, the features of `selection` in `atlas` (lon/lat degrees), titled `name`.

    LayerError when there is nothing to draw, or no Chinese font to letter with.
    """
    if selected.empty:
        raise LayerError("没有符合条件的要素，画不成图 (empty selection)。请减少筛选条件。")
    if selected.geometry.isna().all():
        raise LayerError(f"所选 {len(selected)} 个要素文中都未给出可落图的位置，画不成图 (nothing to draw)。")
    rows = in_order(selected)
    with DRAWING:
        return _drawn(atlas, rows, selection, name, paper)


def _drawn(atlas: Atlas, rows: gpd.GeoDataFrame, selection: Selection, name: str, paper: Paper) -> Figure:
    focus = outlines(atlas, selection)
    made = plan(rows, focus, paper)
    figure, page, chart = _figure(made.view)
    pen = Pen(chart, made.view)
    base(pen, focus)
    if selection.within:
        outline(pen, area(atlas, selection.within))
    features(pen, made.drawn, made.lettering.spots)
    letter(pen, made.lettering.labels)
    _frame(page, made.view)
    _north(page, made.view)
    draw_legend(page, made.view, made.drawn, discs=made.lettering.index)
    if made.lettering.index and made.index:
        draw_index(page, made.view, made.drawn, made.index)
    _scale(page, made.view)
    called = one_line(name, 40) or title(rows, selection) + ("位置示意图" if len(rows) == 1 else "分布图")
    figure.set_label(called)
    if paper.titled:
        _title(page, made.view, called, f"{in_words(atlas, selection)}；{told(rows, len(made.drawn))}")
    _foot(page, made.view, atlas, rows)
    return figure


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet will show, before anything is drawn."""

    view: View
    drawn: list[Drawn]
    index: Index | None
    lettering: Lettering


def plan(rows: gpd.GeoDataFrame, focus: Sequence[BaseGeometry], paper: Paper) -> Plan:
    """Return the largest map on which every feature is told, by name or number; else the largest with an index.

    `rows` have their `number`; `focus` are the areas that were chosen (lon/lat degrees).
    """
    made: list[Plan] = []
    for view in views(extent(rows, focus), paper):
        drawn = seen(rows, view)
        if legend_end(view, drawn) < view.layout.legend.bottom:
            continue
        listed = index(view, drawn)
        lettered = lettering(view, rows, drawn, taken=[north_box(view)], index=listed is not None)
        made.append(Plan(view, drawn, listed, lettered))
        if lettered.complete or len(drawn) > MOST_INDEXED:
            break
    best = [one for one in made if one.lettering.complete] or [one for one in made if one.lettering.index]
    return (best or made)[0]


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


def render(figure: Figure, form: str, dpi: int = DPI) -> bytes:
    """Return a sheet as the bytes of a file: pdf and svg are vector, png has `dpi` dots an inch."""
    out = io.BytesIO()
    about = {"Title": figure.get_label(), "Creator": "川规图 Plan Atlas"}
    if form == "png":
        about = {"Title": figure.get_label(), "Software": "川规图 Plan Atlas"}
    with DRAWING:
        figure.savefig(out, format=form, dpi=dpi, metadata=about)
    return out.getvalue()


def write_sheet(
    atlas: Atlas, selected: gpd.GeoDataFrame, selection: Selection, path: Path, *, name: str, paper: Paper
) -> None:
    """Write the sheet to `path` in the form of its ending; LayerError names the forms, or says what is wrong."""
    form = path.suffix.lstrip(".").lower()
    if form not in FORMS:
        raise LayerError(f"不认识的图件格式“{form}” (unknown form)。可用：{', '.join(FORMS)}")
    try:
        path.write_bytes(render(sheet(atlas, selected, selection, name, paper), form))
    except OSError as error:
        raise LayerError(f"无法写入 {path}：{error.strerror} (cannot write)。请换一个可写的位置。") from None


# ---- the parts around the map ----------------------------------------------------------------


def _figure(shown: View) -> tuple[Figure, Axes, Axes]:
    """A figure with two drawing areas, both in mm: the whole page, and the map, which cuts at its frame."""
    parts = shown.layout
    inches = [round(side / 25.4 * DPI) / DPI + 1e-6 for side in (parts.width, parts.height)]  # whole pixels
    figure = Figure(figsize=(inches[0], inches[1]), facecolor="white")
    chart = figure.add_axes(
        (
            parts.frame.left / parts.width,
            parts.frame.bottom / parts.height,
            parts.frame.width / parts.width,
            parts.frame.height / parts.height,
        )
    )
    page = figure.add_axes((0, 0, 1, 1))
    page.set(xlim=(0, parts.width), ylim=(0, parts.height))
    chart.set(xlim=(parts.frame.left, parts.frame.right), ylim=(parts.frame.bottom, parts.frame.top))
    chart.set_facecolor(FARTHER)
    page.axis("off")
    chart.set_xticks([])
    chart.set_yticks([])
    for side in chart.spines.values():
        side.set_visible(False)
    return figure, page, chart


def rectangle(page: Axes, box: Box, width: float, colour: str = INK) -> None:
    """Draw the outline of a box, `width` points strong."""
    page.plot(*box.ring, color=colour, linewidth=width, solid_joinstyle="miter")


def _frame(page: Axes, shown: View) -> None:
    """The neat frame: a thin line, a strong one, and the degrees between."""
    unit, frame = shown.layout.unit, shown.frame
    rectangle(page, frame, 0.5 * unit)
    rectangle(page, frame.grown(RIM * unit), 1.3 * unit)
    rectangle(page, shown.layout.panel, 0.5 * unit)
    long, size = 1.1 * unit, 5.2 * unit
    for tick in ticks(shown):
        at, middle = tick.position, RIM * unit / 2
        line, text, turned = {
            "bottom": (([at, at], [frame.bottom, frame.bottom - long]), (at, frame.bottom - middle - 0.4 * unit), 0),
            "top": (([at, at], [frame.top, frame.top + long]), (at, frame.top + middle + 0.4 * unit), 0),
            "left": (([frame.left, frame.left - long], [at, at]), (frame.left - middle - 0.4 * unit, at), 90),
            "right": (([frame.right, frame.right + long], [at, at]), (frame.right + middle + 0.4 * unit, at), 90),
        }[tick.side]
        page.plot(*line, color=INK, linewidth=0.5 * unit)
        low, high = (frame.left, frame.right) if tick.side in ("bottom", "top") else (frame.bottom, frame.top)
        if low + 6 * unit < at < high - 6 * unit:
            write(page, *text, tick.text, size, rotation=turned)


def north_box(shown: View) -> Box:
    """Return the box of the north arrow, in the upper right of the map."""
    unit = shown.layout.unit
    return Box(shown.frame.right - 13.5 * unit, shown.frame.top - 20 * unit, 11 * unit, 18 * unit)


def _north(page: Axes, shown: View) -> None:
    """North is up along the central meridian."""
    unit, box = shown.layout.unit, north_box(shown)
    page.fill(*box.ring, facecolor=WHITE, alpha=0.7, linewidth=0)
    x, y, half, tall = box.centre[0], box.bottom + 3 * unit, 2.5 * unit, 9 * unit
    for side, face in ((-1, INK), (1, WHITE)):
        wing = ([x, x + side * half, x], [y + tall, y - 1.6 * unit, y])
        page.fill(*wing, facecolor=face, edgecolor=INK, linewidth=0.5 * unit)
    write(page, x, y + tall + 2.4 * unit, "北", 8 * unit, fontweight="bold")


def _scale(page: Axes, shown: View) -> None:
    """The scale in numbers, and a bar in four parts, black and white in turn."""
    unit, box = shown.layout.unit, shown.layout.scale
    km = shown.bar_km(box.width - 18 * unit)
    long = shown.bar_mm(km)
    left, low = box.centre[0] - long / 2, box.bottom + 4 * unit
    write(page, box.centre[0], box.bottom + 13 * unit, f"1 : {shown.scale:,}".replace(",", " "), 8 * unit)
    for part in range(4):
        page.fill(
            [left + long * (part + edge) / 4 for edge in (0, 1, 1, 0)],
            [low, low, low + 1.3 * unit, low + 1.3 * unit],
            facecolor=INK if part % 2 == 0 else "white",
            edgecolor=INK,
            linewidth=0.4 * unit,
        )
    for share in (0, 0.5, 1):
        text = f"{km * share:g}" + (" km" if share == 1 else "")
        write(page, left + long * share, low + 3.2 * unit, text, 5.8 * unit)


def _title(page: Axes, shown: View, name: str, scope: str) -> None:
    parts, middle = shown.layout, shown.layout.width / 2
    room = parts.panel.right - parts.frame.left
    for text, most, y, style in (
        (name, 20.0, parts.title_y, {"fontweight": "bold"}),
        (one_line(scope, 120), 7.0, parts.title_y - 8 * parts.unit, {"color": QUIET}),
    ):
        size = min(most * parts.unit, most * room / text_width(text, most))
        write(page, middle, y, text, size, **style)


def told(rows: gpd.GeoDataFrame, drawn: int) -> str:
    """Return how many of the features the sheet shows, and why it does not show the rest."""
    unplaced = int(rows.geometry.isna().sum())
    beyond = len(rows) - unplaced - drawn
    why = [f"{unplaced} 个文中未给出可落图的位置"] if unplaced else []
    why += [f"{beyond} 个在图幅之外"] if beyond else []
    return f"要素 {len(rows)} 个，图上 {drawn} 个" + (f"（{'，'.join(why)}）" if why else "")


def _foot(page: Axes, shown: View, atlas: Atlas, rows: gpd.GeoDataFrame) -> None:
    """Sources, projection and date."""
    parts, today = shown.layout, datetime.date.today()
    cited = {slug for slugs in rows["documents"] for slug in slugs}
    lines = [
        f"资料来源：{'、'.join(one.short for one in atlas.documents if one.slug in cited)}。",
        f"{NOTICE}。",
        f"{shown.conic.words}。川规图 Plan Atlas，{today.year}年{today.month}月{today.day}日制图。",
    ]
    look = {"ha": "left", "va": "top", "color": QUIET}
    for at, line in enumerate(lines):
        y = parts.foot_y - at * 3.3 * parts.unit
        write(page, parts.frame.left - RIM * parts.unit, y, line, 5.6 * parts.unit, **look)
