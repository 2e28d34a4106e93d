"""Tasks of projects: made, changed, many at once, and deleted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gnomon.model.account import Plan
from gnomon.model.catalog import Task
from gnomon.store.catalog import find_noun, load_nouns, put_nouns
from gnomon.store.changes import Touched
from gnomon.store.entries import entries_pointing_to, replace_entries
from gnomon.store.ids import new_id
from gnomon.tracking.actor import Actor
from gnomon.tracking.many import Outcome, each, merged
from gnomon.tracking.names import clean_name
from gnomon.tracking.refusals import BadChange, NameTaken, NotOffered, TaskAbsent
from gnomon.tracking.seeing import active_member, managed_project, seen_project, seen_projects

Given = Mapping[str, Any]
NAME_LENGTH_MAX = 255
ESTIMATE_MAX = 2**53
NULLABLE = ("estimated_seconds", "external_reference")


def seen_tasks(actor: Actor, *, with_deleted: bool = False) -> list[Task]:
    """Of the projects that the actor sees, by ascending id."""
    projects = {one.project_id for one in seen_projects(actor, with_deleted=with_deleted)}
    tasks = load_nouns(actor.connection, actor.workspace_id, Task, with_deleted=with_deleted)
    return [task for task in tasks if task.project_id in projects]


def seen_task(actor: Actor, project_id: int, task_id: int) -> Task:
    """The task of a path, found through its project."""
    seen_project(actor, project_id)
    task = find_noun(actor.connection, actor.workspace_id, Task, task_id)
    if task is None or task.project_id != project_id:
        raise TaskAbsent
    return task


def add_task(actor: Actor, project_id: int, given: Given) -> Task:
    project = managed_project(actor, project_id)
    _needs_offer(actor)
    if not project.is_active:
        raise BadChange("Project not found/accessible, Can not change tasks of archived project")
    blank = Task(task_id=new_id(actor.connection, "task"), project_id=project_id, name="")
    return _put(actor, blank, {**given, "name": given.get("name") or ""})


def change_task(actor: Actor, project_id: int, task_id: int, given: Given) -> Task:
    """Only what is given changes."""
    task = seen_task(actor, project_id, task_id)
    managed_project(actor, project_id)
    _needs_offer(actor)
    return _put(actor, task, given)


def patch_tasks(
    actor: Actor, project_id: int, task_ids: Iterable[int], patches: Sequence[Given]
) -> Outcome:
    """Each task by itself."""
    given = merged(patches)
    managed_project(actor, project_id)

    def change(task_id: int) -> None:
        change_task(actor, project_id, task_id, given)

    return each(actor, task_ids, change)


def delete_task(actor: Actor, project_id: int, task_id: int) -> None:
    """Its time stays on the project."""
    task = seen_task(actor, project_id, task_id)
    managed_project(actor, project_id)
    entries = entries_pointing_to(actor.connection, actor.workspace_id, "task_id", task_id)
    freed = [replace(entry, task_id=None, updated_at=actor.now) for entry in entries]
    if freed:
        actor.touch(Touched.ENTRIES)
        replace_entries(actor.connection, actor.workspace_id, freed, actor.change_number)
    gone = replace(task, updated_at=actor.now, deleted_at=actor.now)
    put_nouns(actor.connection, actor.workspace_id, [gone])


def _needs_offer(actor: Actor) -> None:
    if actor.workspace.plan is Plan.FREE:
        raise NotOffered("Tasks are a premium feature")


def _needs_free_name(actor: Actor, task: Task) -> None:
    for one in load_nouns(actor.connection, actor.workspace_id, Task):
        if (one.project_id, one.name) == (task.project_id, task.name) and (
            one.task_id != task.task_id
        ):
            raise NameTaken


def _put(actor: Actor, old: Task, given: Given) -> Task:
    changes: dict[str, Any] = {name: given[name] for name in NULLABLE if name in given}
    if not 0 <= (changes.get("estimated_seconds") or 0) < ESTIMATE_MAX:
        raise BadChange("Invalid estimated_seconds format")
    if given.get("name") is not None:
        changes["name"] = clean_name(
            given["name"],
            NAME_LENGTH_MAX,
            empty="Task name must be present",
            long="Task name maximum length is {}",
        )
    if given.get("is_active") is not None:
        changes["is_active"] = given["is_active"]
    if "user_id" in given:
        user_id = given["user_id"]
        changes["user_id"] = None if user_id is None else active_member(actor, user_id).user_id
    task = replace(old, updated_at=actor.now, **changes)
    if task.name != old.name:
        _needs_free_name(actor, task)
    put_nouns(actor.connection, actor.workspace_id, [task])
    return task
