"""A public viewer may narrow a saved report and never widen it, whatever he sends (D10.5)."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.shares import in_turn
from tests.wire.saving import (
    MONEY,
    RATES,
    direct,
    entry_ids,
    own_agency,
    params,
    ran,
    refusal,
    results_of,
    run,
    save,
    scan,
    seconds_of,
)

PERIOD_REFUSED = (400, '"The report period is not supported"')
ALL = {100, 101, 102, 103, 104, 105, 106}
STORED: list[dict[str, Any]] = [
    {"project_ids": [30]},
    {"project_ids": [None]},
    {"user_ids": [1]},
    {"group_ids": [70]},
    {"user_ids": [4], "group_ids": [70]},
    {"client_ids": [20]},
    {"client_ids": [None]},
    {"task_ids": [40]},
    {"tag_ids": [51]},
    {"tag_ids": [None]},
    {"description": "plan"},
    {"billable": True},
    {"billable": False},
    {"time_entry_ids": [101, 102]},
    {"min_duration_seconds": 3000},
    {"max_duration_seconds": 1500},
    {"min_duration_seconds": 700, "max_duration_seconds": 3000},
    {"start_date": "2026-01-06", "end_date": "2026-01-06"},
    {"start_date": "2026-01-06", "end_date": "2026-01-06", "startTime": "10:00"},
    {"start_date": "2026-01-05", "end_date": "2026-01-07", "endTime": "09:30"},
    {"start_date": "2026-01-06", "end_date": "2026-01-08", "start_time": "09:00"},
    {"project_ids": [31], "description": "=1", "billable": True},
    {"project_ids": [987]},
]
ID_LISTS = {
    "user_ids": [1, 2, 3, 4, 5],
    "group_ids": [70],
    "client_ids": [20, 21, 22],
    "project_ids": [30, 31, 32, 33, 60],
    "task_ids": [40],
    "tag_ids": [50, 51],
    "time_entry_ids": [*range(100, 109), 200, 300],
}
ODD: tuple[Any, ...] = (None, [], "", {}, 0, -1, 2**70, True, False, "x", [[]], [{}], ["1"])
SINGLE = (
    *("description", "billable", "min_duration_seconds", "max_duration_seconds", "period"),
    *("start_date", "end_date", "since", "until", "startTime", "endTime", "start_time", "end_time"),
    *("first_id", "first_row_number", "first_timestamp", "page_size"),
)
STRANGE = [{key: value} for key in (*ID_LISTS, *SINGLE) for value in ODD]
NASTY: list[dict[str, Any]] = [
    *({key: [*ids]} for key, ids in ID_LISTS.items()),
    *({key: [None, *ids]} for key, ids in ID_LISTS.items()),
    *({key: [None]} for key in ID_LISTS),
    dict.fromkeys(ID_LISTS),
    {key: [] for key in ID_LISTS},
    {**ID_LISTS, "description": "", "billable": None},
    {"user_ids": [1], "group_ids": [70]},
    {"min_duration_seconds": 0, "max_duration_seconds": 10**9},
    {"start_date": "2006-01-01", "end_date": "2030-01-01"},
    {"since": "2006-01-01", "until": "2030-01-01"},
    {"startTime": "00:00", "endTime": "23:59:59"},
    {"start_time": "00:00", "end_time": "23:59"},
    {"period": "all", "fixed_daterange": False},
    {"period": "this_year"},
    {"fixed_daterange": False, "start_date": "2026-01-01", "end_date": "2026-01-31"},
    {"report_type": "summary"},
    {"params": {"report_type": "detailed"}},
    {"saved_params": {}, "input_params": {}},
    {"user_id": 1, "uid": 1, "workspace_id": 11, "owner": 1},
    {"audit": {"show_empty_groups": True}},
    {"public": False, "token": "a" * 32, "id": 1},
    {"password": "x", "expires_at": None},
    {"page_size": 10_000, "grouped": True, "enrich_response": True},
]


@pytest.fixture(name="client", scope="module")
def fixture_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with own_agency(tmp_path_factory.mktemp("narrowing")) as client:
        yield client


def save_public(client: TestClient, kind: str = "detailed", **stored: Any) -> str:
    return save(client, public=True, params=params(kind, **stored))["token"]


@pytest.mark.parametrize("stored", STORED, ids=str)
def test_no_body_shows_an_entry_that_the_report_does_not(client: TestClient, stored: dict) -> None:
    """D10.5, for a viewer without credentials and a member who would see more by himself."""
    token = save_public(client, **stored)
    shown = entry_ids(ran(client, token))
    assert shown == entry_ids(ran(client, token, 1))
    for body in in_turn(NASTY, STORED.index(stored), 3):
        answer = run(client, token, None, body)
        assert answer.status_code in {200, 400}, body
        assert refusal(run(client, token, 2, body)) == refusal(answer), body
        if answer.status_code == 200:
            assert entry_ids(answer.json()) <= shown, body


@pytest.mark.parametrize("stored", STORED, ids=str)
def test_no_body_adds_up_to_more(client: TestClient, stored: dict) -> None:
    """D10.5: totals of unrounded time, in a report of the same type."""
    token = save_public(client, "summary", **stored)
    most = seconds_of(ran(client, token))
    for body in in_turn(NASTY, STORED.index(stored), 3):
        answer = run(client, token, None, body)
        assert answer.status_code in {200, 400}, body
        if answer.status_code == 200:
            assert seconds_of(answer.json()) <= most, body
            assert answer.json()["report_type"] == "summary"


@pytest.mark.parametrize("stored", [STORED[0], STORED[4], STORED[16]], ids=str)
def test_no_strange_value_shows_more(client: TestClient, stored: dict) -> None:
    """D10.5, D1.5."""
    token = save_public(client, **stored)
    shown = entry_ids(ran(client, token))
    for body in in_turn(STRANGE, STORED.index(stored), 5):
        answer = run(client, token, None, body)
        assert answer.status_code in {200, 400}, body
        if answer.status_code == 200:
            assert entry_ids(answer.json()) <= shown, body


def test_no_body_widens_a_weekly_report(client: TestClient) -> None:
    """D10.5."""
    token = save_public(client, "weekly", project_ids=[31])
    for body in in_turn([*NASTY, *STRANGE], 0, 5):
        answer = run(client, token, None, body)
        assert answer.status_code in {200, 400}, body
        if answer.status_code == 200:
            rows = results_of(answer.json())["report"]
            assert {row["project_id"] for row in rows} <= {31}, body


def test_no_body_widens_a_file(client: TestClient) -> None:
    """D10.5: the report has one row."""
    token = save_public(client, project_ids=[31])
    for body in in_turn([*NASTY, *STRANGE], 1, 5):
        answer = run(client, token, None, body, ".csv")
        assert answer.status_code in {200, 400}, body
        if answer.status_code == 200:
            assert answer.text.count("\r\n") <= 2, body
            assert "Website" not in answer.text


BOTH: list[tuple[dict, dict, set[int]]] = [
    ({"project_ids": [30]}, {"project_ids": [30, 31]}, {100, 101, 103, 106}),
    ({"project_ids": [30, 33]}, {"project_ids": [33, 31]}, {104}),
    ({"project_ids": [None, 30]}, {"project_ids": [None]}, {105}),
    ({"project_ids": [30]}, {"project_ids": [None]}, set()),
    ({"project_ids": [30]}, {"project_ids": [31]}, set()),
    ({"project_ids": [30]}, {"project_ids": []}, {100, 101, 103, 106}),
    ({"project_ids": [30]}, {"project_ids": None}, {100, 101, 103, 106}),
    ({"user_ids": [1]}, {"user_ids": [2]}, set()),
    ({"user_ids": [1]}, {"group_ids": [70]}, set()),
    ({"group_ids": [70]}, {"user_ids": [2, 1]}, {103, 104, 105}),
    ({"user_ids": [1, 4]}, {"project_ids": [30]}, {100, 101, 106}),
    ({"client_ids": [20]}, {"client_ids": [20, 21, None]}, {100, 101, 103, 106}),
    ({"task_ids": [40]}, {"task_ids": [None]}, set()),
    ({"tag_ids": [50]}, {"tag_ids": [50, 51]}, {100, 101}),
    ({"description": "plan"}, {"description": "mail"}, set()),
    ({"description": "a"}, {"description": "l"}, {100, 101, 105, 106}),
    ({"billable": True}, {"billable": False}, set()),
    ({"billable": True}, {"billable": None}, {100, 101, 102, 106}),
    ({"min_duration_seconds": 1000}, {"max_duration_seconds": 3000}, {103, 104, 105}),
    ({"max_duration_seconds": 3000}, {"max_duration_seconds": 10**6}, {102, 103, 104, 105, 106}),
    ({"min_duration_seconds": 3000}, {"min_duration_seconds": 0}, {100, 101}),
    ({"time_entry_ids": [101, 102]}, {"time_entry_ids": [100, 101]}, {101}),
    ({}, {"start_date": "2026-01-07", "end_date": "2026-01-08"}, {101, 105, 106}),
    ({}, {"start_date": "2026-01-08"}, {101, 102}),
    ({}, {"end_date": "2026-01-06"}, {100, 103, 104}),
    ({}, {"start_date": "2026-01-01", "end_date": "2026-01-31"}, ALL),
]


@pytest.mark.parametrize(("stored", "body", "shown"), BOTH, ids=str)
def test_stored_and_given_filters_hold_together(
    client: TestClient, stored: dict, body: dict, shown: set[int]
) -> None:
    """D10.5, worked out by hand from tests/wire/agency.py."""
    token = save_public(client, **stored)
    for user_id in (None, 2, 3):
        assert entry_ids(ran(client, token, user_id, body)) == shown


@pytest.mark.parametrize("key", ID_LISTS)
def test_a_filter_where_none_is_stored_is_the_usual_one(client: TestClient, key: str) -> None:
    """D10.5: it simply narrows, as the direct endpoint's does."""
    token = save_public(client)
    for ids in ([ID_LISTS[key][0]], [None], [987_654], ID_LISTS[key]):
        rows = direct(client, "detailed", params() | {key: ids}).json()
        wanted = {entry["id"] for row in rows for entry in row["time_entries"]}
        assert entry_ids(ran(client, token, None, {key: ids})) == wanted


OUTSIDE = [
    {"start_date": "2025-12-31"},
    {"end_date": "2026-02-01"},
    {"start_date": "2025-12-31", "end_date": "2026-01-15"},
    {"start_date": "2026-01-15", "end_date": "2026-02-01"},
    {"start_date": "2025-06-01", "end_date": "2025-06-30"},
    {"start_date": "2006-01-01", "end_date": "2030-01-01"},
    {"since": "2025-12-31"},
]


@pytest.mark.parametrize("body", OUTSIDE, ids=str)
def test_dates_lie_inside_a_fixed_range(client: TestClient, body: dict) -> None:
    """D10.5; the owner may look beyond."""
    token = save_public(client)
    for user_id, ending in ((None, ""), (2, ""), (3, ""), (None, ".csv"), (None, "/pdf")):
        assert refusal(run(client, token, user_id, body, ending)) == PERIOD_REFUSED
    assert run(client, token, 1, body).status_code == 200


def test_a_weekly_report_stays_in_its_week(client: TestClient) -> None:
    """D10.5."""
    token = save_public(client, "weekly")
    assert refusal(run(client, token, None, {"start_date": "2026-01-06"})) == PERIOD_REFUSED
    assert run(client, token, None, {"start_date": "2026-01-05"}).status_code == 200


def test_dates_of_a_moving_report_are_the_viewers_to_choose(client: TestClient) -> None:
    """D10.5 binds dates to a fixed range only."""
    moving = params("detailed", period="today", project_ids=[30])
    token = save(client, public=True, fixed_daterange=False, params=moving)["token"]
    body = {"start_date": "2026-01-01", "end_date": "2026-01-07"}
    assert entry_ids(ran(client, token, None, body)) == {100, 103, 106}


@pytest.mark.parametrize("value", [False, None, 0, "false", [], {}])
@pytest.mark.parametrize("kind", ["summary", "detailed", "weekly"])
def test_hidden_amounts_and_rates_stay_hidden(client: TestClient, kind: str, value: object) -> None:
    """D10.5; a value of the wrong type may be refused."""
    for key, hidden in (("hide_amounts", MONEY), ("hide_rates", RATES)):
        token = save_public(client, kind, distinguish_rates=True, **{key: True})
        for body in ({key: value}, {key: value, "distinguish_rates": True, "grouping": "users"}):
            answer = run(client, token, None, body)
            assert answer.status_code in {200, 400}
            if answer.status_code == 200:
                told = [each for name in hidden for each in scan(answer.json(), name)]
                assert told
                assert all(each is None for each in told)


@pytest.mark.parametrize("key", ["hide_amounts", "hide_rates"])
def test_a_viewer_may_hide_what_is_shown(client: TestClient, key: str) -> None:
    """D10.5: narrowing is allowed."""
    answer = ran(client, save_public(client), None, {key: True})
    assert all(each is None for name in RATES for each in scan(answer, name))
    assert answer["hide_amounts"] is (key == "hide_amounts")
