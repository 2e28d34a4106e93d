"""Starlette's test client without its second thread: an application is asked in the loop of the thread that asks.

Handing each message to another thread and back takes longer than most answers. The client is Starlette's own, for
its addresses, cookies and errors; only what lies below is another.
"""

import asyncio
from collections.abc import Coroutine
from threading import local
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

import httpx2 as httpx
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.raw import Exchange, scope_of

PORTS = {"http": 80, "https": 443}


class _Loop:
    def __init__(self) -> None:
        self.runner = asyncio.Runner()

    def __del__(self) -> None:
        self.runner.close()


class _Loops(local):
    """One for each thread that asks; it ends with its thread."""

    def __init__(self) -> None:
        self._loop = _Loop()

    def run(self, answer: Coroutine[Any, Any, Exchange]) -> Exchange:
        return self._loop.runner.run(answer)


_LOOPS = _Loops()


class Client(TestClient):
    """Not for tests in whose thread a loop runs already, such as Playwright's."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        raise_server_exceptions: bool = True,
        client: tuple[str, int] = ("testclient", 50_000),
        **more: Any,
    ) -> None:
        super().__init__(
            app, raise_server_exceptions=raise_server_exceptions, client=client, **more
        )
        self._transport = _Transport(app, client, raises=raise_server_exceptions)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self.close()


class _Transport(httpx.BaseTransport):
    def __init__(self, app: ASGIApp, client: tuple[str, int], *, raises: bool) -> None:
        self._app = app
        self._client = client
        self._raises = raises

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        exchange = _LOOPS.run(self._answer(request))
        if exchange.error is not None and self._raises:
            raise exchange.error
        body = b"" if request.method == "HEAD" else exchange.body
        return httpx.Response(
            exchange.status, headers=exchange.headers, content=body, request=request
        )

    async def _answer(self, request: httpx.Request) -> Exchange:
        exchange = Exchange(request.read())
        await exchange.run(self._app, self._scope(request))
        return exchange

    def _scope(self, request: httpx.Request) -> dict[str, Any]:
        url = request.url
        headers = [
            (name.lower().encode(), value.encode()) for name, value in request.headers.multi_items()
        ]
        return {
            **scope_of(request.method, "", url.query, ()),
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "scheme": url.scheme,
            "headers": headers,
            "client": self._client,
            "server": [url.host, url.port or PORTS[url.scheme]],
        }
