"""What the measure counts as right."""

from __future__ import annotations

import json

import pytest

from layers.proposed.measure import measured

PLAN = "甘肃省人民政府工作报告\n开工建设庆阳至重庆铁路。加快建设兰渝铁路扩能改造工程。\n"


def counted(folder, *rows):
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "plan.gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return measured(folder)["plan"]


def thing(name, layer="transport", places=(), **more):
    return {"name": name, "mention": name, "layer": layer, "status": "any", "places": [*places], **more}


@pytest.mark.parametrize(
    ("name", "places", "right"),
    [
        pytest.param("庆阳至重庆铁路", ["庆阳市"], True, id="in-full"),
        pytest.param("兰渝铁路扩能改造工程", ["兰州市"], True, id="by-its-character"),
        pytest.param("庆阳至重庆铁路", ["平凉市"], False, id="another-city"),
    ],
)
def test_a_line_may_end_in_the_municipality_that_its_name_says(tmp_path, name, places, right):
    assert counted(tmp_path, thing(name, places=places)).judged["placed"] == [right]


def test_a_name_is_right_by_any_of_its_forms(tmp_path):
    count = counted(
        tmp_path, thing("兰渝铁路扩能改造", mention="兰渝铁路扩能改造工程", others=["兰渝铁路扩能改造工程"])
    )
    assert count.judged["name"] == [True]
