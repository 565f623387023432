"""The workbook by its own rules."""

from __future__ import annotations

import math

import pytest

from layers.about import APPROVAL, RIGHTS
from layers.atlas import bundled
from layers.export import content, coordinate_system
from layers.query.selection import Selection, select
from plans.vocabulary import keys, label
from tests.layers.export.files import loaded, rows_of

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


def test_the_workbook_has_a_row_for_every_citation(book):
    said = [
        (row.id, one["title"], one["clause"], one["quote"]) for row in ATLAS.table.itertuples() for one in row.citations
    ]
    rows = rows_of(book, "规划依据")
    assert [(row[1], row[3], row[10], row[7]) for row in rows] == said
    assert [row[0] for row in rows] == list(range(1, len(said) + 1))


def test_the_workbook_lists_each_project_once(book):
    zones = [label("zone", key) for key in keys("zone")]
    assert book.sheetnames == ["说明", *zones, "跨经济区", "未定经济区", "区域", "规划依据"]
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


def test_zones_are_told_and_not_counted_as_projects(book):
    zones = ATLAS.table["layer"] == "zone"
    assert sorted(row[11] for row in rows_of(book, "区域")) == sorted(ATLAS.table.loc[zones, "id"])
    told = dict(row[:2] for row in rows_of(book, "说明"))
    assert (told["项目数"], told["区域（不计入项目）"]) == ((~zones).sum(), zones.sum())
    assert told["项目数"] == sum(len(rows_of(book, name)) for name in book.sheetnames[1:-2])


def test_the_cover_says_what_the_file_is():
    rows = select(ATLAS, Selection(zone=("panxi",), layer=("transport",)))
    made = loaded(content(rows, "xlsx"))
    told = dict(row[:2] for row in rows_of(made, "说明"))
    assert (
        told.items()
        >= {
            "选择范围": "经济区：攀西经济区；图层：交通",
            "图集版本": ATLAS.version,
            "审图号": APPROVAL,
            "声明与许可": RIGHTS,
        }.items()
    )
    assert "《攀西经济区“十四五”转型升级发展规划》" in told["资料来源"]
    assert (made.properties.title, made.properties.subject) == ("川规图 重点项目清单", "经济区：攀西经济区；图层：交通")
    assert made.properties.creator == f"川规图 Plan Atlas {ATLAS.version}"


def test_what_the_office_knows_is_left_to_fill(book):
    heads = [[cell.value for cell in book[name][2]] for name in book.sheetnames[1:-2]]
    assert {tuple(one[-3:]) for one in heads} == {("责任单位", "总投资", "建设年限")}
    assert {row[-3:] for row in rows_of(book, "攀西经济区")} == {(None, None, None)}


def test_more_counties_than_fit_a_row_are_counted(book):
    ring = next(row for row in rows_of(book, "区域") if row[1].startswith("成渝地区双城经济圈"))
    row = ATLAS.table.set_index("id").loc[ring[11]]
    assert ring[3].split("\n")[1] == f"{len(row['counties'])} 个县（市、区）"
    assert ring[3].split("\n")[0].count("、") == len(row["prefectures"]) - 1


def widths_of(sheet):
    """The width of each column; neighbours of one width are kept as one entry."""
    return [one.width for one in sheet.column_dimensions.values() for _ in range(one.min, one.max + 1)]


def test_every_row_is_as_high_as_its_text(book):
    """Measured here by the pixels of a font of ten points: 13.3 a Chinese character, 7 a digit of a width."""
    for sheet in book.worksheets[1:]:
        widths = widths_of(sheet)
        for row in sheet.iter_rows(min_row=2):
            texts = [(str(cell.value or ""), width) for cell, width in zip(row, widths, strict=True)]
            lines = max(
                sum(
                    max(1, math.ceil(sum(13.3 if one > "\u2000" else 6.7 for one in line) / (7 * width)))
                    for line in text.split("\n")
                )
                for text, width in texts
            )
            height = sheet.row_dimensions[row[0].row].height
            assert lines * 12.5 <= height <= 409, (sheet.title, row[0].row)


def test_print_on_a3_is_ten_points_or_nearly(book):
    """A3 across has 1,510 pixels of 1/96 inch between its margins of 0.4; a width counts digits of 7 pixels."""
    for sheet in book.worksheets[1:-1]:
        wide = sum(7 * width for width in widths_of(sheet))
        assert 10 * (420 / 25.4 - 0.8) * 96 / wide >= 9, sheet.title


def test_the_workbook_says_what_its_coordinates_are():
    rows = ATLAS.table[ATLAS.table["name"] == "西昌青山机场"]
    system = coordinate_system("4543", rows)
    zone = loaded(content(rows, "xlsx", system))["攀西经济区"]
    assert [cell.value for cell in zone[2]][9:11] == ["东坐标_m", "北坐标_m"]
    assert [cell.value for cell in zone[3]][9:11] == pytest.approx(system.project(rows.geometry)[0].coords[0], abs=0.01)


def test_the_workbook_is_ready_to_print(book):
    for sheet in book.worksheets[1:]:
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("C3", "$1:$2")
        assert sheet["B3"].alignment.wrap_text
        assert sheet["A2"].value == "序号"
