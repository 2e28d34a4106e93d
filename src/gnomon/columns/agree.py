"""Do columns built from the record say what the record says (D11.6)?"""

from collections.abc import Iterator

import polars as pl
from sqlalchemy import Connection, func, select

from gnomon.columns.build import build_table
from gnomon.store.schema import entries
from gnomon.store.workspaces import all_workspace_ids


def disagreements(connection: Connection) -> Iterator[str]:
    """One sentence per workspace whose columns differ from its rows, per user, in count or seconds."""
    for workspace_id in all_workspace_ids(connection):
        table = build_table(connection, workspace_id)
        facts = (
            pl.concat([month.select("user_id", "seconds") for month in table.months.values()])
            if table.months
            else None
        )
        counted = {} if facts is None else _by_user(facts)
        if counted != _in_record(connection, workspace_id):
            yield f"Workspace {workspace_id}: the columns built from the record do not agree with it."


def _by_user(facts: pl.DataFrame) -> dict[int, tuple[int, int]]:
    sums = facts.group_by("user_id").agg(pl.len(), pl.col("seconds").sum())
    return {user: (count, seconds) for user, count, seconds in sums.iter_rows()}


def _in_record(connection: Connection, workspace_id: int) -> dict[int, tuple[int, int]]:
    rows = connection.execute(
        select(
            entries.c.user_id, func.count(), func.sum(entries.c.stopped_at - entries.c.started_at)
        )
        .where(
            entries.c.workspace_id == workspace_id,
            entries.c.stopped_at.is_not(None),
            entries.c.deleted_at.is_(None),
        )
        .group_by(entries.c.user_id)
    )
    return {user: (count, int(seconds)) for user, count, seconds in rows}
