"""Run the application on a socket: patient with slow work, not with slow clients, and quiet when told to stop."""

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS_MAX = 10
HEADER_BYTES_MAX = 16 * 1024
STOP_SECONDS_MAX = 30


class GuardedProtocol(HttpToolsProtocol):
    """Closes connections whose request head does not arrive within ten seconds or is longer than 16 KiB (R9).

    The server itself waits for a head for ever and keeps any length of it.
    """

    _head_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_came()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head_timer is None and self._is_idle():
            self._await_head()
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._head_bytes = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._head_came()
        super().on_headers_complete()

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEADER_SECONDS_MAX, self._give_up)

    def _head_came(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _count(self, byte_count: int) -> None:
        self._head_bytes += byte_count
        if self._head_bytes > HEADER_BYTES_MAX:
            self._give_up()

    def _give_up(self) -> None:
        self._head_came()
        if self.transport is not None and not self.transport.is_closing():
            self.transport.abort()


class QuietServer(uvicorn.Server):
    """Answers what is in flight after SIGTERM or SIGINT, then returns, so that the command can exit 0 (D11.3)."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._when_ready(f"http://{host}:{port}")


def serve(application: ASGIApp, host: str, port: int, when_ready: Callable[[str], None]) -> None:
    """Returns when the server was told to stop; `when_ready` gets the address, also for port 0."""
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        http=GuardedProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=STOP_SECONDS_MAX,
    )
    QuietServer(config, when_ready).run()
