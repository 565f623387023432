"""Files that are kept in memory, compressed: what arrives is what lies there."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from threading import Event

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from layers.errors import LayerError
from layers.web.map_files import MapPage
from serve.index import PAGES, Index
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
    return asyncio.run(Packed(folder).answer(path, Headers({"accept-encoding": encoding})))


def test_text_is_compressed_and_whole(folder: Path):
    found = ask(folder, "static/a.0123.js")
    assert gzip.decompress(bytes(found.body)).decode() == SCRIPT
    assert (found.headers["content-encoding"], found.headers["cache-control"]) == ("gzip", FOR_GOOD)
    assert found.media_type in ("text/javascript", "application/javascript")


def test_who_takes_no_gzip_gets_the_file_as_it_is(folder: Path):
    found = ask(folder, "static/a.0123.js", "identity")
    assert "content-encoding" not in found.headers
    assert found.path == folder / "static" / "a.0123.js"


@pytest.mark.parametrize("path", ["static/none.js", "../secret", "static", ""])
def test_only_what_lies_there(folder: Path, path: str):
    assert ask(folder, path).status_code == 404


MAPS = {
    "zh": MapPage("map-zh-1.html", ("a-1.js", "b-1.css", "c-1.json.gz")),
    "en": MapPage("map-en-2.html", ("a-1.js",)),
}


def index_of(base: str) -> Index:
    index = Index(base, lambda: MAPS)
    index.prepare()
    return index


async def written(index: Index, query: str = "") -> str:
    answer = await index.answer(Request({"type": "http", "query_string": query.encode()}))
    return "".join([str(part) async for part in answer.body_iterator])


def page_of(index: Index, query: str = "") -> str:
    return asyncio.run(written(index, query))


def test_the_page_asks_for_what_the_map_page_is_made_of():
    """The names are Streamlit's: a new version may change them."""
    page = page_of(index_of("/atlas"))
    for part in ("Multiselect", "BidiComponent", "useMenuTrigger"):
        (path,) = (PAGES / "static" / "js").glob(f"{part}.*.js")
        assert f'crossorigin href="/atlas/static/js/{path.name}" />' in page


@pytest.mark.parametrize(
    ("query", "frame"),
    [
        ("", 'src="/atlas/app/static/map-zh-1.html" class="atlas-map" data-first'),
        ("lang=en", 'src="/atlas/app/static/map-en-2.html" class="atlas-map" data-first'),
        ("zone=panxi&lang=en", 'src="/atlas/app/static/map-en-2.html" class="atlas-map waits"'),
        ("lang=%22%3E", 'src="/atlas/app/static/map-zh-1.html" class="atlas-map" data-first'),
    ],
)
def test_the_map_begins_with_the_page(query: str, frame: str):
    """It draws all there is at once, unless the address asks for something else."""
    index = index_of("/atlas")
    assert f'<iframe id="first-map" title="地图 Map" {frame}></iframe>' in page_of(index, query)


def test_what_the_map_asks_for_comes_first():
    head = page_of(index_of("")).partition("<head>")[2]
    assert re.findall(r'(?:href|src)="([^"]+)"', head)[:3] == [
        "/app/static/a-1.js", "/app/static/b-1.css", "/app/static/c-1.json.gz"
    ]  # fmt: skip


def test_the_scripts_of_the_page_are_read_once_the_map_is_drawn():
    page = page_of(index_of(""))
    assert "modulepreload" not in page and '<script type="module"' not in page
    assert re.search(r'<link id="app-script" rel="preload" as="script" [^>]*href="./static/js/index\.[^"]+\.js">', page)


def test_a_map_that_waits_for_the_page_holds_nothing_back():
    page = page_of(index_of(""), "zone=panxi")
    assert "modulepreload" in page and '<script type="module" crossorigin src="./static/js/index.' in page


def test_a_page_that_comes_before_the_map_waits_for_it():
    """The scripts of the page are sent meanwhile."""

    async def sent() -> list[str]:
        answer = await Index("", lambda: MAPS).answer(Request({"type": "http", "query_string": b""}))
        return [str(part) async for part in answer.body_iterator]

    head, body = asyncio.run(sent())
    assert "modulepreload" in head and "map-zh-1.html" not in head
    assert "map-zh-1.html" in body


def test_a_server_that_starts_shows_the_map_of_its_last_start():
    def unread() -> dict[str, MapPage]:
        raise AssertionError("the page does not wait for the atlas")

    page = page_of(Index("", unread, last=MAPS))
    assert "map-zh-1.html" in page and "modulepreload" not in page


def test_a_map_that_does_not_come_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("serve.index.STARTS_SECONDS", 0.1)
    sent = Event()

    def late() -> dict[str, MapPage]:
        assert sent.wait(60), "the page waits for it"
        return MAPS

    async def page() -> str:
        whole = await written(Index("", late))
        sent.set()
        return whole

    assert "first-map" not in asyncio.run(page())


def test_a_map_that_cannot_be_leaves_the_page():
    def broken() -> dict[str, MapPage]:
        raise LayerError("读不了 (unreadable)。")

    page = page_of(Index("", broken))
    assert page.endswith("</html>\n") and "first-map" not in page


def test_the_map_is_that_of_the_moment():
    """A plan that was published meanwhile is on the map that the next visit begins with."""
    maps = dict(MAPS)
    index = Index("", lambda: maps)
    index.prepare()
    maps["zh"] = MapPage("map-zh-3.html", ("d-3.js",))
    assert "map-zh-3.html" in page_of(index) and "map-zh-1.html" not in page_of(index)
