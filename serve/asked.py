"""A selection as an address asks for it, the same words as those of the page and of the command."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import fields
from functools import wraps
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.atlas.cache import code_hash
from layers.errors import LayerError
from layers.query.selection import Selection
from plans.errors import PlanError
from serve.editions import Editions
from store.errors import StoreError

PARTS = tuple(one.name for one in fields(Selection))
Endpoint = Callable[[Request], Awaitable[Response]]


class NotHereError(LayerError):
    """There is nothing at this address; the message says what there is."""


class GoneError(LayerError):
    """The edition that is asked for is no longer held."""


def selection(atlas: Atlas, request: Request, more: Collection[str] = ()) -> Selection:
    """Return the selection of an address; LayerError, PlanError or GeoError for what is not understood.

    `more` are the parameters that the address may have besides. Lists are repeated, or parted by commas.
    """
    known = (*PARTS, *more)
    for name in request.query_params:
        if name not in known:
            raise LayerError(f"没有“{name}”这个参数 (unknown parameter)。可用：{', '.join(known)}")
    values = {name: request.query_params.getlist(name) for name in PARTS}
    listed = {
        name: of if name in ("within", "q") else [one for text in of for one in text.split(",") if one]
        for name, of in values.items()
    }
    return Selection.parse(atlas, listed)


def one(request: Request, name: str, default: str, choices: Collection[str] = ()) -> str:
    """Return a parameter that is said once; LayerError lists the choices."""
    said = request.query_params.getlist(name)[-1:] or [default]
    if choices and said[0] not in choices:
        raise LayerError(f"{name} 没有“{said[0]}” (unknown {name})。可用：{', '.join(choices)}")
    return said[0]


def edition(editions: Editions, request: Request) -> Atlas:
    """Return the atlas of the version that an address names, or of the moment; GoneError when it is no longer held."""
    try:
        return editions.of(one(request, "version", ""))
    except LayerError as error:
        raise GoneError(str(error)) from None


def tag(atlas: Atlas, request: Request, *more: str) -> str:
    """Return the ETag of an answer: it is the same as long as the atlas, the program and the address are."""
    told = " ".join((atlas.version, code_hash(), request.url.path, request.url.query, *more))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'


def unchanged(request: Request, held: str) -> Response | None:
    """Return the answer to who has it already, None to who has not."""
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": held}) if held in known else None


def told(endpoint: Endpoint) -> Endpoint:
    """Answer what cannot be read with a sentence and a status that says whose fault it is. Open to pages of others: there are no cookies."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            response = await endpoint(request)
        except (LayerError, PlanError, GeoError, StoreError) as error:
            kinds: Mapping[Any, HTTPStatus] = {
                NotHereError: HTTPStatus.NOT_FOUND,
                GoneError: HTTPStatus.GONE,
                StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
            }
            response = PlainTextResponse(f"{error}\n", kinds.get(type(error), HTTPStatus.BAD_REQUEST))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer
