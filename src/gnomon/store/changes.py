"""Change numbers: each write takes the next one of its workspace, in the same transaction (R11).

The update of the workspace's row is also its lock: two writers of one workspace stand in line, so numbers commit in
order and without a gap.
"""

from enum import IntFlag

from sqlalchemy import (
    Connection,
    bindparam,
    insert,
    literal_column,
    select,
    update,
)

from gnomon.errors import WorkspaceHidden
from gnomon.store.prepared import Prepared
from gnomon.store.schema import changes, memberships, workspaces


class Touched(IntFlag):
    """What a change may have altered, so that a refresh reads no more than it must."""

    NO_COLUMN = 0  # saved reports and schedules
    ENTRIES = 1
    CATALOG = 2  # clients, projects, tasks, tags, groups
    RATES = 4
    PEOPLE = 8  # members and their profiles
    WORKSPACE = 16
    ALL = 31


_NEXT = Prepared(
    update(workspaces)
    .where(workspaces.c.workspace_id == bindparam("wanted"))
    .values(change_number=workspaces.c.change_number + literal_column("1"))
    .returning(workspaces.c.change_number)
)
_NOTE = Prepared(insert(changes))
_CURRENT = Prepared(
    select(workspaces.c.change_number).where(workspaces.c.workspace_id == bindparam("wanted"))
)
_TOUCHED = Prepared(
    select(changes.c.touched)
    .distinct()
    .where(
        changes.c.workspace_id == bindparam("wanted"),
        changes.c.change_number > bindparam("since"),
    )
)


def take_change(connection: Connection, workspace_id: int, touched: Touched, at: int) -> int:
    """Lock the workspace and take its next change number."""
    taken = _NEXT.one(connection, {"wanted": workspace_id})
    if taken is None:
        raise WorkspaceHidden
    number: int = taken.change_number
    noted = {
        "workspace_id": workspace_id,
        "change_number": number,
        "changed_at": at,
        "touched": int(touched),
    }
    _NOTE.run(connection, noted)
    return number


def widen_change(
    connection: Connection, workspace_id: int, change_number: int, touched: Touched
) -> None:
    """The change that was taken turns out to alter more."""
    connection.execute(
        update(changes)
        .where(changes.c.workspace_id == workspace_id, changes.c.change_number == change_number)
        .values(touched=changes.c.touched.op("|")(int(touched)))
    )


def take_change_of_user(connection: Connection, user_id: int, at: int) -> None:
    """A profile changed: every workspace of that user takes a change, in id order so that no two wait for each other."""
    mine = select(memberships.c.workspace_id).where(memberships.c.user_id == user_id)
    for workspace_id in connection.scalars(mine.order_by(memberships.c.workspace_id)).all():
        take_change(connection, workspace_id, Touched.PEOPLE, at)


def current_change(connection: Connection, workspace_id: int) -> int | None:
    """The number of the last acknowledged change; None where there is no such workspace."""
    row = _CURRENT.one(connection, {"wanted": workspace_id})
    return None if row is None else row.change_number


def touched_since(connection: Connection, workspace_id: int, change_number: int) -> Touched:
    """Everything that the changes after that number may have altered."""
    touched = Touched.NO_COLUMN
    for row in _TOUCHED.run(connection, {"wanted": workspace_id, "since": change_number}):
        touched |= Touched(row.touched)
    return touched
