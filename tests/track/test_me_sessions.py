"""Signing in for a browser: the cookie, what it is good for, and when it dies."""

import re
from datetime import timedelta

import httpx2 as httpx
import pytest

from tests.track.asking import ADA, BO, REPORTS, V9, Asker, refusal
from tests.track.entries import ENTRIES, payload
from tests.wire.agency import NOW, PASSWORD

NAME = "gnomon-session"
SESSIONS = f"{V9}/me/sessions"
SIGN_IN = ("ada@example.com", PASSWORD)
REPORT = {"start_date": "2026-01-01", "end_date": "2026-01-31"}


def set_cookie(answer: httpx.Response) -> tuple[str, str, list[str]]:
    """Name, value and attributes (in lower case) of the one cookie that an answer sets."""
    (header,) = answer.headers.get_list("set-cookie")
    pair, *attributes = (part.strip() for part in header.split(";"))
    name, _, value = pair.partition("=")
    return name, value.strip('"'), [attribute.lower() for attribute in attributes]


def sign_in(agency: Asker) -> str:
    """The `Cookie` header of a new session of Ada's; the client itself keeps none."""
    answer = agency.http.post(SESSIONS, auth=SIGN_IN)
    assert answer.status_code == 200, answer.text
    agency.http.cookies.clear()
    name, value, _ = set_cookie(answer)
    return f"{name}={value}"


def status(
    agency: Asker, cookie: str, method: str = "GET", path: str = "/me", **headers: str
) -> int:
    whole = path if path.startswith("/reports") else f"{V9}{path}"
    body = {"GET": None, "PUT": {"description": "by cookie"}}.get(
        method, payload() if path == ENTRIES else REPORT
    )
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = agency.http.request(method, whole, headers={"cookie": cookie, **named}, json=body)
    agency.http.cookies.clear()
    return answer.status_code


def test_signing_in_answers_the_profile_and_a_cookie(agency: Asker) -> None:
    answer = agency.http.post(SESSIONS, auth=SIGN_IN)
    agency.http.cookies.clear()
    assert answer.status_code == 200
    assert answer.json()["id"] == ADA
    assert list(answer.json()) == list(agency.get("/me"))
    name, value, attributes = set_cookie(answer)
    assert name == NAME
    assert len(value) >= 43
    assert {"httponly", "samesite=lax", "path=/"} <= set(attributes)
    assert not [one for one in attributes if one == "secure" or one.startswith("domain")]


def test_over_https_the_cookie_is_bound_to_the_host(agency: Asker) -> None:
    answer = agency.http.post(f"https://testserver{SESSIONS}", auth=SIGN_IN)
    agency.http.cookies.clear()
    name, _, attributes = set_cookie(answer)
    assert name == f"__Host-{NAME}"
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(attributes)
    assert not [one for one in attributes if one.startswith("domain")]


def test_the_token_signs_in_as_well(agency: Asker) -> None:
    answer = agency.ask("POST", "/me/sessions", BO)
    agency.http.cookies.clear()
    assert answer.json()["id"] == BO
    assert set_cookie(answer)[0] == NAME


def test_every_session_has_a_number_of_its_own(agency: Asker) -> None:
    assert len({sign_in(agency) for _ in range(4)}) == 4


@pytest.mark.parametrize("auth", [("ada@example.com", "wrong"), ("nobody@example.com", PASSWORD)])
def test_a_wrong_password_signs_nobody_in(agency: Asker, auth: tuple) -> None:
    answer = agency.http.post(SESSIONS, auth=auth)
    assert refusal(answer) == (403, "Incorrect username and/or password")
    assert "set-cookie" not in answer.headers


READS = [
    ({}, 200),
    ({"sec_fetch_site": "same-origin"}, 200),
    ({"sec_fetch_site": "none"}, 200),
    ({"sec_fetch_site": "cross-site"}, 401),
    ({"sec_fetch_site": "same-site"}, 401),
]


def test_the_cookie_reads_unless_another_site_asks(agency: Asker) -> None:
    cookie = sign_in(agency)
    for headers, expected in READS:
        assert status(agency, cookie, **headers) == expected, headers


WRITES = [("POST", ENTRIES), ("PUT", f"{ENTRIES}/100"), ("POST", f"{REPORTS}/summary/time_entries")]
OURS = [
    {"sec_fetch_site": "same-origin"},
    {"sec_fetch_site": "none"},
    {"origin": "http://testserver"},
]
NOT_OURS = [
    {},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "cross-site"},
    {"origin": "https://testserver"},
    {"origin": "http://testserver:8080"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"referer": "http://testserver/"},
]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_the_cookie_writes_for_our_own_pages(agency: Asker, method: str, path: str) -> None:
    cookie = sign_in(agency)
    for headers in OURS:
        assert status(agency, cookie, method, path, **headers) == 200, headers


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_the_cookie_writes_for_nobody_else(agency: Asker, method: str, path: str) -> None:
    cookie = sign_in(agency)
    before = agency.get("/me/time_entries")
    for headers in NOT_OURS:
        assert status(agency, cookie, method, path, **headers) == 401, headers
    assert agency.get("/me/time_entries") == before


def test_an_authorization_wins_over_the_cookie(agency: Asker) -> None:
    headers = {"cookie": sign_in(agency)}
    assert agency.ask("GET", "/me/id", BO, headers=headers).json() == BO
    answer = agency.ask("GET", "/me/id", auth=("f" * 32, "api_token"), headers=headers)
    assert answer.status_code == 403
    bad = {**headers, "authorization": "Bearer x"}
    assert agency.http.get(f"{V9}/me/id", headers=bad).status_code in (401, 403)


def test_a_token_needs_no_origin(agency: Asker) -> None:
    headers = {"sec-fetch-site": "cross-site", "origin": "http://evil.example"}
    assert agency.ask("POST", ENTRIES, BO, json=payload(), headers=headers).status_code == 200


INVENTED = ["", "x", "0" * 43, "a" * 32, "a" * 10_000, "%00", '"']


def test_an_invented_cookie_is_none(agency: Asker) -> None:
    for value in INVENTED:
        assert status(agency, f"{NAME}={value}") in (401, 403), value


def test_signing_out_ends_this_session_alone(agency: Asker) -> None:
    mine, other = sign_in(agency), sign_in(agency)
    headers = {"cookie": mine, "sec-fetch-site": "same-origin"}
    answer = agency.http.delete(SESSIONS, headers=headers)
    assert answer.status_code == 200
    name, value, attributes = set_cookie(answer)
    assert (name, value) == (NAME, "")
    assert [one for one in attributes if one == "max-age=0" or one.startswith("expires=")]
    agency.http.cookies.clear()
    assert status(agency, mine) == 401
    assert status(agency, other) == 200


def test_another_site_signs_nobody_out(agency: Asker) -> None:
    mine = sign_in(agency)
    headers = {"cookie": mine, "sec-fetch-site": "cross-site"}
    assert agency.http.delete(SESSIONS, headers=headers).status_code == 401
    agency.http.cookies.clear()
    assert status(agency, mine) == 200


def test_a_session_lives_thirty_days(agency: Asker) -> None:
    cookie = sign_in(agency)
    agency.now = NOW + timedelta(days=29, hours=23)
    assert status(agency, cookie) == 200


def test_a_session_is_dead_after_thirty_days(agency: Asker) -> None:
    cookie = sign_in(agency)
    agency.now = NOW + timedelta(days=30, seconds=1)
    assert status(agency, cookie) == 401


def test_a_new_password_ends_all_sessions_of_that_person(agency: Asker) -> None:
    first, second = sign_in(agency), sign_in(agency)
    answer = agency.ask("POST", "/me/sessions", BO)
    agency.http.cookies.clear()
    bos = f"{NAME}={set_cookie(answer)[1]}"
    agency.put("/me", {"password": "nine lives", "current_password": PASSWORD})
    assert [status(agency, cookie) for cookie in (first, second, bos)] == [401, 401, 200]
    assert agency.get("/me/id") == ADA


def test_a_new_token_leaves_sessions_alone(agency: Asker) -> None:
    cookie = sign_in(agency)
    agency.post("/me/reset_token")
    assert status(agency, cookie) == 200


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com", "bo@example.com"])
def test_a_lost_password_is_answered_alike_for_everybody(agency: Asker, email: str) -> None:
    answer = agency.ask("POST", "/me/lost_passwords", None, json={"email": email})
    assert (answer.status_code, answer.content) == (200, b'"OK"')
    assert "set-cookie" not in answer.headers
    assert agency.ask("GET", "/me", auth=SIGN_IN).status_code == 200


NO_ADDRESSES = [{"email": 5}, {}, [], "x"]


def test_a_lost_password_needs_an_address(agency: Asker) -> None:
    for body in NO_ADDRESSES:
        answer = agency.ask("POST", "/me/lost_passwords", None, json=body)
        assert refusal(answer)[0] == 400, body


NO_CODES = ["", "x", "0" * 43, "a\0b", "../" * 20]


def test_an_invented_code_sets_no_password(agency: Asker) -> None:
    for code in NO_CODES:
        body = {"code": code, "password": "long enough"}
        answer = agency.ask("POST", "/me/lost_passwords/confirm", None, json=body)
        told, text = refusal(answer)
        assert told == 400, code
        assert re.match("Invalid code", text), code
    assert agency.ask("GET", "/me", auth=SIGN_IN).status_code == 200
