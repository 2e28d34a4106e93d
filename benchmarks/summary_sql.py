"""How long do SQLite and PostgreSQL take over the same summary in plain SQL, next to the uncached answer over HTTP?"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import sql
from benchmarks.figures import Figure, interleaved
from benchmarks.postgres import loaded_postgres
from benchmarks.records import Bench, year
from benchmarks.reference import decoded
from benchmarks.server import Connection
from benchmarks.summary_http import new_question
from gnomon.columns.surroundings import Surroundings
from gnomon.store.database import RECORD_FILE

QUESTION = "summary in SQL"
SQLITE_RATIO_MIN = {1_000_000: 10.0}
Rows = list[tuple[Any, ...]]


def figures(bench: Bench) -> Iterator[Figure]:
    with (
        open_sqlite(bench.record, bench.table.around) as sqlite,
        open_postgres(loaded_postgres(bench), bench.table.around) as postgres,
        closing(Connection(bench.server)) as connection,
    ):
        actions: dict[str, Callable[[], Any]] = {
            "SQLite": lambda: sqlite.execute(sql.summary_sql(year())).fetchall(),
            "PostgreSQL": lambda: postgres.execute(postgres_summary()).fetchall(),
            "uncached": lambda: connection.ask(new_question()),
        }
        body = bytes(actions["uncached"]())
        for name in ("SQLite", "PostgreSQL"):
            check_agreement(body, actions[name]())
        took = interleaved(7 if bench.entry_count > 500_000 else 15, actions)
    yield from told(bench.entry_count, took)


def open_sqlite(record: Path, around: Surroundings) -> closing[sqlite3.Connection]:
    """The record, as the standard library opens it; only the temporary tables are written."""
    connection = sqlite3.connect(f"file:{record / RECORD_FILE}?mode=ro", uri=True)
    connection.execute("PRAGMA cache_size=-65536")  # as the server has it
    for statement in (sql.CLOCKS, sql.PRICES):
        connection.execute(statement)
    connection.executemany(sql.FILL_CLOCKS, sql.clock_rows(around, year()))
    connection.executemany(sql.FILL_PRICES, sql.price_rows(around))
    connection.commit()
    return closing(connection)


def open_postgres(address: str, around: Surroundings) -> closing[psycopg.Connection[Any]]:
    connection = psycopg.connect(address, autocommit=True)
    cursor = connection.cursor()
    for statement in (sql.CLOCKS, sql.PRICES):
        cursor.execute(statement.encode())
    cursor.executemany(
        sql.FILL_CLOCKS.replace("?", "%s").encode(), list(sql.clock_rows(around, year()))
    )
    cursor.executemany(sql.FILL_PRICES.replace("?", "%s").encode(), list(sql.price_rows(around)))
    cursor.execute("ANALYZE clocks")
    cursor.execute("ANALYZE prices")
    return closing(connection)


def postgres_summary() -> bytes:
    return sql.summary_sql(year(), 'COLLATE "C"').encode()  # in code point order, as the report


def check_agreement(body: bytes, rows: Rows) -> None:
    answer = decoded(body)
    assert sum(int(row[sql.SECONDS]) for row in rows) == answer.seconds
    sub_groups = {(row[sql.PROJECT], row[sql.TEXT_ID]) for row in rows}
    assert len(sub_groups) == answer.sub_group_count


def told(entry_count: int, took: dict[str, float]) -> Iterator[Figure]:
    for name, milliseconds in took.items():
        yield Figure(
            question=QUESTION, entry_count=entry_count, name=f"{name}, ms", value=milliseconds
        )
    for name, ratio_min in (("SQLite", SQLITE_RATIO_MIN.get(entry_count)), ("PostgreSQL", None)):
        yield Figure(
            question=QUESTION,
            entry_count=entry_count,
            name=f"{name} / uncached",
            value=took[name] / took["uncached"],
            at_least=ratio_min,
        )
