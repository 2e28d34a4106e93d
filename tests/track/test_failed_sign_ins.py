"""Ten wrong guesses for one name from one network, and there are no more for a quarter of an hour."""

from datetime import timedelta
from typing import Any

import httpx2 as httpx
import pytest

from gnomon.web.application import make_application
from tests.client import Client
from tests.track.asking import ADA, AGENCY, BO, REPORTS, Asker, refusal
from tests.wire.agency import PASSWORD, TOKENS

HOME, ELSEWHERE = "203.0.113.9", "203.0.113.10"
MAIL = "ada@example.com"
RIGHT = (MAIL, PASSWORD)
WRONG = (MAIL, "wrong horse")
TOKEN = (TOKENS[ADA], "api_token")
INCORRECT = (403, "Incorrect username and/or password")
TOO_MANY = (429, "Too many failed sign-ins")


class Door:
    """One server, met from many addresses."""

    def __init__(self, agency: Asker) -> None:
        self.agency = agency
        self.application = make_application(agency.services)

    def knock(
        self, auth: tuple[str, str], address: str = HOME, path: str = "/api/v9/me", **more: Any
    ) -> httpx.Response:
        client = Client(self.application, client=(address, 4_000), raise_server_exceptions=False)
        return client.request(more.pop("method", "GET"), path, auth=auth, **more)

    def fail(self, count: int, auth: tuple[str, str] = WRONG, address: str = HOME) -> None:
        for _ in range(count):
            assert refusal(self.knock(auth, address)) == INCORRECT

    def is_open(self, auth: tuple[str, str] = RIGHT, address: str = HOME) -> bool:
        answer = self.knock(auth, address)
        assert answer.status_code in {200, 429}, answer.text
        return answer.status_code == 200

    def wait(self, **time: int) -> None:
        self.agency.now += timedelta(**time)


@pytest.fixture(name="door")
def fixture_door(agency: Asker) -> Door:
    return Door(agency)


def test_after_ten_wrong_guesses_even_the_right_one_waits(door: Door) -> None:
    door.fail(10)
    for auth in (WRONG, RIGHT):
        answer = door.knock(auth)
        assert refusal(answer) == TOO_MANY
        assert 0 < int(answer.headers["retry-after"]) <= 900


def test_nine_wrong_guesses_are_forgiven(door: Door) -> None:
    door.fail(9)
    assert door.is_open()


def test_who_waits_as_long_as_told_gets_in(door: Door) -> None:
    door.fail(10)
    door.wait(minutes=4)
    seconds = int(door.knock(RIGHT).headers["retry-after"])
    assert seconds <= 660
    door.wait(seconds=seconds)
    assert door.is_open()


def test_guesses_while_waiting_do_not_prolong_it(door: Door) -> None:
    door.fail(10)
    door.wait(minutes=14)
    assert not door.is_open(WRONG)
    door.wait(minutes=1)
    assert door.is_open()


def test_guesses_that_lie_a_quarter_of_an_hour_back_do_not_count(door: Door) -> None:
    door.fail(9)
    door.wait(minutes=15, seconds=1)
    door.fail(9)
    assert door.is_open()


def test_the_right_password_works_from_another_network(door: Door) -> None:
    door.fail(10)
    for _ in range(3):
        assert door.is_open(RIGHT, ELSEWHERE)
        assert not door.is_open(RIGHT, HOME)


def test_other_names_go_on_from_the_same_network(door: Door) -> None:
    door.fail(10)
    assert door.is_open((TOKENS[BO], "api_token"))
    assert refusal(door.knock(("bo@example.com", "guess"))) == INCORRECT


def test_the_right_token_is_never_slowed(door: Door) -> None:
    door.fail(10)
    assert door.is_open(TOKEN)
    door.fail(10, ("0" * 32, "api_token"))
    assert door.is_open(TOKEN)
    for _ in range(20):
        assert door.knock(TOKEN).status_code == 200


def test_a_token_that_is_none_is_a_name_too(door: Door) -> None:
    door.fail(10, ("0" * 32, "api_token"))
    assert refusal(door.knock(("0" * 32, "api_token"))) == TOO_MANY
    door.fail(1, ("1" * 32, "api_token"))


def test_names_that_nobody_has_are_slowed_alike(door: Door) -> None:
    """Or it could be learnt who has an account."""
    nobody = ("nobody@example.com", "guess")
    door.fail(10, nobody)
    assert refusal(door.knock(nobody)) == TOO_MANY


def test_the_same_name_in_other_letters_is_the_same(door: Door) -> None:
    for name in ("ada@example.com", "ADA@example.com", "Ada@Example.Com"):
        door.fail(3, (name, "guess"))
    door.fail(1)
    assert not door.is_open()


def test_guesses_count_together_wherever_they_are_made(door: Door) -> None:
    report = f"{REPORTS}/summary/time_entries"
    for _ in range(5):
        assert refusal(door.knock(WRONG, path=report, method="POST", json={})) == INCORRECT
        assert refusal(door.knock(WRONG, path="/api/v9/me/sessions", method="POST")) == INCORRECT
    assert not door.is_open()
    assert refusal(door.knock(RIGHT, path=report, method="POST", json={})) == TOO_MANY
    assert refusal(door.knock(RIGHT, path="/api/v9/me/sessions", method="POST")) == TOO_MANY


def test_a_network_of_ipv6_is_counted_as_one(door: Door) -> None:
    for number in range(10):
        door.fail(1, address=f"2001:db8:1:2:{number}::1")
    assert not door.is_open(address="2001:db8:1:2:ffff:ffff:ffff:ffff")
    assert door.is_open(address="2001:db8:1:3::1")


def test_an_ipv4_address_within_ipv6_is_that_address(door: Door) -> None:
    door.fail(10, address=f"::ffff:{HOME}")
    assert not door.is_open(address=HOME)
    assert door.is_open(address=f"::ffff:{ELSEWHERE}")


def test_requests_without_credentials_are_no_guesses(door: Door) -> None:
    client = Client(door.application, client=(HOME, 4_000))
    for _ in range(12):
        assert client.get("/api/v9/me").status_code == 401
    assert door.is_open()


def test_a_header_of_the_client_does_not_make_another_network(door: Door) -> None:
    for number in range(10):
        door.knock(WRONG, headers={"x-forwarded-for": f"198.51.100.{number}"})
    assert not door.is_open()


def test_a_refused_sign_in_changes_nothing(door: Door) -> None:
    door.fail(10)
    path = f"/api/v9/workspaces/{AGENCY}/tags"
    answer = door.knock(RIGHT, path=path, method="POST", json={"name": "late"})
    assert refusal(answer) == TOO_MANY
    names = [tag["name"] for tag in door.agency.get(f"/workspaces/{AGENCY}/tags")]
    assert "late" not in names
