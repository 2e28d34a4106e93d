"""The oracle of the project reports against sums done by hand."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.oracle import labour
from tests.oracle.days import AskedDays
from tests.oracle.graph import bucket_starts
from tests.oracle.projects import project_summary, projects_summary
from tests.oracle.summary import Answer
from tests.worlds.instants import utc
from tests.worlds.named import ANA, PRIVATE_PROJECTS, RATE_HISTORY, TWO_CURRENCIES
from tests.worlds.world import Entry, Project, Rate, World

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
YEAR = {"start_date": "2024-01-01", "end_date": "2024-12-31"}
FEBRUARY_1 = {"start_date": "2024-02-01", "end_date": "2024-02-01"}
NO_PROJECT = Answer(403, "project not found or not accessible")

# A minute billable on each of three days, then a stop at once; 100.00 an hour.
MINUTES_APART = World(
    users=(ANA,),
    projects=(Project(20, "Site"),),
    rates=(Rate("workspace", 10_000),),
    entries=(
        Entry(1, 1, utc(2024, 1, 31, 9), utc(2024, 1, 31, 9, 1), "", 20, is_billable=True),
        Entry(2, 1, utc(2024, 2, 28, 9), utc(2024, 2, 28, 9, 1), "", 20, is_billable=True),
        Entry(3, 1, utc(2024, 2, 29, 9), utc(2024, 2, 29, 9, 1), "", 20, is_billable=True),
        Entry(4, 1, utc(2024, 3, 2, 9), utc(2024, 3, 2, 9), "", 20),
    ),
)


def pairs(world: World, viewer_id: int = 1) -> list[tuple[int | None, ...]]:
    rows = projects_summary(world, viewer_id, YEAR, NOW).body
    return [tuple(row.values()) for row in rows]


def project(
    world: World, body: dict[str, Any], viewer_id: int = 1, project_id: int = 20
) -> dict[str, Any]:
    answer = project_summary(world, viewer_id, project_id, body, NOW)
    assert answer.status == 200
    return answer.body


def test_projects_summary_has_a_row_for_each_project_and_user() -> None:
    answer = projects_summary(TWO_CURRENCIES, 1, FEBRUARY_1, NOW)
    assert json.dumps(answer.body, separators=(",", ":")) == (
        '[{"user_id":1,"project_id":20,"tracked_seconds":5400,"billable_seconds":3600},'
        '{"user_id":1,"project_id":21,"tracked_seconds":7200,"billable_seconds":7200}]'
    )
    assert (answer.status, answer.headers) == (200, {})


def test_rows_stand_by_project_then_user_with_the_projectless_first() -> None:
    assert pairs(PRIVATE_PROJECTS) == [
        (1, None, 3_600, 0),
        (2, None, 3_600, 0),
        (1, 20, 3_600, 3_600),
        (1, 21, 3_600, 0),
        (1, 22, 3_600, 0),
        (2, 22, 3_600, 0),
        (3, 24, 3_600, 0),
    ]


def test_a_member_gets_the_rows_of_what_he_sees_with_their_billable_seconds() -> None:
    assert pairs(PRIVATE_PROJECTS, 2) == [
        (2, None, 3_600, 0),
        (1, 20, 3_600, 3_600),
        (1, 21, 3_600, 0),
        (2, 22, 3_600, 0),
        (3, 24, 3_600, 0),
    ]


def test_preferences_and_keys_of_rounding_do_not_round_the_projects() -> None:
    fussy = replace(
        ANA, report_rounding=True, report_rounding_direction=1, report_rounding_minutes=60
    )
    world = replace(MINUTES_APART, users=(fussy,), rounding_minutes=60)
    body = YEAR | {"rounding": 1, "rounding_minutes": 240, "billable": False}
    assert projects_summary(world, 1, body, NOW).body[0]["tracked_seconds"] == 180
    assert project(world, body)["seconds"] == 180


def test_a_project_summary_is_written_in_the_order_of_the_wire() -> None:
    answer = project_summary(TWO_CURRENCIES, 1, 20, FEBRUARY_1, NOW)
    assert json.dumps(answer.body, separators=(",", ":")) == (
        '{"billable_amount_in_cents":10000,'
        '"graph":[{"billable_amount_in_cents":10000,"by_rate":{"10000":3600},'
        '"labour_cost_in_cents":0,"seconds":5400}],'
        '"labour_cost_in_cents":0,'
        '"rates":[{"billable_seconds":3600,"hourly_rate_in_cents":10000,"currency":"USD"}],'
        '"resolution":"day","seconds":5400,"tracked_days":1}'
    )
    assert answer.headers == {}


def test_a_project_is_paid_in_its_own_currency() -> None:
    found = project(TWO_CURRENCIES, FEBRUARY_1, project_id=21)
    assert found["billable_amount_in_cents"] == 10_000
    assert found["rates"] == [
        {"billable_seconds": 7_200, "hourly_rate_in_cents": 5_000, "currency": "EUR"}
    ]


def test_rates_ascend_as_numbers_and_buckets_are_days() -> None:
    week = {"start_date": "2024-01-01"}  # an hour each day, at 0 to 50.00
    found = project(RATE_HISTORY, week)
    amounts = [bucket["billable_amount_in_cents"] for bucket in found["graph"]]
    assert amounts == [0, 1_000, 2_000, 3_000, 4_000, 4_500, 5_000]
    assert found["graph"][0]["by_rate"] == {"0": 3_600}
    (whole,) = project(RATE_HISTORY, week | {"resolution": "month"})["graph"]
    assert list(whole["by_rate"]) == ["0", "1000", "2000", "3000", "4000", "4500", "5000"]
    assert (found["billable_amount_in_cents"], found["tracked_days"]) == (19_500, 7)
    dear = replace(RATE_HISTORY, rates=(*RATE_HISTORY.rates, Rate("task", 900, task_id=30)))
    (whole,) = project(dear, week | {"resolution": "month"})["graph"]
    assert list(whole["by_rate"].items()) == [("900", 21_600), ("5000", 3_600)]


def test_buckets_are_rounded_apart_so_they_may_add_up_to_more_than_the_total() -> None:
    found = project(MINUTES_APART, {"start_date": "2024-01-31", "end_date": "2024-03-01"})
    amounts = [bucket["billable_amount_in_cents"] for bucket in found["graph"]]
    assert [amount for amount in amounts if amount] == [167, 167, 167]
    assert (len(amounts), found["billable_amount_in_cents"]) == (31, 500)
    assert found["graph"][1] == {
        "billable_amount_in_cents": 0,
        "by_rate": {},
        "labour_cost_in_cents": 0,
        "seconds": 0,
    }


def test_months_begin_on_the_day_of_the_first_clamped_to_their_end() -> None:
    body = {"start_date": "2024-01-31", "end_date": "2024-04-01", "granularity": "month"}
    found = project(MINUTES_APART, body | {"resolution": "day"})
    assert found["resolution"] == "month"
    assert [bucket["seconds"] for bucket in found["graph"]] == [120, 60, 0]
    days = AskedDays(date(2022, 12, 31), date(2023, 4, 30), None, None)
    starts = [start.isoformat() for start in bucket_starts(days, "month")]
    assert starts == ["2022-12-31", "2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"]


def test_weeks_are_counted_from_the_first_day_and_the_last_may_be_short() -> None:
    body = {"start_date": "2024-01-31", "end_date": "2024-02-29", "resolution": "week"}
    found = project(MINUTES_APART, body)  # 30 days; Feb 28 and 29 are the fifth week
    assert [bucket["seconds"] for bucket in found["graph"]] == [60, 0, 0, 0, 120]


@pytest.mark.parametrize(
    ("end", "resolution", "count"),
    [
        ("2023-01-01", "day", 1),
        ("2023-02-03", "day", 34),
        ("2023-02-04", "week", 5),
        ("2023-02-05", "week", 6),
        ("2023-08-26", "week", 34),  # 31+28+31+30+31+30+31 = 212 days, and 26
        ("2023-08-27", "month", 8),
    ],
)
def test_the_graph_chooses_its_resolution_by_the_number_of_days(
    end: str, resolution: str, count: int
) -> None:
    found = project(MINUTES_APART, {"start_date": "2023-01-01", "end_date": end})
    assert (found["resolution"], len(found["graph"])) == (resolution, count)
    assert (found["seconds"], found["rates"], found["tracked_days"]) == (0, None, 0)


def test_a_day_counts_as_tracked_when_some_time_passed() -> None:
    assert project(MINUTES_APART, YEAR)["tracked_days"] == 3
    march = {"start_date": "2024-03-02", "end_date": "2024-03-02"}
    assert project(MINUTES_APART, march)["tracked_days"] == 0


def test_times_of_day_narrow_the_project() -> None:
    body = FEBRUARY_1 | {"start_time": "10:00"}
    assert project(TWO_CURRENCIES, body)["seconds"] == 1_800
    rows = projects_summary(TWO_CURRENCIES, 1, FEBRUARY_1 | {"endTime": "10:00"}, NOW).body
    assert [row["tracked_seconds"] for row in rows] == [3_600]


def test_rates_are_for_who_may_see_them_and_costs_for_admins() -> None:
    found = project(PRIVATE_PROJECTS, FEBRUARY_1, 2)
    nothing: dict[str, Any] = {"billable_amount_in_cents": None, "labour_cost_in_cents": None}
    assert found == nothing | {
        "graph": [nothing | {"by_rate": None, "seconds": 3_600}],
        "rates": None,
        "resolution": "day",
        "seconds": 3_600,
        "tracked_days": 1,
    }
    shown = replace(PRIVATE_PROJECTS, only_admins_see_billable_rates=False)
    found = project(shown, FEBRUARY_1, 2)
    assert (found["billable_amount_in_cents"], found["labour_cost_in_cents"]) == (10_000, None)
    assert found["graph"][0]["by_rate"] == {"10000": 3_600}


def test_labour_costs_are_on_all_seconds_and_the_project_users_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    costs = (
        Rate("workspace_user", 2_000, user_id=1),
        Rate("project_user", 3_000, project_id=20, user_id=1, start_day=date(2024, 1, 3)),
    )
    monkeypatch.setattr(labour, "cost_rates", lambda _world: costs)
    found = project(RATE_HISTORY, {"start_date": "2024-01-01", "end_date": "2024-01-04"})
    by_day = [bucket["labour_cost_in_cents"] for bucket in found["graph"]]
    assert (by_day, found["labour_cost_in_cents"]) == ([2_000, 2_000, 3_000, 3_000], 10_000)
    assert project(TWO_CURRENCIES, FEBRUARY_1)["labour_cost_in_cents"] == 4_500


def test_who_may_not_see_a_project_is_not_told_that_it_exists() -> None:
    for project_id in (22, 23, 999):  # on Vault even his own time lies behind the door
        assert project_summary(PRIVATE_PROJECTS, 2, project_id, FEBRUARY_1, NOW) == NO_PROJECT
    assert project_summary(PRIVATE_PROJECTS, 1, 999, FEBRUARY_1, NOW) == NO_PROJECT
    assert project_summary(PRIVATE_PROJECTS, 1, 22, FEBRUARY_1, NOW).body["seconds"] == 7_200
    closed = replace(PRIVATE_PROJECTS, only_admins_see_team_dashboard=True)
    assert project(closed, FEBRUARY_1, 2, 21)["seconds"] == 0  # open to him, Ana's time is not
    refused = Answer(403, "Workspace not found/accessible")
    assert project_summary(PRIVATE_PROJECTS, 3, 999, {}, NOW) == refused
    assert projects_summary(PRIVATE_PROJECTS, 99, {}, NOW) == refused


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "At least one parameter must be set"),
        ({"end_date": "2024-01-01"}, "The start_date parameter is required"),
        ({"start_date": None}, "The start_date parameter is required"),
        ({"start_date": "2024-1-1"}, "Invalid start_date format"),
        ({"start_date": "2005-12-31"}, "start_date should be within 2006-01-01 to 2030-01-01"),
        (YEAR | {"end_date": "2023-12-31"}, "Start time must be before end time"),
        (YEAR | {"resolution": 1}, "Invalid resolution format"),
        (
            YEAR | {"resolution": "Day", "granularity": "day"},
            "Invalid 'resolution' value, allowed values are: 'day, week, month'",
        ),
        (
            YEAR | {"granularity": "quarter"},
            "Invalid 'granularity' value, allowed values are: 'day, week, month'",
        ),
    ],
)
def test_a_wrong_body_is_refused_before_the_project_is_looked_for(
    body: dict[str, Any], text: str
) -> None:
    assert project_summary(TWO_CURRENCIES, 1, 999, body, NOW) == Answer(400, text)


def test_projects_summary_knows_the_keys_of_days_only() -> None:
    body = YEAR | {"resolution": "never", "rounding_minutes": 7, "billable": "?"}
    assert len(projects_summary(TWO_CURRENCIES, 1, body, NOW).body) == 2
    empty = Answer(400, "At least one parameter must be set")
    assert projects_summary(TWO_CURRENCIES, 1, {}, NOW) == empty
    nothing_lately = projects_summary(TWO_CURRENCIES, 1, {"billable": True}, NOW)
    assert nothing_lately == Answer(200, [])
