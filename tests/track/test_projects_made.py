"""Projects are made: what is told of a new one, what is refused, who may."""

import pytest

from tests.track.asking import ADA, BO, EVE, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    CLIENTS,
    FREE_WORKSPACE,
    NO_ACCESS,
    PEOPLE,
    PROJECTS,
    TAKEN,
    WORKSPACE,
    absent_client,
    ids,
    make_client,
    make_project,
    refused,
    refuses_strangers,
    titles,
)

WHOLE = {
    "name": "Whole",
    "active": True,
    "is_private": False,
    "client_id": 20,
    "color": "#d94182",
    "billable": True,
    "currency": "GBP",
    "rate": 75.5,
    "fixed_fee": 1000.25,
    "estimated_hours": 10,
    "auto_estimates": False,
    "start_date": "2026-01-02",
    "end_date": "2026-12-31",
    "external_reference": "P-1",
    "template": False,
}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("POST", "", {"name": "New"}),
        ("GET", "/templates", None),
        ("POST", "/billable-amounts", {"project_ids": [30]}),
        ("GET", "/30", None),
        ("PUT", "/30", {"name": "New"}),
        ("DELETE", "/30", None),
        ("PATCH", "/30,31", [{"op": "replace", "path": "/name", "value": "New"}]),
        ("GET", "/30/statistics", None),
        ("GET", "/30/periods", None),
        ("POST", "/30/pin", {"pin": True}),
    ],
)
def test_projects_are_shut_to_strangers(agency: Asker, method: str, path: str, body) -> None:
    refuses_strangers(agency, method, f"/workspaces/{{w}}/projects{path}", body)


def test_a_name_alone_makes_what_was_recorded(agency: Asker) -> None:
    made = agency.post(PROJECTS, {"name": "  Created project via API "})
    assert (made["active"], made["is_private"], made["color"]) == (False, True, "#0b83d9")
    assert (made["name"], made["start_date"]) == ("Created project via API", "2026-01-20")
    assert made["at"] == "2026-01-20T12:00:00+00:00"
    assert (made["workspace_id"], made["wid"]) == (10, 10)
    for key in ("client_id", "cid", "server_deleted_at", "template_id", "recurring_parameters"):
        assert made[key] is None
    for key in ("actual_hours", "actual_seconds", "rate", "fixed_fee", "permissions"):
        assert made[key] is None
    assert made["recurring"] is False
    assert made["billable"] is True  # as new projects of the workspace are
    assert not made.keys() & {"status", "end_date", "client_name"}


def test_all_that_is_given_is_kept(agency: Asker) -> None:
    made = agency.post(PROJECTS, WHOLE)
    read = agency.get(f"{PROJECTS}/{made['id']}")
    for told in (made, read):
        assert {key: told[key] or False for key in WHOLE} == WHOLE
        assert (told["cid"], told["client_name"]) == (20, "Acme")
        assert told["estimated_seconds"] == 36_000
    assert read["created_at"] == "2026-01-20T12:00:00+00:00"
    assert (read["status"], read["actual_seconds"], read["actual_hours"]) == ("active", 0, 0)


def test_a_client_is_named_by_its_old_key_or_its_name(agency: Asker) -> None:
    assert agency.post(PROJECTS, {"name": "A", "cid": 21})["client_id"] == 21
    assert agency.post(PROJECTS, {"name": "B", "client_name": "Acme"})["client_id"] == 20
    made = agency.post(PROJECTS, {"name": "C", "client_name": "Newco"})
    assert agency.get(f"{CLIENTS}/{made['client_id']}")["name"] == "Newco"
    assert make_project(agency, "D", client_name="Newco")
    assert [client["name"] for client in agency.get(CLIENTS)].count("Newco") == 1


BAD_BODIES = [
    ({"name": ""}, "Project name must be present"),
    ({"name": "   "}, "Project name must be present"),
    ({"name": "n" * 256}, "Project name maximum length is 255"),
    ({"name": 5}, "Invalid name format"),
    ({"name": "a\0b"}, "Invalid name format"),
    ({"name": "Fine", "active": "yes"}, "Invalid active format"),
    ({"name": "Fine", "is_private": 1}, "Invalid is_private format"),
    ({"name": "Fine", "client_id": "20"}, "Invalid client_id format"),
    ({"name": "Fine", "cid": True}, "Invalid cid format"),
    ({"name": "Fine", "rate": "12"}, "Invalid rate format"),
    ({"name": "Fine", "estimated_hours": 1.5}, "Invalid estimated_hours format"),
    ({"name": "Fine", "start_date": "20.1.2026"}, "Invalid start_date format"),
    ({"name": "Fine", "end_date": "2026-02-30"}, "Invalid end_date format"),
    (
        {"name": "Fine", "start_date": "2026-02-01", "end_date": "2026-01-31"},
        "Invalid end_date value",
    ),
    ({"name": "Fine", "recurring": True}, "Recurring projects are not supported"),
    ({"name": "Fine", "template_id": 30}, "template_id is not supported"),
    ([], "JSON is not valid"),
]


@pytest.mark.parametrize(("body", "text"), BAD_BODIES)
def test_a_bad_project_is_refused(agency: Asker, body, text: str) -> None:
    assert refused(agency, "POST", PROJECTS, body) == (400, text)
    assert refused(agency, "PUT", f"{PROJECTS}/30", body) == (400, text)


def test_a_project_without_a_name_is_refused(agency: Asker) -> None:
    assert refused(agency, "POST", PROJECTS, {}) == (400, "Project name must be present")


@pytest.mark.parametrize("body", [{"currency": "XQX"}, {"currency": "e"}, {"rate": -1}])
def test_money_that_is_none_is_refused(agency: Asker, body: dict) -> None:
    assert refused(agency, "POST", PROJECTS, {"name": "Fine", **body})[0] == 400
    assert refused(agency, "PUT", f"{PROJECTS}/30", body)[0] == 400


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", "#gggggg", "0b83d9", "#0b83d9\n"])
def test_a_color_that_is_none_is_refused(agency: Asker, color: str) -> None:
    for method, path in (("POST", PROJECTS), ("PUT", f"{PROJECTS}/30")):
        status, text = refused(agency, method, path, {"name": "Fine", "color": color})
        assert status == 400
        assert text.startswith("Error in validating color")


@pytest.mark.parametrize("color", ["x" * 10_000, "<é>", "\x1b[31m"])
def test_a_strange_color_is_not_told_back(agency: Asker, color: str) -> None:
    status, text = refused(agency, "POST", PROJECTS, {"name": "Fine", "color": color})
    assert status == 400
    assert color not in text


@pytest.mark.parametrize("key", ["client_id", "cid"])
def test_an_absent_client_is_refused(agency: Asker, key: str) -> None:
    deleted = make_client(agency, "Gone")
    agency.delete(f"{CLIENTS}/{deleted}")
    for client_id in (UNKNOWN, deleted):
        body = {"name": "Fine", key: client_id}
        assert refused(agency, "POST", PROJECTS, body) == absent_client(client_id)
        assert refused(agency, "PUT", f"{PROJECTS}/30", body) == absent_client(client_id)
    body = {"name": "Fine", key: 21}
    assert refused(agency, "POST", PROJECTS, body, BO) == absent_client(21)


def test_a_name_is_taken_once_per_client(agency: Asker) -> None:
    assert refused(agency, "POST", PROJECTS, {"name": "Website", "client_id": 20}) == TAKEN
    assert refused(agency, "POST", PROJECTS, {"name": "Empty"}) == TAKEN
    make_project(agency, "Website")
    make_project(agency, "website", client_id=20)
    agency.put(f"{PROJECTS}/33", {"active": False})
    assert refused(agency, "POST", PROJECTS, {"name": "Shared"}) == TAKEN
    agency.delete(f"{PROJECTS}/32")
    make_project(agency, "Empty")


def test_a_member_manages_what_he_makes(agency: Asker) -> None:
    project_id = make_project(agency, "Bo's", BO, is_private=True)
    assert project_id in ids(agency.get(PROJECTS, BO))
    [place] = agency.get(PEOPLE, project_ids=project_id)
    assert (place["user_id"], place["manager"]) == (BO, True)
    agency.put(f"{PROJECTS}/{project_id}", {"name": "Bo's own"}, BO)
    assert agency.delete(f"{PROJECTS}/{project_id}", BO) == project_id


def test_only_admins_make_projects_when_the_workspace_says_so(agency: Asker) -> None:
    agency.put(WORKSPACE, {"only_admins_may_create_projects": True})
    expected = (403, "Only admins may create projects in this workspace")
    assert refused(agency, "POST", PROJECTS, {"name": "New"}, BO) == expected
    make_project(agency, "New", ADA)


def test_a_member_sets_no_rate(agency: Asker) -> None:
    body = {"name": "Rich", "rate": 500}
    assert refused(agency, "POST", PROJECTS, body, BO) == NO_ACCESS
    managed = make_project(agency, "Bo's", BO)
    assert refused(agency, "PUT", f"{PROJECTS}/{managed}", {"rate": 500}, BO) == NO_ACCESS


def test_time_on_a_new_project_is_reported_at_once(agency: Asker) -> None:
    project_id = make_project(agency, "Fresh")
    entry = {"created_with": "tests", "start": "2026-01-19T08:00:00Z", "duration": 60}
    agency.post(f"{WORKSPACE}/time_entries", {**entry, "project_id": project_id})
    assert titles(agency, "projects")[project_id] == "Fresh"
    assert agency.get(f"{PROJECTS}/{project_id}")["actual_seconds"] == 60


def test_the_free_plan_has_no_money(agency: Asker) -> None:
    path = f"{FREE_WORKSPACE}/projects"
    made = agency.post(path, {"name": "Plain", "color": "#d94182"}, EVE)
    read = agency.get(f"{path}/{made['id']}", EVE)
    for told in (made, read):
        assert [told[key] for key in ("rate", "fixed_fee", "currency", "billable")] == [None] * 4


def test_the_free_plan_sells_colors_and_rates(agency: Asker) -> None:
    path = f"{FREE_WORKSPACE}/projects"
    project_id = agency.post(path, {"name": "Plain"}, EVE)["id"]
    before = agency.get(path, EVE, active="both")
    sold = (402, "Custom project colors available only for premium plans")
    for method, whole in (("POST", path), ("PUT", f"{path}/{project_id}")):
        answer = agency.ask(method, whole, EVE, json={"name": "Red", "color": "#FFFFFF"})
        assert refusal(answer) == sold
        answer = agency.ask(method, whole, EVE, json={"name": "Red", "rate": 10})
        assert refusal(answer)[0] == 402
    assert agency.get(path, EVE, active="both") == before
    agency.post(PROJECTS, {"name": "Red", "color": "#ff0000"})
