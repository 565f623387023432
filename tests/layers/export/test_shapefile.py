"""The zip of Shapefiles by its own rules."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from layers.atlas import bundled
from layers.export.columns import COLUMNS
from layers.export.shapefile import WIDTH_BYTES, cut
from tests.layers.export.files import opened, whole

ATLAS = bundled()
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


def test_shapefiles_have_the_basis_as_a_field(atlas):
    archive = zipfile.ZipFile(io.BytesIO(atlas["shp"]))
    assert "BASIS\t位置依据" in archive.read("字段说明.txt").decode("utf-8-sig")


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
