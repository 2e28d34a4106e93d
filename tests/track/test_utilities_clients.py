"""Clients and people as the utilities of the reports list them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.track.asking import ADA, BO, Asker
from tests.track.utilities import add_many, by_id, found, ids, listed, still_agency

CLIENTS = ("filters/clients", "search/clients")
PEOPLE = ("filters/users", "search/users")


@pytest.fixture(name="still", scope="module")
def fixture_still(
    agency_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asker]:
    """Nobody changes it, so one does for all."""
    with still_agency(agency_template, tmp_path_factory.mktemp("still") / "agency") as asker:
        yield asker


@pytest.mark.parametrize("name", CLIENTS)
def test_clients_are_ids_and_names_also_of_archived_ones(still: Asker, name: str) -> None:
    assert listed(still, name, {"start": 1}) == [
        {"id": 20, "name": "Acme"},
        {"id": 21, "name": "Beta <b>&"},
        {"id": 22, "name": "Old"},
    ]


@pytest.mark.parametrize("name", CLIENTS)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"ids": [22, 20]}, [20, 22]),
        ({"ids": [20, 20]}, [20]),
        ({"ids": [20, 60, 987_654]}, [20]),
        ({"ids": [987_654]}, []),
        ({"name": "ACM"}, [20]),
        ({"name": "e"}, [20, 21]),
        ({"name": "<B>"}, [21]),
        ({"name": "%"}, []),
        ({"name": "_"}, []),
        ({"name": "nobody"}, []),
        ({"start": 21}, [21, 22]),
        ({"start": 23}, []),
        ({"ids": [20, 22], "start": 21}, [22]),
        ({"ids": [20, 21], "name": "old"}, []),
        ({"ids": None, "name": "old"}, [22]),
    ],
)
def test_clients_are_found_by_all_that_is_asked(
    still: Asker, name: str, body: dict[str, object], expected: list[int]
) -> None:
    assert found(still, name, body) == expected


def test_names_are_compared_as_people_read_them(agency: Asker) -> None:
    street = agency.post("/workspaces/10/clients", {"name": "Große Straße ÉCLAIR"})["id"]
    for name in ("STRASSE", "große", "éclair"):
        assert found(agency, "search/clients", {"name": name}) == [street]


@pytest.mark.parametrize("name", CLIENTS)
def test_a_member_does_not_find_clients_of_projects_hidden_from_him(
    still: Asker, name: str
) -> None:
    assert found(still, name, {"start": 1}, BO) == [20, 22]
    assert found(still, name, {"ids": [21]}, BO) == []
    assert found(still, name, {"name": "beta"}, BO) == []


def test_a_client_appears_with_a_project_that_the_member_sees(agency: Asker) -> None:
    agency.post("/workspaces/10/project_users", {"project_id": 31, "user_id": BO})
    assert found(agency, "filters/clients", None, BO) == [20, 21, 22]


@pytest.mark.parametrize("name", CLIENTS)
def test_deleted_clients_are_gone(agency: Asker, name: str) -> None:
    agency.delete("/workspaces/10/clients/20")
    assert found(agency, name, {"start": 1}) == [21, 22]


def test_a_page_holds_a_thousand_clients_and_goes_on_at_start(agency: Asker) -> None:
    add_many(agency, 1_001)
    first = found(agency, "filters/clients")
    assert len(first) == 1_000
    assert first == sorted(first)
    rest = found(agency, "filters/clients", {"start": first[-1] + 1})
    assert len(first) + len(rest) == 1_004
    assert not set(first) & set(rest)


def test_people_of_filters_are_ids_and_names(agency: Asker) -> None:
    assert listed(agency, "filters/users") == [
        {"id": 1, "name": "Ada", "deleted_at": None},
        {"id": 2, "name": "Bo", "deleted_at": None},
    ]


def test_people_of_searches_are_told_in_full(agency: Asker) -> None:
    places = {row["user_id"]: row["id"] for row in agency.get("/workspaces/10/workspace_users")}
    rows = by_id(agency, "search/users", {"start": 1})
    assert list(rows) == [1, 2]
    avatar = rows[BO].pop("avatar")
    assert avatar is None or isinstance(avatar, str)
    assert rows[BO] == {
        "id": BO,
        "fullname": "Bo",
        "email": "bo@example.com",
        "active": True,
        "deactivated": False,
        "deleted_at": None,
        "workspace_user_id": places[BO],
    }


def test_deactivated_people_say_so(agency: Asker) -> None:
    (gone,) = listed(agency, "search/users", {"active": False})
    assert (gone["id"], gone["fullname"]) == (4, "Gone")
    assert (gone["active"], gone["deactivated"]) == (False, True)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"active": True}, [1, 2]),
        ({"active": False}, [4]),
        ({"ids": [2, 1]}, [1, 2]),
        ({"ids": [2, 4]}, [2]),
        ({"ids": [2, 4], "active": False}, [4]),
        ({"ids": [3, 987_654]}, []),
        ({"start": 2}, [2]),
        ({"start": 3}, []),
        ({"start": 2, "active": False}, [4]),
        ({"name": "AD"}, [1]),
        ({"name": "%"}, []),
    ],
)
def test_people_are_found_by_all_that_is_asked(
    still: Asker, name: str, body: dict[str, object], expected: list[int]
) -> None:
    assert found(still, name, body) == expected


@pytest.mark.parametrize("by", [ADA, BO])
@pytest.mark.parametrize("name", PEOPLE)
def test_every_member_sees_his_colleagues(still: Asker, name: str, by: int) -> None:
    assert found(still, name, {"active": True}, by) == [1, 2]


def test_people_of_other_workspaces_do_not_exist(agency: Asker) -> None:
    assert 3 not in ids(listed(agency, "search/users", {"ids": [1, 2, 3, 5]}))
