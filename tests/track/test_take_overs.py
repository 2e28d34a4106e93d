"""Nobody gets at what is another's: accounts, timers, links, the time of the one who writes."""

from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from gnomon.model.account import Account, Membership, Role
from gnomon.store.accounts import add_account
from gnomon.store.changes import Touched, take_change
from gnomon.store.onboarding import change_password
from gnomon.store.passwords import hash_password
from gnomon.store.workspaces import put_membership
from gnomon.web.application import make_application
from tests.client import Client
from tests.track.asking import ADA, AGENCY, BO, CLEO, OTHER, Asker
from tests.wire.agency import PASSWORD, TOKENS

NEWCOMER = {"fullname": "Somebody", "password": "long enough"}
RUNNING = {"created_with": "test", "start": "2026-01-20T11:00:00Z", "duration": -1}


def invited(agency: Asker, workspace_id: int, email: str, by: int, **more: Any) -> str:
    """The code of an invitation."""
    body = {"emails": [email], "workspaces": [{"workspace_id": workspace_id, **more}]}
    sent = agency.post(f"/organizations/{workspace_id * 100}/invitations", body, by)
    return sent["data"][0]["invite_url"].rsplit("/", 1)[1]


def accept(agency: Asker, code: str, by: int | None = None, body: Any = None) -> int:
    path = f"/organizations/invitations/{code}/accept"
    return agency.ask("POST", path, by, json=body).status_code


def imported(agency: Asker, user_id: int, email: str, workspace_id: int) -> None:
    """A person whom an import made: no password, no token."""

    def write(connection: Any) -> None:
        take_change(connection, workspace_id, Touched.PEOPLE, 0)
        add_account(connection, Account(user_id=user_id, name="Imported", email=email), 0)
        put_membership(
            connection,
            Membership(workspace_id=workspace_id, user_id=user_id, role=Role.ADMIN),
        )

    agency.services.database.write(write)


def test_an_invitation_takes_nobodys_account_over(agency: Asker) -> None:
    """Not one in use, and not one that another organization has imported."""
    imported(agency, 77, "new@example.com", AGENCY)
    for email in ("bo@example.com", "new@example.com"):
        code = invited(agency, OTHER, email, CLEO)
        assert agency.get(f"/organizations/invitations/{code}", None)["has_account"] is True
        assert accept(agency, code, None, NEWCOMER) == 403
    assert agency.get("/me", BO)["fullname"] == "Bo"


def test_an_imported_person_comes_in_by_her_own_organization(agency: Asker) -> None:
    imported(agency, 77, "new@example.com", AGENCY)
    agency.put(f"/workspaces/{AGENCY}/users/77", {"role": "user"})
    code = invited(agency, OTHER, "else@example.com", CLEO)
    assert accept(agency, code, None, NEWCOMER) == 200


def test_who_was_deactivated_does_not_come_back_by_an_old_link(agency: Asker) -> None:
    code = invited(agency, AGENCY, "other@example.com", ADA, admin=True)
    agency.put("/me", {"email": "other@example.com"}, BO)
    agency.put(f"/workspaces/{AGENCY}/users/{BO}", {"inactive": True})
    assert accept(agency, code, BO) == 404
    assert agency.get("/me/workspaces", BO) == []


def test_a_link_dies_with_the_rights_of_who_sent_it(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}/users/{BO}", {"role": "admin"})
    code = invited(agency, AGENCY, "new@example.com", BO, admin=True)
    agency.put(f"/workspaces/{AGENCY}/users/{BO}", {"role": "user"})
    assert accept(agency, code, None, NEWCOMER) == 404


def test_a_newcomer_may_have_cookies_of_others(agency: Asker) -> None:
    code = invited(agency, AGENCY, "new@example.com", ADA)
    path = f"/organizations/invitations/{code}/accept"
    answer = agency.ask("POST", path, None, json=NEWCOMER, headers={"Cookie": "lang=en"})
    assert answer.status_code == 200


@pytest.fixture(name="mails")
def fixture_mails(agency: Asker) -> list[EmailMessage]:
    """What the server would have sent."""
    sent: list[EmailMessage] = []
    agency.services = replace(agency.services, send_mail=sent.append, mail_from="g@example.com")
    agency.http = Client(make_application(agency.services), raise_server_exceptions=False)
    return sent


def published(agency: Asker) -> None:
    agency.services = replace(agency.services, public_url="https://time.example.com")
    agency.http = Client(make_application(agency.services), raise_server_exceptions=False)


def lose(agency: Asker) -> None:
    body = {"email": "ada@example.com"}
    headers = {"Host": "evil.example"}
    assert agency.ask("POST", "/me/lost_passwords", None, json=body, headers=headers).json() == "OK"


def test_a_mailed_link_leads_where_the_operator_says(
    agency: Asker, mails: list[EmailMessage]
) -> None:
    lose(agency)
    assert mails == []
    published(agency)
    lose(agency)
    (mail,) = mails
    assert "evil" not in mail.get_content()
    assert "https://time.example.com/reset-password/" in mail.get_content()


def test_one_mail_is_enough_for_a_while(agency: Asker, mails: list[EmailMessage]) -> None:
    published(agency)
    for _ in range(5):
        lose(agency)
    assert len(mails) == 1


def test_a_reset_link_works_once_and_dies_with_the_address(
    agency: Asker, mails: list[EmailMessage]
) -> None:
    published(agency)
    lose(agency)
    code = mails[0].get_content().split("/reset-password/")[1].split()[0]
    given = {"code": code, "password": "another one"}
    assert agency.post("/me/lost_passwords/confirm", given, None) == "OK"
    answer = agency.ask("POST", "/me/lost_passwords/confirm", None, json=given)
    assert (answer.status_code, answer.json()) == (400, "Invalid code")
    agency.now = agency.now.replace(hour=13)
    lose(agency)
    code = mails[1].get_content().split("/reset-password/")[1].split()[0]
    agency.put("/me", {"email": "new@example.com"})
    assert mails[2]["To"] == "ada@example.com"
    given = {"code": code, "password": "one more word"}
    assert agency.ask("POST", "/me/lost_passwords/confirm", None, json=given).status_code == 400


def test_the_operators_new_password_ends_sessions(agency: Asker) -> None:
    agency.ask("POST", "/me/sessions", auth=("ada@example.com", PASSWORD))
    assert agency.ask("GET", "/me/id", None).status_code == 200
    hashed = hash_password("a newer one")
    agency.services.database.write(
        lambda connection: change_password(connection, "ada@example.com", hashed)
    )
    assert agency.ask("GET", "/me/id", None).status_code == 401


def shared_bo(agency: Asker) -> None:
    """Bo is a member of the other workspace, too."""

    def write(connection: Any) -> None:
        take_change(connection, OTHER, Touched.PEOPLE, 0)
        put_membership(connection, Membership(workspace_id=OTHER, user_id=BO, role=Role.MEMBER))
        put_membership(connection, Membership(workspace_id=OTHER, user_id=CLEO, role=Role.ADMIN))

    agency.services.database.write(write)


def test_an_admin_elsewhere_cannot_touch_what_runs_here(agency: Asker) -> None:
    shared_bo(agency)
    mine = agency.post(f"/workspaces/{AGENCY}/time_entries", RUNNING, BO)
    theirs = {**RUNNING, "user_id": BO, "start": "2035-01-20T11:00:00Z"}
    agency.post(f"/workspaces/{OTHER}/time_entries", theirs, CLEO)
    told = agency.get(f"/me/time_entries/{mine['id']}", BO)
    assert told["stop"] is None


def test_a_timer_of_the_future_stops_the_present_one_now(agency: Asker) -> None:
    mine = agency.post(f"/workspaces/{AGENCY}/time_entries", RUNNING, BO)
    agency.post(
        f"/workspaces/{AGENCY}/time_entries", {**RUNNING, "start": "2035-01-20T11:00:00Z"}, BO
    )
    told = agency.get(f"/me/time_entries/{mine['id']}", BO)
    assert told["stop"] == "2026-01-20T12:00:00+00:00"


def test_nothing_runs_for_more_than_ten_years(agency: Asker) -> None:
    answer = agency.ask(
        "POST",
        f"/workspaces/{AGENCY}/time_entries",
        BO,
        json={**RUNNING, "start": "1975-01-20T11:00:00Z"},
    )
    assert answer.status_code == 400
    mine = agency.post(f"/workspaces/{AGENCY}/time_entries", RUNNING, BO)
    agency.now = agency.now.replace(year=2040)
    agency.post(
        f"/workspaces/{AGENCY}/time_entries", {**RUNNING, "start": "2040-01-20T11:00:00Z"}, BO
    )
    assert agency.ask("GET", f"/me/time_entries/{mine['id']}", BO).json()["duration"] > 0


def test_who_leaves_leaves_nothing_running(agency: Asker) -> None:
    shared_bo(agency)
    mine = agency.post(f"/workspaces/{AGENCY}/time_entries", RUNNING, BO)
    agency.put(f"/workspaces/{AGENCY}/users/{BO}", {"inactive": True})
    told = agency.get(f"/workspaces/{AGENCY}/time_entries/{mine['id']}")
    assert told["stop"] == "2026-01-20T12:00:00+00:00"
    assert agency.get("/me/time_entries/current", BO) is None


def test_a_hidden_client_stays_hidden_when_it_is_deleted(agency: Asker) -> None:
    agency.delete(f"/workspaces/{AGENCY}/clients/21")
    answer = agency.ask("GET", "/me/clients", BO, params={"since": 0})
    assert "Beta" not in answer.text


def test_a_group_of_several_workspaces_is_changed_in_all_of_them_at_once(agency: Asker) -> None:
    annex = agency.post(f"/organizations/{AGENCY * 100}/workspaces", {"name": "Annex"})["id"]
    shared = agency.post(
        f"/organizations/{AGENCY * 100}/groups", {"name": "Both", "workspaces": [AGENCY, annex]}
    )
    path = f"/workspaces/{AGENCY}/groups/{shared['group_id']}"
    assert agency.ask("PUT", path, json={"name": "One"}).status_code == 403
    assert agency.ask("DELETE", path).status_code == 403


def test_a_flood_of_wrong_tokens_forgives_no_wrong_passwords(agency: Asker) -> None:
    failures = agency.services.failures
    for _ in range(10):
        failures.note("ada@example.com", "203.0.113.9")
    for number in range(300):
        failures.note(f"{number}", "203.0.113.9", is_token=True)
    with pytest.raises(Exception, match="Too many"):
        failures.check("ada@example.com", "203.0.113.9")


def test_a_token_is_as_good_as_before_after_all_this(agency: Asker) -> None:
    answer = agency.http.get("/api/v9/me/id", auth=(TOKENS[ADA], "api_token"))
    assert answer.json() == ADA
