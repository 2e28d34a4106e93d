"""Whatever bytes a page's body, query or path is made of: never a fault of the server (T2)."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import GETS, PAGES, POSTS, Atlas, Example, name_of
from tests.pages.http.conftest import Fresh
from tests.pages.http.furnishing import Ground, with_piece
from tests.pages.http.hostile_cases import BODIES, CSRF, FORM, PIECES, QUERIES
from tests.pages.http.sites import Unchanged
from tests.raw import Answer, send_raw
from tests.shares import share_of
from tests.track.asking import ADA

REFUSED_BY_FILES = ("past 63 bits", "negative", "floats", "days that are none")
SAME = (b"sec-fetch-site", b"same-origin")


class Sender:
    """Ada, or nobody, with a client that sends anything."""

    def __init__(self, ground: Ground, portal: BlockingPortal) -> None:
        self.ground = ground
        self._portal = portal

    def send(
        self,
        example: Example,
        path: str | None = None,
        query: bytes = b"",
        content_type: bytes = FORM,
        body: bytes = b"",
    ) -> Answer:
        visitor = self.ground.by(example.by)
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
        headers = [SAME, (b"cookie", cookies.encode()), (b"content-length", b"%d" % len(body))]
        if content_type:
            headers.append((b"content-type", content_type))
        where = self.ground.with_job(example.path) if path is None else path
        return self._portal.call(
            send_raw, self.ground.site.application, example.method, where, query, headers, body
        )


@pytest.fixture(scope="module", name="portal")
def fixture_portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(name="sender")
def fixture_sender(house: Ground, portal: BlockingPortal) -> Sender:
    """To the house that all share, for what only looks."""
    return Sender(house, portal)


@contextmanager
def own_sender(fresh: Fresh, portal: BlockingPortal) -> Iterator[Sender]:
    """To a house that may be changed."""
    with fresh() as ground:
        yield Sender(ground, portal)


def fault(answer: Answer) -> str | None:
    """What is wrong with an answer; a page that says no is right."""
    if answer.status >= 500 or answer.status < 200:
        return f"{answer.status} {answer.body[:200]!r}"
    return None


def only_faults(answers: dict[str, Answer]) -> dict[str, str]:
    told = {name: fault(answer) for name, answer in answers.items()}
    return {name: what for name, what in told.items() if what}


@pytest.mark.parametrize("row", POSTS, ids=name_of)
def test_no_body_breaks_a_page(
    fresh: Fresh, portal: BlockingPortal, atlas: Atlas, row: RouteRow
) -> None:
    """With the right text against forgery, so that all of it is read."""
    example = atlas.one(row)
    with own_sender(fresh, portal) as sender:
        csrf = sender.ground.csrf(example.by).encode()
        answers = {
            name: sender.send(example, content_type=kind, body=body.replace(CSRF, csrf))
            for name, (kind, body) in share_of(row, BODIES).items()
        }
        assert not only_faults(answers)
        assert sender.ground.site.visitor(ADA).get("/profile").status_code == 200


@pytest.mark.parametrize("row", POSTS, ids=name_of)
def test_a_body_beyond_the_limit_changes_nothing(
    sender: Sender, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    """1 MiB for forms (R9); uploads may be larger, but this one is none."""
    example = atlas.one(row)
    body = b"csrf=" + sender.ground.csrf(example.by).encode() + b"&name=" + b"x" * (1 << 20)
    answer = sender.send(example, body=body)
    assert 400 <= answer.status < 500 or answer.status == 303
    record.check()


@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_no_query_breaks_a_page(sender: Sender, atlas: Atlas, row: RouteRow) -> None:
    example = atlas.one(row)
    cases = share_of(row, QUERIES)
    if example.path.endswith("pdf"):  # which take a second each where the query is none
        cases = {name: query for name, query in cases.items() if name in REFUSED_BY_FILES}
    answers = {name: sender.send(example, query=query) for name, query in cases.items()}
    assert not only_faults(answers)


@pytest.mark.parametrize("row", PAGES, ids=name_of)
def test_no_piece_of_a_path_breaks_a_page(
    sender: Sender, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    """What is sent on is refused for its path, or for its form; nothing is changed."""
    example = atlas.one(row)
    path = sender.ground.with_job(example.path)
    places = [place for place, piece in enumerate(row.path.split("/")) if "{" in piece]
    answers = {
        f"{place} {name}": sender.send(example, with_piece(path, place, piece))
        for place in places
        for name, piece in share_of(row, PIECES).items()
    }
    assert not only_faults(answers)
    record.check()
