"""The documentation does not fall behind: files, commands, links and figures are those that are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.figures import PAGE, figures
from layers.atlas.table import COLUMNS
from layers.export import FORMATS
from layers.folders import ROOT
from serve.command import COMMANDS

PAGES = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\(([^)#:]+)\)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path):
    assert [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()] == []


def test_figures_are_what_the_commands_print():
    assert PAGE.read_text(encoding="utf-8") == figures(), "run `make figures`"


def test_every_format_and_field_is_told():
    page = text("docs/formats.md")
    assert [one.ending for one in FORMATS.values() if f".{one.ending}" not in page] == []
    assert [name for name in COLUMNS if name != "geometry" and f"`{name}`" not in page] == []


def test_every_file_of_the_data_is_told():
    page, geometry = text("docs/data.md"), text("data/geometry/README.md")
    named = [path.name for path in (ROOT / "data").iterdir()]
    assert [name for name in named if name != "geometry" and name not in page] == []
    kept = [
        path.name
        for path in (ROOT / "data" / "geometry").iterdir()
        if path.name not in ("README.md", "requirements.txt")
    ]
    assert [name for name in kept if name not in geometry] == []


def test_both_readmes_say_the_same_commands_and_pictures():
    english, chinese = text("README.md"), text("README.zh-CN.md")
    assert re.findall(r"docs/[\w/.-]+", english)[:6] == re.findall(r"docs/[\w/.-]+", chinese)[:6]
    for words in ("make run", "make test", "pip install .", "plan-atlas run", "make bench"):
        assert words in english and words in chinese


def test_commands_named_anywhere_exist():
    for page in PAGES:
        named = set(re.findall(r"`plan-atlas (\w+)", page.read_text(encoding="utf-8")))
        assert named <= COMMANDS.keys(), page.name
