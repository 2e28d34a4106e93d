"""What may not be saved: every documented text, the order of checks, and bodies that nobody means well."""

import json
from collections.abc import Iterator
from itertools import product

import pytest
from starlette.testclient import TestClient

from tests.wire.saving import (
    HOSTILE,
    ask,
    change,
    managed,
    own_agency,
    params,
    payload,
    refusal,
    save,
    told,
)

NO_JSON = (400, '"JSON is not valid"')
NO_NAME = (400, '"saved report name field can\'t be blank"')
NO_RANGE = (400, '"saved report fixed_daterange can\'t be blank"')
NO_PUBLIC = (400, '"saved report public can\'t be blank"')
NO_TYPE = (400, '"parameter report_type is invalid or blank"')
NO_TYPE_CHANGING = (400, '"parameter report_type invalid or blank"')
ADMINS_ONLY = (403, '"Public reports can be saved only by admins."')
NO_WORKSPACE = (404, '"Workspace not found/accessible."')
NOT_PREMIUM = (402, '"Available only for premium workspaces."')
WRONG: tuple[object, ...] = (
    None,
    True,
    0,
    1.5,
    -1,
    2**70,
    "",
    "x",
    "\0",
    [],
    [None],
    {},
    {"a": {}},
    [[1]],
)
KEYS = (
    "id",
    "name",
    "public",
    "fixed_daterange",
    "params",
    "regenerate_token",
    "expires_at",
    "password",
)
BAD_PARAMS: tuple[object, ...] = (
    None,
    "summary",
    7,
    [],
    {},
    {"report_type": None},
    {"report_type": ""},
    {"report_type": "daily"},
    {"report_type": "Summary"},
    {"report_type": ["summary"]},
)
ENDPOINTS = (
    ("GET", managed()),
    ("POST", managed()),
    ("PUT", managed()),
    ("PATCH", managed("bulk_delete")),
    ("GET", managed(1)),
    ("PUT", managed(1)),
    ("DELETE", managed(1)),
)


@pytest.fixture(name="client", scope="module")
def fixture_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with own_agency(tmp_path_factory.mktemp("refusals")) as client:
        yield client


def make(client: TestClient, user_id: int = 1, **more: object) -> tuple[int, str]:
    return refusal(ask(client, "POST", managed(), user_id, json=payload(**more)))


@pytest.mark.parametrize("key", ["name", "fixed_daterange", "public"])
def test_a_key_that_is_missing_is_blank(client: TestClient, key: str) -> None:
    """Dossier SR7."""
    body = payload()
    del body[key]
    wanted = {"name": NO_NAME, "fixed_daterange": NO_RANGE, "public": NO_PUBLIC}[key]
    assert refusal(ask(client, "POST", managed(), json=body)) == wanted


@pytest.mark.parametrize("name", [None, "", " ", "\t\n", "\u00a0\u2003", 5, True, [], {}])
def test_a_name_is_a_text_that_is_not_blank(client: TestClient, name: object) -> None:
    """Dossier SR7; a name of the wrong type counts as blank (readings)."""
    assert make(client, name=name) == NO_NAME


@pytest.mark.parametrize("value", [None, "true", "", 1, 0, [], {}])
def test_the_two_booleans_are_booleans(client: TestClient, value: object) -> None:
    """Dossier SR7; D1.5: a number is no boolean."""
    assert make(client, fixed_daterange=value) == NO_RANGE
    assert make(client, public=value) == NO_PUBLIC


@pytest.mark.parametrize("given", BAD_PARAMS, ids=repr)
def test_params_name_one_of_three_report_types(client: TestClient, given: object) -> None:
    """D10.4."""
    assert make(client, params=given) == NO_TYPE


def test_the_first_of_several_faults_is_told(client: TestClient) -> None:
    """Readings: name, fixed_daterange, public, report type, then who may."""
    faults: dict[str, object] = {"name": "", "fixed_daterange": None, "public": None, "params": {}}
    told_of = []
    while faults:
        told_of.append(make(client, 2, **{"public": True, **faults}))
        del faults[next(iter(faults))]
    assert told_of == [NO_NAME, NO_RANGE, NO_PUBLIC, NO_TYPE]
    assert make(client, 2, public=True) == ADMINS_ONLY


def test_public_reports_are_saved_by_admins_only(client: TestClient) -> None:
    """Dossier SR8."""
    report = save(client, 2)
    assert refusal(change(client, report, 2, public=True)) == ADMINS_ONLY
    assert told(client, report) == report
    assert change(client, report, 1, public=True).status_code == 200
    assert refusal(change(client, report, 2, public=True)) == ADMINS_ONLY


def test_a_member_keeps_changing_his_report_that_an_admin_made_public(client: TestClient) -> None:
    """Readings: only setting `public` to true is for admins."""
    report = save(client, 2)
    change(client, report, 1, public=True)
    assert change(client, report, 2, name="Still mine").status_code == 200
    assert change(client, report, 2, public=False).json()["public"] is False


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_name_cannot_be_changed_to_a_blank_one(client: TestClient, name: str) -> None:
    """Dossier 10.2, PUT one."""
    report = save(client)
    assert refusal(change(client, report, name=name, public=True)) == NO_NAME
    assert told(client, report) == report


@pytest.mark.parametrize("given", BAD_PARAMS[3:], ids=repr)
def test_params_cannot_be_changed_to_bad_ones(client: TestClient, given: object) -> None:
    """Dossier 10.2, PUT one: without "is"."""
    report = save(client)
    assert refusal(change(client, report, params=given, name="New")) == NO_TYPE_CHANGING
    assert told(client, report) == report


@pytest.mark.parametrize("value", ["", "soon", "2026-01-20", "2026-02-30T00:00:00Z", 5, True, []])
def test_an_expiry_is_an_instant(client: TestClient, value: object) -> None:
    """D10.7, D1.5."""
    assert make(client, expires_at=value) == (400, '"Invalid expires_at format"')


@pytest.mark.parametrize("value", ["x" * 1001, 5, True, [], {}])
def test_a_password_is_a_text_of_some_length(client: TestClient, value: object) -> None:
    """D10.7, D1.5."""
    assert make(client, password=value) == (400, '"Invalid password format"')


def test_a_name_has_a_longest_length(client: TestClient) -> None:
    """D1.6."""
    assert save(client, name="x" * 3000)["name"] == "x" * 3000
    assert make(client, name="x" * 3001)[0] == 400


@pytest.mark.parametrize("content", HOSTILE, ids=list(range(len(HOSTILE))))
def test_what_is_no_json_is_refused_everywhere(client: TestClient, content: bytes) -> None:
    """D1.3; bulk_delete says it with a full stop (dossier 10.2)."""
    report = save(client)
    for method, path in (("POST", ""), ("PUT", ""), ("PUT", report["id"])):
        assert refusal(ask(client, method, managed(path), content=content)) == NO_JSON
    answer = ask(client, "PATCH", managed("bulk_delete"), content=content)
    assert refusal(answer) == (400, '"JSON is not valid."')
    assert told(client, report) == report


@pytest.mark.parametrize("body", [[], "text", 5, True, [payload()]], ids=repr)
def test_a_body_is_an_object(client: TestClient, body: object) -> None:
    """D1.3."""
    report = save(client)
    assert refusal(ask(client, "POST", managed(), json=body)) == NO_JSON
    assert refusal(ask(client, "PUT", managed(report["id"]), json=body)) == NO_JSON


@pytest.mark.parametrize(("key", "value"), list(product(KEYS, WRONG)))
def test_no_value_of_a_key_breaks_the_server(client: TestClient, key: str, value: object) -> None:
    """D1.5, D1.7: what is wrong is the caller's fault and changes nothing."""
    report = save(client)
    bodies = (("POST", "", payload(**{key: value})), ("PUT", report["id"], {key: value}))
    for method, path, body in bodies:
        assert ask(client, method, managed(path), json=body).status_code < 500
    now = told(client, report)
    many = [{"id": report["id"], key: value}]
    answer = ask(client, "PUT", managed(), json=many)
    assert answer.status_code < 500
    if answer.status_code != 200:
        assert told(client, report) == now


@pytest.mark.parametrize("value", [1e400, 10**400, 2**64, -0.0, {"x" * 3001: "y" * 3001}])
def test_no_value_inside_params_breaks_the_server(client: TestClient, value: object) -> None:
    """D1.3."""
    text = json.dumps(payload(params=params(odd="here"))).replace('"here"', json.dumps(value))
    content = text.replace("Infinity", "1e400").encode()
    assert ask(client, "POST", managed(), content=content).status_code < 500
    assert ask(client, "GET", managed()).status_code == 200


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_a_body_over_a_mebibyte_is_refused_unread(
    client: TestClient, method: str, path: str
) -> None:
    """D1.6."""
    content = json.dumps(payload(padding="x" * 2**20)).encode()
    if method in {"GET", "DELETE"}:
        assert ask(client, method, path, content=content).status_code < 500
    else:
        assert ask(client, method, path, content=content).status_code == 413


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_without_credentials_nothing_is_told(client: TestClient, method: str, path: str) -> None:
    """D9.1, the v9 form: an empty body and a header, before anything else is looked at."""
    for each in (path, path.replace("/10/", "/x/")):
        answer = ask(client, method, each, None, content=b"nope")
        assert refusal(answer) == (401, "")
        assert answer.headers["X-Authorization-Missing"] == "true"


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_wrong_credentials_come_before_the_body(client: TestClient, method: str, path: str) -> None:
    """D9.1."""
    for pair in (("f" * 32, "api_token"), ("ada@example.com", "wrong")):
        answer = client.request(method, path, content=b"nope", auth=pair)
        assert refusal(answer) == (403, '"Incorrect username and/or password"')


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_a_workspace_that_is_not_ones_own_does_not_exist(
    client: TestClient, method: str, path: str
) -> None:
    """Dossier 10.2: 404, the same bytes for foreign, unknown, malformed and left workspaces."""
    for number in ("11", "12", "987", "0", "-1", "1.5", "x", str(2**64), "10%00"):
        answer = ask(client, method, path.replace("/10/", f"/{number}/"), 1, content=b"nope")
        assert refusal(answer) == NO_WORKSPACE, number
    assert refusal(ask(client, method, path, 4, content=b"nope")) == NO_WORKSPACE
    assert refusal(ask(client, method, path, 3, content=b"nope")) == NO_WORKSPACE


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_the_free_plan_has_no_saved_reports(client: TestClient, method: str, path: str) -> None:
    """D9.5; dossier SR9. Told before the body is understood, after who belongs there."""
    answer = ask(client, method, path.replace("/10/", "/12/"), 5, content=b"nope")
    assert refusal(answer) == NOT_PREMIUM


@pytest.mark.parametrize("number", ["x", "0", "-1", "1.5", str(2**64), "1%00", "+1", "٣"])
def test_a_malformed_number_is_an_unknown_report(client: TestClient, number: str) -> None:
    """Readings: 404 also for malformed ids; D1.7: nothing broken comes of it."""
    for method in ("GET", "DELETE", "PUT"):
        answer = ask(client, method, managed(number), json={"name": "B"})
        assert answer.status_code == 404
        assert answer.text.endswith('not found/accessible."')


def test_refusals_are_bare_json_strings(client: TestClient) -> None:
    """D1.7."""
    answer = ask(client, "POST", managed(), json=payload(name="", note="<canary>"))
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.text == '"saved report name field can\'t be blank"'


@pytest.mark.parametrize("value", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59"])
def test_an_instant_that_cannot_be_told_is_none(client: TestClient, value: str) -> None:
    assert make(client, expires_at=value) == (400, '"Invalid expires_at format"')


def test_an_empty_password_protects_nothing(client: TestClient) -> None:
    assert make(client, password="") == (400, '"Invalid password format"')


def test_not_too_many_at_once(client: TestClient) -> None:
    """Everybody else would wait."""
    report = save(client)
    many = [{"id": report["id"], "name": "x"}] * 1_001
    refused = (400, '"Maximum count of posted IDs is 1000"')
    assert refusal(ask(client, "PUT", managed(), json=many)) == refused
    ids = {"ids": [report["id"]] * 1_001}
    assert refusal(ask(client, "PATCH", managed("bulk_delete"), json=ids)) == refused


def test_passwords_are_set_one_at_a_time(client: TestClient) -> None:
    report = save(client)
    answer = ask(client, "PUT", managed(), json=[{"id": report["id"], "password": "x"}])
    reason = f"Report ID {report['id']} failed with: a password is set one report at a time"
    assert refusal(answer) == (400, f'"{reason}"')


def test_params_have_room_for_many_ids_but_not_for_everything(client: TestClient) -> None:
    ids = list(range(10**12, 10**12 + 10_000))
    assert make(client, params=params("summary", project_ids=ids))[0] == 200
    assert make(client, params=params("summary", x="y" * 300_000)) == (
        400,
        '"Invalid params format"',
    )
