"""Texts of users are text on every page, whatever they look like (T11)."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest

from tests.pages.http.atlas import row_of
from tests.pages.http.contract import REPORTS
from tests.pages.http.dangers import dangers_of, skeleton_of, texts_of
from tests.pages.http.hostile_world import (
    ADA,
    COUNT,
    ENTRY,
    HARMLESS,
    ONE_OF_EACH,
    PROJECT,
    WORKSPACE,
    hostile_site,
    share_token,
)
from tests.pages.http.markup import Page, plain
from tests.pages.http.payloads import EVERYTHING, LONG, PAYLOADS, SHORT
from tests.pages.http.sites import Site, site_of
from tests.pages.http.visitor import Visitor, form_at, page_of
from tests.shares import in_turn, is_deep
from tests.wire.agency import AGENCY

W = f"/w/{WORKSPACE}"
WEEK = "from=2026-01-05&to=2026-01-11"
BYS = ("projects", "clients", "tags")
THENS = ("time_entries", "tasks", "users")
GROUPED = [f"by={by}&then={then}" for by, then in zip(BYS, THENS, strict=True)]
LISTS = {  # pages, and whether every payload must be somewhere on them
    f"{W}/timer": True,
    f"{W}/timer?edit={ENTRY}": True,
    f"{W}/reports/detailed?{WEEK}": False,
    f"{W}/reports/detailed?{WEEK}&page=2&sort=description": False,
    f"{W}/reports/weekly?{WEEK}": True,
    f"{W}/reports/weekly?{WEEK}&by=projects&show=amounts": True,
    f"{W}/saved": True,
    f"{W}/projects": True,
    f"{W}/projects/new": False,
    f"{W}/clients": True,
    f"{W}/tags": True,
    f"{W}/people": True,
    f"{W}/settings": False,
    f"{W}/import": False,
    "/profile": False,
    **{f"{W}/reports/summary?{WEEK}&open=all&rates=on&{one}": True for one in GROUPED},
    f"{W}/reports/summary?{WEEK}": True,
    f"{W}/reports/summary?{WEEK}&project={PROJECT}&project=none": False,
}
KEYS = ("description", "period", "by", "sort", "open", "from", "nobody")
SINGLES = ("projects", "people", "saved", "clients", "groups", "tags", "shared-report")

TURNS = 7


@pytest.fixture(name="hostile", scope="module")
def fixture_hostile() -> Iterator[Site]:
    with hostile_site(PAYLOADS, EVERYTHING) as site:
        yield site


@pytest.fixture(name="harmless", scope="module")
def fixture_harmless() -> Iterator[Site]:
    with hostile_site(HARMLESS, "Everything") as site:
        yield site


@pytest.fixture(name="ada", scope="module")
def fixture_ada(hostile: Site) -> Visitor:
    return hostile.visitor(ADA)


@pytest.fixture(name="other_ada", scope="module")
def fixture_other_ada(harmless: Site) -> Visitor:
    return harmless.visitor(ADA)


def assert_only_text(page: Page, twin: Page) -> None:
    """Nothing dangerous, and not an element or attribute more or less than with harmless texts."""
    dangers = dangers_of(page)[:5]
    assert not dangers
    shown, right = skeleton_of(page), skeleton_of(twin)
    added, lost = [*(shown - right).items()][:5], [*(right - shown).items()][:5]
    assert (added, lost) == ([], [])


@pytest.mark.parametrize(("path", "has_all"), LISTS.items())
def test_lists_hold_hostile_texts_as_text(
    ada: Visitor, other_ada: Visitor, path: str, *, has_all: bool
) -> None:
    page = ada.read(path)
    assert_only_text(page, other_ada.read(path))
    if has_all:
        told = texts_of(page)
        missing = [one for one in SHORT if plain(one) not in told]
        assert not missing


def numbers_of(kind: str) -> list[int]:
    """A seventh of the payloads for each kind of page, of every kind another; all in `make test-deep`."""
    if is_deep():
        return [*range(COUNT)]
    return [*range(SINGLES.index(kind), COUNT, len(SINGLES))]


def address_of(kind: str, number: int) -> str:
    if kind == "shared-report":
        return f"/shared-report/{share_token(number)}"
    return f"{W}/{kind}/{ONE_OF_EACH[kind] + number}"


@pytest.mark.parametrize("kind", SINGLES)
def test_the_page_of_one_thing_holds_its_texts_as_text(
    ada: Visitor, other_ada: Visitor, kind: str
) -> None:
    if row_of("GET", address_of(kind, 0)) is None:
        return  # there is no such page
    twin = other_ada.read(address_of(kind, 1))
    for number in numbers_of(kind):
        page = ada.read(address_of(kind, number))
        assert_only_text(page, twin)
        is_told = plain(PAYLOADS[number])[:LONG] in texts_of(page)
        assert is_told, number


def test_the_public_page_tells_strangers_no_more_and_no_less(hostile: Site, harmless: Site) -> None:
    for number in (0, COUNT // 2):
        path = address_of("shared-report", number)
        page = hostile.visitor().read(f"{path}?open=all")
        assert_only_text(page, harmless.visitor().read(f"{path}?open=all"))
        assert "@example.com" not in page.source


@pytest.fixture(name="reader", scope="module")
def fixture_reader() -> Iterator[Visitor]:
    """Of a small agency, whose pages are short."""
    with site_of(AGENCY) as site:
        yield site.visitor(ADA)


@pytest.mark.parametrize(("place", "key"), tuple(enumerate(KEYS)), ids=str)
@pytest.mark.parametrize("report", REPORTS)
def test_what_the_address_says_is_text(reader: Visitor, report: str, place: int, key: str) -> None:
    """All payloads at once, and some of them alone, for each key others."""
    for text in (EVERYTHING, *SHORT[place :: len(KEYS)]):
        answer = reader.get(f"{W}/reports/{report}?{WEEK}&{urlencode({key: text})}")
        page = page_of(answer, answer.status_code)
        assert answer.status_code in {200, 400}
        dangers = dangers_of(page)[:5]
        assert not dangers


def test_what_is_typed_into_the_front_door_is_text(hostile: Site) -> None:
    visitor = hostile.visitor()
    for text in SHORT[::5]:
        page = visitor.read(f"/sign-in?{urlencode({'next': text})}")
        assert not dangers_of(page)
        form = form_at(page, "/sign-in")
        answer = visitor.submit(form, {"email": text, "password": text}, "Sign in")
        assert not dangers_of(page_of(answer, answer.status_code))


@pytest.mark.parametrize(
    "start", ["/shared-report/", "/invitation/", "/reset-password/", "/w/", f"{W}/projects/", "/"]
)
def test_what_stands_in_a_path_is_text(ada: Visitor, start: str) -> None:
    for text in in_turn(SHORT, len(start), TURNS):
        answer = ada.get(start + quote(text, safe=""))
        assert answer.status_code in {303, 400, 404, 429}
        if answer.status_code != 303 and "html" in answer.headers["content-type"]:
            assert not dangers_of(Page(answer.text))


def test_no_header_holds_what_a_user_gave_as_two_lines(ada: Visitor) -> None:
    text = "a\r\nSet-Cookie: evil=1"
    for where in (
        f"{W}/reports/summary?{WEEK}&{urlencode({'description': text})}",
        f"/sign-in?{urlencode({'next': text})}",
        f"{W}/reports/summary.csv?{WEEK}&{urlencode({'description': text})}",
    ):
        assert "evil" not in str(ada.get(where).headers)
