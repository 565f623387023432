"""The addresses of the API: each is read, asked of pygeoapi over the atlas of its version, and answered."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from functools import lru_cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pygeoapi.api as core
from pygeoapi import l10n
from pygeoapi.api import API, APIRequest, itemtypes
from pygeoapi.openapi import get_oas
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router

from geo.errors import GeoError
from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS, code_hash
from layers.errors import LayerError
from plans.errors import PlanError
from serve.editions import Editions
from serve.large import now
from serve.ogc import documents
from serve.ogc.describe import LANGUAGES, configuration, provider
from serve.ogc.documents import Answer
from serve.ogc.large import LARGE, LargeProvider, paged
from serve.ogc.question import FILTERS, question
from serve.ogc.shelf import collections, shelf
from store.errors import StoreError
from store.large import Large

TEMPLATES = Path(__file__).parent / "templates"
LARGEST_FILTER = 256 * 1024  # bytes of CQL2 as JSON
HOSTS = 4  # addresses under which the API is known at one time


class Params(dict[str, str]):
    """The parameters as pygeoapi sees them: it repeats all in its links, but does not read the filters, which are ours."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return a parameter; of the filters nothing."""
        return default if key in FILTERS else super().get(key, default)


class Asked(APIRequest):  # type: ignore[misc]
    """A request to the API: repeated parameters are one list, and the atlas is that of `version`."""

    def __init__(self, request: Request, editions: Editions, body: bytes = b"") -> None:
        super().__init__(request, LANGUAGES)
        self.body = body
        self._data = b""
        self.edition, self.problem, self.fault = editions.now(), "", HTTPStatus.BAD_REQUEST
        try:
            self.edition = editions.of(self._args.get("version", ""))
        except LayerError as error:
            self.problem, self.fault = str(error), HTTPStatus.GONE
        if not self._args.get("lang", "zh").lower().startswith(("zh", "en")):
            self.problem = f"没有 lang={self._args['lang']} 这种语言 (unknown language)。可用：{', '.join(LANGUAGES)}"
        self._args.setdefault("version", self.edition.version)

    def look_beside(self) -> None:
        """See what is loaded beside the atlas; a database that does not answer takes nothing from the rest."""
        self.large = None
        with suppress(StoreError):
            self.large = now()

    def _get_locale(self, headers: Headers, _: Any) -> tuple[str, Any]:
        """Chinese, unless English is asked for. Not by pygeoapi, which fails at a language that there is not."""
        said = self._args.get("lang") or headers.get("accept-language", "")
        chosen = LANGUAGES[said.strip().lower().startswith("en")]
        return chosen, l10n.str2locale(chosen)

    @staticmethod
    def _get_params(request: Request) -> Params:
        query: QueryParams = request.query_params
        joined = {key: query.getlist(key) for key in query}
        return Params({key: (" " if key == "q" else ",").join(values) for key, values in joined.items()})


def ogc(editions: Editions, root: str) -> Router:
    """Return the API, to be mounted at `root` ("/ogc", "/atlas/ogc"); what its first answer needs is made."""
    logging.getLogger("pygeoapi").setLevel(logging.CRITICAL)  # it writes down what was asked
    for key in collections():
        shelf(editions.now(), key)
    pages: dict[str, Callable[..., Answer]] = {
        "/": documents.landing,
        "/openapi": core.openapi_,
        "/conformance": documents.conformance,
        "/collections": core.describe_collections,
        "/collections/{key}": core.describe_collections,
        "/collections/{key}/schema": core.get_collection_schema,
        "/collections/{key}/queryables": itemtypes.get_collection_queryables,
        "/collections/{key}/items": _items,
        "/collections/{key}/items/{item:path}": itemtypes.get_collection_item,
    }
    return Router(
        [
            Route(path, partial(_answer, editions, root, ask), methods=["GET", "POST"] if ask is _items else ["GET"])
            for path, ask in pages.items()
        ]
    )


async def _answer(editions: Editions, root: str, ask: Callable[..., Answer], request: Request) -> Response:
    asked = Asked(request, editions, await request.body() if request.method == "POST" else b"")
    await run_in_threadpool(asked.look_beside)
    url = f"{request.url.scheme}://{request.url.netloc}{root}"
    tag = _tag(request, asked, url)
    if tag == request.headers.get("if-none-match") and not asked.problem:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
    headers, status, content = await run_in_threadpool(_asked, ask, asked, url, request.path_params)
    response = Response(content, status_code=status, media_type=headers.pop("Content-Type"), headers=headers)
    response.headers["Access-Control-Allow-Origin"] = "*"  # open data, without cookies
    if status == HTTPStatus.OK:
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _tag(request: Request, asked: Asked, url: str) -> str:
    """What an answer depends on: the atlas, the program, the address, the language and the form."""
    told = (
        asked.edition.version,
        asked.large.version if asked.large else "",
        code_hash(),
        url,
        str(request.url),
        asked.body.decode("utf-8", "replace"),
    )
    spoken = f"{asked.locale} {asked.format}"
    return f'W/"{hashlib.sha256(" ".join((*told, spoken)).encode()).hexdigest()[:20]}"'


def _asked(ask: Callable[..., Answer], asked: Asked, url: str, path: dict[str, str]) -> Answer:
    """Ask pygeoapi; what cannot be read is answered in its form of an error."""
    api = _api(asked.edition, url, asked.large)
    if asked.problem:
        return _refused(api, asked, asked.problem, asked.fault)
    if not asked.is_valid():
        return _refused(
            api,
            asked,
            f"没有 f={asked.format} 这种格式 (unknown format)。可用：json, html, jsonld；其他格式见 /download",
        )
    if "key" in path and path["key"] not in api.config["resources"]:
        listed = ", ".join(api.config["resources"])
        return _refused(
            api, asked, f"没有“{path['key']}”这个集合 (no such collection)。可用：{listed}", HTTPStatus.NOT_FOUND
        )
    if len(asked.body) > LARGEST_FILTER:
        return _refused(
            api,
            asked,
            "过滤条件超过 256 KB (filter too large)；请简化其中的图形。",
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    try:
        headers, status, content = ask(api, asked, *path.values())
    except (LayerError, PlanError, GeoError, StoreError) as error:
        return _refused(api, asked, str(error))
    return headers, int(status), content


def _items(api: API, asked: Asked, key: str) -> Answer:
    """The items of a collection: pygeoapi pages through what the question finds."""
    if key == LARGE and asked.large:
        wanted = provider(paged(asked.large, asked.edition, dict(asked.params), asked.body), LargeProvider.NAME)
    else:
        wanted = provider(question(asked.edition, key, dict(asked.params), asked.body))
    answering = copy(api)
    resources = api.config["resources"]
    answering.config = api.config | {"resources": resources | {key: resources[key] | {"providers": [wanted]}}}
    answer: Answer = itemtypes.get_collection_items(answering, asked, key)
    return answer


def _refused(api: API, asked: Asked, why: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> Answer:
    headers = asked.get_response_headers()
    code = "NotFound" if status == HTTPStatus.NOT_FOUND else "InvalidParameterValue"
    answer: Answer = api.get_exception(status, headers, asked.format, code, why)
    return answer


@lru_cache(VERSIONS * HOSTS)
def _api(atlas: Atlas, url: str, large: Large | None) -> API:
    """pygeoapi over an atlas, at an address: its links are whole addresses."""
    told = configuration(atlas, url, str(TEMPLATES), large)
    return API(told, documents.openapi(get_oas(told)))
