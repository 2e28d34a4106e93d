"""What a public viewer may choose freely about a saved report, and what is passed over (D10.5, readings)."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.wire.saving import direct, entry_ids, own_agency, params, ran, results_of, save


@pytest.fixture(name="client", scope="module")
def fixture_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with own_agency(tmp_path_factory.mktemp("viewing")) as client:
        yield client


def save_public(client: TestClient, kind: str = "detailed", **stored: Any) -> str:
    return save(client, public=True, params=params(kind, **stored))["token"]


FREE = [
    {"grouping": "users", "sub_grouping": "projects"},
    {"grouping": "tags"},
    {"sub_grouping": "tasks"},
    {"rounding": 1, "rounding_minutes": 30},
]


@pytest.mark.parametrize("body", FREE, ids=str)
def test_a_viewer_groups_and_rounds_as_he_likes(client: TestClient, body: dict) -> None:
    """Readings; vendor page, body keys."""
    wanted = direct(client, "summary", params() | body).json()
    answer = ran(client, save_public(client, "summary"), None, body)
    assert answer["summary_results"]["report"] == wanted


def test_a_viewer_pages_as_he_likes(client: TestClient) -> None:
    """Readings: cursors, page size and order are free."""
    token = save_public(client)
    body = {"page_size": 2, "first_row_number": 3, "order_by": "duration", "order_dir": "desc"}
    answer = ran(client, token, None, body)
    assert entry_ids(answer) == {103, 104}


IGNORED = [
    {"audit": {"show_empty_groups": True}},
    {"audit": {"group_filter": {"min_amount_cents": 1, "currency": "EUR"}}},
    {"include_time_entry_ids": True},
    {"distinguish_rates": True},
    {"enrich_response": False},
]


@pytest.mark.parametrize("body", IGNORED, ids=str)
def test_other_keys_of_a_viewer_are_passed_over(client: TestClient, body: dict) -> None:
    """Readings: an audit would tell of projects that the report does not name."""
    for kind in ("summary", "detailed"):
        token = save_public(client, kind)
        assert results_of(ran(client, token, None, body)) == results_of(ran(client, token))
