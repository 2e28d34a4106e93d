"""Rates with start days and modes, and what the next report makes of them in cents (D6.1, D6.2, D6.3, D3.1).

On the website Ada has 60 minutes on 6 January (her day; 5 January in UTC) and 90 on the 8th, Gone 10 on the 7th:
100.00 + 16.6667 + 180.00 at the rates 100.00 and, from the 8th, 120.00.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.track.asking import ADA, AGENCY, BO, Asker, refusal
from tests.track.money import (
    APP,
    BUILDING,
    WEBSITE,
    amount,
    bo_on,
    give,
    given,
    history,
    make_building_billable,
    place_of,
    spans,
    totals,
)
from tests.track.people import WORKSPACE, snapshot

BEFORE = 29_667


def moment(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=UTC)


def test_the_rates_of_the_record_are_told_in_units(agency: Asker) -> None:
    assert spans(agency, "project", 30) == [(100, None, "2026-01-08"), (120, "2026-01-08", None)]
    assert spans(agency, "workspace", AGENCY) == [(60, None, None)]
    assert spans(agency, "task", 40) == spans(agency, "project", 31) == []
    assert amount(agency, **WEBSITE) == BEFORE
    assert amount(agency, **APP) == 700


def test_a_rate_has_the_keys_as_documented(agency: Asker) -> None:
    told = given(agency, "project", 31, 75.5, start="2026-01-09")
    [row] = history(agency, "project", 31)
    assert told == row
    assert (row["amount"], row["type"], row["end"], row["deleted_at"]) == (
        75.5,
        "billable_rates",
        None,
        None,
    )
    assert row["start"].startswith("2026-01-09T00:00:00")
    ids = ("workspace_id", "project_id", "project_user_id", "workspace_user_id", "planned_task_id")
    assert [row[key] for key in ids] == [AGENCY, 31, None, None, None]
    assert row["creator_id"] == ADA
    assert {"id", "created_at", "updated_at", "rate_change_mode"} <= set(row)


@pytest.mark.parametrize(
    ("start", "cents"),
    [
        ("2026-01-05", 28_500),
        ("2026-01-06", 28_500),  # Ada's day, though it is the 5th in UTC
        ("2026-01-07", 29_500),
        ("2026-01-08", 25_167),  # takes the place of the 120.00 that begins there
        ("2026-01-09", BEFORE),
        ("2026-02-01", BEFORE),
        ("2026-01-07T00:00:00Z", 29_500),
        ("2026-01-07T23:30:00+02:00", 29_500),
        ("2026-01-07T00:30:00+02:00", 29_500),
    ],
)
def test_a_rate_holds_from_its_first_day_until_the_next(
    agency: Asker, start: str, cents: int
) -> None:
    given(agency, "project", 30, 90, start=start)
    assert amount(agency, **WEBSITE) == cents


def test_a_rate_between_two_others_is_one_more_span(agency: Asker) -> None:
    given(agency, "project", 30, 90, start="2026-01-07")
    assert spans(agency, "project", 30) == [
        (100, None, "2026-01-07"),
        (90, "2026-01-07", "2026-01-08"),
        (120, "2026-01-08", None),
    ]


@pytest.mark.parametrize(
    ("mode", "now", "cents"),
    [
        ("start-today", moment(7), 29_500),
        ("start-today", moment(6, 22, 30), 29_500),  # the 7th in Tallinn, where Ada is
        ("start-today", moment(6, 21, 30), 28_500),
        ("start-today", moment(20), BEFORE),
        ("override-current", moment(20), 25_167),
        ("override-current", moment(7), 28_500),
        ("override-all", moment(20), 24_000),
        ("override-all", moment(7), 24_000),
    ],
)
def test_a_mode_says_how_much_of_the_past_changes(
    agency: Asker, mode: str, now: datetime, cents: int
) -> None:
    agency.now = now
    given(agency, "project", 30, 90, mode=mode)
    assert amount(agency, **WEBSITE) == cents


def test_a_mode_rewrites_the_history_as_it_says(agency: Asker) -> None:
    given(agency, "project", 30, 90, mode="start-today")
    given(agency, "project", 30, 95, mode="start-today")
    assert spans(agency, "project", 30) == [
        (100, None, "2026-01-08"),
        (120, "2026-01-08", "2026-01-20"),
        (95, "2026-01-20", None),
    ]
    given(agency, "project", 30, 80, mode="override-current")
    assert spans(agency, "project", 30)[-1] == (80, "2026-01-20", None)
    given(agency, "project", 30, 70, mode="override-all")
    assert spans(agency, "project", 30) == [(70, None, None)]


def test_a_rate_of_today_counts_for_today(agency: Asker) -> None:
    body = {"start": "2026-01-20T08:00:00Z", "duration": 3600, "billable": True}
    path = f"{WORKSPACE}/time_entries"
    made = agency.post(path, {**body, "project_id": 30, "created_with": "test"})["id"]
    assert amount(agency, time_entry_ids=[made]) == 12_000
    given(agency, "project", 30, 90, mode="start-today")
    assert amount(agency, time_entry_ids=[made]) == 9_000
    assert amount(agency, **WEBSITE) == BEFORE + 9_000


def test_the_most_specific_level_wins_for_a_persons_entry(agency: Asker) -> None:
    make_building_billable(agency)
    place, on_project = place_of(agency, BO), bo_on(agency)
    seen = [amount(agency, **BUILDING)]
    for level, level_id, price in [
        ("workspace", AGENCY, 50),
        ("workspace_user", place, 70),
        ("project_user", on_project, 80),
        ("task", 40, 40),
    ]:
        given(agency, level, level_id, price)
        seen.append(amount(agency, **BUILDING))
    assert seen == [7_500, 7_500, 7_500, 6_000, 3_000]


def test_a_level_below_is_used_where_none_is_above(agency: Asker) -> None:
    seen = [amount(agency, **APP)]
    for level, level_id, price in [
        ("workspace", AGENCY, 66),
        ("workspace_user", place_of(agency, ADA), 80),
        ("project", 31, 90),
    ]:
        given(agency, level, level_id, price)
        seen.append(amount(agency, **APP))
    assert seen == [700, 770, 933, 1_050]  # 0.116667 hours


def test_each_level_has_a_history_of_its_own(agency: Asker) -> None:
    levels = [
        ("workspace", AGENCY, 51),
        ("workspace_user", place_of(agency, BO), 52),
        ("project", 31, 53),
        ("project_user", bo_on(agency), 54),
        ("task", 40, 55),
    ]
    for level, level_id, price in levels:
        given(agency, level, level_id, price)
    for level, level_id, price in levels:
        assert spans(agency, level, level_id) == [(price, None, None)]
    assert spans(agency, "project", 30)[0][0] == 100


@pytest.mark.parametrize(
    ("price", "cents"),
    [
        (15_000, 250_001),  # 0.166667 hours, not a sixth (D6.1)
        (33.33, 556),
        (0.01, 0),
        (0.03, 1),
        (9.999, 167),  # two decimals are kept: 10.00
    ],
)
def test_ten_minutes_are_paid_by_the_arithmetic_of_the_contract(
    agency: Asker, price: float, cents: int
) -> None:
    given(agency, "project", 30, price)
    assert amount(agency, time_entry_ids=[106]) == cents


@pytest.mark.parametrize(("price", "kept"), [(60.504, 60.5), (60.505, 60.51), (1.005, 1.01)])
def test_an_amount_keeps_two_decimals(agency: Asker, price: float, kept: float) -> None:
    given(agency, "project", 31, price)
    assert spans(agency, "project", 31) == [(kept, None, None)]


def test_a_report_tells_each_rate_with_its_seconds(agency: Asker) -> None:
    given(agency, "project", 30, 90, start="2026-01-07")
    rates = totals(agency, **WEBSITE)["rates"]
    assert [(row["hourly_rate_in_cents"], row["billable_seconds"]) for row in rates] == [
        (9_000, 600),
        (10_000, 3_600),
        (12_000, 5_400),
    ]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"amount": 0}, "Invalid amount"),
        ({"amount": -5}, "Invalid amount"),
        ({"amount": None}, "Invalid amount"),
        ({"amount": "much"}, "Invalid amount"),
        ({"amount": 10**18}, "Invalid amount"),
        ({"amount": True}, "Invalid amount"),
        ({"level": "galaxy"}, "Invalid level"),
        ({"level": None}, "Invalid level"),
        ({"level_id": 60}, "Invalid entity ID"),
        ({"level_id": 987_654_321}, "Invalid entity ID"),
        ({"level_id": "30"}, "Invalid level_id format"),
        ({"level": "workspace", "level_id": 11}, "Invalid entity ID"),
        ({"level": "task", "level_id": 987_654_321}, "Task not found in workspace"),
        ({"level": "workspace_user", "level_id": 987_654_321}, "User not found in workspace"),
        ({"level": "project_user", "level_id": 987_654_321}, "Invalid entity ID"),
        ({"mode": None}, "Invalid mode"),
        ({"mode": "sometimes"}, "Invalid mode"),
        ({"mode": None, "start": "yesterday"}, "Invalid start"),
        ({"mode": None, "start": "2026-02-30"}, "Invalid start"),
        ({"type": "bribes"}, "Invalid type"),
    ],
)
def test_a_rate_that_makes_no_sense_changes_nothing(
    agency: Asker, change: dict[str, Any], text: str
) -> None:
    before = snapshot(agency)
    more = {"mode": "override-all", **change}
    if "start" in more:
        del more["mode"]
    level, level_id = more.pop("level", "project"), more.pop("level_id", 30)
    price = more.pop("amount", 90)
    status, said = refusal(give(agency, level, level_id, price, **more))
    assert (status, said[: len(text)]) == (400, text)
    assert snapshot(agency) == before
    assert amount(agency, **WEBSITE) == BEFORE
