"""KML 2.2: a folder and a style per layer, citations in the balloon of each feature."""

from __future__ import annotations

from html import escape
from typing import Any
from xml.etree import ElementTree as Xml

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.systems import WGS84, CoordinateSystem
from layers.export.columns import COLUMNS, heads, keyed, located
from layers.palette import COLOURS
from plans.vocabulary import label

NAMESPACE = "http://www.opengis.net/kml/2.2"
AREA_ALPHA = "40"  # a quarter


def kml(selected: gpd.GeoDataFrame, system: CoordinateSystem) -> bytes:
    """Return `selected` as KML, which knows lon/lat degrees alone; no features: an empty document.

    Text is data: it is escaped once for HTML, which balloons are, and once for XML.
    """
    root = Xml.Element("kml", xmlns=NAMESPACE)
    document = Xml.SubElement(root, "Document")
    _text(document, "name", "川规图 Plan Atlas" + ("" if system == WGS84 else f" {system.title}"))
    _text(document, "description", f"坐标系：{system.title}。示意图，不作为划界依据。")
    table = keyed(selected, system)
    shapes = located(selected, system).map(shapely.orient_polygons)
    for layer, colour in COLOURS.items():
        rows = selected["layer"] == layer
        if rows.any():
            _style(document, layer, colour)
            folder = Xml.SubElement(document, "Folder")
            _text(folder, "name", label("layer", layer))
            for row, shape in zip(table[rows].to_dict("records"), shapes[rows], strict=True):
                _placemark(folder, row, shape, layer, system)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode").encode()


def _style(document: Xml.Element, layer: str, colour: str) -> None:
    """KML writes colours as alpha, blue, green, red."""
    bgr = colour[5:7] + colour[3:5] + colour[1:3]
    style = Xml.SubElement(document, "Style", id=layer)
    for kind, alpha, width in (("IconStyle", "ff", ""), ("LineStyle", "ff", "3"), ("PolyStyle", AREA_ALPHA, "")):
        part = Xml.SubElement(style, kind)
        _text(part, "color", alpha + bgr)
        if width:
            _text(part, "width", width)


def _placemark(
    folder: Xml.Element, row: dict[str, Any], shape: BaseGeometry | None, layer: str, system: CoordinateSystem
) -> None:
    mark = Xml.SubElement(folder, "Placemark", id=row["id"])
    _text(mark, "name", row["name"])
    _text(mark, "description", _balloon(row))
    _text(mark, "styleUrl", f"#{layer}")
    data = Xml.SubElement(mark, "ExtendedData")
    for column, head in zip(COLUMNS, heads(system), strict=True):
        value = row[column.key]
        if column.key not in ("id", "name") and value != "" and not pd.isna(value):
            one = Xml.SubElement(data, "Data", name=column.key)  # ASCII: GDAL makes all Chinese names the same
            _text(one, "displayName", head)
            _text(one, "value", str(value))
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
