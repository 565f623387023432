"""The first answer: Streamlit's page, which asks at once for what it would come to want one after another."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import StreamingResponse

from layers.errors import LayerError
from layers.web.map_files import MapPage


def _installed(package: str) -> Path:
    """The folder of a package, which is not imported for it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"缺少 {package}，请运行 make run 安装 (not installed)。")
    return Path(found.origin).parent


PAGES = _installed("streamlit") / "static"
STARTS_SECONDS = 5.0  # a server that has never been started on this machine takes longer
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_FIRST = Template((Path(__file__).parent / "first.html").read_text(encoding="utf-8"))
# What the map page is made of before the map is drawn, as Streamlit names its scripts.
_PARTS = ("Html", "BidiComponent", "ButtonGroup", "Multiselect", "Button", "FileUploader")
_KINDS = {".js": 'as="script"', ".css": 'as="style"', ".gz": 'as="fetch" crossorigin'}
_IMPORTS = re.compile(r"""(?:from|import) ?["'`]\./([\w.-]+\.js)["'`]""")
_APP = re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>')  # with it Streamlit begins
_FETCHED = 'rel="preload" as="script" fetchpriority="low"'  # and not read before it is wanted


class Index:
    """The page of the app.

    `maps` gives the pages of the map of the moment by language, which takes a while at first; `last` has those that
    stand until then.
    """

    def __init__(
        self, base_path: str, maps: Callable[[], Mapping[str, MapPage]], last: Mapping[str, MapPage] | None = None
    ) -> None:
        self.base_path = base_path
        self.warm = False  # whether the pages of the map were made
        self._maps, self._last = maps, last or {}

    def prepare(self) -> None:
        """Make the pages of the map."""
        self._maps()
        self.warm = True

    async def answer(self, request: Request) -> StreamingResponse:
        """Answer with the page, never kept by the browser: the names of the files change with the atlas."""
        return StreamingResponse(self._written(request), media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def _written(self, request: Request) -> AsyncIterator[str]:
        """The page: of a server that has just started, its scripts at once, and the map as soon as there is one."""
        language = "en" if request.query_params.get("lang") == "en" else "zh"
        page = _page().replace('<html lang="en">', f'<html lang="{_LANGUAGES[language]}">', 1)
        head, _, body = page.partition("</head>")
        head += self._parts()
        asks = bool(set(request.query_params) - {"lang"})  # for something else than all there is
        drawn = await self._map(language) if self.warm else self._last.get(language)
        if drawn:
            head = head.replace("<head>", f"<head>\n{self._asked(drawn)}", 1)
            head = head if asks else _behind_the_map(head)
        yield f"{head}</head>"
        drawn = drawn or await self._map(language)
        if drawn:
            body = body.replace("</body>", f"{self._first(drawn, asks)}</body>", 1)
        yield body

    async def _map(self, language: str) -> MapPage | None:
        """The page of the map as the atlas stands; None where it is not made in time, or cannot be: the page tells why."""
        try:
            return (await asyncio.wait_for(asyncio.to_thread(self._maps), STARTS_SECONDS)).get(language)
        except (TimeoutError, LayerError):
            return None

    def _asked(self, drawn: MapPage) -> str:
        """What the map asks for comes before the hundred scripts of the page, behind which it would wait."""
        return "".join(
            f'    <link rel="preload" href="{self._static(name)}" {_KINDS[Path(name).suffix]} fetchpriority="high" />\n'
            for name in drawn.asked
        )

    def _parts(self) -> str:
        links = (
            f'    <link rel="modulepreload" crossorigin href="{self.base_path}/static/js/{name}" />\n'
            for name in _parts()
        )
        return "".join(links)

    def _first(self, drawn: MapPage, asks: bool) -> str:
        """The frame of the map, which draws all there is while the page is loading, unless the address asks for something else."""
        state = 'class="atlas-map waits"' if asks else 'class="atlas-map" data-first'
        return _FIRST.substitute(page=self._static(drawn.name), state=state)

    def _static(self, name: str) -> str:
        return f"{self.base_path}/app/static/{name}"


def _behind_the_map(head: str) -> str:
    """Let the map, which needs the same processor, be drawn before the scripts of the page are read; first.html begins them."""
    return _APP.sub(rf'<link id="app-script" {_FETCHED} crossorigin href="\1">', head).replace(
        'rel="modulepreload"', _FETCHED
    )


@cache
def _page() -> str:
    return (PAGES / "index.html").read_text(encoding="utf-8")


@cache
def _parts() -> tuple[str, ...]:
    """The scripts of _PARTS and what these import, but for those that the page asks for itself."""
    folder = PAGES / "static" / "js"
    wanted = [path.name for part in _PARTS for path in folder.glob(f"{part}.*.js")]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        if name not in found and name not in _page():
            found[name] = None
            wanted += _IMPORTS.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(found)
