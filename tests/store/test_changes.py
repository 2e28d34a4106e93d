"""Change numbers: taken in the write, in order, without a gap."""

import threading

import pytest
from sqlalchemy import select

from gnomon.errors import WorkspaceHidden
from gnomon.store.changes import (
    Touched,
    current_change,
    take_change,
    take_change_of_user,
    touched_since,
)
from gnomon.store.database import Database
from gnomon.store.schema import changes
from tests.worlds.loader import load_world
from tests.worlds.world import User, World

WORLD = World(users=(User(1, "Ada", "ada@example.com"),))


def test_numbers_of_many_writers_have_no_gap(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))

    def write_some() -> None:
        for _ in range(10):
            database.write(lambda connection: take_change(connection, 1, Touched.ENTRIES, 0))

    writers = [threading.Thread(target=write_some) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.read() as connection:
        numbers = list(
            connection.scalars(select(changes.c.change_number).order_by(changes.c.change_number))
        )
        assert numbers == list(range(1, 42))
        assert current_change(connection, 1) == 41


def test_a_failed_write_takes_no_number(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))

    def fail(connection) -> None:
        take_change(connection, 1, Touched.ENTRIES, 0)
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        database.write(fail)
    with database.read() as connection:
        assert current_change(connection, 1) == 1


def test_one_failed_write_does_not_take_its_neighbours_along(sqlite_database: Database) -> None:
    sqlite_database.write(lambda connection: load_world(connection, WORLD))
    hold = threading.Event()
    results: list[object] = []

    def waits(connection) -> int:
        hold.wait(5)
        return take_change(connection, 1, Touched.ENTRIES, 0)

    def fails(connection) -> None:
        take_change(connection, 1, Touched.ENTRIES, 0)
        raise ValueError("on purpose")

    def run(change) -> None:
        try:
            results.append(sqlite_database.write(change))
        except ValueError as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(change,)) for change in (waits, fails, waits)]
    for thread in threads:
        thread.start()
    hold.set()
    for thread in threads:
        thread.join()
    assert sorted(one for one in results if isinstance(one, int)) == [2, 3]
    assert len([one for one in results if isinstance(one, ValueError)]) == 1


def test_touched_since_joins_what_changes_said(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))
    database.write(lambda connection: take_change(connection, 1, Touched.RATES, 0))
    database.write(lambda connection: take_change_of_user(connection, 1, 0))
    with database.read() as connection:
        assert touched_since(connection, 1, 1) == Touched.RATES | Touched.PEOPLE
        assert touched_since(connection, 1, 3) == Touched(0)


def test_a_missing_workspace_takes_no_change(database: Database) -> None:
    with pytest.raises(WorkspaceHidden):
        database.write(lambda connection: take_change(connection, 99, Touched.ENTRIES, 0))
