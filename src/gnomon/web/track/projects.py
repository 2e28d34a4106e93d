"""`projects` of a workspace."""

from collections.abc import Mapping
from typing import Any

from gnomon.errors import GnomonError
from gnomon.model.account import Plan
from gnomon.model.catalog import Client, Project
from gnomon.reports.tracked import Tracked, tracked_by
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.project_people import pin_project, pinned_projects
from gnomon.tracking import projects as tracking
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Absent, BadChange, Forbidden
from gnomon.tracking.seeing import (
    find_seen_project,
    managed_ids,
    own_groups,
    seen_project,
    seen_projects,
)
from gnomon.units.dates import day_number, day_of_number
from gnomon.web.track.calls import OK, Call, Reply, Row, Undone, told_outcome
from gnomon.web.track.paths import PROJECT, PROJECTS
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import ProjectView, prices_for, project_json
from gnomon.wire.track_v9.patches import (
    PROJECT_PATCHES,
    PatchBody,
    failed_for_all,
    ids_of_path,
    outcome_json,
)
from gnomon.wire.track_v9.project_lists import Viewer, asked_projects

INVALID = "Invalid project_id"
PINS_MAX = 100
DELETION_MODES = ("delete", "unassign")


def project_view(call: Call, actor: Actor, *, counts: bool = False) -> ProjectView:
    """`counts`: with the hours that were tracked, which lists tell."""
    tracked = None
    if counts:
        table = call.services.tables.fresh_table(actor.workspace_id)
        tracked = tracked_by("project_code", table, call.sight_of(actor, table))
    clients = load_nouns(call.connection, actor.workspace_id, Client)
    return ProjectView(
        workspace_id=actor.workspace_id,
        prices=prices_for(actor),
        today=day_number(actor.today),
        has_plan=actor.workspace.plan is not Plan.FREE,
        clients={client.client_id: client for client in clients},
        pinned=frozenset(pinned_projects(call.connection, actor.workspace_id, actor.user_id)),
        tracked=tracked,
    )


def list_projects(call: Call) -> Any:
    """Page by page; beyond the end there is nothing (rule 10)."""
    asked = asked_projects(call.query)
    actor = call.actor
    projects = seen_projects(actor, with_deleted=asked.since is not None)
    view = project_view(call, actor, counts=True)
    viewer = Viewer(
        user_id=actor.user_id,
        group_ids=frozenset(own_groups(actor)),
        managed_ids=None if actor.is_admin else frozenset(managed_ids(actor)),
        today=view.today,
        pinned=view.pinned,
        client_names={one.client_id: one.name for one in view.clients.values()},
    )
    page = asked.page_of(projects, viewer)
    return Reply([project_json(one, view) for one in page], asked.headers)


def add_project(call: Call) -> Any:
    told = _told(call, tracking.add_project(call.actor, _given(call.given)))
    return {key: value for key, value in told.items() if key != "status"}  # as recorded (rule 7)


def read_project(call: Call) -> Any:
    project = seen_project(call.actor, call.checked("project", INVALID))
    return project_json(project, project_view(call, call.actor, counts=True))


def change_project(call: Call) -> Any:
    project_id = call.checked("project", INVALID)
    return _told(call, tracking.change_project(call.actor, project_id, _given(call.given)))


def _given(given: dict[str, Any]) -> dict[str, Any]:
    """Hours are another word for seconds."""
    if "estimated_hours" in given:
        hours = given.pop("estimated_hours")
        given.setdefault("estimated_seconds", None if hours is None else hours * 3_600)
    seconds = given.get("estimated_seconds")
    if seconds is not None and not 0 <= seconds < 2**53:
        raise BadChange("Invalid estimated_seconds format")
    return given


def _told(call: Call, project: Project) -> dict[str, Any]:
    return project_json(project, project_view(call, call.actor))


def delete_project(call: Call) -> Any:
    mode = call.query.get("teDeletionMode") or "unassign"
    if mode not in DELETION_MODES:
        raise BadChange("Invalid teDeletionMode")
    project_id = call.checked("project", INVALID)
    tracking.delete_project(call.actor, project_id, with_entries=mode == "delete")
    return project_id


def patch_projects(call: Call) -> Any:
    ids = ids_of_path(
        call.path["project_ids"],
        "Invalid project_ids",
        "PATCH request is limited to 100 entries at once",
    )
    try:
        patches = [_given(one) for one in PROJECT_PATCHES.given(call.given)]
    except GnomonError as error:
        raise Undone(outcome_json(failed_for_all(ids, error))) from None
    return told_outcome(tracking.patch_projects(call.actor, ids, patches))


def list_templates(call: Call) -> Any:
    view = project_view(call, call.actor, counts=True)
    return [project_json(one, view) for one in seen_projects(call.actor) if one.is_template]


def read_statistics(call: Call) -> Any:
    """The first and the last day with stopped time that the asker sees."""
    project = seen_project(call.actor, call.checked("project", INVALID))
    table = call.table()
    tracked = tracked_by("project_code", table, call.sight(table)).get(project.project_id)
    days = (None, None) if tracked is None else (tracked.first_day, tracked.last_day)
    first, last = (None if day is None else str(day_of_number(day)) for day in days)
    return {"earliest_time_entry": first, "latest_time_entry": last}


def read_periods(call: Call) -> Any:
    """Projects do not recur here."""
    seen_project(call.actor, call.checked("project", INVALID))
    return []


def pin(call: Call) -> Any:
    actor = call.actor
    project = find_seen_project(actor, call.checked("project", INVALID))
    if project is None:
        raise Absent("Project not found/accessible")
    if call.given.get("pin") is None:
        raise BadChange("Invalid pin format")
    pinned = pinned_projects(call.connection, actor.workspace_id, actor.user_id)
    is_free = actor.workspace.plan is Plan.FREE
    if call.given["pin"] and len(pinned - {project.project_id}) >= (1 if is_free else PINS_MAX):
        raise Forbidden(
            "Cannot pin more projects: "
            + ("Max 1 pin for free plans" if is_free else f"Max {PINS_MAX} pins for paid plans")
        )
    pin_project(
        call.connection,
        actor.workspace_id,
        actor.user_id,
        project.project_id,
        pinned=call.given["pin"],
    )
    return OK


def list_billable_amounts(call: Call) -> Any:
    wanted = set(call.given.get("project_ids") or ())
    table = call.table()
    tracked = tracked_by("project_code", table, call.sight(table))
    view = project_view(call, call.actor)
    return [
        {**project_json(one, view), "billable_amount_in_cents": _cents(call.actor, one, tracked)}
        for one in seen_projects(call.actor)
        if one.project_id in wanted
    ]


def _cents(actor: Actor, project: Project, tracked: Mapping[int, Tracked]) -> int | None:
    if not actor.sees_amounts:
        return None
    found = tracked.get(project.project_id)
    return 0 if found is None else found.billable_cents


ROWS = (
    Row("GET", PROJECTS, list_projects, "Projects of a workspace"),
    Row("POST", PROJECTS, add_project, "Add a project", payloads.PROJECT, Touched.CATALOG),
    Row("GET", f"{PROJECTS}/templates", list_templates, "Projects that are templates"),
    Row(
        "POST",
        f"{PROJECTS}/billable-amounts",
        list_billable_amounts,
        "What projects have earned",
        payloads.PROJECT_IDS,
    ),
    Row("GET", PROJECT, read_project, "A project"),
    Row("PUT", PROJECT, change_project, "Change a project", payloads.PROJECT, Touched.CATALOG),
    Row(
        "DELETE",
        PROJECT,
        delete_project,
        "Delete a project",
        touched=Touched.CATALOG | Touched.ENTRIES,
    ),
    Row(
        "PATCH",
        f"{PROJECTS}/{{project_ids}}",
        patch_projects,
        "Change many projects",
        PatchBody(),
        Touched.CATALOG,
    ),
    Row("GET", f"{PROJECT}/statistics", read_statistics, "First and last day of a project"),
    Row("GET", f"{PROJECT}/periods", read_periods, "Periods of a recurring project"),
    Row("POST", f"{PROJECT}/pin", pin, "Pin a project", payloads.PIN, Touched.NO_COLUMN),
)
