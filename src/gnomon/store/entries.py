"""Time entries of the record: written whole, each with its change number and a checksum."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, insert, select

from gnomon.model.entry import TimeEntry
from gnomon.store.batches import in_batches
from gnomon.store.interning import Interner, tag_ids_of, tag_set_text
from gnomon.store.prepared import Prepared
from gnomon.store.schema import descriptions, entries, tag_sets

IDS_PER_QUERY = 500


def entry_checksum(workspace_id: int, entry: TimeEntry, change_number: int) -> int:
    """CRC-32 over everything an entry says, its text and tags included: one damaged byte is found (D11.6)."""
    said = (
        workspace_id,
        entry.entry_id,
        entry.user_id,
        entry.project_id,
        entry.task_id,
        entry.description,
        tag_set_text(entry.tag_ids),
        entry.started_at,
        entry.stopped_at,
        entry.is_billable,
        entry.updated_at,
        entry.deleted_at,
        change_number,
    )
    return zlib.crc32(repr(said).encode("utf-8", "surrogatepass"))


_INSERT = Prepared(insert(entries))


def add_entries(
    connection: Connection,
    workspace_id: int,
    new: Sequence[TimeEntry],
    change_number: int,
    interner: Interner | None = None,
) -> None:
    """Insert entries whose ids come from `store/ids.py`."""
    if not new:
        return
    interner = interner or Interner(connection, workspace_id)
    description_ids = interner.description_ids(entry.description for entry in new)
    set_texts = [tag_set_text(entry.tag_ids) for entry in new]
    tag_set_ids = interner.tag_set_ids(set_texts)
    rows = [
        {
            "workspace_id": workspace_id,
            "entry_id": entry.entry_id,
            "user_id": entry.user_id,
            "project_id": entry.project_id,
            "task_id": entry.task_id,
            "description_id": description_ids[entry.description] if entry.description else None,
            "tag_set_id": tag_set_ids[set_text] if set_text else None,
            "started_at": entry.started_at,
            "stopped_at": entry.stopped_at,
            "is_billable": entry.is_billable,
            "updated_at": entry.updated_at,
            "deleted_at": entry.deleted_at,
            "change_number": change_number,
            "checksum": entry_checksum(workspace_id, entry, change_number),
        }
        for entry, set_text in zip(new, set_texts, strict=True)
    ]
    if len(rows) == 1:
        _INSERT.run(connection, rows[0])
    else:
        connection.execute(insert(entries), rows)


def replace_entries(
    connection: Connection,
    workspace_id: int,
    changed: Sequence[TimeEntry],
    change_number: int,
) -> None:
    """Write entries that exist already, whole."""
    ids = [entry.entry_id for entry in changed]
    for batch in in_batches(ids, IDS_PER_QUERY):
        connection.execute(
            delete(entries).where(
                entries.c.workspace_id == workspace_id, entries.c.entry_id.in_(batch)
            )
        )
    add_entries(connection, workspace_id, changed, change_number)


def delete_entries(
    connection: Connection,
    workspace_id: int,
    entry_ids: Sequence[int],
    change_number: int,
    at: int,
) -> None:
    """Turn entries into tombstones; unknown ids are passed over."""
    found = read_entries(connection, workspace_id, entry_ids)
    gone = [replace(entry, deleted_at=at, updated_at=at) for entry in found]
    replace_entries(connection, workspace_id, gone, change_number)


def _entries_of(workspace_id: int) -> Select[Any]:
    return _entries_with_texts().where(entries.c.workspace_id == workspace_id)


def _entries_with_texts() -> Select[Any]:
    return (
        select(entries, descriptions.c.text, tag_sets.c.tag_ids)
        .outerjoin(
            descriptions,
            (descriptions.c.workspace_id == entries.c.workspace_id)
            & (descriptions.c.description_id == entries.c.description_id),
        )
        .outerjoin(
            tag_sets,
            (tag_sets.c.workspace_id == entries.c.workspace_id)
            & (tag_sets.c.tag_set_id == entries.c.tag_set_id),
        )
    )


_RUNNING = (
    _entries_with_texts()
    .where(
        entries.c.user_id == bindparam("user_id"),
        entries.c.stopped_at.is_(None),
        entries.c.deleted_at.is_(None),
    )
    .order_by(entries.c.started_at.desc())
)


def read_entries(
    connection: Connection, workspace_id: int, entry_ids: Sequence[int]
) -> list[TimeEntry]:
    """The entries of those ids, deleted ones included, in id order; unknown and foreign ids are left out (R1)."""
    found: list[TimeEntry] = []
    for batch in in_batches(sorted(set(entry_ids)), IDS_PER_QUERY):
        rows = connection.execute(_entries_of(workspace_id).where(entries.c.entry_id.in_(batch)))
        found.extend(_entry_of(row) for row in rows)
    return sorted(found, key=lambda entry: entry.entry_id)


def entries_started_at(
    connection: Connection,
    workspace_id: int,
    instants: Iterable[int],
    before_id: int,
) -> Iterator[TimeEntry]:
    """Undeleted entries that start at one of the instants, in id order, with ids below `before_id`."""
    for batch in in_batches(sorted(set(instants)), IDS_PER_QUERY):
        rows = connection.execute(
            _entries_of(workspace_id)
            .where(
                entries.c.started_at.in_(batch),
                entries.c.deleted_at.is_(None),
                entries.c.entry_id < before_id,
            )
            .order_by(entries.c.entry_id)
        )
        yield from (_entry_of(row) for row in rows)


def all_entries(connection: Connection, workspace_id: int) -> Iterator[tuple[TimeEntry, int, int]]:
    """Every entry, tombstones included, with its change number and the checksum kept with it."""
    rows = connection.execution_options(stream_results=True, yield_per=5_000).execute(
        _entries_of(workspace_id).order_by(entries.c.entry_id)
    )
    for row in rows:
        yield _entry_of(row), row.change_number, row.checksum


def _entry_of(row: Row[Any]) -> TimeEntry:
    return TimeEntry(
        entry_id=row.entry_id,
        user_id=row.user_id,
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        description=row.text or "",
        project_id=row.project_id,
        task_id=row.task_id,
        tag_ids=tag_ids_of(row.tag_ids or ""),
        is_billable=row.is_billable,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
    )


def entries_of_user(
    connection: Connection,
    workspace_ids: Sequence[int],
    user_id: int,
    clauses: Sequence[ColumnElement[bool]],
    limit: int | None = None,
) -> list[tuple[int, TimeEntry]]:
    """A person's entries with their workspaces, the newest start first, those of one start by descending id."""
    question = (
        _entries_with_texts()
        .where(entries.c.workspace_id.in_(workspace_ids), entries.c.user_id == user_id, *clauses)
        .order_by(entries.c.started_at.desc(), entries.c.entry_id.desc())
        .limit(limit)
    )
    return [(row.workspace_id, _entry_of(row)) for row in connection.execute(question)]


def running_entries(connection: Connection, user_id: int) -> list[tuple[int, TimeEntry]]:
    """What somebody has running, in whichever workspace, with the workspace."""
    rows = connection.execute(_RUNNING, {"user_id": user_id})
    return [(row.workspace_id, _entry_of(row)) for row in rows]


def entries_pointing_to(
    connection: Connection, workspace_id: int, column: str, thing_id: int
) -> list[TimeEntry]:
    """Undeleted entries of a project or of a task."""
    rows = connection.execute(
        _entries_of(workspace_id).where(
            entries.c.deleted_at.is_(None), entries.c[column] == thing_id
        )
    )
    return [_entry_of(row) for row in rows]


def entries_with_tags(
    connection: Connection, workspace_id: int, wanted: Collection[int]
) -> list[TimeEntry]:
    """Undeleted entries that have one of the tags."""
    sets = connection.execute(
        select(tag_sets.c.tag_set_id, tag_sets.c.tag_ids).where(
            tag_sets.c.workspace_id == workspace_id
        )
    )
    ids = [set_id for set_id, text in sets if not set(tag_ids_of(text)).isdisjoint(wanted)]
    question = _entries_of(workspace_id).where(entries.c.deleted_at.is_(None))
    found: list[TimeEntry] = []
    for batch in in_batches(ids, IDS_PER_QUERY):
        rows = connection.execute(question.where(entries.c.tag_set_id.in_(batch)))
        found.extend(_entry_of(row) for row in rows)
    return found
