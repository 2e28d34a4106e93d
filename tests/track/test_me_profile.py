"""Who one is: the profile, its changes and what reports make of them, the small questions, and the token."""

import re
from datetime import UTC, datetime

import pytest

from tests.track.asking import ADA, AGENCY, BO, EVE, REPORTS, Asker
from tests.track.entries import refused, seconds
from tests.wire.agency import PASSWORD

KEYS = [
    "id",
    "api_token",
    "email",
    "fullname",
    "timezone",
    "toggl_accounts_id",
    "default_workspace_id",
    "beginning_of_week",
    "image_url",
    "created_at",
    "updated_at",
    "openid_email",
    "openid_enabled",
    "country_id",
    "has_password",
    "at",
    "intercom_hash",
    "oauth_providers",
    "authorization_updated_at",
]
RELATED = ["tags", "clients", "time_entries", "projects", "tasks", "workspaces"]
LEFT_OUT = {"intercom_hash", "oauth_providers", "authorization_updated_at"}


def signs_in(agency: Asker, email: str, password: str) -> int:
    return agency.ask("GET", "/me", auth=(email, password)).status_code


def test_the_profile_is_told_whole(agency: Asker) -> None:
    told = agency.get("/me")
    assert list(told) == KEYS
    assert (told["id"], told["email"], told["fullname"]) == (ADA, "ada@example.com", "Ada")
    assert (told["timezone"], told["default_workspace_id"]) == ("Europe/Tallinn", AGENCY)
    assert len(told["toggl_accounts_id"]) == 22
    assert re.fullmatch("[0-9a-f]{64}", told["intercom_hash"])
    assert told["image_url"].startswith("http")
    assert told["beginning_of_week"] in range(7)
    assert (told["openid_email"], told["openid_enabled"], told["oauth_providers"]) == (
        None,
        False,
        [],
    )
    assert told["has_password"] is True


def test_the_profile_says_who_has_no_password(agency: Asker) -> None:
    assert agency.get("/me", BO)["has_password"] is False


def test_the_numbers_of_an_account_stay(agency: Asker) -> None:
    first, again, other = (agency.get("/me", by) for by in (ADA, ADA, BO))
    assert first["toggl_accounts_id"] == again["toggl_accounts_id"]
    assert first["intercom_hash"] == again["intercom_hash"]
    assert first["toggl_accounts_id"] != other["toggl_accounts_id"]


@pytest.mark.parametrize("value", ["true", "True", "1"])
def test_related_data_come_before_the_last_key(agency: Asker, value: str) -> None:
    told = agency.get("/me", with_related_data=value)
    assert list(told) == [*KEYS[:-1], *RELATED, KEYS[-1]]
    assert {one["id"] for one in told["tags"]} == {50, 51}
    assert [one["id"] for one in told["time_entries"]] == [107, 102, 101, 100]
    assert {one["id"] for one in told["projects"]} == {30, 31, 32, 33}
    assert [one["id"] for one in told["tasks"]] == [40]
    assert [one["id"] for one in told["workspaces"]] == [AGENCY]
    assert {20, 21} <= {one["id"] for one in told["clients"]}


def test_related_data_hold_what_he_may_see(agency: Asker) -> None:
    """D9.3: not the private project 31, nor its client, nor entries of others."""
    told = agency.get("/me", BO, with_related_data="true")
    assert {one["id"] for one in told["projects"]} == {30, 32, 33}
    assert 21 not in {one["id"] for one in told["clients"]}
    assert [one["id"] for one in told["time_entries"]] == [105, 104, 103]
    assert "CANARY" not in str(told)


def test_related_data_that_are_none_are_null(agency: Asker) -> None:
    told = agency.get("/me", EVE, with_related_data="true")
    assert [told[key] for key in ("tags", "clients", "projects", "tasks")] == [None] * 4
    assert [one["id"] for one in told["time_entries"]] == [300]


def test_a_change_of_the_profile_is_told_back(agency: Asker) -> None:
    asked = {"fullname": "Ada L.", "beginning_of_week": 0, "timezone": "Europe/London"}
    told = agency.put("/me", asked)
    accounts = KEYS.index("toggl_accounts_id") + 1
    expected = [*KEYS[:accounts], "toggl_accounts_updated_at", *KEYS[accounts:]]
    assert list(told) == [key for key in expected if key not in LEFT_OUT]
    assert {key: told[key] for key in asked} == asked
    assert {key: agency.get("/me")[key] for key in asked} == asked


def test_only_what_is_said_changes(agency: Asker) -> None:
    before = agency.get("/me")
    agency.put("/me", {"fullname": " Ada L. ", "id": 7, "api_token": "x" * 32, "nonsense": True})
    told = agency.get("/me")
    changed = {key for key in KEYS if told[key] != before[key]}
    assert changed <= {"fullname", "at", "updated_at"}
    assert (told["fullname"], told["id"]) == ("Ada L.", ADA)


def test_the_country_is_one_of_the_list_or_none(agency: Asker) -> None:
    country = agency.get("/countries")[-1]["id"]
    assert agency.put("/me", {"country_id": country})["country_id"] == country
    assert agency.put("/me", {"country_id": None})["country_id"] is None


def test_the_first_workspace_is_one_of_ones_own(agency: Asker) -> None:
    made = agency.post("/organizations", {"name": "Side House", "workspace_name": "Side"})
    told = agency.put("/me", {"default_workspace_id": made["workspace_id"]})
    assert told["default_workspace_id"] == made["workspace_id"]


REFUSED = [
    ({"fullname": ""}, "Invalid fullname"),
    ({"fullname": "   "}, "Invalid fullname"),
    ({"fullname": 5}, "Invalid fullname format"),
    ({"email": "ada"}, "Invalid email"),
    ({"email": "a@b@c.example"}, "Invalid email"),
    ({"email": ""}, "Invalid email"),
    ({"email": ["x"]}, "Invalid email format"),
    ({"email": "bo@example.com"}, "user with this email already exists"),
    ({"email": "BO@Example.com"}, "user with this email already exists"),
    ({"timezone": "Europe/Nowhere"}, "Invalid timezone"),
    ({"timezone": "../UTC"}, "Invalid timezone"),
    ({"timezone": 2}, "Invalid timezone format"),
    ({"beginning_of_week": 7}, "Invalid beginning_of_week"),
    ({"beginning_of_week": -1}, "Invalid beginning_of_week"),
    ({"beginning_of_week": "1"}, "Invalid beginning_of_week format"),
    ({"beginning_of_week": True}, "Invalid beginning_of_week format"),
    ({"default_workspace_id": 11}, "Invalid default_workspace_id"),
    ({"default_workspace_id": 987654}, "Invalid default_workspace_id"),
    ({"country_id": 987654}, "Invalid country_id"),
    ({"country_id": "EE"}, "Invalid country_id format"),
    ({"password": "long enough"}, "Current password must be present to change password"),
    (
        {"password": "long enough", "current_password": "wrong"},
        "Current password is not valid",
    ),
    (
        {"password": "short", "current_password": PASSWORD},
        "Password should be at least 8 characters",
    ),
    ({"fullname": "Half", "timezone": "Mars/Base"}, "Invalid timezone"),
]


def test_a_refused_change_changes_nothing(agency: Asker) -> None:
    before = agency.get("/me")
    for asked, text in REFUSED:
        assert refused(agency, "PUT", "/me", asked) == (400, text), asked
    assert agency.get("/me") == before
    assert signs_in(agency, "ada@example.com", PASSWORD) == 200


NO_OBJECTS = ["", "{", "[]", "null"]


def test_a_change_is_an_object(agency: Asker) -> None:
    for content in NO_OBJECTS:
        answer = agency.ask("PUT", "/me", content=content)
        assert (answer.status_code, answer.json()) == (400, "JSON is not valid"), content


def test_a_new_mail_address_signs_in(agency: Asker) -> None:
    agency.put("/me", {"email": "countess@example.com"})
    assert signs_in(agency, "countess@example.com", PASSWORD) == 200
    assert signs_in(agency, "ada@example.com", PASSWORD) == 403


def test_a_new_password_replaces_the_old_one_and_leaves_the_token(agency: Asker) -> None:
    agency.put("/me", {"password": "nine lives", "current_password": PASSWORD})
    assert signs_in(agency, "ada@example.com", "nine lives") == 200
    assert signs_in(agency, "ada@example.com", PASSWORD) == 403
    assert agency.get("/me/id") == ADA


def test_the_days_of_reports_follow_the_zone(agency: Asker) -> None:
    """D3.1: 100 starts on the 5th at 22:30 UTC, half past midnight in Tallinn."""
    fifth = {"start_date": "2026-01-05", "end_date": "2026-01-05", "user_ids": [ADA]}
    assert seconds(agency, **fifth) == 0
    agency.put("/me", {"timezone": "America/New_York"})
    assert seconds(agency, **fifth) == 3600
    agency.put("/me", {"timezone": "Europe/Tallinn"})
    assert seconds(agency, **fifth) == 0


def test_today_follows_the_zone(agency: Asker) -> None:
    """D2.2, D3.1: at 23:00 UTC it is tomorrow in Tallinn."""
    agency.now = datetime(2026, 1, 20, 23, 0, tzinfo=UTC)

    def today() -> str:
        body = {"grouping": "projects"}
        answer = agency.ask("POST", f"{REPORTS}/summary/time_entries", json=body)
        return answer.headers["x-range-end"]

    assert today() == "2026-01-21"
    agency.put("/me", {"timezone": "UTC"})
    assert today() == "2026-01-20"


def test_a_new_name_is_in_reports_at_once(agency: Asker) -> None:
    agency.put("/me", {"fullname": "Bobby"}, BO)
    path = f"{REPORTS}/summary/time_entries.csv"
    body = {"start_date": "2026-01-01", "end_date": "2026-01-31", "grouping": "users"}
    assert "Bobby" in agency.ask("POST", path, json=body).text


def test_logged_says_nothing_but_yes(agency: Asker) -> None:
    answer = agency.ask("GET", "/me/logged")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_the_id_is_a_bare_number(agency: Asker) -> None:
    assert agency.ask("GET", "/me/id", BO).content == b"2"


def test_the_location_is_not_known(agency: Asker) -> None:
    names = ("city", "city_lat_long", "country_code", "country_name", "state")
    assert agency.get("/me/location") == dict.fromkeys(names, "")


def test_features_are_told_for_every_workspace(agency: Asker) -> None:
    (told,) = agency.get("/me/features")
    assert told["workspace_id"] == AGENCY
    assert told["features"]
    for feature in told["features"]:
        assert set(feature) == {"feature_id", "name", "enabled"}
        assert feature["enabled"] is True


def test_without_the_emulation_there_is_no_quota(agency: Asker) -> None:
    answer = agency.ask("GET", "/me/quota")
    assert (answer.status_code, answer.json()) == (200, [])
    assert not [name for name in answer.headers if "quota" in name.lower()]


def test_a_new_token_kills_the_old_one(agency: Asker) -> None:
    token = agency.post("/me/reset_token")
    assert re.fullmatch("[0-9a-f]{32}", token)
    old = agency.ask("GET", "/me")
    assert (old.status_code, old.json()) == (403, "Incorrect username and/or password")
    told = agency.ask("GET", "/me", auth=(token, "api_token"))
    assert told.json()["api_token"] == token
    assert agency.get("/me/id", BO) == BO
    assert agency.ask("POST", "/me/reset_token", auth=(token, "api_token")).json() != token
