"""What an entry becomes by what is given: its times, its project and task, its tags, whose it is."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from gnomon.model.catalog import Project, Tag, Task
from gnomon.model.entry import DESCRIPTION_LENGTH_MAX, TimeEntry
from gnomon.store.catalog import find_noun, find_nouns, load_nouns
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import BadChange, Forbidden, TaskUnknown
from gnomon.tracking.seeing import active_member, named_project
from gnomon.tracking.tags import make_tags
from gnomon.units.durations import DURATION_SECONDS_MAX

Given = Mapping[str, Any]
Fields = dict[str, Any]
TAGS_MAX = 100
TAG_ACTIONS = ("add", "delete", "remove")


def new_fields(actor: Actor, given: Given) -> Fields:
    if given.get("start") is None:
        raise BadChange("start needs to be provided")
    started_at, stopped_at = _times(actor, given, None)
    user_id = _whose(actor, given) or actor.user_id
    project_id, task_id, project = _place(actor, given, None)
    return {
        "user_id": user_id,
        "started_at": started_at,
        "stopped_at": stopped_at,
        "description": _description(given),
        "project_id": project_id,
        "task_id": task_id,
        "tag_ids": _tags(actor, {**given, "tag_action": None}, ()),
        "is_billable": _billable(actor, project, given.get("billable") or False),
    }


def changed_fields(actor: Actor, old: TimeEntry, given: Given) -> Fields:
    """Everything of the entry that may have changed."""
    started_at, stopped_at = _times(actor, given, old)
    project_id, task_id, project = _place(actor, given, old)
    wanted = given.get("billable")
    fields: Fields = {
        "user_id": _whose(actor, given) or old.user_id,
        "started_at": started_at,
        "stopped_at": stopped_at,
        "project_id": project_id,
        "task_id": task_id,
        "tag_ids": _tags(actor, given, old.tag_ids),
        "is_billable": _billable(actor, project, old.is_billable if wanted is None else wanted),
    }
    if given.get("description") is not None:
        fields["description"] = _description(given)
    return fields


def _description(given: Given) -> str:
    text: str = given.get("description") or ""
    if len(text) > DESCRIPTION_LENGTH_MAX:
        raise BadChange(f"Description maximum length is {DESCRIPTION_LENGTH_MAX}")
    return text


def _times(actor: Actor, given: Given, old: TimeEntry | None) -> tuple[int, int | None]:
    """Start and stop. A negative duration runs; without stop and duration a new entry has no length (rule 6)."""
    start = _instant(given.get("start"), old.started_at if old else None)
    assert start is not None  # a new entry was given one, an old one has one
    stop = _instant(given.get("stop"), old.stopped_at if old else None)
    duration: int | None = given.get("duration")
    if duration is None:
        if given.get("stop") is None:
            stop = old.stopped_at if old else start
    elif duration < 0:
        if given.get("stop") is not None:
            raise BadChange("stop - start must equal duration")
        stop = None
    elif given.get("stop") is None:
        stop = start + duration
    elif abs((stop or 0) - start - duration) > bool(given.get("has_fractions")):  # a second
        raise BadChange("stop - start must equal duration")
    if stop is not None and stop < start:
        raise BadChange("Stop time must be after start time")
    if (actor.now if stop is None else stop) - start > DURATION_SECONDS_MAX:
        raise BadChange("An entry lasts ten years at most.")
    return start, stop


def _instant(given: int | date | None, old: int | None) -> int | None:
    """A bare day keeps the time of day (UTC) that was."""
    if not isinstance(given, date):
        return old if given is None else given
    clock = datetime.fromtimestamp(old or 0, UTC).time()
    return int(datetime.combine(given, clock, UTC).timestamp())


def _whose(actor: Actor, given: Given) -> int | None:
    user_id: int | None = given.get("user_id")
    if user_id is None or user_id == actor.user_id:
        return user_id
    if not actor.is_admin:
        raise Forbidden
    return active_member(actor, user_id).user_id


def _place(
    actor: Actor, given: Given, old: TimeEntry | None
) -> tuple[int | None, int | None, Project | None]:
    """Project and task. What is given again unchanged is not asked for: an old entry may be on a project now hidden."""
    was = (old.project_id, old.task_id) if old else (None, None)
    project_id = given.get("project_id", was[0])
    task_id = given.get("task_id", was[1] if project_id == was[0] else None)
    if (project_id, task_id) == was:
        return project_id, task_id, _project_for_billing(actor, project_id)
    if task_id is not None and task_id != was[1]:
        task = find_noun(actor.connection, actor.workspace_id, Task, task_id)
        if task is None:
            raise TaskUnknown
        if given.get("project_id") is None:
            project_id = task.project_id
        if task.project_id != project_id:
            raise TaskUnknown
    project = _named(actor, project_id, was[0], by_task=given.get("project_id") is None)
    return project_id, task_id, project


def _named(
    actor: Actor, project_id: int | None, was: int | None, *, by_task: bool
) -> Project | None:
    if project_id is None or project_id == was:
        return _project_for_billing(actor, project_id)
    try:
        return named_project(actor, project_id)
    except BadChange:
        if by_task:  # a hidden project's task does not exist either
            raise TaskUnknown from None
        raise


def _project_for_billing(actor: Actor, project_id: int | None) -> Project | None:
    if project_id is None or not actor.workspace.projects_enforce_billable:
        return None
    return find_noun(actor.connection, actor.workspace_id, Project, project_id)


def _billable(actor: Actor, project: Project | None, wanted: bool) -> bool:  # noqa: FBT001
    if actor.workspace.projects_enforce_billable and project is not None:
        return project.is_billable
    return wanted


def _tags(actor: Actor, given: Given, old: tuple[int, ...]) -> tuple[int, ...]:
    """By name and by id, added, taken away or put in place of the old ones."""
    if any(len(given.get(key) or ()) > TAGS_MAX for key in ("tags", "tag_ids")):
        raise BadChange(f"Maximum count of tags is {TAGS_MAX}")
    names, ids, action = given.get("tags"), given.get("tag_ids"), given.get("tag_action") or None
    if action is not None and action not in TAG_ACTIONS:
        raise BadChange("Invalid tag_action value")
    if names is None and ids is None:
        return old
    takes_away = action in ("delete", "remove")
    meant = set(_known(actor, ids or (), old))
    meant |= set(
        _known_by_name(actor, names or ()) if takes_away else make_tags(actor, names or ())
    )
    if takes_away:
        return tuple(sorted(set(old) - meant))
    return tuple(sorted(meant | set(old))) if action == "add" else tuple(sorted(meant))


def _known(actor: Actor, ids: tuple[int, ...], old: tuple[int, ...]) -> tuple[int, ...]:
    asked = set(ids) - set(old)
    if asked and len(find_nouns(actor.connection, actor.workspace_id, Tag, list(asked))) < len(
        asked
    ):
        raise BadChange("Tag not found/accessible")
    return ids


def _known_by_name(actor: Actor, names: tuple[str, ...]) -> list[int]:
    if not names:
        return []
    wanted = set(names)
    tags = load_nouns(actor.connection, actor.workspace_id, Tag)
    return [tag.tag_id for tag in tags if tag.name in wanted]
