"""A folder of plans: all processors, a cluster, restarts; nothing lost, nothing spoiled."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import LocalCluster

from layers.folders import ROOT
from layers.proposed.many import LIST, LOG, Done, extract_all, plans_in
from plans.errors import PlanError

PLAN = "{city}“十五五”规划\n第一章 交通\n建成{city}至成都高速公路，开工建设{city}机场。\n"
CITIES = ("自贡", "泸州", "宜宾", "内江", "绵阳", "南充")


def six(plans: Path) -> Path:
    """Six plans in two folders, one that is damaged, one that Word has locked."""
    (plans / "川南").mkdir(parents=True)
    for number, city in enumerate(CITIES):
        path = plans / ("川南" if number < 4 else ".") / f"{city}.txt"
        path.write_text(PLAN.format(city=city), encoding="utf-8")
    (plans / "坏.pdf").write_bytes(b"%PDF-1.7 damaged")
    (plans / "~$锁.docx").write_bytes(b"")
    return plans


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return six(tmp_path / "plans")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Done]]:
    """Where the folder stands beside what a first run has written, and what that run said."""
    home = tmp_path_factory.mktemp("first")
    return home, extract_all(six(home / "plans"), home / "out")


def names(found: list[Done]) -> dict[str, str]:
    return {one.file: one.state for one in found}


def test_every_plan_is_read_and_a_damaged_one_spoils_no_other(first):
    home, found = first
    out = home / "out"
    assert names(found) == {"坏.pdf": "refused"} | {
        f"川南/{city}.txt" if city in CITIES[:4] else f"{city}.txt": "read" for city in CITIES
    }
    written = json.loads((out / "川南" / "泸州.txt.geojson").read_text(encoding="utf-8"))
    assert "泸州机场" in [one["properties"]["name"] for one in written["features"]]
    with (out / LIST).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["文件"]: row for row in csv.DictReader(file)}
    assert rows["坏.pdf"]["结果"] == "未读" and "broken PDF" in rows["坏.pdf"]["说明"]
    assert len(rows) == 7


def test_a_second_run_reads_only_what_is_new_or_changed(first, tmp_path):
    home = shutil.copytree(first[0], tmp_path / "again")
    folder, out = home / "plans", home / "out"
    (folder / "绵阳.txt").write_text(PLAN.format(city="遂宁"), encoding="utf-8")
    (out / "南充.txt.geojson").unlink()
    told: list[str] = []
    found = extract_all(folder, out, told=lambda _done, _of, one: told.append(one.file))
    assert sorted(told) == ["南充.txt", "绵阳.txt"]
    assert len(found) == 7
    assert "遂宁机场" in (out / "绵阳.txt.geojson").read_text(encoding="utf-8")


def test_a_run_that_is_killed_goes_on_where_it_was(folder, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "plans", "extract", str(folder), "-o", str(out)]
    run = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
    while not (out / LOG).exists() or '"state": "read"' not in (out / LOG).read_text(encoding="utf-8"):
        assert run.poll() is None
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    lines = [line for line in (out / LOG).read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    done = {one["file"] for one in map(json.loads, lines)}
    with (out / LOG).open("a", encoding="utf-8") as log:
        log.write('{"file": "南充.txt", "sha2')  # a line that was cut off
    again: list[str] = []
    found = extract_all(folder, out, told=lambda _done, _of, one: again.append(one.file))
    assert done and done.isdisjoint(again) and done | set(again) == {one.file for one in found}
    assert len(list(out.rglob("*.geojson"))) == 6


def test_a_cluster_is_used_by_its_address(folder, tmp_path):
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        found = extract_all(folder, tmp_path / "out", "csv", scheduler=cluster.scheduler_address)
    assert list(names(found).values()).count("read") == 6
    assert len(list((tmp_path / "out").rglob("*.txt.csv"))) == 6


def test_what_cannot_be_done_says_why(folder, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(PlanError, match="no plans"):
        extract_all(tmp_path / "empty", tmp_path / "out")
    with pytest.raises(PlanError, match="no scheduler there"):
        extract_all(folder, tmp_path / "out", scheduler="tcp://127.0.0.1:9")


def test_results_within_the_folder_are_no_plans(folder):
    out = folder / "out"
    out.mkdir()
    (out / "a.xlsx").write_bytes(b"")
    assert len(plans_in(folder, out)) == 7
