"""Every file says which atlas it is of, what was selected, when, from which sources, under which terms."""

from __future__ import annotations

import csv as commas
import datetime
import io
import json
import zipfile

import pyarrow.parquet as pq
import pyogrio
import pytest

from geo.systems import GCJ02, WGS84
from layers.about import APPROVAL, RIGHTS
from layers.atlas import bundled
from layers.export import FORMATS, content, file_name
from layers.export.binary import PARQUET_KEY
from layers.export.metadata import HEADS, in_words, members, texts
from layers.query.selection import Selection, select

ATLAS = bundled()
pytestmark = pytest.mark.filterwarnings("error")
ROWS = select(ATLAS, Selection(zone=("panxi",), layer=("transport",)))
TODAY = datetime.date.today()


def test_the_facts_are_those_of_the_selection():
    told = members(ROWS, WGS84)
    assert list(told) == list(HEADS)
    assert told["selection"] == "经济区：攀西经济区；图层：交通"
    assert (told["features"], told["atlas_version"], told["date"]) == (len(ROWS), ATLAS.version, TODAY.isoformat())
    assert told["sources"][-1] == "钒钛高新区高质量发展建设共同富裕试验区行动方案（2022-2025年）"
    assert len(told["sources"]) == len({slug for slugs in ROWS["documents"] for slug in slugs})
    assert (told["map_approval"], told["rights"]) == (APPROVAL, RIGHTS)


def test_what_was_selected_stays_with_the_rows():
    assert members(ROWS[ROWS["kind"] == "expressway"], WGS84)["selection"] == "经济区：攀西经济区；图层：交通"
    assert members(ATLAS.table, WGS84)["atlas_version"] == ATLAS.version
    assert members(select(ATLAS, Selection()), WGS84)["selection"] == "全部要素，未作筛选"


def test_the_area_of_a_planner_is_told():
    held = ATLAS.table.head(300)
    held.attrs = ATLAS.table.attrs | {"within": "我的片区.geojson"}
    told = members(select(ATLAS, Selection(layer=("hub",)), rows=held), WGS84)["selection"]
    assert told == "图层：枢纽；在自有图层“我的片区.geojson”范围内"
    assert "within" not in ATLAS.table.attrs


def test_geojson_has_a_foreign_member():
    assert json.loads(content(ROWS, "geojson"))["metadata"] == members(ROWS, WGS84)


def test_parquet_and_flatgeobuf_have_it_in_the_header(tmp_path):
    footer = pq.read_schema(io.BytesIO(content(ROWS, "parquet"))).metadata
    assert json.loads(footer[PARQUET_KEY.encode()]) == members(ROWS, WGS84)
    (tmp_path / "x.fgb").write_bytes(content(ROWS, "fgb"))
    header = pyogrio.read_info(tmp_path / "x.fgb")["layer_metadata"]
    said = texts(ROWS, WGS84)
    assert header.pop("TITLE") == said.pop("title")
    assert header.items() >= said.items()
    assert header["DESCRIPTION"].endswith(RIGHTS)


def test_the_zip_of_shapefiles_has_it_in_words():
    archive = zipfile.ZipFile(io.BytesIO(content(ROWS, "shp", GCJ02)))
    lines = archive.read("字段说明.txt").decode("utf-8-sig").split("\r\n")
    assert [f"{head}：{text}" for head, text in in_words(ROWS, GCJ02)] == [one for one in lines if "：" in one][:10]


def test_rows_of_csv_say_where_they_come_from():
    table = commas.DictReader(io.StringIO(content(ROWS, "csv").decode("utf-8-sig"), newline=""))
    said = f"川规图 Plan Atlas {ATLAS.version}，{TODAY}，{APPROVAL}，示意图，不作为划界依据"
    assert {row["数据来源"] for row in table} == {said}


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_of_a_day_are_the_same_bytes(form, monkeypatch):
    first = content(ROWS, form)
    monkeypatch.setenv("TZ", "UTC")
    assert content(ROWS, form) == first


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        (Selection(zone=("panxi",), layer=("transport",)), "攀西经济区-交通"),
        (Selection(), "四川省"),
        (Selection(place=("510104",), status=("starting",), q='a/b:"c"'), "锦江区-拟开工-abc"),
    ],
)
def test_file_names_tell_the_selection(asked, stem):
    rows = select(ATLAS, asked)
    assert file_name(rows, "gpkg") == f"川规图-{stem}-{TODAY:%Y%m%d}.gpkg"
    assert file_name(rows, "shp", GCJ02) == f"川规图-{stem}-{TODAY:%Y%m%d}-GCJ02.shp.zip"


def test_rows_that_say_nothing_of_themselves_have_a_name():
    rows = ROWS.copy()
    rows.attrs = {}
    assert file_name(rows) == f"川规图-要素-{TODAY:%Y%m%d}.geojson"
    assert members(rows, WGS84)["selection"] == "所给要素"
