"""Rows of the record as raw frames, read past the row objects that would cost more than the report."""

import io
from typing import Any

import polars as pl
from sqlalchemy import Connection, Integer, Select, Table, cast, select

from gnomon.store.batches import in_batches
from gnomon.store.schema import descriptions, entries, tag_sets

RAW_SCHEMA: dict[str, pl.DataType] = {
    "entry_id": pl.Int64(),
    "user_id": pl.Int64(),
    "project_id": pl.Int64(),
    "task_id": pl.Int64(),
    "description_id": pl.Int64(),
    "tag_set_id": pl.Int64(),
    "start": pl.Int64(),
    "seconds": pl.Int64(),
    "updated_at": pl.Int64(),
    "is_billable": pl.Int64(),
    "is_reported": pl.Int64(),
}
ROWS_PER_FETCH = 20_000
IDS_PER_QUERY = 500


def read_facts(connection: Connection, workspace_id: int) -> pl.DataFrame:
    """All entries that belong into reports: stopped and not deleted (D3.3)."""
    reported = entries.c.stopped_at.is_not(None) & entries.c.deleted_at.is_(None)
    return _read_frame(connection, _facts(workspace_id).where(reported))


def read_changed_facts(
    connection: Connection, workspace_id: int, change_number: int
) -> pl.DataFrame:
    """Entries written after that change, those that left the reports too (`is_reported` 0)."""
    return _read_frame(
        connection, _facts(workspace_id).where(entries.c.change_number > change_number)
    )


def _facts(workspace_id: int) -> Select[Any]:
    columns = entries.c
    return select(
        columns.entry_id,
        columns.user_id,
        columns.project_id,
        columns.task_id,
        columns.description_id,
        columns.tag_set_id,
        columns.started_at,
        columns.stopped_at - columns.started_at,
        columns.updated_at,
        cast(columns.is_billable, Integer),
        cast(columns.stopped_at.is_not(None) & columns.deleted_at.is_(None), Integer),
    ).where(columns.workspace_id == workspace_id)


def _read_frame(connection: Connection, question: Select[Any]) -> pl.DataFrame:
    sql = str(question.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            return _copied(cursor, sql)
        return _fetched(cursor, sql)
    finally:
        cursor.close()


def _fetched(cursor: Any, sql: str) -> pl.DataFrame:
    """SQLite: many rows at a time, turned into columns while they are in the processor's cache."""
    cursor.execute(sql)
    frames = [pl.DataFrame(schema=RAW_SCHEMA)]
    while rows := cursor.fetchmany(ROWS_PER_FETCH):
        columns = zip(RAW_SCHEMA.items(), zip(*rows, strict=True), strict=True)
        frames.append(
            pl.DataFrame([pl.Series(name, values, dtype=kind) for (name, kind), values in columns])
        )
    return pl.concat(frames, rechunk=True)


def _copied(cursor: Any, sql: str) -> pl.DataFrame:
    """PostgreSQL: COPY as CSV, which Polars reads several times faster than the driver makes tuples."""
    text = io.BytesIO()
    with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            text.write(block)
    if not text.tell():
        return pl.DataFrame(schema=RAW_SCHEMA)
    text.seek(0)
    return pl.read_csv(text, has_header=False, schema=RAW_SCHEMA)


def read_texts(
    connection: Connection, workspace_id: int, ids: list[int] | None
) -> tuple[list[int], list[str]]:
    """Descriptions by id; None reads all of them."""
    return _read_pairs(connection, descriptions, "description_id", "text", workspace_id, ids)


def read_tag_sets(
    connection: Connection, workspace_id: int, ids: list[int] | None
) -> tuple[list[int], list[str]]:
    """Tag sets by id, each as its ids joined by commas."""
    return _read_pairs(connection, tag_sets, "tag_set_id", "tag_ids", workspace_id, ids)


def _read_pairs(
    connection: Connection,
    table: Table,
    key: str,
    text: str,
    workspace_id: int,
    ids: list[int] | None,
) -> tuple[list[int], list[str]]:
    question = select(table.c[key], table.c[text]).where(table.c.workspace_id == workspace_id)
    questions = (
        [question.order_by(table.c[key])]
        if ids is None
        else [question.where(table.c[key].in_(batch)) for batch in in_batches(ids, IDS_PER_QUERY)]
    )
    pairs = [tuple(row) for one in questions for row in connection.execute(one)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]
