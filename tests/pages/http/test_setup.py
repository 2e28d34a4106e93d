"""The first start in a browser: only on the machine itself, only with the code, only while nobody is there."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic

import httpx2 as httpx
import pytest

from tests.pages.http.contract import FOUNDER
from tests.pages.http.forms import pairs_of
from tests.pages.http.furnishing import Ground
from tests.pages.http.markup import Page
from tests.pages.http.sites import Site, Unchanged, site_with
from tests.pages.http.visitor import SENDING, Visitor, form_at, where_to
from tests.running import COMMAND, clean_environment

HOME, HOME_6, ELSEWHERE = "127.0.0.1", "::1", "203.0.113.9"
STARTS_SECONDS_MAX = 60


@pytest.fixture(name="empty")
def fixture_empty() -> Iterator[Site]:
    """A record without any account."""
    with site_with(lambda _: None) as site:
        yield site


@pytest.mark.parametrize("address", [HOME, HOME_6])
def test_where_nobody_is_one_is_led_to_the_setup(empty: Site, address: str) -> None:
    visitor = empty.visitor(address=address)
    assert where_to(visitor.get("/")) == "/setup"
    form = form_at(visitor.read("/setup"), "/setup")
    assert {*FOUNDER} <= form.names()


@pytest.mark.parametrize("address", [ELSEWHERE, "10.0.0.1", "127.0.0.1.example", "", "testclient"])
def test_from_elsewhere_there_is_no_setup(empty: Site, address: str) -> None:
    record, visitor = Unchanged(empty), empty.visitor(address=address)
    assert visitor.get("/setup").status_code in {403, 404}
    for more in ({}, {"x_forwarded_for": HOME}, {"forwarded": f"for={HOME}"}, {"x_real_ip": HOME}):
        answer = visitor.post("/setup", pairs_of(FOUNDER), **more)
        assert answer.status_code in {403, 404}
        assert visitor.get("/setup", **more).status_code in {403, 404}
    record.check()


def test_without_the_code_nothing_is_founded(empty: Site) -> None:
    visitor = empty.visitor(address=HOME)
    record = Unchanged(empty)
    for code in ("", "x" * 43, "0", "None", "\x00", "%", "x" * 5_000):
        form = form_at(visitor.read("/setup"), "/setup")
        answer = visitor.submit(form, {**FOUNDER, "code": code})
        assert answer.status_code in {400, 403, 422}
        assert Page(answer.text).all("[role=alert]")
    record.check()


def test_guesses_at_the_code_are_counted(empty: Site) -> None:
    visitor = empty.visitor(address=HOME)
    form = form_at(visitor.read("/setup"), "/setup")
    answers = [visitor.submit(form, {**FOUNDER, "code": f"guess {n}"}) for n in range(12)]
    assert answers[-1].status_code == 429


def test_where_somebody_is_there_is_no_setup(house: Ground, record: Unchanged) -> None:
    visitor = house.site.visitor(address=HOME)
    assert visitor.get("/setup").status_code in {303, 404}
    answer = visitor.post("/setup", [*pairs_of(FOUNDER), ("csrf", visitor.csrf())])
    assert answer.status_code in {303, 403, 404}
    assert where_to(visitor.get("/")).startswith("/sign-in")
    record.check()


class Started:
    """A real server on an empty folder, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: Queue[str] = Queue()
        self.said = ""
        for stream in (process.stdout, process.stderr):
            Thread(target=self._listen, args=(stream,), daemon=True).start()

    def _listen(self, stream) -> None:
        for line in stream:
            self._lines.put(line)

    def hear(self, pattern: str) -> str:
        """Wait until it says something of that form."""
        end = monotonic() + STARTS_SECONDS_MAX
        while not (found := re.search(pattern, self.said, re.IGNORECASE)):
            assert monotonic() < end, self.said
            try:
                self.said += self._lines.get(timeout=1)
            except Empty:
                continue
        return found[1]


@contextmanager
def started(data: Path) -> Iterator[Started]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--data", str(data)],
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Started(process)
    finally:
        process.kill()
        process.communicate(timeout=STARTS_SECONDS_MAX)


def test_the_code_that_the_server_prints_opens_the_house(tmp_path: Path) -> None:
    """Once: who founds it is signed in, and the code is worth nothing any more."""
    with started(tmp_path / "data") as server:
        address = server.hear(r"(http://127\.0\.0\.1:\d+)")
        code = server.hear(r"\bcode\b[^\w-]+(?:is[^\w-]+)?([\w-]{6,})")
        with httpx.Client(base_url=address, headers={**SENDING, "origin": address}) as http:
            form = form_at(Page(http.get("/setup").text, "/setup"), "/setup")
            pairs = form.filled({**FOUNDER, "code": code})
            answer = http.post("/setup", data=dict(pairs))
            assert answer.status_code == 303, answer.text
            assert http.get("/", follow_redirects=True).url.path.endswith("/timer")
            assert http.get("/setup").status_code in {303, 404}
            assert http.post("/setup", data=dict(pairs)).status_code in {303, 403, 404}


def test_a_visitor_is_somebody_from_elsewhere_unless_he_says_so(empty: Site) -> None:
    """Else the tests above would say nothing."""
    assert Visitor(empty.application).get("/setup").status_code in {403, 404}
