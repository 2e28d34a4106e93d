"""The timer without a mouse: Tab and Enter lead everywhere, and single keys are quicker for who wants them."""

from playwright.sync_api import Page, expect

from tests.pages.browser.acts import enter, label, tab_to
from tests.pages.browser.site import Site
from tests.pages.browser.timing import (
    TIMER,
    entry_of,
    expect_idle,
    expect_running,
    named,
    start_form,
)
from tests.pages.browser.ways import with_and_without_script
from tests.track.asking import BO
from tests.track.entries import new

OFF = {"keyboard_shortcuts_enabled": False}


@with_and_without_script
def test_tab_and_enter_start_stop_and_continue(bo: Page, site: Site) -> None:
    bo.goto(TIMER)
    tab_to(label(start_form(bo), "Description"))
    bo.keyboard.type("By hand")
    bo.keyboard.press("Enter")
    expect_running(bo, site, "By hand")
    site.wait(minutes=10)
    tab_to(bo.get_by_role("button", name="Stop", exact=True))
    bo.keyboard.press("Enter")
    expect_idle(bo, site)
    enter(entry_of(bo, "By hand"), "button", "Continue")
    expect_running(bo, site, "By hand")
    assert len(named(site, "By hand")) == 2


@with_and_without_script
def test_tab_and_enter_put_an_entry_right_and_delete_it(bo: Page, site: Site) -> None:
    new(site.agency, BO, start="2026-01-20T09:00:00Z", description="Cal")
    bo.goto(TIMER)
    enter(entry_of(bo, "Cal"), "link", "Edit")
    saved = bo.get_by_role("button", name="Save", exact=True)
    expect(saved).to_be_visible()
    tab_to(label(bo.locator("form").filter(has=saved), "Description"))
    bo.keyboard.press("End")
    bo.keyboard.type("l")
    bo.keyboard.press("Enter")
    expect(entry_of(bo, "Call")).to_be_visible()
    enter(entry_of(bo, "Call"), "button", "Delete")
    expect(bo.get_by_role("status").filter(has_text="Entry deleted.")).to_be_visible()
    tab_to(bo.get_by_role("button", name="Undo"))
    bo.keyboard.press("Enter")
    expect(entry_of(bo, "Call")).to_be_visible()


@with_and_without_script
def test_the_front_door_opens_by_keyboard(page: Page) -> None:
    page.goto("/sign-in")
    tab_to(page.get_by_label("E-mail", exact=True))
    page.keyboard.type("ada@example.com")
    tab_to(page.get_by_label("Password", exact=True))
    page.keyboard.type("correct horse")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Timer")).to_have_count(1)


def test_what_has_the_focus_can_be_seen(bo: Page) -> None:
    """WCAG 2.4.7: by an outline or a shadow."""
    bo.goto(TIMER)
    for _ in range(8):
        bo.keyboard.press("Tab")
        looks = bo.evaluate(
            "(style => [style.outlineStyle !== 'none' && style.outlineWidth !== '0px',"
            " style.boxShadow !== 'none'])(getComputedStyle(document.activeElement))"
        )
        assert any(looks), bo.evaluate("document.activeElement.outerHTML")


def test_single_keys_start_and_stop(bo: Page, site: Site) -> None:
    """`n` goes to what is done next, `s` stops, `?` tells all keys; while one writes they are letters."""
    bo.goto(TIMER)
    bo.keyboard.press("n")
    expect(label(start_form(bo), "Description")).to_be_focused()
    bo.keyboard.type("sins?")
    bo.keyboard.press("Enter")
    expect_running(bo, site, "sins?")
    bo.evaluate("document.activeElement.blur()")
    bo.keyboard.press("s")
    expect_idle(bo, site)
    bo.evaluate("document.activeElement.blur()")
    bo.keyboard.press("?")
    expect(bo.get_by_role("dialog")).to_be_visible()
    bo.keyboard.press("Escape")
    expect(bo.get_by_role("dialog")).not_to_be_visible()


def test_single_keys_can_be_turned_off(bo: Page, site: Site) -> None:
    """WCAG 2.1.4"""
    site.agency.post("/me/preferences", OFF, BO)
    bo.goto(TIMER)
    description = label(start_form(bo), "Description")
    bo.evaluate("document.activeElement.blur()")
    bo.keyboard.press("n")
    bo.keyboard.press("?")
    expect(description).not_to_be_focused()
    expect(bo.get_by_role("dialog")).not_to_be_visible()
