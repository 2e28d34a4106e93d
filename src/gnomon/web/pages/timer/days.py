"""Entries by the day on which they start, where the visitor is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from gnomon.model.catalog import Client, Project, Tag, Task
from gnomon.model.entry import TimeEntry
from gnomon.store.catalog import find_nouns
from gnomon.store.entries import entries_of_user, running_entries
from gnomon.store.schema import entries as rows
from gnomon.tracking.actor import Actor
from gnomon.units.dates import instant_of_local
from gnomon.web.pages.reader import Reader

ENTRIES_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry with what it points to."""

    entry: TimeEntry
    project: Project | None
    client: Client | None
    task: Task | None
    tags: Sequence[Tag]

    @property
    def place(self) -> str:
        """As the form of an entry says it."""
        if self.entry.project_id is None:
            return ""
        task = f".{self.entry.task_id}" if self.entry.task_id else ""
        return f"{self.entry.project_id}{task}"


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    entries: Sequence[Told]

    @property
    def seconds(self) -> int:
        return sum(one.entry.duration_seconds or 0 for one in self.entries)


def days_before(actor: Actor, reader: Reader, before: date | None) -> tuple[list[Day], date | None]:
    """The latest days, and before which day there are more. A day is shown whole or, unless it is long, not at all."""
    clauses: list[Any] = [rows.c.deleted_at.is_(None), rows.c.stopped_at.is_not(None)]
    if before is not None:
        first = instant_of_local(reader.zone, datetime.combine(before, time()))
        clauses.append(rows.c.started_at < first)
    found = [
        entry
        for _, entry in entries_of_user(
            actor.connection, [actor.workspace_id], actor.user_id, clauses, ENTRIES_MAX + 1
        )
    ]
    days = [
        (day, list(entries))
        for day, entries in groupby(
            found[:ENTRIES_MAX], lambda one: reader.local(one.started_at).date()
        )
    ]
    has_more = len(found) > ENTRIES_MAX
    if has_more and len(days) > 1:
        days.pop()
    elif has_more:
        days = [(days[0][0], _whole_day(actor, reader, days[0][0]))]
    told = tell(actor, [entry for _, entries in days for entry in entries])
    by_id = {one.entry.entry_id: one for one in told}
    shown = [Day(day, [by_id[one.entry_id] for one in entries]) for day, entries in days]
    return shown, days[-1][0] if has_more else None


def _whole_day(actor: Actor, reader: Reader, day: date) -> list[TimeEntry]:
    """However many there are: what is not shown with its day would be shown nowhere."""
    first, end = (
        instant_of_local(reader.zone, datetime.combine(day + timedelta(days=shift), time()))
        for shift in (0, 1)
    )
    clauses = [
        rows.c.deleted_at.is_(None),
        rows.c.stopped_at.is_not(None),
        rows.c.started_at >= first,
        rows.c.started_at < end,
    ]
    placed = entries_of_user(actor.connection, [actor.workspace_id], actor.user_id, clauses)
    return [entry for _, entry in placed]


def running_here(actor: Actor) -> Told | None:
    mine = [
        entry
        for workspace_id, entry in running_entries(actor.connection, actor.user_id)
        if workspace_id == actor.workspace_id
    ]
    return tell(actor, mine[:1])[0] if mine else None


def tell(actor: Actor, entries: Sequence[TimeEntry]) -> list[Told]:
    connection, place = actor.connection, actor.workspace_id
    projects = find_nouns(connection, place, Project, _ids(one.project_id for one in entries))
    clients = find_nouns(
        connection, place, Client, _ids(one.client_id for one in projects.values())
    )
    tasks = find_nouns(connection, place, Task, _ids(one.task_id for one in entries))
    tags = find_nouns(
        connection, place, Tag, _ids(one for entry in entries for one in entry.tag_ids)
    )
    told = []
    for entry in entries:
        project = projects.get(entry.project_id or 0)
        told.append(
            Told(
                entry=entry,
                project=project,
                client=clients.get(project.client_id or 0) if project else None,
                task=tasks.get(entry.task_id or 0),
                tags=[tags[one] for one in entry.tag_ids if one in tags],
            )
        )
    return told


def _ids(numbers: Any) -> list[int]:
    return sorted({one for one in numbers if one is not None})


def day_name(day: date, today: date) -> str:
    """`Today`, `Yesterday`, `Mon 16 Nov`, with the year where it is another one."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return f"{day:%a %-d %b}" if day.year == today.year else f"{day:%a %-d %b %Y}"
