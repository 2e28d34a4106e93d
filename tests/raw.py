"""Requests byte by byte, as no decent client would send them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import unquote

import anyio
from starlette.types import ASGIApp

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
    """One request to an application, and what it says."""

    def __init__(self, body: bytes) -> None:
        self._rest = [{"type": "http.request", "body": body, "more_body": False}]
        self.status = 500
        self.headers: dict[str, str] = {}
        self.parts: list[bytes] = []

    async def receive(self) -> dict[str, Any]:
        """After its body the client stays and says no more."""
        if self._rest:
            return self._rest.pop()
        await anyio.sleep_forever()
        return {}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {
                name.decode(): value.decode("latin-1") for name, value in message["headers"]
            }
        else:
            self.parts.append(message.get("body", b""))


async def send_raw(
    application: ASGIApp, method: str, path: str, query: bytes, headers: Headers, body: bytes
) -> Answer:
    exchange = Exchange(body)
    try:
        await application(scope_of(method, path, query, headers), exchange.receive, exchange.send)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is the finding
        return Answer(500, exchange.headers, repr(error).encode())
    return Answer(exchange.status, exchange.headers, b"".join(exchange.parts))
