"""axe-core finds nothing on any page, in light and dark, on a desk and on a phone; and nothing is wider than a phone."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

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
from tests.shares import in_turn, is_deep
from tests.track.asking import ADA
from tests.track.entries import new

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TARGETS = "target-size"
ALL_RULES = {"runOnly": TAGS, "rules": {TARGETS: {"enabled": True}}}
NO_TARGETS = {"runOnly": TAGS, "rules": {TARGETS: {"enabled": False}}}
RUN = """async wanted => (await axe.run(document, {...wanted, resultTypes: ["violations"]}))
    .violations.map(one => [one.id, one.help, one.nodes.map(node => node.html).slice(0, 5)])"""
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true })"
OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
FRAME = """[document.documentElement.lang, document.title !== '',
    document.querySelectorAll('h1').length, document.querySelectorAll('main').length]"""
NARROWEST = ViewportSize(width=320, height=640)  # WCAG 1.4.10


def violations(page: Page, where: str, wanted: dict[str, Any]) -> list[str]:
    """A line for each rule that is broken, with the first places."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    told = page.evaluate(RUN, wanted)
    return [f"{where}: {rule}: {help_} {places}" for rule, help_, places in told]


def as_it_comes_on_a_phone(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(VIEWPORTS["phone"])
    return violations(page, "phone", ALL_RULES)


def unfolded_in_the_dark(page: Page) -> list[str]:
    """Unfolded at once, menus lie over each other, so that the size of targets says nothing there."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.evaluate(UNFOLD)
    return violations(page, "desk in the dark", NO_TARGETS)


def unfolded_in_the_light(page: Page) -> list[str]:
    found = unfolded_in_the_dark(page)
    page.emulate_media(color_scheme="light")
    return found + violations(page, "desk", NO_TARGETS)


LOOKS = (as_it_comes_on_a_phone, unfolded_in_the_dark)


def assert_axe_finds_nothing(page: Page) -> None:
    """In a plain run with one of two looks, another one for another page; in a deep run with each."""
    looks = (*LOOKS, unfolded_in_the_light) if is_deep() else LOOKS
    turn = crc32(page.title().encode())
    found = [fault for look in in_turn(looks, turn, len(LOOKS)) for fault in look(page)]
    assert not found, "\n".join(found)


def assert_fits_the_narrowest_screen(page: Page) -> None:
    """A table may be wider and be moved in its own frame."""
    page.set_viewport_size(NARROWEST)
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("name", VIEWS)
def test_everybody_can_use_the_page(guests: Visitors, gallery: Gallery, name: str) -> None:
    page = guests.come(VIEWS[name].by)
    guests.watch(page).expect_status(VIEWS[name].status)
    gallery.show(page, name)
    assert page.evaluate(FRAME) == ["en", True, 1, 1]
    assert_fits_the_narrowest_screen(page)
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
