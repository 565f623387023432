"""What leaves can come back."""

from __future__ import annotations

import pytest
import shapely

from geo.crossings import crossings
from geo.systems import GCJ02
from layers.atlas import bundled
from layers.export import content, file_name
from layers.own.upload import read
from layers.query.selection import Selection, select

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("form", ["geojson", "gpkg", "shp", "kml", "csv", "xlsx"])
def test_what_leaves_can_come_back(form):
    rows = select(ATLAS, Selection(zone=("panxi",)))
    back = read(file_name(rows, form), content(rows, form)).frame
    assert len(back) == rows.geometry.notna().sum()
    assert back.geometry.is_valid.all()


def test_points_however_many_have_no_outline_to_cross():
    assert crossings(shapely.MultiPoint([(104, 30), (105, 31)])) == 0


def test_offset_coordinates_are_recognised_when_they_come_back():
    zones = ATLAS.table[ATLAS.table["kind"] == "economic_zone"]
    assert read("x.geojson", content(zones, "geojson", GCJ02)).report.offset
    assert not read("x.geojson", content(zones, "geojson")).report.offset
