"""Many saved reports: the list with its filters, and changing or deleting several at once (dossier 10.2)."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.wire.saving import (
    GONE,
    ask,
    change,
    managed,
    own_agency,
    params,
    payload,
    refusal,
    run,
    save,
    told,
)


@pytest.fixture(name="client")
def fixture_client(tmp_path: Path) -> Iterator[TestClient]:
    with own_agency(tmp_path) as client:
        yield client


def listed(client: TestClient, user_id: int = 1, **query: object) -> list[dict[str, Any]]:
    answer = ask(client, "GET", managed(), user_id, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(client: TestClient, user_id: int = 1, **query: object) -> list[str]:
    return [report["name"] for report in listed(client, user_id, **query)]


def change_many(client: TestClient, many: object, user_id: int = 1):
    return ask(client, "PUT", managed(), user_id, json=many)


def delete_many(client: TestClient, ids: object, user_id: int = 1):
    return ask(client, "PATCH", managed("bulk_delete"), user_id, json={"ids": ids})


def save_three(client: TestClient) -> list[dict[str, Any]]:
    return [
        save(client, 1, name="Ärger b", public=True),
        save(client, 2, name="Bo's a", fixed_daterange=False),
        save(client, 1, name="Cost c"),
    ]


def test_the_list_has_whole_reports_sorted_by_name(client: TestClient) -> None:
    """Dossier 10.2, GET list; readings: name ascending by default."""
    made = [save(client, name=name) for name in ("Cc", "Aa", "Bb")]
    assert listed(client) == sorted(made, key=lambda report: report["name"])


def test_an_empty_list_is_a_list(client: TestClient) -> None:
    """Dossier 10.2, GET list."""
    assert listed(client) == []
    assert listed(client, 2, page=7) == []


def test_a_member_lists_his_own_and_an_admin_all(client: TestClient) -> None:
    """Readings: who sees what; public reports of others are no exception."""
    one, two, three = save_three(client)
    assert {report["id"] for report in listed(client, 1)} == {one["id"], two["id"], three["id"]}
    assert listed(client, 2) == [two]


QUERIES: list[tuple[dict, list[str]]] = [
    ({"name": "ärg"}, ["Ärger b"]),
    ({"name": "ÄRGER"}, ["Ärger b"]),
    ({"name": "'S A"}, ["Bo's a"]),
    ({"name": "%"}, []),
    ({"name": "_"}, []),
    ({"name": ".*"}, []),
    ({"public": "true"}, ["Ärger b"]),
    ({"public": "false"}, ["Bo's a", "Cost c"]),
    ({"fixed_dates": "false"}, ["Bo's a"]),
    ({"fixed_dates": "true", "public": "false"}, ["Cost c"]),
    ({"scheduled": "true"}, []),
    ({"scheduled": "false", "name": "b"}, ["Bo's a", "Ärger b"]),
    ({"requestingUserID": "2"}, ["Bo's a"]),
    ({"requestingUserID": "1", "name": "c"}, ["Cost c"]),
    ({"requestingUserID": "99"}, []),
    ({"unknown": "x", "name": "cost"}, ["Cost c"]),
]


def test_the_list_is_narrowed(client: TestClient) -> None:
    """Dossier SR24; names are folded and taken literally, as descriptions are (D4.4)."""
    save_three(client)
    for query, wanted in QUERIES:
        assert sorted(names(client, **query)) == sorted(wanted), query


def test_a_member_cannot_ask_for_his_colleagues_reports(client: TestClient) -> None:
    """Readings: who sees what."""
    save_three(client)
    assert listed(client, 2, requestingUserID=1) == []
    assert names(client, 2, requestingUserID=2) == ["Bo's a"]


@pytest.mark.parametrize("field", ["name", "updated_at", "id", "public"])
def test_the_list_is_sorted_by_any_of_four(client: TestClient, field: str) -> None:
    """Dossier SR24; any case of the direction, as in D8.3."""
    for name, is_public in (("b", True), ("c", False), ("a", True), ("d", False)):
        save(client, name=name, public=is_public)
    for direction in ({}, {"sort_direction": "ASC"}, {"sort_direction": "asc"}):
        values = [report[field] for report in listed(client, sort_field=field, **direction)]
        assert all(one <= other for one, other in pairwise(values))
    for direction in ({"sort_direction": "DESC"}, {"sort_direction": "dEsC"}):
        values = [report[field] for report in listed(client, sort_field=field, **direction)]
        assert len(values) == 4
        assert all(one >= other for one, other in pairwise(values))


def test_pages_cut_the_list(client: TestClient) -> None:
    """Dossier SR24."""
    for number in range(5):
        save(client, name=f"R{number}")
    assert names(client, per_page=2) == ["R0", "R1"]
    assert names(client, per_page=2, page=1) == ["R0", "R1"]
    assert names(client, per_page=2, page=3) == ["R4"]
    assert names(client, per_page=2, page=4) == []
    assert names(client, per_page=2, page=10**9) == []
    assert names(client, page=2, per_page=2, sort_direction="desc") == ["R2", "R1"]


def test_a_page_has_fifty_unless_asked(client: TestClient) -> None:
    """Readings; reports of one name are in one order on all pages."""
    for _ in range(51):
        save(client, name="Same")
    first, second = listed(client), listed(client, page=2)
    assert (len(first), len(second)) == (50, 1)
    assert len({report["id"] for report in (*first, *second)}) == 51
    assert len(listed(client, per_page=200)) == 51


BAD_QUERIES = [
    *(("page", value) for value in ("0", "-1", "x", "1.5", str(2**64))),
    *(("per_page", value) for value in ("0", "-1", "x", "201")),
    *((key, "maybe") for key in ("public", "fixed_dates", "scheduled")),
    *(("requestingUserID", value) for value in ("x", "1.5", "0x1")),
    *(("sort_field", value) for value in ("token", "params", "name;--")),
    ("sort_direction", "up"),
]


def test_a_bad_query_names_its_key(client: TestClient) -> None:
    """Dossier 10.2, GET list: 400 `Invalid parameter {parameter_name}.`"""
    for key, value in BAD_QUERIES:
        answer = ask(client, "GET", managed(), params={key: value})
        assert refusal(answer) == (400, f'"Invalid parameter {key}."'), value


def test_several_are_changed_in_the_order_given(client: TestClient) -> None:
    """Dossier 10.2, PUT list."""
    one, two, three = save_three(client)
    many = [
        {"id": three["id"], "name": "C"},
        {"id": one["id"], "params": params("detailed"), "regenerate_token": True},
    ]
    answer = change_many(client, many)
    assert answer.status_code == 200
    assert [report["id"] for report in answer.json()] == [three["id"], one["id"]]
    assert answer.json() == [told(client, three), told(client, one)]
    assert answer.json()[1]["token"] != one["token"]
    assert told(client, two) == two


def test_nobody_is_an_empty_list(client: TestClient) -> None:
    """Readings: an empty array is answered with one."""
    assert change_many(client, []).json() == []
    assert delete_many(client, []).json() == []


FAILURES = [
    ({"name": " "}, 400, "Report ID {} failed with: saved report name field can't be blank"),
    ({"params": {}}, 400, "Report ID {} failed with: parameter report_type invalid or blank"),
]


@pytest.mark.parametrize(("fault", "status", "text"), FAILURES)
def test_one_fault_and_none_is_changed(
    client: TestClient, fault: dict, status: int, text: str
) -> None:
    """Dossier 10.2, PUT list; all or nothing."""
    one, _, three = save_three(client)
    before = listed(client)
    many = [
        {"id": one["id"], "name": "New", "regenerate_token": True},
        {"id": three["id"], **fault},
    ]
    answer = change_many(client, many)
    assert (answer.status_code, answer.json()) == (status, text.format(three["id"]))
    assert listed(client) == before
    assert run(client, one["token"]).status_code == 200


def test_a_member_makes_none_public_and_then_none_is_changed(client: TestClient) -> None:
    """Dossier 10.2, PUT list, 403."""
    mine = [save(client, 2, name=name) for name in ("A", "B")]
    many = [{"id": mine[0]["id"], "name": "New"}, {"id": mine[1]["id"], "public": True}]
    answer = change_many(client, many, 2)
    assert refusal(answer) == (403, '"Public reports can be saved only by admins."')
    assert names(client, 2) == ["A", "B"]


@pytest.mark.parametrize("is_deleting", [False, True])
@pytest.mark.parametrize("stranger", ["unknown", "another's", "deleted", "huge"])
def test_one_unknown_and_nothing_happens(
    client: TestClient, is_deleting: bool, stranger: str
) -> None:
    """Dossier 10.2: 404 with the two counts, the same for all that is not there."""
    mine, another, gone = save(client, 2, name="Mine"), save(client, 1), save(client, 2)
    ask(client, "DELETE", managed(gone["id"]), 2)
    strangers = {
        "unknown": 987_654,
        "another's": another["id"],
        "deleted": gone["id"],
        "huge": 2**62,
    }
    ids = [mine["id"], strangers[stranger]]
    many = [{"id": number, "name": "New"} for number in ids]
    answer = delete_many(client, ids, 2) if is_deleting else change_many(client, many, 2)
    text = "Some IDs were not found: Only 1 Saved Reports found for 2 given IDs."
    assert (answer.status_code, answer.json()) == (404, text)
    assert told(client, mine) == mine
    assert told(client, another) == another


def test_several_are_deleted_at_once(client: TestClient) -> None:
    """Dossier 10.2, PATCH bulk_delete."""
    one, two, three = save_three(client)
    answer = delete_many(client, [three["id"], one["id"]])
    assert answer.status_code == 200
    assert {report["id"] for report in answer.json()} == {one["id"], three["id"]}
    assert all(report["deleted_at"] for report in answer.json())
    assert listed(client) == [two]
    assert refusal(run(client, one["token"])) == GONE


NO_LISTS: list[object] = [{}, payload(), "x", [1], [None], [{}], [{"name": "x"}], [{"id": "1"}]]
NO_IDS: list[object] = [None, 1, "1", {}, ["1"], [1.5], [True], [None], [[1]], [2**64]]


def test_what_is_no_list_of_payloads_is_refused(client: TestClient) -> None:
    """Readings: the elements are objects with an integer id."""
    for many in NO_LISTS:
        assert refusal(change_many(client, many)) == (400, '"JSON is not valid"'), many


def test_what_is_no_list_of_ids_is_refused(client: TestClient) -> None:
    """Dossier 10.2, PATCH bulk_delete: with a full stop."""
    report = save(client)
    for ids in NO_IDS:
        assert refusal(delete_many(client, ids)) == (400, '"JSON is not valid."'), ids
    for body in ("{}", "[]", json.dumps([report["id"]])):
        answer = ask(client, "PATCH", managed("bulk_delete"), content=body)
        assert refusal(answer) == (400, '"JSON is not valid."')
    assert listed(client) == [report]


def test_the_same_id_twice_breaks_nothing(client: TestClient) -> None:
    """D1.7."""
    report = save(client)
    twice = [{"id": report["id"], "name": name} for name in ("A", "B")]
    assert change_many(client, twice).status_code < 500
    assert delete_many(client, [report["id"], report["id"]]).status_code < 500
    assert change(client, report, name="C").status_code < 500


def test_what_is_deleted_is_in_no_list(client: TestClient) -> None:
    """Readings: deleted ones never."""
    one, two, _ = save_three(client)
    ask(client, "DELETE", managed(one["id"]))
    assert one["id"] not in {report["id"] for report in listed(client, public="true")}
    assert two["id"] in {report["id"] for report in listed(client)}
