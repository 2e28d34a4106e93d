"""Names and descriptions are text and nothing else, on every page that shows them."""

from collections.abc import Iterator

import pytest

from tests.pages.browser.gallery import VIEWS, Gallery, gallery_in, rename_everything
from tests.pages.browser.seats import Seats
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.ways import DESKTOP
from tests.shares import in_turn

PAYLOAD = (  # out of any text, attribute, title or script, and into a template; names may have 140 characters
    "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>"
    "</title></textarea><svg onload=alert(3)>{{7*191}}-->"
)
INJECTED = """document.querySelectorAll(
    "img[src=x], [onerror], [onload], [onfocus], iframe, script:not([src]), style, a[href^='javascript:']"
).length"""


def hostile(what: str) -> str:
    return f"{PAYLOAD} {what}"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    with gallery_in(tmp_path_factory.mktemp("hostile") / "agency", hostile) as opened:
        rename_everything(opened.site, hostile)
        yield opened


@pytest.mark.parametrize("part", range(4))
def test_no_page_takes_a_name_for_more_than_text(seats: Seats, gallery: Gallery, part: int) -> None:
    guests = Visitors(seats, gallery.site.address, DESKTOP)
    pages = {by: guests.come(by) for by in {view.by for view in VIEWS.values()}}
    for name in in_turn(list(VIEWS)[part::4], part, 3):
        page = pages[VIEWS[name].by]
        guests.watch(page).expect_status(VIEWS[name].status)
        gallery.show(page, name)
        assert (name, page.evaluate(INJECTED)) == (name, 0)
        assert "1337" not in page.inner_text("body"), name
    assert guests.leave() == []
