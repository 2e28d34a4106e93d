"""Which days a saved report covers: relative periods, fixed ranges, aliases and dates given with the run (D10.4)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from gnomon.web.services import Services
from tests.wire.agency import agency_services
from tests.wire.saving import client_at, client_of, entry_ids, params, ran, refusal, run, save

PERIOD_REFUSED = (400, '"The report period is not supported"')
PERIODS = {  # today is Tuesday, 2026-01-20
    "today": ("2026-01-20", "2026-01-20"),
    "yesterday": ("2026-01-19", "2026-01-19"),
    "this_week": ("2026-01-19", "2026-01-25"),
    "last_week": ("2026-01-12", "2026-01-18"),
    "this_month": ("2026-01-01", "2026-01-31"),
    "last_month": ("2025-12-01", "2025-12-31"),
    "this_quarter": ("2026-01-01", "2026-03-31"),
    "last_quarter": ("2025-10-01", "2025-12-31"),
    "this_year": ("2026-01-01", "2026-12-31"),
    "last_year": ("2025-01-01", "2025-12-31"),
    "last_7_days": ("2026-01-14", "2026-01-20"),
    "last_30_days": ("2025-12-22", "2026-01-20"),
    "last_12_months": ("2025-01-21", "2026-01-20"),
    "all": ("2026-01-05", "2026-01-20"),
}
OTHER_DAYS = [  # a day on which a period is easily got wrong, and what it covers then
    ("2026-01-18", "this_week", "2026-01-12", "2026-01-18"),
    ("2026-01-19", "last_week", "2026-01-12", "2026-01-18"),
    ("2026-03-31", "last_month", "2026-02-01", "2026-02-28"),
    ("2028-02-29", "this_month", "2028-02-01", "2028-02-29"),
    ("2026-12-31", "this_quarter", "2026-10-01", "2026-12-31"),
    ("2026-05-31", "last_quarter", "2026-01-01", "2026-03-31"),
    ("2027-01-01", "yesterday", "2026-12-31", "2026-12-31"),
    ("2027-01-01", "last_year", "2026-01-01", "2026-12-31"),
]


@pytest.fixture(name="services", scope="module")
def fixture_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with agency_services(tmp_path_factory.mktemp("periods")) as services:
        yield services


@pytest.fixture(name="client", scope="module")
def fixture_client(services: Services) -> TestClient:
    return client_of(services)


def save_moving(client: TestClient, user_id: int = 1, kind: str = "detailed", **more: Any) -> str:
    """The token of a report without fixed dates."""
    return save(
        client,
        user_id,
        public=user_id == 1,
        fixed_daterange=False,
        params={"report_type": kind, **more},
    )["token"]


def range_of(answer) -> tuple[str, str]:
    assert answer.status_code == 200, answer.text
    return answer.headers["X-Range-Start"], answer.headers["X-Range-End"]


@pytest.mark.parametrize("period", PERIODS)
def test_a_period_covers_its_days(client: TestClient, period: str) -> None:
    """D10.4; whole weeks, months, quarters and years; `last_n` ends today (D2.2)."""
    token = save_moving(client, period=period)
    first, last = PERIODS[period]
    for user_id in (1, None):
        assert range_of(run(client, token, user_id)) == (first, last)
    name = run(client, token, ending=".csv").headers["content-disposition"]
    assert f"_report_{first}_{last}.csv" in name


@pytest.mark.parametrize(("today", "period", "first", "last"), OTHER_DAYS)
def test_a_period_moves_with_the_day(
    services: Services, client: TestClient, today: str, period: str, first: str, last: str
) -> None:
    """D10.4; weeks start on Monday."""
    token = save_moving(client, period=period)
    moment = datetime.fromisoformat(f"{today}T12:00:00+00:00")
    assert range_of(run(client_at(services, moment), token, 1)) == (first, last)


def test_today_is_the_owners(services: Services, client: TestClient) -> None:
    """D10.4: 23:00 UTC is tomorrow in Tallinn and today in New York, whoever looks."""
    adas, bos = (save_moving(client, user_id, period="today") for user_id in (1, 2))
    late = client_at(services, datetime(2026, 1, 20, 23, 0, tzinfo=UTC))
    for user_id in (1, 2, 3, None):
        assert range_of(run(late, adas, user_id)) == ("2026-01-21", "2026-01-21")
    assert range_of(run(late, bos, 1)) == ("2026-01-20", "2026-01-20")


def test_all_begins_with_the_first_local_day(client: TestClient) -> None:
    """D10.4, D3.1: entry 103 starts later than 100 but on an earlier day of its own user."""
    answer = ran(client, save_moving(client, period="all"), 1)
    assert entry_ids(answer) == {100, 101, 102, 103, 104, 105, 106}


def test_a_period_selects_entries(client: TestClient) -> None:
    """D10.4."""
    for period, shown in (("this_month", 7), ("last_7_days", 0), ("last_year", 0)):
        answer = ran(client, save_moving(client, period=period), 1)
        assert len(entry_ids(answer)) == shown


@pytest.mark.parametrize("period", ["", "daily", "This_week", "last12Months", "last_8_days"])
def test_an_unknown_period_is_refused(client: TestClient, period: str) -> None:
    """Vendor page, 400."""
    token = save_moving(client, period=period)
    for ending in ("", ".csv", ".xlsx", ".pdf"):
        assert refusal(run(client, token, 1, ending=ending)) == PERIOD_REFUSED


@pytest.mark.parametrize("period", [7, True, [], {}])
def test_a_period_is_a_text(client: TestClient, period: object) -> None:
    """D1.5."""
    assert run(client, save_moving(client, period=period), 1).status_code == 400


def test_a_fixed_report_passes_over_its_period(client: TestClient) -> None:
    """D10.4: `period` is used when `fixed_daterange` is false."""
    token = save(client, params=params("detailed", period="last_year"))["token"]
    assert range_of(run(client, token, 1)) == ("2026-01-01", "2026-01-31")


def test_without_a_period_the_stored_dates_count(client: TestClient) -> None:
    """Readings, Dates."""
    token = save_moving(client, start_date="2026-01-03", end_date="2026-01-04")
    assert range_of(run(client, token, 1)) == ("2026-01-03", "2026-01-04")
    token = save_moving(client, period=None, start_date="2026-01-03", end_date="2026-01-04")
    assert range_of(run(client, token, 1)) == ("2026-01-03", "2026-01-04")


def test_a_period_comes_before_stored_dates(client: TestClient) -> None:
    """Readings, Dates."""
    token = save_moving(client, period="today", start_date="2026-01-03", end_date="2026-01-04")
    assert range_of(run(client, token, 1)) == ("2026-01-20", "2026-01-20")


def test_without_any_date_it_is_the_last_seven_days(client: TestClient) -> None:
    """D2.2."""
    assert range_of(run(client, save_moving(client), 1)) == ("2026-01-14", "2026-01-20")
    assert range_of(run(client, save_moving(client, kind="weekly"), 1)) == (
        "2026-01-14",
        "2026-01-20",
    )


@pytest.mark.parametrize(
    "stored",
    [
        {"since": "2026-01-03", "until": "2026-01-09"},
        {"since": "2026-01-03", "end_date": "2026-01-09"},
        {"start_date": "2026-01-03", "until": "2026-01-09"},
        {"start_date": "2026-01-03"},
        {"until": "2026-01-09"},
    ],
    ids=str,
)
def test_old_names_of_dates_are_read(client: TestClient, stored: dict) -> None:
    """D10.4, dossier SR16; D2.2: one date alone is a week."""
    given = {"report_type": "detailed", **stored}
    for is_fixed in (True, False):
        token = save(client, fixed_daterange=is_fixed, params=given)["token"]
        assert range_of(run(client, token, 1)) == ("2026-01-03", "2026-01-09")
        assert ran(client, token, 1)["saved_params"] == given


BODIES = [
    ({"start_date": "2026-01-08"}, "2026-01-08", "2026-01-31"),
    ({"end_date": "2026-01-08"}, "2026-01-01", "2026-01-08"),
    ({"start_date": "2026-01-08", "end_date": None}, "2026-01-08", "2026-01-31"),
    ({"start_date": "2025-06-01", "end_date": "2025-06-30"}, "2025-06-01", "2025-06-30"),
    ({"since": "2026-01-08", "until": "2026-01-09"}, "2026-01-08", "2026-01-09"),
]


@pytest.mark.parametrize(("body", "first", "last"), BODIES, ids=str)
def test_dates_of_the_run_count_each_on_its_own(
    client: TestClient, body: dict, first: str, last: str
) -> None:
    """Readings, Dates: over a fixed range, over old names and over a period."""
    stored = ({"since": "2026-01-01", "until": "2026-01-31"}, {"period": "this_month"})
    tokens = [
        save(client, params=params("detailed"))["token"],
        *(save_moving(client, **each) for each in stored),
    ]
    for token in tokens:
        assert range_of(run(client, token, 1, body)) == (first, last)


def test_the_owner_may_give_another_period(client: TestClient) -> None:
    """D10.5: run-time keys override."""
    token = save_moving(client, period="today")
    assert range_of(run(client, token, 1, {"period": "last_year"})) == ("2025-01-01", "2025-12-31")
    assert refusal(run(client, token, 1, {"period": "x"})) == PERIOD_REFUSED


BAD_DATES = [
    ({"start_date": "x"}, "Invalid start_date format"),
    ({"end_date": 5}, "Invalid end_date format"),
    ({"start_date": "2005-12-31"}, "start_date should be within 2006-01-01 to 2030-01-01"),
    ({"end_date": "2030-01-02"}, "end_date should be within 2006-01-01 to 2030-01-01"),
    ({"start_date": "2026-02-01"}, "Start time must be before end time"),
]


@pytest.mark.parametrize(("body", "text"), BAD_DATES)
def test_bad_dates_are_told_as_everywhere(client: TestClient, body: dict, text: str) -> None:
    """D2.1, D2.3."""
    token = save(client, params=params("detailed"))["token"]
    answer = run(client, token, 1, body)
    assert (answer.status_code, answer.json()) == (400, text)


def test_a_weekly_report_is_seven_days(client: TestClient) -> None:
    """D8.9: every other length is refused, stored or given."""
    token = save(client, params=params("weekly"))["token"]
    assert range_of(run(client, token, 1)) == ("2026-01-05", "2026-01-11")
    wrong = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
    assert refusal(run(client, token, 1, wrong)) == PERIOD_REFUSED
    for period in ("today", "this_month", "last_30_days", "all"):
        moving = save_moving(client, kind="weekly", period=period)
        assert refusal(run(client, moving, 1)) == PERIOD_REFUSED


def test_a_weekly_report_starts_where_the_run_says(client: TestClient) -> None:
    """Readings, Dates: a start alone means that day and six more."""
    for token in (
        save(client, params=params("weekly"))["token"],
        save_moving(client, kind="weekly", period="last_week"),
    ):
        answer = run(client, token, 1, {"start_date": "2026-01-07"})
        assert range_of(answer) == ("2026-01-07", "2026-01-13")


@pytest.mark.parametrize("period", ["this_week", "last_week", "last_7_days"])
def test_a_weekly_report_may_move(client: TestClient, period: str) -> None:
    """D10.4."""
    token = save_moving(client, kind="weekly", period=period)
    assert range_of(run(client, token, 1)) == PERIODS[period]
