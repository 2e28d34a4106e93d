"""Projects are changed, archived and deleted, and every report follows at once."""

import pytest

from tests.track.asking import ADA, BO, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    BAD_IDS,
    NO_ACCESS,
    NO_PROJECT,
    PROJECTS,
    TAKEN,
    TASKS,
    ids,
    make_project,
    put_on,
    refused,
    seconds,
    titles,
)

ONE = [
    ("GET", "", None),
    ("PUT", "", {"name": "New"}),
    ("DELETE", "", None),
    ("GET", "/statistics", None),
    ("GET", "/periods", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ONE)
def test_unknown_foreign_hidden_and_deleted_projects_are_one(
    agency: Asker, method: str, path: str, body
) -> None:
    deleted = make_project(agency, "Gone")
    agency.delete(f"{PROJECTS}/{deleted}")
    cases = [(UNKNOWN, ADA), (60, ADA), (deleted, ADA), (31, BO), (60, BO)]
    for project_id, by in cases:
        whole = f"{PROJECTS}/{project_id}{path}"
        assert refused(agency, method, whole, body, by) == NO_PROJECT
    for name in BAD_IDS:
        answer = agency.ask(method, f"{PROJECTS}/{name}{path}", json=body)
        assert refusal(answer) == (400, "Invalid project_id")


def test_a_change_touches_only_what_is_given(agency: Asker) -> None:
    before = agency.get(f"{PROJECTS}/30")
    changed = agency.put(f"{PROJECTS}/30", {"color": "#d94182"})
    assert (changed["actual_seconds"], changed["actual_hours"]) == (None, None)
    after = agency.get(f"{PROJECTS}/30")
    assert after["color"] == "#d94182"
    for key in before.keys() - {"color", "at"}:
        assert after[key] == before[key], key


def test_null_takes_away_what_can_be_missing(agency: Asker) -> None:
    agency.put(f"{PROJECTS}/30", {"end_date": "2027-01-01", "estimated_hours": 5})
    cleared = {"client_id": None, "end_date": None, "estimated_hours": None}
    agency.put(f"{PROJECTS}/30", {**cleared, "name": None, "active": None})
    after = agency.get(f"{PROJECTS}/30")
    assert (after["client_id"], after["cid"], after["estimated_seconds"]) == (None, None, None)
    assert not after.keys() & {"end_date", "client_name"}
    assert (after["name"], after["active"]) == ("Website", True)


def test_an_end_before_the_start_that_stands_is_refused(agency: Asker) -> None:
    agency.put(f"{PROJECTS}/32", {"start_date": "2026-05-01"})
    answer = refused(agency, "PUT", f"{PROJECTS}/32", {"end_date": "2026-04-30"})
    assert answer == (400, "Invalid end_date value")


def test_a_taken_name_is_refused_to_a_change(agency: Asker) -> None:
    assert refused(agency, "PUT", f"{PROJECTS}/32", {"name": "Shared"}) == TAKEN
    agency.put(f"{PROJECTS}/32", {"name": "Website"})
    assert refused(agency, "PUT", f"{PROJECTS}/32", {"client_id": 20}) == TAKEN
    agency.put(f"{PROJECTS}/30", {"name": "Website"})


def test_a_new_name_and_color_are_in_the_next_report(agency: Asker) -> None:
    assert titles(agency, "projects")[30] == "Website"
    agency.put(f"{PROJECTS}/30", {"name": "Portal", "color": "#990099"})
    groups = {group["id"]: group for group in agency.summary()["groups"]}
    assert groups[30]["names"] == ["Portal"]
    assert groups[30]["project_hex_color"] == "#990099"


def test_a_project_moves_between_clients_with_its_time(agency: Asker) -> None:
    assert seconds(agency, grouping="clients") == {None: 3_000, 20: 12_300, 21: 420}
    agency.put(f"{PROJECTS}/30", {"client_id": 21})
    assert seconds(agency, grouping="clients") == {None: 3_000, 21: 12_720}
    agency.put(f"{PROJECTS}/30", {"client_id": None})
    assert seconds(agency, grouping="clients") == {None: 15_300, 21: 420}


def test_a_new_rate_is_in_the_next_report(agency: Asker) -> None:
    body = {"rate": 200.5, "rate_change_mode": "override-all"}
    assert agency.put(f"{PROJECTS}/31", body)["rate"] == 200.5
    [group] = agency.summary(project_ids=[31])["groups"]
    [rate] = group["sub_groups"][0]["rates"]
    assert rate["hourly_rate_in_cents"] == 20_050


def test_a_new_currency_is_in_the_next_report(agency: Asker) -> None:
    agency.put(f"{PROJECTS}/30", {"currency": "GBP"})
    [group] = agency.summary(project_ids=[30])["groups"]
    rates = [rate for sub in group["sub_groups"] for rate in sub["rates"] or []]
    assert {rate["currency"] for rate in rates} == {"GBP"}


def test_an_archived_project_is_still_reported(agency: Asker) -> None:
    before = agency.summary()
    changed = agency.put(f"{PROJECTS}/30", {"active": False})
    assert changed["active"] is False
    assert agency.get(f"{PROJECTS}/30")["status"] == "archived"
    assert agency.summary() == before
    assert agency.put(f"{PROJECTS}/30", {"active": True})["active"] is True


def test_a_project_made_private_is_gone_for_those_not_on_it(agency: Asker) -> None:
    assert seconds(agency, BO)[30] == 12_300
    agency.put(f"{PROJECTS}/30", {"is_private": True})
    assert refusal(agency.ask("GET", f"{PROJECTS}/30", BO)) == NO_PROJECT
    assert 30 not in ids(agency.get(PROJECTS, BO))
    assert sum(seconds(agency, BO).values()) == 1_200 + 1_800 + 2_700
    agency.put(f"{PROJECTS}/30", {"is_private": False})
    assert seconds(agency, BO)[30] == 12_300


@pytest.mark.parametrize("on_it", [False, True])
def test_a_member_who_is_no_manager_changes_nothing(agency: Asker, on_it: bool) -> None:
    if on_it:
        put_on(agency, 30, BO)
    assert refused(agency, "PUT", f"{PROJECTS}/30", {"name": "Mine"}, BO) == NO_ACCESS
    assert refused(agency, "DELETE", f"{PROJECTS}/30", by=BO) == NO_ACCESS


def test_a_manager_changes_and_deletes(agency: Asker) -> None:
    put_on(agency, 31, BO, manager=True)
    assert agency.put(f"{PROJECTS}/31", {"name": "Bo's"}, BO)["name"] == "Bo's"
    assert agency.delete(f"{PROJECTS}/31", BO) == 31
    assert 31 not in seconds(agency)


@pytest.mark.parametrize("query", ["", "?teDeletionMode=unassign"])
def test_a_deleted_project_leaves_its_time_behind(agency: Asker, query: str) -> None:
    assert agency.delete(f"{PROJECTS}/30{query}") == 30
    assert seconds(agency) == {None: 13_500, 31: 420, 33: 1_800}
    assert seconds(agency, grouping="tasks") == {None: 15_720}
    assert seconds(agency, grouping="clients") == {None: 15_300, 21: 420}
    entry = agency.get("/me/time_entries/103", BO)
    assert (entry["project_id"], entry["task_id"]) == (None, None)
    assert 30 not in ids(agency.get(PROJECTS, active="both"))
    assert agency.get(TASKS, active="both")["data"] is None


def test_a_deleted_project_takes_its_time_along_when_asked(agency: Asker) -> None:
    assert agency.delete(f"{PROJECTS}/30?teDeletionMode=delete") == 30
    assert seconds(agency) == {None: 1_200, 31: 420, 33: 1_800}
    assert seconds(agency, BO) == {None: 1_200, 33: 1_800}
    answer = agency.ask("GET", "/me/time_entries/103", BO)
    assert refusal(answer) == (404, "Resource can not be found")
    tags = seconds(agency, grouping="tags")
    assert tags == {(): 3_420}


def test_a_running_entry_goes_with_its_project(agency: Asker) -> None:
    agency.put("/workspaces/10/time_entries/107", {"project_id": 32})
    assert agency.get("/me/time_entries/current")["project_id"] == 32
    agency.delete(f"{PROJECTS}/32?teDeletionMode=delete")
    assert agency.get("/me/time_entries/current") is None


@pytest.mark.parametrize("mode", ["DELETE", "keep", "0"])
def test_an_unknown_way_of_deleting_is_refused(agency: Asker, mode: str) -> None:
    path = f"{PROJECTS}/30?teDeletionMode={mode}"
    assert refused(agency, "DELETE", path) == (400, "Invalid teDeletionMode")


def test_a_project_is_deleted_once(agency: Asker) -> None:
    assert agency.delete(f"{PROJECTS}/32") == 32
    assert refused(agency, "DELETE", f"{PROJECTS}/32") == NO_PROJECT
