"""Columns from both databases, by every way of reading, are the same columns."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Connection

from gnomon.columns.agree import disagreements
from gnomon.columns.apart import read_apart
from gnomon.columns.build import build_table
from gnomon.columns.keep import TableKeeper
from gnomon.columns.read import read_facts
from gnomon.columns.refresh import refreshed
from gnomon.columns.table import EntryTable
from gnomon.store.changes import Touched, current_change, take_change
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


@pytest.mark.parametrize("part", [0, 1, 2])
def test_what_is_written_while_facts_are_read_apart_is_read_again(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """Before the first span is read, between two, and behind the last."""
    _read_amid_writes(sqlite_database, monkeypatch, part)
    table = TableKeeper(sqlite_database, 100).fresh_table(AGENCY.workspace_id)
    monkeypatch.undo()
    _assert_same(table, build_table(sqlite_database, AGENCY.workspace_id))
    assert 999 in table.facts()["entry_id"]


def _read_amid_writes(database: Database, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    database.write(lambda connection: load_world(connection, AGENCY))

    def read(address: str, questions: list[str]) -> list[pl.DataFrame]:
        middle = len(questions) * part // 2
        first = read_apart(address, questions[:middle]) if middle else []
        database.write(_add_and_delete)
        rest = read_apart(address, questions[middle:]) if questions[middle:] else []
        return first + rest

    monkeypatch.setattr("gnomon.columns.read.read_apart", read)
    monkeypatch.setattr("gnomon.columns.build.read_facts", partial(read_facts, apart_min=1))


def test_nobody_sees_a_table_of_no_one_moment(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looked before a change asks while another builds what was read partly before it, partly after."""
    _read_amid_writes(sqlite_database, monkeypatch, 1)
    with sqlite_database.read() as connection:
        before = current_change(connection, AGENCY.workspace_id)
    keeper = TableKeeper(sqlite_database, 100)
    is_built, may_go_on = threading.Event(), threading.Event()

    def refreshed_late(connection: Connection, table: EntryTable) -> EntryTable:
        is_built.set()
        assert may_go_on.wait(20)
        return refreshed(connection, table)

    monkeypatch.setattr("gnomon.columns.keep.refreshed", refreshed_late)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keeper.fresh_table, AGENCY.workspace_id)
        assert is_built.wait(20)
        second = pool.submit(keeper.fresh_table, AGENCY.workspace_id, before)
        assert not wait([second], 0.3).done
        may_go_on.set()
        tables = [first.result(), second.result()]
    monkeypatch.undo()
    for table in tables:
        _assert_same(table, build_table(sqlite_database, AGENCY.workspace_id))


def test_columns_agree_with_a_record_that_others_write_meanwhile(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.write(lambda connection: load_world(connection, AGENCY))

    def built_before_a_write(database: Database, workspace_id: int) -> EntryTable:
        table = build_table(database, workspace_id)
        database.write(_add_and_delete)
        return table

    monkeypatch.setattr("gnomon.columns.agree.build_table", built_before_a_write)
    assert list(disagreements(database)) == []


def test_facts_read_apart_are_the_facts(sqlite_database: Database) -> None:
    """By a helper process in several spans, as large records are read (docs/decisions/0002)."""
    sqlite_database.write(lambda connection: load_world(connection, AGENCY))
    sqlite_database.write(lambda connection: load_world(connection, OTHER))
    here = read_facts(sqlite_database, AGENCY.workspace_id)
    apart = read_facts(sqlite_database, AGENCY.workspace_id, apart_min=1)
    assert_frame_equal(apart.sort("entry_id"), here.sort("entry_id"))
    assert here.filter(pl.col("entry_id") == 200).is_empty()


def test_the_budget_drops_the_table_that_was_not_used_longest(sqlite_database: Database) -> None:
    for world in (AGENCY, OTHER):
        sqlite_database.write(lambda connection, world=world: load_world(connection, world))
    keeper = TableKeeper(sqlite_database, 0)
    keeper.fresh_table(AGENCY.workspace_id)
    keeper.fresh_table(OTHER.workspace_id)
    assert keeper.table_count() == 1
    assert keeper.fresh_table(AGENCY.workspace_id).entry_count == 7
