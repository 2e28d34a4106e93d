"""A small file in the vendor's words, and how somebody lets the server look at it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import eventually, expect_heading, press, put

EXPORT = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\r\n"
    "Ada,ada@example.com,Acme,Relaunch,,Plan,Yes,2025-11-05,08:00:00,2025-11-05,09:00:00,01:00:00,\r\n"
    "Bo,bo@example.com,Gamma,Shop,,Build,No,2025-11-06,08:00:00,2025-11-06,08:30:00,00:30:00,slow\r\n"
    "Bo,bo@example.com,,,,broken,No,2025-11-06,08:00:00,2025-11-06,08:30:00,half an hour,\r\n"
)
REASON = "'half an hour' is no duration."
LOOK = re.compile("^(Preview|Check|Look|Upload|Next|Continue)", re.IGNORECASE)
DO = re.compile("^(Import|Start)", re.IGNORECASE)


def export_in(folder: Path) -> Path:
    path = folder / "export.csv"
    path.write_text(EXPORT, newline="")
    return path


def preview(page: Page, file: Path) -> None:
    page.goto("/w/10/import")
    expect_heading(page, "Import")
    page.locator('input[name="file"]').set_input_files(file)
    put(page, "timezone", "Europe/Tallinn")
    press(page, LOOK)
    await_work(page)
    expect(page.get_by_role("button", name=DO)).to_be_visible()


def await_work(page: Page) -> None:
    """Until there is no bar of progress; who has no script looks again."""
    expect(page).to_have_url(re.compile(r"/import/\w+"))
    eventually(lambda: _is_over(page), True)


def _is_over(page: Page) -> bool:
    again = page.get_by_role("link", name="Look again")
    if again.count():
        again.click()
    page.wait_for_timeout(50)
    return page.get_by_role("progressbar").count() == 0
