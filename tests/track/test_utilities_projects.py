"""Projects, and who is on them, as the utilities of the reports list them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.track.asking import ADA, BO, EVE, FREE, Asker
from tests.track.utilities import (
    add_many,
    base,
    by_id,
    found,
    listed,
    show_rates,
    still_agency,
)

PROJECTS = ("filters/projects", "search/projects")


@pytest.fixture(name="still", scope="module")
def fixture_still(
    agency_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asker]:
    """Nobody changes it, so one does for all."""
    with still_agency(agency_template, tmp_path_factory.mktemp("still") / "agency") as asker:
        yield asker


def test_projects_of_filters_are_short(agency: Asker) -> None:
    rows = by_id(agency, "filters/projects")
    assert list(rows) == [30, 31, 32, 33]
    keys = ["id", "name", "client_id", "color", "active", "currency", "billable"]
    assert [list(row) for row in rows.values()] == [keys] * 4
    assert (rows[30]["name"], rows[30]["client_id"]) == ("Website", 20)
    assert (rows[30]["color"], rows[30]["active"]) == ("#bf7000", True)
    assert rows[31]["currency"] == "USD"
    assert rows[32]["client_id"] is None


@pytest.mark.parametrize("by", [ADA, BO])
def test_projects_of_searches_are_those_of_the_track_api(still: Asker, by: int) -> None:
    (row,) = listed(still, "search/projects", {"ids": [30]}, by)
    tracked = still.get("/workspaces/10/projects/30", by)
    assert {key: row[key] for key in tracked if key in row} == {
        key: value for key, value in tracked.items() if key in row
    }
    assert {"id", "workspace_id", "client_id", "is_private", "active", "color", "rate"} <= set(row)
    assert {"wid", "cid", "at", "created_at", "server_deleted_at", "status"} <= set(row)


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"ids": [33, 30]}, [30, 33]),
        ({"ids": [60, 987_654]}, []),
        ({"client_ids": [20]}, [30]),
        ({"client_ids": [20, 21]}, [30, 31]),
        ({"client_ids": [None]}, [32, 33]),
        ({"client_ids": [None, 21]}, [31, 32, 33]),
        ({"client_ids": [22]}, []),
        ({"name": "WEB"}, [30]),
        ({"name": "p"}, [31, 32]),
        ({"name": "%"}, []),
        ({"is_private": True}, [31, 33]),
        ({"is_private": False}, [30, 32]),
        ({"is_active": True}, [30, 31, 32, 33]),
        ({"is_active": False}, []),
        ({"currency": "USD"}, [31]),
        ({"currency": "EUR"}, [30, 32, 33]),
        ({"currency": "CHF"}, []),
        ({"start": 32}, [32, 33]),
        ({"start": 31, "page_size": 2}, [31, 32]),
        ({"page_size": 3}, [30, 31, 32]),
        ({"client_ids": [20], "is_private": True}, []),
    ],
)
def test_projects_are_found_by_all_that_is_asked(
    still: Asker, name: str, body: dict[str, object], expected: list[int]
) -> None:
    assert found(still, name, body) == expected


@pytest.mark.parametrize("name", PROJECTS)
def test_archived_projects_are_among_them_unless_asked_away(agency: Asker, name: str) -> None:
    agency.put("/workspaces/10/projects/32", {"active": False})
    assert found(agency, name, {"start": 1}) == [30, 31, 32, 33]
    assert found(agency, name, {"is_active": True}) == [30, 31, 33]
    assert found(agency, name, {"is_active": False}) == [32]


@pytest.mark.parametrize("name", PROJECTS)
def test_billable_projects_can_be_told_from_others(agency: Asker, name: str) -> None:
    agency.put("/workspaces/10/projects/30", {"billable": True})
    agency.put("/workspaces/10/projects/31", {"billable": False})
    assert 30 in found(agency, name, {"is_billable": True})
    assert 31 not in found(agency, name, {"is_billable": True})
    assert 31 in found(agency, name, {"is_billable": False})
    assert 30 not in found(agency, name, {"is_billable": False})


@pytest.mark.parametrize("name", PROJECTS)
def test_a_member_finds_what_he_may_see(still: Asker, name: str) -> None:
    assert found(still, name, {"start": 1}, BO) == [30, 32, 33]
    assert found(still, name, {"ids": [31]}, BO) == []
    assert found(still, name, {"name": "app"}, BO) == []
    assert found(still, name, {"client_ids": [21]}, BO) == []
    assert found(still, name, {"currency": "USD"}, BO) == []
    assert found(still, name, {"is_private": True}, BO) == [33]
    assert found(still, name, {"page_size": 2}, BO) == [30, 32]


def test_a_member_does_not_read_rates_in_a_search(agency: Asker) -> None:
    agency.put("/workspaces/10/projects/30", {"rate": 60})
    (hidden,) = listed(agency, "search/projects", {"ids": [30]}, BO)
    assert hidden["rate"] is None
    show_rates(agency)
    (shown,) = listed(agency, "search/projects", {"ids": [30]}, BO)
    assert shown["rate"] == 60


@pytest.mark.parametrize("name", PROJECTS)
def test_deleted_projects_are_gone(agency: Asker, name: str) -> None:
    agency.delete("/workspaces/10/projects/30")
    assert found(agency, name, {"start": 1}) == [31, 32, 33]


@pytest.mark.parametrize("name", PROJECTS)
def test_a_page_holds_201_projects_unless_asked_otherwise(agency: Asker, name: str) -> None:
    add_many(agency, 300)
    first = found(agency, name, {"start": 1})
    assert len(first) == 201
    rest = found(agency, name, {"start": first[-1] + 1})
    assert [*first, *rest] == [30, 31, 32, 33, *range(10_000, 10_300)]
    assert len(found(agency, name, {"page_size": 10_000})) == 304


def test_the_free_plan_knows_no_money_of_projects(agency: Asker) -> None:
    project = agency.post(f"/workspaces/{FREE}/projects", {"name": "Free", "active": True}, EVE)
    answer = agency.post(f"{base(FREE)}/filters/projects", {}, EVE)
    assert [row["id"] for row in answer] == [project["id"]]
    assert (answer[0]["currency"], answer[0]["billable"]) == (None, None)


def test_people_on_projects(agency: Asker) -> None:
    place_of_bo = {"project_id": 30, "user_id": BO, "rate": 60, "labor_cost": 20}
    place = agency.post("/workspaces/10/project_users", place_of_bo)["id"]
    (row,) = listed(agency, "filters/project_users", {"project_ids": [30]})
    price, cost = row.pop("hourly_rate"), row.pop("labour_cost")
    assert row == {"id": place, "project_id": 30, "user_id": BO, "group_id": None}
    assert price in {60, 6_000}
    assert cost in {20, 2_000}
    first = {"project_ids": [30, 31, 32], "start_id": place}
    assert found(agency, "filters/project_users", first) == [place]
    assert found(agency, "filters/project_users", {"client_ids": [20]}) == [place]
    assert found(agency, "filters/project_users", {"client_ids": [21]}) == []
    assert found(agency, "filters/project_users", {"project_ids": [31]}) == []
    assert (
        found(agency, "filters/project_users", {"project_ids": [30], "start_id": place + 1}) == []
    )


def test_members_do_not_read_what_a_colleague_earns(agency: Asker) -> None:
    body = {"project_id": 30, "user_id": ADA, "rate": 60, "labor_cost": 20}
    agency.post("/workspaces/10/project_users", body)
    (row,) = listed(agency, "filters/project_users", {"project_ids": [30]}, BO)
    assert (row["hourly_rate"], row["labour_cost"]) == (None, None)
    show_rates(agency)
    (row,) = listed(agency, "filters/project_users", {"project_ids": [30]}, BO)
    assert row["hourly_rate"] is not None
    assert row["labour_cost"] is None


def test_people_on_hidden_projects_are_hidden(agency: Asker) -> None:
    agency.post("/workspaces/10/project_users", {"project_id": 31, "user_id": ADA})
    assert found(agency, "filters/project_users", {"project_ids": [31]}, BO) == []
    assert found(agency, "filters/project_users", {"client_ids": [21]}, BO) == []
    assert len(found(agency, "filters/project_users", {"project_ids": [31]})) == 1


def test_people_on_projects_are_listed_by_id(agency: Asker) -> None:
    places = [
        agency.post("/workspaces/10/project_users", {"project_id": project, "user_id": user})["id"]
        for project, user in ((32, BO), (30, ADA), (30, BO))
    ]
    body = {"project_ids": [30, 32]}
    assert found(agency, "filters/project_users", body) == sorted(places)
    later = {**body, "start_id": sorted(places)[1]}
    assert found(agency, "filters/project_users", later) == sorted(places)[1:]


@pytest.mark.parametrize(
    "body", [{"project_ids": [33]}, {"group_ids": [70]}, {"project_ids": [33, 30]}]
)
@pytest.mark.parametrize("by", [ADA, BO])
def test_groups_on_projects(still: Asker, body: dict[str, list[int]], by: int) -> None:
    (row,) = listed(still, "filters/project_groups", body, by)
    place = row.pop("id")
    assert isinstance(place, int)
    assert row == {"group_id": 70, "name": "Studio", "project_id": 33}
    assert found(still, "filters/project_groups", {**body, "start_id": place + 1}) == []


@pytest.mark.parametrize("body", [{"project_ids": [30]}, {"group_ids": [987]}])
def test_projects_without_groups_have_none(still: Asker, body: dict[str, list[int]]) -> None:
    assert listed(still, "filters/project_groups", body) == []


def test_groups_on_hidden_projects_are_hidden(agency: Asker) -> None:
    agency.post("/workspaces/10/project_groups", {"project_id": 32, "group_id": 70})
    assert len(listed(agency, "filters/project_groups", {"group_ids": [70]})) == 2
    other = agency.post("/organizations/1000/groups", {"name": "Board", "users": [ADA]})
    group_id = other["group_id"]
    agency.post("/workspaces/10/project_groups", {"project_id": 31, "group_id": group_id})
    assert listed(agency, "filters/project_groups", {"project_ids": [31]}, BO) == []
    assert listed(agency, "filters/project_groups", {"group_ids": [group_id]}, BO) == []
    assert len(listed(agency, "filters/project_groups", {"group_ids": [group_id]})) == 1
