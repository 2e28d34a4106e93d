"""Clients and tags: short lists of names."""

from gnomon.model.catalog import Tag
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.tracking import clients as tracking
from gnomon.tracking.seeing import seen_clients, seen_projects
from gnomon.tracking.tags import add_tag, delete_tag, rename_tag
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.visit import WORKSPACE, Go, PageRow, View, Visit

CLIENTS, TAGS = f"{WORKSPACE}/clients", f"{WORKSPACE}/tags"
CLIENT, TAG = f"{CLIENTS}/{{client_id}}", f"{TAGS}/{{tag_id}}"


def list_clients(visit: Visit) -> View:
    actor = visit.actor
    is_archive = visit.query.text("archived") == "1"
    clients = [one for one in seen_clients(actor) if one.is_archived == is_archive]
    counts: dict[int, int] = {}
    for project in seen_projects(actor):
        if project.client_id and project.is_active:
            counts[project.client_id] = counts.get(project.client_id, 0) + 1
    context = {
        "title": "Clients",
        "clients": sorted(clients, key=lambda one: one.name.casefold()),
        "counts": counts,
        "is_archive": is_archive,
        "may_add": actor.is_admin or not actor.workspace.only_admins_may_create_projects,
    }
    return View("manage/clients.html", context)


def add_client(visit: Visit) -> Go:
    tracking.add_client(visit.actor, {"name": visit.form.text("name")})
    return Go(f"{visit.home}/clients", Notice("saved"))


def show_client(visit: Visit) -> View:
    actor = visit.actor
    client = tracking.seen_client(actor, visit.number("client"))
    projects = [one for one in seen_projects(actor) if one.client_id == client.client_id]
    projects.sort(key=lambda one: (not one.is_active, one.name.casefold()))
    context = {"title": client.name, "client": client, "projects": projects}
    return View("manage/client.html", context)


def change_client(visit: Visit) -> Go:
    given = {"name": visit.form.text("name"), "notes": visit.form.text("notes")}
    client = tracking.change_client(visit.actor, visit.number("client"), given)
    return Go(f"{visit.home}/clients/{client.client_id}", Notice("saved"))


def archive_client(visit: Visit) -> Go:
    tracking.archive_clients(visit.actor, [visit.number("client")])
    return Go(f"{visit.home}/clients", Notice("archived"))


def restore_client(visit: Visit) -> Go:
    tracking.restore_client(visit.actor, visit.number("client"), None, restores_all=True)
    return Go(f"{visit.home}/clients", Notice("restored"))


def list_tags(visit: Visit) -> View:
    actor = visit.actor
    tags = load_nouns(visit.connection, actor.workspace_id, Tag)
    context = {
        "title": "Tags",
        "things": sorted(tags, key=lambda one: one.name.casefold()),
        "may_change": actor.is_admin or not actor.workspace.only_admins_may_create_tags,
    }
    return View("manage/tags.html", context)


def add_one_tag(visit: Visit) -> Go:
    add_tag(visit.actor, visit.form.text("name"))
    return Go(f"{visit.home}/tags", Notice("saved"))


def change_tag(visit: Visit) -> Go:
    rename_tag(visit.actor, visit.number("tag"), visit.form.text("name"))
    return Go(f"{visit.home}/tags", Notice("saved"))


def remove_tag(visit: Visit) -> Go:
    delete_tag(visit.actor, visit.number("tag"))
    return Go(f"{visit.home}/tags", Notice("deleted"))


ROWS = (
    PageRow("GET", CLIENTS, list_clients, "Clients"),
    PageRow("POST", CLIENTS, add_client, "Make a client", Touched.CATALOG),
    PageRow("GET", CLIENT, show_client, "A client and its projects"),
    PageRow("POST", CLIENT, change_client, "Change a client", Touched.CATALOG),
    PageRow("POST", f"{CLIENT}/archive", archive_client, "Archive a client", Touched.CATALOG),
    PageRow("POST", f"{CLIENT}/restore", restore_client, "Bring a client back", Touched.CATALOG),
    PageRow("GET", TAGS, list_tags, "Tags"),
    PageRow("POST", TAGS, add_one_tag, "Make a tag", Touched.CATALOG),
    PageRow("POST", TAG, change_tag, "Rename a tag", Touched.CATALOG),
    PageRow("POST", f"{TAG}/delete", remove_tag, "Delete a tag", Touched.CATALOG | Touched.ENTRIES),
)
