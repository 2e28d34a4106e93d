"""Rates given on the things themselves: projects, people on projects, people, the workspace (contract A.3; D6.3)."""

from typing import Any

import pytest

from tests.track.asking import AGENCY, BO, Asker, refusal
from tests.track.money import (
    APP,
    BUILDING,
    WEBSITE,
    amount,
    bo_on,
    given,
    make_building_billable,
    place_of,
    spans,
)
from tests.track.people import WORKSPACE, members, membership, snapshot

PROJECT = f"{WORKSPACE}/projects/30"
APP_PROJECT = f"{WORKSPACE}/projects/31"
BEFORE = 29_667
MODES = [("start-today", BEFORE), ("override-current", 25_167), ("override-all", 24_000)]


def tracked_today(agency: Asker, project_id: int) -> int:
    """A billable hour of Ada's, today."""
    body = {
        "start": "2026-01-20T08:00:00Z",
        "duration": 3600,
        "billable": True,
        "project_id": project_id,
        "created_with": "test",
    }
    return agency.post(f"{WORKSPACE}/time_entries", body)["id"]


@pytest.mark.parametrize(("mode", "cents"), MODES)
def test_a_project_is_given_a_rate_in_every_mode(agency: Asker, mode: str, cents: int) -> None:
    told = agency.put(PROJECT, {"rate": 90, "rate_change_mode": mode})
    assert told["rate"] == agency.get(PROJECT)["rate"] == 90
    assert told["rate_last_updated"] is not None
    assert amount(agency, **WEBSITE) == cents


def test_without_a_mode_a_rate_holds_from_today(agency: Asker) -> None:
    entry_id = tracked_today(agency, 30)
    agency.put(PROJECT, {"rate": 90})
    assert spans(agency, "project", 30)[-1] == (90, "2026-01-20", None)
    assert amount(agency, time_entry_ids=[entry_id]) == 9_000
    assert amount(agency, time_entry_ids=[100, 101, 106]) == BEFORE


def test_a_project_tells_the_rate_of_today(agency: Asker) -> None:
    assert agency.get(PROJECT)["rate"] == 120
    given(agency, "project", 30, 90, start="2026-02-01")
    assert agency.get(PROJECT)["rate"] == 120
    given(agency, "project", 30, 95, start="2026-01-15")
    assert agency.get(PROJECT)["rate"] == 95


def test_no_rate_from_today_on_leaves_the_past_alone(agency: Asker) -> None:
    entry_id = tracked_today(agency, 30)
    assert agency.put(PROJECT, {"rate": None})["rate"] is None
    assert amount(agency, time_entry_ids=[100, 101, 106]) == BEFORE
    assert amount(agency, time_entry_ids=[entry_id]) == 6_000  # the workspace's


def test_no_rate_at_any_time_falls_to_the_workspace(agency: Asker) -> None:
    agency.put(PROJECT, {"rate": None, "rate_change_mode": "override-all"})
    assert agency.get(PROJECT)["rate"] is None
    assert amount(agency, **WEBSITE) == 16_000


def test_a_new_project_is_made_with_a_rate(agency: Asker) -> None:
    body = {"name": "Paid", "active": True, "billable": True, "rate": 75.25}
    made = agency.post(f"{WORKSPACE}/projects", body)
    assert made["rate"] == 75.25
    entry_id = tracked_today(agency, made["id"])
    assert amount(agency, time_entry_ids=[entry_id]) == 7_525


def test_another_change_of_a_project_leaves_its_rates(agency: Asker) -> None:
    before = spans(agency, "project", 30)
    agency.put(PROJECT, {"name": "Website 2"})
    assert spans(agency, "project", 30) == before
    assert amount(agency, **WEBSITE) == BEFORE


@pytest.mark.parametrize(
    "change",
    [
        {"rate": 90, "rate_change_mode": "sometimes"},
        {"rate": "much"},
        {"rate": -1},
        {"rate": 10**18},
    ],
)
def test_a_rate_that_makes_no_sense_leaves_the_thing_as_it_was(
    agency: Asker, change: dict[str, Any]
) -> None:
    place, person = f"{WORKSPACE}/project_users/{bo_on(agency)}", membership(agency, BO)
    before = snapshot(agency)
    for path in (PROJECT, place, person):
        body = {**change, "name": "Renamed", "manager": True, "admin": True}
        assert refusal(agency.ask("PUT", path, json=body))[0] == 400
    body = {key.replace("rate", "default_hourly_rate", 1): value for key, value in change.items()}
    body["rate_change_mode"] = change.get("rate_change_mode", "start-today")
    body = {**body, "name": "Renamed"}
    assert refusal(agency.ask("PUT", WORKSPACE, json=body))[0] == 400
    assert snapshot(agency) == before


def test_somebody_is_put_on_a_project_with_a_rate(agency: Asker) -> None:
    make_building_billable(agency)
    place = bo_on(agency, rate=80, rate_change_mode="override-all")
    assert amount(agency, **BUILDING) == 6_000
    assert spans(agency, "project_user", place) == [(80, None, None)]
    path = f"{WORKSPACE}/project_users/{place}"
    told = agency.put(path, {"rate": 40, "rate_change_mode": "override-all"})
    assert (told["rate"], told["rate_last_updated"] is None) == (40, False)
    assert amount(agency, **BUILDING) == 3_000
    assert agency.put(path, {"rate": None, "rate_change_mode": "override-all"})["rate"] is None
    assert amount(agency, **BUILDING) == 7_500


def test_a_rate_on_a_project_may_be_patched(agency: Asker) -> None:
    place = bo_on(agency)
    patch = [{"op": "replace", "path": "/rate", "value": 80}]
    told = agency.patch(f"{WORKSPACE}/project_users/{place}", patch)
    assert told == {"success": [place], "failure": []}
    assert spans(agency, "project_user", place) == [(80, "2026-01-20", None)]


def test_who_leaves_a_project_leaves_what_was_earned_there_as_it_was(agency: Asker) -> None:
    make_building_billable(agency)
    place = bo_on(agency, rate=80, rate_change_mode="override-all")
    agency.delete(f"{WORKSPACE}/project_users/{place}")
    assert amount(agency, **BUILDING) == 6_000


def test_a_person_is_given_a_rate_in_the_workspace(agency: Asker) -> None:
    path = membership(agency, 1)
    assert agency.put(path, {"rate": 80, "rate_change_mode": "override-all"}) == "OK"
    assert members(agency)[1]["rate"] == 80
    assert members(agency)[1]["rate_last_updated"] is not None
    assert spans(agency, "workspace_user", place_of(agency, 1)) == [(80, None, None)]
    assert amount(agency, **APP) == 933
    assert amount(agency, **WEBSITE) == BEFORE


@pytest.mark.parametrize("empty", [{"rate": None}, {"postedFields": ["rate"]}])
def test_a_person_loses_his_rate_from_today_on(agency: Asker, empty: dict[str, Any]) -> None:
    path, entry_id = membership(agency, 1), tracked_today(agency, 31)
    agency.put(path, {"rate": 80, "rate_change_mode": "override-all"})
    assert amount(agency, time_entry_ids=[entry_id]) == 8_000
    assert agency.put(path, empty) == "OK"
    assert members(agency)[1]["rate"] is None
    assert amount(agency, time_entry_ids=[entry_id]) == 6_000
    assert amount(agency, time_entry_ids=[102]) == 933


def test_a_change_of_role_leaves_the_rate(agency: Asker) -> None:
    path = membership(agency, BO)
    agency.put(path, {"rate": 80})
    agency.put(path, {"role": "admin"})
    assert members(agency)[BO]["rate"] == 80


@pytest.mark.parametrize(
    ("body", "cents"),
    [
        ({"default_hourly_rate": 80}, 700),
        ({"default_hourly_rate": 80, "rate_change_mode": "start-today"}, 700),
        ({"default_hourly_rate": 80, "rate_change_mode": "override-current"}, 933),
        ({"default_hourly_rate": 80, "rate_change_mode": "override-all"}, 933),
        ({"default_hourly_rate": None, "rate_change_mode": "override-all"}, 0),
    ],
)
def test_the_workspace_is_given_a_default_rate(
    agency: Asker, body: dict[str, Any], cents: int
) -> None:
    told = agency.put(WORKSPACE, body)
    assert told["default_hourly_rate"] == body["default_hourly_rate"]
    assert agency.get(WORKSPACE)["default_hourly_rate"] == body["default_hourly_rate"]
    assert amount(agency, **APP) == cents
    assert amount(agency, **WEBSITE) == BEFORE


def test_what_is_given_on_a_thing_and_by_its_rates_is_one_history(agency: Asker) -> None:
    agency.put(APP_PROJECT, {"rate": 90})
    given(agency, "project", 31, 70, start="2026-01-01")
    assert spans(agency, "project", 31)[-2:] == [
        (70, "2026-01-01", "2026-01-20"),
        (90, "2026-01-20", None),
    ]
    assert amount(agency, **APP) == 817
    given(agency, "workspace", AGENCY, 33, mode="override-all")
    assert agency.get(WORKSPACE)["default_hourly_rate"] == 33
