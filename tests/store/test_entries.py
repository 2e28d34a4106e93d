"""Entries go into the record and come out as they were, in both databases."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from gnomon.model.entry import TimeEntry
from gnomon.store.changes import Touched, take_change
from gnomon.store.checking import problems
from gnomon.store.database import Database
from gnomon.store.entries import (
    add_entries,
    delete_entries,
    entries_started_at,
    read_entries,
    replace_entries,
)
from gnomon.store.ids import new_ids
from tests.shares import examples
from tests.worlds.loader import load_world
from tests.worlds.named import NAMED_WORLDS
from tests.worlds.world import Tag, User, World

WORLD = World(users=(User(1, "Ada", "ada@example.com"),), tags=(Tag(7, "seven"), Tag(9, "nine")))
ENTRY = TimeEntry(entry_id=1, user_id=1, started_at=1_000, stopped_at=2_000)


def write_entries(database: Database, *new: TimeEntry) -> None:
    def change(connection) -> None:
        number = take_change(connection, 1, Touched.ENTRIES, 0)
        add_entries(connection, 1, new, number)

    database.write(change)


def test_an_entry_comes_back_as_it_was(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))
    entry = replace(
        ENTRY, description="größer als 🎉 'x' \"y\" \\", tag_ids=(7, 9), is_billable=True
    )
    running = TimeEntry(entry_id=2**31, user_id=1, started_at=5, stopped_at=None)
    write_entries(database, entry, running)
    with database.read() as connection:
        assert read_entries(connection, 1, [1, 2**31]) == [entry, running]
        assert list(problems(connection)) == []


def test_another_workspace_does_not_find_it(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))
    database.write(lambda connection: load_world(connection, replace(WORLD, workspace_id=2)))
    write_entries(database, ENTRY)
    with database.read() as connection:
        assert read_entries(connection, 2, [1]) == []
        assert list(entries_started_at(connection, 2, [1_000], 2**60)) == []


def test_a_deleted_entry_stays_as_a_tombstone(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))
    write_entries(database, replace(ENTRY, description="gone"))

    def delete(connection) -> None:
        number = take_change(connection, 1, Touched.ENTRIES, 0)
        delete_entries(connection, 1, [1, 12345], number, at=77)

    database.write(delete)
    with database.read() as connection:
        (gone,) = read_entries(connection, 1, [1])
        assert gone.deleted_at == 77
        assert list(entries_started_at(connection, 1, [1_000], 2**60)) == []
        assert list(problems(connection)) == []


def test_replacing_writes_the_whole_entry(database: Database) -> None:
    database.write(lambda connection: load_world(connection, WORLD))
    write_entries(database, replace(ENTRY, description="old", tag_ids=(7,)))
    changed = replace(ENTRY, description="new", started_at=1_500)

    def change(connection) -> None:
        number = take_change(connection, 1, Touched.ENTRIES, 0)
        replace_entries(connection, 1, [changed], number)

    database.write(change)
    with database.read() as connection:
        assert read_entries(connection, 1, [1]) == [changed]


def test_ids_are_never_given_twice(database: Database) -> None:
    first = database.write(lambda connection: new_ids(connection, "entry", 3))
    second = database.write(lambda connection: new_ids(connection, "entry", 2))
    assert second.start == first.stop
    assert first.start > 2**31


def test_named_worlds_are_sound_records(database: Database) -> None:
    for number, world in enumerate(NAMED_WORLDS.values(), start=1):
        moved = replace(world, workspace_id=number)
        database.write(lambda connection, moved=moved: load_world(connection, moved))
    with database.read() as connection:
        assert list(problems(connection)) == []


@settings(max_examples=examples(50))
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=50))
def test_any_text_survives(text: str) -> None:
    entry = replace(ENTRY, description=text)
    assert entry.description == text
