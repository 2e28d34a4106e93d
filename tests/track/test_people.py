"""The people of a workspace: listed, given roles, sent away and taken back (contract A.1, A.3; D3.3, D9.3)."""

from typing import Any

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, GONE, OTHER, UNKNOWN, Asker, refusal
from tests.track.money import totals
from tests.track.people import (
    NO_WORKSPACE,
    ORGANIZATION,
    WORKSPACE,
    members,
    membership,
    newcomer,
    snapshot,
)

WORDS = (
    "id uid user_id wid workspace_id name email admin workspace_admin organization_admin role"
    " active inactive at timezone group_ids rate rate_last_updated labor_cost"
    " labor_cost_last_updated working_hours_in_minutes is_direct avatar_file_name invite_url"
    " invitation_code 2fa_enabled role_id view_edit_billable_rates view_edit_labor_costs"
)
KEYS = WORDS.split()
USERS = f"{WORKSPACE}/users"
LAST_ADMIN = (400, "A workspace needs an active admin")
NO_PLACE = (400, "Workspace user not found/accessible by user")
OF_ORGANIZATION = f"/organizations/{ORGANIZATION}/workspaces/{AGENCY}/workspace_users"


def seconds_of_bo(agency: Asker) -> int:
    return totals(agency, user_ids=[BO])["seconds"]


@pytest.mark.parametrize("by", [ADA, BO])
def test_the_users_of_a_workspace_are_told_as_recorded(agency: Asker, by: int) -> None:
    rows = {row["id"]: row for row in agency.get(USERS, by)}
    assert set(rows) == {ADA, BO, GONE}
    expected = {
        "id": BO,
        "fullname": "Bo",
        "email": "bo@example.com",
        "is_active": True,
        "is_admin": False,
        "inactive": False,
        "role": "user",
    }
    assert {key: rows[BO][key] for key in expected} == expected
    assert (rows[ADA]["is_admin"], rows[ADA]["role"]) == (True, "admin")
    assert rows[GONE]["inactive"] is True


def test_the_deactivated_may_be_left_out(agency: Asker) -> None:
    assert {row["id"] for row in agency.get(USERS, exclude_deleted="true")} == {ADA, BO}
    assert {row["id"] for row in agency.get(USERS, exclude_deleted="false")} == {ADA, BO, GONE}


def test_workspace_users_have_the_keys_as_documented(agency: Asker) -> None:
    rows = members(agency)
    assert set(rows) == {ADA, BO, GONE}
    assert all(set(KEYS) <= set(row) for row in rows.values())
    bo = rows[BO]
    assert (bo["uid"], bo["user_id"], bo["wid"], bo["workspace_id"]) == (BO, BO, AGENCY, AGENCY)
    assert (bo["name"], bo["email"], bo["timezone"]) == ("Bo", "bo@example.com", "America/New_York")
    assert (bo["admin"], bo["workspace_admin"], bo["role"]) == (False, False, "user")
    assert (bo["group_ids"], bo["active"], bo["inactive"]) == ([70], True, False)
    assert (rows[ADA]["organization_admin"], rows[GONE]["inactive"]) == (True, True)


def test_invitation_links_and_costs_are_in_no_list_of_people(agency: Asker) -> None:
    agency.put(membership(agency, BO), {"rate": 70, "labor_cost": 30})
    assert [members(agency)[BO][key] for key in ("rate", "labor_cost")] == [70, 30]
    seen = members(agency, by=BO)
    assert [seen[BO][key] for key in ("rate", "labor_cost")] == [None, None]
    agency.put(WORKSPACE, {"only_admins_see_billable_rates": False})
    seen = members(agency, by=BO)
    assert [seen[BO][key] for key in ("rate", "labor_cost")] == [70, None]
    assert all((row["invite_url"], row["invitation_code"]) == (None, None) for row in seen.values())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [ADA, BO, GONE]),
        ({"name": "BO"}, [BO]),
        ({"search": "ada@"}, [ADA]),
        ({"active": "true"}, [ADA, BO]),
        ({"per_page": 1, "page": 2}, [BO]),
        ({"page": 9}, []),
    ],
)
def test_the_form_of_the_organization_filters(
    agency: Asker, query: dict[str, Any], found: list[int]
) -> None:
    rows = agency.get(OF_ORGANIZATION, **query)
    assert sorted(row["user_id"] for row in rows) == found
    assert all(row == members(agency)[row["user_id"]] for row in rows)


@pytest.mark.parametrize(
    "body", [{"role": "admin"}, {"admin": True}, {"role": "admin", "inactive": False}]
)
def test_a_member_becomes_an_admin_and_sees_all(agency: Asker, body: dict[str, Any]) -> None:
    assert agency.put(membership(agency, BO), body) == "OK"
    assert members(agency)[BO]["admin"] is True
    assert agency.get(WORKSPACE, BO)["role"] == "admin"
    assert totals(agency, BO) == totals(agency, ADA)
    assert agency.put(membership(agency, BO), {"role": "user"}) == "OK"
    assert agency.get(WORKSPACE, BO)["role"] == "user"
    assert totals(agency, BO)["billable_amount_in_cents"] is None


def test_a_role_is_given_by_the_id_of_the_person_too(agency: Asker) -> None:
    assert agency.put(f"{USERS}/{BO}", {"role": "admin"}) == "OK"
    assert members(agency)[BO]["role"] == "admin"
    assert agency.put(f"{USERS}/{BO}", {"inactive": True}) == "OK"
    assert members(agency)[BO]["inactive"] is True


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"role": "projectlead"}, "Invalid role_id."),
        ({"role": "teamlead"}, "Invalid role_id."),
        ({"role": 5}, "Invalid role format"),
        ({"inactive": "yes"}, "Invalid inactive format"),
        ({"rate": "much"}, "Invalid rate format"),
        ([], "JSON is not valid"),
    ],
)
def test_a_change_of_a_person_that_makes_no_sense_is_refused(
    agency: Asker, body: Any, text: str
) -> None:
    before = snapshot(agency)
    if isinstance(body, dict):
        body = {"admin": True, **body} if "role" not in body else body
    assert refusal(agency.ask("PUT", membership(agency, BO), json=body)) == (400, text)
    assert snapshot(agency) == before


def test_who_is_deactivated_is_out_at_once_and_his_time_stays(agency: Asker) -> None:
    before = seconds_of_bo(agency)
    assert agency.put(membership(agency, BO), {"inactive": True}) == "OK"
    for path in (WORKSPACE, f"{WORKSPACE}/projects", f"{WORKSPACE}/users"):
        assert refusal(agency.ask("GET", path, BO)) == NO_WORKSPACE
    assert agency.get("/me/workspaces", BO) == []
    assert agency.get("/me", BO)["id"] == BO
    assert seconds_of_bo(agency) == before == 5_700
    assert (members(agency)[BO]["inactive"], members(agency)[BO]["name"]) == (True, "Bo")


def test_who_is_removed_is_out_at_once_and_his_time_stays(agency: Asker) -> None:
    assert agency.delete(membership(agency, BO)) in {"OK", None}
    assert refusal(agency.ask("GET", WORKSPACE, BO)) == NO_WORKSPACE
    assert seconds_of_bo(agency) == 5_700
    assert agency.get(f"{WORKSPACE}/statistics")["members_count"] == 1
    assert agency.put(membership(agency, BO), {"inactive": False}) == "OK"
    assert agency.get(WORKSPACE, BO)["role"] == "user"


def test_who_comes_back_finds_his_place_as_it_was(agency: Asker) -> None:
    agency.put(membership(agency, BO), {"rate": 70})
    before, seen = members(agency)[BO], totals(agency, BO)
    agency.put(membership(agency, BO), {"inactive": True})
    agency.put(membership(agency, BO), {"inactive": False})
    moving = {"at"}
    after = members(agency)[BO]
    assert {key: after[key] for key in set(KEYS) - moving} == {
        key: before[key] for key in set(KEYS) - moving
    }
    assert totals(agency, BO) == seen
    assert 33 in {row["id"] for row in agency.get(f"{WORKSPACE}/projects", BO)}


def test_the_deactivated_of_long_ago_comes_back_too(agency: Asker) -> None:
    assert refusal(agency.ask("GET", WORKSPACE, GONE)) == NO_WORKSPACE
    agency.put(f"{USERS}/{GONE}", {"inactive": False, "role": "user"})
    assert agency.get(WORKSPACE, GONE)["role"] == "user"
    assert totals(agency, GONE, user_ids=[GONE])["seconds"] == 600


@pytest.mark.parametrize("body", [{"role": "user"}, {"admin": False}, {"inactive": True}, None])
def test_the_last_active_admin_stays(agency: Asker, body: dict[str, Any] | None) -> None:
    path, before = membership(agency, ADA), snapshot(agency)
    method = "DELETE" if body is None else "PUT"
    assert refusal(agency.ask(method, path, json=body)) == LAST_ADMIN
    if body is not None:
        assert refusal(agency.ask("PUT", f"{USERS}/{ADA}", json=body)) == LAST_ADMIN
    assert snapshot(agency) == before


def test_one_of_two_admins_may_go_but_not_the_other(agency: Asker) -> None:
    dan = newcomer(agency, workspaces=[{"workspace_id": AGENCY, "admin": True}])
    assert members(agency)[dan["id"]]["admin"] is True
    assert agency.put(membership(agency, dan["id"]), {"inactive": True}) == "OK"
    assert (
        refusal(agency.ask("PUT", membership(agency, ADA), json={"inactive": True})) == LAST_ADMIN
    )


@pytest.mark.parametrize("body", [{"admin": True}, {"inactive": True}, {"rate": 5}])
def test_a_foreign_and_an_unknown_place_look_the_same(agency: Asker, body: dict[str, Any]) -> None:
    [foreign] = [row["id"] for row in members(agency, OTHER, CLEO).values()]
    before = snapshot(agency), members(agency, OTHER, CLEO)
    for one in (foreign, UNKNOWN):
        path = f"{WORKSPACE}/workspace_users/{one}"
        assert refusal(agency.ask("PUT", path, json=body)) == NO_PLACE
        gone = (403, "Workspace user is not found or accessible")
        assert refusal(agency.ask("DELETE", path)) == gone
    for one in (CLEO, UNKNOWN):
        answer = agency.ask("PUT", f"{USERS}/{one}", json=body)
        assert refusal(answer) == (404, "User not found")
    assert (snapshot(agency), members(agency, OTHER, CLEO)) == before


def test_a_member_does_not_raise_himself(agency: Asker) -> None:
    before, path = snapshot(agency), membership(agency, BO)
    for body in ({"role": "admin"}, {"admin": True}, {"rate": 500}, {"labor_cost": 500}):
        assert agency.ask("PUT", path, BO, json=body).status_code == 403
        assert agency.ask("PUT", f"{USERS}/{BO}", BO, json=body).status_code == 403
    assert snapshot(agency) == before


def test_being_an_admin_here_is_being_nobody_elsewhere(agency: Asker) -> None:
    [place] = [row["id"] for row in members(agency, OTHER, CLEO).values()]
    answer = agency.ask(
        "PUT", f"/workspaces/{OTHER}/workspace_users/{place}", json={"admin": False}
    )
    assert refusal(answer) == NO_WORKSPACE
