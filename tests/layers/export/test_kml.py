"""KML by its own rules."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest

from layers.atlas import bundled
from layers.errors import LayerError
from layers.export import content, coordinate_system
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
    for mark in document.iter(f"{KML}Placemark"):
        assert mark.findtext("k:styleUrl", namespaces=space)[1:] in styles
        assert "《" in mark.findtext("k:description", namespaces=space)


@pytest.mark.parametrize("asked", ["EPSG:4490", "EPSG:3857", "cgcs2000-3gk", "EPSG:4543"])
def test_kml_refuses_what_it_cannot_hold(asked):
    with pytest.raises(LayerError, match=r"kml.*可用：EPSG:4326、gcj02"):
        content(ATLAS.table.head(1), "kml", coordinate_system(asked, ATLAS.table.head(1)))
