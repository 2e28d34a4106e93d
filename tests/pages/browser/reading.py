"""What a report page says, read from where the contract says it stands."""

import re
from typing import Any

from playwright.sync_api import Locator, Page

CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
FIGURES = (
    """all => Object.fromEntries(all.map(one => [one.dataset.figure, one.textContent.trim()]))"""
)
LINES = """rows => rows.map(row => [
    row.dataset.key ?? row.dataset.entry ?? row.cells[0].textContent.trim(),
    row.querySelector("td.duration").textContent.trim(),
    Object.fromEntries([...row.querySelectorAll("td.amount")].map(
        cell => [cell.dataset.currency, cell.textContent.trim()])),
])"""


def seconds_of(text: str) -> int:
    """Of `HH:MM:SS` or `H:MM` somewhere in a text."""
    found = CLOCK.search(text)
    assert found, f"no duration in {text!r}"
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3_600 + minutes * 60 + seconds


def figures(page: Page) -> dict[str, str]:
    """By `total`, `billable`, `average` and `amount-EUR`."""
    return dict(page.locator("dl.figures [data-figure]").evaluate_all(FIGURES))


def total_seconds(page: Page) -> int:
    return seconds_of(figures(page)["total"])


def lines(page: Page, kind: str) -> list[Any]:
    """Key, duration and amounts of every `group`, `sub` or `row` of the table, from top to bottom."""
    return list(page.locator(f"table.report tr.{kind}").evaluate_all(LINES))


def groups(page: Page) -> dict[str, int]:
    """Seconds by key, in the order of the page."""
    return {key: seconds_of(duration) for key, duration, _ in lines(page, "group")}


def keys(page: Page) -> list[str]:
    return [key for key, *_ in lines(page, "group")]


def shown(page: Page) -> Any:
    """Everything that a summary tells, to be compared with what another page tells."""
    return figures(page), lines(page, "group"), lines(page, "sub")


def filters(page: Page) -> Locator:
    return page.locator("form#filters")


def group_row(page: Page, key: str) -> Locator:
    return page.locator(f'table.report tr.group[data-key="{key}"]')
