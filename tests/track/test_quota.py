"""The vendor's hourly quota: off unless asked for; counted per person and organization when on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2 as httpx
import pytest

from gnomon.model.account import Plan
from gnomon.store.changes import Touched, take_change
from gnomon.store.workspaces import find_workspace, put_workspace
from tests.track.asking import ADA, AGENCY, BO, EVE, FREE, ORGANIZATIONS, OTHER, UNKNOWN, Asker
from tests.track.asking import refusal as refused

HEADERS = ("x-toggl-quota-remaining", "x-toggl-quota-resets-in", "x-toggl-quota-total")
AGENCY_PATH, FREE_PATH = f"/workspaces/{AGENCY}", f"/workspaces/{FREE}"
FREE_REPORT = f"/reports/api/v3/workspace/{FREE}/summary/time_entries"
SUMMARY = {"start_date": "2026-01-01", "end_date": "2026-01-31"}


@pytest.fixture(name="metered")
def fixture_metered(agency: Asker) -> Asker:
    return Asker(replace(agency.services, emulates_quota=True))


def quota(answer: httpx.Response) -> tuple[int, int, int]:
    """Remaining, seconds until the reset, total."""
    remaining, resets, total = (int(answer.headers[name]) for name in HEADERS)
    return remaining, resets, total


def spend(metered: Asker, count: int, path: str = FREE_PATH, by: int = EVE) -> httpx.Response:
    answer = metered.ask("GET", path, by)
    for _ in range(count - 1):
        answer = metered.ask("GET", path, by)
    return answer


def put_plan(agency: Asker, workspace_id: int, plan: Plan, **more: Any) -> None:
    def change(connection: Any) -> None:
        workspace = find_workspace(connection, workspace_id)
        assert workspace is not None
        take_change(connection, workspace_id, Touched.WORKSPACE, 0)
        put_workspace(connection, replace(workspace, plan=plan, **more))

    agency.services.database.write(change)


def standings(metered: Asker, by: int = EVE) -> dict[int | None, dict[str, int]]:
    return {row["organization_id"]: row for row in metered.get("/me/quota", by)}


def move(metered: Asker, seconds: int) -> None:
    metered.now += timedelta(seconds=seconds)


def test_nothing_is_counted_unless_it_is_asked_for(agency: Asker) -> None:
    for _ in range(35):
        answer = agency.ask("GET", FREE_PATH, EVE)
        assert answer.status_code == 200
        assert not set(HEADERS) & set(answer.headers)
    assert agency.get("/me/quota", EVE) == []
    report = agency.ask("POST", FREE_REPORT, EVE, json=SUMMARY)
    assert not set(HEADERS) & set(report.headers)


def test_the_first_call_opens_an_hour(metered: Asker) -> None:
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (29, 3600, 30)
    move(metered, 100)
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (28, 3500, 30)


def test_each_header_stands_once(metered: Asker) -> None:
    headers = metered.ask("GET", FREE_PATH, EVE).headers
    assert [len(headers.get_list(name)) for name in HEADERS] == [1, 1, 1]


@pytest.mark.parametrize(
    ("plan", "total"),
    [(Plan.FREE, 30), (Plan.STARTER, 240), (Plan.PREMIUM, 600), (Plan.ENTERPRISE, 600)],
)
def test_the_plan_says_how_many_calls_there_are(
    agency: Asker, metered: Asker, plan: Plan, total: int
) -> None:
    put_plan(agency, FREE, plan)
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (total - 1, 3600, total)


def test_the_best_plan_of_an_organization_counts(agency: Asker, metered: Asker) -> None:
    put_plan(agency, OTHER, Plan.STARTER, organization_id=ORGANIZATIONS[FREE])
    assert quota(metered.ask("GET", FREE_PATH, EVE))[2] == 240


def test_what_is_over_the_quota_costs_money_elsewhere(metered: Asker) -> None:
    last = spend(metered, 30)
    assert last.status_code == 200
    assert quota(last) == (0, 3600, 30)
    move(metered, 3_467)
    answer = metered.ask("GET", FREE_PATH, EVE)
    told = "You have hit your hourly limit for API calls. The quota will reset in 133 seconds."
    assert refused(answer) == (402, told)
    assert quota(answer) == (0, 133, 30)


def test_refused_calls_neither_prolong_the_hour_nor_count_below_zero(metered: Asker) -> None:
    spend(metered, 33)
    move(metered, 3_599)
    answer = spend(metered, 2)
    assert answer.status_code == 402
    assert quota(answer) == (0, 1, 30)
    assert answer.json().endswith("The quota will reset in 1 seconds.")
    move(metered, 1)
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (29, 3600, 30)


def test_the_hour_is_fixed_and_does_not_slide(metered: Asker) -> None:
    spend(metered, 1)
    move(metered, 3_500)
    spend(metered, 29)
    assert metered.ask("GET", FREE_PATH, EVE).status_code == 402
    move(metered, 100)
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (29, 3600, 30)


def test_an_hour_without_calls_does_not_begin(metered: Asker) -> None:
    spend(metered, 1)
    move(metered, 10_000)
    assert quota(metered.ask("GET", FREE_PATH, EVE)) == (29, 3600, 30)


def test_a_refused_call_does_nothing(metered: Asker) -> None:
    spend(metered, 30)
    body = {"name": "late"}
    assert metered.ask("POST", f"{FREE_PATH}/tags", EVE, json=body).status_code == 402
    move(metered, 3_600)
    assert metered.get(f"{FREE_PATH}/tags", EVE) == []


CALLS: list[tuple[str, Callable[[Asker], httpx.Response]]] = [
    ("workspace", lambda asker: asker.ask("GET", FREE_PATH, EVE)),
    ("organization", lambda asker: asker.ask("GET", f"/organizations/{ORGANIZATIONS[FREE]}", EVE)),
    ("report", lambda asker: asker.ask("POST", FREE_REPORT, EVE, json=SUMMARY)),
    (
        "utility",
        lambda asker: asker.ask("POST", f"/reports/api/v3/workspace/{FREE}/filters/users", EVE),
    ),
    ("file", lambda asker: asker.ask("POST", f"{FREE_REPORT}.csv", EVE, json=SUMMARY)),
    ("not found", lambda asker: asker.ask("GET", f"{FREE_PATH}/projects/987", EVE)),
    ("bad body", lambda asker: asker.ask("POST", f"{FREE_PATH}/tags", EVE, content=b"{")),
]


@pytest.mark.parametrize(("name", "call"), CALLS)
def test_all_calls_about_an_organization_count_together(
    metered: Asker, name: str, call: Callable[[Asker], httpx.Response]
) -> None:
    spend(metered, 10)
    assert quota(call(metered)) == (19, 3600, 30), name


@pytest.mark.parametrize("path", ["/me", "/workspaces", "/me/workspaces", "/me/time_entries"])
def test_calls_about_no_organization_count_by_themselves(metered: Asker, path: str) -> None:
    assert quota(metered.ask("GET", path, EVE)) == (29, 3600, 30)
    spend(metered, 5)
    assert quota(metered.ask("GET", "/me/organizations", EVE)) == (28, 3600, 30)
    spend(metered, 28, "/me")
    assert metered.ask("GET", path, EVE).status_code == 402
    assert metered.ask("GET", FREE_PATH, EVE).status_code == 200


def test_a_person_on_a_great_plan_has_thirty_calls_about_himself(metered: Asker) -> None:
    assert quota(metered.ask("GET", "/me", ADA)) == (29, 3600, 30)
    assert quota(metered.ask("GET", AGENCY_PATH, ADA)) == (599, 3600, 600)


def test_each_person_has_his_own(agency: Asker, metered: Asker) -> None:
    put_plan(agency, AGENCY, Plan.FREE)
    spend(metered, 31, AGENCY_PATH, ADA)
    assert metered.ask("GET", AGENCY_PATH, ADA).status_code == 402
    assert quota(metered.ask("GET", AGENCY_PATH, BO)) == (29, 3600, 30)


def test_foreign_and_unknown_workspaces_look_alike(metered: Asker) -> None:
    foreign = metered.ask("GET", AGENCY_PATH, EVE)
    unknown = metered.ask("GET", f"/workspaces/{UNKNOWN}", EVE)
    assert foreign.status_code == unknown.status_code == 403
    totals = [answer.headers.get(HEADERS[2]) for answer in (foreign, unknown)]
    assert totals[0] == totals[1] != "600"


def test_a_feature_that_the_plan_lacks_tells_the_quota_too(metered: Asker) -> None:
    """A known client reads the headers on every 402."""
    path = f"/reports/api/v3/workspace/{FREE}/filters/tasks/status"
    answer = metered.ask("POST", path, EVE, json={"ids": [1]})
    assert refused(answer) == (402, "Tasks are a premium feature")
    assert quota(answer) == (29, 3600, 30)


@pytest.mark.parametrize("path", ["/status", "/currencies", "/timezones", "/countries"])
def test_what_needs_no_credentials_is_not_counted(metered: Asker, path: str) -> None:
    answer = metered.ask("GET", path, None)
    assert answer.status_code == 200
    assert not set(HEADERS) & set(answer.headers)


def test_strangers_are_not_counted(metered: Asker) -> None:
    nobody = metered.ask("GET", FREE_PATH, None)
    wrong = metered.ask("GET", FREE_PATH, auth=("0" * 32, "api_token"))
    assert (nobody.status_code, wrong.status_code) == (401, 403)
    assert not set(HEADERS) & (set(nobody.headers) | set(wrong.headers))


def test_the_quota_can_be_read_and_that_is_free(metered: Asker) -> None:
    spend(metered, 3)
    spend(metered, 2, "/me")
    move(metered, 60)
    for _ in range(3):
        told = standings(metered)
    assert told[ORGANIZATIONS[FREE]] == {
        "organization_id": ORGANIZATIONS[FREE],
        "remaining": 27,
        "resets_in_secs": 3_540,
        "total": 30,
    }
    assert told[None] == {
        "organization_id": None,
        "remaining": 28,
        "resets_in_secs": 3_540,
        "total": 30,
    }
    assert set(told) == {None, ORGANIZATIONS[FREE]}
    assert quota(metered.ask("GET", "/me", EVE))[0] == 27


def test_the_quota_can_be_read_when_it_is_spent(metered: Asker) -> None:
    spend(metered, 31, "/me")
    spend(metered, 31)
    told = standings(metered)
    assert (told[None]["remaining"], told[ORGANIZATIONS[FREE]]["remaining"]) == (0, 0)


def test_the_quota_of_others_is_not_told(metered: Asker) -> None:
    spend(metered, 3, AGENCY_PATH, ADA)
    assert ORGANIZATIONS[AGENCY] not in standings(metered, EVE)
    bo = standings(metered, BO)
    assert bo.get(ORGANIZATIONS[AGENCY], {"remaining": 600})["remaining"] == 600
