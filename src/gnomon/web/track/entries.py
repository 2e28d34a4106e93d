"""`time_entries` of the Track API: lists, the running one, made, changed, stopped and deleted ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement

from gnomon.errors import GnomonError
from gnomon.model.catalog import Client, Project, Tag, Task
from gnomon.model.entry import TimeEntry
from gnomon.store.accounts import find_account
from gnomon.store.catalog import find_nouns
from gnomon.store.changes import Touched
from gnomon.store.entries import entries_of_user, running_entries
from gnomon.store.schema import entries as rows
from gnomon.store.workspaces import Standing, standings_of
from gnomon.tracking import entries as tracking
from gnomon.tracking.actor import Actor
from gnomon.tracking.refusals import Absent
from gnomon.web.track.calls import EMPTY, Call, Reply, Row, Undone, told_outcome
from gnomon.web.track.paths import ENTRIES, ENTRY, ME
from gnomon.wire.track_v9.entries import EntryPayload, Names, entry_json, new_entry_json, with_meta
from gnomon.wire.track_v9.entry_lists import Asked, asked_entries
from gnomon.wire.track_v9.me import PICTURE
from gnomon.wire.track_v9.patches import (
    ENTRY_PATCHES,
    PatchBody,
    failed_for_all,
    ids_of_path,
    outcome_json,
)
from gnomon.wire.track_v9.queries import flag

LATEST = 1_000
Placed = tuple[int, TimeEntry]


def list_entries(call: Call) -> Any:
    """One's own, of every workspace where one is active, the newest first."""
    now = datetime.fromtimestamp(call.now, UTC)
    asked = asked_entries(call.query, call.account.timezone, now)
    workspace_ids = [
        one.workspace.workspace_id for one in standings_of(call.connection, call.account.user_id)
    ]
    found = entries_of_user(
        call.connection,
        workspace_ids,
        call.account.user_id,
        _clauses(asked),
        None if asked.is_bounded else LATEST,
    )
    return _told(call, found, has_meta=flag(call.query, "meta"))


def _clauses(asked: Asked) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if asked.since is None:
        clauses.append(rows.c.deleted_at.is_(None))
    else:
        clauses.append(rows.c.updated_at >= asked.since)
    if asked.start is not None:
        clauses.append(rows.c.started_at >= asked.start)
    if asked.end is not None:
        clauses.append(rows.c.started_at < asked.end)
    return clauses


def read_current(call: Call) -> Any:
    """The running one, in whichever workspace; `null` where nothing runs (rule 3)."""
    mine = {
        one.workspace.workspace_id for one in standings_of(call.connection, call.account.user_id)
    }
    running = [
        placed
        for placed in running_entries(call.connection, call.account.user_id)
        if placed[0] in mine
    ]
    return _told(call, running[:1], has_meta=flag(call.query, "meta"))[0] if running else None


def read_mine(call: Call) -> Any:
    """By its number alone, from any workspace of the asker: his own, or where he is admin anybody's."""
    for standing in standings_of(call.connection, call.account.user_id):
        actor = _actor_in(call, standing)
        entry = tracking.find_entry(actor, call.number("time_entry"))
        if entry is not None:
            placed = (standing.workspace.workspace_id, entry)
            return _told(call, [placed], has_meta=flag(call.query, "meta"), is_single=True)[0]
    raise Absent("Resource can not be found")


def _actor_in(call: Call, standing: Standing) -> Actor:
    return Actor(
        connection=call.connection,
        account=call.account,
        workspace=standing.workspace,
        role=standing.role,
        now=call.now,
    )


def read_entry(call: Call) -> Any:
    entry = tracking.seen_entry(call.actor, call.number("time_entry"))
    placed = (call.actor.workspace_id, entry)
    return _told(call, [placed], has_meta=flag(call.query, "meta"), is_single=True)[0]


def add_entry(call: Call) -> Any:
    entry = tracking.add_entry(call.actor, call.given)
    placed = (call.actor.workspace_id, entry)
    names = _names(call, [placed], with_all=flag(call.query, "meta"))[placed[0]]
    told = new_entry_json(placed[0], entry, names, call.given)
    return _with_meta(call, told, names, entry) if flag(call.query, "meta") else told


def change_entry(call: Call) -> Any:
    entry = tracking.change_entry(call.actor, call.number("time_entry"), call.given)
    return _written(call, entry)


def stop_entry(call: Call) -> Any:
    entry_id = call.checked("time_entry", "Invalid or missing time_entry_id")
    return _written(call, tracking.stop_entry(call.actor, entry_id))


def _written(call: Call, entry: TimeEntry) -> Any:
    placed = (call.actor.workspace_id, entry)
    return _told(call, [placed], has_meta=flag(call.query, "meta"), zone="Z")[0]


def delete_entry(call: Call) -> Reply:
    tracking.delete_entry(call.actor, call.number("time_entry"))
    return EMPTY


def patch_entries(call: Call) -> Any:
    ids = ids_of_path(
        call.path["time_entry_ids"],
        "Invalid time_entry_ids",
        "PATCH request is limited to 100 entries at once",
    )
    try:
        patches = ENTRY_PATCHES.given(call.given)
    except GnomonError as error:
        raise Undone(outcome_json(failed_for_all(ids, error))) from None
    return told_outcome(tracking.patch_entries(call.actor, ids, patches))


def _told(
    call: Call,
    found: Sequence[Placed],
    *,
    has_meta: bool,
    is_single: bool = False,
    zone: str = "+00:00",
) -> list[dict[str, Any]]:
    names = _names(call, found, with_all=has_meta)
    told = []
    for workspace_id, entry in found:
        known = names[workspace_id]
        one = entry_json(workspace_id, entry, known, zone)
        told.append(_with_meta(call, one, known, entry, is_single=is_single) if has_meta else one)
    return told


def _with_meta(
    call: Call, told: dict[str, Any], names: Names, entry: TimeEntry, *, is_single: bool = False
) -> dict[str, Any]:
    owner = call.account
    if entry.user_id != owner.user_id:
        owner = find_account(call.connection, entry.user_id) or owner
    return with_meta(told, names, (owner, call.base + PICTURE), is_single=is_single)


def _names(call: Call, found: Sequence[Placed], *, with_all: bool) -> dict[int, Names]:
    """What the entries point to, per workspace; only tags, unless names are asked for."""
    names = {}
    for workspace_id in {workspace_id for workspace_id, _ in found}:
        mine = [entry for place, entry in found if place == workspace_id]
        tags = find_nouns(
            call.connection, workspace_id, Tag, [one for entry in mine for one in entry.tag_ids]
        )
        names[workspace_id] = Names(tags=tags)
        if with_all:
            names[workspace_id] = _all_names(call, workspace_id, mine, names[workspace_id])
    return names


def _all_names(call: Call, workspace_id: int, mine: Sequence[TimeEntry], names: Names) -> Names:
    wanted = [entry.project_id for entry in mine if entry.project_id is not None]
    projects = find_nouns(call.connection, workspace_id, Project, wanted)
    client_ids = [one.client_id for one in projects.values() if one.client_id is not None]
    task_ids = [entry.task_id for entry in mine if entry.task_id is not None]
    return replace(
        names,
        projects=projects,
        clients=find_nouns(call.connection, workspace_id, Client, client_ids),
        tasks=find_nouns(call.connection, workspace_id, Task, task_ids),
    )


ROWS = (
    Row(
        "POST",
        ENTRIES,
        add_entry,
        "Track time",
        EntryPayload(is_new=True),
        Touched.ENTRIES,
    ),
    Row("GET", ENTRY, read_entry, "A time entry of the workspace"),
    Row("PUT", ENTRY, change_entry, "Change a time entry", EntryPayload(), Touched.ENTRIES),
    Row(
        "PATCH",
        f"{ENTRIES}/{{time_entry_ids}}",
        patch_entries,
        "Change many time entries",
        PatchBody(),
        Touched.ENTRIES,
    ),
    Row("DELETE", ENTRY, delete_entry, "Delete a time entry", touched=Touched.ENTRIES),
    Row(
        "PATCH",
        f"{ENTRY}/stop",
        stop_entry,
        "Stop a running time entry",
        touched=Touched.ENTRIES,
    ),
    Row("GET", f"{ME}/time_entries", list_entries, "My time entries"),
    Row("GET", f"{ME}/time_entries/current", read_current, "What I have running"),
    Row("GET", f"{ME}/time_entries/{{time_entry_id}}", read_mine, "A time entry"),
)
