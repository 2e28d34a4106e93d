"""How people come in for the first time: as the first of all, by invitation, or again with a new password."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pages.browser.acts import expect_heading, press, put, sign_in
from tests.pages.browser.arrivals import first_start, invitation_link, reset_link
from tests.pages.browser.seats import Seats
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import PLAIN, Way, on_desk_and_phone, with_and_without_script
from tests.track.asking import ADA, CLEO
from tests.track.people import members

ADA_MAIL = "ada@example.com"
DAN = "dan@example.com"
SECRET = "a fine password"
FIRST = {
    "name": "Fay",
    "email": "fay@example.com",
    "password": SECRET,
    "workspace": "Fay's studio",
    "timezone": "Europe/Tallinn",
    "currency": "EUR",
}


def fill(page: Page, **fields: str) -> None:
    for field, value in fields.items():
        put(page.get_by_role("main"), field, value)


def send(page: Page) -> None:
    """The one form of such a page."""
    page.get_by_role("main").locator("form").last.get_by_role("button").last.click()


@with_and_without_script
def test_the_first_of_all_sets_the_house_up(seats: Seats, tmp_path: Path, way: Way) -> None:
    with first_start(tmp_path / "data") as server:
        people = Visitors(seats, server.address, way)
        page = people.come()
        people.watch(page).expect_status(400, 403, 404, 422)
        page.goto("/")
        expect(page).to_have_url(re.compile("/setup"))
        for code in ("x" * 43, server.code):
            fill(page, code=code, **FIRST)
            send(page)
            if code != server.code:
                expect(page.get_by_role("alert")).to_be_visible()
        expect_heading(page, "Timer")
        assert page.context.request.get("/api/v9/me").json()["email"] == FIRST["email"]
        page.goto("/setup")
        expect(page.locator('[name="password"]')).to_have_count(0)
        assert people.leave() == []


def test_there_is_no_setting_up_twice(page: Page, watch: Watch) -> None:
    watch.expect_status(403, 404)
    page.goto("/setup")
    expect(page.locator('[name="password"]')).to_have_count(0)


@on_desk_and_phone
def test_somebody_new_accepts_an_invitation(page: Page, site: Site, visitors: Visitors) -> None:
    link = invitation_link(site, DAN)
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Ada")
    fill(page, name="Dan", password=SECRET, timezone="Asia/Tokyo")
    send(page)
    expect_heading(page, "Timer")
    assert page.url.startswith(site.at("/w/10/"))
    assert "Dan" in {one["name"] for one in members(site.agency).values()}
    again = visitors.come(way=PLAIN)
    visitors.watch(again).expect_status(404, 410)
    again.goto(link)
    expect(again.locator('[name="password"]')).to_have_count(0)


@on_desk_and_phone
def test_somebody_known_joins_with_one_button(site: Site, visitors: Visitors) -> None:
    page = visitors.come(CLEO)
    page.goto(invitation_link(site, "cleo@example.com"))
    press(page, "Join")
    expect_heading(page, "Timer")
    assert CLEO in members(site.agency)


@on_desk_and_phone
def test_a_forgotten_password_is_set_anew(page: Page, site: Site, visitors: Visitors) -> None:
    signed_in = visitors.come(ADA)
    page.goto("/sign-in")
    page.get_by_role("link", name=re.compile("forgot", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile("/forgotten-password"))
    fill(page, email=ADA_MAIL)
    send(page)
    expect(page.get_by_role("status")).to_be_visible()
    link = reset_link(site, ADA_MAIL)
    page.goto(link)
    fill(page, password=SECRET)
    send(page)
    expect(page).not_to_have_url(re.compile("/reset-password/"))
    page.goto("/sign-in")
    sign_in(page, ADA_MAIL, SECRET)
    expect_heading(page, "Timer")
    signed_in.goto("/w/10/timer")
    expect_heading(signed_in, "Sign in")
    again = visitors.come(way=PLAIN)
    visitors.watch(again).expect_status(400, 404, 410)
    again.goto(link)
    expect(again.locator('[name="password"]')).to_have_count(0)


def test_an_unknown_address_is_told_the_same(page: Page, site: Site) -> None:
    told = []
    for email in (ADA_MAIL, "nobody@example.com"):
        page.goto("/forgotten-password")
        fill(page, email=email)
        send(page)
        expect(page.get_by_role("status")).to_be_visible()
        told.append(page.inner_text("main").replace(email, "EMAIL"))
    assert told[0] == told[1]
    assert all("nobody" not in mail["To"] for mail in site.mails)


@pytest.mark.parametrize("path", ["/invitation/", "/reset-password/"])
def test_a_wrong_code_opens_nothing(page: Page, watch: Watch, path: str) -> None:
    watch.expect_status(400, 404, 410)
    page.goto(f"{path}{'x' * 43}")
    expect(page.locator('[name="password"]')).to_have_count(0)
