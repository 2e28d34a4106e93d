"""axe-core finds nothing on any page, in light and dark, on a desk and on a phone; and nothing is wider than a phone."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.pages.browser.acts import expect_heading, press, sign_in
from tests.pages.browser.arrivals import first_start
from tests.pages.browser.gallery import VIEWS, Gallery
from tests.pages.browser.importing import export_in, preview
from tests.pages.browser.seats import Seats
from tests.pages.browser.site import Site
from tests.pages.browser.timing import TIMER, entry_by
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import DESKTOP, VIEWPORTS
from tests.track.asking import ADA
from tests.track.entries import new

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TARGETS = "target-size"
ALL_RULES = {"runOnly": TAGS, "rules": {TARGETS: {"enabled": True}}}
NO_TARGETS = {"runOnly": TAGS, "rules": {TARGETS: {"enabled": False}}}
CONTRASTS = {"runOnly": ["color-contrast"]}
RUN = """async wanted => (await axe.run(document, {...wanted, resultTypes: ["violations"]}))
    .violations.map(one => [one.id, one.help, one.nodes.map(node => node.html).slice(0, 5)])"""
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
NARROWEST = ViewportSize(width=320, height=640)  # WCAG 1.4.10


def violations(page: Page, where: str, wanted: dict[str, Any]) -> list[str]:
    """A line for each rule that is broken, with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    told = page.evaluate(RUN, wanted)
    return [f"{where}: {rule}: {help_} {places}" for rule, help_, places in told]


def assert_axe_finds_nothing(page: Page) -> None:
    """As it comes, on a desk and on a phone; then with everything unfolded, also in the dark, where only contrasts
    are others.

    Unfolded at once, menus lie over each other, so that the size of targets says nothing there.
    """
    found: list[str] = []
    page.emulate_media(color_scheme="light")
    for device in ("phone", "desktop"):
        page.set_viewport_size(VIEWPORTS[device])
        found += violations(page, device, ALL_RULES)
    page.evaluate(UNFOLD)
    found += violations(page, "unfolded", NO_TARGETS)
    page.emulate_media(color_scheme="dark")
    found += violations(page, "dark", CONTRASTS)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", VIEWS)
def test_axe_finds_nothing(guests: Visitors, gallery: Gallery, name: str) -> None:
    page = guests.come(VIEWS[name].by)
    guests.watch(page).expect_status(VIEWS[name].status)
    gallery.show(page, name)
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_where_something_went_wrong(guests: Visitors) -> None:
    page = guests.come()
    guests.watch(page).expect_status(403)
    page.goto("/sign-in")
    sign_in(page, "ada@example.com", "wrong horse")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_in_the_preview_of_a_file(guests: Visitors, tmp_path: Path) -> None:
    page = guests.come(ADA)
    preview(page, export_in(tmp_path))
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_after_a_deletion(site: Site, visitors: Visitors) -> None:
    entry = new(site.agency, ADA, start="2026-01-20T09:00:00Z", description="Call")
    page = visitors.come(ADA)
    page.goto(TIMER)
    press(entry_by(page, entry["id"]), "Delete")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_at_the_first_start(seats: Seats, tmp_path: Path) -> None:
    with first_start(tmp_path / "data") as server:
        people = Visitors(seats, server.address, DESKTOP)
        page = people.come()
        page.goto("/setup")
        expect_heading(page, re.compile("Welcome"))
        assert_axe_finds_nothing(page)
        assert people.leave() == []


def test_every_page_fits_the_narrowest_screen(guests: Visitors, gallery: Gallery) -> None:
    """A table may be wider and be moved in its own frame."""
    too_wide = {}
    for name, page in tour(guests, gallery):
        page.set_viewport_size(NARROWEST)
        if page.evaluate(OVERFLOW) > 0:
            too_wide[name] = page.evaluate(OVERFLOW)
    assert too_wide == {}


def test_every_page_has_a_language_a_title_and_one_heading(
    guests: Visitors, gallery: Gallery
) -> None:
    odd = {}
    for name, page in tour(guests, gallery):
        told = page.evaluate(
            "[document.documentElement.lang, document.title !== '',"
            " document.querySelectorAll('h1').length, document.querySelectorAll('main').length]"
        )
        if told != ["en", True, 1, 1]:
            odd[name] = told
    assert odd == {}


def tour(guests: Visitors, gallery: Gallery) -> Iterator[tuple[str, Page]]:
    """Every page, each shown to whom it is for."""
    people = {by: guests.come(by) for by in {view.by for view in VIEWS.values()}}
    for name, view in VIEWS.items():
        guests.watch(people[view.by]).expect_status(view.status)
        people[view.by].goto(gallery.path(name))
        yield name, people[view.by]
