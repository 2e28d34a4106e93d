"""One project: its tasks, who is on it, what an hour of it is worth."""

from typing import Any

from gnomon.model.catalog import Project, UserGroup
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.tracking import tasks as tasks_tracking
from gnomon.tracking.people import members_of
from gnomon.tracking.project_people import (
    exclude_group,
    exclude_user,
    include_group,
    include_user,
    seen_project_groups,
    seen_project_users,
)
from gnomon.tracking.rates import RateKey
from gnomon.tracking.seeing import managed_ids, seen_clients, seen_project
from gnomon.units.currencies import currency_choices
from gnomon.units.dates import day_of_number
from gnomon.web.pages.manage.rates import RateBox, rate_box
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, View, Visit

PROJECTS = f"{WORKSPACE}/projects"
ONE = f"{PROJECTS}/{{project_id}}"
TASK = f"{ONE}/tasks/{{task_id}}"


def show_project(visit: Visit) -> View:
    actor = visit.actor
    project = seen_project(actor, visit.number("project"))
    mine = project.project_id
    tasks = [one for one in tasks_tracking.seen_tasks(actor) if one.project_id == mine]
    people = {one.user_id: one.account for one in members_of(actor) if one.is_active}
    on_it = [one for one in seen_project_users(actor) if one.project_id == mine]
    groups = {
        one.user_group_id: one.name
        for one in load_nouns(visit.connection, actor.workspace_id, UserGroup)
    }
    context = {
        "title": project.name,
        "project": project,
        "tasks": sorted(tasks, key=lambda one: (not one.is_active, one.name.casefold())),
        "on_it": on_it,
        "people": people,
        "others": {"": "Choose"}
        | {number: one.name for number, one in people.items() if number not in project.user_ids},
        "groups": groups,
        "groups_on_it": [one for one in seen_project_groups(actor) if one.project_id == mine],
        "other_groups": {"": "Choose"}
        | {number: name for number, name in groups.items() if number not in project.user_group_ids},
        "may_change": actor.is_admin or mine in managed_ids(actor),
        "rates": rates_of(visit, mine, on_it, project.currency or "") if actor.is_admin else [],
        "start_date": day_of_number(project.start_day) if project.start_day is not None else "",
        "end_date": day_of_number(project.end_day) if project.end_day is not None else "",
        **choices(visit, project),
    }
    return View("manage/project.html", context)


def choices(visit: Visit, project: Project | None = None) -> dict[str, Any]:
    """Of a form; what the project has now stays to be chosen, though its client is archived."""
    default = visit.actor.workspace.default_currency
    clients = [one for one in seen_clients(visit.actor) if not one.is_archived]
    clients.sort(key=lambda one: one.name.casefold())
    told: dict[Any, str] = {"": "No client"} | {one.client_id: one.name for one in clients}
    if project is not None and project.client_id is not None:
        told.setdefault(project.client_id, "Archived client")
    currencies = currency_choices(project.currency if project else None, default)
    return {
        "client_choices": told,
        "currency_choices": {"": f"As the workspace ({default})"} | currencies,
    }


def rates_of(visit: Visit, project_id: int, on_it: list[Any], currency: str) -> list[RateBox]:
    """Of the project, and of each person on it; free plans have none."""
    if not visit.actor.sees_costs:
        return []
    names = {one.user_id: one.account.name for one in members_of(visit.actor)}
    boxes = [
        rate_box(
            visit.actor,
            RateKey(kind=RateKind.BILLABLE, level=RateLevel.PROJECT, project_id=project_id),
            "Everybody on this project",
            currency,
        )
    ]
    for one in on_it:
        key = RateKey(
            kind=RateKind.BILLABLE,
            level=RateLevel.PROJECT_USER,
            project_id=project_id,
            user_id=one.user_id,
        )
        boxes.append(rate_box(visit.actor, key, names.get(one.user_id, ""), currency))
    return boxes


def add_task(visit: Visit) -> Go:
    number = visit.number("project")
    tasks_tracking.add_task(visit.actor, number, {"name": visit.form.text("name")})
    return _back(visit)


def change_task(visit: Visit) -> Go:
    given = {"name": visit.form.text("name")}
    tasks_tracking.change_task(visit.actor, visit.number("project"), visit.number("task"), given)
    return _back(visit)


def finish_task(visit: Visit) -> Go:
    return _set_active(visit, is_active=False)


def reopen_task(visit: Visit) -> Go:
    return _set_active(visit, is_active=True)


def _set_active(visit: Visit, *, is_active: bool) -> Go:
    tasks_tracking.change_task(
        visit.actor, visit.number("project"), visit.number("task"), {"is_active": is_active}
    )
    return _back(visit)


def add_person(visit: Visit) -> Go:
    include_user(
        visit.actor,
        {
            "project_id": visit.number("project"),
            "user_id": visit.form.number("user_id", "The person"),
            "manager": visit.form.flag("manager"),
        },
    )
    return _back(visit)


def remove_person(visit: Visit) -> Go:
    number, project_id = visit.number("project_user"), visit.number("project")
    mine = [one for one in seen_project_users(visit.actor) if one.project_id == project_id]
    if number not in {one.project_user_id for one in mine}:
        raise NotFound
    exclude_user(visit.actor, number)
    return _back(visit)


def add_group(visit: Visit) -> Go:
    include_group(
        visit.actor,
        {
            "project_id": visit.number("project"),
            "group_id": visit.form.number("group_id", "The group"),
        },
    )
    return _back(visit)


def remove_group(visit: Visit) -> Go:
    number, project_id = visit.number("project_group"), visit.number("project")
    mine = [one for one in seen_project_groups(visit.actor) if one.project_id == project_id]
    if number not in {one.project_group_id for one in mine}:
        raise NotFound
    exclude_group(visit.actor, number)
    return _back(visit)


def _back(visit: Visit) -> Go:
    return Go(f"{visit.home}/projects/{visit.number('project')}", Notice("saved"))


CATALOG = Touched.CATALOG
ROWS = (
    PageRow("POST", f"{ONE}/tasks", add_task, "Make a task", CATALOG),
    PageRow("POST", TASK, change_task, "Rename a task", CATALOG),
    PageRow("POST", f"{TASK}/archive", finish_task, "A task is done", CATALOG),
    PageRow("POST", f"{TASK}/restore", reopen_task, "A task is not done", CATALOG),
    PageRow("POST", f"{ONE}/people", add_person, "Put somebody on a project", CATALOG),
    PageRow(
        "POST", f"{ONE}/people/{{project_user_id}}/remove", remove_person, "Take him off", CATALOG
    ),
    PageRow("POST", f"{ONE}/groups", add_group, "Put a group on a project", CATALOG),
    PageRow(
        "POST", f"{ONE}/groups/{{project_group_id}}/remove", remove_group, "Take it off", CATALOG
    ),
)
