"""A colour is `#rrggbb` or nothing: on write, and on read should the record hold another (T11)."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, update

from gnomon.store.schema import projects
from tests.pages.http.conftest import Fresh
from tests.pages.http.dangers import HEX_COLOR, dangers_of
from tests.pages.http.forms import Form
from tests.pages.http.furnishing import Ground
from tests.pages.http.markup import Page
from tests.pages.http.payloads import BAD_COLORS
from tests.pages.http.sites import Unchanged, site_of, site_with
from tests.pages.http.visitor import form_at
from tests.track.asking import ADA, AGENCY
from tests.wire.agency import AGENCY as WORLD
from tests.wire.agency import at, entry
from tests.worlds.loader import load_world
from tests.worlds.world import Project

CANARY = "canary-color"
IN_RECORD = tuple(f"{bad[:200]}{CANARY}" for bad in BAD_COLORS) + (CANARY, "#0b83d9" + CANARY)
PAGES = (
    "/w/10/timer",
    "/w/10/reports/summary?from=2026-01-01&to=2026-01-31&open=all",
    "/w/10/reports/summary?from=2026-01-01&to=2026-01-31&open=all&by=users&then=projects",
    "/w/10/reports/detailed?from=2026-01-01&to=2026-01-31",
    "/w/10/reports/weekly?from=2026-01-05&to=2026-01-11",
    "/w/10/projects",
    "/w/10/projects/30",
)


def color_field(form: Form) -> str:
    """The name of the field that takes a project's colour."""
    named = [one for one in form.names() if one in ("color", "colour")]
    kinds = [one.get("name") for one in form.controls() if one.get("type") == "color"]
    assert named or kinds, form
    return [*named, *kinds][0]


@pytest.mark.parametrize("path", ["/w/10/projects/new", "/w/10/projects/{project_id}"])
def test_a_bad_color_is_refused(house: Ground, record: Unchanged, path: str) -> None:
    ada, where = house.by(ADA), house.fill(path)
    form = form_at(ada.read(where), where)
    name = color_field(form)
    for bad in (one for one in BAD_COLORS if one == one.strip()):
        pairs = [(key, bad if key == name else value) for key, value in form.sample()]
        if name not in dict(pairs):
            pairs.append((name, bad))
        answer = ada.post(where, pairs)
        assert 400 <= answer.status_code < 500, bad
        assert not dangers_of(Page(answer.text))
        record.check()


def test_a_good_color_is_taken(fresh: Fresh) -> None:
    """In either case of letters; it is told again as it was given, or in small letters."""
    with fresh() as ground:
        where = ground.fill("/w/10/projects/{project_id}")
        form = form_at(ground.by(ADA).read(where), where)
        name = color_field(form)
        pairs = [pair for pair in form.sample() if pair[0] != name]
        assert ground.by(ADA).post(where, [*pairs, (name, "#C0FFEE")]).status_code == 303
        told = ground.site.get(f"/workspaces/{AGENCY}/projects/{where.rpartition('/')[2]}")
        assert told["color"].lower() == "#c0ffee"


def fill_with_bad_colors(connection: Connection) -> None:
    """A project, with an entry, for each colour that somebody wrote past all checks."""
    numbers = range(len(IN_RECORD))
    projects_of = tuple(Project(30 + number, f"Project {number}") for number in numbers)
    entries = tuple(
        entry(1_000 + number, ADA, at(5, 8), 10 + number, project_id=30 + number)
        for number in numbers
    )
    load_world(connection, replace(WORLD, projects=projects_of, tasks=(), entries=entries))
    for number, bad in enumerate(IN_RECORD):
        of_it = projects.c.project_id == 30 + number
        connection.execute(update(projects).where(of_it).values(color=bad))


def test_a_bad_color_in_the_record_is_not_shown() -> None:
    with site_with(fill_with_bad_colors) as site:
        ada = site.visitor(ADA)
        singles = [f"/w/10/projects/{30 + number}" for number in range(len(IN_RECORD))]
        for path in (*PAGES, *singles):
            page = ada.read(path)
            is_told = CANARY in page.source
            assert not is_told, path
            assert not dangers_of(page)[:3]


def test_colors_that_are_shown_are_colors() -> None:
    with site_of(WORLD) as site:
        ada = site.visitor(ADA)
        for node in (node for path in PAGES for node in ada.read(path).walk()):
            values = [node.get(name) for name in ("fill", "stroke", "stop-color", "data-color")]
            told = [value for value in values if value.startswith("#")]
            told += [node.get("value")] if node.get("type") == "color" else []
            assert all(HEX_COLOR.fullmatch(value) for value in told), node
