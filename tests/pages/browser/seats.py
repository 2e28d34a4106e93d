"""Browser contexts that are used again, emptied: a fresh one costs more time than most of what is done in it."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page

from tests.pages.browser.watch import Watch
from tests.pages.browser.ways import VIEWPORTS, Way

PATIENCE = 5_000  # milliseconds until something that should be there is missed
IDLE_MAX = 8
BLANK = "about:blank"
FORGET = "() => { localStorage.clear(); sessionStorage.clear() }"


@dataclass
class Seat:
    address: str
    way: Way
    page: Page
    watch: Watch


class Seats:
    """`take` one for an address and a way of looking, `give_back` when the test is over."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[Seat] = []

    def take(self, address: str, way: Way) -> Seat:
        for seat in self._idle:
            if (seat.address, seat.way) == (address, way):
                self._idle.remove(seat)
                seat.watch.begin_anew()
                return seat
        context = self._browser.new_context(base_url=address, **way.options())
        context.set_default_timeout(PATIENCE)
        if way.now is not None:
            context.clock.set_fixed_time(way.now)
        watch = Watch(context, address)
        return Seat(address, way, context.new_page(), watch)

    def give_back(self, seat: Seat) -> None:
        """One that cannot be emptied, or that nobody asked for for long, is closed."""
        try:
            _empty(seat)
            self._idle.append(seat)
        except Error:
            seat.page.context.close()
        while len(self._idle) > IDLE_MAX:
            self._idle.pop(0).page.context.close()


def _empty(seat: Seat) -> None:
    page, context = seat.page, seat.page.context
    for other in context.pages:
        if other is not page:
            other.close()
    page.unroute_all(behavior="ignoreErrors")
    if page.url.startswith(seat.address):
        page.evaluate(FORGET)
    page.goto(BLANK)
    context.clear_cookies()
    context.clear_permissions()
    page.set_viewport_size(VIEWPORTS[seat.way.device])
    page.emulate_media(color_scheme=seat.way.scheme)
