"""`tasks` of projects and of a workspace."""

from collections.abc import Sequence
from typing import Any

from gnomon.errors import GnomonError
from gnomon.model.catalog import Client, Task
from gnomon.query.access import is_on
from gnomon.reports.tracked import tracked_by
from gnomon.store.catalog import load_nouns
from gnomon.store.changes import Touched
from gnomon.store.workspaces import load_members
from gnomon.tracking import tasks as tracking
from gnomon.tracking.actor import Actor
from gnomon.tracking.seeing import own_groups, seen_project, seen_projects
from gnomon.web.track.calls import Call, Row, Undone, told_outcome
from gnomon.web.track.paths import PROJECT, TASK, WORKSPACE
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.catalog import TaskView, prices_for, task_json
from gnomon.wire.track_v9.me import PICTURE
from gnomon.wire.track_v9.patches import (
    TASK_PATCHES,
    PatchBody,
    failed_for_all,
    ids_of_path,
    outcome_json,
)
from gnomon.wire.track_v9.queries import maybe_flag
from gnomon.wire.track_v9.task_lists import asked_tasks

INVALID_PROJECT, INVALID_TASK = "Invalid project_id", "Invalid task_id"


def task_view(call: Call, actor: Actor) -> TaskView:
    table = call.services.tables.fresh_table(actor.workspace_id)
    clients = load_nouns(call.connection, actor.workspace_id, Client)
    return TaskView(
        workspace_id=actor.workspace_id,
        prices=prices_for(actor),
        tracked=tracked_by("task_code", table, call.sight_of(actor, table)),
        people={
            one.user_id: one.account.name
            for one in load_members(call.connection, actor.workspace_id)
        },
        picture=call.base + PICTURE,
        projects={one.project_id: one for one in seen_projects(actor, with_deleted=True)},
        clients={one.client_id: one for one in clients},
    )


def list_workspace_tasks(call: Call) -> Any:
    """An object with a page of them (rule 11)."""
    return _listed(call, is_basic=False)


def list_basic_tasks(call: Call) -> Any:
    return _listed(call, is_basic=True)


def _listed(call: Call, *, is_basic: bool) -> Any:
    asked = asked_tasks(call.query, is_basic=is_basic)
    actor = call.actor
    view = task_view(call, actor)
    tasks = tracking.seen_tasks(actor, with_deleted=asked.since is not None)
    if asked.only_mine:
        groups = own_groups(actor)
        mine = {key for key, one in view.projects.items() if is_on(one, actor.user_id, groups)}
        tasks = [one for one in tasks if one.project_id in mine]
    found = asked.found(tasks, view)
    page = asked.page_of(found)
    return {
        "total_count": len(found),
        "per_page": asked.per_page,
        "page": asked.page,
        "data": [task_json(one, view) for one in page] or None,
        "sort_field": asked.sort_field,
        "sort_order": asked.sort_order,
    }


def list_tasks(call: Call) -> Any:
    project = seen_project(call.actor, call.checked("project", INVALID_PROJECT))
    only_active = maybe_flag(call.query, "active")
    tasks = [
        one
        for one in load_nouns(call.connection, call.actor.workspace_id, Task)
        if one.project_id == project.project_id and (one.is_active or not only_active)
    ]
    return _told(call, sorted(tasks, key=lambda one: (one.name.casefold(), one.task_id)))


def add_task(call: Call) -> Any:
    project_id = call.checked("project", INVALID_PROJECT)
    return _told(call, [tracking.add_task(call.actor, project_id, call.given)])[0]


def read_task(call: Call) -> Any:
    return _told(call, [tracking.seen_task(call.actor, *_ids(call))])[0]


def change_task(call: Call) -> Any:
    return _told(call, [tracking.change_task(call.actor, *_ids(call), call.given)])[0]


def delete_task(call: Call) -> Any:
    project_id, task_id = _ids(call)
    tracking.delete_task(call.actor, project_id, task_id)
    return task_id


def _ids(call: Call) -> tuple[int, int]:
    return call.checked("project", INVALID_PROJECT), call.checked("task", INVALID_TASK)


def patch_tasks(call: Call) -> Any:
    project_id = call.checked("project", INVALID_PROJECT)
    ids = ids_of_path(
        call.path["task_ids"],
        "Invalid task_ids",
        "PATCH request is limited to 100 entries at once",
    )
    try:
        patches = TASK_PATCHES.given(call.given)
    except GnomonError as error:
        raise Undone(outcome_json(failed_for_all(ids, error))) from None
    return told_outcome(tracking.patch_tasks(call.actor, project_id, ids, patches))


def _told(call: Call, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    view = task_view(call, call.actor)
    return [task_json(one, view) for one in tasks]


ROWS = (
    Row("GET", f"{WORKSPACE}/tasks", list_workspace_tasks, "Tasks of a workspace by page"),
    Row("GET", f"{WORKSPACE}/tasks/basic", list_basic_tasks, "My tasks by page"),
    Row("GET", f"{PROJECT}/tasks", list_tasks, "Tasks of a project"),
    Row("POST", f"{PROJECT}/tasks", add_task, "Add a task", payloads.TASK, Touched.CATALOG),
    Row("GET", TASK, read_task, "A task"),
    Row("PUT", TASK, change_task, "Change a task", payloads.TASK, Touched.CATALOG),
    Row("DELETE", TASK, delete_task, "Delete a task", touched=Touched.CATALOG),
    Row(
        "PATCH",
        f"{PROJECT}/tasks/{{task_ids}}",
        patch_tasks,
        "Change many tasks",
        PatchBody(),
        Touched.CATALOG,
    ),
)
