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
from starlette.types import ASGIApp, Message

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

    def run(self, answer: Coroutine[Any, Any, None]) -> None:
        self._loop.runner.run(answer)


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
        exchange = _Exchange(request.read())
        _LOOPS.run(self._answer(request, exchange))
        if exchange.error is not None and self._raises:
            raise exchange.error
        body = b"" if request.method == "HEAD" else exchange.body
        return httpx.Response(
            exchange.status, headers=exchange.headers, content=body, request=request
        )

    async def _answer(self, request: httpx.Request, exchange: "_Exchange") -> None:
        exchange.is_over = asyncio.Event()
        try:
            await self._app(self._scope(request), exchange.receive, exchange.send)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
            exchange.error = error
        finally:
            exchange.is_over.set()

    def _scope(self, request: httpx.Request) -> dict[str, Any]:
        url = request.url
        headers = [
            (name.lower().encode(), value.encode()) for name, value in request.headers.multi_items()
        ]
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.split(b"?", 1)[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": headers,
            "client": self._client,
            "server": [url.host, url.port or PORTS[url.scheme]],
            "extensions": {},
            "state": {},
        }


class _Exchange:
    """`status` 500 also where the application fell over before it answered."""

    is_over: asyncio.Event
    error: Exception | None = None

    def __init__(self, body: bytes) -> None:
        self._rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self._parts: list[bytes] = []
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []

    @property
    def body(self) -> bytes:
        return b"".join(self._parts)

    async def receive(self) -> Message:
        if self._rest:
            return self._rest.pop()
        await self.is_over.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self.is_over.set()
