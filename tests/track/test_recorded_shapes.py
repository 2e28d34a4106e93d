"""Our answers have the shape of the vendor's recorded ones: every key, in that order, of that kind."""

import re
from typing import Any

import pytest

from tests.track import recorded_shapes as shapes
from tests.track.asking import AGENCY, BO, ORGANIZATIONS, V9, Asker
from tests.track.entries import ENTRIES, MINE, new, run
from tests.track.recorded_shapes import differences

WORKSPACE = f"/workspaces/{AGENCY}"
ORGANIZATION = f"/organizations/{ORGANIZATIONS[AGENCY]}"
START = "2026-01-19T02:18:20.257412+01:00"


def same(shape: str, told: Any) -> None:
    """Every one of a list, which is not empty, or the one thing."""
    things = told if isinstance(told, list) else [told]
    assert things
    for thing in things:
        assert differences(shape, thing) == []


def with_token(agency: Asker, method: str, path: str, **more: Any) -> Any:
    """An answer to Ada with a token that the server has made itself, so that it can tell it."""
    token = agency.post("/me/reset_token")
    answer = agency.ask(method, path, auth=(token, "api_token"), **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_comparison_tells_what_is_wrong() -> None:
    shape = "a:int b:text|null c:zone d:bool"
    good = {"a": 1, "b": None, "more": 1, "c": "2026-01-01T00:00:00+00:00", "d": True}
    assert differences(shape, good) == []
    assert differences(shape, {**good, "a": True}) == ["a is True, not int"]
    assert differences(shape, {**good, "c": "2026-01-01T00:00:00Z"})
    assert differences(shape, {key: good[key] for key in ("b", "a", "c", "d")})
    assert differences(shape, {"a": 1}) == ["b is missing", "c is missing", "d is missing"]


def test_the_profile(agency: Asker) -> None:
    told = with_token(agency, "GET", "/me")
    same(shapes.ME, told)
    assert len(told["api_token"]) == 32


def test_the_profile_with_related_data(agency: Asker) -> None:
    told = with_token(agency, "GET", "/me", params={"with_related_data": "true"})
    same(shapes.ME_WITH_RELATED, told)
    same(shapes.TAG, told["tags"])
    same(shapes.CLIENT, told["clients"])
    same(shapes.PROJECT_LISTED, told["projects"])
    same(shapes.WORKSPACE, told["workspaces"])
    running, *stopped = told["time_entries"]
    same(shapes.ENTRY_LISTED, running)
    same(shapes.ENTRY_ON_PROJECT_LISTED, stopped)


def test_the_changed_profile(agency: Asker) -> None:
    asked = {"beginning_of_week": 0, "fullname": "Updated", "timezone": "Europe/London"}
    told = with_token(agency, "PUT", "/me", json=asked)
    same(shapes.ME_CHANGED, told)
    assert "intercom_hash" not in told


def test_no_credentials(agency: Asker) -> None:
    answer = agency.ask("GET", "/me", None)
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.parametrize(
    ("asked", "stop", "duration", "description"),
    [
        ({"duration": 3600}, "2026-01-19T02:18:20Z", 3600, None),
        ({"description": "Description 16"}, None, 0, "Description 16"),
        ({"duration": -1, "description": "Description 16"}, None, -1, "Description 16"),
    ],
)
def test_the_makings_of_december(
    agency: Asker, asked: dict, stop: str | None, duration: int, description: str | None
) -> None:
    body = {"created_with": "go", "start": START, "workspace_id": AGENCY, **asked}
    made = agency.post(ENTRIES, body)
    same(shapes.ENTRY_WRITTEN, made)
    assert made["start"] == "2026-01-19T01:18:20Z"
    assert (made["stop"], made["duration"], made["description"]) == (stop, duration, description)
    assert made["tags"] is made["tag_ids"] is None
    assert "pid" not in made


def test_the_making_of_april(agency: Asker) -> None:
    content = (
        '{"description":"CREATE time entry","start":"2026-01-10T08:00:00+00:00","duration":3600,'
        '"pid":30,"tags":["development","ruby"],"created_with":"TogglRb","wid":10}'
    )
    answer = agency.ask("POST", ENTRIES, content=content)
    assert answer.status_code == 200
    made = answer.json()
    same(shapes.ENTRY_ON_PROJECT_WRITTEN, made)
    assert (made["start"], made["stop"]) == ("2026-01-10T08:00:00Z", "2026-01-10T09:00:00Z")
    assert made["tags"] == ["development", "ruby"]
    assert made["project_id"] == made["pid"] == 30


def test_a_read_entry(agency: Asker) -> None:
    same(shapes.ENTRY_READ, agency.get(f"{MINE}/100"))
    told = agency.get(f"{MINE}/100", include_sharing="true", meta="true")
    same(shapes.ENTRY_READ_WITH_META, told)
    assert not {"uid", "wid", "pid"} & set(told)


def test_a_running_entry_and_none(agency: Asker) -> None:
    told = agency.get(f"{MINE}/current")
    same(shapes.ENTRY_LISTED, told)
    assert told["stop"] is None
    assert told["duration"] < 0
    assert agency.ask("GET", f"{MINE}/current", BO).content == b"null"


def test_a_stopped_entry(agency: Asker) -> None:
    made = run(agency, "2026-01-20T11:00:00Z")
    path = f"{ENTRIES}/{made['id']}/stop"
    same(shapes.ENTRY_WRITTEN, agency.patch(path))
    again = agency.ask("PATCH", path)
    assert (again.status_code, again.content) == (409, b'"Time entry already stopped"')


def test_a_changed_entry(agency: Asker) -> None:
    same(shapes.ENTRY_CHANGED, agency.put(f"{ENTRIES}/100", {"description": "UPDATE time entry"}))


def test_listed_entries(agency: Asker) -> None:
    running, *stopped = agency.get(MINE)
    same(shapes.ENTRY_LISTED, running)
    same(shapes.ENTRY_ON_PROJECT_LISTED, stopped)
    days = agency.get(MINE, start_date="2026-01-06", end_date="2026-01-09")
    same(shapes.ENTRY_ON_PROJECT_LISTED, days)


def test_listed_entries_with_meta(agency: Asker) -> None:
    same(shapes.ENTRY_LISTED_WITH_META, agency.get(MINE, meta="true")[1:])


def test_listed_entries_since(agency: Asker) -> None:
    made = new(agency)
    agency.delete(f"{ENTRIES}/{made['id']}")
    told = {one["id"]: one for one in agency.get(MINE, since=1_700_000_000)}
    same(shapes.ENTRY_LISTED, told[made["id"]])
    assert told[made["id"]]["server_deleted_at"] is not None


def test_since_and_before(agency: Asker) -> None:
    query = "since=1734305120&before=2026-01-16T03%3A25%3A20%2B01%3A00"
    answer = agency.ask("GET", f"{MINE}?{query}")
    text = "\"'since' and 'before' can not be present simultaneously\""
    assert (answer.status_code, answer.text) == (400, text)


def test_many_patched_entries(agency: Asker) -> None:
    body = [{"op": "replace", "path": "/pid", "value": 30}]
    told = agency.patch(f"{ENTRIES}/100,101", body)
    same(shapes.PATCHED, told)
    assert list(told) == ["success", "failure"]
    assert told == {"success": [100, 101], "failure": []}


def test_a_deleted_entry(agency: Asker) -> None:
    answer = agency.ask("DELETE", f"{ENTRIES}/100")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_a_made_project(agency: Asker) -> None:
    made = agency.post(f"{WORKSPACE}/projects", {"name": "Created project via API"})
    same(shapes.PROJECT_MADE, made)
    assert (made["active"], made["is_private"], made["color"]) == (False, True, "#0b83d9")
    assert "status" not in made


def test_a_read_and_a_changed_project(agency: Asker) -> None:
    same(shapes.PROJECT_READ, agency.get(f"{WORKSPACE}/projects/30"))
    body = {"color": "#d94182", "name": "Updated via PUT"}
    same(shapes.PROJECT_CHANGED, agency.put(f"{WORKSPACE}/projects/30", body))


def test_listed_projects(agency: Asker) -> None:
    answer = agency.ask("GET", f"{WORKSPACE}/projects")
    same(shapes.PROJECT_LISTED, answer.json())
    assert (answer.headers["x-page"], answer.headers["x-page-size"]) == ("1", "151")
    (found,) = agency.get(f"{WORKSPACE}/projects", name="Website")
    same(shapes.PROJECT_LISTED, found)


def test_many_patched_projects_and_a_deleted_one(agency: Asker) -> None:
    body = [{"op": "replace", "path": "/color", "value": "#000000"}]
    told = agency.patch(f"{WORKSPACE}/projects/32,30", body)
    assert told == {"success": [32, 30], "failure": []}
    assert agency.ask("DELETE", f"{WORKSPACE}/projects/32").content == b"32"


def test_a_colour_of_ones_own_on_the_free_plan(agency: Asker) -> None:
    made = agency.post("/workspaces/12/projects", {"name": "Plain", "active": True}, 5)
    path = f"/workspaces/12/projects/{made['id']}"
    answer = agency.ask("PUT", path, 5, json={"color": "#FFFFFF"})
    assert answer.status_code == 402
    assert answer.json() == "Custom project colors available only for premium plans"


def test_workspaces(agency: Asker) -> None:
    same(shapes.WORKSPACE, agency.get("/me/workspaces"))
    same(shapes.WORKSPACE, agency.get(WORKSPACE))
    same(shapes.WORKSPACE, agency.get("/me/workspaces", BO))


def test_the_people_of_a_workspace(agency: Asker) -> None:
    same(shapes.WORKSPACE_USER, agency.get(f"{WORKSPACE}/users"))


def test_the_groups_of_an_organization(agency: Asker) -> None:
    (studio,) = agency.get(f"{ORGANIZATION}{WORKSPACE}/groups")
    same(shapes.GROUP, studio)
    same(shapes.GROUP_USER, studio["users"])
    assert studio["workspaces"] == [AGENCY]


def test_organizations(agency: Asker) -> None:
    body = {"name": "Your Organization", "workspace_name": "Your Workspace"}
    same(shapes.ORGANIZATION_MADE, agency.post("/organizations", body))
    told = agency.get("/me/organizations")
    assert len(told) == 2
    same(shapes.ORGANIZATION, told)
    same(shapes.TRIAL, [one["trial_info"] for one in told])
    same(shapes.ORGANIZATION, agency.get(ORGANIZATION))


@pytest.mark.parametrize(
    ("path", "status"),
    [("/me", 200), (MINE, 200), (f"{MINE}/987654", 404), (f"{MINE}?since=x", 400)],
)
def test_the_headers_of_every_answer(agency: Asker, path: str, status: int) -> None:
    answer = agency.http.get(f"{V9}{path}", auth=("b" * 32, "api_token"))
    headers = answer.headers
    assert answer.status_code == status
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["x-toggl-request-id"] == headers["x-request-id"]
    assert re.fullmatch(r"[\w-]{16,64}", headers["x-request-id"])
    assert headers["cache-control"] == (
        "no-cache, private, no-store, must-revalidate, max-stale=0, post-check=0, pre-check=0"
    )
    assert headers.get("x-service-level") == ("GREEN" if status == 200 else None)
