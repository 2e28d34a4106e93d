"""People in front of browsers: each visit has cookies of its own and is watched until the test is over."""

import base64

from playwright.sync_api import BrowserContext, Page

from tests.pages.browser.seats import Seat, Seats
from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import Way
from tests.wire.agency import TOKENS


class Visitors:
    def __init__(self, seats: Seats, address: str, way: Way) -> None:
        self._seats, self._address, self._way = seats, address, way
        self._taken: dict[Page, Seat] = {}

    def come(self, by: int | None = None, way: Way | None = None) -> Page:
        """An empty page of a browser that knows nothing; with `by` that person is signed in."""
        seat = self._seats.take(self._address, way or self._way)
        self._taken[seat.page] = seat
        if by is not None:
            sign_in_by_token(seat.page.context, by)
        return seat.page

    def watch(self, page: Page) -> Watch:
        return self._taken[page].watch

    def leave(self) -> list[str]:
        """All go; what was wrong with the pages they saw."""
        faults = [fault for seat in self._taken.values() for fault in seat.watch.faults]
        for seat in self._taken.values():
            self._seats.give_back(seat)
        self._taken.clear()
        return faults


def sign_in_by_token(context: BrowserContext, by: int) -> None:
    """The quick way in, for tests that are not about signing in."""
    credentials = base64.b64encode(f"{TOKENS[by]}:api_token".encode()).decode()
    answer = context.request.post(
        "/api/v9/me/sessions", headers={"Authorization": f"Basic {credentials}"}
    )
    assert answer.ok, answer.text()
