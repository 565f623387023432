"""What a planner takes away from the map page: any format, any coordinate system, of what is filtered."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pyogrio
import pytest
from playwright.sync_api import Page, expect

from geo.systems import GCJ02
from layers.atlas import bundled
from layers.export import content, coordinate_system
from layers.query.selection import Selection, select
from tests.browser.conftest import pick, settled, still
from tests.browser.test_app import wait_shown

ATLAS = bundled()

pytestmark = pytest.mark.browser
PANXI = Selection(zone=("panxi",))


def open_more(app: str, page: Page) -> None:
    page.goto(f"{app}/?zone=panxi")  # a session of its own: it keeps what was chosen
    wait_shown(page, len(select(ATLAS, PANXI)))
    settled(page)
    page.get_by_role("button", name="更多格式").click()


def exported(page: Page, folder: Path, ending: str) -> Path:
    """Press the button, which tells the name of the file, and keep what comes."""
    name = f"川规图-攀西经济区-{datetime.date.today():%Y%m%d}{ending}"
    with page.expect_download() as download:
        page.get_by_role("button", name=f"导出 {name}").click()
    assert download.value.suggested_filename == name
    download.value.save_as(folder / name)
    return folder / name


def test_a_styled_geopackage_in_the_zone_of_the_data(app: str, page: Page, tmp_path: Path):
    open_more(app, page)
    pick(page, "格式", "GeoPackage")
    pick(page, "坐标系", "CGCS2000 3°带")
    expect(page.get_by_text("投影带中央经线 102°E（EPSG:4543）")).to_be_visible()
    path = exported(page, tmp_path, "-EPSG4543.gpkg")
    infos = [pyogrio.read_info(path, layer=name) for name, _ in pyogrio.list_layers(path)]
    assert sum(one["features"] for one in infos if "citations" in one["fields"]) == len(select(ATLAS, PANXI))
    assert pyogrio.read_info(path, layer="交通_点")["crs"] == "EPSG:4543"


def test_the_app_writes_what_the_command_writes(app: str, page: Page, tmp_path: Path):
    open_more(app, page)
    pick(page, "格式", "CSV")
    pick(page, "坐标系", "CGCS2000 经纬度")
    rows = select(ATLAS, PANXI)
    made = exported(page, tmp_path, "-EPSG4490.csv").read_bytes()
    assert made == content(rows, "csv", coordinate_system("EPSG:4490", rows))


def test_offset_coordinates_are_never_the_default_and_are_labelled(app: str, page: Page, tmp_path: Path):
    open_more(app, page)
    expect(page.get_by_text("坐标经过偏移")).to_have_count(0)
    pick(page, "格式", "KML")
    still(page)
    page.get_by_role("combobox", name="坐标系").click()
    expect(page.get_by_role("option")).to_have_text(["WGS 84 经纬度（EPSG:4326）", GCJ02.title])
    page.get_by_role("option", name="GCJ-02").click()
    expect(page.get_by_text("坐标经过偏移，不可用于测绘和规划成果。")).to_be_visible()
    assert exported(page, tmp_path, "-GCJ02.kml").read_bytes() == content(select(ATLAS, PANXI), "kml", GCJ02)


def test_a_format_that_lacks_the_chosen_system_falls_back_to_wgs84(app: str, page: Page, tmp_path: Path):
    open_more(app, page)
    pick(page, "坐标系", "Web 墨卡托")
    pick(page, "格式", "KML")
    made = exported(page, tmp_path, ".kml").read_bytes()
    assert made == content(select(ATLAS, PANXI), "kml")


def test_the_list_of_projects(app: str, page: Page, tmp_path: Path):
    open_more(app, page)
    pick(page, "格式", "Excel 重点项目清单")
    book = openpyxl.load_workbook(exported(page, tmp_path, ".xlsx"))
    assert book.sheetnames == ["说明", "攀西经济区", "跨经济区", "区域", "规划依据"]
    assert book["说明"]["B3"].value == (select(ATLAS, PANXI)["layer"] != "zone").sum()
