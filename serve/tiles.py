"""Vector tiles (Mapbox Vector Tile 2.1) of any selection: `/tiles/{z}/{x}/{y}.mvt?zone=panxi`, and `/tiles/tiles.json`.

One layer, `features`. Ids travel as a property: a tile holds only numbers as ids
(findings/vector-tile-loses-text-ids.sh).
"""

from __future__ import annotations

from functools import lru_cache, partial
from http import HTTPStatus
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from geo.systems import WEB_MERCATOR
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.query.selection import Selection, select
from serve.asked import NotHereError, edition, selection, tag, told, unchanged
from serve.editions import Editions

HALF = 20037508.342789244  # metres: half the width of the world in web mercator
DEEPEST = 18
EXTENT = 4096  # steps along the edge of a tile
FINEST = 4  # steps: a quarter of a dot of a screen
BUFFER = 64  # steps around it, so that what is drawn has no seam
TILES = 4000  # the last ones are kept
COLUMNS = ("id", "name", "layer", "kind", "status", "precision", "basis")
MIME = "application/vnd.mapbox-vector-tile"


def tiles(editions: Editions, root: str) -> Router:
    """Return the addresses of tiles, to be mounted at `root` ("/tiles", "/atlas/tiles")."""
    return Router(
        [
            Route("/tiles.json", told(partial(_described, editions, root))),
            Route("/{z:int}/{x:int}/{y:int}.mvt", told(partial(_answer, editions))),
            Route("/{rest:path}", told(_nothing)),
        ]
    )


async def _nothing(_: Request) -> Response:
    raise NotHereError("图块的地址是 /tiles/{z}/{x}/{y}.mvt，说明在 /tiles/tiles.json (nothing here)。")


async def _described(editions: Editions, root: str, request: Request) -> Response:
    """TileJSON 3.0.0, with the selection that it was asked with."""
    atlas = edition(editions, request)
    selection(atlas, request, ("version",))
    query = f"?{request.url.query}" if request.url.query else ""
    west, south, east, north = map(float, shapely.total_bounds(atlas.table.geometry.dropna().to_numpy()))
    return JSONResponse(
        {
            "tilejson": "3.0.0",
            "name": "川规图 Plan Atlas",
            "version": "1.0.0",
            "tiles": [f"{request.url.scheme}://{request.url.netloc}{root}/{{z}}/{{x}}/{{y}}.mvt{query}"],
            "minzoom": 0,
            "maxzoom": DEEPEST,
            "bounds": [west, south, east, north],
            "vector_layers": [{"id": "features", "fields": dict.fromkeys(COLUMNS, "String")}],
        }
    )


async def _answer(editions: Editions, request: Request) -> Response:
    atlas = edition(editions, request)
    z, x, y = (int(request.path_params[name]) for name in "zxy")
    if z > DEEPEST or max(x, y) >= 2**z:
        raise NotHereError(f"没有图块 {z}/{x}/{y} (no such tile)：级别 0 至 {DEEPEST}，行列号小于 2 的级别次方。")
    chosen = selection(atlas, request, ("version",))
    held = tag(atlas, request)
    known = unchanged(request, held)
    if known:
        return known
    made = await run_in_threadpool(tile, atlas, chosen, (z, x, y))
    lasting = "version" in request.query_params
    headers = {"ETag": held, "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache"}
    return Response(made, HTTPStatus.OK if made else HTTPStatus.NO_CONTENT, headers, MIME)


@lru_cache(TILES)
def tile(atlas: Atlas, chosen: Selection, at: tuple[int, int, int]) -> bytes:
    """Return the tile at zoom, column and row of what a selection shows; empty when nothing lies there."""
    z, x, y = at
    side = 2 * HALF / 2**z
    west, north = x * side - HALF, HALF - y * side
    bounds = (west, north - side, west + side, north)
    around = side * BUFFER / EXTENT
    wide = shapely.box(bounds[0] - around, bounds[1] - around, bounds[2] + around, bounds[3] + around)
    shapes, tree = _shapes(atlas)
    near = np.sort(tree.query(wide, predicate="intersects"))
    near = near[_chosen(atlas, chosen)[near]]
    cut = shapely.clip_by_rect(shapely.simplify(shapes[near], side * FINEST / EXTENT), *wide.bounds)
    rows = atlas.table.iloc[near]
    features = [
        {"geometry": shape, "properties": dict(zip(COLUMNS, values, strict=True))}
        for shape, values in zip(cut, rows[list(COLUMNS)].itertuples(index=False), strict=True)
        if not shape.is_empty
    ]
    if not features:
        return b""
    options: dict[str, Any] = {"quantize_bounds": bounds, "extents": EXTENT}
    return bytes(mapbox_vector_tile.encode([{"name": "features", "features": features}], default_options=options))


@lru_cache(VERSIONS)
def _shapes(atlas: Atlas) -> tuple[NDArray[np.object_], shapely.STRtree]:
    """The shapes of the table in web mercator, and where they lie."""
    moved = WEB_MERCATOR.project(atlas.table.geometry.to_numpy())
    return moved, shapely.STRtree(moved)


@lru_cache(64)
def _chosen(atlas: Atlas, chosen: Selection) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.zeros(len(atlas.table), dtype=bool)
    found[atlas.table.index.get_indexer(select(atlas, chosen).index)] = True
    return found
