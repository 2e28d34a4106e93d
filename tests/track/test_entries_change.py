"""Changing time entries: only what is said changes, refused is untouched, and the report follows."""

from datetime import UTC, datetime

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, UNKNOWN, Asker
from tests.track.entries import (
    ALL_SECONDS,
    ENTRIES,
    NO_PROJECT,
    NOT_FOUND,
    everything,
    listed,
    new,
    read,
    refused,
    second_workspace,
    seconds,
    times,
    titles,
)

PATH = f"{ENTRIES}/101"  # Ada's, 8 January, 08:00 to 09:30, project 30, tags 50 and 51
START, STOP = "2026-01-08T08:00:00Z", "2026-01-08T09:30:00Z"


def test_only_what_is_said_changes(agency: Asker) -> None:
    before = read(agency, 101)
    agency.now = datetime(2026, 1, 20, 12, 30, tzinfo=UTC)
    changed = agency.put(PATH, {"description": "Planned"})
    assert times(changed) == (START, STOP, 5400)
    expected = {**before, "description": "Planned", "at": "2026-01-20T12:30:00+00:00"}
    assert read(agency, 101) == expected
    assert titles(agency, 30) == ["Last day", "Plan", "Planned", "Ärger"]


def test_saying_nothing_changes_nothing(agency: Asker) -> None:
    before = everything(agency)[2]
    told = agency.put(PATH, {"created_with": "x", "workspace_id": AGENCY, "duronly": False})
    assert (told["description"], told["tag_ids"], told["billable"]) == ("Plan", [50, 51], True)
    assert everything(agency)[2] == before


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"start": "2026-01-08T09:00:00Z"}, ("2026-01-08T09:00:00Z", STOP, 1800)),
        ({"stop": "2026-01-08T10:00:00+00:00"}, (START, "2026-01-08T10:00:00Z", 7200)),
        ({"duration": 60}, (START, "2026-01-08T08:01:00Z", 60)),
        ({"duration": 0}, (START, START, 0)),
        (
            {"start": "2026-01-12T08:00:00Z", "duration": 60},
            ("2026-01-12T08:00:00Z", "2026-01-12T08:01:00Z", 60),
        ),
        (
            {"start": "2026-01-12T08:00:00Z", "stop": "2026-01-12T08:02:00Z"},
            ("2026-01-12T08:00:00Z", "2026-01-12T08:02:00Z", 120),
        ),
        (
            {"start": START, "stop": "2026-01-08T08:01:00.9Z", "duration": 60},
            (START, "2026-01-08T08:01:00Z", 60),
        ),
    ],
)
def test_times_follow_one_another(agency: Asker, asked: dict, expected: tuple) -> None:
    changed = agency.put(PATH, asked)
    assert times(changed) == expected
    assert read(agency, 101)["duration"] == expected[2]
    assert seconds(agency) == ALL_SECONDS - 5400 + expected[2]


REFUSED = [
    ({"start": "2026-01-08T10:00:00Z"}, "Stop time must be after start time"),
    ({"stop": "2026-01-08T07:00:00Z"}, "Stop time must be after start time"),
    ({"stop": STOP, "duration": 60}, "stop - start must equal duration"),
    ({"stop": STOP, "duration": -1}, "stop - start must equal duration"),
    ({"start": "2026-01-08 08:00"}, "Invalid start format"),
    ({"stop": 5}, "Invalid stop format"),
    ({"duration": "60"}, "Invalid duration format"),
    ({"description": ["x"]}, "Invalid description format"),
    ({"description": "x" * 3001}, "Description maximum length is 3000"),
    ({"billable": "true"}, "Invalid billable format"),
    ({"project_id": UNKNOWN}, "Project not found/accessible"),
    ({"pid": 60}, "Project not found/accessible"),
    ({"project_id": 2**64}, "Invalid project_id format"),
    ({"task_id": UNKNOWN}, "Task not found/accessible"),
    ({"project_id": 32, "tid": 40}, "Task not found/accessible"),
    ({"tag_ids": [UNKNOWN]}, "Tag not found/accessible"),
    ({"tags": ["x"], "tag_action": "erase"}, "Invalid tag_action value"),
    ({"tags": [None]}, "Invalid tags format"),
    ({"user_id": CLEO}, "User not found/accessible"),
    ({"description": "half", "tags": ["half"], "duration": "x"}, "Invalid duration format"),
]


def test_a_refused_change_changes_nothing(agency: Asker) -> None:
    before = everything(agency)
    for asked, text in REFUSED:
        assert refused(agency, "PUT", PATH, asked) == (400, text), asked
    assert everything(agency) == before


NO_OBJECTS = ["", "{", "[]", "null", "7"]


def test_a_change_is_an_object(agency: Asker) -> None:
    for content in NO_OBJECTS:
        answer = agency.ask("PUT", PATH, content=content)
        assert (answer.status_code, answer.json()) == (400, "JSON is not valid"), content


@pytest.mark.parametrize("key", ["project_id", "pid"])
def test_null_takes_the_project_away_and_its_task(agency: Asker, key: str) -> None:
    made = new(agency, task_id=40, description="Build it")
    changed = agency.put(f"{ENTRIES}/{made['id']}", {key: None})
    assert changed["project_id"] is changed["task_id"] is None
    assert "pid" not in changed
    assert "tid" not in changed
    assert "Build it" in titles(agency, None)


def test_null_takes_away_what_may_be_missing(agency: Asker) -> None:
    made = new(agency, task_id=40, description="Build it")
    path = f"{ENTRIES}/{made['id']}"
    assert agency.put(path, {"task_id": None})["project_id"] == 30
    assert read(agency, made["id"])["task_id"] is None
    assert agency.put(path, {"description": None})["description"] == "Build it"  # as not given
    assert agency.put(path, {"description": ""})["description"] is None
    assert agency.put(path, {"description": ""})["description"] is None


def test_null_for_what_must_be_there_is_not_given(agency: Asker) -> None:
    told = agency.put(PATH, {"start": None, "duration": None, "billable": None, "user_id": None})
    assert times(told) == (START, STOP, 5400)
    assert (told["billable"], told["user_id"]) == (True, ADA)


def test_another_project_takes_the_task_away(agency: Asker) -> None:
    made = new(agency, task_id=40)
    path = f"{ENTRIES}/{made['id']}"
    assert agency.put(path, {"project_id": 30})["task_id"] == 40
    changed = agency.put(path, {"pid": 32})
    assert (changed["project_id"], changed["task_id"]) == (32, None)
    changed = agency.put(path, {"project_id": 30, "task_id": 40})
    assert (changed["project_id"], changed["task_id"]) == (30, 40)


def test_the_report_follows_an_entry_to_its_new_project(agency: Asker) -> None:
    agency.put(PATH, {"project_id": 32, "description": "Moved"})
    assert titles(agency, 32) == ["Moved"]
    assert seconds(agency) == ALL_SECONDS


def test_the_report_follows_what_is_billable(agency: Asker) -> None:
    def rated() -> int:
        subs = [sub for group in agency.summary()["groups"] for sub in group["sub_groups"]]
        return sum(rate["billable_seconds"] for sub in subs for rate in sub["rates"] or [])

    before = rated()
    agency.put(PATH, {"billable": False})
    assert rated() == before - 5400
    agency.put(PATH, {"billable": True})
    assert rated() == before


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"tags": ["urgent"]}, ["urgent"]),
        ({"tag_ids": [51]}, ['say "hi"']),
        ({"tags": []}, []),
        ({"tag_ids": []}, []),
        ({"tags": ["fresh"]}, ["fresh"]),
        ({"tags": ["fresh"], "tag_ids": [50]}, ["urgent", "fresh"]),
        ({"tags": ["fresh"], "tag_action": "add"}, ["urgent", 'say "hi"', "fresh"]),
        ({"tag_ids": [50], "tag_action": "add"}, ["urgent", 'say "hi"']),
        ({"tags": ["urgent"], "tag_action": "delete"}, ['say "hi"']),
        ({"tag_ids": [51], "tag_action": "delete"}, ["urgent"]),
        ({"tags": ["urgent"], "tag_ids": [51], "tag_action": "delete"}, []),
        ({"tags": ["never seen"], "tag_action": "delete"}, ["urgent", 'say "hi"']),
        ({"tag_action": "delete"}, ["urgent", 'say "hi"']),
        ({"description": "other"}, ["urgent", 'say "hi"']),
    ],
)
def test_tags_are_replaced_added_and_deleted(agency: Asker, asked: dict, names: list) -> None:
    assert agency.put(PATH, asked)["tags"] == names
    told = read(agency, 101)
    assert told["tags"] == names
    assert told["tag_ids"] == sorted(told["tag_ids"])


def test_deleting_a_name_makes_no_tag(agency: Asker) -> None:
    agency.put(PATH, {"tags": ["never seen"], "tag_action": "delete"})
    assert {tag["id"] for tag in agency.get(f"/workspaces/{AGENCY}/tags")} == {50, 51}


def test_the_report_follows_tags(agency: Asker) -> None:
    agency.put(PATH, {"tags": ["urgent"]})
    groups = agency.summary(grouping="tags")["groups"]
    assert [group["ids"] for group in groups] == [[], [50]]


@pytest.mark.parametrize("key", ["user_id", "uid"])
def test_an_admin_gives_an_entry_to_a_member(agency: Asker, key: str) -> None:
    assert agency.put(PATH, {key: BO})["user_id"] == BO
    assert 101 in listed(agency, BO)
    assert 101 not in listed(agency)
    assert seconds(agency, user_ids=[BO]) == 2700 + 1800 + 1200 + 5400


def test_a_member_gives_no_entry_away(agency: Asker) -> None:
    before = everything(agency)
    assert refused(agency, "PUT", f"{ENTRIES}/105", {"user_id": ADA}, BO)[0] == 403
    assert everything(agency) == before
    assert agency.put(f"{ENTRIES}/105", {"user_id": BO}, BO)["user_id"] == BO


def test_a_member_changes_his_own(agency: Asker) -> None:
    assert agency.put(f"{ENTRIES}/105", {"duration": 1260}, BO)["duration"] == 1260
    assert seconds(agency) == ALL_SECONDS + 60


NOT_HIS = [100, 106, 200, 108, UNKNOWN]


def test_what_is_not_his_is_not_there_for_a_member(agency: Asker) -> None:
    """100 and 106 are on a project that he sees, in reports too; changing them is another matter."""
    before = everything(agency)
    for entry_id in NOT_HIS:
        told = refused(agency, "PUT", f"{ENTRIES}/{entry_id}", {"description": "mine"}, BO)
        assert told == NOT_FOUND, entry_id
    assert everything(agency) == before


NOT_THERE = [200, 108, UNKNOWN, "x", "0", "-1", 2**63]


def test_what_is_not_there_is_not_changed(agency: Asker) -> None:
    for entry_id in NOT_THERE:
        told = refused(agency, "PUT", f"{ENTRIES}/{entry_id}", {"description": "mine"})
        assert told == NOT_FOUND, entry_id


def test_an_admin_changes_the_entries_of_others(agency: Asker) -> None:
    changed = agency.put(f"{ENTRIES}/105", {"description": "Mails"})
    assert (changed["description"], changed["user_id"]) == ("Mails", BO)
    assert read(agency, 105, BO)["description"] == "Mails"


def test_an_entry_is_only_in_its_own_workspace(agency: Asker) -> None:
    side = second_workspace(agency)
    for method in ("PUT", "DELETE"):
        path = f"/workspaces/{side}/time_entries/101"
        assert refused(agency, method, path, {"description": "x"}) == NOT_FOUND
    assert refused(agency, "PATCH", f"/workspaces/{side}/time_entries/107/stop") == NOT_FOUND
    assert read(agency, 101)["description"] == "Plan"


def test_old_entries_on_a_project_now_hidden_stay_his(agency: Asker) -> None:
    """D9.3"""
    agency.put(f"/workspaces/{AGENCY}/projects/30", {"is_private": True})
    assert read(agency, 103, BO)["project_id"] == 30
    assert 103 in listed(agency, BO)
    assert agency.put(f"{ENTRIES}/103", {"description": "Still"}, BO)["project_id"] == 30
    assert refused(agency, "PUT", f"{ENTRIES}/105", {"project_id": 30}, BO) == NO_PROJECT


def test_a_change_tells_names_when_asked(agency: Asker) -> None:
    changed = agency.put(f"{PATH}?meta=true", {"description": "x"})
    assert (changed["project_name"], changed["user_name"]) == ("Website", "Ada")
