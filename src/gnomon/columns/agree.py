"""Do columns built from the record say what the record says (D11.6)?"""

from collections.abc import Iterator

import polars as pl
from sqlalchemy import Connection, func, select

from gnomon.columns.build import build_table
from gnomon.columns.read import IS_REPORTED
from gnomon.columns.refresh import refreshed
from gnomon.columns.table import EntryTable
from gnomon.store.database import Database
from gnomon.store.schema import entries
from gnomon.store.workspaces import all_workspace_ids


def disagreements(database: Database) -> Iterator[str]:
    """One sentence per workspace whose columns differ from its rows, per user, in count or seconds."""
    with database.read() as connection:
        workspace_ids = all_workspace_ids(connection)
    for workspace_id in workspace_ids:
        built = build_table(database, workspace_id)
        with database.read() as connection:
            table = refreshed(connection, built)  # of one moment with what is counted
            counted = _in_record(connection, workspace_id)
        if _in_columns(table) != counted:
            yield f"Workspace {workspace_id}: the columns built from the record do not agree with it."


def _in_columns(table: EntryTable) -> dict[int, tuple[int, int]]:
    sums = table.facts().group_by("user_code").agg(pl.len(), pl.col("seconds").sum())
    user_ids = table.dimensions.users["id"]
    return {user_ids[code]: (count, seconds) for code, count, seconds in sums.iter_rows()}


def _in_record(connection: Connection, workspace_id: int) -> dict[int, tuple[int, int]]:
    seconds = func.sum(entries.c.stopped_at - entries.c.started_at)
    rows = connection.execute(
        select(entries.c.user_id, func.count(), seconds)
        .where(entries.c.workspace_id == workspace_id, IS_REPORTED)
        .group_by(entries.c.user_id)
    )
    return {user_id: (count, int(total)) for user_id, count, total in rows}
