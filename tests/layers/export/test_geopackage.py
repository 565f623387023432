"""The GeoPackage by its own rules."""

from __future__ import annotations

import base64
import json
import sqlite3
import zipfile
from io import BytesIO
from xml.etree import ElementTree as Xml

import pyogrio
import pytest

from geo.gazetteer import counties, prefectures
from geo.systems import WGS84
from layers.atlas import bundled
from layers.export import content, coordinate_system, file_name
from layers.export.columns import COLUMNS
from layers.export.geopackage import CITED_HEADS, GROUNDS, SHAPES, UNPLACED
from layers.export.metadata import texts
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from plans.vocabulary import label

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")
LAYERS = {label("layer", key): colour for key, colour in COLOURS.items()}
QGIS = ("layer_styles", "qgis_projects")


@pytest.fixture
def package(atlas, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(atlas["gpkg"])
    with sqlite3.connect(path) as database:
        yield database
    database.close()


def tables(package) -> list[str]:
    """Those of features, in the order of the file."""
    return [
        name
        for (name,) in package.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid")
        if "_" in name and name not in QGIS
    ]


def styles(package) -> dict[str, Xml.Element]:
    found = package.execute(
        "SELECT f_table_name, styleQML FROM layer_styles"
        " WHERE useAsDefault = 1 AND f_table_schema = '' AND f_geometry_column = 'geom'"
    )
    return {name: Xml.fromstring(style) for name, style in found}


def test_geopackage_is_whole(package):
    assert package.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert package.execute("PRAGMA foreign_key_check").fetchall() == []
    named = {name for (name,) in package.execute("SELECT table_name FROM gpkg_contents")}
    assert {"交通_点", "交通_线", "区域_面", "未落图", "引文", "市州界", "县区界", "layer_styles"} <= named
    assert {"gpkg_schema", "gpkg_metadata"} <= {
        name for (name,) in package.execute("SELECT extension_name FROM gpkg_extensions")
    }


def test_points_lie_on_lines_and_lines_on_areas(package):
    shapes = [name[-1] for name in tables(package)]
    assert shapes == sorted(shapes, key=list(SHAPES).index)
    assert set(shapes) == set(SHAPES)


def test_geopackage_columns_have_chinese_aliases(package):
    heads = {one.key: one.head for one in COLUMNS}
    for name in [*tables(package), UNPLACED]:
        columns = {row[1] for row in package.execute(f'PRAGMA table_info("{name}")')} - {"fid", "geom"}
        aliases = package.execute("SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ?", (name,))
        assert dict(aliases) == heads
        assert columns == set(heads)
    for style in (style for name, style in styles(package).items() if name in tables(package)):
        assert {one.get("field"): one.get("name") for one in style.find("aliases")} == heads


def test_geopackage_opens_in_the_colours_of_the_map(package):
    spatial = {name for (name,) in package.execute("SELECT table_name FROM gpkg_geometry_columns")}
    found = styles(package)
    assert found.keys() == spatial == {*tables(package), *GROUNDS}
    for name in tables(package):
        symbols = {one.get("name"): one for one in found[name].iter("symbol")}
        assert [one.get("symbol") for one in found[name].iter("rule")] == list(symbols)
        red, green, blue = bytes.fromhex(LAYERS[name.split("_")[0]][1:])
        for symbol in symbols.values():
            assert f"{red},{green},{blue},255" in {one.get("value") for one in symbol.iter("Option")}
        kinds = {symbol.get("type") for symbol in symbols.values()}
        assert kinds == {{"点": "marker", "线": "line", "面": "fill"}[name[-1]]}


def test_areas_are_outlines(package):
    """Fills that lie over each other would add up to a dark block."""
    for name, style in styles(package).items():
        fills = [one for one in style.iter("layer") if one.get("class") == "SimpleFill"]
        assert bool(fills) == name.endswith(("面", "界"))
        assert {
            option.get("value") for one in fills for option in one.iter("Option") if option.get("name") == "style"
        } <= {"no"}


def test_points_have_the_symbols_of_the_map(package):
    def pictures(name: str) -> set[str]:
        options = (one.get("value") for one in styles(package)[name].iter("Option") if one.get("name") == "name")
        drawn = (base64.b64decode(one.removeprefix("base64:")).decode() for one in options)
        return {one.split("points='")[1].split("'")[0] if "points" in one else "circle" for one in drawn}

    assert pictures("枢纽_点") == {"0,-1.25 1.25,0 0,1.25 -1.25,0"}
    assert pictures("城镇_点") == {"circle"}
    assert len(pictures("交通_点")) == 4  # planes, boats, stations, and all others


def test_features_are_named_beside_their_place(package):
    for style in styles(package).values():
        assert style.find("labeling/settings/text-style").get("fieldName") == "name"
        assert style.find("labeling/settings/rendering").get("drawLabels") == "1"


def test_every_feature_meets_exactly_one_rule_of_its_style(package):
    """The filters of the rules are SQL as well: they must divide each table."""
    for name, style in styles(package).items():
        filters = [rule.get("filter") for rule in style.iter("rule")]
        met = " + ".join(f"({one or '1'})" for one in filters)
        assert package.execute(f'SELECT count(*) FROM "{name}" WHERE ({met}) <> 1').fetchone() == (0,)


def test_citations_are_a_table_of_their_own(package):
    columns = list(CITED_HEADS)
    rows = package.execute(f'SELECT {", ".join(columns)} FROM "引文"').fetchall()
    said = [
        (row.id, row.name, one["title"], one["date"], one["path"], one["page"], one["prefix"], one["quote"], one["suffix"],
         one["name"], label("status", one["status"]), one["status_text"], one["clause"])
        for row in ATLAS.table.itertuples() for one in row.citations
    ]  # fmt: skip
    assert rows == said
    assert (
        dict(package.execute("SELECT column_name, title FROM gpkg_data_columns WHERE table_name = '引文'"))
        == CITED_HEADS
    )


@pytest.mark.parametrize("asked", ["EPSG:4326", "cgcs2000-3gk-zone", "gcj02"])
def test_districts_are_layers_of_their_own(asked, tmp_path):
    rows = ATLAS.table.head(1)
    system = coordinate_system(asked, rows)
    (tmp_path / "x.gpkg").write_bytes(content(rows, "gpkg", system))
    for name, known in (("市州界", prefectures()), ("县区界", counties())):
        back = pyogrio.read_dataframe(tmp_path / "x.gpkg", layer=name)
        assert list(back["adcode"]) == [one.adcode for one in known]
        assert back.crs == pyogrio.read_dataframe(tmp_path / "x.gpkg", layer="区域_面").crs
        assert back.geometry.is_valid.all()
    assert back.set_index("adcode").loc["513423", ["name", "prefecture", "zone"]].tolist() == [
        "盐源县", "凉山彝族自治州", "攀西经济区",
    ]  # fmt: skip


def test_the_package_says_what_it_is(atlas, tmp_path):
    (tmp_path / "x.gpkg").write_bytes(atlas["gpkg"])
    told = pyogrio.read_info(tmp_path / "x.gpkg", layer="交通_点")["dataset_metadata"]
    assert told.items() >= texts(ATLAS.table, WGS84).items()


def test_the_project_finds_its_tables_by_the_name_of_the_file(tmp_path):
    rows = select(ATLAS, Selection(zone=("panxi",)))
    for name in (file_name(rows, "gpkg"), "改名.gpkg"):
        (tmp_path / name).write_bytes(content(rows, "gpkg", name=name))
        with sqlite3.connect(tmp_path / name) as database:
            kept, told, made = database.execute("SELECT * FROM qgis_projects").fetchone()
        database.close()
        assert (kept, list(json.loads(told))) == ("川规图", ["last_modified_time", "last_modified_user"])
        archive = zipfile.ZipFile(BytesIO(bytes.fromhex(made)))
        project = Xml.fromstring(archive.read("川规图.qgs"))
        sources = {one.text for one in project.findall("projectlayers/maplayer/datasource")}
        assert sources == {
            f"./{name}|layername={table}" for table, _ in pyogrio.list_layers(tmp_path / name) if table not in QGIS
        }
