"""What every request passes: names and origins that are let in, limits, request ids, headers, the log and the counts."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serve import bound
from serve.limits import Rate
from serve.settings import Settings
from serve.uploads import Uploads

AREAS = ("ogc", "tiles", "large", "download", "media", "static", "app", "component", "_stcore", "health", "metrics")
LIMITED = ("ogc", "tiles", "large", "download")
LARGEST_BODY = 1024 * 1024  # bytes that anything but an upload may bring
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
log = logging.getLogger("serve.access")


def policy(bases: tuple[str, ...]) -> str:
    """Return the content security policy that the pages need: nothing from elsewhere but the base maps of the office.

    Scripts: Streamlit's own page and that of the map, which folium writes, hold small ones, Vega compiles its charts, and Streamlit hands the scripts of our components to the browser as blobs.
    """
    parts = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": " ".join(("'self' data: blob:", *bases)),
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {of}" for name, of in parts.items())


class Gate:
    """An ASGI middleware; `count` is told of every answer: area, status, seconds."""

    def __init__(self, app: ASGIApp, settings: Settings, count: Callable[[str, int, float], None]) -> None:
        self._app, self._settings, self._count = app, settings, count
        self._rate = Rate(settings.rate, settings.burst)
        self._uploads = Uploads()
        self._policy = policy(settings.bases)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in or answer why not."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A foreign origin is turned away here: Streamlit would look its own address up outside, and others would wait."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if not self._named(headers) or (origin and not self._settings.may_come_from(origin, headers.get("host", ""))):
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": "origin not allowed"})
            return
        await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, headers = time.monotonic(), Headers(scope=scope)
        asked = headers.get("x-request-id", "")
        request_id = asked if _ID.fullmatch(asked) else uuid4().hex
        path = scope["path"].removeprefix(self._settings.base_path)
        first = path.strip("/").partition("/")[0]
        area = first if first in AREAS else "page"
        said = {"status": 0, "bytes": 0}

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                said["status"] = message["status"]
                self._dress(MutableHeaders(scope=message), headers, request_id, scope["scheme"])
            elif message["type"] == "http.response.body":
                said["bytes"] += len(message.get("body", b""))
            await send(message)

        refusal = self._refusal(scope, headers, path, area)
        try:
            with self._uploads.arriving() if path.startswith(bound.UPLOAD) and not refusal else nullcontext():
                await (refusal or self._app)(_without_foreign_origin(scope, headers), _capped(receive, path), answered)
        finally:
            seconds = time.monotonic() - began
            self._count(area, said["status"], seconds)
            if self._settings.log:
                log.info(_line(request_id, scope["method"], area, said, seconds))

    def _named(self, headers: Headers) -> bool:
        """Whether the request is for a name that is served here."""
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        return not self._settings.hosts or host in self._settings.hosts

    def _refusal(self, scope: Scope, headers: Headers, path: str, area: str) -> ASGIApp | None:
        """The answer to a request that is not let in."""
        if not self._named(headers):
            return _say(
                HTTPStatus.MISDIRECTED_REQUEST, f"本服务只应答 {self._settings.name} (unknown host)；请核对网址。"
            )
        if area in LIMITED:
            wait = self._rate.wait(str(scope["client"][0]) if scope.get("client") else "")
            if wait:
                words = f"请求过于频繁 (too many requests)；请 {wait:.1f} 秒后再试，或一次取多些：limit=2000。"
                return _say(HTTPStatus.TOO_MANY_REQUESTS, words, {"Retry-After": str(int(wait) + 1)})
        length = int(headers.get("content-length") or 0)
        if not path.startswith(bound.UPLOAD) and length > LARGEST_BODY:
            return _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "请求超过 1 MB (request too large)；请简化。")
        why = bound.refused(path, bound.visitor(headers))
        if why:
            return _say(HTTPStatus.FORBIDDEN, why)
        full = self._uploads.refused(path, length) if path.startswith(bound.UPLOAD) and scope["method"] == "PUT" else ""
        return _say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, full, {"Retry-After": "60"}) if full else None

    def _dress(self, answer: MutableHeaders, asked: Headers, request_id: str, scheme: str) -> None:
        """Add what every answer carries; pages also a policy, and a cookie to who has none."""
        for name, value in _HEADERS.items():
            answer.setdefault(name, value)
        answer["X-Request-ID"] = request_id
        if answer.get("content-type", "").startswith("text/html"):
            answer["Content-Security-Policy"] = self._policy
            if not bound.visitor(asked):
                answer.append("Set-Cookie", bound.new_cookie(self._settings.base_path or "/", scheme == "https"))


def _say(status: HTTPStatus, words: str, headers: dict[str, str] | None = None) -> ASGIApp:
    return PlainTextResponse(f"{words}\n", status, headers)


def _line(request_id: str, method: str, area: str, said: dict[str, int], seconds: float) -> str:
    """A line of the log: no address, no query, nothing that was sent."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    told: dict[str, Any] = {
        "time": now,
        "id": request_id,
        "method": method,
        "area": area,
        **said,
        "ms": round(1000 * seconds),
    }
    return json.dumps(told)


def _without_foreign_origin(scope: Scope, headers: Headers) -> Scope:
    """Streamlit compares an origin with its own addresses, which it looks up outside; of others it need not know."""
    origin = headers.get("origin")
    if origin is None or urlsplit(origin).netloc == headers.get("host"):
        return scope
    return {**scope, "headers": [one for one in scope["headers"] if one[0] != b"origin"]}


def _capped(receive: Receive, path: str) -> Receive:
    """What arrives, up to LARGEST_BODY: a length may be left unsaid. Uploads have a limit of their own."""
    if path.startswith(bound.UPLOAD):
        return receive
    held = 0

    async def capped() -> Message:
        nonlocal held
        message = await receive()
        held += len(message.get("body", b""))
        return {"type": "http.disconnect"} if held > LARGEST_BODY else message

    return capped
