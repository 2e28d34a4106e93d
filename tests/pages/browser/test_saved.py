"""Reports that are kept: whose days move, who may open them, and how a link ends."""

import re
from datetime import timedelta

from playwright.sync_api import Page, Response, expect

from tests.pages.browser.acts import (
    eventually,
    expect_heading,
    folded,
    follow,
    form_with,
    press,
    put,
)
from tests.pages.browser.moments import FEBRUARY, MARCH
from tests.pages.browser.reading import figures, shown, total_seconds
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import on_desk_and_phone, with_and_without_script
from tests.track.asking import ADA, AGENCY
from tests.track.entries import ALL_SECONDS
from tests.wire.agency import NOW
from tests.wire.saving import WEEK, params, save

SAVE = re.compile("^Save")
SAVED = "/w/10/saved"
UNKNOWN_LINK = f"/shared-report/{'0' * 32}"


def keep(page: Page, query: str, name: str, **fields: str) -> str:
    """Saves a report as somebody does on its page; the link."""
    page.goto(f"/w/10/reports/summary?{query}")
    saving = folded(page, "Save and share")
    for field, value in {"name": name, "public": "on", **fields}.items():
        put(saving, field, value)
    press(saving, SAVE)
    expect(page).to_have_url(re.compile(r"/w/10/saved/\d+$"))
    return page.locator("#link").input_value()


def visit(page: Page, link: str) -> Response:
    answer = page.goto(link)
    assert answer is not None
    return answer


@on_desk_and_phone
def test_relative_days_move_on_and_fixed_ones_stay(
    ada: Page, visitors: Visitors, site: Site
) -> None:
    site.be(FEBRUARY)
    moving = keep(ada, "period=last_month", "Moving", days="relative")
    staying = keep(ada, "period=last_month", "Staying", days="fixed")
    guest = visitors.come()
    for link in (moving, staying):
        guest.goto(link)
        assert total_seconds(guest) == ALL_SECONDS
    site.be(MARCH)
    guest.goto(moving)
    assert total_seconds(guest) == 0
    guest.goto(staying)
    assert total_seconds(guest) == ALL_SECONDS


@on_desk_and_phone
def test_a_password_is_asked_for_once(ada: Page, visitors: Visitors) -> None:
    link = keep(ada, "period=all", "Secret", password="open sesame")
    guest = visitors.come()
    visitors.watch(guest).expect_status(401, 403)
    guest.goto(link)
    assert "Website" not in guest.inner_text("body")
    refused = guest.context.request.get(f"{link}/csv")
    assert "text/csv" not in refused.headers["content-type"]
    for password in ("open barley", "open sesame"):
        guest.get_by_label("Password", exact=True).fill(password)
        guest.locator("form").get_by_role("button").first.click()
        if password == "open barley":
            expect(guest.get_by_role("alert")).to_be_visible()
    eventually(lambda: figures(guest).get("total"), "04:22:00")
    guest.goto(link)
    assert total_seconds(guest) == ALL_SECONDS
    assert "text/csv" in guest.context.request.get(f"{link}/csv").headers["content-type"]


@with_and_without_script
def test_a_link_ends_with_its_last_day(ada: Page, visitors: Visitors, site: Site) -> None:
    link = keep(ada, "period=all", "Short", expires="2026-01-25")
    guest = visitors.come()
    assert visit(guest, link).status == 200
    site.be(NOW + timedelta(days=7))
    visitors.watch(guest).expect_status(404)
    assert visit(guest, link).status == 404


@with_and_without_script
def test_a_new_link_is_the_end_of_the_old_one(ada: Page, visitors: Visitors) -> None:
    old = keep(ada, "period=all", "Often sent")
    press(ada, "New link")
    expect(ada.locator("#link")).not_to_have_value(old)
    new = ada.locator("#link").input_value()
    guest = visitors.come()
    assert visit(guest, new).status == 200
    visitors.watch(guest).expect_status(404)
    assert visit(guest, old).status == 404


@on_desk_and_phone
def test_a_saved_report_is_listed_changed_and_deleted(ada: Page, visitors: Visitors) -> None:
    link = keep(ada, "period=all&client=20", "January")
    ada.goto(SAVED)
    expect_heading(ada, "Saved reports")
    follow(ada, "Link and settings of January")
    expect(ada.locator("#link")).to_have_value(link)
    settings = form_with(ada, SAVE)
    put(settings, "name", "First month")
    press(settings, SAVE)
    guest = visitors.come()
    eventually(lambda: guest.goto(link) and "First month" in guest.inner_text("body"), True)
    press(ada, re.compile("^Delete"))
    expect(ada).to_have_url(re.compile(f"{SAVED}$"))
    expect(ada.get_by_role("link", name="First month", exact=True)).to_have_count(0)
    visitors.watch(guest).expect_status(404)
    assert visit(guest, link).status == 404


def test_what_is_private_does_not_exist_for_others(ada: Page, visitors: Visitors) -> None:
    link = keep(ada, "period=all", "Mine", public="")
    assert visit(ada, link).status == 200
    guest = visitors.come()
    told = [guest.context.request.get(path) for path in (link, UNKNOWN_LINK)]
    assert [answer.status for answer in told] == [404, 404]
    assert told[0].body() == told[1].body()


def test_amounts_can_be_hidden_from_the_client(ada: Page, visitors: Visitors) -> None:
    link = keep(ada, "period=all&open=all", "Time only", hide_amounts="on", hide_rates="on")
    guest = visitors.come()
    guest.goto(link)
    assert total_seconds(guest) == ALL_SECONDS
    assert "296.67" not in guest.content()
    assert not [name for name in figures(guest) if name.startswith("amount")]


@on_desk_and_phone
def test_every_kind_of_report_can_be_shared(ada: Page, visitors: Visitors, site: Site) -> None:
    """Saved by another client through the API, shown on the page."""
    guest = visitors.come()
    for kind in ("summary", "detailed", "weekly"):
        report = save(site.agency.http, public=True, params=params(kind, **WEEK), name=kind)
        guest.goto(f"/shared-report/{report['token']}")
        assert total_seconds(guest) == ALL_SECONDS
    ada.goto(SAVED)
    expect(ada.get_by_role("link", name="weekly", exact=True)).to_be_visible()


@with_and_without_script
def test_groups_open_on_the_public_page_too(ada: Page, visitors: Visitors) -> None:
    link = keep(ada, "period=all", "Open")
    guest = visitors.come()
    guest.goto(f"{link}?open=all")
    ada.goto("/w/10/reports/summary?period=all&open=all")
    assert shown(guest) == shown(ada)


def test_the_link_is_copied(ada: Page) -> None:
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = keep(ada, "period=all", "Copied")
    press(ada, "Copy link")
    eventually(lambda: ada.evaluate("navigator.clipboard.readText()"), link)


@with_and_without_script
def test_a_report_is_mailed_every_week(ada: Page, site: Site) -> None:
    keep(ada, "period=all", "Weekly mail")
    button = re.compile(r"^(Schedule|Send|Mail|Save schedule)")
    form = ada.locator("form").filter(has=ada.locator('[name="frequency"]'))
    put(form, "frequency", "weekly")
    put(form, "people", str(ADA))
    press(form, button)
    path = f"/workspaces/{AGENCY}/scheduled_reports"
    eventually(lambda: len(site.agency.get(path)), 1)
