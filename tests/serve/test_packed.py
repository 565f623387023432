"""Files that are kept in memory, compressed: what arrives is what lies there."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from serve.index import FRAME_FILES, PAGES, Index
from serve.packed import Packed
from serve.static import FOR_GOOD

SCRIPT = "let 川 = 1;" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.0123.js").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "index.html").write_text("<p>图</p>", encoding="utf-8")
    return tmp_path


def ask(folder: Path, path: str, encoding: str = "gzip, br") -> Response:
    return asyncio.run(Packed(folder, "static/").answer(path, Headers({"accept-encoding": encoding})))


def test_text_is_compressed_and_whole(folder: Path):
    found = ask(folder, "static/a.0123.js")
    assert gzip.decompress(bytes(found.body)).decode() == SCRIPT
    assert (found.headers["content-encoding"], found.headers["cache-control"]) == ("gzip", FOR_GOOD)
    assert found.media_type in ("text/javascript", "application/javascript")


def test_who_takes_no_gzip_gets_the_file_as_it_is(folder: Path):
    found = ask(folder, "static/a.0123.js", "identity")
    assert "content-encoding" not in found.headers
    assert found.path == folder / "static" / "a.0123.js"


def test_what_has_no_hash_is_asked_for_again(folder: Path):
    assert ask(folder, "index.html").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["static/none.js", "../secret", "static", ""])
def test_only_what_lies_there(folder: Path, path: str):
    assert ask(folder, path).status_code == 404


def test_the_page_asks_for_what_the_map_is_made_of():
    """The names are Streamlit's and streamlit_folium's: a new version of either may change them."""
    page = bytes(asyncio.run(Index("/atlas").answer(Request({"type": "http"}))).body).decode()
    for part in ("ComponentInstance", "Multiselect", "BidiComponent", "useMenuTrigger"):
        (path,) = (PAGES / "static" / "js").glob(f"{part}.*.js")
        assert f'<link rel="modulepreload" href="/atlas/static/js/{path.name}" />' in page
    (script,) = (FRAME_FILES / "static" / "js").glob("main.*.js")
    assert f'href="/atlas/component/streamlit_folium.st_folium/static/js/{script.name}" as="script"' in page
