"""Changing many entries at once: what holds for one holds or fails for it alone, and the answer says which."""

from typing import Any

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, OTHER, UNKNOWN, Asker
from tests.track.entries import (
    ALL_SECONDS,
    ENTRIES,
    MINE,
    everything,
    listed,
    new,
    read,
    refused,
    seconds,
    times,
    titles,
)

NONE_SUCH = "Time entry not found"


def operation(path: str, value: Any = None, op: str = "replace") -> dict[str, Any]:
    return {"op": op, "path": path, "value": value}


def patch(agency: Asker, ids: str, *operations: dict[str, Any], by: int = ADA) -> Any:
    return agency.patch(f"{ENTRIES}/{ids}", list(operations), by)


def test_many_change_at_once(agency: Asker) -> None:
    told = patch(agency, "101,100", operation("/pid", 32))
    assert told == {"success": [101, 100], "failure": []}
    assert [read(agency, number)["project_id"] for number in (100, 101)] == [32, 32]
    assert titles(agency, 32) == ["Plan"]
    assert seconds(agency) == ALL_SECONDS


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("/description", "Other", "description"),
        ("/billable", False, "billable"),
        ("/project_id", 32, "project_id"),
        ("/project_id", None, "project_id"),
        ("/pid", 32, "project_id"),
        ("/task_id", 40, "task_id"),
        ("/tid", 40, "task_id"),
        ("/tags", ["urgent"], "tags"),
        ("/tags", [], "tags"),
        ("/tag_ids", [51], "tag_ids"),
        ("/user_id", BO, "user_id"),
    ],
)
def test_replacing_does_what_a_change_does(agency: Asker, path: str, value: Any, key: str) -> None:
    assert patch(agency, "101", operation(path, value))["success"] == [101]
    assert read(agency, 101)[key] == value


@pytest.mark.parametrize(
    ("path", "value", "stop", "duration"),
    [
        ("/start", "2026-01-08T09:00:00Z", "2026-01-08T09:30:00+00:00", 1800),
        ("/stop", "2026-01-08T10:00:00Z", "2026-01-08T10:00:00+00:00", 7200),
        ("/duration", 60, "2026-01-08T08:01:00+00:00", 60),
    ],
)
def test_times_can_be_replaced(
    agency: Asker, path: str, value: Any, stop: str, duration: int
) -> None:
    patch(agency, "101", operation(path, value))
    assert times(read(agency, 101))[1:] == (stop, duration)
    assert seconds(agency) == ALL_SECONDS - 5400 + duration


@pytest.mark.parametrize(
    ("op", "path", "value", "names"),
    [
        ("add", "/tags", ["fresh"], ["urgent", 'say "hi"', "fresh"]),
        ("add", "/tag_ids", [50], ["urgent", 'say "hi"']),
        ("remove", "/tags", ["urgent"], ['say "hi"']),
        ("remove", "/tags", None, []),
        ("remove", "/tag_ids", [51], ["urgent"]),
        ("remove", "/tag_ids", None, []),
        ("remove", "/tags", ["never seen"], ["urgent", 'say "hi"']),
    ],
)
def test_tags_are_added_and_removed(
    agency: Asker, op: str, path: str, value: Any, names: list
) -> None:
    assert patch(agency, "101", operation(path, value, op))["success"] == [101]
    assert read(agency, 101)["tags"] == names


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/project_id", "project_id"),
        ("/pid", "project_id"),
        ("/task_id", "task_id"),
        ("/tid", "task_id"),
        ("/description", "description"),
    ],
)
def test_removing_leaves_nothing(agency: Asker, path: str, key: str) -> None:
    made = new(agency, task_id=40, description="Build")
    entry_id = made["id"]
    assert agency.patch(f"{ENTRIES}/{entry_id}", [{"op": "remove", "path": path}])["success"] == [
        entry_id
    ]
    assert read(agency, entry_id)[key] is None


def test_adding_sets_what_is_one_value(agency: Asker) -> None:
    patch(agency, "101", operation("/description", "Added", "add"))
    assert read(agency, 101)["description"] == "Added"


def test_several_operations_go_one_after_another(agency: Asker) -> None:
    told = patch(
        agency,
        "100,101",
        operation("/description", "Both"),
        operation("/tags", ["fresh"], "add"),
        operation("/billable", False),
    )
    assert told["success"] == [100, 101]
    one = read(agency, 100)
    assert (one["description"], one["tags"], one["billable"]) == (
        "Both",
        ["urgent", "fresh"],
        False,
    )


FAILURES = [
    (operation("/nothing", 1), "Invalid patch operation"),
    (operation("description", "x"), "Invalid patch operation"),
    (operation("/description", "x", "move"), "Invalid patch operation"),
    (operation("/billable", None, "remove"), "Invalid patch operation"),
    (operation("/start", None, "remove"), "Invalid patch operation"),
    (operation("/workspace_id", OTHER), "Invalid patch operation"),
    (operation("/description", 5), "Invalid description format"),
    (operation("/description", "x" * 3001), "Description maximum length is 3000"),
    (operation("/billable", "no"), "Invalid billable format"),
    (operation("/project_id", 60), "Project not found/accessible"),
    (operation("/pid", UNKNOWN), "Project not found/accessible"),
    (operation("/task_id", UNKNOWN), "Task not found/accessible"),
    (operation("/tag_ids", [UNKNOWN]), "Tag not found/accessible"),
    (operation("/user_id", CLEO), "User not found/accessible"),
    (operation("/stop", "2026-01-01T00:00:00Z"), "Stop time must be after start time"),
]


def test_what_cannot_be_done_is_a_failure_of_each(agency: Asker) -> None:
    before = everything(agency)
    for asked, message in FAILURES:
        assert patch(agency, "101,100", asked) == {
            "success": [],
            "failure": [{"id": 101, "message": message}, {"id": 100, "message": message}],
        }, asked
    assert everything(agency) == before


def test_the_operations_of_an_entry_hold_together_or_not_at_all(agency: Asker) -> None:
    before = everything(agency)
    told = patch(
        agency,
        "100",
        operation("/description", "half"),
        operation("/tags", ["half"], "add"),
        operation("/project_id", UNKNOWN),
    )
    assert told["failure"] == [{"id": 100, "message": "Project not found/accessible"}]
    assert everything(agency) == before


def test_a_failure_of_one_is_none_of_another(agency: Asker) -> None:
    """A stop on the 9th is after the start of 101 and before that of 107."""
    told = patch(agency, "107,101", operation("/stop", "2026-01-09T00:00:00Z"))
    assert told["success"] == [101]
    assert [one["id"] for one in told["failure"]] == [107]
    assert read(agency, 107)["stop"] is None
    assert read(agency, 101)["duration"] == 16 * 3600


def test_ids_come_back_in_the_order_asked_and_once(agency: Asker) -> None:
    told = patch(agency, "102,200,100,102,108", operation("/description", "x"))
    assert told == {
        "success": [102, 100],
        "failure": [{"id": 200, "message": NONE_SUCH}, {"id": 108, "message": NONE_SUCH}],
    }
    assert read(agency, 200, CLEO)["description"] == "CANARY"


def test_a_member_changes_only_his_own(agency: Asker) -> None:
    told = patch(agency, "105,100,103", operation("/description", "Bo's"), by=BO)
    assert told == {"success": [105, 103], "failure": [{"id": 100, "message": NONE_SUCH}]}
    assert read(agency, 100)["description"] == "Plan"


def test_a_member_gives_none_away(agency: Asker) -> None:
    told = patch(agency, "105", operation("/user_id", ADA), by=BO)
    assert told["success"] == []
    assert [one["id"] for one in told["failure"]] == [105]
    assert 105 in listed(agency, BO)


def test_a_member_moves_nothing_to_a_hidden_project(agency: Asker) -> None:
    told = patch(agency, "105", operation("/project_id", 31), by=BO)
    assert told["failure"] == [{"id": 105, "message": "Project not found/accessible"}]
    assert patch(agency, "105", operation("/project_id", 33), by=BO)["success"] == [105]


def test_an_admin_changes_the_entries_of_members(agency: Asker) -> None:
    assert patch(agency, "105,103", operation("/billable", True))["success"] == [105, 103]


def test_a_hundred_ids_and_no_more(agency: Asker) -> None:
    ids = [str(number) for number in range(1000, 1101)]
    told = patch(agency, ",".join(ids[:100]), operation("/description", "x"))
    assert len(told["failure"]) == 100
    path = f"{ENTRIES}/{','.join(ids)}"
    body = [operation("/description", "x")]
    expected = (400, "PATCH request is limited to 100 entries at once")
    assert refused(agency, "PATCH", path, body) == expected


NO_IDS = ["x", "100,x", "0", "-1", "100,,101", ",", str(2**63)]


def test_ids_are_positive_integers(agency: Asker) -> None:
    body = [operation("/description", "x")]
    for ids in NO_IDS:
        told = refused(agency, "PATCH", f"{ENTRIES}/{ids}", body)
        assert told == (400, "Invalid time_entry_ids"), ids
    assert read(agency, 100)["description"] == "Plan"


NO_LISTS = ["", "[]", "{}", "null", "[", '"x"', "[NaN]"]


def test_the_body_is_a_list_of_operations(agency: Asker) -> None:
    for content in NO_LISTS:
        answer = agency.ask("PATCH", f"{ENTRIES}/100", content=content)
        assert (answer.status_code, answer.json()) == (400, "JSON is not valid"), content


def test_several_clocks_cannot_run(agency: Asker) -> None:
    patch(agency, "100,101", operation("/duration", -1))
    running = [one["id"] for one in agency.get(MINE) if one["stop"] is None]
    assert running == [101]
    assert agency.get(f"{MINE}/current")["id"] == 101


def test_a_foreign_workspace_has_no_entries_to_change(agency: Asker) -> None:
    body = [operation("/description", "x")]
    for workspace in (OTHER, UNKNOWN):
        told = refused(agency, "PATCH", f"/workspaces/{workspace}/time_entries/200,100", body)
        assert told == (403, "Workspace not found/accessible")
    assert read(agency, 100)["workspace_id"] == AGENCY
