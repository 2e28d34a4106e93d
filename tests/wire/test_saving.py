"""One saved report: made, read, changed, deleted, and its token (D10.1, D10.2, section 10 of the dossier)."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.wire.agency import PASSWORD
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

KEYS = [
    "id",
    "token",
    "name",
    "public",
    "fixed_daterange",
    "params",
    "uid",
    "updated_at",
    "updated_by",
    "deleted_at",
    "scheduled_email_uids",
    "scheduled_email_gids",
    "is_commenting_enabled",
    "isNAResource",
    "expires_at",
    "has_password",
]
TOKEN = re.compile("[0-9a-f]{32}")
ODD_TEXTS = (
    "",
    " spaced ",
    "Ärger <b>&amp;",
    "שלום \u202e olleh",
    "👩‍👩‍👧 日本",
    'quote " back \\ slash',
    "line\nbreak\ttab",
    "nul \0 byte",
    "%s {0} ${x} ' -- ;",
)


@pytest.fixture(name="client")
def fixture_client(tmp_path: Path) -> Iterator[TestClient]:
    with own_agency(tmp_path) as client:
        yield client


def test_a_new_report_has_every_key_and_no_other(client: TestClient) -> None:
    """Dossier 10.3, models.SavedReport, and what D10.7 adds."""
    assert sorted(save(client)) == sorted(KEYS)


def test_a_new_report_is_its_makers(client: TestClient) -> None:
    """Dossier SR25."""
    report = save(client, 2, name="Mine")
    assert (report["uid"], report["updated_by"]) == (2, 2)
    assert (report["name"], report["public"], report["fixed_daterange"]) == ("Mine", False, True)
    assert report["updated_at"] == "2026-01-20T12:00:00+00:00"
    assert report["deleted_at"] is None


def test_what_nobody_asked_for_is_off(client: TestClient) -> None:
    """Dossier SR22, SR27; D10.7."""
    report = save(client)
    assert (report["scheduled_email_uids"], report["scheduled_email_gids"]) == ([], [])
    assert (report["is_commenting_enabled"], report["isNAResource"]) == (False, False)
    assert (report["expires_at"], report["has_password"]) == (None, False)


def test_ids_and_tokens_are_each_reports_own(client: TestClient) -> None:
    """D10.2."""
    reports = [save(client, user_id) for user_id in (1, 2, 1)]
    assert len({report["id"] for report in reports}) == 3
    assert len({report["token"] for report in reports}) == 3
    assert all(TOKEN.fullmatch(report["token"]) for report in reports)
    assert all(type(report["id"]) is int and report["id"] > 0 for report in reports)


def test_params_come_back_as_given(client: TestClient) -> None:
    """Dossier SR10: stored as given, unknown keys and odd texts too."""
    for text in ODD_TEXTS:
        given = params(zebra={text: [text, None, {"a": 1.5}]}, apple=text, description=text)
        report = save(client, params=given)
        assert report["params"] == given
        assert json.dumps(told(client, report)["params"]) == json.dumps(given)


def test_params_keep_values_that_a_run_would_refuse(client: TestClient) -> None:
    """Only `report_type` is checked when a report is saved (dossier SR7)."""
    given = params(grouping="days", start_date="yesterday", project_ids="all")
    assert save(client, params=given)["params"] == given


def test_a_name_may_be_any_text(client: TestClient) -> None:
    """Dossier SR7 refuses blank names only."""
    for name in (text for text in ODD_TEXTS if text.strip() and "\0" not in text):
        assert save(client, name=name)["name"].strip() == name.strip()


def test_unknown_keys_of_a_payload_are_ignored(client: TestClient) -> None:
    """D1.4."""
    report = save(client, uid=2, token="a" * 32, deleted_at="2026-01-01", nonsense=[1])
    assert (report["uid"], report["deleted_at"]) == (1, None)
    assert report["token"] != "a" * 32
    assert "nonsense" not in report


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_the_body_is_json_whatever_it_is_called(
    client: TestClient, content_type: str | None
) -> None:
    """D1.1."""
    headers = {"Content-Type": content_type} if content_type else {}
    content = json.dumps(payload()).encode()
    answer = ask(client, "POST", managed(), content=content, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_a_password_signs_in_here_too(client: TestClient) -> None:
    """D9.1."""
    answer = client.post(managed(), json=payload(), auth=("ada@example.com", PASSWORD))
    assert answer.status_code == 200


def test_a_report_reads_as_it_was_made(client: TestClient) -> None:
    """Dossier 10.2, GET one."""
    report = save(client, 2)
    assert told(client, report, 2) == report
    assert told(client, report, 1) == report


def test_an_expiry_and_a_password_are_told_without_the_password(client: TestClient) -> None:
    """D10.7."""
    report = save(client, public=True, expires_at="2026-02-01T00:00:00+00:00", password="sesame")
    assert report["expires_at"] == "2026-02-01T00:00:00+00:00"
    assert report["has_password"] is True
    assert "sesame" not in json.dumps(report)


def test_changed_keys_change_and_others_stay(client: TestClient) -> None:
    """Dossier SR6."""
    report = save(client)
    answer = change(client, report, name="February")
    assert answer.status_code == 200
    assert answer.json() == {**report, "name": "February"}
    assert told(client, report) == answer.json()


def test_every_key_can_be_changed(client: TestClient) -> None:
    """Dossier SR6."""
    given = {"name": "B", "public": True, "fixed_daterange": False, "params": params("weekly")}
    report = save(client)
    changed = change(client, report, **given).json()
    assert {key: changed[key] for key in given} == given
    assert changed["token"] == report["token"]


def test_params_are_replaced_as_a_whole(client: TestClient) -> None:
    """Dossier SR10: a free map, stored as given."""
    report = save(client, params=params(project_ids=[30]))
    new = {"report_type": "detailed"}
    assert change(client, report, params=new).json()["params"] == new


def test_null_is_not_given_when_changing(client: TestClient) -> None:
    """D1.4."""
    report = save(client)
    nulls = dict.fromkeys(("name", "public", "fixed_daterange", "params", "regenerate_token"))
    answer = change(client, report, **nulls)
    assert answer.status_code == 200
    assert answer.json() == report


def test_an_admin_changes_a_members_report_which_stays_the_members(client: TestClient) -> None:
    """Dossier SR25: `uid` is the owner, `updated_by` who changed it last."""
    report = save(client, 2)
    changed = change(client, report, 1, name="By Ada", public=True).json()
    assert (changed["uid"], changed["updated_by"]) == (2, 1)
    assert told(client, report, 2)["name"] == "By Ada"


def test_a_password_and_an_expiry_can_be_taken_away(client: TestClient) -> None:
    """D10.7; `password` "" or null, `expires_at` null."""
    for nothing in ("", None):
        report = save(client, expires_at="2027-01-01T00:00:00Z", password="sesame")
        changed = change(client, report, password=nothing, expires_at=None).json()
        assert (changed["expires_at"], changed["has_password"]) == (None, False)


def test_an_expiry_and_a_password_stay_when_something_else_changes(client: TestClient) -> None:
    """D10.7."""
    report = save(client, expires_at="2027-01-01T00:00:00+00:00", password="sesame")
    changed = change(client, report, name="B").json()
    assert changed["expires_at"] == "2027-01-01T00:00:00+00:00"
    assert changed["has_password"] is True


def test_a_regenerated_token_kills_the_old_at_once(client: TestClient) -> None:
    """D10.2, D10.3."""
    report = save(client, public=True)
    fresh = change(client, report, regenerate_token=True).json()
    assert TOKEN.fullmatch(fresh["token"])
    assert fresh["token"] != report["token"]
    assert refusal(run(client, report["token"])) == GONE
    assert run(client, fresh["token"]).status_code == 200
    assert told(client, report)["token"] == fresh["token"]


def test_a_token_stays_unless_it_is_regenerated(client: TestClient) -> None:
    """D10.2."""
    report = save(client)
    for more in ({"regenerate_token": False}, {"name": "B"}, {"public": True}):
        assert change(client, report, **more).json()["token"] == report["token"]


def test_tokens_and_passwords_are_nowhere_in_the_folder(client: TestClient, tmp_path: Path) -> None:
    """D12.1: looked up by their digest, kept encrypted."""
    report = save(client, public=True, password="sesame open")
    secrets = (report["token"].encode(), b"sesame open")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets), path.name


def test_a_deleted_report_is_told_once_more_and_then_gone(client: TestClient) -> None:
    """Dossier SR25 and 10.2, DELETE."""
    report = save(client, public=True)
    answer = ask(client, "DELETE", managed(report["id"]))
    assert answer.status_code == 200
    assert answer.json()["deleted_at"] == "2026-01-20T12:00:00+00:00"
    assert (answer.json()["id"], answer.json()["name"]) == (report["id"], report["name"])
    gone = (404, f'"Report ID {report["id"]} not found/accessible."')
    assert refusal(ask(client, "GET", managed(report["id"]))) == gone
    assert refusal(ask(client, "DELETE", managed(report["id"]))) == gone
    assert refusal(change(client, report, name="B")) == gone
    assert ask(client, "GET", managed()).json() == []
    assert refusal(run(client, report["token"])) == GONE


def test_a_deleted_reports_number_is_not_given_again(client: TestClient) -> None:
    """Dossier SR25: deletes are soft."""
    report = save(client)
    ask(client, "DELETE", managed(report["id"]))
    assert save(client)["id"] != report["id"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_colleagues_report_does_not_exist_for_a_member(client: TestClient, method: str) -> None:
    """Readings: others' reports do not exist for a member, public ones neither."""
    for is_public in (False, True):
        report = save(client, 1, public=is_public)
        answer = ask(client, method, managed(report["id"]), 2, json={"name": "Taken"})
        unknown = ask(client, method, managed(987_654), 2, json={"name": "Taken"})
        assert refusal(answer) == (404, f'"Report ID {report["id"]} not found/accessible."')
        assert refusal(unknown) == (404, '"Report ID 987654 not found/accessible."')
        assert told(client, report) == report


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_workspaces_report_does_not_exist(client: TestClient, method: str) -> None:
    """D9.2: an admin of one workspace reaches no report of another by its number."""
    report = save(client)
    answer = ask(client, method, managed(report["id"], 11), 3, json={"name": "Taken"})
    assert refusal(answer) == (404, f'"Report ID {report["id"]} not found/accessible."')
    assert told(client, report) == report
