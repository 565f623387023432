"""The first answer: Streamlit's page, which asks at once for what it would come to want one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse


def _installed(package: str) -> Path:
    """The folder of a package, which is not imported for it."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"缺少 {package}，请运行 make run 安装 (not installed)。")
    return Path(found.origin).parent


PAGES = _installed("streamlit") / "static"
FRAME = "component/streamlit_folium.st_folium"  # the address of the map's frame
FRAME_FILES = _installed("streamlit_folium") / "frontend" / "build"
_KINDS = {".js": 'as="script"', ".css": 'as="style"', ".gz": 'as="fetch" crossorigin'}
# In the order in which the frame asks for them; the shaded relief is not asked for at first.
_FIRST = ("leaflet_js", "script", "features", "base", "leaflet_css", "styles")
# What the map page is made of before the map is drawn, as Streamlit names its scripts.
_PARTS = ("ComponentInstance", "Html", "BidiComponent", "ButtonGroup", "Multiselect", "Button", "FileUploader")
_IMPORTS = re.compile(r"""(?:from|import) ?["'`]\./([\w.-]+\.js)["'`]""")


class Index:
    """The page of the app. `files` are the served addresses of the map's files, once they are made."""

    def __init__(self, base_path: str) -> None:
        self.base_path = base_path
        self.files: Mapping[str, str] = {}

    async def answer(self, _: Request) -> HTMLResponse:
        """Answer with the page, never kept by the browser: the names of the files change with the atlas."""
        page = _page().replace('<html lang="en">', '<html lang="zh-CN">', 1)
        head = "".join(f"    {link}\n" for link in self._links())
        return HTMLResponse(page.replace("  </head>", f"{head}  </head>", 1), headers={"Cache-Control": "no-cache"})

    def _links(self) -> Iterator[str]:
        for name in _parts():
            yield f'<link rel="modulepreload" href="{self.base_path}/static/js/{name}" />'
        for path in (FRAME_FILES / "static" / "js").glob("main.*.js"):
            yield self._link(f"{FRAME}/static/js/{path.name}")
        for name in _FIRST:
            if name in self.files:
                yield self._link(f"app/static/{self.files[name].rpartition('/')[2]}")

    def _link(self, path: str) -> str:
        return f'<link rel="preload" href="{self.base_path}/{path}" {_KINDS[Path(path).suffix]} />'


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
