"""Labour costs with history, and who sees rates and costs at all (D6.4, D6.7, D9.3, D9.5).

Bo, who lives by New York's clock, has 45 minutes on 5 January (the 6th in UTC), 30 on the 6th, 20 on the 7th.
"""

from typing import Any

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, EVE, FREE, GONE, OTHER, Asker, refusal
from tests.track.money import (
    RATES,
    amount,
    bo_on,
    cost,
    give,
    given,
    history,
    place_of,
    show_rates_to_members,
    spans,
    totals,
)
from tests.track.people import NO_WORKSPACE, WORKSPACE, members, membership, snapshot

HIDDEN = (403, "User cannot access billable rate(s).")
TOO_CHEAP = (402, "Billable rates are available for Starter and higher plans.")
OF_BO = {"user_ids": [BO]}
PROJECT = f"{WORKSPACE}/projects/30"


@pytest.mark.parametrize(
    ("kind", "when", "cents"),
    [
        ("labor_costs", {"start": "2026-01-05"}, 4_750),
        ("labor_costs", {"start": "2026-01-06"}, 2_500),  # the 45 minutes are the 6th in UTC only
        ("labor_rates", {"start": "2026-01-07"}, 1_000),
        ("labor_rates", {"start": "2026-01-08"}, 0),
        ("labor_costs", {"mode": "start-today"}, 0),
        ("labor_rates", {"mode": "override-all"}, 4_750),
    ],
)
def test_a_persons_time_costs_from_the_first_day_on(
    agency: Asker, kind: str, when: dict[str, str], cents: int
) -> None:
    given(agency, "workspace_user", place_of(agency, BO), 30, type=kind, **when)
    assert cost(agency, **OF_BO) == cents
    assert cost(agency, user_ids=[ADA, GONE]) == 0


def test_costs_and_rates_are_two_histories(agency: Asker) -> None:
    place = place_of(agency, BO)
    given(agency, "workspace_user", place, 30, type="labor_costs")
    given(agency, "workspace_user", place, 70)
    assert spans(agency, "workspace_user", place, "labor_costs") == [(30, None, None)]
    assert spans(agency, "workspace_user", place) == [(70, None, None)]
    [row] = history(agency, "workspace_user", place, "labor_costs")
    assert (row["type"], row["workspace_user_id"]) == ("labor_costs", place)
    assert amount(agency, project_ids=[30]) == 29_667


def test_a_cost_on_a_project_goes_before_a_persons_cost(agency: Asker) -> None:
    agency.put(membership(agency, BO), {"labor_cost": 30, "labor_cost_change_mode": "override-all"})
    place = bo_on(agency, labor_cost=40, labor_cost_change_mode="override-all")
    assert members(agency)[BO]["labor_cost"] == 30
    assert spans(agency, "project_user", place, "labor_costs") == [(40, None, None)]
    assert cost(agency, time_entry_ids=[103]) == 3_000
    assert cost(agency, **OF_BO) == 3_000 + 2_500
    path = f"{WORKSPACE}/project_users/{place}"
    told = agency.put(path, {"labor_cost": 60, "labor_cost_change_mode": "override-all"})
    assert (told["labor_cost"], cost(agency, time_entry_ids=[103])) == (60, 4_500)
    patch = [{"op": "replace", "path": "/labor_cost", "value": None}]
    assert agency.patch(path, patch)["success"] == [place]
    [row] = [row for row in agency.get(f"{WORKSPACE}/project_users") if row["id"] == place]
    assert row["labor_cost"] is None
    assert cost(agency, time_entry_ids=[103]) == 4_500  # only from today on


@pytest.mark.parametrize("empty", [{"labor_cost": None}, {"postedFields": ["labor_cost"]}])
def test_a_cost_is_taken_away_from_today_on(agency: Asker, empty: dict[str, Any]) -> None:
    path = membership(agency, BO)
    agency.put(path, {"labor_cost": 30, "labor_cost_change_mode": "override-all"})
    assert agency.put(path, empty) == "OK"
    assert members(agency)[BO]["labor_cost"] is None
    assert cost(agency, **OF_BO) == 4_750
    body = {"start": "2026-01-20T08:00:00Z", "duration": 3600, "created_with": "test"}
    made = agency.post(f"{WORKSPACE}/time_entries", body, BO)["id"]
    assert cost(agency, time_entry_ids=[made]) == 0


@pytest.mark.parametrize(("level", "level_id"), [("workspace", 10), ("project", 30), ("task", 40)])
def test_only_people_have_costs(agency: Asker, level: str, level_id: int) -> None:
    before = snapshot(agency)
    status, text = refusal(give(agency, level, level_id, 30, type="labor_costs"))
    assert (status, text.startswith("Invalid level")) == (400, True)
    assert (snapshot(agency), cost(agency)) == (before, 0)


def test_a_member_is_told_no_amount_and_no_cost(agency: Asker) -> None:
    given(agency, "workspace_user", place_of(agency, BO), 30, type="labor_costs")
    seen = totals(agency, BO)
    assert [seen[key] for key in ("billable_amount_in_cents", "labour_cost_in_cents")] == [None] * 2
    show_rates_to_members(agency)
    assert amount(agency, BO, project_ids=[30]) == 29_667
    assert cost(agency, BO) is None
    assert cost(agency) == 4_750


def test_a_member_sees_no_rate_in_the_things_until_rates_are_shown(agency: Asker) -> None:
    place = bo_on(agency, rate=80, labor_cost=40)
    paths = [PROJECT, f"{WORKSPACE}/projects", f"{WORKSPACE}/project_users"]

    def seen(by: int) -> tuple[Any, ...]:
        [listed] = [row for row in agency.get(paths[1], by) if row["id"] == 30]
        [person] = [row for row in agency.get(paths[2], by) if row["id"] == place]
        return agency.get(PROJECT, by)["rate"], listed["rate"], person["rate"], person["labor_cost"]

    assert seen(ADA) == (120, 120, 80, 40)
    assert seen(BO) == (None, None, None, None)
    show_rates_to_members(agency)
    assert seen(BO) == (120, 120, 80, None)


@pytest.mark.parametrize("shown", [False, True])
def test_histories_are_for_admins(agency: Asker, *, shown: bool) -> None:
    if shown:
        show_rates_to_members(agency)
    for path in ("project/30", "task/40", f"workspace/{AGENCY}", "project/60"):
        for kind in ("billable_rates", "labor_costs"):
            answer = agency.ask("GET", f"{RATES}/{path}", BO, params={"type": kind})
            assert refusal(answer) == HIDDEN


@pytest.mark.parametrize("kind", ["billable_rates", "labor_costs"])
def test_a_member_gives_no_rate(agency: Asker, kind: str) -> None:
    before, place = snapshot(agency), place_of(agency, BO)
    assert refusal(give(agency, "workspace_user", place, 500, by=BO, type=kind)) == HIDDEN
    assert refusal(give(agency, "workspace_user", place, 500, by=CLEO, type=kind)) == NO_WORKSPACE
    assert refusal(give(agency, "workspace_user", place, 500, by=GONE, type=kind)) == NO_WORKSPACE
    assert snapshot(agency) == before


def test_a_manager_of_a_project_gives_no_rate_there(agency: Asker) -> None:
    place = bo_on(agency, manager=True)
    show_rates_to_members(agency)
    before, path = snapshot(agency), f"{WORKSPACE}/project_users/{place}"
    assert agency.ask("PUT", PROJECT, BO, json={"name": "Mine", "rate": 5}).status_code == 403
    assert agency.ask("PUT", path, BO, json={"rate": 500}).status_code == 403
    assert agency.ask("PUT", path, BO, json={"labor_cost": 500}).status_code == 403
    body = {"project_id": 30, "user_id": ADA, "rate": 500}
    assert agency.ask("POST", f"{WORKSPACE}/project_users", BO, json=body).status_code == 403
    assert snapshot(agency) == before
    assert agency.put(PROJECT, {"name": "Ours"}, BO)["name"] == "Ours"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("project/60", "Invalid entity ID"),
        ("project/987654321", "Invalid entity ID"),
        ("project/x", "Invalid entity ID"),
        (f"workspace/{OTHER}", "Invalid entity ID"),
        ("task/987654321", "Task not found in workspace"),
        ("workspace_user/987654321", "User not found in workspace"),
        ("galaxy/1", "Invalid level"),
        ("project/30?type=bribes", "Invalid type"),
    ],
)
def test_a_history_of_what_is_not_there_is_not_told(agency: Asker, path: str, text: str) -> None:
    status, said = refusal(agency.ask("GET", f"{RATES}/{path}"))
    assert (status, said[: len(text)]) == (400, text)


def test_the_rates_of_a_foreign_person_are_neither_told_nor_given(agency: Asker) -> None:
    [foreign] = [row["id"] for row in members(agency, OTHER, CLEO).values()]
    for answer in (
        agency.ask("GET", f"{RATES}/workspace_user/{foreign}"),
        give(agency, "workspace_user", foreign, 5),
    ):
        assert refusal(answer) == (400, "User not found in workspace")
    assert members(agency, OTHER, CLEO)[CLEO]["rate"] is None


def test_the_free_plan_has_no_rates(agency: Asker) -> None:
    path = f"/workspaces/{FREE}/rates"
    body = {"level": "workspace", "level_id": FREE, "amount": 50, "mode": "override-all"}
    answer = agency.ask("POST", path, EVE, json={**body, "type": "billable_rates"})
    assert refusal(answer) == TOO_CHEAP
    assert refusal(agency.ask("GET", f"{path}/workspace/{FREE}", EVE)) == TOO_CHEAP
    assert agency.get(f"/workspaces/{FREE}", EVE)["default_hourly_rate"] is None
