"""KML, KMZ, and Ovital's .ovkml and .ovkmz, which are the same with a coordinate system of their own.

Read from the parsed document and not by GDAL: its driver makes all Chinese names of data the same, lets
data replace names, and drops rings left open, tracks and rings without a polygon.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET  # parsing is left to layers.own.xml
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from pyproj import CRS

from geo.spoken import offset
from layers.errors import LayerError
from layers.notes import note
from layers.own.archive import members
from layers.own.raw import MOST_LAYERS, Raw, layer_name, limit, records
from layers.own.shapes import NOT_READ, Read, built, collected
from layers.own.xml import child, local, parsed, text_of

FOLDER = "文件夹"  # column that tells the folder of a placemark
_GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack", "Model")
_LINKS = ("NetworkLink", "NetworkLinkControl")
_NOT_DRAWN = ("GroundOverlay", "ScreenOverlay", "PhotoOverlay")
_WGS84 = CRS.from_epsg(4326)


@dataclass(frozen=True, slots=True)
class _Placemark:
    element: ET.Element
    folder: str


def kml(data: bytes, form: str = "KML") -> list[Raw]:
    """Read the placemarks of a KML; what it links to is not followed."""
    root = parsed(data, form)
    if local(root.tag) != "kml" and local(root.tag) not in ("Document", "Folder", "Placemark"):
        raise LayerError(f"文件内容不是 {form}：根元素不是 <kml> (not KML)。")
    marks = list(_placemarks(root))
    links = sum(local(one.tag) in _LINKS for one in root.iter())
    pictures = sum(local(one.tag) in _NOT_DRAWN for one in root.iter())
    if not marks:
        raise _nothing(links, pictures)
    limit(len(marks))
    notes = [note("文件中有 {n} 处网络链接，未读取其内容。", n=links)] if links else []
    if pictures:
        notes.append(note("文件中有 {n} 幅叠加图片，未读取。", n=pictures))
    said = _said(root)
    systems = [offset(_first(one.element, "OvCoordType")) or said for one in marks]
    several = list(dict.fromkeys(systems))
    layers = [
        _layer(one if len(several) > 1 else "", [m for m, s in zip(marks, systems, strict=True) if s == one], one)
        for one in several
    ]
    return [replace(raw, notes=(*notes, *raw.notes)) for raw in layers]


def _nothing(links: int, pictures: int) -> LayerError:
    if links:
        return LayerError("KML 里只有网络链接，没有图形 (links only)；链接不会被打开，请在原软件中打开后另存为 KML。")
    if pictures:
        return LayerError("KML 里只有叠加图片，没有点、线、面 (pictures only)；请先矢量化。")
    return LayerError("KML 里没有地标 (no placemarks)；请检查导出的内容。")


def _said(root: ET.Element) -> str:
    """The offset system that the document names in its title or description, as our own exports do."""
    document = child(root, "Document")
    if document is None:
        return ""
    return offset(text_of(child(document, "name"))) or offset(text_of(child(document, "description")))


def _placemarks(root: ET.Element) -> Iterator[_Placemark]:
    """Every placemark with the names of the folders that it lies in."""
    waiting = [(root, "")]
    while waiting:
        element, folder = waiting.pop()
        if local(element.tag) == "Placemark":
            yield _Placemark(element, folder)
            continue
        name = text_of(child(element, "name")) if local(element.tag) == "Folder" else ""
        inner = " / ".join(part for part in (folder, name) if part)[:200]
        waiting.extend((one, inner) for one in reversed(element))


def _layer(name: str, marks: list[_Placemark], system: str) -> Raw:
    rows = [_row(one) for one in marks]
    read = [_geometry(one.element) for one in marks]
    table, notes = records(rows)
    shapes, reasons = [shape for shape, _, _ in read], tuple(why for _, why, _ in read)
    mended = sum(changed for _, _, changed in read)
    return Raw(layer_name(name), table, shapes, _WGS84, reasons, notes, system, mended)


def _row(mark: _Placemark) -> dict[str, Any]:
    """Folder, name and description, and the data beside them under names of their own."""
    found: dict[str, Any] = {FOLDER: mark.folder} if mark.folder else {}
    for key, tag in (("Name", "name"), ("description", "description")):
        text = text_of(child(mark.element, tag))
        if text:
            found[key] = text
    for key, value in _data(mark.element):
        while key in found:
            key += "_"  # noqa: PLW2901
        found[key] = value or None
    return found


def _data(mark: ET.Element) -> Iterator[tuple[str, str]]:
    extended = child(mark, "ExtendedData")
    for one in extended.iter() if extended is not None else ():
        if local(one.tag) == "Data":
            yield one.get("name") or "列", text_of(child(one, "value"))
        elif local(one.tag) == "SimpleData":
            yield one.get("name") or "列", text_of(one)


def _first(element: ET.Element, name: str) -> str:
    return next((text_of(one) for one in element.iter() if local(one.tag) == name), "")


# ---- geometry --------------------------------------------------------------------------------


def _geometry(mark: ET.Element) -> Read:
    found = [_shape(one) for one in mark if local(one.tag) in _GEOMETRIES]
    return collected(found) if found else (None, "no_coordinates", False)


def _shape(element: ET.Element) -> Read:
    try:
        return _SHAPES[local(element.tag)](element)
    except NOT_READ:
        return None, "unreadable", False


def _point(element: ET.Element) -> Read:
    at = _coordinates(element)
    return built("Point", at[0]) if len(at) else (None, "no_coordinates", False)


def _line(element: ET.Element) -> Read:
    return built("LineString", _coordinates(element))


def _ring(element: ET.Element) -> Read:
    """A ring that is no boundary of a polygon is a line that comes back."""
    at = _coordinates(element)
    opened = len(at) > 2 and (at[0] != at[-1]).any()
    return built("LineString", np.vstack([at, at[:1]]) if opened else at)


def _polygon(element: ET.Element) -> Read:
    rings = [
        _coordinates(ring)
        for kind in ("outerBoundaryIs", "innerBoundaryIs")
        for side in element
        if local(side.tag) == kind
        for ring in side
        if local(ring.tag) == "LinearRing"
    ]
    return built("Polygon", rings)


def _several(element: ET.Element) -> Read:
    return collected([_shape(one) for one in element if local(one.tag) in _GEOMETRIES])


def _track(element: ET.Element) -> Read:
    at = np.array([text_of(one).split()[:2] for one in element if local(one.tag) == "coord"], dtype=float)
    return built("LineString", at.reshape(-1, 2))


def _model(element: ET.Element) -> Read:
    return built("Point", [float(_first(element, name)) for name in ("longitude", "latitude")])


_SHAPES = {
    "Point": _point,
    "LineString": _line,
    "LinearRing": _ring,
    "Polygon": _polygon,
    "MultiGeometry": _several,
    "MultiTrack": _several,
    "Track": _track,
    "Model": _model,
}


def _coordinates(element: ET.Element) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The positions of `lon,lat,height lon,lat …`; blanks after a comma are a slip that many make."""
    text = text_of(child(element, "coordinates"))
    joined = " ".join(text.split()).replace(" ,", ",").replace(", ", ",")
    return np.array([one.split(",")[:2] for one in joined.split()], dtype=float).reshape(-1, 2)


# ---- archives --------------------------------------------------------------------------------


def kmz(data: bytes, form: str = "KMZ") -> list[Raw]:
    """Read every KML of a KMZ."""
    found = members(data, (".kml", ".ovkml"))
    if not found:
        raise LayerError("KMZ 内没有 .kml 文件 (no KML inside)。")
    if len(found) > MOST_LAYERS:
        raise LayerError(f"KMZ 内有 {len(found)} 个 .kml，多于 {MOST_LAYERS} 个 (too many layers)；请拆分后上传。")
    if len(found) == 1:
        return kml(next(iter(found.values())), form)
    raws = []
    for name in sorted(found, key=lambda one: (one.lower() != "doc.kml", one)):
        stem = PurePosixPath(name).stem
        raws += [replace(raw, name=layer_name(f"{stem} {raw.name}".strip())) for raw in kml(found[name], form)]
    return raws
