"""The lists of `me`: only what one sees, over all of one's workspaces, and what changed since."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.track.asking import (
    ADA,
    AGENCY,
    BO,
    CLEO,
    EVE,
    FREE,
    ORGANIZATIONS,
    OTHER,
    Asker,
    refusal,
)
from tests.track.entries import second_workspace, unix

WORKSPACE = f"/workspaces/{AGENCY}"
LATER = datetime(2026, 1, 20, 13, 0, tzinfo=UTC)
SINCE = unix("2026-01-20T13:00:00Z")


def ids(things: list[dict[str, Any]] | None) -> list[int]:
    return [thing["id"] for thing in things or []]


@pytest.mark.parametrize(
    ("by", "workspace"), [(ADA, AGENCY), (BO, AGENCY), (CLEO, OTHER), (EVE, FREE)]
)
def test_everybody_has_his_workspaces(agency: Asker, by: int, workspace: int) -> None:
    told = agency.get("/me/workspaces", by)
    assert ids(told) == [workspace]
    assert told == agency.get("/workspaces", by)
    assert told[0]["organization_id"] == ORGANIZATIONS[workspace]
    assert told[0]["admin"] is (by != BO)
    assert told[0]["role"] == ("user" if by == BO else "admin")


def test_a_new_workspace_is_in_every_list(agency: Asker) -> None:
    side = second_workspace(agency)
    assert ids(agency.get("/me/workspaces")) == [AGENCY, side]
    organizations = agency.get("/me/organizations")
    assert [one["name"] for one in organizations] == ["House", "Side House"]
    assert side not in ids(agency.get("/me/workspaces", BO))


def test_everybody_has_his_organizations(agency: Asker) -> None:
    (adas,), (bos,) = (agency.get("/me/organizations", by) for by in (ADA, BO))
    assert adas["id"] == bos["id"] == ORGANIZATIONS[AGENCY]
    assert (adas["admin"], adas["owner"]) == (True, True)
    assert (bos["admin"], bos["owner"]) == (False, False)
    assert adas["max_workspaces"] == 20
    assert adas["permissions"] is None


def test_clients_are_those_he_sees(agency: Asker) -> None:
    """D9.3: 21 has no project but the private one."""
    assert {20, 21} <= set(ids(agency.get("/me/clients")))
    bos = set(ids(agency.get("/me/clients", BO)))
    assert 20 in bos
    assert 21 not in bos
    assert ids(agency.get("/me/clients", EVE)) == []


def test_clients_since_hold_the_changed_and_the_deleted(agency: Asker) -> None:
    agency.now = LATER
    assert ids(agency.get("/me/clients", since=SINCE)) == []
    made = agency.post(f"{WORKSPACE}/clients", {"name": "New"})
    agency.delete(f"{WORKSPACE}/clients/22")
    told = agency.get("/me/clients", since=SINCE)
    assert set(ids(told)) == {made["id"], 22}
    (deleted,) = (one for one in told if one["id"] == 22)
    assert deleted["server_deleted_at"] == "2026-01-20T13:00:00+00:00"
    assert 22 not in ids(agency.get("/me/clients"))


def test_projects_are_those_he_sees(agency: Asker) -> None:
    assert set(ids(agency.get("/me/projects"))) == {30, 31, 32, 33}
    assert set(ids(agency.get("/me/projects", BO))) == {30, 32, 33}
    assert ids(agency.get("/me/projects", CLEO)) == [60]


ARCHIVED = [
    ("true", True),
    ("True", True),
    ("1", True),
    ("false", False),
    ("False", False),
    ("0", False),
]


def test_archived_projects_are_told_when_asked(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/projects/32", {"active": False})
    assert 32 not in ids(agency.get("/me/projects"))
    for value, is_told in ARCHIVED:
        told = ids(agency.get("/me/projects", include_archived=value))
        assert (32 in told) is is_told, value


REFUSED = [
    ("/me/projects", {"include_archived": "maybe"}, "Invalid include_archived"),
    ("/me/tasks", {"include_not_active": "maybe"}, "Invalid include_not_active"),
    ("/me/projects", {"since": "x"}, "Invalid since format"),
    ("/me/projects/paginated", {"per_page": "x"}, "Invalid per_page"),
    ("/me/projects/paginated", {"per_page": "0"}, "Invalid per_page"),
    ("/me/clients", {"since": "-1"}, "Invalid since format"),
    ("/me/tags", {"since": "now"}, "Invalid since format"),
    ("/me/tasks", {"since": "1.5"}, "Invalid since format"),
    ("/me", {"with_related_data": "maybe"}, "Invalid with_related_data"),
]


def test_a_question_that_makes_no_sense_is_refused(agency: Asker) -> None:
    for path, query, text in REFUSED:
        status, told = refusal(agency.ask("GET", path, params=query))
        assert (status, told.removesuffix(" format")) == (400, text.removesuffix(" format")), path


def test_projects_since_hold_the_archived_and_the_deleted(agency: Asker) -> None:
    agency.now = LATER
    assert ids(agency.get("/me/projects", since=SINCE)) == []
    agency.put(f"{WORKSPACE}/projects/32", {"active": False})
    agency.delete(f"{WORKSPACE}/projects/33")
    told = {one["id"]: one for one in agency.get("/me/projects", since=SINCE)}
    assert set(told) == {32, 33}
    assert told[32]["active"] is False
    assert told[33]["server_deleted_at"] == "2026-01-20T13:00:00+00:00"
    assert agency.get("/me/projects", since=SINCE + 1) in ([], None)


def test_projects_since_tell_nothing_hidden(agency: Asker) -> None:
    agency.now = LATER
    agency.put(f"{WORKSPACE}/projects/31", {"name": "App 2"})
    assert ids(agency.get("/me/projects", since=SINCE)) == [31]
    assert ids(agency.get("/me/projects", BO, since=SINCE)) == []


def test_projects_come_in_pages(agency: Asker) -> None:
    path = "/me/projects/paginated"
    assert ids(agency.get(path)) == [30, 31, 32, 33]
    assert ids(agency.get(path, per_page=2)) == [30, 31]
    assert ids(agency.get(path, per_page=2, start_project_id=32)) == [32, 33]
    assert ids(agency.get(path, start_project_id=34)) == []
    assert ids(agency.get(path, BO, per_page=2)) == [30, 32]


def test_tags_are_those_of_ones_workspaces(agency: Asker) -> None:
    told = agency.get("/me/tags", BO)
    assert {one["id"]: one["name"] for one in told} == {50: "urgent", 51: 'say "hi"'}
    assert {one["workspace_id"] for one in told} == {AGENCY}
    assert ids(agency.get("/me/tags", CLEO)) == []


def test_tags_since_hold_the_deleted(agency: Asker) -> None:
    agency.now = LATER
    made = agency.post(f"{WORKSPACE}/tags", {"name": "fresh"})
    agency.delete(f"{WORKSPACE}/tags/50")
    told = {one["id"]: one for one in agency.get("/me/tags", since=SINCE)}
    assert set(told) == {made["id"], 50}
    assert told[50]["deleted_at"]
    assert not told[made["id"]].get("deleted_at")
    assert set(ids(agency.get("/me/tags"))) == {51, made["id"]}


def test_tasks_are_those_of_projects_he_sees(agency: Asker) -> None:
    (told,) = agency.get("/me/tasks", BO)
    assert (told["id"], told["name"], told["project_id"]) == (40, "Build", 30)
    assert (told["pid"], told["wid"], told["active"]) == (30, AGENCY, True)
    agency.put(f"{WORKSPACE}/projects/30", {"is_private": True})
    assert ids(agency.get("/me/tasks", BO)) == []
    assert ids(agency.get("/me/tasks", ADA)) == [40]


def test_finished_tasks_are_told_when_asked(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/projects/30/tasks/40", {"active": False})
    assert ids(agency.get("/me/tasks")) == []
    assert ids(agency.get("/me/tasks", include_not_active="true")) == [40]


def test_tasks_since_hold_the_deleted(agency: Asker) -> None:
    agency.now = LATER
    assert ids(agency.get("/me/tasks", since=SINCE)) == []
    agency.delete(f"{WORKSPACE}/projects/30/tasks/40")
    (told,) = agency.get("/me/tasks", since=SINCE)
    assert told["server_deleted_at"] == "2026-01-20T13:00:00+00:00"


def test_the_lists_go_over_all_workspaces(agency: Asker) -> None:
    side = second_workspace(agency)
    client = agency.post(f"/workspaces/{side}/clients", {"name": "Side client"})
    project = agency.post(f"/workspaces/{side}/projects", {"name": "Side", "active": True})
    tag = agency.post(f"/workspaces/{side}/tags", {"name": "side"})
    assert client["id"] in ids(agency.get("/me/clients"))
    assert project["id"] in ids(agency.get("/me/projects"))
    assert tag["id"] in ids(agency.get("/me/tags"))
    told = str([agency.get(f"/me/{kind}", BO) for kind in ("clients", "projects", "tags")])
    assert "Side" not in told
