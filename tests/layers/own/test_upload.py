"""A planner's own files: what is read, what is said of it, and what is refused."""

from __future__ import annotations

import io
import json
import tempfile
import time
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, box

from geo.datum import layer
from geo.errors import GeoError
from geo.gcj02 import to_gcj02
from layers.atlas import bundled
from layers.errors import LayerError
from layers.own import upload
from layers.own.archive import MOST_BYTES as LARGEST_BYTES
from layers.own.cells import number
from layers.own.columns import columns
from layers.own.upload import GCJ02, CrsNeededError, in_system, read
from layers.query.within import area_of, within
from layers.web.overlay import MOST_BYTES, drawn

ATLAS = bundled()

PARK = box(104.0, 30.0, 104.1, 30.1)
FRAME = gpd.GeoDataFrame(
    {"名称": ["甲园区", "乙园区"], "面积": [1.5, 2.0]}, geometry=[PARK, box(104.2, 30, 104.3, 30.1)], crs=4490
)


def collection(*geometries, crs=None, properties=None) -> bytes:
    """A GeoJSON file."""
    features = [{"type": "Feature", "properties": properties or {}, "geometry": one} for one in geometries]
    named = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **named, "features": features}).encode()


def point(*at):
    return {"type": "Point", "coordinates": at}


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def shapefile(frame: gpd.GeoDataFrame, encoding="utf-8", without=(), stem="园区") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / f"{stem}.shp", encoding=encoding)
        return zipped({one.name: one.read_bytes() for one in Path(folder).iterdir() if one.suffix not in without})


def file(frame: gpd.GeoDataFrame, tmp_path: Path, name: str, **options) -> bytes:
    frame.to_file(tmp_path / name, **options)
    return (tmp_path / name).read_bytes()


def near(shape, other) -> bool:
    return shapely.hausdorff_distance(shape, other) < 1e-7


# ---- formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize("crs", [4490, 4326, 4522, 4543, 4544, 4499, 4507, 3857, 32648])
def test_a_shapefile_comes_out_where_it_is(crs):
    found = read("园区.zip", shapefile(FRAME.to_crs(crs)))
    assert (found.report.format, found.report.crs_from, found.report.layers) == ("Shapefile", "file", ("园区",))
    assert found.report.crs.startswith(f"EPSG:{crs} ")
    assert found.frame.crs == "EPSG:4326"
    assert near(found.frame.geometry[0], PARK)
    assert list(found.frame["名称"]) == ["甲园区", "乙园区"]
    assert list(found.frame["面积"]) == [1.5, 2.0]


@pytest.mark.parametrize(
    ("encoding", "without"),
    [("utf-8", ()), ("utf-8", (".cpg",)), ("gb18030", ()), ("gb18030", (".cpg",)), ("gbk", (".cpg",))],
)
def test_chinese_attributes_survive_their_encoding(encoding, without):
    assert list(read("a.zip", shapefile(FRAME, encoding, without)).frame["名称"]) == ["甲园区", "乙园区"]


def test_a_cpg_that_lies_is_not_believed():
    with zipfile.ZipFile(io.BytesIO(shapefile(FRAME, "gb18030"))) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["园区.cpg"] = b"UTF-8"
    assert list(read("a.zip", zipped(files)).frame["名称"]) == ["甲园区", "乙园区"]


def test_every_layer_of_a_geopackage_is_read_in_its_own_system(tmp_path):
    file(FRAME, tmp_path, "a.gpkg", layer="甲")
    found = read("a.gpkg", file(FRAME.to_crs(4523), tmp_path, "a.gpkg", layer="乙"))
    assert found.report.layers == ("甲", "乙")
    assert list(found.frame["图层"]) == ["甲", "甲", "乙", "乙"]
    assert all(near(found.frame.geometry[i], PARK) for i in (0, 2))


def test_kml_and_kmz(tmp_path):
    written = file(FRAME.to_crs(4326), tmp_path, "a.kml", driver="LIBKML")
    for name, data in (("a.kml", written), ("a.kmz", zipped({"doc.kml": written, "icon.png": b"x"}))):
        found = read(name, data)
        assert near(found.frame.geometry[0], PARK)
        assert {"名称", "面积"} <= set(found.frame.columns)
        assert not {"tessellate", "visibility"} & set(found.frame.columns)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_of_offices(encoding, delimiter):
    text = delimiter.join(["项目名称", "经度", "纬度"]) + "\n" + delimiter.join(["攀枝花港", "101.7", "26.6"])
    found = read("项目.csv", text.encode(encoding))
    assert list(found.frame["项目名称"]) == ["攀枝花港"]
    assert found.frame.geometry[0] == Point(101.7, 26.6)
    assert found.report.crs_from == "assumed"


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (["名称", "经度（°）", "纬度（°）"], ["a", 104.5, 30.5], (104.5, 30.5)),
        (["name", "Longitude", "Latitude"], ["a", "104.5", "30.5"], (104.5, 30.5)),
        (["lon", "lat"], [104.5, 30.5], (104.5, 30.5)),
        (["lng", "lat"], [104.5, 30.5], (104.5, 30.5)),
        (["X", "Y"], [104.5, 30.5], (104.5, 30.5)),
        (["POINT_X", "POINT_Y"], [104.5, 30.5], (104.5, 30.5)),
        (["中心经度", "中心纬度"], ["104°30′00″E", "30°30′N"], (104.5, 30.5)),
        (["东经", "北纬"], ["１０４．５", " 30.5 "], (104.5, 30.5)),
        (["纬度", "经度"], [30.5, 104.5], (104.5, 30.5)),
        (["WKT", "n"], ["POINT (104.5 30.5)", 1], (104.5, 30.5)),
        (["geom", "n"], ["SRID=4490;POINT (104.5 30.5)", 1], (104.5, 30.5)),
    ],
)
def test_coordinate_columns_are_found_by_their_heads(tmp_path, heads, row, expected):
    book = openpyxl.Workbook()
    for line in (["重点项目清单"], heads, row):
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    found = read("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert found.frame.geometry[0].coords[0] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("104°03′59″E", 104.0663889), ("东经104度30分", 104.5), ("W10°30'", -10.5), ("500,000.5", 500000.5), ("104:30:00", 104.5), ("", None), (None, None)],
)  # fmt: skip
def test_numbers_as_planners_write_them(cell, value):
    assert number(cell) == (value if value is None else pytest.approx(value))


@pytest.mark.parametrize("cell", ["成都", "1.2.3", "-", "1" * 100_000, "nan"])
def test_text_is_no_number(cell):
    assert np.isnan(number(cell))


def test_heads_that_say_gcj02_are_believed():
    found = read("a.csv", "名称,高德经度,高德纬度\n甲,104.06,30.66\n".encode())
    assert (found.report.offset, found.report.crs, found.report.crs_from) == (GCJ02, GCJ02, "file")
    assert to_gcj02(*found.frame.geometry[0].coords[0]) == pytest.approx((104.06, 30.66), abs=1e-9)
    assert in_system(found, {"": "EPSG:4326"}).frame.geometry[0] == Point(104.06, 30.66)


def test_every_sheet_with_coordinates_is_read(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as out:
        pd.DataFrame({"名称": ["甲"], "lon": [104], "lat": [30]}).to_excel(out, sheet_name="一", index=False)
        pd.DataFrame({"说明": ["没有坐标"]}).to_excel(out, sheet_name="说明", index=False)
        pd.DataFrame({"x": [103], "y": [31]}).to_excel(out, sheet_name="二", index=False)
    found = read("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert found.report.layers == ("一", "二")
    assert found.report.kept == 2


def test_columns_are_not_found_in_prose():
    assert columns(["经济", "纬度说明", "东部新区", "北部"]) is None


# ---- coordinate systems ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["EPSG:4490", "urn:ogc:def:crs:EPSG::4490", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_geojson_names_its_system(name):
    found = read("a.geojson", collection(point(104, 30), crs=name))
    assert found.report.crs_from == "file"
    assert found.frame.geometry[0] == Point(104, 30)


def test_geojson_in_a_projected_system():
    found = read("a.geojson", collection(point(35_500_000, 3_320_113.4), crs="EPSG:4523"))
    assert found.frame.geometry[0].x == pytest.approx(105, abs=1e-6)


def test_a_system_that_is_not_known_is_told_and_not_fetched():
    found = read("a.geojson", collection(point(104, 30), crs="http://example.invalid/crs"))
    assert found.report.crs_from == "assumed"
    assert "无法识别" in found.report.notes[0].text


def test_projected_coordinates_ask_for_their_system():
    data = shapefile(FRAME.to_crs(4544), without=(".prj",))
    with pytest.raises(CrsNeededError, match="projected, CRS unknown") as asked:
        read("a.zip", data)
    offered = {one.code: one for one in asked.value.choices}
    assert {"EPSG:4543", "EPSG:4544", "EPSG:4507"} <= offered.keys()
    assert offered["EPSG:4544"].lands == "四川省眉山市"
    assert offered["EPSG:4544"].name == "CGCS2000 3度带 105°E"
    found = read("a.zip", data, "EPSG:4544")
    assert found.report.crs_from == "chosen"
    assert near(found.frame.geometry[0], PARK)


def test_a_zone_number_leaves_one_choice():
    for zone, code in ((35, "EPSG:4523"), (18, "EPSG:4496")):
        with pytest.raises(CrsNeededError) as asked:
            read("a.geojson", collection(point(zone * 1e6 + 450_000, 3_300_000)))
        assert asked.value.choices[0].code == code


def test_geojson_that_says_degrees_but_holds_metres_asks_too():
    with pytest.raises(CrsNeededError):
        read("a.geojson", collection(point(500_000, 3_300_000), crs="EPSG:4326"))


@pytest.mark.parametrize("crs", [4544, 4523])
def test_the_zone_number_in_the_eastings_follows_the_system(crs):
    """The .prj of a zone with its number over eastings without it, and the other way round."""
    wrong = FRAME.to_crs(crs)
    wrong.geometry = wrong.geometry.translate(35e6 if crs == 4544 else -35e6, 0)
    found = read("a.zip", shapefile(wrong))
    assert near(found.frame.geometry[0], PARK)
    assert any("带号" in said.text for said in found.report.notes)


def test_swapped_degrees_are_turned_round_and_told():
    found = read("a.geojson", collection(point(30.5, 104), point(26.6, 101.7)))
    assert [one.coords[0] for one in found.frame.geometry] == [(104, 30.5), (101.7, 26.6)]
    assert any("对调" in said.text for said in found.report.notes)


def test_northing_first_is_turned_round():
    easting, northing = 450_000.0, 3_320_000.0
    right = read("a.csv", f"x,y\n{easting},{northing}".encode(), "EPSG:4544")
    turned = read("a.csv", f"x,y\n{northing},{easting}".encode(), "EPSG:4544")
    assert right.frame.geometry[0] == turned.frame.geometry[0]


@pytest.mark.parametrize(("crs", "name"), [(4610, "西安80"), (2335, "西安80"), (4214, "北京54"), (21418, "北京54")])
def test_old_datums_are_converted_with_a_warning(crs, name):
    found = read("a.zip", shapefile(FRAME.to_crs(crs)))
    assert any(dict(said.values).get("name") == name for said in found.report.notes)
    assert shapely.hausdorff_distance(found.frame.geometry[0], PARK) < 0.003


def test_a_chosen_system_must_exist():
    with pytest.raises(GeoError, match="unknown CRS"):
        read("a.csv", b"x,y\n500000,3300000", "EPSG:99999999")


def test_offset_outlines_are_suspected_and_corrected():
    counties = layer("counties")[:12]
    moved = [shapely.transform(one, lambda at: np.array([to_gcj02(*pair) for pair in at])) for one in counties]
    found = read("a.geojson", collection(*map(shapely.geometry.mapping, moved)))
    assert (found.report.offset, found.report.crs) == (GCJ02, "EPSG:4326 WGS 84")
    assert found.report.fit.system == "gcj02"
    corrected = in_system(found, {"": GCJ02})
    assert corrected.report.fit.system == "wgs84"
    assert shapely.hausdorff_distance(corrected.frame.geometry[0], counties[0]) < 1e-6
    assert read("a.geojson", collection(*map(shapely.geometry.mapping, counties))).report.offset == ""


# ---- what is wrong with the data -------------------------------------------------------------


def test_what_cannot_be_drawn_is_counted_by_its_reason():
    found = read(
        "a.geojson",
        collection(
            point(104, 30), point(104, 130), point(float("nan"), 30), point(float("inf"), 30), None, point(),
            {"type": "Polygon", "coordinates": [1]}, {"type": "Nonsense"}, point(105, 31), point(103, 29),
        ),
    )  # fmt: skip
    assert found.report.features == 10
    assert found.report.kept == 3
    assert dict(found.report.dropped) == {
        "no_coordinates": 1,
        "unreadable": 2,
        "not_finite": 2,
        "out_of_range": 1,
        "empty": 1,
    }


def test_rows_without_a_position_are_counted():
    found = read("a.csv", "名称,经度,纬度\n甲,104,30\n乙,,\n丙,0,0\n丁,不详,30\n".encode())
    assert dict(found.report.dropped) == {"no_coordinates": 2, "unreadable": 1}


def test_self_intersections_are_repaired():
    bow = polygon([104, 30], [105, 31], [105, 30], [104, 31])
    found = read("a.geojson", collection(bow))
    assert found.report.repaired == 1
    assert found.frame.geometry[0].is_valid
    assert found.frame.geometry[0].geom_type == "MultiPolygon"


def test_a_million_vertices_are_read_and_drawn_lightly():
    turn = np.linspace(0, 2 * np.pi, 1_000_000, endpoint=False)
    ring = np.column_stack([104 + np.cos(turn) * (1 + 0.001 * np.sin(5000 * turn)), 30 + np.sin(turn)]).round(6)
    found = read("a.geojson", collection(polygon(*ring.tolist())))
    assert shapely.get_num_coordinates(found.frame.geometry[0]) > 900_000
    assert len(drawn("a", found.frame).text) < MOST_BYTES
    assert 100 < len(within(ATLAS.table, area_of(found.frame, 0))) < 2000


def test_more_vertices_than_that_are_refused(monkeypatch):
    monkeypatch.setattr(upload, "MOST_VERTICES", 3)
    with pytest.raises(LayerError, match="too many vertices"):
        read("a.geojson", collection(polygon([104, 30], [105, 31], [105, 30])))


@pytest.mark.parametrize("corners", [2000, 200_000])
def test_a_hopeless_tangle_is_refused_before_it_costs_anything(corners):
    ring = np.random.default_rng(0).uniform((103, 30), (105, 31), (corners, 2)).tolist()
    begun = time.process_time()
    found = read("a.geojson", collection(polygon(*ring), point(104, 30)))
    assert dict(found.report.dropped) == {"tangled": 1}
    assert time.process_time() - begun < 15


def test_a_tangled_line_is_no_area():
    line = shapely.LineString(np.random.default_rng(0).uniform((103, 30), (105, 31), (20_000, 2)))
    with pytest.raises(LayerError, match="tangled"):
        area_of(gpd.GeoDataFrame(geometry=[line], crs=4326), 1)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("a.dwg", b"x", "unsupported format", id="ending"),
        pytest.param("a", b"x", "unsupported format", id="no-ending"),
        pytest.param("/vsicurl/http://127.0.0.1/a.vrt", b"x", "unsupported format", id="virtual-name"),
        pytest.param("a.geojson", b"", "empty file", id="empty"),
        pytest.param("a.geojson", b"{", "invalid JSON", id="cut"),
        pytest.param("a.geojson", b'{"type": "Topology"}', "cannot read TopoJSON|nothing in it", id="topojson"),
        pytest.param("a.geojson", b"[" * 100_000, "nested too deeply", id="nested"),
        pytest.param("a.geojson", b'{"a":' * 100_000, "nested too deeply", id="nested-objects"),
        pytest.param("a.geojson", b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>', "invalid JSON", id="vrt-as-geojson"),
        pytest.param("a.kml", b"<OGRVRTDataSource/>", "not KML", id="vrt-as-kml"),
        pytest.param("a.gpkg", b"<OGRVRTDataSource/>", "not a GeoPackage", id="vrt-as-gpkg"),
        pytest.param("a.zip", zipped({"a.shp": b"<OGRVRTDataSource/>", "a.shx": b"", "a.dbf": b""}), "not a shapefile", id="vrt-as-shp"),
        pytest.param("a.gpkg", b"SQLite format 3\x00" + b"x" * 500, "broken GeoPackage", id="broken-gpkg"),
        pytest.param("a.zip", b"PK\x03\x04 no archive", "broken archive", id="broken-zip"),
        pytest.param("a.zip", zipped({"readme.md": b"x"}), "nothing readable inside", id="nothing-inside"),
        pytest.param("a.zip", shapefile(FRAME, without=(".dbf",)), "incomplete shapefile", id="no-dbf"),
        pytest.param("a.kmz", zipped({"a.txt": b"x"}), "no KML inside", id="empty-kmz"),
        pytest.param("a.kml", b"<kml><Placemark>", "invalid XML", id="cut-kml"),
        pytest.param("a.csv", b"a,b\n1,2\n", "no coordinate columns", id="no-columns"),
        pytest.param("a.csv", b"lon,lat\nx,y\n", "nothing to draw", id="no-numbers"),
        pytest.param("a.csv", b"lon,lat\n\xff\xfe\x81", "unknown encoding", id="encoding"),
        pytest.param("a.xlsx", b"PK\x03\x04", "broken archive", id="broken-xlsx"),
        pytest.param("a.xlsx", zipped({"a.xml": b"x"}), "cannot read", id="no-workbook"),
        pytest.param("a.geojson", collection(), "nothing to draw", id="no-features"),
        pytest.param("a.geojson", collection(point(104, 30)).replace(b"104", b"1" * 5000), "cannot read", id="huge-integer"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_words(name, data, says):
    with pytest.raises(LayerError, match=says) as refused:
        read(name, data)
    assert "\n" not in str(refused.value)


def test_files_have_limits():
    with pytest.raises(LayerError, match="file too large"):
        read("a.geojson", b" " * (LARGEST_BYTES + 1))
    rows = "lon,lat\n" + "104,30\n" * 50_001
    with pytest.raises(LayerError, match="too many features"):
        read("a.csv", rows.encode())
    assert (
        len(read("a.geojson", collection(point(104, 30), properties={f"k{i}": i for i in range(500)})).frame.columns)
        == 201
    )
