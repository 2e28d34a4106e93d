"""The writer of SQLite: a lost transaction acknowledges nothing and takes nobody along; who writes at once, together."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from gnomon.store import gathering
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


def make_table(database: Database) -> None:
    database.write(lambda connection: connection.exec_driver_sql("CREATE TABLE t (name TEXT)"))


async def written_soon(database: Database, name: str) -> None:
    soon = database.write_soon(small(name))
    assert soon is not None  # SQLite
    await soon


def test_what_one_loop_writes_at_once_is_one_commit(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "SECONDS_MAX", 60)  # however slow the machine is
    database = sqlite_database
    make_table(database)

    async def late(name: str) -> None:
        await asyncio.sleep(0)  # a turn later than the first
        await written_soon(database, name)

    async def all_of_them() -> None:
        await asyncio.gather(written_soon(database, "early"), *(late(f"{n}") for n in range(20)))

    before = database.stamp
    asyncio.run(all_of_them())
    assert before is not None
    assert database.stamp == before + 1
    with database.read() as connection:
        assert len(list(connection.scalars(text("SELECT name FROM t")))) == 21


def test_what_comes_before_the_record_closes_is_written(sqlite_database: Database) -> None:
    database = sqlite_database
    make_table(database)

    async def in_the_last_moment() -> None:
        soon = [database.write_soon(small(name)) for name in ("a", "b")]
        database.close()
        await asyncio.wait_for(asyncio.gather(*(one for one in soon if one is not None)), 10)
        late = database.write_soon(small("late"))
        assert late is not None
        with pytest.raises(RuntimeError, match="closed"):
            await asyncio.wait_for(late, 10)

    asyncio.run(in_the_last_moment())
    with pytest.raises(RuntimeError, match="closed"):
        database.write(small("later still"))
    with database.read() as connection:
        assert sorted(connection.scalars(text("SELECT name FROM t"))) == ["a", "b"]


def test_no_failure_of_a_change_keeps_others_waiting(sqlite_database: Database) -> None:
    database = sqlite_database
    make_table(database)

    def runs_dry(_: Connection) -> None:
        next(iter(()))

    async def together() -> None:
        dry = database.write_soon(runs_dry)
        assert dry is not None
        await asyncio.wait_for(written_soon(database, "beside"), 10)
        with pytest.raises(RuntimeError, match="StopIteration"):
            await asyncio.wait_for(dry, 10)
        await asyncio.wait_for(written_soon(database, "later"), 10)

    asyncio.run(together())
