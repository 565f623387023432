"""The GeoPackage by its own rules."""

from __future__ import annotations

import sqlite3
from xml.etree import ElementTree as Xml

import pytest

from layers.atlas import bundled
from layers.export.columns import COLUMNS
from layers.palette import COLOURS
from plans.vocabulary import label

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def package(atlas, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(atlas["gpkg"])
    with sqlite3.connect(path) as database:
        yield database
    database.close()


def test_geopackage_is_whole(package):
    assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert package.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = {name for (name,) in package.execute("SELECT table_name FROM gpkg_contents")}
    assert {"交通_点", "交通_线", "区域_面", "未落图", "layer_styles"} <= tables
    assert {"gpkg_schema"} <= {name for (name,) in package.execute("SELECT extension_name FROM gpkg_extensions")}


def test_geopackage_columns_have_chinese_aliases(package):
    for (name,) in package.execute(
        "SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles'"
    ).fetchall():
        columns = {row[1] for row in package.execute(f'PRAGMA table_info("{name}")')} - {"fid", "geom"}
        aliases = package.execute("SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ?", (name,))
        assert dict(aliases) == {one.key: one.head for one in COLUMNS}
        assert columns == {one.key for one in COLUMNS}


def test_geopackage_opens_in_the_colours_of_the_map(package):
    spatial = {name for (name,) in package.execute("SELECT table_name FROM gpkg_geometry_columns")}
    styles = package.execute(
        "SELECT f_table_name, styleQML FROM layer_styles"
        " WHERE useAsDefault = 1 AND f_table_schema = '' AND f_geometry_column = 'geom'"
    ).fetchall()
    assert {name for name, _ in styles} == spatial
    by_label = {label("layer", key): colour for key, colour in COLOURS.items()}
    for name, style in styles:
        renderer = Xml.fromstring(style).find("renderer-v2")
        symbols = {one.get("name"): one for one in renderer.iter("symbol")}
        assert [one.get("symbol") for one in renderer.iter("rule")] == list(symbols)
        red, green, blue = bytes.fromhex(by_label[name.split("_")[0]][1:])
        for symbol in symbols.values():
            values = {one.get("value") for one in symbol.iter("Option")}
            assert f"{red},{green},{blue},255" in values
        assert {symbol.get("type") for symbol in symbols.values()} == {
            {"点": "marker", "线": "line", "面": "fill"}[name[-1]]
        }


def test_every_feature_meets_exactly_one_rule_of_its_style(package):
    """The filters of the rules are SQL as well: they must divide each table."""
    for name, style in package.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall():
        filters = [rule.get("filter") for rule in Xml.fromstring(style).iter("rule")]
        met = " + ".join(f"({one})" for one in filters)
        assert package.execute(f'SELECT count(*) FROM "{name}" WHERE ({met}) <> 1').fetchone() == (0,)
