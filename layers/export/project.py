"""The project for QGIS that a GeoPackage carries: layers in groups, their order, styles and relations."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from geo.systems import CoordinateSystem
from layers.about import About
from layers.export.qml import document

NAME = "川规图"  # of the project, in the list that QGIS shows
VERSION = "3.22.16"
MARGIN = 0.04  # of the view, beside what is drawn


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """A table of the package as a layer of the project; `shape` is 点, 线, 面, or "" where nothing is drawn."""

    table: str
    group: str  # "" for none
    shape: str
    style: Sequence[Xml.Element]
    shown: bool = True

    @property
    def id(self) -> str:
        """What other parts of the project call it."""
        return layer_id(self.table)


def layer_id(table: str) -> str:
    """Return the id of a layer; QGIS takes a short one for no id."""
    return f"plan_atlas_layer_{table}"


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of `many` belong to the row of `one` whose `key` stands in their column `of`."""

    one: str  # tables
    many: str
    key: str
    of: str
    name: str


def project(
    sheets: Sequence[Sheet], relations: Sequence[Relation], file: str, system: CoordinateSystem, about: About,
    *, bounds: tuple[float, float, float, float],
) -> bytes:  # fmt: skip
    """Return the project (.qgz) of a GeoPackage called `file`; `bounds` are those of its view, in `system`.

    Layers are drawn in the order of `sheets`, the first on top, however they are grouped. The project finds its
    tables by the name of the file.
    """
    root = Xml.Element("qgis", version=VERSION, projectname=NAME)
    Xml.SubElement(root, "title").text = about.title
    root.append(_system("projectCrs", system))
    root.append(_tree(sheets, file))
    known = Xml.SubElement(root, "relations")
    for at, one in enumerate(relations):
        ends = {"referencingLayer": layer_id(one.many), "referencedLayer": layer_id(one.one)}
        relation = Xml.SubElement(known, "relation", ends, id=f"relation_{at}", name=one.name, strength="Association")
        Xml.SubElement(relation, "fieldRef", referencedField=one.key, referencingField=one.of)
    root.append(_view(system, bounds))
    layers = Xml.SubElement(root, "projectlayers")
    layers.extend(_layer(one, file, system) for one in sheets)
    enabled = Xml.SubElement(Xml.SubElement(Xml.SubElement(root, "properties"), "SpatialRefSys"), "ProjectionsEnabled")
    enabled.set("type", "int")
    enabled.text = "1"
    root.append(_metadata(about))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        entry = zipfile.ZipInfo(f"{NAME}.qgs", about.made.timetuple()[:6])
        archive.writestr(entry, document(root).encode(), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _tree(sheets: Sequence[Sheet], file: str) -> Xml.Element:
    tree = Xml.Element("layer-tree-group")
    groups: dict[str, Xml.Element] = {"": tree}
    for one in sheets:
        if one.group not in groups:
            groups[one.group] = Xml.SubElement(
                tree, "layer-tree-group", name=one.group, checked="Qt::Checked", expanded="0"
            )
        Xml.SubElement(
            groups[one.group], "layer-tree-layer", id=one.id, name=one.table, source=_source(one, file),
            providerKey="ogr", checked="Qt::Checked" if one.shown else "Qt::Unchecked", expanded="0",
        )  # fmt: skip
    order = Xml.SubElement(tree, "custom-order", enabled="1")
    for one in sheets:
        if one.shape:
            Xml.SubElement(order, "item").text = one.id
    return tree


def _source(one: Sheet, file: str) -> str:
    return f"./{file}|layername={one.table}"


def _layer(one: Sheet, file: str, system: CoordinateSystem) -> Xml.Element:
    geometry = {"点": "Point", "线": "Line", "面": "Polygon"}.get(one.shape, "No geometry")
    layer = Xml.Element("maplayer", type="vector", geometry=geometry, styleCategories="AllStyleCategories")
    for tag, text in _named(one, file):
        Xml.SubElement(layer, tag).text = text
    if one.shape:
        layer.append(_system("srs", system))
    Xml.SubElement(layer, "provider", encoding="UTF-8").text = "ogr"
    layer.extend(one.style)
    return layer


def _named(one: Sheet, file: str) -> Iterator[tuple[str, str]]:
    yield "id", one.id
    yield "datasource", _source(one, file)
    yield "layername", one.table


def _system(tag: str, system: CoordinateSystem) -> Xml.Element:
    """A coordinate system, by its code where it has one."""
    found = Xml.Element(tag)
    inside = Xml.SubElement(found, "spatialrefsys")
    Xml.SubElement(inside, "wkt").text = system.crs.to_wkt()
    Xml.SubElement(inside, "authid").text = system.key if system.crs.to_epsg() else ""
    Xml.SubElement(inside, "description").text = system.title
    return found


def _view(system: CoordinateSystem, bounds: tuple[float, float, float, float]) -> Xml.Element:
    view = Xml.Element("mapcanvas", name="theMapCanvas")
    Xml.SubElement(view, "units").text = "degrees" if system.in_degrees else "meters"
    extent = Xml.SubElement(view, "extent")
    west, south, east, north = bounds
    across, up = MARGIN * (east - west), MARGIN * (north - south)
    values = {"xmin": west - across, "ymin": south - up, "xmax": east + across, "ymax": north + up}
    for tag, value in values.items():
        Xml.SubElement(extent, tag).text = f"{value:.6f}"
    view.append(_system("destinationsrs", system))
    return view


def _metadata(about: About) -> Xml.Element:
    found = Xml.Element("projectMetadata")
    for tag, text in {
        "identifier": about.version, "type": "dataset", "title": about.title, "abstract": about.description,
        "author": about.creator, "creation": about.made.date().isoformat(),
    }.items():  # fmt: skip
        Xml.SubElement(found, tag).text = text
    return found
