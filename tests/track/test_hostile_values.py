"""Documented keys with values of every JSON type: no fault of the server, whatever is combined."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.web.route_row import RouteRow
from tests.shares import examples, share_of
from tests.track.openapi import body_keys, document_of
from tests.track.raw import Ground, fault, filled, name_of, rows_of_the_api

WRITING = [row for row in rows_of_the_api() if row.method in {"POST", "PUT", "PATCH"}]
# Files cost more than JSON and read the same keys by the same code.
CHEAP = [row for row in WRITING if not row.path.endswith(("csv", "xlsx", "pdf"))]
BULK = [
    row for row in WRITING if row.method == "PATCH" and row.path.endswith(("_ids}", "group_id}"))
]
VALUES = (
    True,
    -1,
    2**64,
    1.5,
    "",
    "a\0b",
    "x" * 4_000,
    [[None]],
    {"a": 1},
)
# What a body needs before its other keys are looked at.
BASES: dict[str, dict[str, Any]] = {
    "/time_entries": {
        "created_with": "tests",
        "start": "2026-01-19T10:00:00Z",
        "duration": 60,
    },
    "/projects": {"name": "Fuzz", "active": True},
    "/clients": {"name": "Fuzz"},
    "/tasks": {"name": "Fuzz"},
    "/tags": {"name": "Fuzz"},
    "/groups": {"name": "Fuzz"},
    "/project_users": {"project_id": 30, "user_id": 2},
    "/project_groups": {"project_id": 30, "group_id": 70},
    "/organizations": {"name": "Fuzz", "workspace_name": "Fuzz"},
    "/workspaces": {"name": "Fuzz"},
    "/invitations": {"emails": ["new@example.com"], "workspaces": [{"workspace_id": 10}]},
    "/rates": {
        "amount": 1,
        "level": "project",
        "level_id": 30,
        "type": "billable_rates",
        "mode": "start-today",
    },
    "/reports/shared": {"name": "Fuzz", "params": {"report_type": "summary"}},
    "/accept": {"fullname": "Fuzz", "password": "long enough"},
}
KEYS = (
    *("name", "description", "tags", "tag_ids", "project_id", "pid", "task_id", "tid", "user_id"),
    *("uid", "start", "stop", "duration", "billable", "tag_action", "ids", "client_id", "active"),
    *("color", "rate", "rate_change_mode", "start_date", "end_date", "amount", "level", "level_id"),
    *("project_ids", "page_size", "currency", "emails", "workspaces", "groups", "users", "role"),
)
PATHS = ("/name", "/description", "/pid", "/project_id", "/tags", "/start", "/duration", "/active")
PATCHED = ("/rate", "/manager", "/users", "/user_id", "/estimated_seconds", "", "name", "/a/b")


@pytest.fixture(name="ground", scope="module")
def fixture_ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with Ground(tmp_path_factory.mktemp("values")) as ground:
        yield ground


@pytest.fixture(name="document", scope="module")
def fixture_document(ground: Ground) -> dict[str, Any]:
    return document_of(ground.send("GET", "/openapi.json", by=None).body)


def base_of(row: RouteRow) -> dict[str, Any]:
    if row.method != "POST":
        return {}
    return next((base for ending, base in BASES.items() if row.path.endswith(ending)), {})


def dumped(body: object) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.parametrize("row", CHEAP, ids=name_of)
def test_no_value_of_a_documented_key_breaks_the_server(
    ground: Ground, document: dict[str, Any], row: RouteRow
) -> None:
    faults = {}
    for key in body_keys(document, row):
        turns = {f"{key} {place}": value for place, value in enumerate(VALUES)}
        for value in share_of(row, turns, key).values():
            body = dumped(base_of(row) | {key: value})
            faults[key, repr(value)[:20]] = fault(ground.send(row.method, filled(row.path), body))
    if ground.send("GET", "/api/v9/me").status != 200:
        ground.renew()
    assert not {named: found for named, found in faults.items() if found}


@pytest.mark.parametrize("row", BULK, ids=name_of)
def test_no_patch_breaks_the_server(ground: Ground, row: RouteRow) -> None:
    faults = {}
    for path in (*PATHS, *PATCHED):
        for operation in ("replace", "add", "remove"):
            turns = dict(enumerate((None, -1, 2**64, "a\0b", [[1]])))
            for value in share_of(row, turns, path + operation).values():
                body = dumped([{"op": operation, "path": path, "value": value}])
                answer = ground.send(row.method, filled(row.path), body)
                faults[operation, path, str(value)] = fault(answer)
    assert not {named: found for named, found in faults.items() if found}


SENSIBLE = st.sampled_from(
    [10, 20, 30, 40, 50, 70, 2, "2026-01-19", "2026-01-19T10:00:00Z", "USD", "#bf7000", "project"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ANYTHING = st.recursive(
    SENSIBLE | SCALARS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=3),
    max_leaves=8,
)


@settings(max_examples=examples(120), derandomize=True, database=None)
@given(data=st.data())
def test_no_object_of_documented_keys_breaks_the_server(
    ground: Ground, document: dict[str, Any], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(CHEAP))
    keys = st.sampled_from([*body_keys(document, row), *KEYS])
    body = base_of(row) | data.draw(st.dictionaries(keys, ANYTHING, max_size=6))
    answer = ground.send(row.method, filled(row.path), json.dumps(body).encode())
    found = fault(answer)
    if answer.status == 403 and ground.send("GET", "/api/v9/me").status == 403:
        ground.renew()
    assert found is None, f"{name_of(row)} {body!r}: {found}"
