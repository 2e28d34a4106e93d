"""What is tracked on projects and tasks, worked out by hand from the agency's entries, and tasks as the reports list them.

Website (30), rate 100.00 and from 8 January 120.00: Ada 60 billable minutes on her 6th and 90 on her 8th,
Gone 10 billable minutes on the 7th, Bo 45 minutes that are not billable, with the task (40).
100.00 + 180.00 + 16.6667 (0.166667 hours) make 296.67. App (31), 60.00 of the workspace in dollars:
Ada 7 minutes, 0.116667 hours, 7.00. Shared (33): Bo 30 minutes, not billable. Empty (32): nothing.
"""

import pytest

from tests.track.asking import ADA, BO, EVE, FREE, Asker, refusal
from tests.track.utilities import ask, base, by_id, found, hide_team, listed, show_rates

WEBSITE = (12_300, 9_600, 29_667, "EUR")
APP = (420, 420, 700, "USD")
EMPTY = (0, 0, 0, "EUR")
SHARED = (1_800, 0, 0, "EUR")
BUILD = (2_700, 0, 0, "EUR")
PROJECTS = "filters/projects/status"
TASKS = "filters/tasks/status"
LISTS = ("filters/tasks", "search/tasks")


def figures(
    agency: Asker, name: str, body: object = None, by: int = ADA
) -> dict[int, tuple[object, ...]]:
    rows = by_id(agency, name, body, by)
    keys = ("tracked_seconds", "billable_seconds", "billable_amount", "currency")
    return {key: tuple(row[one] for one in keys) for key, row in rows.items()}


def hidden(known: tuple[object, ...]) -> tuple[object, ...]:
    """The same without the amount."""
    return (known[0], known[1], None, known[3])


def add_task(agency: Asker, project_id: int, name: str, **more: object) -> int:
    path = f"/workspaces/10/projects/{project_id}/tasks"
    return agency.post(path, {"name": name, "active": True, **more})["id"]


def test_the_figures_of_projects_are_those_worked_out_by_hand(agency: Asker) -> None:
    assert figures(agency, PROJECTS, {"ids": [30, 31, 32, 33]}) == {
        30: WEBSITE,
        31: APP,
        32: EMPTY,
        33: SHARED,
    }


def test_without_ids_all_projects_are_told(agency: Asker) -> None:
    assert list(figures(agency, PROJECTS)) == [30, 31, 32, 33]


def test_a_status_has_six_keys(agency: Asker) -> None:
    keys = {"id", "tracked_seconds", "billable_seconds", "billable_amount", "currency"}
    for name, body in ((PROJECTS, {"ids": [30]}), (TASKS, {"ids": [40]})):
        (row,) = listed(agency, name, body)
        assert set(row) == {*keys, "estimated_seconds"}
        assert row["estimated_seconds"] in {None, 0}


def test_archived_projects_can_be_asked_apart(agency: Asker) -> None:
    agency.put("/workspaces/10/projects/30", {"active": False})
    assert figures(agency, PROJECTS, {"active": False}) == {30: WEBSITE}
    assert list(figures(agency, PROJECTS, {"active": True})) == [31, 32, 33]
    assert list(figures(agency, PROJECTS)) == [30, 31, 32, 33]


def test_a_member_sees_time_of_his_projects_and_no_amounts(agency: Asker) -> None:
    assert figures(agency, PROJECTS, None, BO) == {
        30: hidden(WEBSITE),
        32: hidden(EMPTY),
        33: hidden(SHARED),
    }
    assert figures(agency, PROJECTS, {"ids": [31]}, BO) == {}


def test_a_member_sees_amounts_where_the_workspace_shows_them(agency: Asker) -> None:
    show_rates(agency)
    assert figures(agency, PROJECTS, None, BO) == {30: WEBSITE, 32: EMPTY, 33: SHARED}


def test_a_member_counts_his_own_time_only_where_the_team_is_hidden(agency: Asker) -> None:
    hide_team(agency)
    assert figures(agency, PROJECTS, {"ids": [30, 33]}, BO) == {
        30: (2_700, 0, None, "EUR"),
        33: hidden(SHARED),
    }
    assert figures(agency, PROJECTS, {"ids": [30]}) == {30: WEBSITE}


def test_new_time_is_counted_at_once(agency: Asker) -> None:
    body = {
        "created_with": "tests",
        "start": "2026-01-19T10:00:00Z",
        "duration": 3_600,
        "project_id": 30,
        "billable": True,
    }
    entry = agency.post("/workspaces/10/time_entries", body)
    assert figures(agency, PROJECTS, {"ids": [30]})[30] == (15_900, 13_200, 41_667, "EUR")
    agency.delete(f"/workspaces/10/time_entries/{entry['id']}")
    assert figures(agency, PROJECTS, {"ids": [30]})[30] == WEBSITE


def test_running_time_is_not_counted(agency: Asker) -> None:
    body = {
        "created_with": "tests",
        "start": "2026-01-19T10:00:00Z",
        "duration": -1,
        "project_id": 32,
    }
    agency.post("/workspaces/10/time_entries", body)
    assert figures(agency, PROJECTS, {"ids": [32]}) == {32: EMPTY}


def test_the_estimate_of_a_project_is_told(agency: Asker) -> None:
    agency.put("/workspaces/10/projects/30", {"estimated_hours": 10, "auto_estimates": False})
    (row,) = listed(agency, PROJECTS, {"ids": [30]})
    assert row["estimated_seconds"] == 36_000


@pytest.mark.parametrize("by", [ADA, BO])
def test_the_figures_of_tasks_are_those_worked_out_by_hand(agency: Asker, by: int) -> None:
    expected = BUILD if by == ADA else hidden(BUILD)
    assert figures(agency, TASKS, {"ids": [40, 987_654]}, by) == {40: expected}


def test_time_on_a_task_earns_at_the_rate_of_its_project(agency: Asker) -> None:
    agency.put("/workspaces/10/time_entries/103", {"billable": True})
    assert figures(agency, TASKS, {"ids": [40]}) == {40: (2_700, 2_700, 7_500, "EUR")}


def test_tasks_of_hidden_projects_have_no_status(agency: Asker) -> None:
    task_id = add_task(agency, 31, "Secret")
    assert found(agency, TASKS, {"ids": [task_id]}) == [task_id]
    assert found(agency, TASKS, {"ids": [task_id]}, BO) == []


def test_tasks_are_not_of_the_free_plan(agency: Asker) -> None:
    answer = ask(agency, TASKS, {"ids": [1]}, EVE, FREE)
    assert refusal(answer) == (402, "Tasks are a premium feature")


def test_the_free_plan_shows_no_amounts(agency: Asker) -> None:
    project = agency.post(f"/workspaces/{FREE}/projects", {"name": "Free", "active": True}, EVE)
    agency.put(f"/workspaces/{FREE}/time_entries/300", {"project_id": project["id"]}, EVE)
    (row,) = agency.post(f"{base(FREE)}/{PROJECTS}", {}, EVE)
    assert (row["id"], row["tracked_seconds"]) == (project["id"], 3_600)
    assert row["billable_amount"] is None


@pytest.mark.parametrize("name", LISTS)
def test_tasks_are_those_of_the_track_api_and_tell_of_their_project(
    agency: Asker, name: str
) -> None:
    (row,) = listed(agency, name, {"ids": [40]})
    tracked = agency.get("/workspaces/10/projects/30/tasks/40")
    keys = ("id", "name", "workspace_id", "project_id", "user_id", "active", "estimated_seconds")
    assert {key: row[key] for key in keys} == {key: tracked[key] for key in keys}
    assert (row["project_name"], row["project_color"]) == ("Website", "#bf7000")
    assert (row["client_id"], row["client_name"]) == (20, "Acme")
    assert row["tracked_seconds"] == 2_700_000  # milliseconds, as the vendor says


@pytest.mark.parametrize("name", LISTS)
def test_tasks_are_found_by_all_that_is_asked(agency: Asker, name: str) -> None:
    paint = add_task(agency, 32, "Paint", user_id=BO)
    done = add_task(agency, 30, "Done")
    agency.put(f"/workspaces/10/projects/30/tasks/{done}", {"active": False})
    agency.put("/workspaces/10/projects/32", {"active": False})
    for body, expected in (
        ({"start": 1}, [40, paint, done]),
        ({"active": True}, [40, paint]),
        ({"active": False}, [done]),
        ({"project_ids": [32]}, [paint]),
        ({"project_ids": [30, 32], "active": True}, [40, paint]),
        ({"project_active": True}, [40, done]),
        ({"project_active": False}, [paint]),
        ({"user_ids": [BO]}, [paint]),
        ({"user_ids": [ADA]}, []),
        ({"name": "UIL"}, [40]),
        ({"name": "%"}, []),
        ({"ids": [paint, 40, 987_654]}, [40, paint]),
        ({"start": paint}, [paint, done]),
        ({"page_size": 2}, [40, paint]),
        ({"page_size": 1, "start": 41}, [paint]),
    ):
        assert found(agency, name, body) == expected, body


@pytest.mark.parametrize("name", LISTS)
def test_tasks_of_hidden_projects_are_hidden(agency: Asker, name: str) -> None:
    secret = add_task(agency, 31, "Secret")
    assert found(agency, name, {"start": 1}) == [40, secret]
    assert found(agency, name, {"start": 1}, BO) == [40]
    assert found(agency, name, {"project_ids": [31]}, BO) == []
    assert found(agency, name, {"ids": [secret]}, BO) == []


@pytest.mark.parametrize("name", LISTS)
def test_the_time_of_a_task_is_what_the_viewer_may_see(agency: Asker, name: str) -> None:
    hide_team(agency)
    body = {
        "created_with": "tests",
        "start": "2026-01-19T10:00:00Z",
        "duration": 60,
        "task_id": 40,
    }
    agency.post("/workspaces/10/time_entries", body)
    tracked = [listed(agency, name, {"ids": [40]}, by)[0]["tracked_seconds"] for by in (ADA, BO)]
    assert tracked == [2_760_000, 2_700_000]
