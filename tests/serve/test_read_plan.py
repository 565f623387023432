"""A plan is read by a process of its own: what it says meanwhile, and what is there when it is ended."""

from __future__ import annotations

import time

import pytest

from layers.errors import LayerError
from plans.errors import PlanError
from serve.tasks import Reading, read_plan
from serve.work import Desk
from store import StoreError, reading
from store.workspace import Workspace
from tests.store.conftest import PLAN

LONG = "川南规划\n" + "".join(
    f"第{at}条 开工建设内江至大足高速公路，推进泸州港建设，研究论证自贡机场迁建，建成宜宾至西昌铁路。\n"
    for at in range(1, 800)
)


@pytest.fixture
def held(tmp_path):
    held = Workspace.open(f"sqlite:///{tmp_path / 'workspace.db'}")
    yield held
    held.close()


def test_it_reads_what_the_workspace_would_read_itself(held, tmp_path):
    job = Desk().ask(read_plan, held.url, "", ("攀枝花.txt", PLAN.encode(), "甲"), seconds=300)
    assert job.result(300) == "plan-0001"
    assert isinstance(job.progress, Reading)
    assert (job.progress.slug, job.progress.progress.done) == ("plan-0001", job.progress.progress.of)
    kept = held.documents()["plan-0001"]
    assert (kept.by, kept.read, held.content("plan-0001")) == ("甲", True, PLAN.encode())
    other = Workspace.open(f"sqlite:///{tmp_path / 'other.db'}")
    other.read(other.add("攀枝花.txt", PLAN.encode(), by="甲"))
    assert held.state().findings == other.state().findings
    assert len(held.state().findings) == 5
    assert held.verify() == []
    other.close()


def test_one_that_is_ended_goes_on_where_it_was(held):
    desk = Desk()
    job = desk.ask(read_plan, held.url, "", ("川南.txt", LONG.encode(), "甲"), seconds=300)
    until(lambda: job.done or (job.progress and job.progress.progress and job.progress.progress.left_s is not None))
    assert not job.done
    job.cancel()
    with pytest.raises(LayerError, match="已取消"):
        job.result(10)
    assert held.state().findings == {}
    assert not held.documents()["plan-0001"].read
    again = desk.ask(read_plan, held.url, "plan-0001", seconds=300)
    until(lambda: again.done or (again.progress and again.progress.progress))
    assert again.progress.progress.done > 10  # it has not begun anew: what was read half a second before is kept
    assert again.result(300) == "plan-0001"
    assert held.documents()["plan-0001"].read
    assert held.verify() == []


def test_the_time_that_is_left_is_that_of_the_pace(held, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr("store.reading.time.monotonic", lambda: clock[0])
    slug = held.add("川南.txt", LONG[:4000].encode(), by="甲")
    told = []

    def goes_on(progress):
        told.append(progress)
        clock[0] += 0.1
        return True

    found_in = reading.found_in
    monkeypatch.setattr(
        reading,
        "found_in",
        lambda clause: (clock.__setitem__(0, clock[0] + 20 * (len(told) == 3)), found_in(clause))[1],
    )
    held.read(slug, goes_on)
    assert told[0].of == len(told) > 50
    assert [one.left_s for one in told[:10]] == [None] * 10  # the 20 seconds of the one that waits say nothing
    assert told[20].left_s == pytest.approx(0.1 * 19 / 20 * (len(told) - 21))
    assert told[-1].left_s == 0


def test_why_one_is_not_read_comes_back(held):
    with pytest.raises(PlanError, match="没有文字"):
        Desk().ask(read_plan, held.url, "", ("空.txt", b"\n", "甲")).result(60)
    with pytest.raises(StoreError, match="没有文件“plan-0009”"):
        Desk().ask(read_plan, held.url, "plan-0009").result(60)
    with pytest.raises(StoreError, match="不支持数据库“mysql”"):
        Desk().ask(read_plan, "mysql://nowhere/x", "plan-0001").result(60)


def until(true):
    """Wait so long as it may take on a slow machine."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
