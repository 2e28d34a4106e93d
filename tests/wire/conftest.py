"""One application over the agency, shared by all wire tests, which only read."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from gnomon.web.application import make_application
from tests.client import Client
from tests.wire.agency import agency_services


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with (
        agency_services(tmp_path_factory.mktemp("agency")) as services,
        Client(make_application(services), raise_server_exceptions=False) as client,
    ):
        yield client
