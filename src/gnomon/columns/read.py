"""Rows of the record as raw frames, read past the row objects that would cost more than the report."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
    func,
    literal_column,
    select,
)

from gnomon.columns.apart import read_apart
from gnomon.columns.dimension import FEW
from gnomon.errors import WorkspaceHidden
from gnomon.store.batches import in_batches
from gnomon.store.changes import change_question, current_change
from gnomon.store.database import Database, sqlite_address
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
ROWS_APART_MIN = 150_000  # fewer are read sooner than another process has started
IDS_PER_QUERY = 500


@dataclass(frozen=True, slots=True)
class RawFacts:
    """Entries that belong into reports (D3.3), and the change up to which they are sure to be there."""

    rows: pl.DataFrame
    change_number: int


def read_facts(database: Database, workspace_id: int, apart_min: int = ROWS_APART_MIN) -> RawFacts:
    """Stopped, undeleted entries; raises `WorkspaceHidden` where there is no such workspace."""
    reported = entries.c.stopped_at.is_not(None) & entries.c.deleted_at.is_(None)
    question = _facts(workspace_id).where(reported)
    with database.read() as connection:
        change_number = current_change(connection, workspace_id)
        if change_number is None:
            raise WorkspaceHidden
        path = database.sqlite_path
        middle = None if path is None else _middle_entry(connection, workspace_id, apart_min)
        if path is None or middle is None:
            return RawFacts(
                _read_frame(connection, _sql(connection.dialect, question)), change_number
            )
        halves = [
            question.where(entries.c.entry_id < middle),
            question.where(entries.c.entry_id >= middle),
        ]
        number = _sql(connection.dialect, change_question(workspace_id))
        address = sqlite_address(path, read_only=True)
        calls = [(address, [number, _sql(connection.dialect, half)]) for half in halves]
    with ThreadPoolExecutor(len(calls)) as readers:
        answers = list(readers.map(read_apart, *zip(*calls, strict=True)))
    # The halves may be of different moments: what changed after the earlier one will be read again, whole.
    rows = pl.concat(
        [facts.rename(dict(zip(facts.columns, RAW_SCHEMA, strict=True))) for _, facts in answers]
    )
    return RawFacts(
        rows.cast(pl.Schema(RAW_SCHEMA)), min(int(change.item()) for change, _ in answers)
    )


def _middle_entry(connection: Connection, workspace_id: int, apart_min: int) -> int | None:
    """The entry that halves the workspace; None where one process reads everything soon enough."""
    here = entries.c.workspace_id == workspace_id
    count = connection.scalar(select(func.count()).select_from(entries).where(here)) or 0
    if count < apart_min:
        return None
    ids = select(entries.c.entry_id).where(here).order_by(entries.c.entry_id)
    return connection.scalar(ids.offset(count // 2).limit(1))


def read_changed_facts(
    connection: Connection, workspace_id: int, change_number: int
) -> pl.DataFrame:
    """Entries written after that change, those that left the reports too (`is_reported` 0)."""
    sql = _changed_sql(connection.dialect).format(
        workspace_id=int(workspace_id), change_number=int(change_number)
    )
    return _read_frame(connection, sql)


@lru_cache(maxsize=4)
def _changed_sql(dialect: Dialect) -> str:
    """Made once: a report after a write waits for it."""
    workspace_id, change_number = (
        literal_column(f"{{{name}}}", Integer) for name in ("workspace_id", "change_number")
    )
    return _sql(dialect, _facts(workspace_id).where(entries.c.change_number > change_number))


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
        cast(columns.stopped_at.is_not(None) & columns.deleted_at.is_(None), Integer).label(
            "reported"
        ),
    ).where(columns.workspace_id == workspace_id)


def _read_frame(connection: Connection, sql: str) -> pl.DataFrame:
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            return _copied(cursor, sql)
        return _fetched(cursor, sql)
    finally:
        cursor.close()


def _sql(dialect: Dialect, question: Select[Any]) -> str:
    """The question as text; only numbers of ours are ever in it."""
    return str(question.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def _fetched(cursor: Any, sql: str) -> pl.DataFrame:
    """SQLite: many rows at a time, turned into columns while they are in the processor's cache."""
    cursor.execute(sql)
    heaps = iter(lambda: cursor.fetchmany(ROWS_PER_FETCH), [])
    frames = [_frame(rows) for rows in heaps]
    return pl.concat(frames, rechunk=True) if frames else pl.DataFrame(schema=RAW_SCHEMA)


def _frame(rows: list[tuple[int | None, ...]]) -> pl.DataFrame:
    if len(rows) <= FEW:
        return pl.DataFrame(rows, schema=RAW_SCHEMA, orient="row")
    columns = zip(RAW_SCHEMA.items(), zip(*rows, strict=True), strict=True)
    return pl.DataFrame([pl.Series(name, values, dtype=kind) for (name, kind), values in columns])


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
