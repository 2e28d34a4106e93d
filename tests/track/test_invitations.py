"""Invitations: sent, looked at, accepted, rejected, taken back, spent and expired (contract A.3; D12.1)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.track.asking import (
    ADA,
    AGENCY,
    BO,
    CLEO,
    ORGANIZATIONS,
    OTHER,
    UNKNOWN,
    Asker,
    refusal,
    told,
)
from tests.track.people import (
    INVITATIONS,
    NO_INVITATION,
    NO_ORGANIZATION,
    ORGANIZATION,
    SECRET,
    WORKSPACE,
    accept,
    as_newcomer,
    code_of,
    invitation,
    invite,
    look,
    members,
    newcomer,
    snapshot,
)

DAN = "dan@example.com"
COMING = {"fullname": "Dan", "password": SECRET, "timezone": "Asia/Tokyo"}
VALID = timedelta(days=14)
USERS = f"/organizations/{ORGANIZATION}/users"


def reject(agency: Asker, code: str) -> Any:
    return told(agency.ask("POST", f"/organizations/invitations/{code}/reject", by=None))


def invited(agency: Asker) -> list[str]:
    return [row["email"] for row in agency.get(USERS, active_status="invited")]


def test_an_invitation_is_told_to_who_sends_it(agency: Asker) -> None:
    answer = agency.post(INVITATIONS, invitation(DAN, "eli@example.com"))
    assert (answer["messages"], answer["invitations"]) == ([], [])
    [dan, eli] = answer["data"]
    assert (dan["email"], eli["email"]) == (DAN, "eli@example.com")
    assert dan["organization_id"] == ORGANIZATION
    assert (dan["sender_id"], dan["recipient_id"]) == (ADA, None)
    place = {"workspace_id": AGENCY, "user_id": None, "workspace_user_id": None}
    assert dan["workspaces"] == [place]
    assert "/invitation/" in dan["invite_url"]
    assert code_of(dan) != code_of(eli)
    assert len(code_of(dan)) >= 43


def test_the_invited_are_listed_as_not_joined(agency: Asker) -> None:
    [info] = agency.post(INVITATIONS, invitation(DAN))["data"]
    [row] = agency.get(USERS, active_status="invited")
    assert (row["email"], row["joined"], row["user_id"]) == (DAN, False, None)
    assert row["invitation_id"] == info["invitation_id"]
    assert set(members(agency)) == {1, 2, 4}


def test_anybody_with_the_code_may_look_at_the_invitation(agency: Asker) -> None:
    assert told(look(agency, invite(agency, DAN))) == {
        "email": DAN,
        "organization_id": ORGANIZATION,
        "organization_name": agency.get(f"/organizations/{ORGANIZATION}")["name"],
        "sender_name": "Ada",
        "sender_email": "ada@example.com",
        "has_account": False,
    }


def test_a_new_person_comes_with_a_name_and_a_password(agency: Asker) -> None:
    before = agency.get(f"/organizations/{ORGANIZATION}")["user_count"]
    dan = told(accept(agency, invite(agency, DAN), **COMING))
    assert (dan["email"], dan["fullname"], dan["timezone"]) == (DAN, "Dan", "Asia/Tokyo")
    assert (dan["has_password"], dan["default_workspace_id"]) == (True, AGENCY)
    assert len(dan["api_token"]) == 32
    for auth in [(dan["api_token"], "api_token"), (DAN, SECRET)]:
        assert told(agency.ask("GET", "/me", auth=auth))["id"] == dan["id"]
    row = members(agency)[dan["id"]]
    assert (row["role"], row["active"], row["inactive"]) == ("user", True, False)
    assert agency.get(f"/organizations/{ORGANIZATION}")["user_count"] == before + 1
    assert invited(agency) == []


def test_who_came_sees_what_a_member_sees(agency: Asker) -> None:
    dan = newcomer(agency, groups=[70])
    rows = as_newcomer(agency, dan, "GET", f"{WORKSPACE}/projects", params={"active": "both"})
    assert {row["id"] for row in rows.json()} == {30, 32, 33}
    workspace = as_newcomer(agency, dan, "GET", WORKSPACE).json()
    assert (workspace["role"], workspace["default_hourly_rate"]) == ("user", None)


@pytest.mark.parametrize("how", [{"admin": True}, {"role": "admin"}])
def test_who_is_invited_as_an_admin_is_one(agency: Asker, how: dict[str, Any]) -> None:
    dan = newcomer(agency, workspaces=[{"workspace_id": AGENCY, **how}])
    assert members(agency)[dan["id"]]["admin"] is True


def test_one_invitation_opens_all_its_workspaces(agency: Asker) -> None:
    annex = agency.post(f"/organizations/{ORGANIZATION}/workspaces", {"name": "Annex"})["id"]
    places = [{"workspace_id": AGENCY, "admin": False}, {"workspace_id": annex, "admin": True}]
    dan = newcomer(agency, workspaces=places)
    rows = as_newcomer(agency, dan, "GET", "/me/workspaces").json()
    assert {row["id"]: row["role"] for row in rows} == {AGENCY: "user", annex: "admin"}


def test_somebody_with_an_account_comes_with_it(agency: Asker) -> None:
    code = invite(agency, "Cleo@Example.com")
    assert told(accept(agency, code, CLEO))["id"] == CLEO
    assert members(agency)[CLEO]["role"] == "user"
    assert {row["id"] for row in agency.get("/me/workspaces", CLEO)} == {AGENCY, OTHER}
    assert len(agency.get("/me/organizations", CLEO)) == 2


def test_an_invitation_is_for_who_was_invited(agency: Asker) -> None:
    code = invite(agency, DAN)
    assert refusal(accept(agency, code, CLEO))[0] == 403
    assert CLEO not in members(agency)
    assert told(accept(agency, code, **COMING))["email"] == DAN


def test_an_account_with_a_password_is_not_taken_over_by_a_code(agency: Asker) -> None:
    path = f"/organizations/{ORGANIZATIONS[OTHER]}/invitations"
    body = invitation("ada@example.com", workspaces=[{"workspace_id": OTHER}])
    [info] = agency.post(path, body, CLEO)["data"]
    assert told(look(agency, code_of(info)))["has_account"] is True
    assert accept(agency, code_of(info), **COMING).status_code in {400, 401, 403}
    assert told(agency.ask("GET", "/me", auth=("ada@example.com", "correct horse")))["id"] == ADA
    assert agency.ask("GET", "/me", auth=("ada@example.com", SECRET)).status_code == 403
    assert ADA not in members(agency, OTHER, CLEO)
    assert told(accept(agency, code_of(info), ADA))["id"] == ADA


@pytest.mark.parametrize(
    "change",
    [
        {"fullname": " "},
        {"fullname": None},
        {"password": "short"},
        {"password": None},
        {"timezone": "Mars/Base"},
    ],
)
def test_who_comes_without_what_an_account_needs_may_try_again(
    agency: Asker, change: dict[str, Any]
) -> None:
    code, before = invite(agency, DAN), snapshot(agency)
    assert refusal(accept(agency, code, **{**COMING, **change}))[0] == 400
    assert snapshot(agency) == before
    assert told(accept(agency, code, **COMING))["email"] == DAN


def test_a_code_works_once(agency: Asker) -> None:
    code = invite(agency, DAN)
    told(accept(agency, code, **COMING))
    assert refusal(accept(agency, code, **COMING)) == NO_INVITATION
    assert refusal(look(agency, code)) == NO_INVITATION


def test_a_code_that_is_rejected_is_dead(agency: Asker) -> None:
    code = invite(agency, DAN)
    assert reject(agency, code) == "OK"
    assert refusal(accept(agency, code, **COMING)) == NO_INVITATION
    assert refusal(look(agency, code)) == NO_INVITATION
    assert DAN not in {row["email"] for row in members(agency).values()}


def test_an_invitation_lives_a_fortnight(agency: Asker) -> None:
    code, sent = invite(agency, DAN), agency.now
    agency.now = sent + VALID - timedelta(minutes=1)
    assert look(agency, code).status_code == 200
    agency.now = sent + VALID + timedelta(minutes=1)
    assert refusal(look(agency, code)) == NO_INVITATION
    assert refusal(accept(agency, code, **COMING)) == NO_INVITATION
    assert DAN not in {row["email"] for row in members(agency).values()}


def test_an_invitation_is_taken_back(agency: Asker) -> None:
    [info] = agency.post(INVITATIONS, invitation(DAN))["data"]
    path = f"{INVITATIONS}/{info['invitation_id']}"
    assert refusal(agency.ask("DELETE", path, BO))[0] == 403
    assert refusal(agency.ask("DELETE", path, CLEO)) == NO_ORGANIZATION
    assert invited(agency) == [DAN]
    assert agency.delete(path) == "OK"
    assert invited(agency) == []
    assert refusal(accept(agency, code_of(info), **COMING)) == NO_INVITATION
    assert agency.ask("DELETE", path).status_code == 404


def test_a_foreign_invitation_is_not_taken_back(agency: Asker) -> None:
    path = f"/organizations/{ORGANIZATIONS[OTHER]}/invitations"
    body = invitation(DAN, workspaces=[{"workspace_id": OTHER}])
    [info] = agency.post(path, body, CLEO)["data"]
    asked = [f"{INVITATIONS}/{one}" for one in (info["invitation_id"], UNKNOWN)]
    [foreign, unknown] = [agency.ask("DELETE", one) for one in asked]
    assert (foreign.status_code, foreign.content) == (404, unknown.content)
    assert look(agency, code_of(info)).status_code == 200


@pytest.mark.parametrize("code", ["x", "A" * 43, "%00", "a" * 5_000])
def test_a_code_that_was_never_sent_opens_nothing(agency: Asker, code: str) -> None:
    invite(agency, DAN)
    assert refusal(look(agency, code)) == NO_INVITATION
    assert refusal(accept(agency, code, **COMING)) == NO_INVITATION


def test_a_code_is_kept_as_a_hash_only(agency: Asker, tmp_path: Path) -> None:
    code = invite(agency, DAN).encode()
    files = [path for path in (tmp_path / "agency").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if code in path.read_bytes()]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"emails": []}, "at least one email is required"),
        ({"emails": None}, "at least one email is required"),
        ({"emails": [DAN, " "]}, "Missing e-mail"),
        ({"emails": [DAN, "nobody"]}, "Invalid e-mail"),
        ({"emails": [DAN, "a@b@c"]}, "Invalid e-mail"),
        ({"emails": [DAN, "a\r\nb@example.com"]}, "Invalid e-mail"),
        ({"emails": DAN}, "Invalid emails format"),
        ({"workspaces": []}, "at least one workspace is required"),
        ({"workspaces": None}, "at least one workspace is required"),
        ({"workspaces": [{"workspace_id": AGENCY}, {"workspace_id": OTHER}]}, "invalid workspace"),
        ({"workspaces": [{"workspace_id": UNKNOWN}]}, "invalid workspace"),
        ({"emails": [DAN, "gone@example.com"]}, "User with e-mail"),
        ({"groups": [UNKNOWN]}, ""),
    ],
)
def test_an_invitation_that_makes_no_sense_invites_nobody(
    agency: Asker, change: dict[str, Any], text: str
) -> None:
    answer = agency.ask("POST", INVITATIONS, json={**invitation(DAN), **change})
    status, said = refusal(answer)
    assert (status, said[: len(text)]) == (400, text)
    assert invited(agency) == []


def test_a_body_that_is_no_object_invites_nobody(agency: Asker) -> None:
    for content in ("nope", "[]"):
        answer = agency.ask("POST", INVITATIONS, content=content)
        assert refusal(answer) == (400, "Invalid JSON input")


def test_who_is_there_already_is_left_out(agency: Asker) -> None:
    answer = agency.post(INVITATIONS, invitation("bo@example.com", DAN))
    assert [info["email"] for info in answer["data"]] == [DAN]
    assert answer["messages"] == ["bo@example.com is already a member"]


def test_a_member_invites_nobody(agency: Asker) -> None:
    answer = agency.ask("POST", INVITATIONS, BO, json=invitation(DAN))
    assert refusal(answer)[0] == 403
    assert agency.ask("POST", INVITATIONS, by=None, json=invitation(DAN)).status_code == 401
    assert invited(agency) == []


def test_an_invitation_needs_an_admin_of_every_workspace(agency: Asker) -> None:
    agency.put(f"{WORKSPACE}/users/{BO}", {"role": "admin"})
    annex = agency.post(f"/organizations/{ORGANIZATION}/workspaces", {"name": "Annex"})["id"]
    body = invitation(DAN, workspaces=[{"workspace_id": AGENCY}, {"workspace_id": annex}])
    assert agency.ask("POST", INVITATIONS, BO, json=body).status_code in {400, 403}
    assert invited(agency) == []
    assert agency.post(INVITATIONS, invitation(DAN), BO)["data"][0]["sender_id"] == BO
