"""`plan-atlas`: each command is that of its module, and tells what it takes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from layers.folders import ROOT
from serve.command import COMMANDS, main


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "serve.command", *args], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("asked", [[], ["--help"], ["-h"]])
def test_help_lists_every_command_with_examples(asked, capsys):
    assert main(asked) == 0
    told = capsys.readouterr().out
    assert all(f"\n  {name} " in told for name in COMMANDS)
    assert "plan-atlas export -o panxi.gpkg" in told


def test_an_unknown_command_is_told(capsys):
    assert main(["draw"]) == 2
    assert "plan-atlas COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_of_its_own(name, capsys):
    with pytest.raises(SystemExit) as done:
        main([name, "--help"])
    assert done.value.code == 0
    assert capsys.readouterr().out.startswith("usage: ")


def test_a_command_is_that_of_its_module(tmp_path):
    out = tmp_path / "panxi.geojson"
    assert run("export", "-o", str(out), "--zone", "panxi", "--layer", "transport", "--query", "盐源").returncode == 0
    names = [one["properties"]["name"] for one in json.loads(out.read_text(encoding="utf-8"))["features"]]
    assert "攀枝花至盐源高速公路" in names


def test_what_cannot_be_done_is_told_without_a_traceback():
    done = run("export", "-o", "x.geojson", "--zone", "川中")
    assert done.returncode == 2
    assert "川南经济区" in done.stderr
    assert "Traceback" not in done.stderr
