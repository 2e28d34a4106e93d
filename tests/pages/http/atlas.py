"""Every route of the pages with requests that lead there: those of the contract, and what links and forms tell."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urljoin, urlsplit

import httpx2 as httpx
import pytest
from starlette.routing import compile_path

from gnomon.web.route_row import RouteRow
from gnomon.web.routes import ROUTES
from tests.pages.http.contract import CONTRACT, Door, Shows
from tests.pages.http.forms import Pairs, forms_of, pairs_of
from tests.pages.http.furnishing import UPLOAD, Ground
from tests.pages.http.markup import Page
from tests.pages.http.visitor import HOST, Upload, form_at
from tests.track.asking import ADA
from tests.track.matrix_recipe import png

APIS = ("/api", "/reports/api")
NOT_PAGES = ("/openapi.json", "/docs", "/docs/assets/{name}", "/healthz", "/metrics")
PICTURES = ("/avatar.svg", "/logo.svg")
JOB = "1"  # as a piece of a path
CLOSED = ("/w/", "/profile", "/sign-out")
LEADS = "a[href], link[href], script[src], img[src], iframe[src], use[href]"
FILES: dict[str, Upload | None] = {
    "": None,
    "csv": {"file": ("time.csv", UPLOAD, "text/csv")},
    "png": {"file": ("logo.png", png(), "image/png")},
}


def is_page(row: RouteRow) -> bool:
    return not row.path.startswith(APIS) and row.path not in {*NOT_PAGES, *PICTURES}


PAGES = [row for row in ROUTES if is_page(row)]
POSTS = [row for row in PAGES if row.method == "POST"]
GETS = [row for row in PAGES if row.method == "GET"]


def name_of(row: RouteRow) -> str:
    return f"{row.method} {row.path}"


@cache
def row_of(method: str, path: str) -> RouteRow | None:
    """The route that a request takes: the first that fits, as the router has it."""
    for row in PAGES:
        if row.method == method and compile_path(row.path)[0].match(path):
            return row
    return None


@dataclass(frozen=True)
class Example:
    """A request that may be made; "{job}" in its path is an import of the asker's."""

    method: str
    path: str
    pairs: Pairs = field(default_factory=list)
    query: str = ""
    shows: Shows = Shows.PAGE
    for_all: bool = False
    file: str = ""
    works: bool = True
    is_told: bool = False  # its fields stand in the contract

    def __str__(self) -> str:
        return f"{self.method} {self.path}{self.query and '?'}{self.query}"

    @property
    def by(self) -> int | None:
        """Who can make it: those that are for all are made by nobody in particular."""
        return None if self.for_all else ADA

    def ask(
        self,
        ground: Ground,
        by: int | None,
        path: str | None = None,
        csrf: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """With the asker's own csrf unless it is given."""
        where = ground.with_job(self.path) if path is None else path
        visitor = ground.by(by)
        if self.method == "GET":
            return visitor.get(f"{where}{self.query and '?'}{self.query}", **headers)
        token = ground.csrf(by) if csrf is None else csrf
        pairs = [*self.pairs, ("csrf", token)]
        return visitor.post(where, pairs, FILES[self.file], **headers)


class Atlas:
    """By the name of the route."""

    def __init__(self, examples: dict[str, list[Example]]) -> None:
        self.examples = examples

    def of(self, row: RouteRow) -> list[Example]:
        found = self.examples.get(name_of(row), [])
        if not found:
            pytest.fail(
                f"nothing leads to {name_of(row)}: add it to tests/pages/http/contract.py,"
                " or a link or form to a page"
            )
        return found

    def one(self, row: RouteRow) -> Example:
        return self.of(row)[0]

    def pages(self) -> list[Example]:
        """Every page that can be looked at."""
        return [
            one
            for some in self.examples.values()
            for one in some
            if one.method == "GET" and one.shows is Shows.PAGE and one.works
        ]


def atlas_of(ground: Ground) -> Atlas:
    examples: dict[str, list[Example]] = {}
    for door in CONTRACT:
        path = ground.fill(door.path)
        row = row_of(door.method, path.replace("{job}", JOB))
        if row is not None:
            examples.setdefault(name_of(row), []).append(example_of(ground, door, path))
    for found in explored(ground, examples):
        examples[found[0]] = [found[1]]
    return Atlas(examples)


def example_of(ground: Ground, door: Door, path: str) -> Example:
    example = Example(
        door.method,
        path,
        query=ground.fill(door.query),
        shows=door.shows,
        for_all=door.for_all,
        file=door.file,
        works=door.works,
        is_told=door.fields is not None,
    )
    return replace(example, pairs=door_pairs(ground, door, path))


def door_pairs(ground: Ground, door: Door, path: str) -> Pairs:
    if door.method == "GET":
        return []
    if door.fields is not None:
        return [(name, ground.fill(value)) for name, value in pairs_of(door.fields)]
    with suppress(AssertionError):  # of which `test_forms.py` tells
        page = ground.by(ADA).read(ground.fill(door.on or door.path))
        return without_csrf(form_at(page, path).sample())
    return []


def without_csrf(pairs: Pairs) -> Pairs:
    return [(name, value) for name, value in pairs if name != "csrf"]


def explored(ground: Ground, known: dict[str, list[Example]]) -> Iterator[tuple[str, Example]]:
    """What is not in the contract but is led to by its pages, and by those in turn."""
    names = {*known}
    queue = [one for some in known.values() for one in some]
    while queue:
        asked = queue.pop(0)
        if asked.method != "GET" or not asked.works or asked.shows is not Shows.PAGE:
            continue
        try:
            answer = asked.ask(ground, asked.by)
        except AssertionError:  # no import, of which its own tests tell
            continue
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        page = Page(answer.content.decode(), answer.request.url.path)
        for example in leads_of(page):
            row = row_of(example.method, example.path)
            if row is None or name_of(row) in names:
                continue
            names.add(name_of(row))
            queue.append(example)
            yield name_of(row), example


def leads_of(page: Page) -> Iterator[Example]:
    """Where one can get from a page."""
    for node in page.all(LEADS):
        path, query = local(page, node.get("href") or node.get("src"))
        shows = Shows.PAGE if node.tag == "a" else Shows.FILE
        yield Example("GET", path, query=query, shows=shows, for_all=is_open(path))
    for form in forms_of(page):
        path, query = local(page, form.action)
        pairs = without_csrf(form.sample())
        yield Example(form.method, path, pairs, query, for_all=is_open(path))


def is_open(path: str) -> bool:
    return not path.startswith(CLOSED)


def local(page: Page, address: str) -> tuple[str, str]:
    """Path and query of an address of this server; of another's no path at all."""
    parts = urlsplit(urljoin(f"{HOST}{page.path}", address))
    is_ours = f"{parts.scheme}://{parts.netloc}" == HOST
    return (parts.path if is_ours else "", parts.query)
