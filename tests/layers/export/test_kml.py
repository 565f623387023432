"""KML by its own rules."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from fastkml.validator import get_schema_parser
from lxml import etree

from geo.systems import GCJ02, WGS84
from layers.atlas import bundled
from layers.errors import LayerError
from layers.export import content, coordinate_system
from layers.export.metadata import texts
from plans.vocabulary import keys, label
from tests.layers.export.files import KML

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


def test_kml_is_styled_by_layer(atlas):
    space = {"k": "http://www.opengis.net/kml/2.2"}
    document = Xml.fromstring(atlas["kml"]).find("k:Document", space)
    assert [one.findtext("k:name", namespaces=space) for one in document.findall("k:Folder", space)] == [
        label("layer", key) for key in keys("layer")
    ]
    styles = {
        one.get("id"): one.findtext("k:LineStyle/k:color", namespaces=space)
        for one in document.findall("k:Style", space)
    }
    assert styles["transport"] == "ff4a32c8"  # alpha, blue, green, red of #c8324a
    assert styles["transport-schematic"] == "994a32c8"
    for mark in document.iter(f"{KML}Placemark"):
        assert mark.findtext("k:styleUrl", namespaces=space)[1:] in styles
        assert "《" in mark.findtext("k:description", namespaces=space)


@pytest.mark.parametrize("system", [WGS84, GCJ02], ids=lambda one: one.slug)
def test_kml_is_valid_by_the_schema_of_ogc(system):
    """The order of elements is part of the schema: styles before data before folders."""
    schema = get_schema_parser()
    assert schema.validate(etree.fromstring(content(ATLAS.table, "kml", system))), schema.error_log
    assert schema.validate(etree.fromstring(content(ATLAS.table.head(0), "kml", system))), schema.error_log


def test_areas_have_no_fill(atlas):
    document = Xml.fromstring(atlas["kml"])
    assert {one.text for one in document.iter(f"{KML}fill")} == {"0"}
    assert {one.text for one in document.iter(f"{KML}outline")} == {"1"}


def test_what_is_schematic_is_thinner_and_paler(atlas):
    document = Xml.fromstring(atlas["kml"])
    width = {one.get("id"): float(one.find(f".//{KML}width").text) for one in document.iter(f"{KML}Style")}
    assert width["corridor-schematic"] < width["corridor"] / 2
    precision = ATLAS.table.set_index("id")["precision"]
    for mark in document.iter(f"{KML}Placemark"):
        schematic = precision[mark.get("id")] in ("schematic", "schematic_area")
        assert mark.findtext(f"{KML}styleUrl").endswith("-schematic") == schematic


def test_ids_are_data_too(atlas):
    """QGIS shows the data of a placemark, not its attributes."""
    for mark in Xml.fromstring(atlas["kml"]).iter(f"{KML}Placemark"):
        data = mark.find(f"{KML}ExtendedData/{KML}Data[@name='id']")
        assert (data.findtext(f"{KML}displayName"), data.findtext(f"{KML}value")) == ("编号", mark.get("id"))


def test_the_document_says_what_it_is(atlas):
    document = Xml.fromstring(atlas["kml"]).find(f"{KML}Document")
    data = {one.get("name"): one.findtext(f"{KML}value") for one in document.findall(f"{KML}ExtendedData/{KML}Data")}
    assert data == texts(ATLAS.table, WGS84)


@pytest.mark.parametrize("asked", ["EPSG:4490", "EPSG:3857", "cgcs2000-3gk", "EPSG:4543"])
def test_kml_refuses_what_it_cannot_hold(asked):
    with pytest.raises(LayerError, match=r"kml.*可用：EPSG:4326、gcj02"):
        content(ATLAS.table.head(1), "kml", coordinate_system(asked, ATLAS.table.head(1)))
