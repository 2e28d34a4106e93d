"""Groups of people in both forms, and what being in one opens (contract A.1, A.3; D4.3, D9.3)."""

from typing import Any

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, ORGANIZATIONS, OTHER, UNKNOWN, Asker, refusal
from tests.track.money import totals
from tests.track.people import ORGANIZATION, WORKSPACE, snapshot

GROUPS = f"/organizations/{ORGANIZATION}/groups"
IN_WORKSPACE = f"{WORKSPACE}/groups"
STUDIO = f"{GROUPS}/70"
NO_GROUP = (404, "Invalid group ID.")
BAD_NAMES = [
    ({}, "Group name must be present"),
    ({"name": " "}, "Group name must be present"),
    ({"name": "x" * 201}, "Group name too long, maximum length is 200"),
    ({"name": "sTUDIO"}, "Name has already been taken"),
    ({"name": 5}, "Invalid name format"),
]


def people_of(agency: Asker, group_id: int) -> set[int]:
    [group] = [row for row in agency.get(GROUPS) if row["group_id"] == group_id]
    return {user["user_id"] for user in group["users"]}


def projects_of_bo(agency: Asker) -> set[int]:
    return {row["id"] for row in agency.get(f"{WORKSPACE}/projects", BO, active="both")}


def foreign_group(agency: Asker) -> int:
    path = f"/organizations/{ORGANIZATIONS[OTHER]}/groups"
    return agency.post(path, {"name": "CANARY"}, CLEO)["group_id"]


@pytest.mark.parametrize("by", [ADA, BO])
def test_a_group_is_told_with_its_people_and_workspaces(agency: Asker, by: int) -> None:
    [studio] = agency.get(GROUPS, by)
    [bo] = studio.pop("users")
    assert studio.pop("at")
    assert studio == {"group_id": 70, "name": "Studio", "permissions": None, "workspaces": [AGENCY]}
    assert (bo["user_id"], bo["name"], bo["joined"], bo["inactive"]) == (BO, "Bo", True, False)
    assert isinstance(bo["avatar_url"], str)


def test_the_workspace_form_tells_less(agency: Asker) -> None:
    [studio] = agency.get(IN_WORKSPACE, BO)
    assert studio.pop("at").endswith("Z")
    assert studio == {
        "id": 70,
        "workspace_id": AGENCY,
        "name": "Studio",
        "has_users": True,
        "permissions": None,
    }


def test_the_groups_of_one_workspace_have_the_form_of_the_organization(agency: Asker) -> None:
    path = f"/organizations/{ORGANIZATION}/workspaces/{{}}/groups"
    assert agency.get(path.format(AGENCY)) == agency.get(GROUPS)
    for other in (OTHER, UNKNOWN):
        assert agency.ask("GET", path.format(other)).status_code in {403, 404}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Amber", "Studio"]),
        ({"name": "TUD"}, ["Studio"]),
        ({"workspace": str(AGENCY)}, ["Amber", "Studio"]),
        ({"workspace": str(OTHER)}, []),
    ],
)
def test_groups_are_filtered_and_sorted_by_name(
    agency: Asker, query: dict[str, str], found: list[str]
) -> None:
    agency.post(GROUPS, {"name": "Amber"})
    assert [row["name"] for row in agency.get(GROUPS, **query)] == found


def test_a_workspace_that_is_no_number_is_no_filter(agency: Asker) -> None:
    status, text = refusal(agency.ask("GET", GROUPS, params={"workspace": "x"}))
    assert (status, text.startswith("Invalid number")) == (400, True)


def test_a_group_is_made_with_people(agency: Asker) -> None:
    made = agency.post(GROUPS, {"name": " Night shift ", "users": [ADA, BO]})
    assert (made["name"], made["workspaces"]) == ("Night shift", [AGENCY])
    assert {user["user_id"] for user in made["users"]} == {ADA, BO}
    assert made["group_id"] != 70
    assert {row["id"] for row in agency.get(IN_WORKSPACE)} == {70, made["group_id"]}


def test_a_new_group_filters_the_next_report(agency: Asker) -> None:
    made = agency.post(GROUPS, {"name": "Bosses", "users": [ADA]})["group_id"]
    assert totals(agency, group_ids=[made])["seconds"] == (60 + 90 + 7) * 60
    agency.put(f"{GROUPS}/{made}", {"name": "Bosses", "users": [BO]})
    assert totals(agency, group_ids=[made])["seconds"] == (45 + 30 + 20) * 60


@pytest.mark.parametrize(("body", "text"), BAD_NAMES)
def test_a_group_has_a_name_of_its_own(agency: Asker, body: dict[str, Any], text: str) -> None:
    amber = agency.post(GROUPS, {"name": "Amber"})["group_id"]
    before = snapshot(agency)
    asked = [
        ("POST", GROUPS),
        ("PUT", f"{GROUPS}/{amber}"),
        ("POST", IN_WORKSPACE),
        ("PUT", f"{IN_WORKSPACE}/{amber}"),
    ]
    for method, path in asked:
        assert refusal(agency.ask(method, path, json=body)) == (400, text)
    assert snapshot(agency) == before


@pytest.mark.parametrize("stranger", [CLEO, UNKNOWN])
def test_who_is_not_in_the_organization_is_in_no_group(agency: Asker, stranger: int) -> None:
    before = snapshot(agency)
    body = {"name": "New", "users": [BO, stranger]}
    text = f"User {stranger} not exists in the organization {ORGANIZATION}"
    for method, path in [("POST", GROUPS), ("PUT", STUDIO)]:
        assert refusal(agency.ask(method, path, json=body)) == (400, text)
    assert snapshot(agency) == before


@pytest.mark.parametrize("stranger", [OTHER, UNKNOWN])
def test_a_group_is_in_workspaces_of_its_organization(agency: Asker, stranger: int) -> None:
    before = snapshot(agency)
    body = {"name": "New", "workspaces": [AGENCY, stranger]}
    text = f"Workspace {stranger} not exists in the organization {ORGANIZATION}"
    for method, path in [("POST", GROUPS), ("PUT", STUDIO)]:
        assert refusal(agency.ask(method, path, json=body)) == (400, text)
    assert snapshot(agency) == before


def test_the_people_of_a_group_are_replaced(agency: Asker) -> None:
    told = agency.put(STUDIO, {"name": "Workshop", "users": [ADA]})
    assert (told["group_id"], told["name"]) == (70, "Workshop")
    assert people_of(agency, 70) == {ADA}


def test_leaving_a_group_closes_its_projects_at_once(agency: Asker) -> None:
    assert 33 in projects_of_bo(agency)
    agency.put(STUDIO, {"name": "Studio", "users": []})
    assert 33 not in projects_of_bo(agency)


@pytest.mark.parametrize("path", [GROUPS, IN_WORKSPACE])
def test_a_group_that_is_deleted_opens_nothing(agency: Asker, path: str) -> None:
    assert agency.delete(f"{path}/70") in {"OK", None}
    assert agency.get(GROUPS) == agency.get(IN_WORKSPACE) == []
    assert 33 not in projects_of_bo(agency)
    assert agency.ask("DELETE", f"{path}/70").status_code == 404


def test_the_workspace_form_makes_and_renames(agency: Asker) -> None:
    made = agency.post(IN_WORKSPACE, {"name": "Amber"})
    assert (made["name"], made["workspace_id"], made["has_users"]) == ("Amber", AGENCY, False)
    renamed = agency.put(f"{IN_WORKSPACE}/{made['id']}", {"name": "Ember"})
    assert (renamed["id"], renamed["name"]) == (made["id"], "Ember")
    assert [row["name"] for row in agency.get(GROUPS)] == ["Ember", "Studio"]


@pytest.mark.parametrize(
    ("method", "body"), [("PUT", {"name": "Mine"}), ("PATCH", []), ("DELETE", None)]
)
def test_a_foreign_and_an_unknown_group_look_the_same(
    agency: Asker, method: str, body: Any
) -> None:
    body = [{"op": "add", "path": "/users", "value": [ADA]}] if method == "PATCH" else body
    foreign = foreign_group(agency)
    asked = [f"{GROUPS}/{one}" for one in (foreign, UNKNOWN, "x")]
    assert [refusal(agency.ask(method, path, json=body)) for path in asked] == [NO_GROUP] * 3
    if method != "PATCH":
        asked = [f"{IN_WORKSPACE}/{one}" for one in (foreign, UNKNOWN)]
        answers = [refusal(agency.ask(method, path, json=body)) for path in asked]
        assert answers == [(404, "Group was not found")] * 2
    [kept] = agency.get(f"/organizations/{ORGANIZATIONS[OTHER]}/groups", CLEO)
    assert (kept["name"], kept["users"]) == ("CANARY", [])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", GROUPS, {"name": "Rebels"}),
        ("PUT", STUDIO, {"name": "Rebels"}),
        ("PATCH", STUDIO, [{"op": "add", "path": "/users", "value": [ADA]}]),
        ("DELETE", STUDIO, None),
    ],
)
def test_a_member_makes_and_changes_no_group(
    agency: Asker, method: str, path: str, body: Any
) -> None:
    before = snapshot(agency)
    assert refusal(agency.ask(method, path, BO, json=body))[0] == 403
    assert snapshot(agency) == before


def test_a_group_is_changed_by_admins_of_all_its_workspaces(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/users/{BO}", {"role": "admin"})
    annex = agency.post(f"/organizations/{ORGANIZATION}/workspaces", {"name": "Annex"})["id"]
    agency.put(STUDIO, {"name": "Studio", "workspaces": [AGENCY, annex]})
    assert agency.ask("PUT", STUDIO, BO, json={"name": "Mine"}).status_code == 403
    assert [row["id"] for row in agency.get(f"/workspaces/{annex}/groups")] == [70]
    agency.put(STUDIO, {"name": "Studio", "workspaces": [AGENCY]})
    assert agency.put(STUDIO, {"name": "Ours"}, BO)["name"] == "Ours"


def test_patches_are_taken_one_by_one(agency: Asker) -> None:
    good = {"op": "add", "path": "/users", "value": [ADA]}
    bad = {"op": "add", "path": "/users", "value": [CLEO]}
    last = {"op": "remove", "path": "/users", "value": [BO]}
    told = agency.patch(STUDIO, [good, bad, last])
    assert told["success"] == [good, last]
    [failure] = told["failure"]
    assert failure["patch"] == bad
    assert failure["message"].startswith(f"User {CLEO} not exists in the organization")
    assert people_of(agency, 70) == {ADA}


def test_a_group_keeps_its_last_workspace(agency: Asker) -> None:
    annex = agency.post(f"/organizations/{ORGANIZATION}/workspaces", {"name": "Annex"})["id"]
    told = agency.patch(STUDIO, [{"op": "add", "path": "/workspaces", "value": [annex]}])
    assert told["failure"] == []
    both = [{"op": "remove", "path": "/workspaces", "value": [one]} for one in (annex, AGENCY)]
    told = agency.patch(STUDIO, both)
    assert (told["success"], len(told["failure"])) == (both[:1], 1)
    assert agency.get(GROUPS)[0]["workspaces"] == [AGENCY]


@pytest.mark.parametrize(
    "patch",
    [
        {"op": "replace", "path": "/users", "value": [ADA]},
        {"op": "add", "path": "/name", "value": [ADA]},
        {"op": "add", "path": "/users", "value": []},
        {"op": "add", "path": "/users", "value": [ADA] * 101},
        {"op": "add", "path": "/users", "value": "all"},
        {"op": "add", "path": "/workspaces", "value": [OTHER]},
        {},
    ],
)
def test_a_patch_that_makes_no_sense_changes_nothing(agency: Asker, patch: Any) -> None:
    before = agency.get(GROUPS)
    answer = agency.ask("PATCH", STUDIO, json=[patch])
    assert answer.status_code == 400 or answer.json()["success"] == []
    assert agency.get(GROUPS) == before


def test_a_hundred_patches_are_enough(agency: Asker) -> None:
    before = agency.get(GROUPS)
    patches = [{"op": "add", "path": "/users", "value": [ADA]}] * 101
    status, text = refusal(agency.ask("PATCH", STUDIO, json=patches))
    assert (status, text.startswith("Too many operations")) == (400, True)
    assert refusal(agency.ask("PATCH", STUDIO, json={})) == (400, "Invalid JSON input")
    assert agency.get(GROUPS) == before
