"""Requests made from our own OpenAPI document, right and wrong ones: never a fault of the server."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema

from gnomon.web.route_row import RouteRow
from tests.track.asking import Asker, agency_at
from tests.track.openapi import documented_path
from tests.track.raw import credentials, filling, name_of, parameters, rows_of_the_api

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# A file has the keys of the report that it shows; and a new token would end the asking.
LEFT_OUT = ("xlsx", "pdf", "/me/reset_token")
ROWS = [row for row in rows_of_the_api() if not row.path.endswith(LEFT_OUT)]


@pytest.fixture(name="asker", scope="module")
def fixture_asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    folder: Path = tmp_path_factory.mktemp("schemathesis")
    with agency_at(folder) as asker:
        yield asker


@pytest.fixture(name="schema", scope="module")
def fixture_schema(asker: Asker) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", asker.http.app)


def held(path: str, mode: GenerationMode) -> dict[str, str]:
    """Right requests are about things of the agency; wrong ones are at least about the agency."""
    common = {"workspace_id", "organization_id"}
    names = parameters(documented_path(path))
    return {name: filling(name) for name in names if name in common or mode.is_positive}


@pytest.mark.parametrize("row", ROWS, ids=name_of)
@pytest.mark.parametrize("mode", MODES, ids=str)
def test_no_request_that_the_document_suggests_breaks_the_server(
    schema: BaseSchema, row: RouteRow, mode: GenerationMode
) -> None:
    operation = schema[documented_path(row.path)][row.method]
    headers = {"Authorization": credentials(1).decode()}

    @settings(
        max_examples=2,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(mode, path_parameters=held(row.path, mode)))
    def ask(case: Case) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=[not_a_server_error])

    if mode.is_positive:
        ask()
    else:
        with suppress(Unsatisfiable):  # where nothing is documented that could be wrong
            ask()
