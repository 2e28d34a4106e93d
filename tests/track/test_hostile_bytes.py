"""Whatever bytes a body, a query or a path is made of: never a fault of the server, and a refusal changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from gnomon.web.route_row import RouteRow
from tests.shares import share_of
from tests.track.raw import (
    Ground,
    fault,
    filled,
    name_of,
    needs_credentials,
    parameters,
    rows_of_the_api,
)

ROWS = rows_of_the_api()
BODIED = [row for row in ROWS if row.method != "GET"]
DEEP = 100
BODIES = {
    "empty": b"",
    "null": b"null",
    "number": b"1",
    "text": b'"x"',
    "array": b"[]",
    "array of arrays": b"[[[]]]",
    "array of numbers": b"[1, 2, 3]",
    "empty object": b"{}",
    "cut": b'{"name": "x',
    "two values": b"{} {}",
    "nan": b'{"name": NaN, "rate": NaN, "start": NaN}',
    "infinity": b'{"rate": -Infinity, "start": Infinity}',
    "too big a float": b'{"rate": 1e400, "start": 1e400, "duration": 1e400, "ids": [1e400]}',
    "too big an int": b'{"rate": %b, "start": %b, "ids": [%b], "project_id": %b}'
    % ((b"9" * 30,) * 4),
    "endless int": b'{"start": ' + b"9" * 5_000 + b"}",
    "lone surrogate": b'{"name": "\\ud800", "description": "\\udfff", "tags": ["\\ud800"]}',
    "surrogate key": b'{"\\ud800": 1}',
    "nul": b'{"name": "a\\u0000b", "description": "\\u0000", "tags": ["\\u0000"], "email": "\\u0000"}',
    "deep object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep array": b'{"ids":' + b"[" * DEEP + b"]" * DEEP + b"}",
    "bottomless object": b'{"a":' * 100_000,
    "bottomless array": b"[" * 100_000 + b"]" * 100_000,
    "same key twice": b'{"name": "x", "name": 1, "ids": [1], "ids": {}}',
    "latin-1": b'{"name": "\xe9\xff"}',
    "utf-16": '{"name": "x"}'.encode("utf-16"),
    "utf-8 with a mark": b'\xef\xbb\xbf{"name": 5}',
    "raw nul": b'{"name": "\x00"}\x00',
    "form": b"name=x&ids=1",
    "huge text": b'{"name": "' + b"x" * 900_000 + b'", "description": 1}',
    "many ids": b'{"ids": [' + b"1," * 20_000 + b'1], "project_ids": [' + b"1," * 20_000 + b"1]}",
    "beyond the limit": b'{"name": "' + b"x" * 1_048_600 + b'"}',
    "patch of nothing": b'[{"op": {}, "path": [], "value": null}, null, 1, {"op": "replace"}]',
    "patch of everywhere": b'[{"op": "replace", "path": "/../__class__", "value": "x"}]',
}
QUERIES = {
    "nul": b"page=%00&name=%00&search=%00&since=%00&start_date=%00&end_date=%00",
    "no utf-8": b"%ff=%ff&page=%ff&name=%ff&search=%ff&sort_field=%ff",
    "cut escapes": b"name=%&search=%4&page=%zz",
    "surrogates": b"name=%ed%a0%80&search=%ed%a0%80",
    "too big": b"page=%b&per_page=%b&since=%b&start_project_id=%b"
    % ((b"9223372036854775808",) * 4),
    "endless": b"page=%b&since=%b&user_ids=%b" % ((b"1" * 5_000,) * 3),
    "floats": b"since=1e400&page=1e3&per_page=2.5&start_project_id=NaN",
    "big since": b"since=99999999999999",
    "negative": b"since=-1&page=-1&per_page=-1&user_ids=-1",
    "none": b"page=0&per_page=0&since=0",
    "digits of elsewhere": "since=١&page=١&per_page=١".encode(),
    "empty": b"page=&per_page=&since=&active=&name=&user_ids=&sort_field=&start_date=&end_date=",
    "syntax": b"&&&=&==&?;#",
    "many ids": b"user_ids=" + b"1," * 10_000 + b"1&project_ids=" + b"7," * 2_000,
    "many keys": b"client_ids=1&" * 2_000,
    "long": b"name=" + b"x" * 50_000,
    "no booleans": b"active=maybe&meta=2&billable=x&include_archived=%F0&only_me=None&exclude_deleted=x",
    "sorting": b"sort_field=__class__&sort_order=;drop%20table&statuses=x&type=x",
    "patterns": b"name=%25_%5C'%22&search=%25%27%5C*",
    "edge of time": b"start_date=0001-01-01T00:00:00%2B23:59&end_date=9999-12-31T23:59:59-23:59",
    "before time": b"before=0001-01-01T00:00:00%2B14:00",
    "no dates": b"start_date=2026-02-30&end_date=0000-00-00",
    "bad zone": b"start_date=2026-01-01T00:00:00%2B99:99&end_date=2026-01-02T00:00:00Z",
    "modes": b"teDeletionMode=%00&include=x",
}
PIECES = {
    "nul": "%00",
    "negative": "-1",
    "zero": "0",
    "past 63 bits": str(2**63),
    "past 64 bits": str(2**64),
    "endless": "1" * 5_000,
    "fraction": "1.5",
    "letter": "%C3%89",
    "no utf-8": "%ff",
    "surrogate": "%ed%a0%80",
    "up": "..%2Fx",
    "dots": "%2e%2e",
    "line end": "%0d%0ax",
    "blank": "%20",
    "cut escape": "%4",
    "digit of elsewhere": "%D9%A1",
    "commas": "," * 50_000,
    "many ids": "1," * 500 + "1",
    "word": "zqxjkv",
    "unknown": "987654321",
}
WATCHED = (
    "/workspaces/10",
    "/workspaces/10/projects?active=both",
    "/workspaces/10/clients?status=both",
    "/workspaces/10/tags",
    "/workspaces/10/tasks?active=both",
    "/workspaces/10/users",
    "/organizations/1000/groups",
    "/me",
    "/me/preferences",
    "/me/time_entries",
)


@pytest.fixture(name="ground", scope="module")
def fixture_ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    with Ground(tmp_path_factory.mktemp("hostile")) as ground:
        yield ground


def snapshot(ground: Ground) -> list[Any]:
    seen = []
    for path in WATCHED:
        where, _, query = path.partition("?")
        answer = ground.send("GET", f"/api/v9{where}", query=query.encode())
        seen.append((path, answer.status, answer.body))
    return seen


FEW = ("empty", "nan", "endless int", "bottomless array", "huge text", "utf-16")


def bodies_for(row: RouteRow) -> dict[str, bytes]:
    """Files are made by the code that answers in JSON, so the files get a few of the bodies only."""
    is_file = row.path.startswith("/reports/") and row.path.endswith(("csv", "xlsx", "pdf"))
    return {name: body for name, body in BODIES.items() if name in FEW or not is_file}


def pieces_for(parameter: str) -> dict[str, str]:
    """A workspace's or an organization's number is read in one place for all routes."""
    few = ("nul", "past 64 bits", "letter", "no utf-8", "word")
    is_common = parameter in {"workspace_id", "organization_id"}
    return {name: piece for name, piece in PIECES.items() if name in few or not is_common}


def of_rows(rows: list[RouteRow]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("row", rows, ids=name_of)


def test_what_is_compared_can_be_read(ground: Ground) -> None:
    assert [status for _, status, _ in snapshot(ground)] == [200] * len(WATCHED)


@of_rows(BODIED)
def test_no_body_breaks_the_server_and_a_refused_one_changes_nothing(
    ground: Ground, row: RouteRow
) -> None:
    is_report = row.path.startswith("/reports/")
    before = [] if is_report else snapshot(ground)
    faults = {}
    is_taken = False
    for name, body in share_of(row, bodies_for(row)).items():
        answer = ground.send(row.method, filled(row.path), body)
        faults[name] = fault(answer)
        is_taken |= answer.status < 400
    after = before if is_report or is_taken else snapshot(ground)
    if is_taken and not is_report:
        ground.renew()
    assert not {name: found for name, found in faults.items() if found}
    assert after == before


@of_rows([row for row in BODIED if needs_credentials(row) and row.method != "DELETE"])
def test_a_body_beyond_the_limit_is_too_large(ground: Ground, row: RouteRow) -> None:
    """Refused before any work (D1.6), so also where no body is read."""
    answer = ground.send(row.method, filled(row.path), BODIES["beyond the limit"])
    assert answer.status == 413
    assert fault(answer) is None


@of_rows([row for row in ROWS if row.method == "GET"])
def test_no_query_breaks_the_server(ground: Ground, row: RouteRow) -> None:
    where = filled(row.path)
    faults = {
        name: fault(ground.send("GET", where, query=query))
        for name, query in share_of(row, QUERIES).items()
    }
    assert not {name: found for name, found in faults.items() if found}


@of_rows(BODIED)
def test_no_query_of_a_change_breaks_the_server(ground: Ground, row: RouteRow) -> None:
    faults = {}
    is_taken = False
    for name in ("nul", "no utf-8", "endless", "no booleans", "modes"):
        answer = ground.send(row.method, filled(row.path), b"{}", query=QUERIES[name])
        faults[name] = fault(answer)
        is_taken |= answer.status < 400
    if is_taken and not row.path.startswith("/reports/"):
        ground.renew()
    assert not {name: found for name, found in faults.items() if found}


@of_rows([row for row in ROWS if parameters(row.path)])
def test_no_piece_of_a_path_breaks_the_server(ground: Ground, row: RouteRow) -> None:
    faults = {}
    is_taken = False
    for parameter in parameters(row.path):
        for name, piece in share_of(row, pieces_for(parameter)).items():
            where = filled(row.path, **{parameter: piece})
            answer = ground.send(row.method, where, b"" if row.method == "GET" else b"{}")
            echoes = answer.status >= 400 and b"zqxjkv" in answer.body
            faults[f"{parameter} {name}"] = fault(answer) or ("echoes" if echoes else None)
            is_taken |= answer.status < 400
    if is_taken and row.method != "GET" and not row.path.startswith("/reports/"):
        ground.renew()
    assert not {name: found for name, found in faults.items() if found}


@of_rows([row for row in ROWS if needs_credentials(row)])
@pytest.mark.parametrize("piece", ["filled", "zqxjkv", "-1"])
def test_a_stranger_learns_nothing(ground: Ground, row: RouteRow, piece: str) -> None:
    """Not even whether the path is well formed: who asks comes first (D1.6)."""
    instead = {} if piece == "filled" else dict.fromkeys(parameters(row.path), piece)
    answer = ground.send(row.method, filled(row.path, **instead), b"{", by=None)
    assert answer.status == 401
    if row.path.startswith("/api/v9"):
        assert answer.body == b""
        assert answer.headers["x-authorization-missing"] == "true"
    else:
        assert answer.json() == "Unable to extract authentication data"


@of_rows([row for row in ROWS if not needs_credentials(row)])
def test_strangers_break_nothing_where_they_may_ask(ground: Ground, row: RouteRow) -> None:
    faults = {
        name: fault(ground.send(row.method, filled(row.path), body, by=None))
        for name, body in BODIES.items()
    }
    assert not {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize(
    "number",
    ["1_0", "+10", "%2010", "10%20", "%D9%A1%D9%A0", "10.0", "1e1", "0x0a", "10%00", "-10"],
)
def test_only_plain_digits_name_a_workspace(ground: Ground, number: str) -> None:
    answer = ground.send("GET", f"/api/v9/workspaces/{number}/projects")
    assert (answer.status, answer.json()) == (400, "Invalid workspace id")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v9",
        "/api/v9/",
        "/api/v9/nothing",
        "/api/v9/workspaces/10/nothing",
        "/api/v9/workspaces//projects",
        "/api/v9/%2e%2e/%2e%2e/etc/passwd",
        "/api/v9/workspaces/10/projects/30/zqxjkv",
        "/reports/api/v3/workspace/10/zqxjkv",
        "/%ff",
        "/%00",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_path_that_leads_nowhere_is_not_found(ground: Ground, method: str, path: str) -> None:
    answer = ground.send(method, path)
    assert fault(answer) is None
    assert answer.status in {404, 405} or (answer.status == 400 and "workspaces//" in path)
    assert b"zqxjkv" not in answer.body


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "get", "PROPFIND"])
def test_a_method_that_nobody_knows_is_refused(ground: Ground, method: str) -> None:
    answer = ground.send(method, "/api/v9/workspaces/10/projects")
    assert fault(answer) is None
    assert answer.status == 405


@pytest.mark.parametrize(
    "header", [b"Basic", b"Basic !!!", b"Basic /////w==", b"Bearer x", b"Basic " + b"A" * 60_000]
)
def test_credentials_that_are_none_are_no_fault(
    ground: Ground, header: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.track.raw.credentials", lambda _: header)
    answer = ground.send("GET", "/api/v9/me")
    assert fault(answer) is None
    assert answer.status in {401, 403}
