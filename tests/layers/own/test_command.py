"""`python -m layers read FILE` tells what the app would."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.__main__ import main

CASES = Path(__file__).parent / "cases"


def told(capsys, *arguments: str) -> list[str]:
    assert main(["read", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def test_what_was_found_repaired_and_left_out(capsys, tmp_path):
    (tmp_path / "项目.csv").write_text("名称,经度,纬度\n甲,101.51,27.42\n乙,,\n丙,不详,30\n", encoding="gb18030")
    assert told(capsys, str(tmp_path / "项目.csv")) == [
        "项目.csv：CSV，3 个要素，读入 1 个。",
        "坐标系：EPSG:4326 WGS 84（文件未写明，按此处理）。",
        "落在四川省凉山彝族自治州。",
        "没有坐标，未读入 1 个",
        "坐标无法读出，未读入 1 个",
        "文字编码：GB18030。",
        "没有与已知界线重合的边界，无法判断是否带 GCJ-02 或 BD-09 偏移。",
        "字段：名称",
        "没有坐标，未读入 1 个：第 2 个",
        "坐标无法读出，未读入 1 个：第 3 个",
    ]


@pytest.mark.parametrize("system", ["EPSG:4543", "地块=EPSG:4543"])
def test_a_system_is_said_for_all_or_for_a_layer(capsys, system):
    lines = told(capsys, str(CASES / "h11-two-shapefiles.zip"), "--crs", system)
    assert "坐标系：EPSG:4543 CGCS2000 / 3-degree Gauss-Kruger CM 102E（由您指定）。" in lines
    assert "图层“县界”：字段：名称" in lines


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("h38-links-only.kml", "KML 里只有网络链接"),
        ("h11-two-shapefiles.zip", "图层“地块”的坐标是投影坐标"),
        ("none.csv", "无法读取"),
    ],
)
def test_what_cannot_be_read_is_said_and_no_traceback(capsys, name, says):
    assert main(["read", str(CASES / name)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err
