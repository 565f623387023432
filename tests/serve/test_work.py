"""Work at the desk: its result, its errors and its limits are its own, and others do not wait for it."""

from __future__ import annotations

import os
import sys
import time
from types import ModuleType

import pytest

from layers.atlas import bundled
from layers.errors import LayerError
from layers.own.settle import CrsNeededError
from layers.own.upload import read
from layers.query.selection import Selection, select
from serve import tasks
from serve.work import Desk, desk, tell

ATLAS = bundled()


def double(number: int) -> int:
    tell("doubling")
    return 2 * number


def sleeping(seconds: float) -> str:
    time.sleep(seconds)
    return "slept"


def hoarding() -> int:
    return len(bytearray(4 * 1024**3))


def ending() -> None:
    os._exit(9)


def test_a_desk_is_one_by_whatever_name_it_is_asked_for():
    assert desk() is desk("")
    assert desk("plans") is desk("plans") is not desk()


def test_a_result_comes_back():
    job = Desk().ask(double, 21)
    assert job.result(60) == 42
    assert (job.place, job.done, job.progress) == (0, True, "doubling")


def test_the_script_of_a_page_is_not_run_again(tmp_path, monkeypatch):
    script = tmp_path / "page.py"
    script.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit(3)\n")
    page = ModuleType("__main__")
    page.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", page)
    assert Desk().ask(abs, -1).result(60) == 1
    assert not (tmp_path / "ran").exists()
    assert sys.modules["__main__"] is page


@pytest.mark.parametrize(("run", "limits", "said"), [
    (sleeping, {"seconds": 1}, "用时超过 1 秒"), (hoarding, {"megabytes": 500}, "内存超过 500 MB"), (ending, {}, "意外结束"),
])  # fmt: skip
def test_what_goes_too_far_ends_alone(run, limits, said):
    desk = Desk()
    job = desk.ask(run, *([60] if run is sleeping else []), **limits)
    with pytest.raises(LayerError, match=said):
        job.result(60)
    assert desk.ask(double, 1).result(60) == 2


def test_a_few_at_a_time_in_the_order_of_asking():
    desk = Desk(slots=1)
    first = desk.ask(sleeping, 60)
    while not first.begun:
        time.sleep(0.02)
    second, third = desk.ask(double, 2), desk.ask(double, 3)
    assert (first.place, second.place, third.place) == (0, 1, 2)
    second.cancel()
    with pytest.raises(LayerError, match="已取消"):
        second.result(60)
    assert third.place == 1
    first.cancel()
    with pytest.raises(LayerError, match="已取消"):
        first.result(60)
    assert third.result(60) == 6


def test_a_queue_that_is_full_says_so():
    desk = Desk(slots=1, most=2)
    jobs = [desk.ask(sleeping, 60)]
    while not jobs[0].begun:
        time.sleep(0.02)
    jobs += [desk.ask(double, 1), desk.ask(double, 2)]
    with pytest.raises(LayerError, match="排队"):
        desk.ask(double, 3)
    for job in jobs:
        job.cancel()


def test_a_file_is_read_as_without_a_desk():
    data = '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"名称":"甲"},"geometry":{"type":"Point","coordinates":[104,30]}}]}'.encode()
    there, here = Desk().ask(tasks.read, "甲.geojson", data).result(60), read("甲.geojson", data)
    assert there.report == here.report
    assert there.frame.equals(here.frame)


def test_an_error_keeps_what_it_knows():
    table = "名称,x,y\n甲,3380000.0,35400000.0\n乙,3381000.0,35401000.0\n".encode()
    with pytest.raises(CrsNeededError) as here:
        read("甲.csv", table)
    with pytest.raises(CrsNeededError) as there:
        Desk().ask(tasks.read, "甲.csv", table).result(60)
    assert str(there.value) == str(here.value)
    assert (there.value.layer, there.value.choices) == (here.value.layer, here.value.choices)


def test_a_sheet_of_a_part_of_the_rows():
    rows = select(ATLAS, Selection(zone=("panxi",), layer=("hub",)))
    (svg,) = (
        Desk()
        .ask(tasks.report, ATLAS.records, Selection(zone=("panxi",)), "svg", tasks.Look("题"), rows.index, seconds=300)
        .result(300)
    )
    assert svg.startswith(b"<?xml")
