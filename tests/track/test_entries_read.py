"""Reading one time entry, and deleting it: who may, what is told, and what is not there."""

import pytest

from tests.track.asking import ADA, AGENCY, BO, OTHER, UNKNOWN, Asker
from tests.track.entries import (
    ALL_SECONDS,
    ENTRIES,
    MINE,
    NO_RESOURCE,
    NO_WORKSPACE,
    NOT_FOUND,
    OWN,
    everything,
    listed,
    new,
    read,
    refused,
    seconds,
    times,
    titles,
)

META = [
    "client_name",
    "project_name",
    "project_color",
    "project_active",
    "project_billable",
    "task_name",
    "user_name",
    "user_avatar_url",
]


def test_a_reading_tells_what_was_made(agency: Asker) -> None:
    told = read(agency, 100)
    assert times(told) == ("2026-01-05T22:30:00+00:00", "2026-01-05T23:30:00+00:00", 3600)
    assert told["description"] == "Plan"
    assert (told["tags"], told["tag_ids"]) == (["urgent"], [50])
    assert (told["billable"], told["project_id"], told["task_id"]) == (True, 30, None)
    assert (told["user_id"], told["workspace_id"], told["server_deleted_at"]) == (1, 10, None)


def test_an_empty_description_is_null(agency: Asker) -> None:
    assert read(agency, 104, BO)["description"] is None


@pytest.mark.parametrize("value", ["true", "True", "1"])
def test_meta_names_what_the_ids_mean_and_drops_the_twins(agency: Asker, value: str) -> None:
    made = new(agency, task_id=40)
    told = agency.get(f"{MINE}/{made['id']}", meta=value)
    assert [key for key in told if key in META] == META
    assert not {"uid", "wid", "pid", "tid"} & set(told)
    assert (told["client_name"], told["project_name"], told["task_name"]) == (
        "Acme",
        "Website",
        "Build",
    )
    assert (told["project_color"], told["project_active"]) == ("#bf7000", True)
    assert told["user_name"] == "Ada"
    assert told["user_avatar_url"].startswith("http")
    assert list(told)[-1] == "permissions"


def test_meta_names_only_what_is_there(agency: Asker) -> None:
    told = agency.get(f"{MINE}/105", BO, meta="true")
    assert [key for key in told if key in META] == ["user_name", "user_avatar_url"]
    told = agency.get(f"{MINE}/104", BO, meta="true", include_sharing="true")
    assert told["project_name"] == "Shared"
    assert not {"client_name", "task_name"} & set(told)


@pytest.mark.parametrize("value", ["false", "False", "0"])
def test_no_meta_no_names(agency: Asker, value: str) -> None:
    assert agency.get(f"{MINE}/100", meta=value) == read(agency, 100)
    assert not set(META) & set(read(agency, 100))


def test_an_admin_reads_the_entries_of_members(agency: Asker) -> None:
    assert read(agency, 105, ADA)["user_id"] == BO


NOT_HIS = [100, 102, 106, 200, 108, UNKNOWN]


def test_the_entries_of_others_are_not_there_for_a_member(agency: Asker) -> None:
    for entry_id in NOT_HIS:
        assert refused(agency, "GET", f"{MINE}/{entry_id}", by=BO) == NO_RESOURCE, entry_id


NOT_THERE = [200, 300, 108, UNKNOWN, "x", "0", "-3", "1e2", 2**63, 2**64]


def test_what_is_not_there_cannot_be_read(agency: Asker) -> None:
    for entry_id in NOT_THERE:
        assert refused(agency, "GET", f"{MINE}/{entry_id}") == NO_RESOURCE, entry_id


def test_foreign_and_unknown_are_told_alike(agency: Asker) -> None:
    foreign, unknown = (agency.ask("GET", f"{MINE}/{number}") for number in (200, UNKNOWN))
    assert foreign.content == unknown.content
    skipped = {"x-request-id", "x-toggl-request-id", "date"}
    foreign_headers, unknown_headers = (
        {key: value for key, value in answer.headers.items() if key.lower() not in skipped}
        for answer in (foreign, unknown)
    )
    assert foreign_headers == unknown_headers


def test_a_deleted_entry_is_gone_everywhere(agency: Asker) -> None:
    answer = agency.ask("DELETE", f"{ENTRIES}/101")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert listed(agency) == [107, 102, 100]
    assert refused(agency, "GET", f"{MINE}/101") == NO_RESOURCE
    assert refused(agency, "PUT", f"{ENTRIES}/101", {"description": "x"}) == NOT_FOUND
    assert seconds(agency) == ALL_SECONDS - 5400


def test_the_report_forgets_a_deleted_entry(agency: Asker) -> None:
    made = new(agency, project_id=32, description="Short-lived")
    assert titles(agency, 32) == ["Short-lived"]
    agency.delete(f"{ENTRIES}/{made['id']}")
    assert titles(agency, 32) == []


NOT_TO_DELETE = [200, 108, UNKNOWN, "x", "0", 2**63]


def test_what_is_not_there_is_not_deleted(agency: Asker) -> None:
    before = everything(agency)
    for entry_id in NOT_TO_DELETE:
        assert refused(agency, "DELETE", f"{ENTRIES}/{entry_id}") == NOT_FOUND, entry_id
    assert everything(agency) == before


def test_deleting_twice_is_refused(agency: Asker) -> None:
    agency.delete(f"{ENTRIES}/101")
    assert refused(agency, "DELETE", f"{ENTRIES}/101") == NOT_FOUND


def test_a_member_deletes_only_his_own(agency: Asker) -> None:
    assert refused(agency, "DELETE", f"{ENTRIES}/100", by=BO) == NOT_FOUND
    assert listed(agency) == OWN
    agency.delete(f"{ENTRIES}/105", BO)
    assert 105 not in listed(agency, BO)


def test_an_admin_deletes_the_entries_of_members(agency: Asker) -> None:
    agency.delete(f"{ENTRIES}/105")
    assert 105 not in listed(agency, BO)
    assert seconds(agency) == ALL_SECONDS - 1200


@pytest.mark.parametrize(
    ("method", "rest"),
    [("PUT", "/200"), ("DELETE", "/200"), ("PATCH", "/200/stop"), ("PATCH", "/200")],
)
def test_a_foreign_workspace_is_not_there(agency: Asker, method: str, rest: str) -> None:
    body = [{"op": "replace", "path": "/description", "value": "x"}] if rest == "/200" else {}
    for workspace in (OTHER, UNKNOWN):
        path = f"/workspaces/{workspace}/time_entries{rest}"
        assert refused(agency, method, path, body) == NO_WORKSPACE
    assert read(agency, 200, 3)["description"] == "CANARY"


ROUTES = [
    ("GET", MINE),
    ("GET", f"{MINE}/current"),
    ("GET", f"{MINE}/100"),
    ("POST", ENTRIES),
    ("PUT", f"{ENTRIES}/100"),
    ("PATCH", f"{ENTRIES}/100,101"),
    ("PATCH", f"{ENTRIES}/107/stop"),
    ("DELETE", f"{ENTRIES}/100"),
    ("GET", f"/workspaces/{AGENCY}"),
]


def test_nothing_works_without_credentials(agency: Asker) -> None:
    for method, path in ROUTES:
        answer = agency.ask(method, path, None)
        assert (answer.status_code, answer.content) == (401, b""), (method, path)
        assert answer.headers["x-authorization-missing"] == "true"
    assert listed(agency) == OWN


def test_nothing_works_with_a_wrong_token(agency: Asker) -> None:
    """D9.1"""
    for number, (method, path) in enumerate(ROUTES):
        wrong = agency.ask(method, path, auth=(f"{number:032x}", "api_token"))
        told = (wrong.status_code, wrong.json())
        assert told == (403, "Incorrect username and/or password"), (method, path)
    assert listed(agency) == OWN
