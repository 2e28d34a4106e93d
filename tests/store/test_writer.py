"""The writer of SQLite when the disk is full: a lost transaction acknowledges nothing and takes nobody along."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from gnomon.store.database import Database


def small(name: str):
    return lambda connection: connection.execute(
        text("INSERT INTO t VALUES (:name)"), {"name": name}
    )


def huge(connection: Connection) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
    try:
        connection.execute(text("INSERT INTO t VALUES (:name)"), {"name": "x" * 1_000_000})
    finally:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")


def test_a_full_disk_in_a_batch_costs_only_the_change_that_needed_the_room(
    sqlite_database: Database,
) -> None:
    database = sqlite_database
    database.write(lambda connection: connection.exec_driver_sql("CREATE TABLE t (name TEXT)"))
    hold = threading.Event()

    def first(connection: Connection) -> None:
        hold.wait(10)
        small("first")(connection)

    with ThreadPoolExecutor(8) as callers:
        waiting = callers.submit(database.write, first)
        batch = {name: callers.submit(database.write, small(name)) for name in ("a", "b", "c")}
        refused = callers.submit(database.write, huge)
        batch["d"] = callers.submit(database.write, small("d"))
        hold.set()
        waiting.result(20)
        with pytest.raises(DatabaseError, match="full"):
            refused.result(20)
        for future in batch.values():
            future.result(20)
    with database.read() as connection:
        kept = sorted(connection.scalars(text("SELECT name FROM t")))
    assert kept == ["a", "b", "c", "d", "first"]
    database.write(small("later"))


def test_a_change_that_ends_the_transaction_does_not_end_the_writer(
    sqlite_database: Database,
) -> None:
    database = sqlite_database
    database.write(lambda connection: connection.exec_driver_sql("CREATE TABLE t (name TEXT)"))

    def rolls_back(connection: Connection) -> None:
        connection.connection.driver_connection.rollback()  # type: ignore[union-attr]

    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the driver says
        database.write(rolls_back)
    database.write(small("later"))
    with database.read() as connection:
        assert list(connection.scalars(text("SELECT name FROM t"))) == ["later"]
