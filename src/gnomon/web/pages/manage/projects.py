"""Projects: the list, and what is changed about one of them."""

from typing import Any

from gnomon.model.catalog import PROJECT_COLORS
from gnomon.store.changes import Touched
from gnomon.tracking import projects as tracking
from gnomon.tracking.refusals import BadChange
from gnomon.tracking.seeing import managed_ids, seen_clients, seen_projects
from gnomon.units.dates import day_number
from gnomon.web.pages.forms import Form
from gnomon.web.pages.manage.project import ONE, PROJECTS, choices, show_project
from gnomon.web.pages.manage.reading import read_day
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.visit import Go, PageRow, View, Visit


def list_projects(visit: Visit) -> View:
    actor = visit.actor
    is_archive = visit.query.text("archived") == "1"
    clients = {one.client_id: one.name for one in seen_clients(actor)}
    projects = [one for one in seen_projects(actor) if one.is_active != is_archive]
    projects.sort(
        key=lambda one: (clients.get(one.client_id or 0, "").casefold(), one.name.casefold())
    )
    managed = managed_ids(actor)
    context = {
        "title": "Projects",
        "projects": projects,
        "clients": clients,
        "is_archive": is_archive,
        "may_add": actor.is_admin or not actor.workspace.only_admins_may_create_projects,
        "managed": {one.project_id for one in projects} if actor.is_admin else managed,
    }
    return View("manage/projects.html", context)


def new_project(visit: Visit) -> View:
    workspace = visit.actor.workspace
    count = len(seen_projects(visit.actor))
    context = {
        "title": "New project",
        "color": PROJECT_COLORS[count % len(PROJECT_COLORS)],
        "is_private": workspace.projects_private_by_default,
        "is_billable": workspace.projects_billable_by_default,
        **choices(visit),
    }
    return View("manage/new_project.html", context)


def add_project(visit: Visit) -> Go:
    project = tracking.add_project(visit.actor, {**given(visit.form), "is_active": True})
    return Go(f"{visit.home}/projects/{project.project_id}", Notice("saved"))


def change_project(visit: Visit) -> Go:
    number = visit.number("project")
    tracking.change_project(visit.actor, number, given(visit.form))
    return Go(f"{visit.home}/projects/{number}", Notice("saved"))


def given(form: Form) -> dict[str, Any]:
    start, end = read_day(form, "start_date"), read_day(form, "end_date")
    told: dict[str, Any] = {
        "name": form.text("name"),
        "client_id": form.number("client_id", "The client"),
        "color": form.text("color") or None,
        "is_private": form.flag("is_private"),
        "is_billable": form.flag("is_billable"),
        "currency": form.text("currency") or None,
    }
    if form.has("end_date"):
        told["end_day"] = None if end is None else day_number(end)
    if start is not None:
        told["start_day"] = day_number(start)
    elif form.has("start_date"):
        raise BadChange("A project needs a first day.")
    if not told["name"]:
        raise BadChange("A project needs a name.")
    return told


def archive(visit: Visit) -> Go:
    tracking.change_project(visit.actor, visit.number("project"), {"is_active": False})
    return Go(f"{visit.home}/projects", Notice("archived"))


def restore(visit: Visit) -> Go:
    number = visit.number("project")
    tracking.change_project(visit.actor, number, {"is_active": True})
    return Go(f"{visit.home}/projects/{number}", Notice("restored"))


ROWS = (
    PageRow("GET", PROJECTS, list_projects, "Projects"),
    PageRow("GET", f"{PROJECTS}/new", new_project, "A new project"),
    PageRow("POST", f"{PROJECTS}/new", add_project, "Make a project", Touched.CATALOG),
    PageRow("GET", ONE, show_project, "A project: tasks, people, rates"),
    PageRow("POST", ONE, change_project, "Change a project", Touched.CATALOG),
    PageRow("POST", f"{ONE}/archive", archive, "Archive a project", Touched.CATALOG),
    PageRow("POST", f"{ONE}/restore", restore, "Bring a project back", Touched.CATALOG),
)
