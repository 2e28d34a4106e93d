"""Time entries: made, changed, stopped and deleted, one running at most for each person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gnomon.model.catalog import Project, Tag, Task
from gnomon.model.entry import TimeEntry
from gnomon.store.accounts import lock_account
from gnomon.store.catalog import find_noun, find_nouns
from gnomon.store.changes import Touched, take_change
from gnomon.store.entries import (
    add_entries,
    delete_entries,
    read_entries,
    replace_entries,
    running_entries,
)
from gnomon.store.ids import new_id
from gnomon.tracking.actor import Actor
from gnomon.tracking.entry_fields import changed_fields, new_fields
from gnomon.tracking.many import Outcome, each
from gnomon.tracking.refusals import EntryAbsent, Unchanged
from gnomon.units.durations import DURATION_SECONDS_MAX

Given = Mapping[str, Any]
RESTORABLE_SECONDS = 3_600


def find_entry(actor: Actor, entry_id: int) -> TimeEntry | None:
    """One's own, for an admin anybody's; deleted ones are gone."""
    for entry in read_entries(actor.connection, actor.workspace_id, [entry_id]):
        if entry.deleted_at is None and (actor.is_admin or entry.user_id == actor.user_id):
            return entry
    return None


def seen_entry(actor: Actor, entry_id: int) -> TimeEntry:
    entry = find_entry(actor, entry_id)
    if entry is None:
        raise EntryAbsent
    return entry


def add_entry(actor: Actor, given: Given) -> TimeEntry:
    fields = new_fields(actor, given)
    if fields["stopped_at"] is None:
        _stop_running(actor, fields["user_id"], fields["started_at"])
    entry = TimeEntry(entry_id=new_id(actor.connection, "entry"), updated_at=actor.now, **fields)
    add_entries(actor.connection, actor.workspace_id, [entry], actor.change_number)
    return entry


def change_entry(actor: Actor, entry_id: int, given: Given) -> TimeEntry:
    """Only what is given changes."""
    old = seen_entry(actor, entry_id)
    fields = changed_fields(actor, old, given)
    changed = replace(old, updated_at=actor.now, **fields)
    if changed.stopped_at is None and (
        old.stopped_at is not None or changed.user_id != old.user_id
    ):
        _stop_running(actor, changed.user_id, changed.started_at, but=entry_id)
    _write(actor, changed)
    return changed


def _write(actor: Actor, entry: TimeEntry) -> None:
    replace_entries(actor.connection, actor.workspace_id, [entry], actor.change_number)


def _stop_running(actor: Actor, user_id: int, at: int, but: int = 0) -> None:
    """Nobody does two things at once: what runs stops when the next one starts, in whichever workspace it is."""
    connection = actor.connection
    lock_account(connection, user_id)
    for workspace_id, running in running_entries(connection, user_id):
        if running.entry_id == but:
            continue
        number = actor.change_number
        if workspace_id != actor.workspace_id:
            if user_id != actor.user_id:
                continue  # what somebody does elsewhere is not an admin's of here to stop
            number = take_change(connection, workspace_id, Touched.ENTRIES, actor.now)
        for entry in read_entries(connection, workspace_id, [running.entry_id]):
            if _is_running(entry):  # still, now that the workspace is locked
                replace_entries(connection, workspace_id, [_stopped(entry, at, actor.now)], number)


def _is_running(entry: TimeEntry) -> bool:
    return entry.stopped_at is None and entry.deleted_at is None


def _stopped(entry: TimeEntry, at: int, now: int) -> TimeEntry:
    """Not before it starts, not in the future, and not longer than an entry can be."""
    stop = max(entry.started_at, min(at, now))
    stop = min(stop, entry.started_at + DURATION_SECONDS_MAX)
    return replace(entry, stopped_at=stop, updated_at=now)


def stop_running_here(actor: Actor, user_id: int) -> None:
    """Who leaves the workspace leaves nothing running in it."""
    for workspace_id, entry in running_entries(actor.connection, user_id):
        if workspace_id == actor.workspace_id:
            actor.touch(Touched.ENTRIES)
            _write(actor, _stopped(entry, actor.now, actor.now))


def stop_entry(actor: Actor, entry_id: int) -> TimeEntry:
    entry = seen_entry(actor, entry_id)
    if entry.stopped_at is not None:
        raise Unchanged("Time entry already stopped")
    stopped = _stopped(entry, actor.now, actor.now)
    _write(actor, stopped)
    return stopped


def delete_entry(actor: Actor, entry_id: int) -> None:
    entry = seen_entry(actor, entry_id)
    delete_entries(
        actor.connection, actor.workspace_id, [entry.entry_id], actor.change_number, actor.now
    )


def restore_entry(actor: Actor, entry_id: int) -> TimeEntry:
    """Bring back what was deleted within the hour; what it pointed to and is gone meanwhile it points to no more."""
    for entry in read_entries(actor.connection, actor.workspace_id, [entry_id]):
        is_own = actor.is_admin or entry.user_id == actor.user_id
        if (
            entry.deleted_at is None
            or not is_own
            or actor.now - entry.deleted_at > RESTORABLE_SECONDS
        ):
            break
        if entry.stopped_at is None:
            _stop_running(actor, entry.user_id, actor.now, but=entry_id)
        restored = _without_lost(actor, replace(entry, deleted_at=None, updated_at=actor.now))
        _write(actor, restored)
        return restored
    raise EntryAbsent


def _without_lost(actor: Actor, entry: TimeEntry) -> TimeEntry:
    def is_there(kind: type[Project | Task], number: int | None) -> bool:
        if number is None:
            return False
        return find_noun(actor.connection, actor.workspace_id, kind, number) is not None

    has_project, has_task = is_there(Project, entry.project_id), is_there(Task, entry.task_id)
    tags = find_nouns(actor.connection, actor.workspace_id, Tag, entry.tag_ids)
    return replace(
        entry,
        project_id=entry.project_id if has_project else None,
        task_id=entry.task_id if has_project and has_task else None,
        tag_ids=tuple(one for one in entry.tag_ids if one in tags),
    )


def patch_entries(actor: Actor, entry_ids: Iterable[int], patches: Sequence[Given]) -> Outcome:
    """All patches of one entry hold together or not at all; one that fails does not stop the others."""

    def change(entry_id: int) -> None:
        for given in patches:
            change_entry(actor, entry_id, given)

    return each(actor, entry_ids, change)
