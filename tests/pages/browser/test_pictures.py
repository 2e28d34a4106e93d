"""The main pages look as they did: on a desk in the light, on a phone in the dark, at a moment that stands still."""

from dataclasses import replace

import pytest
from playwright.sync_api import ViewportSize

from tests.pages.browser.gallery import VIEWS, Gallery
from tests.pages.browser.looks import assert_looks_as_stored
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import DARK_PHONE, DESKTOP, VIEWPORTS, Way, in_turn
from tests.wire.agency import NOW

HEIGHT = "Math.max(innerHeight, document.scrollingElement.scrollHeight)"
MAIN = ("sign-in", "timer", "summary", "detailed", "weekly", "saved", "shared-summary", "project")


@in_turn(replace(DESKTOP, now=NOW), replace(DARK_PHONE, now=NOW))
@pytest.mark.parametrize("name", MAIN)
def test_a_page_looks_as_stored(guests: Visitors, gallery: Gallery, name: str, way: Way) -> None:
    page = guests.come(VIEWS[name].by)
    gallery.show(page, name)
    page.evaluate("document.fonts.ready")
    # what sticks to the window's foot shall lie at the page's
    width = VIEWPORTS[way.device]["width"]
    page.set_viewport_size(ViewportSize(width=width, height=page.evaluate(HEIGHT)))
    picture = page.screenshot(animations="disabled", caret="hide")
    assert_looks_as_stored(picture, f"{name}-{way.device}-{way.scheme}")
