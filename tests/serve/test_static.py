"""The files of the map: what may be kept for good says so, and nothing outside of the folder is served."""

from __future__ import annotations

import asyncio

import pytest
from starlette.exceptions import HTTPException

from serve.static import FOR_A_DAY, FOR_GOOD, MapFiles


def answer(files: MapFiles, path: str):
    scope = {"type": "http", "method": "GET", "path": f"/{path}", "headers": [], "root_path": ""}
    return asyncio.run(files.get_response(path, scope))


@pytest.mark.parametrize(
    ("name", "kept"),
    [("features-0123456789ab.json.gz", FOR_GOOD), ("atlas-0123456789ab.js", FOR_GOOD), ("leaflet.js", FOR_A_DAY)],
)
def test_how_long_a_file_may_be_kept(tmp_path, name, kept):
    (tmp_path / name).write_text("x")
    found = answer(MapFiles(tmp_path), name)
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == kept


@pytest.mark.parametrize("path", ["../secret.txt", "absent.js"])
def test_only_the_folder_is_served(tmp_path, path):
    (tmp_path / "secret.txt").write_text("x")
    with pytest.raises(HTTPException):
        answer(MapFiles(tmp_path / "static"), path)
