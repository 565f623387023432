"""Files of every format: they open in GDAL in silence, hold every feature, and none drops a citation."""

from __future__ import annotations

import csv as commas
import io
import json
import re
import sqlite3
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Xml

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from pyproj import CRS, Transformer

from geo.crossings import crossings
from geo.gcj02 import to_gcj02
from geo.systems import CHOICES, GCJ02, WGS84
from layers.atlas import bundled
from layers.errors import LayerError
from layers.export import FORMATS, cite, content, coordinate_system, csv, file_name, flat, geojson, write
from layers.export.columns import COLUMNS, heads, plain
from layers.export.shapefile import WHOLE, WIDTH_BYTES, cut
from layers.own.upload import read
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from tests.hostile import SHOWN

ATLAS = bundled()

ROOT = Path(__file__).resolve().parents[3]
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")
SPATIAL = ("geojson", "gpkg", "shp", "kml", "fgb", "parquet")
KML = "{http://www.opengis.net/kml/2.2}"
PAIRS = [(form, asked) for form in FORMATS for asked in FORMATS[form].systems]


def opened(form: str, made: bytes, folder: Path) -> gpd.GeoDataFrame:
    """All layers of a spatial file as one frame: id, name and text of the citations, geometry."""
    path = folder / f"x.{FORMATS[form].ending}"
    path.write_bytes(made)
    if form == "parquet":
        frames = [gpd.read_parquet(path)]
    else:
        names = [name for name, _ in pyogrio.list_layers(path) if name != "layer_styles"]
        frames = [pyogrio.read_dataframe(path, layer=name) for name in names]
    names = {"id": "id", "name": "name", "basis": "basis", "citations": "citations"}
    names |= {head: key for column in COLUMNS if (key := column.key) in names for head in (column.head, column.field)}
    names["Name"] = "name"  # of KML
    kept = [frame.rename(columns=names) for frame in frames]
    return gpd.GeoDataFrame(
        {
            "id": [one for frame in kept for one in frame["id"]],
            "name": [one for frame in kept for one in frame["name"]],
            "basis": [one for frame in kept for one in frame["basis"]],
            "citations": [one for frame in kept for one in frame["citations"]],
            "geometry": [one for frame in kept for one in frame.get("geometry", [None] * len(frame))],
        },
        crs=next((frame.crs for frame in frames if isinstance(frame, gpd.GeoDataFrame)), None),
    ).set_index("id")


def loaded(made: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[tuple]:
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def whole(made: bytes) -> list[dict[str, str]]:
    """The CSV beside the Shapefiles."""
    text = zipfile.ZipFile(io.BytesIO(made)).read(WHOLE).decode("utf-8-sig")
    return list(commas.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def atlas() -> dict[str, bytes]:
    """The whole atlas in every format, each made within the budget of ten seconds (of work: tests may share the machine)."""
    made = {}
    for form in FORMATS:
        start = time.process_time()
        made[form] = content(ATLAS.table, form)
        assert time.process_time() - start < 10, form
    return made


@pytest.fixture(scope="module")
def book(atlas) -> openpyxl.Workbook:
    return loaded(atlas["xlsx"])


# ---- every feature, every citation ------------------------------------------------------------


@pytest.mark.parametrize("form", SPATIAL)
def test_every_feature_is_in_the_file(atlas, form, tmp_path):
    back = opened(form, atlas[form], tmp_path)
    assert len(back) == len(ATLAS.table)
    assert set(back.index) == set(ATLAS.table["id"])
    assert back.crs == CRS("EPSG:4326")
    drawn = ATLAS.table.set_index("id").geometry
    assert set(back.index[back.geometry.isna()]) == set(drawn.index[drawn.isna()])
    assert back.loc["f-00001", "name"] == "成都平原经济区"


@pytest.mark.parametrize("form", ["geojson", "fgb", "parquet"])
def test_the_order_of_features_is_kept(atlas, form, tmp_path):
    assert list(opened(form, atlas[form], tmp_path).index) == list(ATLAS.table["id"])


@pytest.mark.parametrize("form", ["gpkg", "kml", "fgb", "parquet"])
def test_every_citation_is_written_out(atlas, form, tmp_path):
    back = opened(form, atlas[form], tmp_path)["citations"]
    for row in ATLAS.table.itertuples():
        assert back[row.id].split("\n") == [cite(one) for one in row.citations]


def test_csv_and_the_table_beside_the_shapefiles_hold_every_citation(atlas):
    texts = {row["编号"]: row["引文"] for row in whole(atlas["shp"])}
    assert texts == {row.id: "\n".join(map(cite, row.citations)) for row in ATLAS.table.itertuples()}
    assert zipfile.ZipFile(io.BytesIO(atlas["shp"])).read(WHOLE) == atlas["csv"] == csv(ATLAS.table).encode()


BASES = {"绵阳对外开放法治示范区": "text", "成都国际职教城": "known", "放高路": "guess"}


@pytest.mark.parametrize("form", SPATIAL)
def test_a_guess_is_told_from_what_is_known(form, tmp_path):
    back = opened(form, content(ATLAS.table[ATLAS.table["name"].isin(BASES)], form), tmp_path)
    told = {name: key if form == "geojson" else label("basis", key) for name, key in BASES.items()}
    assert dict(zip(back["name"], back["basis"], strict=True)) == told


def test_a_guess_is_told_in_tables():
    rows = ATLAS.table[ATLAS.table["name"].isin(BASES)]
    lines = commas.DictReader(io.StringIO(csv(rows).removeprefix("\ufeff"), newline=""))
    assert {row["名称"]: row["位置依据"] for row in lines} == {k: label("basis", v) for k, v in BASES.items()}
    made = loaded(content(rows, "xlsx"))
    listed = [row for sheet in made.sheetnames[1:-1] for row in rows_of(made, sheet)]
    assert {row[1].split("\n")[0]: row[7].split("\n")[-1] for row in listed} == {
        name: label("basis", key) for name, key in BASES.items()
    }


def test_shapefiles_have_the_basis_as_a_field(atlas):
    archive = zipfile.ZipFile(io.BytesIO(atlas["shp"]))
    assert "BASIS\t位置依据" in archive.read("字段说明.txt").decode("utf-8-sig")


def test_geojson_keeps_lists_and_citations_as_they_are(atlas):
    for entry, row in zip(json.loads(atlas["geojson"])["features"], ATLAS.table.itertuples(), strict=True):
        assert entry["properties"]["citations"] == [dict(one) for one in row.citations]
        assert entry["properties"]["zones"] == list(row.zones)


def test_the_workbook_has_a_row_for_every_citation(book):
    said = [
        (row.id, one["title"], one["clause"], one["quote"]) for row in ATLAS.table.itertuples() for one in row.citations
    ]
    rows = rows_of(book, "规划依据")
    assert [(row[1], row[3], row[10], row[7]) for row in rows] == said
    assert [row[0] for row in rows] == list(range(1, len(said) + 1))


# ---- coordinates -------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "asked"), [(form, asked) for form, asked in PAIRS if form in SPATIAL])
@pytest.mark.parametrize("name", ["西昌青山机场", "攀枝花至盐源高速公路", "攀西经济区"])
def test_coordinates_are_those_of_the_system(form, asked, name, tmp_path):
    """Each vertex is moved on its own here; the file may be off by no more than its rounding."""
    rows = ATLAS.table[ATLAS.table["name"] == name]
    system = coordinate_system(asked, rows)
    move = to_gcj02 if system == GCJ02 else Transformer.from_crs(4326, system.crs, always_xy=True).transform
    moved = shapely.transform(rows.geometry.iloc[0], lambda of: np.array([move(*one) for one in of.tolist()]))
    found = opened(form, content(rows, form, system), tmp_path).geometry.iloc[0]
    assert shapely.hausdorff_distance(found, moved) < 10**-system.decimals
    assert shapely.count_coordinates(found) == shapely.count_coordinates(moved)


@pytest.mark.parametrize(("form", "asked"), [(form, asked) for form, asked in PAIRS if form in SPATIAL])
def test_files_name_their_system(form, asked, tmp_path):
    rows = ATLAS.table.head(40)
    system = coordinate_system(asked, rows)
    found = opened(form, content(rows, form, system), tmp_path).crs
    if system == GCJ02:
        # GeoJSON and KML cannot name it in their own terms, and say it in words (tests below)
        assert form in ("geojson", "kml") or "GCJ-02" in found.name or "GCJ_02" in found.name or "GCJ" in found.to_wkt()
        assert form in ("geojson", "kml") or found.to_epsg() is None
    else:
        assert found.to_epsg() == system.crs.to_epsg() or found.equals(system.crs, ignore_axis_order=True)


@pytest.mark.parametrize("asked", CHOICES)
def test_geojson_names_a_system_that_is_not_its_own(asked):
    system = coordinate_system(asked, ATLAS.table)
    members = json.loads(geojson(ATLAS.table.head(1), system))
    named = {
        "EPSG:4326": {},
        "gcj02": {"coordinate_system": "GCJ-02（火星坐标），仅供国内网络地图叠加"},
    }.get(system.key, {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{system.key[5:]}"}}})
    assert {key: value for key, value in members.items() if key not in ("type", "features")} == named


@pytest.mark.parametrize("form", FORMATS)
def test_gcj02_is_labelled_in_name_and_content(form):
    made = content(ATLAS.table.head(3), form, GCJ02)
    assert file_name(form, GCJ02) == f"plan-atlas-GCJ02.{FORMATS[form].ending}"
    if form == "shp":
        archive = zipfile.ZipFile(io.BytesIO(made))
        assert "面-GCJ02.shp" in archive.namelist()
        assert GCJ02.title in archive.read("字段说明.txt").decode("utf-8-sig")
        made = archive.read(WHOLE)
    if form == "xlsx":
        made = "".join(str(value) for row in rows_of(loaded(made), "说明") for value in row).encode()
    if form == "parquet":
        made = "".join(pq.read_table(io.BytesIO(made))["坐标系"].to_pylist()).encode()
    assert GCJ02.title.encode() in made


def test_flat_coordinates_say_what_they_are():
    point = ATLAS.table[ATLAS.table.geom_type == "Point"].head(1)
    gk = coordinate_system("cgcs2000-3gk", point)
    assert [heads(system)[19:21] for system in (WGS84, gk, GCJ02)] == [
        ["经度", "纬度"],
        ["东坐标_m", "北坐标_m"],
        ["经度_GCJ02", "纬度_GCJ02"],
    ]
    x, y = flat(point, gk).iloc[0][["东坐标_m", "北坐标_m"]]
    assert (x, y) == pytest.approx(gk.project(point.geometry.to_numpy())[0].coords[0], abs=0.01)


# ---- hostile text --------------------------------------------------------------------------------

TEXTS = SHOWN | {
    "cdata": "]]><b>&lt;",
    "markup-of-cells": "<r><t>&amp;</t></r>",
    "newlines": "甲\r\n乙\n丙\t丁",
    "controls": "甲\x00\x08\x1b乙\u202e丙",
    "sql": "甲'\"; DROP TABLE layer_styles;--",
    "no-plane": "🏔" * 40_000,
}


@pytest.fixture(params=TEXTS)
def hostile(request) -> gpd.GeoDataFrame:
    """A point, a line, an area and a feature without place, all with a hostile name, quote and status."""
    text = TEXTS[request.param]
    kinds = [ATLAS.table[ATLAS.table.geom_type == kind].head(1) for kind in ("Point", "LineString", "MultiPolygon")]
    rows = pd.concat([*kinds, ATLAS.table[ATLAS.table.geometry.isna()].head(1)])
    cited = [tuple(one | {"quote": text, "path": text} for one in citations) for citations in rows["citations"]]
    named = {"name": text, "aliases": [(text,)] * 4, "status_text": text, "citations": cited}
    return rows.assign(**named)


@pytest.mark.parametrize("form", [form for form in SPATIAL if form != "geojson"])
def test_hostile_text_is_text(hostile, form, tmp_path):
    back = opened(form, content(hostile, form), tmp_path)
    name, quote = plain(hostile["name"].iloc[0]), plain(hostile["citations"].iloc[0][0]["quote"])
    assert len(back) == 4
    expected = cut(name) if form == "shp" else name
    assert set(back["name"]) == {expected}
    if form != "shp":
        assert all(quote in text for text in back["citations"])


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


# ---- the formats, each by its own rules ------------------------------------------------------------


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


def test_shapefiles_are_utf8_with_explained_fields(atlas):
    archive = zipfile.ZipFile(io.BytesIO(atlas["shp"]))
    assert {"点.shp", "多点.shp", "线.shp", "面.shp", "未落图.dbf"} <= set(archive.namelist())
    assert {archive.read(name) for name in archive.namelist() if name.endswith(".cpg")} == {b"UTF-8"}
    explained = archive.read("字段说明.txt").decode("utf-8-sig")
    for column in COLUMNS:
        assert re.fullmatch("[A-Z_]{1,10}", column.field)
        assert f"{column.field}\t{column.head}\t{column.words}" in explained


def test_a_text_that_a_field_cannot_hold_says_so(atlas, tmp_path):
    short = opened("shp", atlas["shp"], tmp_path)["citations"]
    for row in whole(atlas["shp"]):
        text = row["引文"]
        assert short[row["编号"]] == text or (short[row["编号"]].endswith("…") and len(text.encode()) > WIDTH_BYTES)
        assert len(short[row["编号"]].encode()) <= WIDTH_BYTES


@pytest.mark.parametrize(
    ("text", "width", "short"), [("四川", 6, "四川"), ("四川省", 8, "四…"), ("a四川省", 9, "a四…"), ("", 3, "")]
)
def test_cut_keeps_whole_characters(text, width, short):
    assert cut(text, width) == short


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


def test_geoparquet_carries_its_metadata(atlas):
    meta = json.loads(pq.read_schema(io.BytesIO(atlas["parquet"])).metadata[b"geo"])
    assert (meta["version"], meta["primary_column"]) == ("1.1.0", "geometry")
    assert meta["columns"]["geometry"]["encoding"] == "WKB"
    assert set(meta["columns"]["geometry"]["geometry_types"]) == set(ATLAS.table.geom_type.dropna())


def test_the_workbook_lists_each_project_once(book):
    zones = [label("zone", key) for key in keys("zone")]
    assert book.sheetnames == ["说明", *zones, "跨经济区", "未定经济区", "规划依据"]
    listed = []
    for name in book.sheetnames[1:-1]:
        rows = rows_of(book, name)
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        listed += [row[11] for row in rows]
    assert sorted(listed) == sorted(ATLAS.table["id"])
    road = next(row for row in rows_of(book, "攀西经济区") if row[1].startswith("攀枝花至盐源高速公路"))
    assert (road[2], road[4], road[5]) == ("交通\n高速公路", "拟开工", "支持…在“十四五”期间开工")
    assert road[3] == "攀枝花市、盐边县、盐源县"
    assert "《攀西经济区“十四五”转型升级发展规划》" in road[6]
    assert "第172页：“攀枝花至盐源等高速公路”" in road[6]


def test_the_workbook_says_what_its_coordinates_are():
    rows = ATLAS.table[ATLAS.table["name"] == "西昌青山机场"]
    system = coordinate_system("4543", rows)
    zone = loaded(content(rows, "xlsx", system))["攀西经济区"]
    assert [cell.value for cell in zone[2]][9:11] == ["东坐标_m", "北坐标_m"]
    assert [cell.value for cell in zone[3]][9:11] == pytest.approx(system.project(rows.geometry)[0].coords[0], abs=0.01)


def test_the_workbook_is_ready_to_print(book):
    for sheet in book.worksheets[1:]:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("C3", "$1:$2")
        assert sheet["B3"].alignment.wrap_text
        assert sheet["A2"].value == "序号"


# ---- edges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "asked"), PAIRS)
def test_an_empty_selection_is_a_valid_file(form, asked, tmp_path):
    nothing = ATLAS.table.head(0)
    made = content(nothing, form, coordinate_system(asked, nothing))
    if form == "csv":
        assert made.decode("utf-8-sig").count("\r\n") == 1
    elif form == "xlsx":
        assert loaded(made).sheetnames == ["说明", "规划依据"]
    elif form == "kml":  # a document without placemarks has no layer
        assert Xml.fromstring(made).tag == f"{KML}kml"
    elif form == "geojson":  # no features, no fields
        assert json.loads(made)["features"] == []
        assert len(pyogrio.read_dataframe(io.BytesIO(made))) == 0
    else:
        assert len(opened(form, made, tmp_path)) == 0


@pytest.mark.parametrize("form", FORMATS)
def test_features_without_geometry_alone_are_a_valid_file(form, tmp_path):
    rows = ATLAS.table[ATLAS.table.geometry.isna()].head(3)
    made = content(rows, form)
    if form in SPATIAL:
        assert sorted(opened(form, made, tmp_path).index) == sorted(rows["id"])
    else:
        assert made


def test_the_selection_is_left_alone():
    rows = ATLAS.table.head(30)
    before = rows.copy()
    for form in FORMATS:
        content(rows, form, GCJ02)
    pd.testing.assert_frame_equal(rows, before)


@pytest.mark.parametrize("form", ["geojson", "gpkg", "shp", "kml", "csv", "xlsx"])
def test_what_leaves_can_come_back(form):
    rows = select(ATLAS, Selection(zone=("panxi",)))
    back = read(file_name(form), content(rows, form)).frame
    assert len(back) == rows.geometry.notna().sum()
    assert back.geometry.is_valid.all()


def test_points_however_many_have_no_outline_to_cross():
    assert crossings(shapely.MultiPoint([(104, 30), (105, 31)])) == 0


def test_offset_coordinates_are_recognised_when_they_come_back():
    zones = ATLAS.table[ATLAS.table["kind"] == "economic_zone"]
    assert read("x.geojson", content(zones, "geojson", GCJ02)).report.offset
    assert not read("x.geojson", content(zones, "geojson")).report.offset


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.geojson", b"{"), ("x.gpkg", b"SQLite"), ("x.shp.zip", b"PK"), ("x.zip", b"PK"), ("x.kml", b"<?xml"),
     ("x.fgb", b"fgb"), ("x.parquet", b"PAR1"), ("x.XLSX", b"PK"), ("x.csv", b"\xef\xbb\xbf")],
)  # fmt: skip
def test_the_ending_decides_the_format(name, start, tmp_path):
    write(ATLAS.table.head(2), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_wrong_asks_are_refused_with_what_there_is(tmp_path):
    with pytest.raises(LayerError, match="geojson, gpkg, shp, xlsx, csv, kml, fgb, parquet"):
        write(ATLAS.table.head(1), tmp_path / "x.dwg")
    with pytest.raises(LayerError, match=r"EPSG:4490.*gcj02"):
        write(ATLAS.table.head(1), tmp_path / "x.csv", crs="beijing54")


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "layers", "export", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_takes_a_system_and_says_which(tmp_path):
    done = run("-o", str(tmp_path / "x.out"), "--format", "csv", "--zone", "panxi", "--crs", "cgcs2000-3gk")
    assert done.returncode == 0, done.stderr
    assert "中央经线 102°E（EPSG:4543）" in done.stdout
    assert "其中心所在的 102°E 带" in done.stdout
    rows = select(ATLAS, Selection(zone=("panxi",)))
    assert (tmp_path / "x.out").read_bytes() == content(rows, "csv", coordinate_system("4543", rows))


def test_the_command_refuses_an_unknown_system(tmp_path):
    done = run("-o", str(tmp_path / "x.csv"), "--crs", "bd09")
    assert (done.returncode, "EPSG:4490" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert not (tmp_path / "x.csv").exists()


def test_names_of_formats_and_systems_have_their_english():
    tables = tomllib.loads((ROOT / "ui" / "messages.toml").read_text(encoding="utf-8"))
    assert {one.title for one in FORMATS.values()} | set(CHOICES.values()) <= set(tables["exports"])
