"""People in front of browsers: each visit has cookies of its own and is watched until the test is over."""

import base64

from playwright.sync_api import Browser, BrowserContext, Page

from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import Way
from tests.wire.agency import TOKENS

PATIENCE = 5_000  # milliseconds until something that should be there is missed


class Visitors:
    def __init__(self, browser: Browser, address: str, way: Way) -> None:
        self._browser, self._address, self._way = browser, address, way
        self._watches: dict[BrowserContext, Watch] = {}

    def come(self, by: int | None = None, way: Way | None = None) -> Page:
        """An empty page of a fresh browser; with `by` that person is signed in."""
        context = self._browser.new_context(base_url=self._address, **(way or self._way).options())
        context.set_default_timeout(PATIENCE)
        self._watches[context] = Watch(context, self._address)
        if by is not None:
            sign_in_by_token(context, by)
        return context.new_page()

    def watch(self, page: Page) -> Watch:
        return self._watches[page.context]

    def leave(self) -> list[str]:
        """All go; what was wrong with the pages they saw."""
        for context in self._watches:
            context.close()
        return [fault for watch in self._watches.values() for fault in watch.faults]


def sign_in_by_token(context: BrowserContext, by: int) -> None:
    """The quick way in, for tests that are not about signing in."""
    credentials = base64.b64encode(f"{TOKENS[by]}:api_token".encode()).decode()
    answer = context.request.post(
        "/api/v9/me/sessions", headers={"Authorization": f"Basic {credentials}"}
    )
    assert answer.ok, answer.text()
