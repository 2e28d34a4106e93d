"""How the isolation matrix asks, what it compares and how it sees that nothing was changed."""

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import httpx2 as httpx
from sqlalchemy import MetaData

from gnomon.web.routes import ROUTES
from tests.track.asking import ADA, Asker
from tests.track.matrix_recipe import Recipe
from tests.track.matrix_recipes import ME, RECIPES
from tests.track.matrix_things import Things
from tests.wire.agency import PASSWORD, agency_services

COVERED = ("/api/v9/", "/api/v9", "/reports/api/v3/workspace/")
VOLATILE = re.compile(r"session|counter|alembic|quota|attempt|failed_sign")
UNTOLD = {"x-request-id", "x-toggl-request-id", "content-length", "x-service-level", "retry-after"}
NAMES = count(1)


class Answer(NamedTuple):
    """What may be told apart: everything but the numbers that were sent."""

    status: int
    headers: tuple[str, ...]
    text: str


@contextmanager
def mailing_agency_at(folder: Path) -> Iterator[Asker]:
    """The agency of a prepared folder, with a mail server to plan schedules for."""
    (folder / "gnomon.lock").unlink(missing_ok=True)
    is_new = not (folder / "gnomon.db").exists()
    with agency_services(folder, is_new=is_new) as services:
        yield Asker(replace(services, can_mail=True))


def bare(path: str) -> str:
    """A path whose parameters have no names, so that only their places count."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def covered_routes() -> list[tuple[str, str]]:
    """Method and path of every route that the matrix is about."""
    return [(row.method, row.path) for row in ROUTES if row.path.startswith(COVERED)]


def recipes_of(method: str, path: str) -> list[Recipe]:
    return [one for one in RECIPES if one.method == method and bare(one.path) == bare(path)]


def cases() -> list[Recipe]:
    """Every recipe of every route there is."""
    return [recipe for route in covered_routes() for recipe in recipes_of(*route)]


def parameters(recipe: Recipe) -> dict[str, str]:
    """The path's parameters that are ids, each with its kind; a list of ids is of the kind of one."""
    names = [name for name in re.findall(r"\{([^}]*)\}", recipe.path) if name not in recipe.fixed]
    return {name: recipe.kinds.get(name, name.removesuffix("s")) for name in names}


def own_path(recipe: Recipe, own: Mapping[str, Any]) -> dict[str, Any]:
    kinds = parameters(recipe)
    return {name: own[recipe.own.get(name, kind)] for name, kind in kinds.items()}


def variations(things: Things, recipe: Recipe, by: int) -> Iterator[dict[str, dict[str, Any]]]:
    """Path values by fate: one parameter after the other is not the asker's, then all things at once."""
    own = own_path(recipe, things.own[by])
    kinds = parameters(recipe)
    for name, kind in kinds.items():
        absent = things.absent_for(by, kind)
        yield {
            f"{fate} {place}": own | {name: value}
            for fate, values in absent.items()
            for place, value in enumerate(values)
        }
    inner = {name: kind for name, kind in kinds.items() if kind != "workspace_id"}
    if len(inner) > 1:
        yield together(things, own, inner, by)


def together(
    things: Things, own: dict[str, Any], kinds: dict[str, str], by: int
) -> dict[str, dict[str, Any]]:
    """A foreign task of a foreign project, a hidden one of a hidden one."""
    found = {}
    absent = {name: things.absent_for(by, kind) for name, kind in kinds.items()}
    for fate in ("unknown", "foreign", "deleted", "hidden"):
        if all(absent[name].get(fate) for name in kinds):
            found[f"{fate} 0"] = own | {name: absent[name][fate][0] for name in kinds}
    return found


def fill(body: Any, own: Mapping[str, Any]) -> Any:
    """A body with "$kind" and "$name" filled in."""
    if isinstance(body, dict):
        return {key: fill(value, own) for key, value in body.items()}
    if isinstance(body, list):
        return [fill(value, own) for value in body]
    if body == "$name":
        return f"Name {next(NAMES)}"
    return own[body[1:]] if isinstance(body, str) and body.startswith("$") else body


def send(
    agency: Asker,
    recipe: Recipe,
    by: int | None,
    values: Mapping[str, Any],
    own: Mapping[str, Any],
) -> httpx.Response:
    """The recipe's request with these path values and a body of one's own things."""
    path = recipe.path.format(**values, **recipe.fixed)
    more: dict[str, Any] = {}
    if recipe.files is not None:
        more["files"] = recipe.files
    elif recipe.body is not None:
        more["json"] = fill(recipe.body, own)
    if recipe.path == f"{ME}/sessions" and recipe.method == "POST" and by == ADA:
        more["auth"] = ("ada@example.com", PASSWORD)
    answer = agency.ask(recipe.method, path, by, **more)
    agency.http.cookies.clear()
    return answer


def answer_of(answer: httpx.Response, sent: Mapping[str, Any]) -> Answer:
    """Its status, the names of its headers, its type and its text, without the numbers that were sent."""
    text = answer.text
    for number in sorted({str(value) for value in sent.values()}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w]){re.escape(number)}(?![\w])", "#", text)
    names = sorted(name for name in answer.headers if name not in UNTOLD)
    return Answer(answer.status_code, (*names, answer.headers.get("content-type", "")), text)


class Record:
    """The whole record of an agency, table by table, as long as nobody signs in."""

    def __init__(self, agency: Asker) -> None:
        self.database = agency.services.database
        self.metadata = MetaData()
        with self.database.read() as connection, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.metadata.reflect(connection)
        self.last = self.dump()

    def assert_untouched(self) -> None:
        """Nothing has changed since it was asked last; what a failure changed is not told twice."""
        before, self.last = self.last, self.dump()
        assert self.last == before

    def dump(self, workspace_id: int | None = None) -> dict[str, list[str]]:
        """Every row, or those of one workspace."""
        told = {}
        with self.database.read() as connection:
            for name, table in self.metadata.tables.items():
                if VOLATILE.search(name):
                    continue
                rows = table.select()
                if workspace_id is not None:
                    if "workspace_id" not in table.columns:
                        continue
                    rows = rows.where(table.columns["workspace_id"] == workspace_id)
                told[name] = sorted(repr(tuple(row)) for row in connection.execute(rows))
        return told
