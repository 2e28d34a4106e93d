"""The pages that were promised are there, each is led to, and each works for whoever may use it."""

import pytest

from gnomon.web.route_row import RouteRow
from tests.pages.http.atlas import JOB, PAGES, POSTS, Atlas, Example, name_of, row_of
from tests.pages.http.conftest import Fresh
from tests.pages.http.contract import CONTRACT, Door, Shows
from tests.pages.http.furnishing import Ground
from tests.pages.http.markup import Page
from tests.pages.http.sites import Unchanged
from tests.pages.http.visitor import page_of
from tests.track.asking import ADA

HEADINGS = {
    "/sign-in": "Sign in",
    "/w/10/timer": "Timer",
    "/w/10/reports/summary": "Reports",
    "/w/10/reports/detailed": "Reports",
    "/w/10/reports/weekly": "Reports",
    "/w/10/saved": "Saved reports",
    "/w/10/projects": "Projects",
    "/w/10/import": "Import",
    "/profile": "Profile",
}


def test_there_are_pages() -> None:
    assert PAGES


@pytest.mark.parametrize("door", CONTRACT, ids=str)
def test_what_was_promised_has_a_route(house: Ground, door: Door) -> None:
    path = house.fill(door.path)
    names = (JOB, "f" * 32, "00000000-0000-4000-8000-000000000000")
    assert any(row_of(door.method, path.replace("{job}", name)) for name in names)


@pytest.mark.parametrize("row", PAGES, ids=name_of)
def test_every_route_is_led_to(atlas: Atlas, row: RouteRow) -> None:
    """Else nothing here would try it: not who may see it, not forged forms, not hostile bytes."""
    assert atlas.of(row)


@pytest.mark.parametrize("row", [row for row in PAGES if row.method == "GET"], ids=name_of)
def test_what_can_be_looked_at_is_shown(house: Ground, atlas: Atlas, row: RouteRow) -> None:
    for example in atlas.of(row):
        answer = example.ask(house, example.by)
        if not example.works:
            assert answer.status_code in {303, 404}
        elif example.shows is Shows.AWAY:
            assert answer.status_code == 303
        elif "html" in answer.headers["content-type"]:
            assert example.shows is Shows.PAGE
            assert page_of(answer).all("h1")
        else:
            assert answer.status_code == 200
            assert answer.content


@pytest.mark.parametrize(("path", "heading"), HEADINGS.items())
def test_pages_have_their_headings(house: Ground, path: str, heading: str) -> None:
    by = None if path == "/sign-in" else ADA
    assert house.by(by).read(path).one("h1").text == heading


@pytest.mark.parametrize("row", POSTS, ids=name_of)
def test_what_is_sent_from_ones_own_form_is_taken(
    fresh: Fresh, atlas: Atlas, row: RouteRow
) -> None:
    """Else the refusals of the other tests would say nothing; what the contract describes changes the record."""
    for example in atlas.of(row):
        with fresh() as ground:
            ground.csrf(example.by)
            ground.with_job(example.path)
            ground.site.open_session(ADA)  # in another browser, which can be signed out from here
            record = Unchanged(ground.site)
            answer = example.ask(ground, example.by)
            if not example.works:
                assert answer.status_code in {303, 403, 404}
                record.check()
                continue
            shown = Page(answer.text).all("[role=alert]")
            assert answer.status_code in {200, 303}, [node.text for node in shown]
            if must_write(example):
                assert ground.site.dump() != record.last


def must_write(example: Example) -> bool:
    """A form that was found may be sent as it stands; an import goes on by itself, and who opens a report only looks."""
    is_read_only = example.path.startswith(("/shared-report/", "/forgotten-password"))
    return example.is_told and not is_read_only and "/import" not in example.path
