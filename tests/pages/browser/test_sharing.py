"""The promise of the README: sign in, find where last month went, narrow it to one client, send the client a link."""

import csv
import io
import re

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import (
    apply,
    choose,
    download,
    eventually,
    expect_heading,
    filter_of,
    folded,
    label,
    press,
    sign_in,
    tick,
)
from tests.pages.browser.moments import FEBRUARY
from tests.pages.browser.reading import figures, shown
from tests.pages.browser.site import Site
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import every_way
from tests.track.asking import ADA, REPORTS
from tests.wire.agency import PASSWORD

ACME = {"start_date": "2026-01-01", "end_date": "2026-01-31", "client_ids": [20]}
SUMMARY_CSV = f"{REPORTS}/summary/time_entries.csv"
FULL = {"sort": "duration"}


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def narrow_to_acme(page: Page) -> None:
    page.goto("/w/10/reports/summary")
    expect_heading(page, "Reports")
    choose(filter_of(page, "Range"), "Last month")
    tick(filter_of(page, "Clients"), "Acme")
    apply(page)
    eventually(lambda: figures(page)["total"], "03:25:00")


def share(page: Page, name: str) -> str:
    """The link."""
    saving = folded(page, "Save and share")
    label(saving, "Name").fill(name)
    tick(saving, "Public")
    press(saving, re.compile("^Save"))
    expect(page).to_have_url(re.compile(r"/w/10/saved/\d+$"))
    return page.locator("#link").input_value()


@every_way
def test_from_the_front_door_to_a_link_for_the_client(
    page: Page, visitors: Visitors, site: Site
) -> None:
    site.be(FEBRUARY)
    page.goto("/")
    sign_in(page, "ada@example.com", PASSWORD)
    expect_heading(page, "Timer")
    narrow_to_acme(page)
    assert "296.67" in figures(page)["amount-EUR"]
    seen = shown(page)[:2]
    link = share(page, "Acme in January")
    assert link.startswith(site.at("/shared-report/"))
    guest = visitors.come()
    answer = guest.goto(link)
    assert answer is not None
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert shown(guest)[:2] == seen
    assert "Acme in January" in guest.inner_text("body")
    file = rows_of(download(guest, "CSV").path().read_bytes())
    api = site.agency.ask("POST", SUMMARY_CSV, ADA, json=ACME).content
    assert sorted(file) == sorted(rows_of(api))
    assert guest.context.cookies() == []


def test_a_file_from_a_page_is_safe_in_a_spreadsheet(ada: Page, site: Site) -> None:
    """D8.6: the API's file stays as it is."""
    ada.goto("/w/10/reports/detailed?period=all")
    told = download(ada, "CSV").path().read_bytes().decode("utf-8-sig")
    assert ",'=1+1," in told
    body = {"start_date": "2006-01-01", "end_date": "2029-12-31"}
    api = site.agency.ask("POST", f"{REPORTS}/search/time_entries.csv", ADA, json=body).text
    assert ",=1+1," in api


def test_all_files_of_what_is_shown_can_be_had(ada: Page) -> None:
    for report in ("summary", "detailed", "weekly"):
        ada.goto(f"/w/10/reports/{report}?from=2026-01-05&to=2026-01-11&client=20")
        for kind, begins in (("CSV", b"\xef\xbb\xbf"), ("Excel", b"PK"), ("PDF", b"%PDF")):
            assert download(ada, kind).path().read_bytes().startswith(begins)
