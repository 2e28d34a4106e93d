"""No page of anybody else can act in somebody's name, and looking changes nothing (R3, T10)."""

from urllib.parse import urlencode

import httpx2 as httpx
import pytest

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import FILES, GETS, POSTS, Atlas, Example, is_open, name_of
from tests.pages.http.contract import Shows
from tests.pages.http.furnishing import Ground
from tests.pages.http.sites import Unchanged
from tests.pages.http.visitor import HOST, page_of
from tests.track.asking import ADA, BO

EVIL = "https://evil.example"
GUESSES: dict[str, str | None] = {  # instead of the text that the form carries
    "no csrf": None,
    "empty csrf": "",
    "wrong csrf": "x" * 43,
    "csrf of another browser": "another",
}
FORGERIES = {  # what the page of another site would send; a header that is empty is not sent
    "evil origin": {"origin": EVIL, "sec_fetch_site": ""},
    "origin with our name in it": {"origin": f"{HOST}.evil.example", "sec_fetch_site": ""},
    "null origin": {"origin": "null", "sec_fetch_site": ""},
    "cross-site": {"origin": EVIL, "sec_fetch_site": "cross-site"},
    "cross-site that hides its origin": {"origin": "", "sec_fetch_site": "cross-site"},
    "same-site": {"origin": "http://other.testserver", "sec_fetch_site": "same-site"},
    "text/plain": {"content_type": "text/plain"},
}
OVERRIDES: tuple[dict[str, str], ...] = (
    {},
    {"x_http_method_override": "POST"},
    {"x_method_override": "POST"},
)


def forged(ground: Ground, example: Example, **how: str | None) -> httpx.Response:
    """The example's own request, but for that."""
    by, path = example.by, ground.with_job(example.path)
    headers = {name: value for name, value in how.items() if name != "csrf" and value is not None}
    csrf = how.get("csrf", ground.csrf(by))
    if csrf == "another":
        csrf = another_csrf(ground, by)
    pairs = [*example.pairs] if csrf is None else [*example.pairs, ("csrf", csrf)]
    files = None if "content_type" in headers else FILES[example.file]
    return ground.by(by).post(path, pairs, files, **headers)


def another_csrf(ground: Ground, by: int | None) -> str:
    """Of somebody else, or of another browser of nobody."""
    if by is None:
        return ground.site.visitor().csrf()
    return ground.csrf(BO)


def assert_turned_away(answer: httpx.Response, *, is_public: bool) -> None:
    """A page that says no, or the way to sign in for whom a cookie does not count."""
    if answer.status_code == 303 and not is_public:
        assert answer.headers["location"].startswith("/sign-in")
        return
    page_of(answer, 403)


@pytest.mark.parametrize("how", FORGERIES.values(), ids=FORGERIES)
@pytest.mark.parametrize("row", POSTS, ids=name_of)
def test_what_another_site_sends_is_refused_and_changes_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, how: dict
) -> None:
    """Also should it know the right text."""
    refuse(house, atlas.one(row), record, **how)


@pytest.mark.parametrize("guess", GUESSES.values(), ids=GUESSES)
@pytest.mark.parametrize("row", [row for row in POSTS if not is_open(row.path)], ids=name_of)
def test_a_form_without_the_right_text_is_refused_and_changes_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, guess: str | None
) -> None:
    refuse(house, atlas.one(row), record, csrf=guess)


@pytest.mark.parametrize("guess", GUESSES.values(), ids=GUESSES)
@pytest.mark.parametrize("row", [row for row in POSTS if is_open(row.path)], ids=name_of)
def test_forms_for_all_carry_such_a_text_too(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, guess: str | None
) -> None:
    """Else somebody could be signed in as somebody else without knowing it."""
    refuse(house, atlas.one(row), record, csrf=guess)


def refuse(house: Ground, example: Example, record: Unchanged, **how: str | None) -> None:
    answer = forged(house, example, **how)
    if example.works:
        assert_turned_away(answer, is_public=example.for_all)
    else:
        assert answer.status_code in {303, 403, 404}
    assert (
        "set-cookie" not in answer.headers or "gnomon-session" not in answer.headers["set-cookie"]
    )
    record.check()


@pytest.mark.parametrize("row", POSTS, ids=name_of)
def test_a_get_that_says_it_is_a_post_changes_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow
) -> None:
    example = atlas.one(row)
    path = house.with_job(example.path)
    pairs = [*example.pairs, ("csrf", house.csrf(example.by)), ("_method", "POST")]
    for headers in OVERRIDES:
        answer = house.by(example.by).get(f"{path}?{urlencode(pairs)}", **headers)
        assert answer.status_code < 500
    record.check()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("row", GETS, ids=name_of)
def test_looking_changes_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, row: RouteRow, method: str
) -> None:
    """Not even what a form would send behind a question mark."""
    for example in atlas.of(row):
        if example.path.endswith("pdf") or (method == "HEAD" and example.shows is Shows.FILE):
            continue  # takes a second to be made and is made for other tests
        path = f"{house.with_job(example.path)}?{example.query}"
        answer = house.by(example.by).get(path, method)
        assert answer.status_code < 500
        assert method == "GET" or not answer.content
    record.check()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(
    house: Ground, record: Unchanged, atlas: Atlas, method: str
) -> None:
    for row in POSTS:
        example = atlas.one(row)
        answer = house.by(example.by).get(house.with_job(example.path), method)
        assert 400 <= answer.status_code < 500
    record.check()


def test_a_link_on_another_site_leads_in_but_frames_and_scripts_do_not(house: Ground) -> None:
    """Who follows a link in a mail is signed in; what another site's page fetches by itself is not."""
    ada = house.by(ADA)
    assert ada.get("/w/10/timer", sec_fetch_site="cross-site").status_code == 200
    for mode, destination in (("no-cors", "image"), ("cors", "empty"), ("navigate", "iframe")):
        answer = ada.get(
            "/w/10/timer",
            sec_fetch_site="cross-site",
            sec_fetch_mode=mode,
            sec_fetch_dest=destination,
        )
        assert answer.status_code in {303, 403}


def test_csrf_outlives_neither_its_session_nor_a_sign_out(ground: Ground) -> None:
    """What was read before somebody signed out is worth nothing to who signs in after him."""
    old = ground.csrf(ADA)
    visitor = ground.site.visitor(BO)
    path, pairs = "/w/10/timer/start", [("description", "forged"), ("place", ""), ("csrf", old)]
    record = Unchanged(ground.site)
    page_of(visitor.post(path, pairs), 403)
    record.check()
