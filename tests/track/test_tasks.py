"""Tasks: three lists, making, changing, deleting, many at a time, and who may."""

from typing import Any

import pytest

from tests.track.asking import ADA, BO, EVE, FREE, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    BAD_IDS,
    ELSEWHERE,
    FREE_WORKSPACE,
    LATER,
    LATER_SECONDS,
    NO_ACCESS,
    NO_PROJECT,
    NO_TASK,
    NOT_JSON,
    PROJECTS,
    STAMP,
    TASKS,
    everything,
    ids,
    make_task,
    put_on,
    refused,
    refuses_strangers,
    seconds,
    titles,
)

MINE = f"{PROJECTS}/30/tasks"
RENAMING = [{"op": "replace", "path": "/name", "value": "Same"}]
KEYS = {
    *("id", "name", "workspace_id", "project_id", "user_id", "recurring", "active", "at"),
    *("server_deleted_at", "toggl_accounts_id", "estimated_seconds", "tracked_seconds"),
    *("external_reference", "permissions", "rate", "rate_last_updated", "pid", "wid", "uid"),
}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "tasks", None),
        ("GET", "tasks/basic", None),
        ("GET", "projects/30/tasks", None),
        ("POST", "projects/30/tasks", {"name": "New"}),
        ("GET", "projects/30/tasks/40", None),
        ("PUT", "projects/30/tasks/40", {"name": "New"}),
        ("DELETE", "projects/30/tasks/40", None),
        ("PATCH", "projects/30/tasks/40,41", RENAMING),
    ],
)
def test_tasks_are_shut_to_strangers(agency: Asker, method: str, path: str, body: Any) -> None:
    refuses_strangers(agency, method, f"/workspaces/{{w}}/{path}", body)


def test_the_workspaces_list_is_an_object(agency: Asker) -> None:
    told = agency.get(TASKS)
    assert set(told) == {"total_count", "per_page", "page", "data", "sort_field", "sort_order"}
    assert (told["total_count"], told["per_page"], told["page"]) == (1, 50, 1)
    assert (told["sort_field"], told["sort_order"].upper()) == ("name", "ASC")
    [task] = told["data"]
    assert set(task) == KEYS
    assert (task["id"], task["name"], task["active"]) == (40, "Build", True)
    assert (task["project_id"], task["pid"], task["workspace_id"], task["wid"]) == (30, 30, 10, 10)
    assert task["tracked_seconds"] == 2_700_000
    assert STAMP.fullmatch(task["at"])
    assert task == agency.get(f"{MINE}/40")
    assert agency.get(MINE) == [task]


def test_an_empty_list_of_the_workspace_holds_null(agency: Asker) -> None:
    assert agency.get(TASKS, page=2)["data"] is None
    told = agency.get(f"{ELSEWHERE}/tasks", by=3)
    assert (told["total_count"], told["data"]) == (0, None)
    assert agency.get(f"{PROJECTS}/32/tasks") == []


def test_the_workspaces_list_is_filtered_ordered_and_cut(agency: Asker) -> None:
    done = make_task(agency, 30, "Archive", active=False)
    other = make_task(agency, 32, "Clean")

    def found(**query: Any) -> list[int]:
        return ids(agency.get(TASKS, **query)["data"] or [])

    assert found(active="both") == [done, 40, other]
    assert found(active="true") == [40, other]
    assert found(active="false") == [done]
    assert found(active="both", pid=30) == [done, 40]
    assert found(active="both", search="UIL") == [40]
    assert found(active="both", search="%") == []
    assert found(active="both", sort_order="DESC") == [other, 40, done]
    assert found(active="both", per_page=2) == [done, 40]
    assert found(active="both", per_page=2, page=2) == [other]
    assert agency.get(TASKS, active="both", per_page=2)["total_count"] == 3
    assert ids(agency.get(MINE)) == [done, 40] or ids(agency.get(MINE)) == [40, done]
    assert ids(agency.get(MINE, active="true")) == [40]


@pytest.mark.parametrize(
    "query",
    [
        {"active": "maybe"},
        {"per_page": "0"},
        {"page": "0"},
        {"pid": "x"},
        {"sort_field": "rate"},
        {"sort_order": "up"},
    ],
)
def test_a_bad_query_is_refused(agency: Asker, query: dict[str, str]) -> None:
    assert refusal(agency.ask("GET", TASKS, params=query))[0] == 400


def test_since_tells_what_changed(agency: Asker) -> None:
    agency.now = LATER
    assert agency.get(TASKS, since=LATER_SECONDS, active="both")["data"] is None
    made = make_task(agency, 30, "Fresh")
    assert ids(agency.get(TASKS, since=LATER_SECONDS, active="both")["data"]) == [made]


def test_the_basic_list_is_filtered(agency: Asker) -> None:
    other = make_task(agency, 32, "Clean")
    for query in ({"project_ids": "30"}, {"task_ids": "40"}, {"client_ids": "20"}):
        assert ids(agency.get(f"{TASKS}/basic", only_me="false", **query)["data"]) == [40]
    assert ids(agency.get(f"{TASKS}/basic", only_me="false")["data"]) == [40, other]


def test_a_member_sees_the_tasks_of_the_projects_he_sees(agency: Asker) -> None:
    hidden, shared = make_task(agency, 31, "Secret"), make_task(agency, 33, "Cut")
    assert ids(agency.get(TASKS, BO)["data"]) == [40, shared]
    assert agency.get(TASKS, BO, pid=31)["data"] is None
    mine = ids(agency.get("/me/tasks", BO))
    assert shared in mine
    assert hidden not in mine


def test_my_tasks_leave_out_what_is_done(agency: Asker) -> None:
    done = make_task(agency, 33, "Done", active=False)
    assert done not in ids(agency.get("/me/tasks", BO))
    assert done in ids(agency.get("/me/tasks", BO, include_not_active="true"))
    answer = agency.ask("GET", "/me/tasks", params={"include_not_active": "maybe"})
    assert refusal(answer) == (400, "Invalid include_not_active")


def test_a_new_task_is_told_whole(agency: Asker) -> None:
    body = {"name": " Test ", "estimated_seconds": 3_600, "external_reference": "T", "user_id": BO}
    made = agency.post(MINE, body)
    assert set(made) == KEYS
    assert (made["name"], made["estimated_seconds"], made["active"]) == ("Test", 3_600, True)
    assert (made["user_id"], made["uid"], made["external_reference"]) == (BO, BO, "T")
    assert (made["tracked_seconds"], made["recurring"], made["permissions"]) == (0, False, None)
    assert agency.get(f"{MINE}/{made['id']}") == made


BAD_BODIES = [
    ({"name": ""}, None),
    ({"name": "  "}, None),
    ({"name": "Taken"}, None),
    ({"name": "n" * 256}, "Task name maximum length is 255"),
    ({"name": 5}, "Invalid name format"),
    ({"name": "Fine", "active": "yes"}, "Invalid active format"),
    ({"name": "Fine", "estimated_seconds": "1"}, "Invalid estimated_seconds format"),
    ({"name": "Fine", "user_id": 3}, "User not found/accessible"),
    ({"name": "Fine", "user_id": UNKNOWN}, "User not found/accessible"),
    ([], "JSON is not valid"),
]


@pytest.mark.parametrize(("body", "text"), BAD_BODIES)
def test_a_bad_task_is_refused(agency: Asker, body: Any, text: str | None) -> None:
    make_task(agency, 30, "Taken")
    for method, path in (("POST", MINE), ("PUT", f"{MINE}/40")):
        status, told = refused(agency, method, path, body)
        assert (status, told) == (400, text or told)


def test_a_task_needs_a_name_of_its_own_in_its_project(agency: Asker) -> None:
    assert refused(agency, "POST", MINE, {})[0] == 400
    assert refused(agency, "POST", MINE, {"name": "Build"})[0] == 400
    make_task(agency, 32, "Build")


def test_a_change_touches_only_what_is_given_and_the_reports(agency: Asker) -> None:
    assert titles(agency, "tasks")[40] == "Build"
    agency.put(f"{MINE}/40", {"estimated_seconds": 60})
    changed = agency.put(f"{MINE}/40", {"name": "Construct"})
    assert (changed["name"], changed["estimated_seconds"]) == ("Construct", 60)
    assert titles(agency, "tasks")[40] == "Construct"
    assert agency.put(f"{MINE}/40", {"active": False})["active"] is False
    assert seconds(agency, grouping="tasks")[40] == 2_700


def test_a_deleted_task_leaves_its_time_on_the_project(agency: Asker) -> None:
    before = seconds(agency)
    assert agency.delete(f"{MINE}/40") == 40
    assert seconds(agency) == before
    assert seconds(agency, grouping="tasks") == {None: 15_720}
    entry = agency.get("/me/time_entries/103", BO)
    assert (entry["project_id"], entry["task_id"]) == (30, None)
    assert refused(agency, "DELETE", f"{MINE}/40") == NO_TASK
    make_task(agency, 30, "Build")


@pytest.mark.parametrize(
    ("method", "body"), [("GET", None), ("PUT", {"name": "New"}), ("DELETE", None)]
)
def test_what_one_may_not_see_is_unknown(agency: Asker, method: str, body: Any) -> None:
    hidden = make_task(agency, 31, "Secret")
    elsewhere = agency.post(f"{ELSEWHERE}/projects/60/tasks", {"name": "CANARY"}, 3)["id"]
    for path in (f"{MINE}/{UNKNOWN}", f"{MINE}/{elsewhere}", f"{PROJECTS}/32/tasks/40"):
        assert refused(agency, method, path, body) == NO_TASK
    for project_id in (UNKNOWN, 60, 31):
        path = f"{PROJECTS}/{project_id}/tasks/{hidden}"
        assert refused(agency, method, path, body, BO) == NO_PROJECT
    for name in BAD_IDS:
        answer = agency.ask(method, f"{MINE}/{name}", json=body)
        assert refusal(answer) == (400, "Invalid task_id")
        answer = agency.ask(method, f"{PROJECTS}/{name}/tasks/40", json=body)
        assert refusal(answer) == (400, "Invalid project_id")


def test_the_tasks_of_a_hidden_project_are_unknown(agency: Asker) -> None:
    for project_id in (UNKNOWN, 60, 31):
        path = f"{PROJECTS}/{project_id}/tasks"
        assert refusal(agency.ask("GET", path, BO)) == NO_PROJECT
        assert refused(agency, "POST", path, {"name": "Mine"}, BO) == NO_PROJECT


def test_a_member_changes_no_task_and_a_manager_does(agency: Asker) -> None:
    steps: list[tuple[str, str, Any]] = [
        ("POST", MINE, {"name": "New"}),
        ("PUT", f"{MINE}/40", {"name": "Mine"}),
        ("DELETE", f"{MINE}/40", None),
    ]
    for method, path, body in steps:
        assert refused(agency, method, path, body, BO) == NO_ACCESS
    put_on(agency, 30, BO, manager=True)
    for method, path, body in steps:
        assert agency.ask(method, path, BO, json=body).status_code == 200


def test_a_member_patches_no_task(agency: Asker) -> None:
    before = everything(agency)
    answer = agency.ask("PATCH", f"{MINE}/40", BO, json=RENAMING)
    if answer.status_code == 200:
        assert answer.json()["success"] == []
    else:
        assert refusal(answer) == NO_ACCESS
    assert everything(agency) == before


def test_many_tasks_are_patched(agency: Asker) -> None:
    second = make_task(agency, 30, "Test")
    values = {"active": False, "estimated_seconds": 90}
    body = [{"op": "replace", "path": f"/{key}", "value": values[key]} for key in values]
    answer = agency.patch(f"{MINE}/{second},40,{UNKNOWN},40", body)
    assert answer["success"] == [second, 40]
    assert answer["failure"] == [{"id": UNKNOWN, "message": NO_TASK[1]}]
    for task in agency.get(MINE):
        assert (task["active"], task["estimated_seconds"]) == (False, 90)
    answer = agency.patch(f"{MINE}/40,{second}", RENAMING)
    assert (answer["success"], ids(answer["failure"])) == ([40], [second])
    assert titles(agency, "tasks", ADA)[40] == "Same"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "path": "/name", "value": ""},
        {"op": "replace", "path": "/id", "value": 1},
        {"op": "move", "path": "/name", "value": "A"},
    ],
)
def test_a_bad_operation_fails_whole(agency: Asker, operation: dict[str, Any]) -> None:
    before = everything(agency)
    good = {"op": "replace", "path": "/active", "value": False}
    answer = agency.patch(f"{MINE}/40", [good, operation])
    assert (answer["success"], ids(answer["failure"])) == ([], [40])
    assert everything(agency) == before
    assert refused(agency, "PATCH", f"{MINE}/40", {}) == NOT_JSON


def test_the_free_plan_sells_tasks(agency: Asker) -> None:
    path = f"{FREE_WORKSPACE}/projects"
    project = agency.post(path, {"name": "Plain"}, EVE)
    assert project["workspace_id"] == FREE
    answer = agency.ask("POST", f"{path}/{project['id']}/tasks", EVE, json={"name": "New"})
    assert refusal(answer) == (402, "Tasks are a premium feature")
