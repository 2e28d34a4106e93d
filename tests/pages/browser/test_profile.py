"""One's own corner: how days, times and durations are written, and who else is signed in as oneself."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.pages.browser.acts import (
    eventually,
    expect_heading,
    press,
    put,
    sign_in,
    unfold,
)
from tests.pages.browser.reading import figures
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import on_desk_and_phone, with_and_without_script
from tests.track.asking import ADA
from tests.wire.agency import PASSWORD, TOKENS

ADA_MAIL = "ada@example.com"
PROFILE = "/profile"
NEW_PASSWORD = "a much better horse"
SAVE = re.compile("^(Save|Change|Set)")
TOKEN = re.compile(r"\b[0-9a-f]{32}\b")


def form_of(page: Page, field: str) -> Locator:
    """The form in which that field stands."""
    form = page.locator("form").filter(has=page.locator(f'[name="{field}"]'))
    expect(form).not_to_have_count(0)
    return unfold(form.first)


def prefer(page: Page, site: Site, **fields: str) -> None:
    page.goto(PROFILE)
    expect_heading(page, "Profile")
    for field, value in fields.items():
        put(form_of(page, field), field, value)
    press(form_of(page, next(iter(fields))), SAVE)
    eventually(lambda: {key: preferences(site)[key] for key in fields}, fields)


def preferences(site: Site) -> dict[str, Any]:
    return dict(site.agency.get("/me/preferences"))


@on_desk_and_phone
def test_durations_are_written_as_one_likes(ada: Page, site: Site) -> None:
    for form, text in (("decimal", "4.37 h"), ("improved", "4:22:00"), ("classic", "04:22:00")):
        prefer(ada, site, duration_format=form)
        ada.goto("/w/10/reports/summary")
        assert figures(ada)["total"] == text


@with_and_without_script
def test_days_and_times_are_written_as_one_likes(ada: Page, site: Site) -> None:
    """Entry 101 begins on 8 January at ten, where Ada lives."""
    row = ada.locator('table.report tr.row[data-entry="101"]')
    ada.goto("/w/10/reports/detailed")
    expect(row).to_contain_text("2026-01-08")
    expect(row).to_contain_text("10:00")
    prefer(ada, site, date_format="DD.MM.YYYY", timeofday_format="h:mm A")
    ada.goto("/w/10/reports/detailed")
    expect(row).to_contain_text("08.01.2026")
    expect(row).to_contain_text("10:00 AM")


def test_the_day_follows_the_time_zone(ada: Page, site: Site) -> None:
    """Entry 100 begins at half past ten in the evening in UTC."""
    row = ada.locator('table.report tr.row[data-entry="100"]')
    ada.goto(PROFILE)
    put(form_of(ada, "timezone"), "timezone", "UTC")
    press(form_of(ada, "timezone"), SAVE)
    eventually(lambda: preferences(site)["pg_time_zone_name"], "UTC")
    ada.goto("/w/10/reports/detailed")
    expect(row).to_contain_text("2026-01-05")
    expect(row).to_contain_text("22:30")


@with_and_without_script
def test_a_new_token_is_the_end_of_the_old_one(ada: Page, site: Site) -> None:
    ada.goto(PROFILE)
    press(ada, "New token")
    eventually(lambda: site.agency.ask("GET", "/me").status_code, 403)
    told = ada.context.request.get("/api/v9/me").json()["api_token"]
    assert TOKEN.fullmatch(told)
    assert told != TOKENS[ADA]
    assert site.agency.ask("GET", "/me", auth=(told, "api_token")).json()["id"] == ADA
    eventually(lambda: told in ada.content(), True)


@with_and_without_script
def test_everywhere_else_one_is_signed_out(visitors: Visitors) -> None:
    here, there = visitors.come(ADA), visitors.come(ADA)
    there.goto("/w/10/timer")
    expect_heading(there, "Timer")
    here.goto(PROFILE)
    press(here, "Sign out everywhere else")
    eventually(lambda: there.goto("/w/10/timer") and there.inner_text("h1"), "Sign in")
    here.goto(PROFILE)
    expect_heading(here, "Profile")
    here.goto("/w/10/timer")
    expect_heading(here, "Timer")


@with_and_without_script
def test_a_password_is_changed_by_who_knows_it(ada: Page, site: Site, visitors: Visitors) -> None:
    visitors.watch(ada).expect_status(400, 403, 422)
    for present in ("wrong horse", PASSWORD):
        ada.goto(PROFILE)
        form = form_of(ada, "current_password")
        put(form, "current_password", present)
        put(form, "password", NEW_PASSWORD)
        press(form, SAVE)
        if present != PASSWORD:
            expect(ada.get_by_role("alert")).to_be_visible()
    expect(ada.locator('[name="current_password"]')).to_have_value("")
    again = visitors.come()
    again.goto("/sign-in")
    sign_in(again, ADA_MAIL, NEW_PASSWORD)
    expect_heading(again, "Timer")
    assert site.agency.ask("GET", "/me/id", auth=(ADA_MAIL, PASSWORD)).status_code == 403
