"""One log line and one count per request; never a path with a secret in it, a header or a body (D12.2)."""

import secrets
import time
from collections.abc import Iterator
from http import HTTPStatus

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRACK_PREFIX = "/api/v9"
NO_CACHE = b"no-cache, private, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0"
LOG = structlog.get_logger("gnomon.web")


class Figures:
    """What `/metrics` tells."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "gnomon_requests_total",
            "Requests by route and status.",
            ("route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "gnomon_request_seconds",
            "Time to the last byte.",
            ("route",),
            registry=self.registry,
        )
        self.tables = Gauge(
            "gnomon_tables",
            "Workspaces whose columns are in memory.",
            registry=self.registry,
        )
        self.table_bytes = Gauge(
            "gnomon_table_bytes", "What these columns take.", registry=self.registry
        )


FIGURES = Figures()


class Observer:
    """ASGI middleware around everything; routes are named by their pattern, so tokens in paths stay unseen."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = secrets.token_hex(16)
        status = 500

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message["headers"],
                    (b"x-request-id", request_id.encode()),
                    *_vendor_headers(scope, request_id, status),
                ]
            await send(message)

        try:
            await self._app(scope, receive, send_named)
        finally:
            self._note(scope, request_id, status, time.perf_counter() - started)

    def _note(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "(none)")
        FIGURES.requests.labels(route, str(status)).inc()
        FIGURES.seconds.labels(route).observe(seconds)
        LOG.info(
            "request",
            request_id=request_id,
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 2),
        )


def _vendor_headers(scope: Scope, request_id: str, status: int) -> Iterator[tuple[bytes, bytes]]:
    """What the vendor's answers carry, and what is left of an emulated quota (track-api-v9.md, rules 21 and 22)."""
    remaining = scope.get("state", {}).get("quota")
    if remaining is not None:
        for name, value in remaining.headers.items():
            yield name.lower().encode(), value.encode()
    if scope["path"].startswith(TRACK_PREFIX):
        yield b"cache-control", NO_CACHE
        yield b"x-toggl-request-id", request_id.encode()
        if status < HTTPStatus.BAD_REQUEST:
            yield b"x-service-level", b"GREEN"
