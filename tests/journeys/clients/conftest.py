"""The server that each client meets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.clients.homes import EMAIL, PASSWORD, TIMEZONE, Home, today
from tests.running import init, serving


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = init(tmp_path / "data", email=EMAIL, password=PASSWORD, timezone=TIMEZONE)
    with serving(tmp_path / "data") as server:
        yield Home(server.address, **made, today=today())
