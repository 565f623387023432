"""Small files in the manner of real ones (tests/layers/own/cases): each is read right, or refused with the true reason."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geo.gcj02 import to_gcj02, wgs84_to_bd09
from geo.recognise import lands
from layers.errors import LayerError
from layers.own.upload import BD09, GCJ02, CrsNeededError, Upload, in_system, read

CASES = Path(__file__).parent / "cases"
YANYUAN, XICHANG = (101.51, 27.42), (102.21, 27.84)
SQUARE = [(101.5, 27.4), (101.6, 27.4), (101.6, 27.5), (101.5, 27.5)]
TRIANGLE = [(101.5, 27.4), (101.6, 27.4), (101.6, 27.5)]
METRES = 1e-6  # degrees; a decimetre


def case(number: str, systems: str | dict[str, str] = "") -> Upload:
    (path,) = CASES.glob(f"{number}-*")
    return read(path.name, path.read_bytes(), systems)


def places(found: Upload) -> list[tuple[float, float]]:
    return [one.coords[0] for one in found.frame.geometry]


def near(at: tuple[float, float]):
    return pytest.approx(at, abs=METRES)


def notes(found: Upload) -> str:
    return " ".join(one.text.format(**dict(one.values)) for one in found.report.notes)


# ---- two points, 盐源县 and 西昌市, and what is said of them ------------------------------------

TWO = [
    ("h01", {"规划用": ["公园绿地", "水域"], "面积": [1.5, 2.5]}),
    ("h02", {"面积": ["12.5", "8.1"], "用地代码": ["0701", "0802"]}),
    ("h03", {"名称": ["盐源县机场", "西昌站"]}),
    ("h04", {"名称": ["盐源县", "西昌站"], "类型": ["机场", "铁路"]}),
    ("h05", {"名称": ["盐源县机场", "西昌站"], "类型": ["机场", "铁路"]}),
    ("h49", {"名称": ["会理古城", "木里县"]}),
    ("h10", {"名称": ["甲", "乙"]}),
    ("h12", {"项目编号": ["P-01", "P-02"], "建设单位": ["县交通局", "市城投"], "投资": ["12.5", "3"]}),
    ("h16", {"名称": ["甲", "乙"]}),
    ("h17", {"序号": [1, 2], "项目名称": ["甲机场", "乙站"], "建设地点": ["盐源县", "西昌市"], "投资（万元） 总投资": [1200, 800], "投资（万元） 其中财政": [300, 100]}),
    ("h18", {"所在图层": ["控规", "控规"], "图层": ["DL-道路红线", "DK-地块"], "类型": ["线", "面"]}),
    ("h19", {"图层": ["规划A", "规划B"], "Name": ["甲", "乙"]}),
    ("h22", {"Name": ["甲机场", "乙站"]}),
    ("h26", {"name": ["甲汽车站", "乙站"], "adname": ["盐源县", "西昌市"]}),
    ("h30", {"图层": ["点", "点"], "名称": ["甲", "乙"]}),
    ("h31", {"市州": ["凉山州", "凉山州"], "名称": ["甲机场", "乙站"]}),
    ("h35", {"名称": ["甲", "乙"]}),
    ("h39", {"图层": ["项目", "项目"], "名称": ["甲", "乙"]}),
    ("h41", {"名称": ["甲", "乙"]}),
    ("h44", {"名称": ["甲", "乙"]}),
    ("h46", {"名称": ["甲", "乙"]}),
    ("h51", {"Name": ["甲机场", "乙站"]}),
    ("h54", {"名称": ["甲", "乙"]}),
    ("h56", {"Name": ["甲机场", "乙站"]}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "columns"), TWO, ids=[number for number, _ in TWO])
def test_two_points_and_what_is_said_of_them(number, columns):
    found = case(number)
    assert (found.report.features, found.report.kept, found.report.dropped) == (2, 2, ())
    assert places(found) == [near(YANYUAN), near(XICHANG)]
    assert lands(*places(found)[0]) == lands(*places(found)[1]) == "四川省凉山彝族自治州"
    assert {key: list(found.frame[key]) for key in columns} == columns


def test_a_projected_prj_over_degrees_is_told():
    assert "与文件所写的投影坐标系“EPSG:4543 CGCS2000 / 3-degree Gauss-Kruger CM 102E”不符" in notes(case("h10"))


def test_the_system_of_an_empty_layer_is_no_system():
    assert case("h30").report.systems == (("EPSG:4490 China Geodetic Coordinate System 2000", "file"),)


def test_a_prj_with_a_chinese_name_is_used():
    assert case("h41").report.crs == "EPSG:4543 CGCS2000 / 3-degree Gauss-Kruger CM 102E"


# ---- one point -------------------------------------------------------------------------------

ONE = [
    ("h06", YANYUAN, {"名称": "甲坝址"}),
    ("h07", XICHANG, {"名称": "乙坝址"}),
    ("h13", YANYUAN, {"Name": "甲", "id": "P-01", "begin": "2021", "end": "2025", "kind": "桥"}),
    ("h23", YANYUAN, {"Name": "甲"}),
    ("h27", YANYUAN, {"name": "甲"}),
    ("h29", YANYUAN, {"name": "甲"}),
    ("h33", YANYUAN, {"Name": "甲"}),
    ("h53", (101.509, 27.422), {"name": "甲"}),
    ("h55", YANYUAN, {"名称": "甲"}),
    ("h58", YANYUAN, {"name": "甲"}),
    ("h60", YANYUAN, {"Name": "甲站", "description": "一", "name": "A-01", "description_": "二"}),
]


@pytest.mark.parametrize(("number", "at", "columns"), ONE, ids=[number for number, _, _ in ONE])
def test_one_point_and_what_is_said_of_it(number, at, columns):
    found = case(number)
    assert (found.report.kept, found.report.dropped) == (1, ())
    assert places(found) == [near(at)]
    assert found.frame[list(columns)].iloc[0].to_dict() == columns


def test_the_system_of_geometry_text_is_used():
    assert case("h58").report.systems == (("EPSG:4544 CGCS2000 / 3-degree Gauss-Kruger CM 105E", "file"),)


def test_degrees_minutes_and_seconds_in_any_signs():
    found = case("h08")
    assert places(found) == [near(YANYUAN)] * 5


# ---- offset systems --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "offset", "at"),
    [
        ("h09", BD09, (102.2133, 27.8453)),
        ("h59", BD09, (101.5090, 27.4220)),
        ("h24", GCJ02, (101.5083986, 27.4234420)),
        ("h25", GCJ02, (100.8466, 27.7100)),
        ("h52", GCJ02, (100.8466, 27.7100)),
    ],
)
def test_what_a_file_says_of_its_offset_is_told_and_done(number, offset, at):
    found = case(number)
    assert (found.report.offset, found.report.systems) == (offset, ((offset, "file"),))
    assert places(found) == [pytest.approx(at, abs=1e-6)]
    assert f"文件写明坐标为 {offset}" in notes(found)


def test_an_offset_that_no_file_says_can_be_said_at_any_time():
    found = case("h42")
    assert places(found) == [(104.095223, 30.667419), (104.057641, 30.65699)]
    assert found.report.offset == ""
    for offset, forward in ((GCJ02, to_gcj02), (BD09, wgs84_to_bd09)):
        moved = in_system(found, {"": offset})
        assert [forward(*at) for at in places(moved)] == [near(at) for at in places(found)]
        assert (moved.report.crs, moved.report.crs_from, moved.report.offset) == (offset, "chosen", "")
        assert places(in_system(moved, {"": ""})) == places(found)


# ---- systems that a planner says -------------------------------------------------------------


def test_a_system_is_asked_for_the_layer_alone_that_lacks_one():
    with pytest.raises(CrsNeededError, match="图层“地块”") as asked:
        case("h11")
    assert (asked.value.layer, asked.value.choices[0].code) == ("地块", "EPSG:4543")
    for systems in ("EPSG:4543", {"地块": "EPSG:4543"}):
        found = case("h11", systems)
        assert places(found) == [near(YANYUAN), near(XICHANG)] * 2
        assert list(found.frame["图层"]) == ["县界", "县界", "地块", "地块"]
        assert [source for _, source in found.report.systems] == ["file", "chosen"]


def test_chinese_axes_ask_for_their_system():
    with pytest.raises(CrsNeededError) as asked:
        case("h28")
    assert [one.code for one in asked.value.choices] == ["EPSG:4543"]
    found = case("h28", "EPSG:4543")
    assert places(found) == [near(YANYUAN), near(XICHANG)]
    assert list(found.frame["点号"]) == ["J1", "J2"]


def test_a_drawing_asks_for_its_system():
    with pytest.raises(CrsNeededError):
        case("h47")
    found = case("h47", "EPSG:4543")
    assert [one.geom_type for one in found.frame.geometry] == ["Polygon", "LineString"]
    assert found.frame.geometry[1].coords[-1] == near(XICHANG)
    assert list(found.frame["Layer"]) == ["DK", "DL"]


# ---- shapes ----------------------------------------------------------------------------------


def test_a_part_that_is_none_costs_that_part_alone():
    found = case("h14")
    assert (found.report.kept, found.report.repaired) == (3, 3)
    assert [one.geom_type for one in found.frame.geometry] == ["MultiPolygon", "Polygon", "MultiLineString"]
    assert found.frame.geometry[1].equals(shapely.Polygon(TRIANGLE))
    hole = case("h50")
    assert (hole.report.repaired, list(hole.frame["Name"])) == (1, ["库区"])
    assert hole.frame.geometry[0].equals(shapely.Polygon(TRIANGLE))


SHAPES = [
    ("h15", shapely.Polygon(SQUARE), {"Name": "范围"}),
    ("h20", shapely.LineString([(101.51, 27.42), (101.52, 27.43)]), {"Name": "踏勘轨迹"}),
    ("h21", shapely.LineString([*TRIANGLE, TRIANGLE[0]]), {"Name": "范围线"}),
    ("h36", shapely.Polygon([(101.513671875, 27.419921875), (101.533203125, 27.419921875), (101.533203125, 27.439453125)]), {"name": "某市"}),
    ("h37", shapely.Polygon(TRIANGLE), {"名称": "甲"}),
    ("h43", shapely.LineString([YANYUAN, XICHANG]), {"线路": "甲线"}),
    ("h57", shapely.LineString([YANYUAN, XICHANG]), {"名称": "甲线", "起点X": 1, "起点Y": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "shape", "columns"), SHAPES, ids=[number for number, _, _ in SHAPES])
def test_one_shape_and_what_is_said_of_it(number, shape, columns):
    found = case(number)
    assert found.report.kept == 1
    assert found.frame.geometry[0].geom_type == shape.geom_type
    assert shapely.hausdorff_distance(found.frame.geometry[0], shape) < METRES
    assert found.frame[list(columns)].iloc[0].to_dict() == columns


def test_ends_that_are_joined_are_told():
    assert "起点与终点的坐标连成直线" in notes(case("h43"))


def test_a_land_parcel():
    found = case("h32")
    assert found.report.systems == (("EPSG:4522 CGCS2000 / 3-degree Gauss-Kruger zone 34", "file"),)
    assert found.frame.geometry[0].exterior.coords[0] == near(YANYUAN)
    metric = found.frame.to_crs(4543).geometry[0]
    assert metric.area == pytest.approx(10_000, rel=1e-6)
    said = {"地块编号": "1", "地块名称": "甲地块", "地块用途": "住宅用地", "地块面积": "1.0000"}
    assert found.frame[list(said)].iloc[0].to_dict() == said


def test_a_walk_is_a_point_and_a_line():
    found = case("h48")
    assert found.report.layers == ("航点", "轨迹")
    assert [one.geom_type for one in found.frame.geometry] == ["Point", "MultiLineString"]
    assert list(found.frame["name"]) == ["甲", "踏勘"]
    assert found.frame.geometry[0].coords[0] == YANYUAN


def test_our_own_flatgeobuf_is_read():
    found = case("h34")
    assert (found.report.format, found.report.kept) == ("FlatGeobuf", 4)
    assert list(found.frame["编号"]) == ["f-01531", "f-01532", "f-01533", "f-01534"]


# ---- what is refused, with the true reason ---------------------------------------------------


def test_links_alone_are_refused():
    with pytest.raises(LayerError, match="只有网络链接") as refused:
        case("h38")
    assert "损坏" not in str(refused.value)


def test_an_old_workbook_under_a_new_name_is_refused():
    with pytest.raises(LayerError, match="旧版或加密的 Excel 文件") as refused:
        case("h40")
    assert "zip" not in str(refused.value)


def test_every_case_is_a_test():
    text = Path(__file__).read_text(encoding="utf-8")
    assert [path.name for path in CASES.iterdir() if f'"{path.name[:3]}"' not in text] == []
    assert len(list(CASES.iterdir())) == 59
