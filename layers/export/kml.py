"""KML 2.2: a folder and a style per layer, citations in the balloon of each feature."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.systems import WGS84, CoordinateSystem
from layers.export.columns import COLUMNS, heads, keyed, located
from layers.export.metadata import HEADS, in_words, texts
from layers.palette import COLOURS
from plans.vocabulary import label

NAMESPACE = "http://www.opengis.net/kml/2.2"
# KML has no dashes: what is drawn as a schema alone is thin and pale.
SCHEMATIC = ("schematic", "schematic_area")
LINES = {"": ("ff", "3"), "-schematic": ("99", "1.2")}  # ending of a style: alpha, width in pixels
POINT_SCALE = "0.8"


def kml(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return `selected` as KML, which knows lon/lat degrees alone; no features: an empty document.

    Text is data: it is escaped once for HTML, which balloons are, and once for XML.
    """
    root = Xml.Element("kml", xmlns=NAMESPACE)
    document = Xml.SubElement(root, "Document")
    _text(document, "name", "川规图 Plan Atlas" + ("" if system == WGS84 else f" {system.title}"))
    told = in_words(selected, system)
    _text(document, "description", "".join(f"<p>{escape(head)}：{escape(text)}</p>" for head, text in told))
    table = keyed(selected, system)
    shapes = located(selected, system).map(shapely.orient_polygons)
    styles = selected["layer"] + selected["precision"].map(lambda one: "-schematic" if one in SCHEMATIC else "")
    layers = [layer for layer in COLOURS if (selected["layer"] == layer).any()]
    for layer in layers:
        _styles(document, layer, COLOURS[layer])
    _data(document, ((key, HEADS[key], text) for key, text in texts(selected, system).items()))
    for layer in layers:
        rows = selected["layer"] == layer
        folder = Xml.SubElement(document, "Folder")
        _text(folder, "name", label("layer", layer))
        for row, shape, style in zip(table[rows].to_dict("records"), shapes[rows], styles[rows], strict=True):
            _placemark(folder, row, shape, style, system)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode").encode()


def _styles(document: Xml.Element, layer: str, colour: str) -> None:
    """The two styles of a layer; areas have an outline alone, or what lies over each other would add up.

    KML writes colours as alpha, blue, green, red.
    """
    bgr = colour[5:7] + colour[3:5] + colour[1:3]
    for ending, (alpha, width) in LINES.items():
        style = Xml.SubElement(document, "Style", id=layer + ending)
        parts = {
            "IconStyle": {"color": "ff" + bgr, "scale": POINT_SCALE},
            "LineStyle": {"color": alpha + bgr, "width": width},
            "PolyStyle": {"color": alpha + bgr, "fill": "0", "outline": "1"},
        }
        for kind, values in parts.items():
            part = Xml.SubElement(style, kind)
            for tag, value in values.items():
                _text(part, tag, value)


def _data(parent: Xml.Element, values: Iterable[tuple[str, str, str]]) -> None:
    """Add key, head and value of each; keys are ASCII, for GDAL makes all Chinese names the same."""
    data = Xml.SubElement(parent, "ExtendedData")
    for key, head, value in values:
        if value:
            one = Xml.SubElement(data, "Data", name=key)
            _text(one, "displayName", head)
            _text(one, "value", value)


def _placemark(
    folder: Xml.Element, row: dict[str, Any], shape: BaseGeometry | None, style: str, system: CoordinateSystem
) -> None:
    mark = Xml.SubElement(folder, "Placemark", id=row["id"])
    _text(mark, "name", row["name"])
    _text(mark, "description", _balloon(row))
    _text(mark, "styleUrl", f"#{style}")
    named = zip(COLUMNS, heads(system), strict=True)
    told = ((column.key, head, row[column.key]) for column, head in named if column.key != "name")
    _data(mark, ((key, head, "" if pd.isna(value) else str(value)) for key, head, value in told))
    if shape is not None:
        _geometry(mark, shape, system.decimals)


def _balloon(row: dict[str, Any]) -> str:
    """What is said of a feature, as HTML."""
    said = f"（{escape(row['status_text'])}）" if row["status_text"] else ""
    cited = "".join(f"<p>{escape(line)}</p>" for line in row["citations"].split("\n"))
    return f"<p>{row['layer']} · {row['kind']} · {row['status']}{said} · 位置{row['precision']}（{row['basis']}）</p>{cited}"


def _geometry(parent: Xml.Element, shape: BaseGeometry, decimals: int) -> None:
    if shape.geom_type.startswith("Multi"):
        several = Xml.SubElement(parent, "MultiGeometry")
        for part in shapely.get_parts(shape):
            _geometry(several, part, decimals)
    elif shape.geom_type == "Polygon":
        polygon = Xml.SubElement(parent, "Polygon")
        _text(polygon, "tessellate", "1")
        for kind, rings in (("outerBoundaryIs", [shape.exterior]), ("innerBoundaryIs", shape.interiors)):
            for ring in rings:
                edge = Xml.SubElement(Xml.SubElement(polygon, kind), "LinearRing")
                _text(edge, "coordinates", _coordinates(ring, decimals))
    else:
        simple = Xml.SubElement(parent, shape.geom_type)
        if shape.geom_type == "LineString":
            _text(simple, "tessellate", "1")  # follow the ground; a straight chord would run below it
        _text(simple, "coordinates", _coordinates(shape, decimals))


def _coordinates(shape: BaseGeometry, decimals: int) -> str:
    return " ".join(f"{x:.{decimals}f},{y:.{decimals}f}" for x, y in shapely.get_coordinates(shape).tolist())


def _text(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text
