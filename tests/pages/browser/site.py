"""A real server on a free port over an agency of a test's own, whose clock and letterbox are in the test's hands."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from threading import Thread

import uvicorn
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from gnomon.web.serve import GuardedProtocol
from tests.track.asking import Asker
from tests.wire.agency import agency_services

STARTS_SECONDS_MAX = 10
SENDER = "gnomon@example.com"


class Site:
    """`agency` asks the same application through its APIs, past the browser: it makes what a test needs and says
    what is true afterwards.
    """

    def __init__(self, address: str, agency: Asker, mails: list[EmailMessage]) -> None:
        self.address = address
        self.agency = agency
        self.mails = mails

    def at(self, path: str) -> str:
        return f"{self.address}{path}"

    def be(self, now: datetime) -> None:
        """The server's clock says this from now on."""
        self.agency.now = now

    def wait(self, **time_passes: float) -> None:
        """So much time passes for the server, none for the test."""
        self.agency.now += timedelta(**time_passes)


class Stage:
    """A server that runs as long as its tests do and shows one application after the other at the same address."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.application: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.application is not None
        await self.application(scope, receive, send)


@contextmanager
def open_stage() -> Iterator[Stage]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        host, port = listener.getsockname()
        stage = Stage(f"http://{host}:{port}")
        with _serving(stage, listener):
            yield stage


@contextmanager
def site_on(stage: Stage, folder: Path) -> Iterator[Site]:
    """The agency's pages; it has a mail server, and `mails` is what it was given to send."""
    mails: list[EmailMessage] = []
    with agency_services(folder) as services:
        house = replace(
            services,
            can_mail=True,
            public_url=stage.address,
            mail_from=SENDER,
            send_mail=mails.append,
        )
        agency = Asker(house, TestClient)  # Playwright's loop runs in this thread
        stage.application = agency.http.app
        yield Site(stage.address, agency, mails)


@contextmanager
def _serving(application: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """As `gnomon serve` does it, in a thread."""
    config = uvicorn.Config(
        application,
        http=GuardedProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        _wait_for(server, thread)
        yield
    finally:
        server.should_exit = (
            True  # which it notices by itself; to wait for that takes longer than to start
        )


def _wait_for(server: uvicorn.Server, thread: Thread) -> None:
    until = time.monotonic() + STARTS_SECONDS_MAX
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server takes too long to start"
        time.sleep(0.005)
