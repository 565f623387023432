"""The form of findings/: each says what it shows, stands alone, and is listed. What they show needs a registry."""

import os
import re
from pathlib import Path

import pytest

FINDINGS = Path(__file__).parent.parent / "findings"
SCRIPTS = sorted(FINDINGS.glob("*.sh"))
ONE = pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)


def test_the_table_lists_every_finding_once():
    listed = re.findall(r"^\| \[([\w-]+)\]\(\1\.sh\)", (FINDINGS / "README.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == [path.stem for path in SCRIPTS]


@ONE
def test_a_finding_says_what_it_shows(script):
    lines = script.read_text("utf-8").splitlines()
    heads = [line.split()[1] for line in lines if re.match(r"# \w+:  ", line)]
    assert lines[0] == "#!/bin/sh"
    assert heads == ["Guess:", "Happens:", "Source:", "We:"]
    assert os.access(script, os.X_OK)


@ONE
def test_a_finding_leaves_nothing_behind_and_pins_what_it_installs(script):
    text = script.read_text("utf-8")
    assert "folder=$(mktemp -d)\ntrap 'rm -rf \"$folder\"' EXIT\n" in text
    installs = re.findall(r"(?:pip install -q|npm install --silent --no-fund --no-audit) (.+) \|\| exit 2", text)
    packages = " ".join(installs).split()
    assert packages
    assert all(re.fullmatch(r"[\w-]+==[\w.]+|@?[\w/-]+@[\d.]+", package) for package in packages)


@ONE
def test_a_finding_runs_without_the_product(script):
    assert not re.search(
        r"^\s*(from|import) (plans|geo|layers|store|serve|ui)\b", script.read_text("utf-8"), re.MULTILINE
    )
