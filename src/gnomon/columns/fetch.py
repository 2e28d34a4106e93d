"""Rows of the record as frames, read past the row objects that would cost more than the report."""

import io
from typing import Any

import polars as pl
from sqlalchemy import Connection, Dialect, Select

from gnomon.columns.dimension import FEW

ROWS_PER_FETCH = 20_000


def sql_text(dialect: Dialect, question: Select[Any]) -> str:
    """The question as text; only numbers of ours are ever in it."""
    return str(question.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


def read_frame(connection: Connection, sql: str, schema: pl.Schema) -> pl.DataFrame:
    cursor = connection.connection.cursor()
    try:
        if connection.dialect.name == "postgresql":
            return _copied(cursor, sql, schema)
        return _fetched(cursor, sql, schema)
    finally:
        cursor.close()


def _fetched(cursor: Any, sql: str, schema: pl.Schema) -> pl.DataFrame:
    """SQLite: many rows at a time, turned into columns while they are in the processor's cache."""
    cursor.execute(sql)
    heaps = iter(lambda: cursor.fetchmany(ROWS_PER_FETCH), [])
    frames = [_frame(rows, schema) for rows in heaps]
    return pl.concat(frames, rechunk=True) if frames else pl.DataFrame(schema=schema)


def _frame(rows: list[tuple[int | None, ...]], schema: pl.Schema) -> pl.DataFrame:
    if len(rows) <= FEW:
        return pl.DataFrame(rows, schema=schema, orient="row")
    columns = zip(schema.items(), zip(*rows, strict=True), strict=True)
    return pl.DataFrame([pl.Series(name, values, dtype=kind) for (name, kind), values in columns])


def _copied(cursor: Any, sql: str, schema: pl.Schema) -> pl.DataFrame:
    """PostgreSQL: COPY as CSV, which Polars reads several times faster than the driver makes tuples."""
    text = io.BytesIO()
    with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            text.write(block)
    if not text.tell():
        return pl.DataFrame(schema=schema)
    text.seek(0)
    return pl.read_csv(text, has_header=False, schema=schema)
