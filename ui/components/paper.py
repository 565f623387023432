"""What a page has on paper alone: where it comes from, and the legend of its map."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape

import geopandas as gpd

from layers.about import CREATOR
from layers.palette import COLOURS
from layers.query.profile import Subject
from layers.symbols import OUTLINES, SYMBOLS
from plans.vocabulary import keys
from ui.components.facts import document_name
from ui.messages import say, term

FORMS = ("Point", "LineString", "Polygon")
# Of lines that are drawn: dashes as on the map, and what they mean.
STROKES = {
    "": "沿现有铁路、河道",
    "14 4": "示意线：建成、在建",
    "8 5": "示意线：推进建设、拟开工",
    "2 4": "示意线：前期、争取",
}


def paper_head(one: Subject) -> str:
    """Return the line below the title of a printed page: who made it, when, from what."""
    slugs = {slug for found in one.features["documents"] for slug in found}
    sources = say("、").join(escape(document_name(doc)) for doc in one.atlas.documents if doc.slug in slugs)
    day = datetime.date.today().isoformat()
    return f"<p class='paper quiet'>{CREATOR} {one.atlas.version}　{day}　{say('资料来源：{names}', names=sources)}</p>"


def paper_legend(rows: gpd.GeoDataFrame) -> str:
    """Return the legend of the map of `rows`, only of what it shows."""
    placed = rows[rows.geometry.notna()]
    entries = [*_layers(placed), *_signs(placed)]
    return f"<div class='paper legend'><b>{say('图例')}</b>{''.join(entries)}</div>"


def _layers(rows: gpd.GeoDataFrame) -> Iterator[str]:
    for layer in keys("layer"):
        some = rows[rows["layer"] == layer]
        if len(some):
            forms = set(some.geometry.geom_type.str.removeprefix("Multi"))
            yield _entry(
                "".join(_symbol(layer, form) for form in FORMS if form in forms), term("layer", layer), len(some)
            )


def _signs(rows: gpd.GeoDataFrame) -> Iterator[str]:
    yield _entry(_disc("currentColor", "none"), say("位置精确或近似"))
    yield _entry(_disc("#fff", "currentColor"), say("只知所在县市（空心）"))
    if rows.geometry.geom_type.str.endswith("LineString").any():
        for dash, words in STROKES.items():
            yield _entry(_stroke("currentColor", dash), say(words))
    yield _entry("<b>12</b>", say("地名后的数字：当地的要素数"))


def _entry(picture: str, words: str, number: int | None = None) -> str:
    return f"<span>{picture} {words}{'' if number is None else f' <small>{number}</small>'}</span>"


def _symbol(layer: str, form: str) -> str:
    colour = COLOURS[layer]
    if form == "LineString":
        return _stroke(colour, "")
    if form == "Polygon":
        return _svg(
            f"<rect x='-1.2' y='-.8' width='2.4' height='1.6' fill='none' stroke='{colour}' stroke-width='.3'/>"
        )
    outline = OUTLINES.get(SYMBOLS["layers"].get(layer, ""))
    if not outline:
        return _disc(colour, "none")
    return _svg(f"<polygon points='{' '.join(f'{x},{y}' for x, y in outline)}' fill='{colour}'/>")


def _disc(face: str, edge: str) -> str:
    return _svg(f"<circle r='.8' fill='{face}' stroke='{edge}' stroke-width='.3'/>")


def _stroke(colour: str, dash: str) -> str:
    line = f"<line x1='0' y1='5' x2='30' y2='5' stroke='{colour}' stroke-width='3' stroke-dasharray='{dash}'/>"
    return f"<svg class='stroke' viewBox='0 0 30 10'>{line}</svg>"


def _svg(shape: str) -> str:
    return f"<svg viewBox='-1.3 -1.3 2.6 2.6'>{shape}</svg>"
