"""Signing in and out through the page: who gets in, where he is led, and what nobody learns."""

from datetime import timedelta
from itertools import count
from urllib.parse import quote, urlencode, urlsplit

import httpx2 as httpx
import pytest

from tests.pages.http.dangers import dangers_of
from tests.pages.http.furnishing import Ground
from tests.pages.http.markup import Page
from tests.pages.http.sites import Unchanged
from tests.pages.http.visitor import SESSION, Visitor, alert_of, form_at, page_of, where_to
from tests.track.asking import ADA, AGENCY, BO
from tests.wire.agency import PASSWORD

MAIL = "ada@example.com"
WRONG = "The e-mail or the password is wrong."
TIMER = f"/w/{AGENCY}/timer"
ELSEWHERE = "203.0.113.10"
HOSTS = count(1)
LOCAL = (TIMER, "/w/10/reports/summary?from=2026-01-05&to=2026-01-11&by=clients", "/profile")
ASTRAY = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\x01//evil.example",
    "/%2Fevil.example/..//evil.example",
    "http://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
    "evil.example",
    "@evil.example",
    ":@evil.example",
    "?next=//evil.example",
    "/..//evil.example",
    "/./\\evil.example",
    "/\r\nLocation: https://evil.example",
    "/\u2028//evil.example",
    "\uff0f\uff0fevil.example",
    "/" + "x" * 10_000 + "//evil.example",
)


def refused(visitor: Visitor, email: str, password: str, status: int = 403) -> Page:
    return page_of(visitor.sign_in(email, password), status)


def bare(page: Page) -> str:
    """The page without what he typed and the text against forged forms."""
    text = page.source
    for node in page.all("form input"):
        if node.get("name") in ("csrf", "email") and node.get("value"):
            text = text.replace(node.get("value"), "#")
    return text


def test_the_right_password_leads_to_the_timer(ground: Ground) -> None:
    visitor = ground.by(None)
    path = where_to(visitor.sign_in(MAIL, PASSWORD))
    while path != TIMER:
        path = where_to(visitor.get(path))
    assert visitor.read(TIMER).one("h1").text == "Timer"
    assert where_to(visitor.get("/")) == TIMER


def test_the_address_is_found_in_any_case(ground: Ground) -> None:
    assert ground.by(None).sign_in(" ADA@Example.COM ", PASSWORD).status_code == 303


def test_nobody_learns_who_has_an_account(ground: Ground) -> None:
    """The same page for a wrong password, an unknown address, and one that has no password (T8)."""
    visitor = ground.by(None)
    pages = [
        refused(visitor, *pair)
        for pair in ((MAIL, "wrong horse"), ("no@example.com", PASSWORD), ("bo@example.com", "x"))
    ]
    assert [alert_of(page) for page in pages] == [WRONG] * 3
    assert len({bare(page) for page in pages}) == 1
    assert not any(node.get("value") for page in pages for node in page.all("[type=password]"))
    assert SESSION not in visitor.http.cookies


def test_the_eleventh_guess_has_to_wait(ground: Ground) -> None:
    """A quarter of an hour, and only for that name from that network."""
    visitor = ground.by(None)
    for _ in range(10):
        refused(visitor, MAIL, "wrong horse")
    for password in ("wrong horse", PASSWORD):
        answer = visitor.sign_in(MAIL, password)
        assert alert_of(page_of(answer, 429)).startswith("Too many attempts")
        assert 0 < int(answer.headers["retry-after"]) <= 900
    assert ground.site.visitor(address=ELSEWHERE).sign_in(MAIL, PASSWORD).status_code == 303
    ground.site.now += timedelta(minutes=15, seconds=1)
    assert visitor.sign_in(MAIL, PASSWORD).status_code == 303


def test_guesses_at_the_page_and_at_the_api_are_counted_together(ground: Ground) -> None:
    visitor = ground.by(None)
    for _ in range(5):
        refused(visitor, MAIL, "wrong horse")
        visitor.http.get("/api/v9/me", auth=(MAIL, "wrong horse"))
    assert visitor.sign_in(MAIL, PASSWORD).status_code == 429


@pytest.mark.parametrize("path", LOCAL)
def test_one_gets_to_where_one_wanted(ground: Ground, path: str) -> None:
    visitor = ground.by(None)
    if path != "/profile":
        visitor_is_sent = where_to(visitor.get(path))
        assert urlsplit(visitor_is_sent).path == "/sign-in"
        assert where_to(visitor.sign_in(MAIL, PASSWORD, visitor_is_sent)) == path
        return
    assert where_to(visitor.sign_in(MAIL, PASSWORD, f"/sign-in?next={quote(path)}")) == path


@pytest.mark.parametrize("path", ASTRAY, ids=lambda path: repr(path)[:40])
def test_nobody_is_led_astray(ground: Ground, path: str) -> None:
    """By a link to the sign-in page as by a form that was tampered with."""
    visitor = ground.by(None)
    form = form_at(visitor.read(f"/sign-in?{urlencode({'next': path})}"), "/sign-in")
    assert_stays(visitor.submit(form, {"email": MAIL, "password": PASSWORD}, "Sign in"))
    again = form.filled({"email": MAIL, "password": PASSWORD, "next": path})
    assert_stays(visitor.post("/sign-in", again))


@pytest.mark.parametrize("path", ASTRAY, ids=lambda path: repr(path)[:40])
def test_the_way_back_from_a_form_stays_here_too(house: Ground, path: str) -> None:
    """Where a form or an address says to where one goes on."""
    ada, own = house.by(ADA), house.things.own[ADA]
    rate = {"kind": "billable", "level": "workspace", "amount": "10", "start": "", "back": path}
    entry = f"/w/{AGENCY}/entries/{own['time_entry_id']}"
    for where, fields in ((f"/w/{AGENCY}/rates", rate), (f"{entry}/stop", {"back": path})):
        answer = ada.post(where, [*fields.items(), ("csrf", house.csrf(ADA))])
        if answer.status_code == 303:
            assert_stays(answer)
    answer = ada.get(f"{entry}?{urlencode({'back': path})}")
    if answer.status_code == 200:
        page = page_of(answer)
        assert not dangers_of(page)
        links = [node.get("href") or node.get("action") for node in page.all("a, form")]
        assert not [one for one in links if "evil" in one.partition("?")[0]]


def assert_stays(answer: httpx.Response) -> None:
    """On this server, whatever browsers make of slashes, blanks and backslashes."""
    if answer.status_code == 303:
        location = answer.headers["location"]
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
        assert "\\" not in location
        assert location.isprintable()
        assert "//evil" not in location.partition("?")[0]
    else:
        assert answer.status_code in {400, 403}


def test_a_session_of_before_is_worth_nothing_after(ground: Ground) -> None:
    """Who planted a cookie in somebody's browser does not share his session."""
    visitor = ground.by(None)
    planted = "p" * 43
    visitor.http.cookies.set(SESSION, planted, domain="testserver.local", path="/")
    assert visitor.sign_in(MAIL, PASSWORD).status_code == 303
    assert visitor.http.cookies[SESSION] != planted


def test_who_signs_out_is_out_everywhere_the_cookie_went(ground: Ground) -> None:
    visitor = ground.by(None)
    visitor.sign_in(MAIL, PASSWORD)
    kept = visitor.http.cookies[SESSION]
    answer = visitor.submit(form_at(visitor.read(TIMER), "/sign-out"))
    assert urlsplit(where_to(answer)).path in {"/", "/sign-in"}
    assert SESSION not in visitor.http.cookies
    assert Visitor(ground.site.application, kept).get(TIMER).status_code == 303


def test_a_session_ends_by_itself(ground: Ground) -> None:
    visitor = ground.by(None)
    visitor.sign_in(MAIL, PASSWORD)
    ground.site.now += timedelta(days=31)
    assert visitor.get(TIMER).status_code == 303


def test_asking_for_a_new_password_tells_nothing(ground: Ground) -> None:
    visitor = ground.by(None)
    pages = []
    for email in (MAIL, "no@example.com", "", "no address"):
        form = form_at(visitor.read("/forgotten-password"), "/forgotten-password")
        answer = visitor.submit(form, {"email": email})
        pages.append((answer.status_code, bare(Page(answer.text))))
    assert pages[0] == pages[1]
    assert {status for status, _ in pages} <= {200, 303, 400, 422}


def test_a_new_password_ends_the_link_and_all_sessions(ground: Ground) -> None:
    bo = ground.by(BO)
    where = f"/reset-password/{ground.things.own[ADA]['reset_code']}"
    visitor = ground.by(None)
    form = form_at(visitor.read(where), where)
    short = visitor.submit(form, {"password": "short"})
    assert 400 <= short.status_code <= 422
    assert alert_of(Page(short.text))
    assert visitor.submit(form, {"password": "a long new password"}).status_code in {200, 303}
    assert bo.get(TIMER).status_code == 303
    assert visitor.get(where).status_code == 404
    fresh = ground.site.visitor()
    assert fresh.sign_in("bo@example.com", "a long new password").status_code == 303


@pytest.mark.parametrize("what", ["reset-password", "invitation"])
@pytest.mark.parametrize("code", ["x" * 43, "x", "%00", "%E2%80%AE", "x" * 5_000])
def test_a_wrong_code_opens_nothing(house: Ground, record: Unchanged, what: str, code: str) -> None:
    """One page for all of them, whatever is wrong; guesses are counted by network."""
    visitor = house.site.visitor(address=f"198.51.100.{next(HOSTS)}")
    first = bare(visitor.read(f"/{what}/{'y' * 43}", 404))
    assert bare(visitor.read(f"/{what}/{code}", 404)) == first
    pairs = [("password", "a long new password"), ("name", "Eve"), ("timezone", "UTC")]
    answer = visitor.post(f"/{what}/{code}", [*pairs, ("csrf", visitor.csrf())])
    assert answer.status_code == 404
    record.check()
