"""Who may run a saved report, and what everybody else is told (vendor page, Authentication; D10.2, D10.3, D10.7)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from gnomon.web.services import Services
from tests.wire.agency import PASSWORD, agency_services
from tests.wire.saving import (
    ENDINGS,
    GONE,
    INVALID_TOKEN,
    ask,
    change,
    client_at,
    client_of,
    managed,
    params,
    put_member,
    ran,
    refusal,
    results_of,
    run,
    save,
    seconds_of,
    show_members_rates,
)

OWNER_LEFT = (
    403,
    '"Workspace was not found or the report\'s owner is no longer active on it"',
)
NO_JSON = (400, '"JSON is not valid"')
NO_DATA = (401, '"Unable to extract authentication data"')
WRONG = (401, '"Incorrect username and/or password"')
EVERYBODY = (None, 1, 2, 3, 4, 5)
ALL_ENDINGS = ("", *ENDINGS)
MALFORMED = (
    "x",
    "{token}",
    "{report_token}",
    "%7Breport_token%7D",
    "0" * 31,
    "0" * 33,
    "g" * 32,
    "A" * 32,
    "%00",
    "-1",
    "%F0%9F%92%A9",
    "'%20or%20'1'='1",
    "f" * 4000,
)
EVENING = datetime(2026, 1, 20, 18, 0, tzinfo=UTC)


@pytest.fixture(name="services", scope="module")
def fixture_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with agency_services(tmp_path_factory.mktemp("access")) as services:
        yield services


@pytest.fixture(name="client")
def fixture_client(services: Services) -> TestClient:
    """Of a server that has not yet counted anybody's wrong passwords."""
    return client_of(replace(services))


@pytest.fixture(name="changing")
def fixture_changing(tmp_path: Path) -> Iterator[Services]:
    """An agency whose people change during the test."""
    with agency_services(tmp_path) as services:
        yield services


def told_to(client: TestClient, token: str, users: tuple[int | None, ...]) -> set[tuple]:
    """All different answers to these people, whatever they ask for."""
    answers = [
        run(client, token, user_id, ending=ending) for user_id in users for ending in ALL_ENDINGS
    ]
    return {(answer.status_code, answer.text, answer.headers["content-type"]) for answer in answers}


def refused(wanted: tuple[int, str]) -> set[tuple]:
    return {(*wanted, "application/json; charset=utf-8")}


@pytest.mark.parametrize("user_id", EVERYBODY)
def test_a_public_report_is_anyones(client: TestClient, user_id: int | None) -> None:
    """Vendor page, Authentication; D10.3."""
    token = save(client, public=True)["token"]
    assert run(client, token, user_id).status_code == 200


def test_a_private_report_is_its_owners_and_the_admins(client: TestClient) -> None:
    """Vendor page, Authentication; an admin of another workspace is nobody here."""
    adas, bos = save(client, 1)["token"], save(client, 2)["token"]
    allowed = [user_id for user_id in EVERYBODY if run(client, adas, user_id).status_code == 200]
    assert allowed == [1]
    allowed = [user_id for user_id in EVERYBODY if run(client, bos, user_id).status_code == 200]
    assert allowed == [1, 2]


def test_strangers_cannot_tell_a_private_report_from_none(client: TestClient) -> None:
    """D10.3: the same bytes for private, unknown and malformed tokens, in every form."""
    private = save(client, 1)["token"]
    strangers = (None, 2, 3, 4, 5)
    assert told_to(client, private, strangers) == refused(INVALID_TOKEN)
    assert told_to(client, "0" * 32, EVERYBODY) == refused(INVALID_TOKEN)


@pytest.mark.parametrize("token", MALFORMED)
def test_a_malformed_token_is_an_unknown_one(client: TestClient, token: str) -> None:
    """D10.3; the placeholder of the vendor's page too."""
    assert told_to(client, token, (None, 1)) == refused(INVALID_TOKEN)


def test_a_token_is_meant_to_the_letter(client: TestClient) -> None:
    """D10.2: lower-case hex and nothing round it."""
    token = save(client, public=True)["token"]
    for changed in (token + "0", token[:-1], f"%20{token}", f"{token}%0A", f"{token}%00"):
        assert refusal(run(client, changed, 1)) == INVALID_TOKEN
    if token.upper() != token:
        assert refusal(run(client, token.upper(), 1)) == INVALID_TOKEN


def test_deleted_and_replaced_tokens_are_gone_for_everybody(client: TestClient) -> None:
    """D10.3: 404, the same bytes for both, whatever the report was."""
    for is_public in (True, False):
        deleted, replaced = save(client, public=is_public), save(client, public=is_public)
        ask(client, "DELETE", managed(deleted["id"]))
        change(client, replaced, regenerate_token=True)
        assert told_to(client, deleted["token"], EVERYBODY) == refused(GONE)
        assert told_to(client, replaced["token"], EVERYBODY) == refused(GONE)


def test_a_replaced_token_stays_gone_when_its_report_is_deleted(client: TestClient) -> None:
    """D10.3."""
    first = save(client, public=True)
    second = change(client, first, regenerate_token=True).json()
    ask(client, "DELETE", managed(first["id"]))
    assert refusal(run(client, first["token"])) == refusal(run(client, second["token"])) == GONE


def test_a_report_that_is_private_again_is_closed_at_once(client: TestClient) -> None:
    """D9.4: no earlier answer is handed to those who lost the right."""
    report = save(client, public=True)
    assert told_to(client, report["token"], (None, 3)) != refused(INVALID_TOKEN)
    change(client, report, public=False)
    assert told_to(client, report["token"], (None, 3)) == refused(INVALID_TOKEN)


@pytest.mark.parametrize("ending", ALL_ENDINGS)
@pytest.mark.parametrize(
    "pair",
    [("f" * 32, "api_token"), ("ada@example.com", "wrong horse"), ("nobody@example.com", PASSWORD)],
    ids=lambda pair: pair[0][:6],
)
def test_wrong_credentials_are_refused_even_for_a_public_report(
    client: TestClient, pair: tuple[str, str], ending: str
) -> None:
    """Vendor page, 401; D10.3; before anything is said of the token or the body."""
    for token in (save(client, public=True)["token"], save(client)["token"], "0" * 32, "x"):
        path = f"/reports/api/v3/shared/{token}{ending}"
        assert refusal(client.post(path, auth=pair, content=b"nope")) == WRONG


@pytest.mark.parametrize("header", ["Bearer abc", "Basic", "Basic ???", "Basic YWRh", "x", ""])
def test_credentials_that_cannot_be_read_are_refused(client: TestClient, header: str) -> None:
    """Vendor page, 401; readings: a header that is no Basic sign-in."""
    for token in (save(client, public=True)["token"], "0" * 32):
        path = f"/reports/api/v3/shared/{token}"
        assert refusal(client.post(path, headers={"Authorization": header})) == NO_DATA


def test_a_password_signs_in(client: TestClient) -> None:
    """Vendor page: `-u <email>:<password>`."""
    path = f"/reports/api/v3/shared/{save(client)['token']}"
    assert client.post(path, auth=("ada@example.com", PASSWORD)).status_code == 200


def test_a_report_dies_with_its_owners_membership(changing: Services) -> None:
    """D10.3, vendor page, 403; JSON and files alike."""
    client = client_of(changing)
    public, private = save(client, 2), save(client, 2)
    change(client, public, public=True)
    put_member(changing, 2, is_active=False)
    assert told_to(client, public["token"], (None, 1, 3)) == refused(OWNER_LEFT)
    assert told_to(client, private["token"], (1,)) == refused(OWNER_LEFT)
    assert told_to(client, private["token"], (None, 3)) == refused(INVALID_TOKEN)


def test_a_report_lives_again_with_its_owner(changing: Services) -> None:
    """D10.3: what counts is the present."""
    client = client_of(changing)
    token = save(client, public=True)["token"]
    put_member(changing, 1, "admin", is_active=False)
    assert told_to(client, token, (None, 2)) == refused(OWNER_LEFT)
    put_member(changing, 1, "admin")
    assert run(client, token).status_code == 200


def test_an_owner_who_is_no_admin_any_more_shows_less(changing: Services) -> None:
    """D10.3, D9.3: his own time and the public project's; no amounts."""
    client = client_of(changing)
    token = save(client, public=True)["token"]
    assert seconds_of(ran(client, token)) == 15_720
    put_member(changing, 1, "member")
    for user_id in (1, None):
        answer = ran(client, token, user_id)
        assert seconds_of(answer) == 15_720 - 60 * (30 + 20)
        assert results_of(answer)["totals"]["billable_amount_in_cents"] is None


def test_a_run_has_its_owners_rights_of_today(changing: Services) -> None:
    """D10.3: the owner's present rights, not those of the day of saving."""
    client = client_of(changing)
    token = save(client, 2)["token"]
    assert results_of(ran(client, token, 2))["totals"]["billable_amount_in_cents"] is None
    show_members_rates(changing)
    assert results_of(ran(client, token, 2))["totals"]["billable_amount_in_cents"] == 29_667


def test_an_expired_report_is_closed_to_the_public(services: Services, client: TestClient) -> None:
    """D10.7; as unknown as any, but for the owner and the admins."""
    report = save(client, public=True, expires_at="2026-01-20T15:00:00+02:00")
    assert run(client, report["token"]).status_code == 200
    later = client_at(services, EVENING)
    assert told_to(later, report["token"], (None, 2, 3)) == refused(INVALID_TOKEN)
    assert run(later, report["token"], 1).status_code == 200
    change(later, report, expires_at=None)
    assert run(later, report["token"]).status_code == 200


def test_a_password_opens_a_public_report(client: TestClient) -> None:
    """D10.7; it is not told again."""
    token = save(client, public=True, password="sésame 🔑")["token"]
    for ending in ALL_ENDINGS:
        assert run(client, token, None, {"password": "sésame 🔑"}, ending).status_code == 200
    answer = ran(client, token, 2, {"password": "sésame 🔑", "rounding": 1})
    assert answer["input_params"] == {"rounding": 1}


@pytest.mark.parametrize("given", [None, "", "sesame ", "Sesame", 5, True, ["sesame"], {}, "\0"])
def test_without_the_password_a_public_report_is_unknown(client: TestClient, given: object) -> None:
    """D10.7."""
    token = save(client, public=True, password="sesame")["token"]
    for user_id in (None, 2, 3):
        assert refusal(run(client, token, user_id, {"password": given})) == INVALID_TOKEN
        assert refusal(run(client, token, user_id)) == INVALID_TOKEN
    assert run(client, token, 1, {"password": given}).status_code == 200


def test_a_password_opens_no_private_report(client: TestClient) -> None:
    """D10.3, D10.7."""
    token = save(client, password="sesame")["token"]
    assert refusal(run(client, token, 2, {"password": "sesame"})) == INVALID_TOKEN


def test_a_new_password_closes_what_the_old_one_opened(client: TestClient) -> None:
    """D10.7."""
    report = save(client, public=True, password="old")
    change(client, report, password="new")
    assert refusal(run(client, report["token"], None, {"password": "old"})) == INVALID_TOKEN
    assert run(client, report["token"], None, {"password": "new"}).status_code == 200


def test_the_order_of_checks(changing: Services) -> None:
    """Readings: token, who may, the owner, the body, the parameters."""
    client = client_of(changing)
    bad = save(client, 2, params=params(grouping="x"))
    assert refusal(run(client, bad["token"], 3, [])) == INVALID_TOKEN
    assert refusal(run(client, bad["token"], 2, [])) == NO_JSON
    assert run(client, bad["token"], 2).text.startswith("\"Invalid 'grouping' value")
    put_member(changing, 2, is_active=False)
    assert refusal(run(client, bad["token"], 1, [])) == OWNER_LEFT
    ask(client, "DELETE", managed(bad["id"]))
    assert refusal(run(client, bad["token"], 1, [])) == GONE


def test_refusals_never_repeat_a_secret(client: TestClient) -> None:
    """D12.2."""
    report = save(client, public=True, password="sesame")
    answers = [
        run(client, report["token"], None, {"password": "sesamX"}),
        run(client, report["token"], 1, {"grouping": report["token"]}),
        run(client, save(client)["token"], 3),
    ]
    assert all(answer.status_code >= 400 for answer in answers)
    assert not any(report["token"] in answer.text or "sesam" in answer.text for answer in answers)


def test_a_password_may_be_in_any_script(client: TestClient) -> None:
    """As long as one that can be set."""
    password = "é" * 1_000
    token = save(client, public=True, password=password)["token"]
    assert run(client, token, None, {"password": password}).status_code == 200
