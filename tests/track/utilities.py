"""How the tests ask the utilities of the reports, and the agency in the words of their answers."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx

from gnomon.model.catalog import Client, Project
from gnomon.store.catalog import put_nouns
from gnomon.store.changes import Touched, take_change
from tests.track.asking import ADA, AGENCY, Asker, agency_at, told

SHORT = ("clients", "projects", "users")
FILTERS = tuple(f"filters/{name}" for name in SHORT)
SEARCHES = ("search/clients", "search/projects", "search/users", "search/tasks")
STATUSES = ("filters/projects/status", "filters/tasks/status")
MEMBERS = ("filters/project_users", "filters/project_groups")
ALL = (*FILTERS, *SEARCHES, *STATUSES, *MEMBERS, "filters/tasks")
NOTHING_SET = (400, "At least one parameter must be set")
# A body with which each of them answers.
BODIES: dict[str, dict[str, Any]] = {
    "filters/tasks/status": {"ids": [40]},
    "filters/project_users": {"project_ids": [30]},
    "filters/project_groups": {"project_ids": [33]},
    "search/clients": {"start": 1},
    "search/projects": {"start": 1},
    "search/users": {"start": 1},
    "search/tasks": {"start": 1},
}


def base(workspace_id: object = AGENCY) -> str:
    return f"/reports/api/v3/workspace/{workspace_id}"


def ask(
    agency: Asker,
    name: str,
    body: Any = None,
    by: int | None = ADA,
    workspace_id: object = AGENCY,
) -> httpx.Response:
    """None sends no body at all."""
    path = f"{base(workspace_id)}/{name}"
    if body is None:
        return agency.ask("POST", path, by)
    return agency.ask("POST", path, by, json=body)


def listed(agency: Asker, name: str, body: Any = None, by: int = ADA, **more: Any) -> Any:
    return told(ask(agency, name, body, by, **more))


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["id"] for row in rows]


def found(agency: Asker, name: str, body: Any = None, by: int = ADA) -> list[int]:
    """The ids of an answer, in its order."""
    return ids(listed(agency, name, body, by))


def by_id(agency: Asker, name: str, body: Any = None, by: int = ADA) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in listed(agency, name, body, by)}


def add_many(agency: Asker, count: int) -> None:
    """Clients and projects with the ids 10,000 and on: too many to ask for one by one."""
    nouns = range(10_000, 10_000 + count)

    def add(connection: Any) -> None:
        take_change(connection, AGENCY, Touched.ALL, 0)
        put_nouns(connection, AGENCY, [Client(client_id=one, name=f"Many {one}") for one in nouns])
        put_nouns(
            connection, AGENCY, [Project(project_id=one, name=f"Many {one}") for one in nouns]
        )

    agency.services.database.write(add)


def hide_team(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}", {"only_admins_see_team_dashboard": True})


def show_rates(agency: Asker) -> None:
    agency.put(f"/workspaces/{AGENCY}", {"only_admins_see_billable_rates": False})


@contextmanager
def still_agency(template: Path, folder: Path) -> Iterator[Asker]:
    """One for many tests that only read."""
    shutil.copytree(template, folder)
    (folder / "gnomon.lock").unlink(missing_ok=True)
    with agency_at(folder) as asker:
        yield asker
