"""`filters/*` and `search/*`: the things that reports are filtered by, found by name and number."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.model.account import Plan
from gnomon.model.catalog import UserGroup
from gnomon.reports.tracked import tracked_by
from gnomon.store.catalog import load_nouns
from gnomon.store.workspaces import load_members
from gnomon.tracking import project_people
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import NotOffered
from gnomon.tracking.seeing import seen_clients, seen_projects
from gnomon.tracking.tasks import seen_tasks
from gnomon.web.reports.asking import Asking, asking
from gnomon.web.services import Services
from gnomon.web.track.calls import Call, answer
from gnomon.web.track.projects import project_view
from gnomon.web.track.tasks import task_view
from gnomon.web.transactions import READING
from gnomon.wire.body import parse_optional_body
from gnomon.wire.reports_v3 import lookups as wire
from gnomon.wire.reports_v3.lookups import Asked, AskedProjects, is_called, is_in, page
from gnomon.wire.track_v9.catalog import prices_for, project_json, task_json


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who looks for what; the call lends what the Track API's objects need."""

    call: Call
    actor: Actor
    asked: Asked

    @property
    def default_currency(self) -> str:
        return self.actor.workspace.default_currency

    @property
    def has_plan(self) -> bool:
        return self.actor.workspace.plan is not Plan.FREE

    def tracked(self, column: str) -> Any:
        table = self.call.table()
        return tracked_by(column, table, self.call.sight(table))


Find = Callable[[Lookup], Any]


def lookup(find: Find, *needed: str, must_ask: bool) -> Callable[[Request], Awaitable[Response]]:
    """A handler. `needed`: one of these keys must say something, or with `must_ask` alone anything at all (U1)."""

    async def handle(request: Request) -> Response:
        services: Services = request.app.state.services
        asked_by = await asking(request, services)

        def run() -> Response:
            asked = Asked(parse_optional_body(asked_by.body))
            if must_ask or needed:
                asked.needs(*needed)
            with services.database.read() as connection:
                return answer(find(_lookup(request, services, connection, asked_by, asked)))

        return await to_thread.run_sync(run, limiter=READING)

    return handle


def _lookup(
    request: Request,
    services: Services,
    connection: Connection,
    asked_by: Asking,
    asked: Asked,
) -> Lookup:
    now = int(services.seconds())
    actor = Actor(
        connection=connection,
        account=asked_by.account,
        workspace=asked_by.standing.workspace,
        role=asked_by.standing.role,
        now=now,
    )
    call = Call(
        request=request,
        services=services,
        connection=connection,
        account=asked_by.account,
        path=request.path_params,
        query=request.query_params,
        given={},
        now=now,
        member=actor,
    )
    return Lookup(call, actor, asked)


def find_clients(one: Lookup) -> Any:
    ids, name, start = one.asked.few_ids("ids"), one.asked.text("name"), one.asked.start()
    found = (
        client
        for client in seen_clients(one.actor)
        if is_in(ids, client.client_id) and is_called(client.name, name)
    )
    shown = page(found, lambda client: client.client_id, start, wire.LIST_MAX)
    return [wire.client_row(client) for client in shown]


def _projects(one: Lookup) -> Any:
    return AskedProjects(one.asked, one.default_currency).found(seen_projects(one.actor))


def filter_projects(one: Lookup) -> Any:
    return [wire.project_row(project, has_plan=one.has_plan) for project in _projects(one)]


def search_projects(one: Lookup) -> Any:
    """Whole objects of the Track API."""
    found = _projects(one)
    view = project_view(one.call, one.actor, counts=True)
    return [project_json(project, view) for project in found]


def _users(one: Lookup) -> Any:
    ids = one.asked.few_ids("ids", wire.USER_IDS_MAX)
    active, name, start = one.asked.flag("active"), one.asked.text("name"), one.asked.start()
    found = (
        member
        for member in load_members(one.call.connection, one.actor.workspace_id)
        if member.is_active == (active is not False)
        and is_in(ids, member.user_id)
        and is_called(member.account.name, name)
    )
    return page(found, lambda member: member.user_id, start, wire.LIST_MAX)


def filter_users(one: Lookup) -> Any:
    return [wire.user_row(member) for member in _users(one)]


def search_users(one: Lookup) -> Any:
    return [wire.full_user_row(member) for member in _users(one)]


def filter_project_users(one: Lookup) -> Any:
    project_ids, client_ids = one.asked.few_ids("project_ids"), one.asked.few_ids("client_ids")
    start = one.asked.start("start_id")
    clients = {project.project_id: project.client_id for project in seen_projects(one.actor)}
    found = (
        place
        for place in project_people.seen_project_users(one.actor)
        if is_in(project_ids, place.project_id) and is_in(client_ids, clients[place.project_id])
    )
    prices = prices_for(one.actor)
    shown = page(found, lambda place: place.project_user_id, start, wire.LIST_MAX)
    return [wire.project_user_row(place, prices) for place in shown]


def filter_project_groups(one: Lookup) -> Any:
    project_ids, group_ids = one.asked.few_ids("project_ids"), one.asked.few_ids("group_ids")
    start = one.asked.start("start_id")
    groups = load_nouns(one.call.connection, one.actor.workspace_id, UserGroup)
    names = {group.user_group_id: group.name for group in groups}
    found = (
        place
        for place in project_people.seen_project_groups(one.actor)
        if is_in(project_ids, place.project_id) and is_in(group_ids, place.user_group_id)
    )
    shown = page(found, lambda place: place.project_group_id, start, wire.LIST_MAX)
    return [wire.project_group_row(place, names) for place in shown]


def list_project_statuses(one: Lookup) -> Any:
    ids, active = one.asked.few_ids("ids"), one.asked.flag("active")
    tracked = one.tracked("project_code")
    return [
        _hidden(
            one,
            wire.status_row(
                project.project_id,
                tracked.get(project.project_id),
                project.estimated_seconds,
                project.currency or one.default_currency,
            ),
        )
        for project in seen_projects(one.actor)
        if is_in(ids, project.project_id) and active in (None, project.is_active)
    ]


def _hidden(one: Lookup, row: dict[str, Any]) -> dict[str, Any]:
    return row if one.actor.sees_amounts else {**row, "billable_amount": None}


def list_task_statuses(one: Lookup) -> Any:
    if not one.has_plan:
        raise NotOffered("Tasks are a premium feature")
    ids = one.asked.few_ids("ids")
    tracked = one.tracked("task_code")
    projects = {project.project_id: project for project in seen_projects(one.actor)}
    return [
        _hidden(
            one,
            wire.status_row(
                task.task_id,
                tracked.get(task.task_id),
                task.estimated_seconds,
                projects[task.project_id].currency or one.default_currency,
            ),
        )
        for task in seen_tasks(one.actor)
        if is_in(ids, task.task_id)
    ]


def find_tasks(one: Lookup) -> Any:
    asked = one.asked
    ids, project_ids, user_ids = (asked.few_ids(key) for key in ("ids", "project_ids", "user_ids"))
    active, project_active = asked.flag("active"), asked.flag("project_active")
    name, start, size = asked.text("name"), asked.start(), asked.page_size()
    view = task_view(one.call, one.actor)
    found = (
        task
        for task in seen_tasks(one.actor)
        if is_in(ids, task.task_id)
        and is_in(project_ids, task.project_id)
        and is_in(user_ids, task.user_id)
        and active in (None, task.is_active)
        and project_active in (None, view.projects[task.project_id].is_active)
        and is_called(task.name, name)
    )
    shown = page(found, lambda task: task.task_id, start, size)
    return [task_json(task, view, with_names=True) for task in shown]
