"""What the columns are made of, as it stands in the record: entries, texts, sets of tags."""

from functools import lru_cache
from typing import Any

import polars as pl
from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Integer,
    Select,
    Table,
    cast,
    literal_column,
    select,
)

from gnomon.columns.apart import read_apart
from gnomon.columns.fetch import read_frame, sql_text
from gnomon.store.batches import in_batches
from gnomon.store.database import Database, sqlite_address
from gnomon.store.schema import descriptions, entries, tag_sets

RAW_SCHEMA = pl.Schema(
    {
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
    }
)
CHANGED_SCHEMA = pl.Schema({**RAW_SCHEMA, "is_reported": pl.Int64()})
ROWS_APART_MIN = 150_000  # fewer are read sooner than another process has started
SPANS = 16  # some hold more entries than others, and those who read them must not wait for one
IDS_PER_QUERY = 500
IS_REPORTED = entries.c.stopped_at.is_not(None) & entries.c.deleted_at.is_(None)


def read_facts(
    database: Database, workspace_id: int, apart_min: int = ROWS_APART_MIN
) -> pl.DataFrame:
    """Entries that belong into reports (D3.3), columns as in RAW_SCHEMA; many of them not all from the same moment."""
    question = _facts(workspace_id).where(IS_REPORTED)
    with database.read() as connection:
        path = database.sqlite_path
        if path is None or not _has_entries(connection, workspace_id, apart_min):
            sql = sql_text(connection.dialect, question)
            return read_frame(connection, sql, RAW_SCHEMA)
        spans = _spans(connection, workspace_id)
        questions = [sql_text(connection.dialect, question.where(span)) for span in spans]
    answers = read_apart(sqlite_address(path, read_only=True), questions)
    return pl.concat([_typed(one) for one in answers], rechunk=True)


def _typed(answer: pl.DataFrame) -> pl.DataFrame:
    """A column without any value has another type."""
    return answer.rename(dict(zip(answer.columns, RAW_SCHEMA, strict=True))).cast(RAW_SCHEMA)


def _has_entries(connection: Connection, workspace_id: int, count: int) -> bool:
    here = select(entries.c.entry_id).where(entries.c.workspace_id == workspace_id)
    question = here.order_by(entries.c.entry_id).offset(count - 1).limit(1)
    return connection.scalar(question) is not None


def _spans(connection: Connection, workspace_id: int) -> list[ColumnElement[bool]]:
    """The workspace in spans of as many ids: to count to its middle would take as long as a tenth of the reading.

    Where ids lie far apart a span may hold most entries; then one reader works alone.
    """
    key = entries.c.entry_id
    here = select(key).where(entries.c.workspace_id == workspace_id).limit(1)
    lowest, highest = (connection.scalars(here.order_by(end)).one() for end in (key, key.desc()))
    width = (highest - lowest) // SPANS + 1
    return [key.between(first, first + width - 1) for first in range(lowest, highest + 1, width)]


def read_changed_facts(
    connection: Connection, workspace_id: int, change_number: int
) -> pl.DataFrame:
    """Entries written after that change, those that left the reports too (`is_reported` 0)."""
    sql = _changed_sql(connection.dialect).format(
        workspace_id=int(workspace_id), change_number=int(change_number)
    )
    return read_frame(connection, sql, CHANGED_SCHEMA)


@lru_cache(maxsize=4)
def _changed_sql(dialect: Dialect) -> str:
    """Made once: a report after a write waits for it."""
    workspace_id, change_number = (
        literal_column(f"{{{name}}}", Integer) for name in ("workspace_id", "change_number")
    )
    question = _facts(workspace_id).add_columns(cast(IS_REPORTED, Integer).label("reported"))
    return sql_text(dialect, question.where(entries.c.change_number > change_number))


def _facts(workspace_id: int | ColumnElement[int]) -> Select[Any]:
    columns = entries.c
    return select(
        columns.entry_id,
        columns.user_id,
        columns.project_id,
        columns.task_id,
        columns.description_id,
        columns.tag_set_id,
        columns.started_at,
        (columns.stopped_at - columns.started_at).label("seconds"),
        columns.updated_at,
        cast(columns.is_billable, Integer).label("billable"),
    ).where(columns.workspace_id == workspace_id)


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
