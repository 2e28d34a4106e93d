"""Organizations: read, made, renamed, their people listed, their workspaces added (contract A.2, A.3; D9.2)."""

from typing import Any

import pytest

from tests.track.asking import (
    ADA,
    AGENCY,
    BO,
    CLEO,
    EVE,
    FREE,
    GONE,
    ORGANIZATIONS,
    OTHER,
    UNKNOWN,
    Asker,
    refusal,
    told,
)
from tests.track.people import (
    INVITATIONS,
    NO_ORGANIZATION,
    ORGANIZATION,
    WORKSPACE,
    invitation,
    members,
    newcomer,
    snapshot,
)

PATH = f"/organizations/{ORGANIZATION}"
USERS = f"{PATH}/users"
WORDS = (
    "id name pricing_plan_id created_at at server_deleted_at is_multi_workspace_enabled"
    " suspended_at user_count trial_info is_unified max_workspaces permissions admin owner"
    " pricing_plan_name pricing_plan_enterprise"
)
KEYS = WORDS.split()
NEW = {"name": "North", "workspace_name": "Harbour"}


def test_an_organization_has_the_keys_as_recorded(agency: Asker) -> None:
    one = agency.get(PATH)
    assert set(KEYS) <= set(one)
    assert (one["id"], one["max_workspaces"], one["permissions"]) == (ORGANIZATION, 20, None)
    assert (one["pricing_plan_name"], one["pricing_plan_enterprise"]) == ("Enterprise", True)
    assert one["created_at"].endswith("Z")
    assert agency.get("/me/organizations") == [one]


def test_an_organization_tells_its_plan(agency: Asker) -> None:
    free = agency.get(f"/organizations/{ORGANIZATIONS[FREE]}", EVE)
    assert (free["pricing_plan_name"], free["pricing_plan_enterprise"]) == ("Free", False)


@pytest.mark.parametrize(("by", "is_it"), [(ADA, True), (BO, False)])
def test_an_organization_tells_whether_who_asks_runs_it(
    agency: Asker, by: int, *, is_it: bool
) -> None:
    one = agency.get(PATH, by)
    assert (one["admin"], one["owner"]) == (is_it, is_it)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PUT", "", {"name": "Mine"}),
        ("GET", "/users", None),
        ("GET", "/groups", None),
        ("POST", "/groups", {"name": "Rebels"}),
        ("POST", "/workspaces", {"name": "Annex"}),
        ("POST", "/invitations", invitation("dan@example.com")),
    ],
)
def test_a_foreign_an_unknown_and_a_left_organization_look_the_same(
    agency: Asker, method: str, path: str, body: Any
) -> None:
    before = snapshot(agency)
    asked = [
        (ORGANIZATIONS[OTHER], ADA),
        (UNKNOWN, ADA),
        (ORGANIZATION, CLEO),
        (ORGANIZATION, GONE),
    ]
    answers = [
        agency.ask(method, f"/organizations/{one}{path}", by, json=body) for one, by in asked
    ]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert [refusal(answer) for answer in answers] == [NO_ORGANIZATION] * 4
    assert snapshot(agency) == before


@pytest.mark.parametrize("sent", ["0", "-1", "x", "9223372036854775808"])
def test_an_id_that_can_be_none_is_refused(agency: Asker, sent: str) -> None:
    for method in ("GET", "PUT"):
        answer = agency.ask(method, f"/organizations/{sent}", json={"name": "A"})
        assert refusal(answer) == (400, "Invalid organization ID")


def test_without_credentials_nothing_of_an_organization_is_told(agency: Asker) -> None:
    for method, path in [("GET", PATH), ("PUT", PATH), ("GET", USERS), ("POST", "/organizations")]:
        answer = agency.ask(method, path, by=None, json=NEW)
        assert (answer.status_code, answer.content) == (401, b"")


def test_anybody_may_found_an_organization_and_runs_it(agency: Asker) -> None:
    made = agency.post("/organizations", NEW, BO)
    assert set(made) == {"id", "name", "permissions", "workspace_id", "workspace_name"}
    assert (made["name"], made["workspace_name"]) == ("North", "Harbour")
    one = agency.get(f"/organizations/{made['id']}", BO)
    assert (one["name"], one["admin"], one["owner"], one["user_count"]) == ("North", True, True, 1)
    workspace = agency.get(f"/workspaces/{made['workspace_id']}", BO)
    assert (workspace["name"], workspace["role"]) == ("Harbour", "admin")
    assert workspace["organization_id"] == made["id"]
    assert {row["id"] for row in agency.get("/me/organizations", BO)} == {ORGANIZATION, made["id"]}
    assert {row["id"] for row in agency.get("/workspaces", BO)} == {AGENCY, made["workspace_id"]}


def test_a_new_workspace_reports_nothing_and_is_closed_to_others(agency: Asker) -> None:
    made = agency.post("/organizations", NEW, BO)
    report = f"/reports/api/v3/workspace/{made['workspace_id']}/summary/time_entries"
    days = {"start_date": "2026-01-01", "end_date": "2026-01-31"}
    assert agency.post(report, days, BO) == {"groups": []}
    assert agency.ask("POST", report, ADA, json=days).status_code == 403
    assert agency.ask("GET", f"/organizations/{made['id']}", ADA).status_code == 404


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"name": ""}, "Field 'name' cannot be empty."),
        ({"name": "  "}, "Field 'name' cannot be empty."),
        ({"name": None}, "Field 'name' cannot be empty."),
        ({"name": "x" * 141}, "organization name too long, maximum length is 140"),
        ({"workspace_name": " "}, "workspace name must contain non-space characters"),
        ({"workspace_name": None}, "workspace name must be provided"),
        ({"workspace_name": "x" * 141}, "workspace name must not be longer than 140"),
        ({"name": 5}, "Invalid name format"),
    ],
)
def test_an_organization_without_good_names_is_not_founded(
    agency: Asker, change: dict[str, Any], text: str
) -> None:
    before = agency.get("/me/organizations")
    answer = agency.ask("POST", "/organizations", json={**NEW, **change})
    assert refusal(answer) == (400, text)
    assert agency.get("/me/organizations") == before


@pytest.mark.parametrize(("method", "path"), [("POST", "/organizations"), ("PUT", PATH)])
def test_a_body_that_is_no_object_founds_and_renames_nothing(
    agency: Asker, method: str, path: str
) -> None:
    for content in ("nope", "[]"):
        answer = agency.ask(method, path, content=content)
        assert refusal(answer) == (400, "Invalid JSON input")


def test_an_organization_is_renamed_by_those_who_run_it(agency: Asker) -> None:
    assert agency.put(PATH, {"name": "  South "}) == "OK"
    assert agency.get(PATH, BO)["name"] == "South"
    refused = agency.ask("PUT", PATH, BO, json={"name": "Mine"})
    assert refusal(refused) == (403, "User is not authorized to update the organization")
    assert agency.get(PATH)["name"] == "South"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "At least one field is required"),
        ({"name": " "}, "field 'name' cannot be empty"),
        ({"name": "x" * 141}, "organization name too long, maximum length is 140"),
    ],
)
def test_an_organization_gets_no_bad_name(agency: Asker, body: Any, text: str) -> None:
    before = agency.get(PATH)
    assert refusal(agency.ask("PUT", PATH, json=body)) == (400, text)
    assert agency.get(PATH) == before


def test_a_workspace_is_added_to_an_organization(agency: Asker) -> None:
    made = agency.post(f"{PATH}/workspaces", {"name": "Annex", "default_currency": "SEK"})
    assert (made["name"], made["organization_id"], made["role"]) == ("Annex", ORGANIZATION, "admin")
    assert agency.get(f"/workspaces/{made['id']}")["default_currency"] == "SEK"
    assert list(members(agency, made["id"])) == [ADA]
    assert agency.ask("GET", f"/workspaces/{made['id']}", BO).status_code == 403


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "workspace name must not be nil"),
        ({"name": " "}, "workspace name must contain non-space characters"),
        ({"name": "x" * 141}, "workspace name must not be longer than 140"),
        ({"name": "Annex"}, "another workspace with same name exists in organization"),
    ],
)
def test_a_workspace_without_a_name_of_its_own_is_not_added(
    agency: Asker, body: Any, text: str
) -> None:
    agency.post(f"{PATH}/workspaces", {"name": "Annex"})
    before = agency.get("/me/workspaces")
    assert refusal(agency.ask("POST", f"{PATH}/workspaces", json=body)) == (400, text)
    assert agency.get("/me/workspaces") == before


def test_a_member_adds_no_workspace(agency: Asker) -> None:
    answer = agency.ask("POST", f"{PATH}/workspaces", BO, json={"name": "Annex"})
    assert refusal(answer)[0] == 403
    assert [row["id"] for row in agency.get("/me/workspaces", BO)] == [AGENCY]


def test_the_people_of_an_organization_are_told_whole(agency: Asker) -> None:
    [ada, bo, gone] = agency.get(USERS)
    assert [one["user_id"] for one in (ada, bo, gone)] == [ADA, BO, GONE]
    assert (ada["admin"], ada["owner"], ada["joined"], ada["inactive"]) == (True, True, True, False)
    assert (bo["admin"], bo["owner"], bo["email"]) == (False, False, "bo@example.com")
    assert bo["groups"] == [{"group_id": 70, "name": "Studio"}]
    assert (gone["inactive"], bo["workspace_count"], bo["invitation_id"]) == (True, 1, None)
    [place] = bo["workspaces"]
    assert place["workspace_id"] == AGENCY
    assert place["workspace_name"] == agency.get(WORKSPACE)["name"]
    assert place["workspace_user_id"] == members(agency)[BO]["id"]
    assert (place["admin"], place["role"], place["inactive"]) == (False, "user", False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"filter": "ADA"}, ["Ada"]),
        ({"filter": "bo@ex"}, ["Bo"]),
        ({"filter": "nobody"}, []),
        ({"active_status": "active"}, ["Ada", "Bo"]),
        ({"active_status": "inactive"}, ["Gone"]),
        ({"active_status": "invited"}, ["dan@example.com"]),
        ({"active_status": "active,inactive"}, ["Ada", "Bo", "Gone"]),
        ({"active_status": "active", "only_admins": "true"}, ["Ada"]),
        ({"groups": "70"}, ["Bo"]),
        ({"groups": str(UNKNOWN)}, []),
        ({"workspaces": str(AGENCY), "active_status": "active"}, ["Ada", "Bo"]),
        ({"workspaces": str(OTHER)}, []),
        ({"active_status": "active,inactive", "sort_dir": "desc"}, ["Gone", "Bo", "Ada"]),
        ({"active_status": "active,inactive", "per_page": 2}, ["Ada", "Bo"]),
        ({"active_status": "active,inactive", "per_page": 2, "page": 2}, ["Gone"]),
        ({"active_status": "active,inactive", "per_page": 2, "page": 3}, []),
    ],
)
def test_the_people_of_an_organization_are_filtered_and_paged(
    agency: Asker, query: dict[str, Any], found: list[str]
) -> None:
    agency.post(INVITATIONS, invitation("dan@example.com"))
    rows = agency.get(USERS, **query)
    assert [row["name"] if row["joined"] else row["email"] for row in rows] == found


def test_the_headers_tell_the_page(agency: Asker) -> None:
    answer = agency.ask("GET", USERS, params={"page": 2, "per_page": 2})
    assert len(told(answer)) == 1
    told_in = [answer.headers[f"x-{name}"] for name in ("page", "page-size", "total-count")]
    assert told_in == ["2", "2", "3"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            {"active_status": "asleep"},
            "active_status parameter can contain only 'active', 'inactive' or 'invited'.",
        ),
        ({"only_admins": "1"}, "only_admins parameter can contain only 'true' or 'false'."),
        ({"page": "x"}, "Invalid value sent for 'page'."),
        ({"page": "0"}, "page parameter must contain values > 0."),
        ({"per_page": "x"}, "Invalid value sent for 'per_page'."),
        ({"per_page": "0"}, "per_page parameter must contain values > 0."),
        ({"sort_dir": "up"}, "sort_dir parameter can contain only 'asc' or 'desc'."),
        ({"groups": "70,x"}, "Invalid value sent for 'groups'."),
        ({"workspaces": "x"}, "Invalid value sent for 'workspaces'."),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(
    agency: Asker, query: dict[str, str], text: str
) -> None:
    assert refusal(agency.ask("GET", USERS, params=query)) == (400, text)


def test_the_people_of_an_organization_are_listed_for_admins_only(agency: Asker) -> None:
    text = "User is not authorized to list the organization users"
    assert refusal(agency.ask("GET", USERS, BO)) == (403, text)


def test_a_workspace_that_one_is_not_in_is_not_named(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/users/{BO}", {"role": "admin"})
    annex = agency.post(f"{PATH}/workspaces", {"name": "Annex"})["id"]
    newcomer(agency, workspaces=[{"workspace_id": annex, "admin": False}])
    assert "Annex" in agency.ask("GET", USERS, ADA).text
    assert "Annex" not in agency.ask("GET", USERS, BO).text
