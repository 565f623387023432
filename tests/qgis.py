"""QGIS as it is installed, without a screen: its own Python runs what a test hands it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PYTHON = "/usr/bin/python3"  # that of the system, for which Debian's python3-qgis is


def _installed() -> bool:
    asked = [PYTHON, "-c", "import qgis.core"]
    return bool(shutil.which(PYTHON)) and not subprocess.run(asked, capture_output=True, check=False).returncode


needed = pytest.mark.skipif(not _installed(), reason="QGIS is not installed: apt-get install python3-qgis")


def told(script: Path, home: Path, *args: str) -> str:
    """Return what a script prints; `home` is an empty folder, so that QGIS has the settings of nobody."""
    done = subprocess.run(
        [PYTHON, str(script), *args],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env={
            "QT_QPA_PLATFORM": "offscreen",
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
