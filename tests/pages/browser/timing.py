"""The timer page as somebody reads and works it, and what the API says of the same entries."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.pages.browser.acts import eventually, folded, form_with
from tests.pages.browser.reading import seconds_of
from tests.pages.browser.site import Site
from tests.track.asking import BO

TIMER = "/w/10/timer"
CURRENT = "/me/time_entries/current"
MINE = "/me/time_entries"
DAYS = """all => all.map(one => {
    const head = [...document.querySelectorAll("h2, h3")].filter(
        head => head.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING).at(-1);
    const next = head.nextElementSibling;
    const beside = next && !next.querySelector("li.entry") ? next.textContent : "";
    return [`${head.textContent} ${beside}`, one.dataset.entry, one.querySelector(".duration").textContent];
})"""


def start_form(page: Page) -> Locator:
    return form_with(page, "Start")


def manual_form(page: Page) -> Locator:
    folded(page, "Add time by hand")
    return form_with(page, "Add entry")


def edit_form(page: Page) -> Locator:
    return form_with(page, "Save")


def entry_of(page: Page, description: str) -> Locator:
    return page.locator("li.entry").filter(has_text=description)


def entry_by(page: Page, entry_id: int) -> Locator:
    return page.locator(f'li.entry[data-entry="{entry_id}"]')


def durations(page: Page) -> dict[int, int]:
    """Seconds by entry, of all that are listed."""
    return {int(entry_id): seconds_of(text) for _, entry_id, text in _days(page)}


def day_sums(page: Page) -> dict[str, int]:
    """What the entries below each heading, with what stands beside it, add up to."""
    sums: dict[str, int] = {}
    for heading, _, text in _days(page):
        sums[heading] = sums.get(heading, 0) + seconds_of(text)
    return sums


def _days(page: Page) -> list[Any]:
    return list(page.locator("li.entry").evaluate_all(DAYS))


def mine(site: Site, by: int = BO) -> dict[int, dict[str, Any]]:
    """All entries of that person by id, as the API tells them."""
    return {one["id"]: one for one in site.agency.get(MINE, by)}


def named(site: Site, description: str, by: int = BO) -> list[dict[str, Any]]:
    return [one for one in mine(site, by).values() if one["description"] == description]


def expect_running(page: Page, site: Site, description: str, by: int = BO) -> dict[str, Any]:
    """The API and the page agree that this is running."""
    eventually(lambda: (site.agency.get(CURRENT, by) or {}).get("description"), description)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    return dict(site.agency.get(CURRENT, by))


def expect_idle(page: Page, site: Site, by: int = BO) -> None:
    eventually(lambda: site.agency.get(CURRENT, by), None)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
