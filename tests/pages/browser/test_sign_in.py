"""The front door: in with the right password, to where one wanted to go, and nowhere else; and out again."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import expect_heading, press, sign_in
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import any_way, with_and_without_script
from tests.shares import in_turn
from tests.track.asking import ADA
from tests.wire.agency import PASSWORD

ADA_MAIL = "ada@example.com"
WRONG = "The e-mail or the password is wrong."
ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example",
    "/\t/elsewhere.example",
    "javascript:alert(1)",
    "http:elsewhere.example",
    "@elsewhere.example",
)


@any_way
def test_who_signs_in_meets_the_timer(page: Page, site: Site) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/sign-in"))
    expect_heading(page, "Sign in")
    sign_in(page, ADA_MAIL)
    expect(page).to_have_url(site.at("/w/10/timer"))
    expect_heading(page, "Timer")


@with_and_without_script
def test_a_wrong_password_and_an_unknown_address_are_told_alike(page: Page, watch: Watch) -> None:
    watch.expect_status(403)
    page.goto("/sign-in")
    for email, password in ((ADA_MAIL, "wrong horse"), ("nobody@example.com", PASSWORD)):
        sign_in(page, email, password)
        expect(page.get_by_role("alert")).to_contain_text(WRONG)
        expect(page.get_by_label("Password", exact=True)).to_have_value("")
    sign_in(page, ADA_MAIL)
    expect_heading(page, "Timer")


@with_and_without_script
def test_signing_in_leads_to_where_one_was_going(page: Page, site: Site) -> None:
    wanted = "/w/10/reports/summary?period=last_month&client=20"
    page.goto(wanted)
    expect_heading(page, "Sign in")
    assert parse_qs(urlsplit(page.url).query) == {"next": [wanted]}
    sign_in(page, ADA_MAIL)
    expect(page).to_have_url(site.at(wanted))
    expect_heading(page, "Reports")


def test_signing_in_never_leads_to_another_host(page: Page, site: Site) -> None:
    for target in in_turn(ELSEWHERE, 0, 3):
        page.goto(f"/sign-in?next={quote(target, safe='')}")
        sign_in(page, ADA_MAIL)
        expect_heading(page, "Timer")
        assert page.url.startswith(site.at("/w/10/")), target
        page.context.clear_cookies()


@with_and_without_script
def test_who_has_signed_out_leaves_nothing_behind(visitors: Visitors, site: Site) -> None:
    page = visitors.come(ADA)
    page.goto("/w/10/reports/summary?period=all")
    press(page, "Sign out")
    expect(page).to_have_url(re.compile(r"/sign-in"))
    page.go_back()
    expect_heading(page, "Sign in")
    page.goto("/w/10/timer")
    expect_heading(page, "Sign in")


def test_a_foreign_and_an_unknown_workspace_look_alike(ada: Page, visitors: Visitors) -> None:
    visitors.watch(ada).expect_status(404)
    told = []
    for workspace_id in (11, 987_654_321):
        answer = ada.goto(f"/w/{workspace_id}/timer")
        assert answer is not None
        told.append((answer.status, ada.inner_text("main")))
    assert told[0] == told[1]
    assert told[0][0] == 404
