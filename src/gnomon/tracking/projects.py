"""Projects: made, changed, many at once, and deleted with or without their time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gnomon.model.account import Plan
from gnomon.model.catalog import PROJECT_COLORS, Project, Task, is_color
from gnomon.model.entry import TimeEntry
from gnomon.model.rate import RateKind, RateLevel
from gnomon.store.catalog import load_nouns, load_projects, put_nouns
from gnomon.store.entries import delete_entries, entries_pointing_to, replace_entries
from gnomon.store.ids import new_id
from gnomon.store.project_people import add_project_user
from gnomon.tracking.actor import Actor
from gnomon.tracking.clients import client_of_name, named_client, needs_project_rights
from gnomon.tracking.many import Outcome, each, merged
from gnomon.tracking.names import clean_name
from gnomon.tracking.rates import RateKey, RateMode, set_rate
from gnomon.tracking.refusals import BadChange, NameTaken, NotOffered
from gnomon.tracking.seeing import managed_project
from gnomon.units.currencies import is_currency
from gnomon.units.dates import day_number

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 255
PLAIN = ("is_private", "is_billable", "is_template", "is_active")
NULLABLE = ("end_day", "estimated_seconds", "fixed_fee_cents", "external_reference", "currency")
_PLAIN_TEXT = re.compile(r"[ -~]{0,50}")


def add_project(actor: Actor, given: Given) -> Project:
    """By name alone a private, inactive one, as the vendor makes it (rule 7); who makes it manages it."""
    needs_project_rights(actor)
    blank = Project(
        project_id=new_id(actor.connection, "project"),
        name="",
        is_private=actor.workspace.projects_private_by_default,
        is_billable=actor.workspace.projects_billable_by_default,
        is_active=False,
        start_day=day_number(actor.today),
        created_at=actor.now,
    )
    project = _with(actor, blank, {**given, "name": given.get("name") or ""})
    put_nouns(actor.connection, actor.workspace_id, [project])
    pair = (project.project_id, actor.user_id)
    add_project_user(actor.connection, actor.workspace_id, pair, actor.now, is_manager=True)
    _set_rate(actor, project, given, None)
    return project


def change_project(actor: Actor, project_id: int, given: Given) -> Project:
    """Only what is given changes."""
    project = _with(actor, managed_project(actor, project_id), given)
    put_nouns(actor.connection, actor.workspace_id, [project])
    _set_rate(actor, project, given, RateMode.START_TODAY)
    return project


def patch_projects(actor: Actor, project_ids: Iterable[int], patches: Sequence[Given]) -> Outcome:
    """Each project by itself: what fails for one leaves the others."""
    given = merged(patches)

    def change(project_id: int) -> None:
        change_project(actor, project_id, given)

    return each(actor, project_ids, change)


def delete_project(actor: Actor, project_id: int, *, with_entries: bool) -> None:
    """Its time stays, on no project, unless it shall go, too."""
    project = managed_project(actor, project_id)
    connection, workspace_id = actor.connection, actor.workspace_id
    entries = entries_pointing_to(connection, workspace_id, "project_id", project_id)
    if with_entries:
        ids = [entry.entry_id for entry in entries]
        delete_entries(connection, workspace_id, ids, actor.change_number, actor.now)
    else:
        _unassign(actor, entries)
    tasks = [
        replace(task, updated_at=actor.now, deleted_at=actor.now)
        for task in load_nouns(connection, workspace_id, Task)
        if task.project_id == project_id
    ]
    put_nouns(connection, workspace_id, tasks)
    gone = replace(project, updated_at=actor.now, deleted_at=actor.now)
    put_nouns(connection, workspace_id, [gone])


def _unassign(actor: Actor, entries: Sequence[TimeEntry]) -> None:
    freed = [
        replace(entry, project_id=None, task_id=None, updated_at=actor.now) for entry in entries
    ]
    replace_entries(actor.connection, actor.workspace_id, freed, actor.change_number)


def _with(actor: Actor, old: Project, given: Given) -> Project:
    """The project as it is to be; checked as a whole."""
    changes: dict[str, Any] = {
        name: given[name] for name in PLAIN if given.get(name) is not None
    } | {name: given[name] for name in NULLABLE if name in given}
    if given.get("name") is not None:
        changes["name"] = clean_name(
            given["name"],
            NAME_LENGTH_MAX,
            empty="Project name must be present",
            long="Project name maximum length is {}",
        )
    if given.get("color") is not None:
        changes["color"] = _color(actor, old, given["color"])
    if given.get("start_day") is not None:
        changes["start_day"] = given["start_day"]
    changes |= _client(actor, old, given)
    _needs_offer(given)
    project = replace(old, updated_at=actor.now, **changes)
    if project.end_day is not None and project.end_day < (project.start_day or project.end_day):
        raise BadChange("Invalid end_date value")
    if project.currency is not None and not is_currency(project.currency):
        raise BadChange("Invalid currency format")
    if (project.name, project.client_id) != (old.name, old.client_id):
        _needs_free_name(actor, project)
    return project


def _client(actor: Actor, old: Project, given: Given) -> dict[str, int | None]:
    if "client_id" in given:
        client_id = given["client_id"]
        if client_id is not None and client_id != old.client_id:
            named_client(actor, client_id)
        return {"client_id": client_id}
    if given.get("client_name"):
        return {"client_id": client_of_name(actor, given["client_name"]).client_id}
    return {}


def _needs_offer(given: Given) -> None:
    if given.get("recurring"):
        raise BadChange("Recurring projects are not supported")
    if given.get("template_id") is not None:
        raise BadChange("template_id is not supported")


def _color(actor: Actor, old: Project, color: str) -> str:
    if not is_color(color):
        shown = color if _PLAIN_TEXT.fullmatch(color) else ""
        raise BadChange(
            f"Error in validating color '{shown}'."
            " Project color must be a hex value in the form of #[0-9a-f]{6}."
        )
    color = color.lower()
    if actor.workspace.plan is Plan.FREE and color not in {*PROJECT_COLORS, old.color}:
        raise NotOffered("Custom project colors available only for premium plans")
    return color


def _needs_free_name(actor: Actor, project: Project) -> None:
    for one in load_projects(actor.connection, actor.workspace_id):
        if (one.name, one.client_id) == (
            project.name,
            project.client_id,
        ) and one.project_id != project.project_id:
            raise NameTaken


def _set_rate(actor: Actor, project: Project, given: Given, usual: RateMode | None) -> None:
    """A new project's first rate holds for ever; a later one from today on, unless it is said otherwise."""
    if "rate" not in given or (usual is None and given["rate"] is None):
        return
    actor.needs_admin()
    key = RateKey(kind=RateKind.BILLABLE, level=RateLevel.PROJECT, project_id=project.project_id)
    mode = RateMode(given["rate_change_mode"]) if given.get("rate_change_mode") else usual
    set_rate(actor, key, given["rate"], None if usual is None else mode)
