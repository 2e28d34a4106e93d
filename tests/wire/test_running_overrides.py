"""Parameters given with a run: what they override for full viewers, what they hide, how they round (D5.2, D10.5)."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from gnomon.web.services import Services
from tests.wire.agency import agency_services
from tests.wire.saving import (
    MONEY,
    RATES,
    REPORT_TYPES,
    client_of,
    entry_ids,
    params,
    ran,
    refusal,
    results_of,
    round_to_hours,
    run,
    save,
    scan,
    seconds_of,
)


@pytest.fixture(name="services", scope="module")
def fixture_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with agency_services(tmp_path_factory.mktemp("overrides")) as services:
        round_to_hours(services, 1)  # which no saved report may heed
        yield services


@pytest.fixture(name="client", scope="module")
def fixture_client(services: Services) -> TestClient:
    return client_of(services)


OVERRIDES: list[tuple[dict, dict, set[int]]] = [
    ({"project_ids": [30]}, {"project_ids": [31]}, {102}),
    ({"project_ids": [31]}, {"project_ids": []}, {100, 101, 102, 103, 104, 105, 106}),
    ({"project_ids": [31]}, {"project_ids": None}, {102}),
    ({"project_ids": [30]}, {"user_ids": [2]}, {103}),
    ({"billable": True}, {"billable": False}, {103, 104, 105}),
    ({"description": "plan"}, {"description": "MAIL"}, {105}),
    ({}, {"tag_ids": [51], "unknown": 1}, {101}),
    ({"time_entry_ids": [100]}, {"time_entry_ids": [101, 106]}, {101, 106}),
    ({}, {"start_date": "2026-01-08"}, {101, 102}),
    ({}, {"start_date": "2025-01-01", "end_date": "2026-01-05"}, {103}),
]


@pytest.mark.parametrize(("stored", "body", "shown"), OVERRIDES, ids=str)
def test_the_owner_overrides_key_by_key(
    client: TestClient, stored: dict, body: dict, shown: set[int]
) -> None:
    """D10.5; D1.4: null is not given, an empty list is no filter."""
    token = save(client, params=params("detailed", **stored))["token"]
    assert entry_ids(ran(client, token, 1, body)) == shown


def test_an_admin_overrides_a_members_report_within_the_members_rights(client: TestClient) -> None:
    """D10.3, D10.5: full viewers are the owner and the admins; rights are the owner's."""
    token = save(client, 2, params=params("detailed", project_ids=[33]))["token"]
    assert entry_ids(ran(client, token, 1)) == {104}
    everything = ran(client, token, 1, {"project_ids": []})
    assert entry_ids(everything) == {100, 101, 103, 104, 105, 106}
    assert all(value is None for key in MONEY for value in scan(everything, key))


@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_hidden_amounts_are_null_everywhere(client: TestClient, kind: str) -> None:
    """D6.7; stored or in the body, for the owner too, who may take it back."""
    hidden = save(client, params=params(kind, hide_amounts=True))["token"]
    shown = save(client, params=params(kind))["token"]
    for answer in (ran(client, hidden, 1), ran(client, shown, 1, {"hide_amounts": True})):
        assert answer["hide_amounts"] is True
        assert all(value is None for key in MONEY for value in scan(answer, key))
    back = ran(client, hidden, 1, {"hide_amounts": False})
    assert back["hide_amounts"] is False
    assert results_of(back) == results_of(ran(client, shown, 1))


@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_hidden_rates_leave_the_amounts(client: TestClient, kind: str) -> None:
    """D6.7, D10.5."""
    token = save(client, params=params(kind, hide_rates=True))["token"]
    for body in ({}, {"hide_rates": None}):
        answer = ran(client, token, 1, body)
        assert all(value is None for key in RATES for value in scan(answer, key))
        assert results_of(answer)["totals"]["billable_amount_in_cents"] == 29_667


ROUNDED = [
    ({}, {}, 15_720),
    ({"rounding": 1, "rounding_minutes": 60}, {}, 7 * 3600 + 3600),
    ({"rounding": 1, "rounding_minutes": 60}, {"rounding": 0}, 15_720),
    ({"rounding": 1, "rounding_minutes": 60}, {"rounding": -1}, 3600 * 2),
    ({"rounding": 0, "rounding_minutes": 60}, {}, 15_720),
    ({"rounding_minutes": 60}, {}, 15_720),
    ({"rounding_minutes": 60}, {"rounding": 1}, 7 * 3600 + 3600),
    ({"rounding": 1}, {}, 15_720),
    ({}, {"rounding": -1}, 15_720),
    ({}, {"rounding": 1, "rounding_minutes": 30}, 1800 * (2 + 3 + 1 + 2 + 1 + 1 + 1)),
]


@pytest.mark.parametrize(("stored", "body", "seconds"), ROUNDED, ids=str)
def test_rounding_is_the_reports_and_never_the_viewers(
    client: TestClient, stored: dict, body: dict, seconds: int
) -> None:
    """D5.2, vendor page: 0 is none; without minutes it is one minute, and the preference is nobody's."""
    token = save(client, params=params("detailed", **stored))["token"]
    assert seconds_of(ran(client, token, 1, body)) == seconds


@pytest.mark.parametrize(
    ("key", "value"),
    [("grouping", "x"), ("grouping", 5), ("project_ids", "all"), ("start_date", "soon")],
)
def test_a_bad_value_is_refused_as_the_direct_endpoint_does(
    client: TestClient, key: str, value: object
) -> None:
    """D1.5, stored or given."""
    path = "/reports/api/v3/workspace/10/summary/time_entries"
    asked = params() | {key: value}
    straight = client.post(path, json=asked, auth=("a" * 32, "api_token"))
    assert straight.status_code == 400
    assert refusal(run(client, save(client, params=asked)["token"], 1)) == refusal(straight)
    assert refusal(run(client, save(client)["token"], 1, {key: value})) == refusal(straight)
