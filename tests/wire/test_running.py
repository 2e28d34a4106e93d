"""A saved report that is run says what the direct endpoints say, in the vendor's form (vendor page; D10.4 to D10.6)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from gnomon.web.services import Services
from tests.wire.agency import agency_services
from tests.wire.saving import (
    REPORT_TYPES,
    RESULTS,
    client_of,
    direct,
    give_labour_costs,
    params,
    ran,
    results_of,
    run,
    save,
    seconds_of,
)

OUTER = [
    "report_type",
    "report_name",
    "public",
    "fixed_daterange",
    "hide_amounts",
    "is_commenting_enabled",
    "workspace_logo",
    "features",
    "saved_params",
    "input_params",
    "dictionaries",
    "detailed_results",
    "summary_results",
    "weekly_results",
]
TOTALS = [
    "billable_amount_in_cents",
    "graph",
    "labour_cost_in_cents",
    "rates",
    "resolution",
    "seconds",
    "tracked_days",
]
SAME = [  # stored parameters whose answers are compared with the direct endpoints'
    params("summary"),
    params("summary", grouping="clients", sub_grouping="projects", distinguish_rates=True),
    params("summary", grouping="users", sub_grouping="tasks", include_time_entry_ids=True),
    params("summary", grouping="tags", sub_grouping="users"),
    params("summary", rounding=1, rounding_minutes=15, project_ids=[30, None]),
    params("summary", audit={"show_empty_groups": True}, billable=True, description="pl"),
    params("summary", start_date="2026-01-06", end_date="2026-01-06", startTime="10:00"),
    params("detailed"),
    params("detailed", grouped=True, order_by="description", order_dir="desc"),
    params("detailed", user_ids=[1], group_ids=[70], rounding=-1, rounding_minutes=10),
    params("detailed", page_size=2, tag_ids=[50], min_duration_seconds=3000),
    params("weekly"),
    params("weekly", group_by_task=True, rounding=1, rounding_minutes=30, task_ids=[40, None]),
]


@pytest.fixture(name="services", scope="module")
def fixture_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with agency_services(tmp_path_factory.mktemp("running")) as services:
        give_labour_costs(services)
        yield services


@pytest.fixture(name="client", scope="module")
def fixture_client(services: Services) -> TestClient:
    return client_of(services)


def wanted(client: TestClient, asked: dict[str, Any], user_id: int) -> str:
    """The text of `*_results`, put together from two direct answers."""
    kind = asked["report_type"]
    more = {"enrich_response": True} if kind == "detailed" else {}
    report = direct(client, kind, asked | more, user_id).json()
    totals = direct(client, "totals", asked | {"with_graph": True}, user_id).json()
    return json.dumps({"report": report, "totals": totals})


@pytest.mark.parametrize("user_id", [1, 2])
@pytest.mark.parametrize("asked", SAME, ids=str)
def test_a_run_says_what_the_direct_endpoints_say(
    client: TestClient, asked: dict, user_id: int
) -> None:
    """D10.6; to the cent and in the same order of keys."""
    token = save(client, user_id, params=asked)["token"]
    answer = ran(client, token, user_id)
    assert json.dumps(results_of(answer)) == wanted(client, asked, user_id)


@pytest.mark.parametrize("kind", REPORT_TYPES)
def test_the_keys_stand_in_one_order(client: TestClient, kind: str) -> None:
    """Vendor page, 200; the order is the readings'."""
    answer = ran(client, save(client, params=params(kind))["token"], 1)
    assert list(answer) == OUTER
    assert [key for key in RESULTS if answer[key] is not None] == [f"{kind}_results"]
    assert list(results_of(answer)) == ["report", "totals"]
    assert list(results_of(answer)["totals"]) == TOTALS


def test_what_the_agency_did_in_january(client: TestClient) -> None:
    """D6.2, D6.5, D8.2, worked out by hand from tests/wire/agency.py."""
    totals = results_of(ran(client, save(client)["token"], 1))["totals"]
    assert totals["seconds"] == 60 * (60 + 90 + 7 + 45 + 30 + 20 + 10)
    assert totals["billable_amount_in_cents"] == 10_000 + 18_000 + 1_667
    assert (totals["resolution"], len(totals["graph"]), totals["tracked_days"]) == ("day", 31, 5)
    assert [rate["currency"] for rate in totals["rates"]] == ["EUR", "EUR", "USD"]


def test_the_report_tells_of_itself(client: TestClient) -> None:
    """Vendor page, 200."""
    report = save(client, name="Ärger <b>", public=True)
    answer = ran(client, report["token"], 1)
    assert (answer["report_type"], answer["report_name"]) == ("summary", "Ärger <b>")
    assert (answer["public"], answer["fixed_daterange"]) == (True, True)
    assert (answer["hide_amounts"], answer["is_commenting_enabled"]) == (False, False)
    assert answer["workspace_logo"] == ""


def test_every_feature_is_on(client: TestClient) -> None:
    """D9.5."""
    features = ran(client, save(client)["token"], 1)["features"]
    assert {"billable_rates", "rounding", "audit", "tasks"} <= features.keys()
    assert all(value is True for value in features.values())


def test_stored_and_given_parameters_are_told_as_they_were_given(client: TestClient) -> None:
    """Dossier SR13."""
    stored = params(zebra={"deep": [None, "Ä"]}, description="")
    token = save(client, params=stored)["token"]
    body = {"rounding": 1, "unknown": [1, {"a": None}], "password": "x"}
    answer = ran(client, token, 1, body)
    assert json.dumps(answer["saved_params"]) == json.dumps(stored)
    assert answer["input_params"] == {"rounding": 1, "unknown": [1, {"a": None}]}


@pytest.mark.parametrize("content", [None, b"", b"{}", b"null", b" {} "])
def test_no_parameters_are_needed(client: TestClient, content: bytes | None) -> None:
    """Vendor page, Parameters; D1.2."""
    token = save(client, public=True)["token"]
    answer = client.post(f"/reports/api/v3/shared/{token}", content=content)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json()["input_params"] == {}


def test_the_range_that_was_used_is_in_the_headers(client: TestClient) -> None:
    """D2.6."""
    for kind, days in (
        ("summary", ("01", "31")),
        ("detailed", ("01", "31")),
        ("weekly", ("05", "11")),
    ):
        headers = run(client, save(client, params=params(kind))["token"], 1).headers
        assert headers["X-Range-Start"] == f"2026-01-{days[0]}"
        assert headers["X-Range-End"] == f"2026-01-{days[1]}"


def test_a_detailed_report_is_read_page_by_page(client: TestClient) -> None:
    """D8.8: the same cursors and headers as the direct endpoint's."""
    asked = params("detailed", page_size=3)
    token = save(client, params=asked)["token"]
    seen: list[int] = []
    body: dict[str, Any] = {}
    while True:
        answer = run(client, token, 1, body)
        straight = direct(client, "detailed", asked | body | {"enrich_response": True})
        assert answer.json()["detailed_results"]["report"] == straight.json()
        seen.extend(row["row_number"] for row in straight.json())
        for name in ("X-Page-Size", "X-Next-ID", "X-Next-Row-Number", "X-Next-Timestamp"):
            assert answer.headers.get(name) == straight.headers.get(name)
        if "X-Next-ID" not in answer.headers:
            break
        body = {"first_id": int(answer.headers["X-Next-ID"])}
    assert seen == [1, 2, 3, 4, 5, 6, 7]


def test_the_totals_are_of_the_whole_and_not_of_the_page(client: TestClient) -> None:
    """D8.2."""
    token = save(client, params=params("detailed"))["token"]
    page = ran(client, token, 1, {"page_size": 1})
    assert len(page["detailed_results"]["report"]) == 1
    assert seconds_of(page) == seconds_of(ran(client, token, 1))
