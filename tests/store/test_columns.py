"""Columns from both databases, by every way of reading, are the same columns."""

from functools import partial

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Connection

from gnomon.columns.apart import read_apart
from gnomon.columns.build import build_table
from gnomon.columns.keep import TableKeeper
from gnomon.columns.read import read_facts
from gnomon.columns.table import EntryTable
from gnomon.store.changes import Touched, take_change
from gnomon.store.database import Database
from gnomon.store.entries import add_entries, delete_entries
from tests.oracle.summary import summary
from tests.properties.asking import TODAY, ask_summary
from tests.wire.agency import AGENCY, OTHER
from tests.worlds.loader import entry_of, load_world
from tests.worlds.named import NAMED_WORLDS
from tests.worlds.world import Entry

LONG = {"start_date": "2006-01-01", "end_date": "2030-01-01", "include_time_entry_ids": True}


@pytest.mark.parametrize("name", NAMED_WORLDS)
def test_reports_of_named_worlds_are_the_oracles_in_both_databases(
    database: Database, name: str
) -> None:
    world = NAMED_WORLDS[name]
    database.write(lambda connection: load_world(connection, world))
    table = build_table(database, world.workspace_id)
    for user in world.users:
        if user.is_active:
            expected = summary(world, user.user_id, LONG, TODAY)
            assert ask_summary(table, user.user_id, LONG, TODAY)[1] == expected.body


def test_a_refresh_reads_what_was_written_in_both_databases(database: Database) -> None:
    database.write(lambda connection: load_world(connection, AGENCY))
    keeper = TableKeeper(database, 100)
    keeper.fresh_table(AGENCY.workspace_id)
    database.write(_add_and_delete)
    refreshed = keeper.fresh_table(AGENCY.workspace_id)
    _assert_same(refreshed, build_table(database, AGENCY.workspace_id))


def _add_and_delete(connection: Connection) -> None:
    """An entry with an id below all others, one with an id above, a new text, a new tag set; one entry less."""
    start = AGENCY.entries[0].start
    added = [
        entry_of(Entry(entry_id, 1, start, start + 60, "brand new text", tag_ids=(51,)))
        for entry_id in (1, 999)
    ]
    number = take_change(connection, AGENCY.workspace_id, Touched.ENTRIES, 0)
    add_entries(connection, AGENCY.workspace_id, added, number)
    delete_entries(connection, AGENCY.workspace_id, [100], number, 1)


def _assert_same(table: EntryTable, other: EntryTable) -> None:
    assert table.entry_count == other.entry_count
    for grouping in ("projects", "tags"):
        body = {**LONG, "grouping": grouping, "sub_grouping": "users"}
        assert ask_summary(table, 1, body, TODAY) == ask_summary(other, 1, body, TODAY)


@pytest.mark.parametrize("is_before", [True, False])
def test_what_is_written_while_facts_are_read_apart_is_read_again(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, *, is_before: bool
) -> None:
    sqlite_database.write(lambda connection: load_world(connection, AGENCY))

    def read_amid_writes(address: str, questions: list[str]) -> list[pl.DataFrame]:
        if is_before:
            sqlite_database.write(_add_and_delete)
        answers = read_apart(address, questions)
        if not is_before:
            sqlite_database.write(_add_and_delete)
        return answers

    monkeypatch.setattr("gnomon.columns.read.read_apart", read_amid_writes)
    monkeypatch.setattr("gnomon.columns.build.read_facts", partial(read_facts, apart_min=1))
    table = TableKeeper(sqlite_database, 100).fresh_table(AGENCY.workspace_id)
    monkeypatch.undo()
    _assert_same(table, build_table(sqlite_database, AGENCY.workspace_id))
    assert 999 in table.facts()["entry_id"]


def test_facts_read_apart_are_the_facts(sqlite_database: Database) -> None:
    """By a helper process in several spans, as large records are read (docs/decisions/0002)."""
    sqlite_database.write(lambda connection: load_world(connection, AGENCY))
    sqlite_database.write(lambda connection: load_world(connection, OTHER))
    here = read_facts(sqlite_database, AGENCY.workspace_id)
    apart = read_facts(sqlite_database, AGENCY.workspace_id, apart_min=1)
    assert apart.change_number == here.change_number
    assert_frame_equal(apart.rows.sort("entry_id"), here.rows.sort("entry_id"))
    assert here.rows.filter(pl.col("entry_id") == 200).is_empty()


def test_the_budget_drops_the_table_that_was_not_used_longest(sqlite_database: Database) -> None:
    for world in (AGENCY, OTHER):
        sqlite_database.write(lambda connection, world=world: load_world(connection, world))
    keeper = TableKeeper(sqlite_database, 0)
    keeper.fresh_table(AGENCY.workspace_id)
    keeper.fresh_table(OTHER.workspace_id)
    assert keeper.table_count() == 1
    assert keeper.fresh_table(AGENCY.workspace_id).entry_count == 7
