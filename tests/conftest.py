"""Fixtures that more than one folder of tests needs."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gnomon.store.database import Database, open_database
from tests.postgres import PostgresServer, start_postgres
from tests.records import open_copy

settings.register_profile(
    "default", max_examples=25, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "deep", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("GNOMON_TEST_PROFILE", "default"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A real server of this test run's own, on a free port, in a temporary folder."""
    with start_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty record, once in each database."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        opened = open_database(tmp_path / "data", server.new_database())
    else:
        opened = open_copy(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """For what does not depend on the database."""
    opened = open_copy(tmp_path / "data")
    yield opened
    opened.close()
