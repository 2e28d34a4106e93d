"""Making time entries: when they were, whose they are, what they belong to, and that the report knows at once."""

import pytest

from tests.track.asking import ADA, AGENCY, BO, CLEO, OTHER, UNKNOWN, Asker
from tests.track.entries import (
    ALL_SECONDS,
    ENTRIES,
    KEYS,
    NO_PROJECT,
    NO_USER,
    NO_WORKSPACE,
    OWN,
    START,
    STARTED_AT,
    everything,
    listed,
    new,
    payload,
    read,
    refused,
    seconds,
    times,
    titles,
)

ONE_HOUR_ON = "2026-01-15T09:00:00Z"


def test_an_entry_is_told_back_whole(agency: Asker) -> None:
    made = new(agency, description="Draw", project_id=30, task_id=40, tag_ids=[51, 50])
    assert list(made) == KEYS
    assert made["id"] > 300
    assert {key: made[key] for key in KEYS if key not in ("id", "at")} == {
        "workspace_id": AGENCY,
        "project_id": 30,
        "task_id": 40,
        "billable": False,
        "start": START,
        "stop": ONE_HOUR_ON,
        "duration": 3600,
        "description": "Draw",
        "tags": ["urgent", 'say "hi"'],
        "tag_ids": [50, 51],
        "duronly": True,
        "server_deleted_at": None,
        "user_id": ADA,
        "uid": ADA,
        "wid": AGENCY,
        "pid": 30,
        "tid": 40,
        "permissions": None,
    }
    assert made["at"] == "2026-01-20T12:00:00+00:00"


def test_an_entry_of_nothing_leaves_out_pid_and_tid(agency: Asker) -> None:
    made = new(agency)
    assert list(made) == [key for key in KEYS if key not in ("pid", "tid")]
    assert made["project_id"] is made["task_id"] is made["description"] is None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"duration": 90}, (START, "2026-01-15T08:01:30Z", 90)),
        ({"duration": 0}, (START, START, 0)),
        ({"duration": None, "stop": ONE_HOUR_ON}, (START, ONE_HOUR_ON, 3600)),
        ({"stop": ONE_HOUR_ON}, (START, ONE_HOUR_ON, 3600)),
        ({"start": "2026-01-15T10:00:00+02:00"}, (START, ONE_HOUR_ON, 3600)),
        ({"start": "2026-01-15T08:00:00.987654Z"}, (START, ONE_HOUR_ON, 3600)),
        ({"start": "2026-01-15T03:00:00.5-05:00"}, (START, ONE_HOUR_ON, 3600)),
        ({"start": "2026-01-15T08:00:00-00:00"}, (START, ONE_HOUR_ON, 3600)),
        ({"start": "2026-01-03T08:00:00Z", "start_date": "2026-01-15"}, (START, ONE_HOUR_ON, 3600)),
        ({"duronly": True, "wid": AGENCY, "workspace_id": AGENCY}, (START, ONE_HOUR_ON, 3600)),
        ({"wid": OTHER, "user_agent": "x", "event_metadata": {}}, (START, ONE_HOUR_ON, 3600)),
    ],
)
def test_the_time_of_an_entry_can_be_said_in_many_ways(
    agency: Asker, asked: dict, expected: tuple
) -> None:
    made = new(agency, **asked)
    assert times(made) == expected
    assert made["workspace_id"] == AGENCY


def test_an_entry_without_stop_and_duration_has_no_length(agency: Asker) -> None:
    made = new(agency, duration=None)
    assert times(made) == (START, None, 0)
    assert times(read(agency, made["id"])) == (STARTED_AT, STARTED_AT, 0)
    assert agency.get("/me/time_entries/current")["id"] == 107


REFUSED = [
    ({"created_with": None}, "created_with needs to be provided"),
    ({"created_with": ""}, "created_with needs to be provided"),
    ({"created_with": None, "start": None}, "created_with needs to be provided"),
    ({"start": None}, "start needs to be provided"),
    ({"created_with": 5}, "Invalid created_with format"),
    ({"start": "soon"}, "Invalid start format"),
    ({"start": 1_768_464_000}, "Invalid start format"),
    ({"start": "2026-01-15T08:00:00"}, "Invalid start format"),
    ({"start": "2026-01-15"}, "Invalid start format"),
    ({"start": "2026-02-30T08:00:00Z"}, "Invalid start format"),
    ({"stop": "later"}, "Invalid stop format"),
    ({"start_date": "15.01.2026"}, "Invalid start_date format"),
    ({"stop": "2026-01-15T09:00:01Z"}, "stop - start must equal duration"),
    ({"stop": ONE_HOUR_ON, "duration": -1}, "stop - start must equal duration"),
    ({"stop": "2026-01-15T07:59:59Z", "duration": None}, "Stop time must be after start time"),
    ({"duration": "3600"}, "Invalid duration format"),
    ({"duration": 1.5}, "Invalid duration format"),
    ({"duration": True}, "Invalid duration format"),
    ({"duration": 2**63}, "Invalid duration format"),
    ({"description": 7}, "Invalid description format"),
    ({"description": "a\0b"}, "Invalid description format"),
    ({"description": "x" * 3001}, "Description maximum length is 3000"),
    ({"billable": "yes"}, "Invalid billable format"),
    ({"billable": 1}, "Invalid billable format"),
    ({"tags": "urgent"}, "Invalid tags format"),
    ({"tags": [5]}, "Invalid tags format"),
    ({"tag_ids": ["50"]}, "Invalid tag_ids format"),
    ({"project_id": "30"}, "Invalid project_id format"),
    ({"pid": True}, "Invalid pid format"),
    ({"tid": [40]}, "Invalid tid format"),
    ({"project_id": UNKNOWN}, "Project not found/accessible"),
    ({"pid": 60}, "Project not found/accessible"),
    ({"task_id": UNKNOWN}, "Task not found/accessible"),
    ({"project_id": 32, "task_id": 40}, "Task not found/accessible"),
    ({"tag_ids": [50, UNKNOWN]}, "Tag not found/accessible"),
    ({"tags": ["newest"], "project_id": UNKNOWN}, "Project not found/accessible"),
    ({"user_id": CLEO}, "User not found/accessible"),
    ({"uid": UNKNOWN}, "User not found/accessible"),
]


def test_what_makes_no_entry_is_refused_and_changes_nothing(agency: Asker) -> None:
    before = everything(agency)
    for asked, text in REFUSED:
        assert refused(agency, "POST", ENTRIES, payload(**asked)) == (400, text), asked
    assert everything(agency) == before


OUT_OF_THIS_WORLD = [
    {"start": "1969-12-31T23:59:59Z"},
    {"start": "2101-01-01T00:00:00Z"},
    {"duration": 11 * 366 * 86_400},
    {"start": "9999-12-31T23:59:59Z", "duration": 2**62},
]


def test_times_out_of_this_world_are_refused(agency: Asker) -> None:
    for asked in OUT_OF_THIS_WORLD:
        assert refused(agency, "POST", ENTRIES, payload(**asked))[0] == 400, asked
    assert listed(agency) == OWN


NO_OBJECTS = ["", "[", "[]", "null", '"text"', '{"duration": NaN}']


def test_a_body_that_is_no_object_is_refused(agency: Asker) -> None:
    for content in NO_OBJECTS:
        answer = agency.ask("POST", ENTRIES, content=content)
        assert (answer.status_code, answer.json()) == (400, "JSON is not valid"), content


def test_a_body_counts_whatever_it_says_it_is(agency: Asker) -> None:
    body = '{"created_with":"x","start":"2026-01-15T08:00:00Z","duration":3600}'
    answer = agency.ask("POST", ENTRIES, content=body, headers={"content-type": "text/plain"})
    assert answer.status_code == 200
    assert agency.ask("POST", ENTRIES, content=" " * 1_048_577).status_code == 413


def test_a_description_may_have_3000_characters_of_any_script(agency: Asker) -> None:
    made = new(agency, description="Ж" * 3000)
    assert read(agency, made["id"])["description"] == "Ж" * 3000


def test_the_legacy_names_are_as_good_as_the_new_ones(agency: Asker) -> None:
    made = new(agency, BO, pid=30, tid=40, uid=BO, wid=AGENCY)
    told = [made[key] for key in ("project_id", "pid", "task_id", "tid", "user_id", "uid", "wid")]
    assert told == [30, 30, 40, 40, BO, BO, AGENCY]


def test_a_task_brings_its_project(agency: Asker) -> None:
    made = new(agency, task_id=40)
    assert (made["project_id"], made["task_id"]) == (30, 40)


def test_tags_by_name_are_found_or_made_and_join_those_by_id(agency: Asker) -> None:
    made = new(agency, tags=["fresh", "urgent"], tag_ids=[51])
    (fresh,) = set(made["tag_ids"]) - {50, 51}
    assert made["tag_ids"] == [50, 51, fresh]
    assert made["tags"] == ["urgent", 'say "hi"', "fresh"]
    tags = {tag["id"]: tag["name"] for tag in agency.get(f"/workspaces/{AGENCY}/tags")}
    assert tags == {50: "urgent", 51: 'say "hi"', fresh: "fresh"}
    assert new(agency, tags=["fresh"])["tag_ids"] == [fresh]


def test_without_tags_the_making_tells_null_and_the_reading_lists_none(agency: Asker) -> None:
    made = new(agency)
    assert made["tags"] is made["tag_ids"] is None
    again = read(agency, made["id"])
    assert again["tags"] == again["tag_ids"] == []


def test_a_member_makes_no_new_tags_where_only_admins_may(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}", {"only_admins_may_create_tags": True})
    before = everything(agency)
    assert refused(agency, "POST", ENTRIES, payload(tags=["urgent", "mine"]), BO)[0] == 403
    assert everything(agency) == before
    assert new(agency, BO, tags=["urgent"])["tag_ids"] == [50]
    assert new(agency, ADA, tags=["mine"])["tags"] == ["mine"]


def test_the_project_can_decide_what_is_billable(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}/projects/30", {"billable": True})
    assert new(agency, project_id=30, billable=False)["billable"] is False
    agency.put(f"/workspaces/{AGENCY}", {"projects_enforce_billable": True})
    assert new(agency, project_id=30, billable=False)["billable"] is True


def test_an_archived_project_may_be_tracked_on(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}/projects/30", {"active": False})
    assert new(agency, project_id=30)["project_id"] == 30


def test_the_report_has_a_new_entry_at_once(agency: Asker) -> None:
    assert seconds(agency) == ALL_SECONDS
    new(agency, description="Brand new", project_id=32, duration=61)
    assert seconds(agency) == ALL_SECONDS + 61
    assert titles(agency, 32) == ["Brand new"]


def test_the_list_has_a_new_entry_at_once(agency: Asker) -> None:
    made = new(agency)
    assert listed(agency) == [made["id"], *OWN]


@pytest.mark.parametrize("workspace", [OTHER, UNKNOWN])
def test_there_is_no_entry_in_a_foreign_workspace(agency: Asker, workspace: int) -> None:
    path = f"/workspaces/{workspace}/time_entries"
    assert refused(agency, "POST", path, payload()) == NO_WORKSPACE


NO_IDS = ["x", "0", "-10", "1.5", str(2**63)]


def test_a_workspace_id_is_a_positive_integer(agency: Asker) -> None:
    for workspace in NO_IDS:
        path = f"/workspaces/{workspace}/time_entries"
        assert refused(agency, "POST", path, payload()) == (400, "Invalid workspace id"), path


def test_an_admin_tracks_for_a_member(agency: Asker) -> None:
    made = new(agency, ADA, user_id=BO)
    assert (made["user_id"], made["uid"]) == (BO, BO)
    assert made["id"] in listed(agency, BO)
    assert made["id"] not in listed(agency, ADA)
    assert new(agency, ADA, uid=BO)["user_id"] == BO


def test_a_member_tracks_for_nobody_else(agency: Asker) -> None:
    before = everything(agency)
    assert refused(agency, "POST", ENTRIES, payload(user_id=ADA), BO)[0] == 403
    assert refused(agency, "POST", ENTRIES, payload(uid=ADA), BO)[0] == 403
    assert everything(agency) == before


def test_a_hidden_project_is_as_unknown_as_none(agency: Asker) -> None:
    """D9.3: Bo is on 33 through his group and not on 31."""
    assert refused(agency, "POST", ENTRIES, payload(project_id=31), BO) == NO_PROJECT
    assert new(agency, BO, project_id=33)["project_id"] == 33
    assert refused(agency, "POST", ENTRIES, payload(user_id=UNKNOWN)) == NO_USER


def test_the_making_tells_names_when_asked(agency: Asker) -> None:
    path = f"{ENTRIES}?meta=true"
    made = agency.post(path, payload(project_id=30, task_id=40))
    assert made["project_name"] == "Website"
    assert made["client_name"] == "Acme"
    assert made["task_name"] == "Build"
    assert made["user_name"] == "Ada"
