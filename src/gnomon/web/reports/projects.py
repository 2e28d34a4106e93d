"""`projects/summary` and `projects/{project_id}/summary`."""

from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.ground import Ground
from gnomon.errors import ProjectHidden
from gnomon.reports.projects import project_users
from gnomon.reports.totals import totals_report
from gnomon.web.reports.answering import Work, kept_json
from gnomon.web.reports.asking import path_id
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.reports_v3.projects import (
    project_totals_query,
    project_users_json,
    project_users_selection,
)
from gnomon.wire.reports_v3.totals import totals_json


async def list_project_users(request: Request) -> Response:
    """`POST .../projects/summary` (vendor page "List project users"; D8.1)."""
    return await kept_json(request, "project users", project_users_work)


def project_users_work(ground: Ground) -> Work:
    selection = project_users_selection(ground.body, ground.asker)
    has_billable = ground.asker.tells_billable

    def make() -> bytes:
        rows = project_users(selection, ground.table, ground.sight)
        return project_users_json(rows, has_billable=has_billable)

    return Work((selection, has_billable), make)


async def load_project_summary(request: Request) -> Response:
    """`POST .../projects/{project_id}/summary` (vendor page "Load project summary"; D8.2)."""

    def understood(ground: Ground) -> Work:
        project_id = path_id(request, "project")
        if project_id is None:
            raise InvalidPathId("project")
        return project_totals_work(ground, project_id)

    return await kept_json(request, "project totals", understood)


def project_totals_work(ground: Ground, project_id: int) -> Work:
    query = project_totals_query(ground.body, ground.asker, project_id)
    if not sees_project(ground, project_id):
        raise ProjectHidden
    return Work(
        query,
        lambda: totals_json(totals_report(query, ground.table, ground.sight), with_graph=True),
    )


def sees_project(ground: Ground, project_id: int) -> bool:
    """Unknown, foreign and private ones are told apart by nobody (D9.3)."""
    projects = ground.table.around.catalog.projects
    seen = ground.sight.project_ids
    return any(project.project_id == project_id for project in projects) and (
        seen is None or project_id in seen
    )
