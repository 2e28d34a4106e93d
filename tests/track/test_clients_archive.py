"""Clients many at a time: archive, restore, delete, data."""

import pytest

from tests.track.asking import ADA, BO, CLEO, UNKNOWN, Asker
from tests.track.catalog import (
    CLIENTS,
    ELSEWHERE,
    NOT_JSON,
    PROJECTS,
    ids,
    make_client,
    make_project,
    no_client,
    refused,
    seconds,
    titles,
)


def is_active(agency: Asker, project_id: int) -> bool:
    return agency.get(f"{PROJECTS}/{project_id}")["active"]


def test_archiving_takes_the_projects_along_and_no_report_loses_them(agency: Asker) -> None:
    before = agency.summary(grouping="clients", sub_grouping="projects")
    assert agency.post(f"{CLIENTS}/20/archive") == [30]
    assert agency.get(f"{CLIENTS}/20")["archived"] is True
    project = agency.get(f"{PROJECTS}/30")
    assert (project["active"], project["status"]) == (False, "archived")
    assert set(ids(agency.get(CLIENTS, status="archived"))) == {20, 22}
    assert agency.summary(grouping="clients", sub_grouping="projects") == before


def test_archiving_tells_only_projects_that_were_active(agency: Asker) -> None:
    make_project(agency, "Done", client_id=20, active=False)
    second = make_project(agency, "Second", client_id=20)
    assert sorted(agency.post(f"{CLIENTS}/20/archive")) == [30, second]
    assert agency.post(f"{CLIENTS}/22/archive") == []


def test_restoring_brings_the_client_back_alone(agency: Asker) -> None:
    agency.post(f"{CLIENTS}/20/archive")
    restored = agency.post(f"{CLIENTS}/20/restore")
    assert (restored["id"], restored["archived"]) == (20, False)
    assert not is_active(agency, 30)


def test_restoring_brings_all_or_some_projects_back(agency: Asker) -> None:
    second = make_project(agency, "Second", client_id=20)
    agency.post(f"{CLIENTS}/20/archive")
    agency.post(f"{CLIENTS}/20/restore", {"projects": [second]})
    assert (is_active(agency, 30), is_active(agency, second)) == (False, True)
    agency.post(f"{CLIENTS}/20/archive")
    agency.post(f"{CLIENTS}/20/restore", {"restore_all_projects": True})
    assert (is_active(agency, 30), is_active(agency, second)) == (True, True)


@pytest.mark.parametrize("project_id", [60, UNKNOWN])
def test_restoring_with_a_foreign_project_is_refused(agency: Asker, project_id: int) -> None:
    body = {"projects": [project_id]}
    answer = refused(agency, "POST", f"{CLIENTS}/22/restore", body)
    assert answer == (400, "Project not found/accessible")


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"restore_all_projects": "yes"}, "restore_all_projects"),
        ({"projects": 30}, "projects"),
        ({"projects": ["x"]}, "projects"),
    ],
)
def test_a_bad_restoring_is_refused(agency: Asker, body: dict, key: str) -> None:
    answer = refused(agency, "POST", f"{CLIENTS}/22/restore", body)
    assert answer == (400, f"Invalid {key} format")


def test_many_are_archived_at_once(agency: Asker) -> None:
    [done] = agency.post(f"{CLIENTS}/archive", [20, 21])
    assert (sorted(done["client_ids"]), sorted(done["project_ids"])) == ([20, 21], [30, 31])
    assert agency.get(CLIENTS) == []
    assert not is_active(agency, 31)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_many_are_deleted_at_once(agency: Asker, method: str) -> None:
    answer = agency.ask(method, f"{CLIENTS}/delete", json=[20, 22])
    assert (answer.status_code, answer.json()) == (200, "OK")
    assert ids(agency.get(CLIENTS, status="both")) == [21]
    assert set(seconds(agency, grouping="clients")) == {None, 21}


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/archive"), ("POST", "/delete"), ("PATCH", "/delete")]
)
def test_one_unknown_or_foreign_id_stops_all(agency: Asker, method: str, path: str) -> None:
    foreign = agency.post(f"{ELSEWHERE}/clients", {"name": "CANARY"}, CLEO)["id"]
    for client_id in (UNKNOWN, foreign):
        body = [20, client_id, 22]
        assert refused(agency, method, CLIENTS + path, body) == no_client(client_id)
    assert agency.get(f"{ELSEWHERE}/clients/{foreign}", CLEO)["archived"] is False


@pytest.mark.parametrize("content", [b'{"ids":[20]}', b"20", b"[20", b""])
def test_what_is_no_list_is_refused(agency: Asker, content: bytes) -> None:
    for path in ("/archive", "/delete", "/data"):
        assert refused(agency, "POST", CLIENTS + path, content=content) == NOT_JSON


@pytest.mark.parametrize("body", [["20"], [20.5], [True], [2**64], [[20]]])
def test_a_list_of_no_ids_is_refused(agency: Asker, body: list) -> None:
    for path in ("/archive", "/delete", "/data"):
        assert refused(agency, "POST", CLIENTS + path, body)[0] == 400


def test_data_tells_the_clients_that_one_may_see(agency: Asker) -> None:
    asked = [20, 21, 22, UNKNOWN]
    found = agency.post(f"{CLIENTS}/data", asked)
    assert {client["id"]: client for client in found} == {
        client["id"]: client for client in agency.get(CLIENTS, status="both")
    }
    assert sorted(ids(agency.post(f"{CLIENTS}/data", asked, BO))) == [20, 22]
    assert agency.post(f"{CLIENTS}/data", [UNKNOWN]) == []


def test_a_client_follows_its_last_project_out_of_sight(agency: Asker) -> None:
    client_id = make_client(agency, "Open")
    assert client_id in ids(agency.get(CLIENTS, BO))
    project_id = make_project(agency, "Hidden", client_id=client_id, is_private=True)
    assert client_id not in ids(agency.get(CLIENTS, BO))
    agency.put(f"{PROJECTS}/{project_id}", {"is_private": False})
    assert client_id in ids(agency.get(CLIENTS, BO))


def test_an_archived_clients_name_is_still_told(agency: Asker) -> None:
    agency.post(f"{CLIENTS}/archive", [20])
    assert titles(agency, "clients", ADA)[20] == "Acme"
    assert titles(agency, "clients", BO)[20] == "Acme"
