"""The oracle of the totals against sums done by hand."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.oracle.summary import Answer
from tests.oracle.totals import totals
from tests.worlds.instants import utc
from tests.worlds.named import ANA, PRIVATE_PROJECTS, RATE_HISTORY, SIX_MINUTES, TWO_CURRENCIES
from tests.worlds.world import Entry, Project, Rate, World

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
FEBRUARY_1 = {"start_date": "2024-02-01", "end_date": "2024-02-01"}

# An hour at 80.00 in euros and one at 9,000 in yen; nothing in the workspace's dollars.
ABROAD = World(
    users=(ANA,),
    projects=(Project(20, "Nord", currency="EUR"), Project(21, "Ost", currency="JPY")),
    rates=(Rate("workspace", 8_000), Rate("project", 900_000, project_id=21)),
    costs=(Rate("workspace_user", 2_500, user_id=1),),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "", 20, is_billable=True),
        Entry(2, 1, utc(2024, 2, 1, 10), utc(2024, 2, 1, 11), "", 21, is_billable=True),
    ),
)


def ask(world: World, viewer_id: int = 1, **body: object) -> dict[str, Any]:
    answer = totals(world, viewer_id, FEBRUARY_1 | body, NOW)
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


def test_totals_are_written_in_the_order_of_the_wire_without_a_graph() -> None:
    """D8.2; several currencies: the amount is that of the workspace's dollars (D6.5)."""
    answer = totals(TWO_CURRENCIES, 1, FEBRUARY_1, NOW)
    assert json.dumps(answer.body, separators=(",", ":")) == (
        '{"billable_amount_in_cents":10000,"labour_cost_in_cents":0,'
        '"rates":[{"billable_seconds":7200,"hourly_rate_in_cents":5000,"currency":"EUR"},'
        '{"billable_seconds":3600,"hourly_rate_in_cents":10000,"currency":"USD"}],'
        '"resolution":"day","seconds":12600,"tracked_days":1}'
    )
    assert answer.headers == {"X-Range-Start": "2024-02-01", "X-Range-End": "2024-02-01"}


def test_the_graph_comes_when_asked_for_and_other_switches_change_nothing() -> None:
    found = ask(TWO_CURRENCIES, with_graph=True)
    assert list(found)[:2] == ["billable_amount_in_cents", "graph"]
    assert found["graph"] == [
        {
            "billable_amount_in_cents": 10_000,
            "by_rate": {"5000": 7_200, "10000": 3_600},  # seconds of any currency (D6.6)
            "labour_cost_in_cents": 0,
            "seconds": 12_600,
        }
    ]
    alike = {"grouped": True, "withInlineRates": True, "with_graph": False}
    assert ask(TWO_CURRENCIES, **alike) == ask(TWO_CURRENCIES)


def test_an_amount_is_in_the_only_currency_else_in_the_workspaces() -> None:
    """D6.5: euros and yen are never added, and there are no dollars."""
    found = ask(ABROAD, with_graph=True)
    assert found["billable_amount_in_cents"] == 0
    assert found["graph"][0]["billable_amount_in_cents"] == 0
    assert found["labour_cost_in_cents"] == 5_000
    assert ask(ABROAD, project_ids=[21])["billable_amount_in_cents"] == 900_000
    assert ask(ABROAD, client_ids=[99])["billable_amount_in_cents"] == 0


def test_the_currency_is_the_reports_and_not_the_buckets() -> None:
    """Day 1 is euros only, yet the report has dollars too."""
    dollars = Entry(3, 1, utc(2024, 2, 2, 9), utc(2024, 2, 2, 10), "", is_billable=True)
    world = replace(ABROAD, entries=(*ABROAD.entries[:1], dollars))
    found = ask(world, end_date="2024-02-02", with_graph=True)
    assert [one["billable_amount_in_cents"] for one in found["graph"]] == [0, 8_000]
    assert [one["by_rate"] for one in found["graph"]] == [{"8000": 3_600}, {"8000": 3_600}]


def test_totals_add_exact_amounts_and_round_once() -> None:
    """D6.2: six minutes at 100.00 are 10.00."""
    assert ask(SIX_MINUTES)["billable_amount_in_cents"] == 1_000


def test_totals_are_rounded_as_asked_or_preferred() -> None:
    """D5.2, unlike a project's summary."""
    assert ask(SIX_MINUTES, rounding=1, rounding_minutes=15)["seconds"] == 5_400
    fussy = replace(
        ANA, report_rounding=True, report_rounding_direction=1, report_rounding_minutes=60
    )
    found = ask(replace(SIX_MINUTES, users=(fussy,)))
    assert (found["seconds"], found["billable_amount_in_cents"]) == (21_600, 60_000)
    down = ask(SIX_MINUTES, rounding=-1, rounding_minutes=15)
    assert (down["seconds"], down["tracked_days"]) == (0, 0)
    assert down["rates"] == [
        {"billable_seconds": 0, "hourly_rate_in_cents": 10_000, "currency": "USD"}
    ]


def test_filters_and_resolutions_are_those_of_the_other_reports() -> None:
    week = {"start_date": "2024-01-01", "end_date": "2024-01-07", "with_graph": True}
    found = ask(RATE_HISTORY, **week, task_ids=[30], granularity="week", resolution="day")
    assert (found["resolution"], len(found["graph"])) == ("week", 1)
    assert (found["billable_amount_in_cents"], found["tracked_days"]) == (19_500, 7)
    assert ask(RATE_HISTORY, **week, task_ids=[None])["seconds"] == 0


def test_amounts_are_for_who_may_see_them() -> None:
    """D6.7, D9.3, D9.5."""
    for found in (
        ask(PRIVATE_PROJECTS, 2, with_graph=True),
        ask(replace(PRIVATE_PROJECTS, plan="free"), 1, with_graph=True),
    ):
        assert found["billable_amount_in_cents"] is None
        assert (found["labour_cost_in_cents"], found["rates"]) == (None, None)
        assert [bucket["by_rate"] for bucket in found["graph"]] == [None]
    assert ask(PRIVATE_PROJECTS, 2)["seconds"] == 5 * 3_600


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "At least one parameter must be set"),
        ({"with_graph": 1}, "Invalid with_graph format"),
        ({"withInlineRates": "no"}, "Invalid withInlineRates format"),
        ({"grouped": 0}, "Invalid grouped format"),
        (
            {"resolution": "year"},
            "Invalid 'resolution' value, allowed values are: 'day, week, month'",
        ),
        (
            {"granularity": ""},
            "Invalid 'granularity' value, allowed values are: 'day, week, month'",
        ),
    ],
)
def test_a_wrong_body_is_refused_with_its_sentence(body: dict[str, Any], text: str) -> None:
    assert totals(ABROAD, 1, body, NOW) == Answer(400, text)
    refused = Answer(402, "Workspace needs to have this feature enabled")
    assert totals(replace(ABROAD, plan="free"), 1, {"billable": True}, NOW) == refused
