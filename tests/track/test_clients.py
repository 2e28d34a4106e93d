"""Clients: making, listing, changing, deleting, and who may."""

import pytest

from tests.track.asking import ADA, BO, CLEO, UNKNOWN, Asker, refusal
from tests.track.catalog import (
    BAD_IDS,
    CLIENTS,
    ELSEWHERE,
    FORBIDDEN,
    NOT_JSON,
    PROJECTS,
    STAMP,
    TAKEN,
    WORKSPACE,
    ids,
    make_client,
    make_project,
    no_client,
    refused,
    refuses_strangers,
    seconds,
    titles,
)

KEYS = ["id", "wid", "archived", "name", "at", "creator_id", "notes", "external_reference"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("POST", "", {"name": "New"}),
        ("GET", "/20", None),
        ("PUT", "/20", {"name": "New"}),
        ("DELETE", "/20", None),
        ("POST", "/20/archive", None),
        ("POST", "/22/restore", {}),
        ("POST", "/archive", [20]),
        ("POST", "/delete", [20]),
        ("PATCH", "/delete", [20]),
        ("POST", "/data", [20]),
    ],
)
def test_clients_are_shut_to_strangers(agency: Asker, method: str, path: str, body) -> None:
    refuses_strangers(agency, method, f"/workspaces/{{w}}/clients{path}", body)


def test_a_new_client_is_told_whole(agency: Asker) -> None:
    body = {"name": "  Nova ", "notes": "by mail", "external_reference": "X-1", "unknown": 1}
    made = agency.post(CLIENTS, body)
    assert set(made) == {*KEYS, "permissions"}
    assert "workspace_id" not in made
    assert (made["wid"], made["name"], made["archived"]) == (10, "Nova", False)
    assert (made["creator_id"], made["permissions"]) == (ADA, None)
    assert (made["notes"], made["external_reference"]) == ("by mail", "X-1")
    assert STAMP.fullmatch(made["at"])
    assert agency.get(f"{CLIENTS}/{made['id']}") == made
    assert made in agency.get(CLIENTS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {20, 21}),
        ({"status": "active"}, {20, 21}),
        ({"status": "archived"}, {22}),
        ({"status": "both"}, {20, 21, 22}),
        ({"name": "CM"}, {20}),
        ({"name": "ol", "status": "both"}, {22}),
        ({"name": "<B>&"}, {21}),
        ({"name": "%"}, set()),
    ],
)
def test_the_list_is_filtered(agency: Asker, query: dict, expected: set[int]) -> None:
    assert set(ids(agency.get(CLIENTS, **query))) == expected


def test_a_status_that_is_none_is_refused(agency: Asker) -> None:
    answer = agency.ask("GET", CLIENTS, params={"status": "gone"})
    assert refusal(answer) == (400, "Client status is invalid")


def test_a_member_sees_clients_without_projects_or_with_one_of_his(agency: Asker) -> None:
    assert set(ids(agency.get(CLIENTS, BO, status="both"))) == {20, 22}
    make_project(agency, "Open", client_id=21, is_private=False)
    assert set(ids(agency.get(CLIENTS, BO))) == {20, 21}


BAD_BODIES = [
    ({"name": ""}, "Client name cannot be empty"),
    ({"name": " \t "}, "Client name cannot be empty"),
    ({"name": "n" * 256}, "Client name maximum length is 255"),
    ({"name": 7}, "Invalid name format"),
    ({"name": "a\0b"}, "Invalid name format"),
    ({"name": "Fine", "notes": []}, "Invalid notes format"),
    ({"name": "Old"}, "Name has already been taken"),
    ({"name": " Old "}, "Name has already been taken"),
    ([], "JSON is not valid"),
]


@pytest.mark.parametrize(("body", "text"), BAD_BODIES)
def test_a_bad_client_is_refused(agency: Asker, body, text: str) -> None:
    assert refused(agency, "POST", CLIENTS, body) == (400, text)
    assert refused(agency, "PUT", f"{CLIENTS}/20", body) == (400, text)


def test_a_client_without_a_name_is_refused(agency: Asker) -> None:
    assert refused(agency, "POST", CLIENTS, {}) == (400, "Client name cannot be empty")


@pytest.mark.parametrize("content", [b"", b"{", b'{"name":NaN}', b'{"name":"\\ud800"}'])
def test_what_is_not_json_is_refused(agency: Asker, content: bytes) -> None:
    assert refused(agency, "POST", CLIENTS, content=content) == NOT_JSON


def test_names_are_compared_exactly_and_within_the_workspace(agency: Asker) -> None:
    make_client(agency, "acme")
    make_client(agency, "n" * 255)
    agency.post(f"{ELSEWHERE}/clients", {"name": "Acme"}, CLEO)
    assert refused(agency, "POST", CLIENTS, {"name": "acme"}) == TAKEN


def test_a_change_touches_only_what_is_given(agency: Asker) -> None:
    first = agency.put(f"{CLIENTS}/20", {"notes": "pays late", "external_reference": "R"})
    assert (first["name"], first["notes"]) == ("Acme", "pays late")
    second = agency.put(f"{CLIENTS}/20", {"name": "Acme"})
    assert (second["notes"], second["external_reference"]) == ("pays late", "R")


def test_a_new_name_is_in_the_next_report(agency: Asker) -> None:
    assert titles(agency, "clients")[20] == "Acme"
    assert agency.put(f"{CLIENTS}/20", {"name": "Zenith"})["name"] == "Zenith"
    assert titles(agency, "clients")[20] == "Zenith"
    assert agency.get(f"{CLIENTS}/20")["name"] == "Zenith"


def test_a_deleted_client_leaves_its_projects_and_the_reports(agency: Asker) -> None:
    before = seconds(agency, grouping="clients")
    assert agency.delete(f"{CLIENTS}/20") == 20
    assert agency.get(f"{PROJECTS}/30")["client_id"] is None
    after = seconds(agency, grouping="clients")
    assert after == {None: before[None] + before[20], 21: before[21]}
    assert 20 not in ids(agency.get(CLIENTS, status="both"))
    make_client(agency, "Acme")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/{id}", None),
        ("PUT", "/{id}", {"name": "New"}),
        ("DELETE", "/{id}", None),
        ("POST", "/{id}/archive", None),
        ("POST", "/{id}/restore", {}),
    ],
)
def test_unknown_foreign_hidden_and_deleted_clients_are_one(
    agency: Asker, method: str, path: str, body
) -> None:
    foreign = agency.post(f"{ELSEWHERE}/clients", {"name": "CANARY"}, CLEO)["id"]
    deleted = make_client(agency, "Gone")
    agency.delete(f"{CLIENTS}/{deleted}")
    cases = [(UNKNOWN, ADA), (foreign, ADA), (deleted, ADA), (21, BO), (foreign, BO)]
    for client_id, by in cases:
        whole = CLIENTS + path.format(id=client_id)
        assert refused(agency, method, whole, body, by) == no_client(client_id)
    for name in BAD_IDS:
        whole = CLIENTS + path.format(id=name)
        assert refusal(agency.ask(method, whole, json=body)) == no_client(0)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/20", {"name": "New"}),
        ("DELETE", "/20", None),
        ("POST", "/20/archive", None),
        ("POST", "/22/restore", {}),
        ("POST", "/archive", [20]),
        ("POST", "/delete", [20]),
        ("PATCH", "/delete", [20]),
    ],
)
def test_a_member_changes_no_client(agency: Asker, method: str, path: str, body) -> None:
    assert refused(agency, method, CLIENTS + path, body, BO) == FORBIDDEN


def test_a_member_makes_clients_unless_only_admins_may(agency: Asker) -> None:
    made = agency.post(CLIENTS, {"name": "Bo's"}, BO)
    assert made["creator_id"] == BO
    assert made["id"] in ids(agency.get(CLIENTS, BO))
    agency.put(WORKSPACE, {"only_admins_may_create_projects": True})
    assert refused(agency, "POST", CLIENTS, {"name": "More"}, BO) == FORBIDDEN
    make_client(agency, "More")


def test_a_members_report_follows_a_deleted_client(agency: Asker) -> None:
    assert 20 in seconds(agency, BO, grouping="clients")
    agency.delete(f"{CLIENTS}/20")
    assert 20 not in seconds(agency, BO, grouping="clients")
