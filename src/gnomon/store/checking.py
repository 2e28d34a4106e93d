"""`gnomon check`: does the record hold together, byte for byte (D11.6)?"""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, and_, func, select
from sqlalchemy.exc import DatabaseError

from gnomon.errors import BadData
from gnomon.store.catalog import load_catalog
from gnomon.store.entries import all_entries, entry_checksum
from gnomon.store.interning import tag_ids_of
from gnomon.store.rates import load_rates
from gnomon.store.schema import (
    accounts,
    changes,
    clients,
    deliveries,
    descriptions,
    entries,
    id_counters,
    invitations,
    memberships,
    project_groups,
    project_users,
    projects,
    rates,
    saved_reports,
    schedule_recipients,
    schedules,
    tag_sets,
    tags,
    tasks,
    user_group_members,
    user_groups,
    workspaces,
)
from gnomon.store.workspaces import all_workspace_ids, find_workspace, load_members
from gnomon.units.dates import zone_of

REFERENCES: tuple[tuple[Table, str, Table, str], ...] = (
    (entries, "user_id", memberships, "user_id"),
    (entries, "project_id", projects, "project_id"),
    (entries, "task_id", tasks, "task_id"),
    (entries, "description_id", descriptions, "description_id"),
    (entries, "tag_set_id", tag_sets, "tag_set_id"),
    (projects, "client_id", clients, "client_id"),
    (project_users, "project_id", projects, "project_id"),
    (project_users, "user_id", memberships, "user_id"),
    (project_groups, "project_id", projects, "project_id"),
    (project_groups, "user_group_id", user_groups, "user_group_id"),
    (user_group_members, "user_group_id", user_groups, "user_group_id"),
    (user_group_members, "user_id", memberships, "user_id"),
    (tasks, "project_id", projects, "project_id"),
    (saved_reports, "owner_id", memberships, "user_id"),
    (schedules, "report_id", saved_reports, "report_id"),
    (schedules, "creator_id", memberships, "user_id"),
    (schedule_recipients, "schedule_id", schedules, "schedule_id"),
    (deliveries, "schedule_id", schedules, "schedule_id"),
)

COUNTED = {
    "entry": entries.c.entry_id,
    "user": accounts.c.user_id,
    "workspace": workspaces.c.workspace_id,
    "client": clients.c.client_id,
    "project": projects.c.project_id,
    "task": tasks.c.task_id,
    "tag": tags.c.tag_id,
    "rate": rates.c.rate_id,
    "description": descriptions.c.description_id,
    "tag_set": tag_sets.c.tag_set_id,
    "saved_report": saved_reports.c.report_id,
    "schedule": schedules.c.schedule_id,
    "project_user": project_users.c.project_user_id,
    "project_group": project_groups.c.project_group_id,
    "workspace_user": memberships.c.workspace_user_id,
    "invitation": invitations.c.invitation_id,
    "user_group": user_groups.c.user_group_id,
}


def problems(connection: Connection) -> Iterator[str]:
    """One sentence per problem; none for a sound record."""
    yield from _damage(connection)
    try:
        yield from _low_counters(connection)
        for workspace_id in all_workspace_ids(connection):
            yield from _workspace_problems(connection, workspace_id)
    except DatabaseError as error:
        yield f"The database cannot be read through: {error.orig}."


def _damage(connection: Connection) -> Iterator[str]:
    """The database's own check; PostgreSQL keeps its own page checksums."""
    if connection.dialect.name != "sqlite":
        return
    try:
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"The database file is damaged: {row[0]}."
    except DatabaseError as error:
        yield f"The database file is damaged: {error.orig}."


def _low_counters(connection: Connection) -> Iterator[str]:
    """A counter that is behind would give an id out twice."""
    next_ids = dict(iter(connection.execute(select(id_counters.c.kind, id_counters.c.next_id))))
    for kind, column in COUNTED.items():
        last = connection.scalar(select(func.max(column)))
        if last is not None and next_ids.get(kind, 0) <= last:
            yield f"The id counter of {kind} is behind the ids that are in use."


def _workspace_problems(connection: Connection, workspace_id: int) -> Iterator[str]:
    try:
        _read_settings(connection, workspace_id)
    except (ValueError, BadData) as error:
        yield f"Workspace {workspace_id}: a setting, role or rate cannot be read: {error}"
    yield from _change_gaps(connection, workspace_id)
    for table, column, target, key in REFERENCES:
        yield from _dangling(connection, workspace_id, (table.c[column], target.c[key]))
    yield from _memberless(connection, workspace_id)
    yield from _unknown_tags(connection, workspace_id)
    yield from _wrong_checksums(connection, workspace_id)


def _read_settings(connection: Connection, workspace_id: int) -> None:
    """Everything but entries once through its nouns, which refuse what cannot be."""
    find_workspace(connection, workspace_id)
    load_catalog(connection, workspace_id)
    load_rates(connection, workspace_id)
    for member in load_members(connection, workspace_id):
        zone_of(member.account.timezone)


def _change_gaps(connection: Connection, workspace_id: int) -> Iterator[str]:
    here = changes.c.workspace_id == workspace_id
    count, last = connection.execute(
        select(func.count(), func.coalesce(func.max(changes.c.change_number), 0)).where(here)
    ).one()
    now = connection.scalar(
        select(workspaces.c.change_number).where(workspaces.c.workspace_id == workspace_id)
    )
    if not count == last == now:
        yield f"Workspace {workspace_id} is at change {now}, but has {count} changes up to {last}."
    newest = connection.scalar(
        select(func.max(entries.c.change_number)).where(entries.c.workspace_id == workspace_id)
    )
    if newest is not None and newest > last:
        yield f"Workspace {workspace_id} has an entry of change {newest}, but only {last} changes."


def _dangling(
    connection: Connection, workspace_id: int, link: tuple[Column[int], Column[int]]
) -> Iterator[str]:
    column, key = link
    missing = (
        select(func.count())
        .select_from(column.table)
        .outerjoin(
            key.table, and_(key.table.c.workspace_id == column.table.c.workspace_id, key == column)
        )
        .where(column.table.c.workspace_id == workspace_id, column.is_not(None), key.is_(None))
    )
    count = connection.scalar(missing)
    if count:
        yield f"Workspace {workspace_id}: {count} {column.table.name} name a {column.name} that does not exist."


def _memberless(connection: Connection, workspace_id: int) -> Iterator[str]:
    count = connection.scalar(
        select(func.count())
        .select_from(memberships)
        .outerjoin(accounts, accounts.c.user_id == memberships.c.user_id)
        .where(memberships.c.workspace_id == workspace_id, accounts.c.user_id.is_(None))
    )
    if count:
        yield f"Workspace {workspace_id}: {count} members have no account."


def _unknown_tags(connection: Connection, workspace_id: int) -> Iterator[str]:
    known = set(
        connection.scalars(select(tags.c.tag_id).where(tags.c.workspace_id == workspace_id))
    )
    sets = connection.scalars(
        select(tag_sets.c.tag_ids).where(tag_sets.c.workspace_id == workspace_id)
    )
    for text in sets:
        try:
            unknown = set(tag_ids_of(text)) - known
        except ValueError:
            yield f"Workspace {workspace_id}: the tag set {text!r} is no list of ids."
            continue
        if unknown:
            yield f"Workspace {workspace_id}: a tag set names unknown tags {sorted(unknown)}."


def _wrong_checksums(connection: Connection, workspace_id: int) -> Iterator[str]:
    rows = all_entries(connection, workspace_id)
    while True:
        try:
            entry, change_number, checksum = next(rows)
        except StopIteration:
            return
        except (BadData, TypeError, ValueError) as error:  # damaged beyond being an entry at all
            yield f"Workspace {workspace_id}: an entry cannot be read: {error}"
            return
        if entry_checksum(workspace_id, entry, change_number) != checksum:
            yield f"Workspace {workspace_id}: entry {entry.entry_id} does not match its checksum."
