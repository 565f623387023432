"""The workbook by its own rules."""

from __future__ import annotations

import pytest

from layers.atlas import bundled
from layers.export import content, coordinate_system
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
