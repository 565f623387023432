"""Hostile text is text in every format."""

from __future__ import annotations

import csv as commas
import io
import json
import re
from xml.etree import ElementTree as Xml

import pytest

from layers.atlas import bundled
from layers.export import content, csv
from layers.export.columns import plain
from layers.export.shapefile import cut
from tests.layers.export.files import KML, SPATIAL, loaded, opened, rows_of

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("form", [form for form in SPATIAL if form != "geojson"])
def test_hostile_text_is_text(crowd, form, tmp_path):
    back = opened(form, content(crowd, form), tmp_path)
    assert sorted(back.index) == list(crowd["id"])
    for row in crowd.itertuples():
        name, quote = plain(row.name), plain(row.citations[0]["quote"])
        assert back["name"][row.id] == (cut(name) if form == "shp" else name)
        assert form == "shp" or quote in back["citations"][row.id]


def test_hostile_text_in_geojson(hostile):
    names = {entry["properties"]["name"] for entry in json.loads(content(hostile, "geojson"))["features"]}
    assert names == {hostile["name"].iloc[0]}


def test_hostile_cells_are_no_formulas(hostile):
    name = plain(hostile["name"].iloc[0])
    commas.field_size_limit(10**8)
    csv_name = next(commas.DictReader(io.StringIO(csv(hostile).removeprefix("\ufeff"), newline="")))["名称"]
    assert csv_name == ("'" + name if name[0] in "=+@" else name)
    book = loaded(content(hostile, "xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value[0] in "=+-@"]
    names = [row[2] for row in rows_of(book, "规划依据")]
    assert all(one.strip().startswith(("'" + name)[:20] if name[0] in "=+@" else name[:20]) for one in names)
    assert all(len(one.encode("utf-16-le")) <= 2 * 32_767 for one in names)
    assert len(name.encode("utf-16-le")) <= 2 * 32_767 or names[0].endswith(
        "…（超出单元格容量，全文见 CSV 或 GeoJSON）"
    )


def test_hostile_text_is_escaped_in_balloons(hostile):
    """Balloons are HTML: what is left after unescaping the XML has no tags but our own."""
    balloons = list(Xml.fromstring(content(hostile, "kml")).iter(f"{KML}description"))
    assert len(balloons) == 1 + len(hostile)
    for balloon in balloons:
        assert not re.search("<(?!/?p>)", balloon.text)
