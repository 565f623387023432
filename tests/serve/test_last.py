"""The pages of the map that a start has from the one before: only what still stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from layers.web.map_files import MapPage
from serve import last
from store.where import VARIABLE

PAGES = {"zh": MapPage("map-zh-1.html", ("atlas-1.js", "features-1.json.gz"))}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which a server has run: its program, its data, and the files of its map."""
    monkeypatch.setattr(last, "ROOT", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "features.csv").write_text("id\nf-00001\n", encoding="utf-8")
    (tmp_path / "static").mkdir()
    for page in PAGES.values():
        for name in (page.name, *page.asked):
            (tmp_path / "static" / name).touch()
    last.remember(PAGES, tmp_path / "last.json")
    return tmp_path


def remembered(machine: Path) -> dict[str, MapPage]:
    return last.remembered(machine / "last.json", machine / "static")


def test_what_stands_is_remembered(machine: Path):
    assert remembered(machine) == PAGES


def test_changed_data_are_read_first(machine: Path):
    features = machine / "data" / "features.csv"
    before = features.stat()
    features.write_text("id\nf-00002\n", encoding="utf-8")
    os.utime(features, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert remembered(machine) == {}


def test_other_base_maps_are_another_page(machine: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(last, "tile_bases", lambda: ({"label": "天地图"},))
    assert remembered(machine) == {}


def test_a_file_that_is_gone_is_made_first(machine: Path):
    (machine / "static" / "features-1.json.gz").unlink()
    assert remembered(machine) == {}


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"pages": {"zh": 1}}', '{"pages": 1, "state": ""}'])
def test_a_damaged_note_is_none(machine: Path, text: str):
    (machine / "last.json").write_text(text, encoding="utf-8")
    assert remembered(machine) == {}


def test_beside_a_workspace_nothing_is_remembered(machine: Path, monkeypatch: pytest.MonkeyPatch):
    """What is published in it may have changed."""
    (machine / "workspace.db").touch()
    monkeypatch.setenv(VARIABLE, f"sqlite:///{machine / 'workspace.db'}")
    assert remembered(machine) == {}
    last.remember({}, machine / "last.json")
    monkeypatch.setenv(VARIABLE, f"sqlite:///{machine / 'none.db'}")
    assert remembered(machine) == PAGES
