"""`/health` and `/metrics`: whether the server is ready, and what it does. Metrics go to this machine alone."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from serve.bound import runtime
from serve.work import DESKS, desk

if TYPE_CHECKING:
    from serve.index import Index

HERE = ("127.0.0.1", "::1")
SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Measured:
    """The counts of one server."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._registry = CollectorRegistry()
        self._requests = Counter("atlas_requests", "Answers", ["area", "status"], registry=self._registry)
        self._seconds = Histogram(
            "atlas_request_seconds", "Time to the end of an answer", ["area"], buckets=SECONDS, registry=self._registry
        )
        sessions = Gauge("atlas_sessions", "Open sessions", registry=self._registry)
        sessions.set_function(_sessions)
        for name, words, count in (
            ("waiting", "Work that waits", lambda: sum(desk(name).waiting() for name in DESKS)),
            ("running", "Work under way", lambda: sum(desk(name).running() for name in DESKS)),
        ):
            Gauge(f"atlas_work_{name}", words, registry=self._registry).set_function(count)

    def count(self, area: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self._requests.labels(area, str(status)).inc()
        self._seconds.labels(area).observe(seconds)

    async def health(self, _: Request) -> Response:
        """200 once the atlas is read and its files are written, 503 before."""
        ready = self._index.warm
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"status": "ready" if ready else "starting"}, status, {"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """The counts, as Prometheus reads them."""
        if request.client is None or request.client.host not in HERE:
            return PlainTextResponse("指标只供本机读取 (metrics are for this machine alone)。\n", HTTPStatus.FORBIDDEN)
        return Response(generate_latest(self._registry), media_type="text/plain; version=0.0.4; charset=utf-8")


def _sessions() -> float:
    running = runtime()
    return float(len(running._session_mgr.list_active_sessions())) if running else 0.0
