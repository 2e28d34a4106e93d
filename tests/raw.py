"""Requests byte by byte, as no decent client would send them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

import anyio
from starlette.types import ASGIApp, Message

HOST = b"testserver"
Headers = Iterable[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """`status` 500 also where the server fell over before it answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def scope_of(method: str, path: str, query: bytes, headers: Headers) -> dict[str, Any]:
    """Path and query go out as they are, percent signs and all."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": [(b"host", HOST), *headers],
        "client": ("192.0.2.1", 50_000),
        "server": ("testserver", 80),
        "state": {},
    }


class Exchange:
    """One request to an application, and what it says; `error` is what it fell over."""

    def __init__(self, body: bytes) -> None:
        self._rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        self._is_over = anyio.Event()
        self._parts: list[bytes] = []
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.error: Exception | None = None

    @property
    def body(self) -> bytes:
        return b"".join(self._parts)

    async def run(self, application: ASGIApp, scope: dict[str, Any]) -> None:
        try:
            await application(scope, self._receive, self._send)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is the finding
            self.error = error
        finally:
            self._is_over.set()

    async def _receive(self) -> Message:
        """After its body the client stays until it is answered."""
        if self._rest:
            return self._rest.pop()
        await self._is_over.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self._is_over.set()


async def send_raw(
    application: ASGIApp, method: str, path: str, query: bytes, headers: Headers, body: bytes
) -> Answer:
    exchange = Exchange(body)
    await exchange.run(application, scope_of(method, path, query, headers))
    told = {name.decode(): value.decode("latin-1") for name, value in exchange.headers}
    if exchange.error is not None:
        return Answer(500, told, repr(exchange.error).encode())
    return Answer(exchange.status, told, exchange.body)
