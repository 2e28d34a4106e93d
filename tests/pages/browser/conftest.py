"""A server with an agency of a test's own, and people who visit its pages with Debian's Chromium."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.pages.browser.gallery import Gallery, gallery_in
from tests.pages.browser.seats import PATIENCE, Seats
from tests.pages.browser.site import Site, Stage, open_stage, site_on
from tests.pages.browser.visitors import Visitors
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import DESKTOP, Way
from tests.shares import is_deep
from tests.track.asking import ADA, BO

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A journey that can be made in several ways is made in one of them; in all with `make test-browser`."""
    if is_deep():
        return
    ways: dict[str, list[pytest.Item]] = {}
    for item in items:
        if isinstance(item, pytest.Function) and item.get_closest_marker("in_turn"):
            ways.setdefault(item.nodeid.split("[")[0], []).append(item)
    left_out = {
        item
        for name, several in ways.items()
        for number, item in enumerate(several)
        if number != crc32(name.encode()) % len(several)
    }
    config.hook.pytest_deselected(items=[*left_out])
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all tests of this folder in a worker; it must be gone before others run an event loop in this thread."""
    assert CHROMIUM.exists(), "The tests need Chromium: sh tools/install-chromium"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="package")
def seats(browser: Browser) -> Seats:
    return Seats(browser)


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """The server of all tests of this folder in a worker."""
    with open_stage() as running:
        yield running


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """Something of everything, for tests that only look."""
    with gallery_in(tmp_path_factory.mktemp("gallery") / "agency") as opened:
        yield opened


@pytest.fixture
def guests(seats: Seats, gallery: Gallery, way: Way) -> Iterator[Visitors]:
    """Whoever comes to the gallery."""
    people = Visitors(seats, gallery.site.address, way)
    yield people
    faults = people.leave()
    assert not faults, "\n".join(faults)


@pytest.fixture
def site(stage: Stage, tmp_path: Path) -> Iterator[Site]:
    """An agency of the test's own on that server, with a clock that the test sets."""
    with site_on(stage, tmp_path / "agency") as shown:
        yield shown


@pytest.fixture
def way() -> Way:
    """How the test looks at pages, unless it is parametrized with a `way`."""
    return DESKTOP


@pytest.fixture
def visitors(seats: Seats, site: Site, way: Way) -> Iterator[Visitors]:
    """Whoever comes; the test fails if a page of theirs did what no page may (`watch.py`)."""
    people = Visitors(seats, site.address, way)
    yield people
    faults = people.leave()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(visitors: Visitors) -> Page:
    """Of somebody whom the server does not know."""
    return visitors.come()


@pytest.fixture
def ada(visitors: Visitors) -> Page:
    """Of Ada, an admin, who is signed in and sees it all; something of hers is running."""
    return visitors.come(ADA)


@pytest.fixture
def bo(visitors: Visitors) -> Page:
    """Of Bo, a member, who is signed in, lives in New York and sees no amounts; nothing of his is running."""
    return visitors.come(BO)


@pytest.fixture
def watch(visitors: Visitors, page: Page) -> Watch:
    """Over `page`."""
    return visitors.watch(page)
