"""Pages drawn with matplotlib: the one step in which ink becomes a file. PDF, SVG or PNG.

Vector, with the Chinese type embedded. Drawn with matplotlib's objects alone, never with pyplot, so
that sessions of the app do not share a figure.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import shapely
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.text import Text as Letters
from shapely.geometry.base import BaseGeometry

from layers.about import LANGUAGE, RIGHTS, About
from layers.paper.fonts import FAMILIES, chinese
from layers.paper.ink import Area, Colour, Dash, Disc, Ink, Line, Page, Text
from layers.paper.pdf import finished

DRAWING = threading.Lock()  # matplotlib promises nothing to threads, and the app has one a session
DPI = 300
HALO = 0.22  # of the size of the type


def draw(pages: Sequence[Page], form: str, about: About, dpi: int = DPI) -> list[bytes]:
    """Return pages as files: one pdf of all, or an svg or png of each, png with `dpi` dots an inch.

    LayerError when there is no Chinese font to letter with.
    """
    with DRAWING, rc_context({"pdf.fonttype": 42, "svg.fonttype": "none"}):
        if form == "pdf":
            return [_bound(pages, about)]
        return [_saved(page, form, about, dpi) for page in pages]


def _bound(pages: Sequence[Page], about: About) -> bytes:
    out = io.BytesIO()
    with PdfPages(out) as book:
        for page in pages:
            book.savefig(_figure(page))
    return finished(out.getvalue(), about)


def _saved(page: Page, form: str, about: About, dpi: int) -> bytes:
    out = io.BytesIO()
    said = {"Title": about.title, "Description": about.description, "Source": about.source}
    if form == "svg":
        said |= {"Creator": about.creator, "Date": about.made.isoformat(), "Rights": RIGHTS, "Language": LANGUAGE}
    else:
        said |= {"Software": about.creator, "Creation Time": about.made.isoformat(), "Copyright": RIGHTS}
    _figure(page).savefig(out, format=form, dpi=dpi, metadata=said)
    found = out.getvalue()
    return found.replace(*_families()) if form == "svg" else found


def _families() -> tuple[bytes, bytes]:
    """How matplotlib names the fonts of an SVG, and every family that may stand in for them where it is opened."""
    known = chinese()
    stand_in = dict.fromkeys((known[0], *FAMILIES, *known[1:]))
    named, all_of_them = (", ".join(f"'{one}'" for one in some) for some in (known, stand_in))
    return named.encode(), f"{all_of_them}, sans-serif".encode()


def _figure(page: Page) -> Figure:
    figure, axes = _canvas(page)
    frame = Rectangle((page.frame.left, page.frame.bottom), page.frame.width, page.frame.height)
    frame.set_transform(axes.transData)
    for at, ink in enumerate((*page.charted, *page.printed)):
        for artist in _artists(ink):
            artist.set_zorder(at)
            axes.add_artist(artist)
            if at < len(page.charted):
                artist.set_clip_path(frame)
    return figure


def _canvas(page: Page) -> tuple[Figure, Axes]:
    """A figure with one drawing area, in mm: the whole page."""
    inches = [round(side / 25.4 * DPI) / DPI + 1e-6 for side in (page.width, page.height)]  # whole pixels
    figure = Figure(figsize=(inches[0], inches[1]), facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, page.width), ylim=(0, page.height))
    axes.axis("off")
    return figure, axes


@singledispatch
def _artists(ink: Ink) -> list[Artist]:
    raise TypeError(ink)


@_artists.register
def _(ink: Text) -> list[Artist]:
    """Letter a line, which is never read as a formula; its halo is drawn apart, so that text stays text in a PDF."""
    look: dict[str, Any] = {
        "family": chinese(),
        "fontsize": ink.size,
        "fontweight": "bold" if ink.bold else "normal",
        "color": ink.colour,
        "ha": ink.align,
        "va": ink.base,
        "rotation": ink.angle_degree,
        "parse_math": False,
    }
    halo = [Stroke(linewidth=ink.size * HALO, foreground="white", alpha=0.85)]
    behind = [Letters(ink.x, ink.y, ink.text, path_effects=halo, **look)] if ink.halo else []
    return [*behind, Letters(ink.x, ink.y, ink.text, **look)]


@_artists.register
def _(ink: Line) -> list[Artist]:
    look: dict[str, Any] = {"linewidths": ink.width, "linestyles": [_dashes(ink.dash)], "capstyle": ink.cap}
    return [LineCollection(ink.paths, colors=_rgba(ink.colour), **look)]


@_artists.register
def _(ink: Area) -> list[Artist]:
    return [_patch(_path(ink.shape), ink.face, ink.edge, ink.width, ink.dash)]


@_artists.register
def _(ink: Disc) -> list[Artist]:
    return [_patch(Path.circle((ink.x, ink.y), ink.radius), ink.face, ink.edge, ink.width)]


def _patch(path: Path, face: Colour | None, edge: Colour | None, width: float, dash: Dash = ()) -> PathPatch:
    look = {"facecolor": _rgba(face), "edgecolor": _rgba(edge), "linewidth": width if edge else 0}
    return PathPatch(path, linestyle=_dashes(dash), **look)


def _path(polygons: BaseGeometry) -> Path:
    rings = [ring for part in shapely.get_parts(polygons) for ring in (part.exterior, *part.interiors)]
    return Path.make_compound_path(*(Path(shapely.get_coordinates(ring), closed=True) for ring in rings))


def _rgba(colour: Colour | None) -> Any:
    return "none" if colour is None else to_rgba(colour.rgb, colour.opacity)


def _dashes(dash: Dash) -> Any:
    return (0, dash) if dash else "solid"
