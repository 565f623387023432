"""Files by address: every export, sheet and brief, with the bytes of the button and of the command.

`/download/features?zone=panxi&format=gpkg&crs=EPSG:4543`, `/download/sheet?layer=park&format=pdf&paper=a3`,
`/download/brief?zone=panxi&long=yes`: `curl -OJ` and Excel's "from web" take them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from geo.systems import WGS84
from layers.atlas import Atlas
from layers.export import FORMATS, content, coordinate_system, file_name
from layers.paper import MIMES
from layers.paper.page import PAPERS
from layers.query.scope import file_stem
from layers.query.selection import Selection, select
from serve.asked import NotHereError, edition, one, selection, tag, told, unchanged
from serve.editions import Editions
from serve.tasks import Look, bundle, report
from serve.work import desk

SHEETS = ("pdf", "png", "svg")
MOST_SECONDS = 300
File = tuple[str, str, bytes]  # name, mime, content
Make = Callable[[Atlas, Selection, Request], Callable[[], File]]


def downloads(editions: Editions) -> Router:
    """Return the addresses of files, to be mounted at `<base_path>/download`."""
    kinds: dict[str, tuple[tuple[str, ...], Make]] = {
        "/features": (("format", "crs", "version"), _features),
        "/sheet": (("format", "paper", "title", "version"), _sheet),
        "/brief": (("long", "title", "version"), _brief),
    }
    routes = [Route(path, told(partial(_answer, editions, *of))) for path, of in kinds.items()]
    return Router([*routes, Route("/{rest:path}", told(_nothing))])


async def _nothing(request: Request) -> Response:
    raise NotHereError(f"没有“{request.path_params['rest']}” (nothing here)。可用：features, sheet, brief")


async def _answer(editions: Editions, more: tuple[str, ...], make: Make, request: Request) -> Response:
    """Read the whole address first; make the file only for who has not got it and wants more than to know of it."""
    atlas = edition(editions, request)
    making = await run_in_threadpool(lambda: make(atlas, selection(atlas, request, more), request))
    held = tag(atlas, request, datetime.date.today().isoformat())  # files say the day on which they were made
    headers = {"ETag": held, "Cache-Control": "no-cache", "X-Atlas-Version": atlas.version}
    known = unchanged(request, held)
    if known or request.method == "HEAD":
        return known or Response(headers=headers)
    name, mime, made = await run_in_threadpool(making)
    plain = (
        f"plan-atlas-{request.url.path.rpartition('/')[2]}.{name.rpartition('.')[2]}"  # for curl, which reads no other
    )
    headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(made, media_type=mime, headers=headers)


def _features(atlas: Atlas, chosen: Selection, request: Request) -> Callable[[], File]:
    form = one(request, "format", "geojson", FORMATS)
    rows = select(atlas, chosen)
    system = coordinate_system(one(request, "crs", WGS84.key), rows)
    return lambda: (file_name(rows, form, system), FORMATS[form].mime, content(rows, form, system))


def _sheet(atlas: Atlas, chosen: Selection, request: Request) -> Callable[[], File]:
    form = one(request, "format", "pdf", SHEETS)
    look = Look(one(request, "title", ""), one(request, "paper", "a4", PAPERS))
    return partial(_report, atlas, chosen, form, look)


def _brief(atlas: Atlas, chosen: Selection, request: Request) -> Callable[[], File]:
    long = one(request, "long", "no", ("yes", "no")) == "yes"
    return partial(_report, atlas, chosen, "docx", Look(one(request, "title", ""), long=long))


def _report(atlas: Atlas, chosen: Selection, form: str, look: Look) -> File:
    pages = desk().ask(report, atlas.records, chosen, form, look, seconds=MOST_SECONDS).result()
    stem = file_stem(atlas, chosen, "简报" if form == "docx" else "分布图", datetime.date.today())
    ending, made = bundle(form, stem, pages)
    return f"{stem}.{ending}", MIMES[ending], made
