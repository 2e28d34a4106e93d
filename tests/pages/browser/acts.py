"""What somebody does on a page, in the words of the page; nothing here knows how a page is made."""

import re
import time
from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Download, Error, Locator, Page, expect

from tests.pages.browser.seats import PATIENCE
from tests.wire.agency import PASSWORD

TABS_MAX = 80
HAS_FOCUS = "one => one === document.activeElement"
Name = str | re.Pattern[str]
Role = Literal["button", "link"]


def eventually(look: Callable[[], Any], expected: Any, seconds: float = PATIENCE / 1000) -> None:
    """Looks until it sees what is expected: a page changes a moment after a click, and may go while it is read."""
    until = time.monotonic() + seconds
    while True:
        try:
            seen = look()
        except (Error, LookupError, AssertionError) as error:
            seen = error
        if seen == expected or time.monotonic() > until:
            break
        time.sleep(0.02)
    assert seen == expected, f"{seen!r}, not {expected!r}"


def found(scope: Page | Locator, role: Role, name: Name) -> Locator:
    """The thing of that name, with whatever it is folded into opened, as somebody who looks for it would."""
    is_exact = isinstance(name, str)
    seen = scope.get_by_role(role, name=name, exact=is_exact)
    anywhere = scope.get_by_role(role, name=name, exact=is_exact, include_hidden=True)
    expect(anywhere).not_to_have_count(0)
    if not seen.count():
        unfold(anywhere.first)
    return seen.first


def unfold(thing: Locator) -> Locator:
    """Opens the details around it, the outer ones first."""
    closed = thing.locator("xpath=ancestor::details[not(@open)]")
    while closed.count():
        closed.first.locator("> summary").click()
    return thing


def folded(scope: Page | Locator, title: str) -> Locator:
    """The details whose summary begins with that title, open."""
    titled = re.compile(rf"^\s*{re.escape(title)}")
    summary = scope.locator("summary").filter(has_text=titled).first
    details = unfold(summary.locator("xpath=.."))
    if details.get_attribute("open") is None:
        summary.click()
    return details


def press(scope: Page | Locator, name: Name) -> None:
    found(scope, "button", name).click()


def follow(scope: Page | Locator, name: Name) -> None:
    found(scope, "link", name).click()


def form_with(page: Page, button: Name) -> Locator:
    """The form that this button sends, unfolded."""
    is_exact = isinstance(button, str)
    named = page.get_by_role("button", name=button, exact=is_exact, include_hidden=True)
    form = page.locator("form").filter(has=named)
    expect(form).not_to_have_count(0)
    return unfold(form.first)


def label(scope: Page | Locator, name: str) -> Locator:
    """What is labelled so; a list inside its label brings its own words into it."""
    return unfold(scope.get_by_label(re.compile(rf"^\s*{name}\b")).first)


def tick(scope: Locator, label: str) -> None:
    """The box of that name; a hint may stand behind the name."""
    scope.get_by_role("checkbox", name=re.compile(rf"^{re.escape(label)}\b")).first.check()


def choose(scope: Locator, label: str) -> None:
    """One of several, however they are offered: in a list, as buttons to choose from, or as links."""
    option = scope.locator("option").filter(has_text=re.compile(rf"^\s*{label}\s*$"))
    link = scope.get_by_role("link", name=label, exact=True)
    if option.count():
        option.locator("xpath=ancestor::select").select_option(label=label)
    elif link.count():
        address = scope.page.url
        link.click()
        expect(scope.page).not_to_have_url(address)
    else:
        scope.get_by_role("radio", name=label, exact=True).check()


def put(scope: Page | Locator, field: str, value: str) -> None:
    """A value into the field of that name in the contract, whether it is written, chosen or ticked."""
    controls = scope.locator(f'[name="{field}"]:not([type="hidden"])')
    kind = unfold(controls.first).evaluate("one => one.type")
    if kind.startswith("select"):
        controls.first.select_option(value=value)
    elif kind in ("radio", "checkbox") and controls.count() > 1:
        scope.locator(f'[name="{field}"][value="{value}"]').check()
    elif kind == "checkbox":
        controls.set_checked(bool(value))
    else:
        controls.first.fill(value)


def filter_of(page: Page, title: str) -> Locator:
    """One filter of the bar, open; the others are folded first, for they may lie over it."""
    fold_filters(page)
    return folded(page.locator("form#filters"), title)


def fold_filters(page: Page) -> None:
    for summary in page.locator("form#filters details[open] > summary").all():
        summary.click()


def apply(page: Page) -> None:
    fold_filters(page)
    press(page.locator("form#filters"), "Apply")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def download(page: Page, kind: str) -> Download:
    """The file behind one of the links below "Download"."""
    link = folded(page, "Download").get_by_role("link", name=kind, exact=True)
    with page.expect_download() as coming:
        link.click()
    return coming.value


def tab_to(thing: Locator) -> None:
    """Moves the focus there as somebody without a mouse does."""
    for _ in range(TABS_MAX):
        if thing.count() and thing.first.evaluate(HAS_FOCUS):
            return
        thing.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {thing}")


def enter(scope: Locator, role: Role, name: Name) -> None:
    """The same as `press` and `follow`, without a mouse."""
    anywhere = scope.get_by_role(role, name=name, include_hidden=True)
    expect(anywhere).not_to_have_count(0)
    closed = anywhere.first.locator("xpath=ancestor::details[not(@open)]")
    while closed.count():
        tab_to(closed.first.locator("> summary"))
        scope.page.keyboard.press("Enter")
    tab_to(scope.get_by_role(role, name=name))
    scope.page.keyboard.press("Enter")


def expect_heading(page: Page, name: Name) -> None:
    is_exact = isinstance(name, str)
    expect(page.get_by_role("heading", level=1, name=name, exact=is_exact)).to_have_count(1)
