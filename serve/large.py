"""Features by the million, where PLAN_ATLAS_DB names a PostgreSQL that `plan-atlas large` has filled.

`/large/tiles.json`, `/large/{z}/{x}/{y}.mvt`, `/large/counts`, `/large/features.geojson`, each with a selection as
everywhere; their items are the collection `large` of `/ogc`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from layers.atlas import Atlas
from layers.query.selection import Selection
from serve.asked import NotHereError, selection, tag, told, unchanged
from serve.editions import Editions
from serve.tiles import COLUMNS, DEEPEST, MIME
from store.large import Large, counts, lines, matched, opened, standing, tile
from store.where import default_url

Asked = tuple[Large, Atlas, Selection]
Answer = Callable[[Asked, Request], Awaitable[Response]]


def now() -> Large | None:
    """Return what is loaded at the moment in the database of this program, if anything is."""
    return standing(opened(default_url()))


def large(editions: Editions, root: str) -> Router:
    """Return the addresses, to be mounted at `root` ("/large", "/atlas/large")."""
    paths: dict[str, Answer] = {
        "/tiles.json": partial(_described, root),
        "/{z:int}/{x:int}/{y:int}.mvt": _tile,
        "/counts": _counts,
        "/features.geojson": _lines,
    }
    routes = [Route(path, told(partial(_answer, editions, answer))) for path, answer in paths.items()]
    return Router([*routes, Route("/{rest:path}", told(_nothing))])


async def _nothing(_: Request) -> Response:
    raise NotHereError("可用：tiles.json, {z}/{x}/{y}.mvt, counts, features.geojson (nothing here)。")


async def _answer(editions: Editions, answer: Answer, request: Request) -> Response:
    held = await run_in_threadpool(now)
    if held is None:
        raise NotHereError(
            "没有装入大量要素 (nothing loaded)；请设 PLAN_ATLAS_DB 为 PostgreSQL，并用 plan-atlas large load 装入。"
        )
    atlas = editions.now()
    chosen = selection(atlas, request)
    mark = tag(atlas, request, held.version)
    response = unchanged(request, mark) or await answer((held, atlas, chosen), request)
    response.headers.update({"ETag": mark, "Cache-Control": "no-cache"})
    return response


async def _described(root: str, asked: Asked, request: Request) -> Response:
    """TileJSON 3.0.0, with the selection that it was asked with."""
    query = f"?{request.url.query}" if request.url.query else ""
    return JSONResponse(
        {
            "tilejson": "3.0.0",
            "name": "川规图 Plan Atlas",
            "version": "1.0.0",
            "description": "13 级以上为抽稀的代表，全部个数见 counts (a fair part above zoom 13; counts tells how many there are)",
            "tiles": [f"{request.url.scheme}://{request.url.netloc}{root}/{{z}}/{{x}}/{{y}}.mvt{query}"],
            "minzoom": 0,
            "maxzoom": DEEPEST,
            "bounds": list(asked[0].bounds),
            "vector_layers": [{"id": "features", "fields": dict.fromkeys(COLUMNS, "String")}],
        }
    )


async def _tile(asked: Asked, request: Request) -> Response:
    z, x, y = (int(request.path_params[name]) for name in "zxy")
    if z > DEEPEST or max(x, y) >= 2**z:
        raise NotHereError(f"没有图块 {z}/{x}/{y} (no such tile)：级别 0 至 {DEEPEST}，行列号小于 2 的级别次方。")
    made = await run_in_threadpool(tile, *asked, (z, x, y))
    return Response(made, HTTPStatus.OK if made else HTTPStatus.NO_CONTENT, media_type=MIME)


async def _counts(asked: Asked, _: Request) -> Response:
    """How many match, of how many, and how many each choice would show beside the rest of the selection."""
    found: dict[str, Any] = {"number": await run_in_threadpool(matched, *asked), "of": asked[0].number}
    return JSONResponse(found | {"choices": await run_in_threadpool(counts, *asked)})


async def _lines(asked: Asked, _: Request) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="large.geojson"'}
    return StreamingResponse(lines(*asked), media_type="application/geo+json", headers=headers)
