"""What every page says to browsers: what may load, who may frame it, what is told to others; and its cookies."""

import re
from http.cookies import Morsel, SimpleCookie

import httpx2 as httpx
import pytest

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import GETS, Atlas, name_of
from tests.pages.http.contract import Shows
from tests.pages.http.furnishing import SHARE_PASSWORD, Ground
from tests.pages.http.visitor import Visitor, form_at
from tests.track.asking import ADA, AGENCY
from tests.wire.agency import PASSWORD

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
DISCREET = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
REFUSED = {  # pages that say no, and who asks for them
    "/w/10/reports/summary?period=forever": (ADA, 400),
    "/w/11/timer": (ADA, 404),
    "/w/10/projects/987654321": (ADA, 404),
    f"/shared-report/{'0' * 32}": (None, 404),
    f"/invitation/{'x' * 43}": (None, 404),
    f"/reset-password/{'x' * 43}": (None, 404),
}


def assert_guarded(answer: httpx.Response) -> None:
    headers = answer.headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert directives(headers["content-security-policy"]) == directives(CSP)
    assert len(headers.get_list("content-security-policy")) == 1
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in DISCREET


def directives(policy: str) -> list[str]:
    return [one.strip() for one in policy.rstrip("; ").split(";")]


@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_every_page_says_what_may_load(house: Ground, atlas: Atlas, row: RouteRow) -> None:
    for example in (one for one in atlas.of(row) if not one.path.endswith("pdf")):
        answer = example.ask(house, example.by)
        if example.shows is Shows.PAGE and answer.status_code == 200:
            assert_guarded(answer)
        if not answer.is_redirect:
            assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("path", "expected"), REFUSED.items())
def test_pages_that_say_no_are_as_guarded(house: Ground, path: str, expected: tuple) -> None:
    by, status = expected
    answer = house.by(by).get(path)
    assert answer.status_code == status
    assert_guarded(answer)


def test_forged_forms_are_answered_by_a_guarded_page(house: Ground) -> None:
    answer = house.by(ADA).post(f"/w/{AGENCY}/timer/start", [("description", "x"), ("csrf", "x")])
    assert answer.status_code == 403
    assert_guarded(answer)


@pytest.mark.parametrize("what", ["", "/csv"])
@pytest.mark.parametrize("token", ["token", "locked_token", "unknown"])
def test_the_public_page_leaves_no_trace(house: Ground, token: str, what: str) -> None:
    """No address of it goes on to others, into an index or a cache (R6)."""
    own = {"unknown": "0" * 32} | house.things.own[ADA]
    headers = house.by(None).get(f"/shared-report/{own[token]}{what}").headers
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert "no-store" in headers["cache-control"]


def test_what_is_for_one_person_is_kept_by_nobody_else(house: Ground) -> None:
    for path in (f"/w/{AGENCY}/timer", f"/w/{AGENCY}/reports/summary", "/profile"):
        said = house.by(ADA).get(path).headers.get("cache-control", "")
        assert re.search(r"no-store|private", said), path


def cookies_in(answer: httpx.Response) -> list[Morsel]:
    jar = [SimpleCookie(one) for one in answer.headers.get_list("set-cookie")]
    return [morsel for cookie in jar for morsel in cookie.values()]


def assert_close(morsels: list[Morsel], *, is_secure: bool) -> None:
    for one in morsels:
        assert one["httponly"], one
        assert one["samesite"].lower() == "lax", one
        assert bool(one["secure"]) == is_secure, one
        assert not one["domain"], one
        assert one.key.startswith("__Host-") == is_secure, one
        assert not is_secure or one["path"] == "/", one


def test_every_cookie_is_out_of_reach_of_scripts_and_of_other_sites(ground: Ground) -> None:
    visitor = ground.by(None)
    looked = visitor.get("/sign-in")
    signed_in = visitor.sign_in("ada@example.com", PASSWORD)
    assert [one.key for one in cookies_in(signed_in)].count("gnomon-session") == 1
    stranger = ground.site.visitor()
    where = f"/shared-report/{ground.things.own[ADA]['locked_token']}"
    form = form_at(stranger.read(where), where)
    opened = stranger.submit(form, {"password": SHARE_PASSWORD})
    assert cookies_in(opened)
    for answer in (looked, signed_in, opened):
        assert_close(cookies_in(answer), is_secure=False)


def test_over_https_cookies_are_bound_to_the_host(ground: Ground) -> None:
    visitor = Visitor(ground.site.application)
    visitor.http.base_url = httpx.URL("https://testserver")
    form = form_at(visitor.read("/sign-in"), "/sign-in")
    pairs = form.filled({"email": "ada@example.com", "password": PASSWORD})
    answer = visitor.post("/sign-in", pairs, origin="https://testserver")
    assert answer.status_code == 303
    assert "__Host-gnomon-session" in [one.key for one in cookies_in(answer)]
    assert_close(cookies_in(answer), is_secure=True)


def test_over_https_a_notice_goes_nowhere_else(ground: Ground) -> None:
    visitor = Visitor(ground.site.application)
    visitor.http.base_url = httpx.URL("https://testserver")
    form = form_at(visitor.read("/sign-in"), "/sign-in")
    pairs = form.filled({"email": "ada@example.com", "password": PASSWORD})
    visitor.post("/sign-in", pairs, origin="https://testserver")
    form = form_at(visitor.read("/profile"), "/sign-out")
    answer = visitor.post("/sign-out", form.filled({}), origin="https://testserver")
    notices = [one for one in cookies_in(answer) if one.key == "gnomon-notice"]
    assert notices
    read = visitor.get("/sign-in")
    forgotten = [one for one in cookies_in(read) if one.key == "gnomon-notice"]
    assert forgotten
    for one in (*notices, *forgotten):
        assert one["secure"]
        assert one["httponly"]


def test_no_secret_is_in_an_address(house: Ground, atlas: Atlas) -> None:
    """Neither the session nor the text against forged forms; addresses are kept in histories and logs."""
    secrets = {house.csrf(ADA), *house.by(ADA).http.cookies.values()}
    for example in atlas.pages():
        if example.by == ADA:
            text = example.ask(house, ADA).text
            for address in re.findall(r'(?:href|src|action)="([^"]*)"', text):
                assert not [one for one in secrets if one in address]
