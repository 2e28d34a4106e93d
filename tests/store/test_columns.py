"""Columns from both databases, by every way of reading, are the same columns."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from gnomon.columns.build import build_table
from gnomon.columns.keep import TableKeeper
from gnomon.columns.read import read_facts
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
    new = Entry(
        999,
        1,
        AGENCY.entries[0].start,
        AGENCY.entries[0].start + 60,
        "brand new text",
        tag_ids=(51,),
    )

    def change(connection) -> None:
        number = take_change(connection, AGENCY.workspace_id, Touched.ENTRIES, 0)
        add_entries(connection, AGENCY.workspace_id, [entry_of(new)], number)
        delete_entries(connection, AGENCY.workspace_id, [100], number, 1)

    database.write(change)
    refreshed = keeper.fresh_table(AGENCY.workspace_id)
    rebuilt = build_table(database, AGENCY.workspace_id)
    assert refreshed.entry_count == rebuilt.entry_count
    for grouping in ("projects", "tags"):
        body = {**LONG, "grouping": grouping, "sub_grouping": "users"}
        assert ask_summary(refreshed, 1, body, TODAY) == ask_summary(rebuilt, 1, body, TODAY)


def test_facts_read_apart_are_the_facts(sqlite_database: Database) -> None:
    """By helper processes in two halves, as large records are read (docs/decisions/0002)."""
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
