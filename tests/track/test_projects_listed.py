"""The list of projects: filters, order, pages, and what a member sees of it."""

from datetime import timedelta

import pytest

from tests.track.asking import ADA, BO, Asker, refusal
from tests.track.catalog import (
    LATER,
    LATER_SECONDS,
    PROJECTS,
    STAMP,
    WORKSPACE,
    ids,
    make_project,
    put_on,
)


def test_all_active_projects_are_listed_by_name(agency: Asker) -> None:
    answer = agency.ask("GET", PROJECTS)
    assert ids(answer.json()) == [31, 32, 33, 30]
    assert answer.headers["x-page"] == "1"
    assert answer.headers["x-page-size"] == "151"
    assert answer.headers["x-sort-field"] == "project_name"
    assert answer.headers["x-sort-order"] == "asc"


def test_a_listed_project_is_told_whole(agency: Asker) -> None:
    [listed] = agency.get(PROJECTS, name="Website")
    assert listed == agency.get(f"{PROJECTS}/30")
    assert (listed["client_id"], listed["cid"], listed["client_name"]) == (20, 20, "Acme")
    assert (listed["active"], listed["is_private"], listed["status"]) == (True, False, "active")
    assert (listed["actual_seconds"], listed["actual_hours"]) == (12_300, 3)
    assert (listed["rate"], listed["color"], listed["pinned"]) == (120, "#bf7000", False)
    assert STAMP.fullmatch(listed["at"])
    assert listed["server_deleted_at"] is None
    assert listed["permissions"] is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"active": "true"}, {30, 31, 32, 33}),
        ({"active": "True"}, {30, 31, 32, 33}),
        ({"active": "1"}, {30, 31, 32, 33}),
        ({"name": "Website"}, {30}),
        ({"name": "EBS"}, {30}),
        ({"name": "%"}, set()),
        ({"name": "_pp"}, set()),
        ({"search": "mpt"}, {32}),
        ({"client_ids": "20"}, {30}),
        ({"client_ids": "20,21"}, {30, 31}),
        ({"client_ids": ["20", "21"]}, {30, 31}),
        ({"client_ids": "22"}, set()),
        ({"group_ids": "70"}, {33}),
        ({"project_ids": "30,32"}, {30, 32}),
        ({"project_ids": ["30", "32"]}, {30, 32}),
        ({"project_ids": "60"}, set()),
        ({"statuses": "active"}, {30, 31, 32, 33}),
        ({"only_templates": "true"}, set()),
        ({"only_editable": "true"}, {30, 31, 32, 33}),
        ({"name": "e", "client_ids": "20"}, {30}),
    ],
)
def test_the_list_is_filtered(agency: Asker, query: dict, expected: set[int]) -> None:
    assert set(ids(agency.get(PROJECTS, **query))) == expected


def test_archived_projects_are_listed_when_asked(agency: Asker) -> None:
    agency.put(f"{PROJECTS}/32", {"active": False})
    assert 32 not in ids(agency.get(PROJECTS))
    assert ids(agency.get(PROJECTS, active="false")) == [32]
    assert set(ids(agency.get(PROJECTS, active="both"))) == {30, 31, 32, 33}


def test_statuses_follow_the_days(agency: Asker) -> None:
    past = make_project(agency, "Past", start_date="2025-01-01", end_date="2026-01-10")
    future = make_project(agency, "Future", start_date="2026-03-01")
    agency.put(f"{PROJECTS}/32", {"active": False})
    assert ids(agency.get(PROJECTS, active="both", statuses="ended")) == [past]
    assert ids(agency.get(PROJECTS, active="both", statuses="upcoming")) == [future]
    assert ids(agency.get(PROJECTS, active="both", statuses="archived")) == [32]
    two = agency.get(PROJECTS, active="both", statuses="ended,upcoming")
    assert ids(two) == [future, past]
    assert agency.get(f"{PROJECTS}/{past}")["status"] == "ended"


def test_billable_and_template_projects_are_found(agency: Asker) -> None:
    billable = make_project(agency, "Paid", billable=True)
    template = make_project(agency, "Mould", template=True, billable=False)
    assert ids(agency.get(PROJECTS, billable="true")) == [billable]
    assert billable not in ids(agency.get(PROJECTS, billable="false"))
    assert ids(agency.get(PROJECTS, only_templates="true")) == [template]
    assert ids(agency.get(f"{PROJECTS}/templates")) == [template]


def test_projects_of_people_are_found(agency: Asker) -> None:
    put_on(agency, 31, ADA)
    put_on(agency, 32, BO)
    assert ids(agency.get(PROJECTS, user_ids=ADA)) == [31]
    assert 32 in ids(agency.get(PROJECTS, user_ids=BO))
    assert 30 not in ids(agency.get(PROJECTS, user_ids=BO))
    assert ids(agency.get(PROJECTS, only_me="true")) == [31]
    assert ids(agency.get(PROJECTS, BO, only_me="true")) == [32, 33]


def test_a_member_may_edit_what_he_manages(agency: Asker) -> None:
    assert agency.get(PROJECTS, BO, only_editable="true") == []
    put_on(agency, 32, BO)
    put_on(agency, 31, BO, manager=True)
    assert ids(agency.get(PROJECTS, BO, only_editable="true")) == [31]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"sort_order": "desc"}, [30, 33, 32, 31]),
        ({"sort_order": "DESC"}, [30, 33, 32, 31]),
        ({"sort_field": "name", "sort_order": "ASC"}, [31, 32, 33, 30]),
        ({"sort_field": "client_name", "project_ids": "30,31"}, [30, 31]),
        ({"sort_field": "client_name", "sort_order": "desc", "project_ids": "30,31"}, [31, 30]),
        ({"per_page": "2"}, [31, 32]),
        ({"per_page": "2", "page": "2"}, [33, 30]),
        ({"per_page": "3", "page": "2"}, [30]),
        ({"per_page": "2", "page": "3"}, []),
        ({"page": "99"}, []),
        ({"per_page": "200"}, [31, 32, 33, 30]),
        ({"per_page": "1", "page": "2", "sort_order": "desc"}, [33]),
    ],
)
def test_the_list_is_ordered_and_cut(agency: Asker, query: dict, expected: list[int]) -> None:
    assert ids(agency.get(PROJECTS, **query)) == expected


def test_the_headers_tell_the_page_and_the_order(agency: Asker) -> None:
    query = {"page": 2, "per_page": 3, "sort_field": "created_at", "sort_order": "desc"}
    headers = agency.ask("GET", PROJECTS, params=query).headers
    assert (headers["x-page"], headers["x-page-size"]) == ("2", "3")
    assert (headers["x-sort-field"], headers["x-sort-order"]) == ("created_at", "desc")


def test_projects_are_ordered_by_their_making(agency: Asker) -> None:
    agency.now = LATER
    first = make_project(agency, "Zebra")
    agency.now = LATER + timedelta(days=1)
    second = make_project(agency, "Aardvark")
    query = {"project_ids": f"{first},{second}", "sort_field": "created_at"}
    assert ids(agency.get(PROJECTS, **query)) == [first, second]
    assert ids(agency.get(PROJECTS, sort_order="desc", **query)) == [second, first]


def test_pinned_projects_stand_first_when_asked(agency: Asker) -> None:
    assert agency.post(f"{PROJECTS}/30/pin", {"pin": True}) == "OK"
    assert ids(agency.get(PROJECTS, sort_pinned="true")) == [30, 31, 32, 33]
    assert ids(agency.get(PROJECTS)) == [31, 32, 33, 30]
    assert ids(agency.get(PROJECTS, BO, sort_pinned="true")) == [32, 33, 30]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"per_page": "0"}, "Invalid per_page"),
        ({"per_page": "201"}, "Invalid per_page"),
        ({"per_page": "-1"}, "Invalid per_page"),
        ({"per_page": "ten"}, "Invalid per_page"),
        ({"active": "maybe"}, "Invalid active"),
        ({"billable": "maybe"}, "Invalid billable"),
        ({"only_me": "maybe"}, "Invalid only_me"),
    ],
)
def test_a_bad_query_is_refused(agency: Asker, query: dict, text: str) -> None:
    assert refusal(agency.ask("GET", PROJECTS, params=query)) == (400, text)


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "x"},
        {"client_ids": "20,x"},
        {"project_ids": "1.5"},
        {"statuses": "sleeping"},
        {"sort_field": "rate"},
        {"sort_order": "up"},
        {"since": "yesterday"},
    ],
)
def test_another_bad_query_is_refused(agency: Asker, query: dict) -> None:
    assert refusal(agency.ask("GET", PROJECTS, params=query))[0] == 400


def test_since_tells_what_changed_and_what_was_deleted(agency: Asker) -> None:
    agency.now = LATER
    agency.put(f"{PROJECTS}/32", {"name": "Emptied"})
    agency.delete(f"{PROJECTS}/33")
    told = agency.get(PROJECTS, since=LATER_SECONDS, active="both")
    assert {one["id"]: one["server_deleted_at"] is None for one in told} == {32: True, 33: False}
    assert agency.get(PROJECTS, since=LATER_SECONDS + 1, active="both") == []


def test_a_member_sees_no_private_project_that_he_is_not_on(agency: Asker) -> None:
    assert ids(agency.get(PROJECTS, BO)) == [32, 33, 30]
    for query in ({"name": "App"}, {"client_ids": 21}, {"project_ids": 31}):
        assert agency.get(PROJECTS, BO, **query) == []


def test_a_member_sees_rates_when_the_workspace_lets_him(agency: Asker) -> None:
    assert agency.get(f"{PROJECTS}/30", BO)["rate"] is None
    agency.put(WORKSPACE, {"only_admins_see_billable_rates": False})
    assert agency.get(f"{PROJECTS}/30", BO)["rate"] == 120


def test_tracked_time_is_what_the_viewer_may_see(agency: Asker) -> None:
    assert agency.get(f"{PROJECTS}/30", BO)["actual_seconds"] == 12_300
    agency.put(WORKSPACE, {"only_admins_see_team_dashboard": True})
    assert agency.get(f"{PROJECTS}/30", BO)["actual_seconds"] == 2_700
    assert agency.get(f"{PROJECTS}/30", ADA)["actual_seconds"] == 12_300
