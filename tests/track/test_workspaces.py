"""A workspace as its people read and change it, and who may not (contract A.1, A.3; D5.2, D6.5, D9.2, D9.3)."""

from typing import Any

import pytest

from tests.track.asking import (
    ADA,
    AGENCY,
    BO,
    CLEO,
    EVE,
    FREE,
    GONE,
    ORGANIZATIONS,
    OTHER,
    UNKNOWN,
    Asker,
    refusal,
)
from tests.track.money import amount, totals
from tests.track.people import NO_ACCESS, NO_WORKSPACE, WORKSPACE, snapshot

WORDS = (
    "id organization_id name profile premium business_ws admin role suspended_at"
    " server_deleted_at default_hourly_rate rate_last_updated default_currency"
    " only_admins_may_create_projects only_admins_may_create_tags"
    " only_admins_see_billable_rates only_admins_see_team_dashboard"
    " projects_billable_by_default projects_private_by_default projects_enforce_billable"
    " limit_public_project_data last_modified reports_collapse rounding rounding_minutes"
    " api_token at logo_url ical_url ical_enabled csv_upload subscription"
    " hide_start_end_times working_hours_in_minutes permissions"
)
KEYS = WORDS.split()
READINGS = [
    "",
    "/users",
    "/workspace_users",
    "/statistics",
    "/groups",
    "/currencies",
    "/logo",
    "/rates/workspace/10",
]
WRITES: list[tuple[str, str, Any]] = [
    ("PUT", "", {"name": "Taken over"}),
    ("PUT", "/users/2", {"role": "admin"}),
    ("PUT", "/workspace_users/{place}", {"admin": True}),
    ("DELETE", "/workspace_users/{place}", None),
    ("POST", "/groups", {"name": "Rebels"}),
    ("PUT", "/groups/70", {"name": "Rebels"}),
    ("DELETE", "/groups/70", None),
    (
        "POST",
        "/rates",
        {
            "amount": 1,
            "level": "project",
            "level_id": 30,
            "mode": "override-all",
            "type": "billable_rates",
        },
    ),
    ("DELETE", "/logo", None),
]


def test_a_workspace_has_the_keys_as_recorded(agency: Asker) -> None:
    workspace = agency.get(WORKSPACE)
    assert set(KEYS) <= set(workspace)
    assert workspace["id"] == AGENCY
    assert workspace["organization_id"] == ORGANIZATIONS[AGENCY]
    assert workspace["default_currency"] == "EUR"
    assert workspace["default_hourly_rate"] == 60
    assert workspace["at"].endswith("+00:00")
    assert workspace["only_admins_see_billable_rates"] is True
    nulls = ("api_token", "ical_url", "csv_upload", "subscription", "permissions")
    assert [workspace[key] for key in nulls] == [None] * len(nulls)


@pytest.mark.parametrize(("by", "role"), [(ADA, "admin"), (BO, "user")])
def test_a_workspace_tells_the_role_of_who_asks(agency: Asker, by: int, role: str) -> None:
    workspace = agency.get(WORKSPACE, by)
    assert (workspace["admin"], workspace["role"]) == (role == "admin", role)


def test_both_lists_of_workspaces_hold_the_workspace_as_read_alone(agency: Asker) -> None:
    alone = agency.get(WORKSPACE)
    for path in ("/workspaces", "/me/workspaces"):
        [listed] = agency.get(path)
        assert {key: listed[key] for key in KEYS} == {key: alone[key] for key in KEYS}


def test_a_member_is_told_no_default_rate_until_rates_are_shown(agency: Asker) -> None:
    hidden = agency.get(WORKSPACE, BO)
    assert (hidden["default_hourly_rate"], hidden["rate_last_updated"]) == (None, None)
    agency.put(WORKSPACE, {"only_admins_see_billable_rates": False})
    assert agency.get(WORKSPACE, BO)["default_hourly_rate"] == 60


def test_a_foreign_an_unknown_and_a_left_workspace_look_the_same(agency: Asker) -> None:
    asked = [(OTHER, ADA), (UNKNOWN, ADA), (AGENCY, CLEO), (AGENCY, GONE)]
    for path in READINGS:
        answers = [agency.ask("GET", f"/workspaces/{one}{path}", by) for one, by in asked]
        assert {answer.content for answer in answers} == {answers[0].content}, path
        assert [refusal(answer) for answer in answers] == [NO_WORKSPACE] * 4, path


def test_without_credentials_nothing_of_a_workspace_is_told(agency: Asker) -> None:
    for path in READINGS:
        answer = agency.ask("GET", f"{WORKSPACE}{path}", by=None)
        assert (answer.status_code, answer.content) == (401, b""), path
        assert answer.headers["x-authorization-missing"] == "true"


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
@pytest.mark.parametrize("by", [BO, CLEO])
def test_who_is_no_admin_changes_nothing(
    agency: Asker, by: int, method: str, path: str, body: Any
) -> None:
    before = snapshot(agency)
    place = agency.get(f"{WORKSPACE}/workspace_users")[-1]["id"]
    answer = agency.ask(method, WORKSPACE + path.format(place=place), by, json=body)
    status, text = refusal(answer)
    assert status == 403
    assert by == BO or text == NO_WORKSPACE[1]
    assert snapshot(agency) == before


def test_a_member_who_changes_the_workspace_is_told_that_he_may_not(agency: Asker) -> None:
    assert refusal(agency.ask("PUT", WORKSPACE, BO, json={"name": "Mine"})) == NO_ACCESS


@pytest.mark.parametrize("sent", ["0", "-1", "x", "9223372036854775808"])
def test_an_id_that_can_be_none_is_refused(agency: Asker, sent: str) -> None:
    for method in ("GET", "PUT"):
        answer = agency.ask(method, f"/workspaces/{sent}", json={"name": "A"})
        assert refusal(answer) == (400, "Invalid workspace id")


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Studio North"},
        {"default_currency": "SEK"},
        {"only_admins_may_create_projects": True},
        {"only_admins_may_create_tags": True},
        {"only_admins_see_team_dashboard": True},
        {"only_admins_see_billable_rates": False},
        {"projects_billable_by_default": False},
        {"projects_private_by_default": False},
        {"projects_enforce_billable": True},
        {"reports_collapse": False},
        {"rounding": -1, "rounding_minutes": 15},
        {"default_hourly_rate": 72.5},
    ],
)
def test_an_admin_changes_a_setting_and_only_that(agency: Asker, change: dict[str, Any]) -> None:
    before = agency.get(WORKSPACE)
    changed = agency.put(WORKSPACE, change)
    after = agency.get(WORKSPACE)
    assert {key: after[key] for key in change} == change
    assert {key: changed[key] for key in change} == change
    moving = {*change, "at", "last_modified", "rate_last_updated"}
    assert {key: after[key] for key in KEYS if key not in moving} == {
        key: before[key] for key in KEYS if key not in moving
    }


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"name": " "}, "workspace name must contain non-space characters"),
        ({"name": "x" * 141}, "workspace name must not be longer than 140"),
        ({"name": 7}, "Invalid name format"),
        ({"default_currency": "EURO"}, "Invalid default_currency format"),
        ({"default_currency": "QQQ"}, "Invalid default_currency format"),
        ({"rounding": 2}, "Invalid rounding value"),
        ({"rounding_minutes": 7}, "Invalid rounding_minutes value"),
        ({"rounding": "up"}, "Invalid rounding format"),
        ({"reports_collapse": "yes"}, "Invalid reports_collapse format"),
        ({"limit_public_project_data": True}, "limit_public_project_data is not supported"),
    ],
)
def test_a_bad_setting_is_refused_together_with_the_good_ones(
    agency: Asker, change: dict[str, Any], text: str
) -> None:
    before = agency.get(WORKSPACE)
    body = {"only_admins_may_create_tags": True, **change}
    assert refusal(agency.ask("PUT", WORKSPACE, json=body)) == (400, text)
    assert agency.get(WORKSPACE) == before


def test_a_body_that_is_no_object_is_no_change(agency: Asker) -> None:
    for content in ("[]", "nope", '{"name": NaN}', ""):
        answer = agency.ask("PUT", WORKSPACE, content=content)
        assert refusal(answer) == (400, "JSON is not valid")


def test_the_currency_of_a_workspace_is_that_of_projects_without_one(agency: Asker) -> None:
    agency.put(WORKSPACE, {"default_currency": "SEK"})
    told = totals(agency, project_ids=[30])["rates"]
    assert {row["currency"] for row in told} == {"SEK"}
    told = totals(agency, project_ids=[31])["rates"]
    assert {row["currency"] for row in told} == {"USD"}


def test_a_report_rounds_by_the_minutes_of_the_workspace(agency: Asker) -> None:
    agency.put(WORKSPACE, {"rounding_minutes": 15})
    assert totals(agency, project_ids=[31], rounding=1)["seconds"] == 900


def test_the_next_report_of_a_member_obeys_the_new_settings(agency: Asker) -> None:
    his_own, of_the_website = 5_700, 9_600
    assert totals(agency, BO)["seconds"] == his_own + of_the_website
    assert amount(agency, BO, project_ids=[30]) is None
    agency.put(WORKSPACE, {"only_admins_see_billable_rates": False})
    assert amount(agency, BO, project_ids=[30]) == 29_667
    agency.put(WORKSPACE, {"only_admins_see_team_dashboard": True})
    assert totals(agency, BO)["seconds"] == his_own


def test_the_free_plan_has_no_default_rate(agency: Asker) -> None:
    path = f"/workspaces/{FREE}"
    before = agency.get(path, EVE)
    status, _ = refusal(agency.ask("PUT", path, EVE, json={"default_hourly_rate": 50}))
    assert status == 402
    assert agency.get(path, EVE) == before


@pytest.mark.parametrize("by", [ADA, BO])
def test_statistics_count_those_who_are_active(agency: Asker, by: int) -> None:
    assert agency.get(f"{WORKSPACE}/statistics", by) == {
        "admins": [{"user_id": ADA, "name": "Ada"}],
        "groups_count": 1,
        "members_count": 2,
    }


def test_the_currencies_of_a_workspace_are_the_default_and_those_of_its_projects(
    agency: Asker,
) -> None:
    assert agency.get(f"{WORKSPACE}/currencies") == ["EUR", "USD"]
    agency.put(f"{WORKSPACE}/projects/32", {"currency": "SEK"})
    agency.put(WORKSPACE, {"default_currency": "GBP"})
    [first, *others] = agency.get(f"{WORKSPACE}/currencies")
    assert (first, sorted(others)) == ("GBP", ["SEK", "USD"])
