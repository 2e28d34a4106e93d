"""`/w/{workspace_id}/timer` and what is done to entries there."""

from dataclasses import replace
from datetime import date
from typing import Any

from gnomon.model.account import Account
from gnomon.model.catalog import Project, Tag
from gnomon.model.entry import TimeEntry
from gnomon.store.accounts import find_account
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.tracking import entries as tracking
from gnomon.tracking.seeing import seen_clients, seen_projects
from gnomon.tracking.tasks import seen_tasks
from gnomon.units.dates import zone_of
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.places import local_path
from gnomon.web.pages.reader import Reader
from gnomon.web.pages.timer.days import day_name, days_before, running_here, tell
from gnomon.web.pages.timer.given import RUNS, shown_times, what, when, when_changed
from gnomon.web.pages.visit import WORKSPACE, Go, NotFound, PageRow, View, Visit
from gnomon.wire.body import positive_id

TIMER = f"{WORKSPACE}/timer"
ENTRIES = f"{WORKSPACE}/entries"
ENTRY = f"{ENTRIES}/{{entry_id}}"


def show_timer(visit: Visit) -> View:
    actor, reader = visit.actor, visit.reader
    before = _day(visit.query.text("before"))
    days, older = days_before(actor, reader, before)
    context = {
        "title": "Timer",
        "owner": None,
        "owner_reader": reader,
        "running": None if before else running_here(actor),
        "days": days,
        "older": older,
        "is_first": before is None,
        "edited": positive_id(visit.query.text("edit")),
        "today": actor.today,
        "day_name": day_name,
        "shown_times": shown_times,
        "back": "",
        **choices(visit),
    }
    return View("timer/page.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound from None


def choices(visit: Visit) -> dict[str, Any]:
    """Projects by client, with their tasks, and tags: what an entry can be on."""
    actor = visit.actor
    clients = {one.client_id: one.name for one in seen_clients(actor)}
    tasks: dict[int, list[Any]] = {}
    for task in seen_tasks(actor):
        if task.is_active:
            tasks.setdefault(task.project_id, []).append(task)
    groups: dict[str, list[Project]] = {}
    for project in seen_projects(actor):
        if project.is_active:
            groups.setdefault(clients.get(project.client_id or 0, ""), []).append(project)
    for projects in groups.values():
        projects.sort(key=lambda one: one.name.casefold())
    tags = load_nouns(visit.connection, actor.workspace_id, Tag)
    return {
        "places": sorted(groups.items(), key=lambda one: one[0].casefold()),
        "tasks": tasks,
        "tags": sorted(tags, key=lambda one: one.name.casefold()),
    }


def show_entry(visit: Visit) -> View:
    """One entry to change, from wherever it was met."""
    entry = tracking.seen_entry(visit.actor, visit.number("entry"))
    owner, reader = _owner(visit, entry)
    context = {
        "title": "Entry",
        "owner": owner,
        "owner_reader": reader,
        "told": tell(visit.actor, [entry])[0],
        "today": visit.actor.today,
        "shown_times": shown_times,
        "back": local_path(visit.query.text("back")) if visit.query.text("back") else "",
        **choices(visit),
    }
    return View("timer/entry.html", context)


def _owner(visit: Visit, entry: TimeEntry) -> tuple[Account | None, Reader]:
    """Whose entry it is, where it is somebody else's, and his wall clock: by that it is told in reports (D3.1)."""
    if entry.user_id == visit.account.user_id:
        return None, visit.reader
    owner = find_account(visit.connection, entry.user_id)
    zone = zone_of(owner.timezone) if owner else visit.reader.zone
    return owner, replace(visit.reader, zone=zone)


def start(visit: Visit) -> Go:
    tracking.add_entry(visit.actor, {**what(visit.form), "start": visit.now, "duration": RUNS})
    return _home(visit)


def add_by_hand(visit: Visit) -> Go:
    tracking.add_entry(visit.actor, {**what(visit.form), **when(visit.form, visit.reader)})
    return _home(visit, Notice("entry-added"))


def change(visit: Visit) -> Go:
    old = tracking.seen_entry(visit.actor, visit.number("entry"))
    given = {**what(visit.form), **when_changed(visit.form, _owner(visit, old)[1], old)}
    tracking.change_entry(visit.actor, old.entry_id, given)
    return _home(visit, Notice("saved"))


def stop(visit: Visit) -> Go:
    tracking.stop_entry(visit.actor, visit.number("entry"))
    return _home(visit)


def go_on(visit: Visit) -> Go:
    """The same again, from now on, as one's own."""
    old = tracking.seen_entry(visit.actor, visit.number("entry"))
    tracking.add_entry(visit.actor, {**_same(old), "start": visit.now, "duration": RUNS})
    return _home(visit)


def duplicate(visit: Visit) -> Go:
    old = tracking.seen_entry(visit.actor, visit.number("entry"))
    stopped_at = visit.now if old.stopped_at is None else old.stopped_at
    tracking.add_entry(
        visit.actor,
        {**_same(old), "start": old.started_at, "stop": max(stopped_at, old.started_at)},
    )
    return _home(visit, Notice("copied"))


def _same(old: TimeEntry) -> dict[str, Any]:
    return {
        "description": old.description,
        "project_id": old.project_id,
        "task_id": old.task_id,
        "tag_ids": old.tag_ids,
        "billable": old.is_billable,
    }


def delete(visit: Visit) -> Go:
    entry_id = visit.number("entry")
    tracking.delete_entry(visit.actor, entry_id)
    return _home(visit, Notice("entry-deleted", entry_id))


def restore(visit: Visit) -> Go:
    tracking.restore_entry(visit.actor, visit.number("entry"))
    return _home(visit, Notice("entry-restored"))


def _home(visit: Visit, notice: Notice | None = None) -> Go:
    """Back to where the form was."""
    back = visit.form.text("back")
    to = local_path(back) if back else ""
    return Go(to if to.startswith(f"{visit.home}/") else f"{visit.home}/timer", notice)


ROWS = (
    PageRow("GET", TIMER, show_timer, "The timer"),
    PageRow("POST", f"{TIMER}/start", start, "Start the timer", Touched.ENTRIES),
    PageRow("POST", ENTRIES, add_by_hand, "Add an entry by hand", Touched.ENTRIES),
    PageRow("GET", ENTRY, show_entry, "An entry"),
    PageRow("POST", ENTRY, change, "Change an entry", Touched.ENTRIES),
    PageRow("POST", f"{ENTRY}/stop", stop, "Stop the timer", Touched.ENTRIES),
    PageRow("POST", f"{ENTRY}/continue", go_on, "The same again", Touched.ENTRIES),
    PageRow("POST", f"{ENTRY}/duplicate", duplicate, "The same entry twice", Touched.ENTRIES),
    PageRow("POST", f"{ENTRY}/delete", delete, "Delete an entry", Touched.ENTRIES),
    PageRow("POST", f"{ENTRY}/restore", restore, "Bring an entry back", Touched.ENTRIES),
)
