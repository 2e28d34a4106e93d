"""Bring an EntryTable up to the record's last change, reading and rewriting no more than the changes touched."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import polars as pl
from sqlalchemy import Connection

from gnomon.columns import names
from gnomon.columns.build import (
    client_codes,
    coded_facts,
    priced_facts,
    surrounding_rows,
    with_prices,
)
from gnomon.columns.dimension import missing_ids, ranked_by_id, updated
from gnomon.columns.months import split_months
from gnomon.columns.prices import Priced
from gnomon.columns.read import read_changed_facts, read_tag_sets, read_texts
from gnomon.columns.surroundings import Surroundings, read_surroundings
from gnomon.columns.table import Dimensions, EntryTable
from gnomon.columns.texts import add_texts
from gnomon.columns.zones import localise
from gnomon.errors import WorkspaceHidden
from gnomon.store.changes import Touched, current_change, touched_since

T = TypeVar("T")


def refreshed(connection: Connection, table: EntryTable) -> EntryTable:
    """The same table when nothing changed; the connection must see one moment (`Database.read`)."""
    change_number = current_change(connection, table.workspace_id)
    if change_number is None:
        raise WorkspaceHidden
    since = table.change_number
    if change_number == since:
        return table
    touched = touched_since(connection, table.workspace_id, since)
    if touched & ~Touched.ENTRIES:
        table = _with_surroundings(table, read_surroundings(connection, table.workspace_id))
    else:
        table = replace(table, around=replace(table.around, change_number=change_number))
    if touched & Touched.ENTRIES:
        table = _with_changed_entries(connection, table, since)
    return table


def _with_surroundings(table: EntryTable, around: Surroundings) -> EntryTable:
    """New names at once; facts are derived anew only where their zone, client or price may be another."""
    old = table.around
    present = surrounding_rows(around)
    dimensions = replace(
        table.dimensions,
        **{
            name: updated(getattr(table.dimensions, name), rows, ranked_by_id)
            for name, rows in present.items()
        },
        tag_sets=_renamed_tag_sets(table.dimensions, around),
    )
    table = replace(table, around=around, dimensions=dimensions)
    has_moved = _has_changed(old.zone_names, around.zone_names)
    if has_moved:
        table = _relocated(table)
    if _has_changed(old.client_of_project, around.client_of_project):
        table = _reclaimed(table)
    if has_moved or old.price_list != around.price_list:
        table = _repriced(table)
    return table


def _has_changed(old: Mapping[int, T], new: Mapping[int, T]) -> bool:
    """Of something that has entries: what is new has none yet, and what has vanished keeps what it had."""
    return any(new.get(key, value) != value for key, value in old.items())


def _renamed_tag_sets(dimensions: Dimensions, around: Surroundings) -> pl.DataFrame:
    ids = dimensions.tag_sets["id"].slice(1).to_list()
    return names.tag_set_rows(ids, names.tag_set_texts(dimensions.tag_sets), around.catalog.tags)


def _relocated(table: EntryTable) -> EntryTable:
    """Every entry on the day of its user's present zone (D3.1)."""
    local = localise(table.facts(), table.dimensions.users, table.around.zone_names)
    return replace(table, months=split_months(local))


def _reclaimed(table: EntryTable) -> EntryTable:
    """Every entry with the present client of its project (D4.2)."""
    facts = table.facts()
    codes = client_codes(table.dimensions, facts["project_code"])
    return replace(table, months=split_months(facts.with_columns(client_code=codes)))


def _repriced(table: EntryTable) -> EntryTable:
    priced = priced_facts(table.facts(), table.around, table.dimensions, _known(table.dimensions))
    return replace(
        table,
        months=split_months(priced.facts),
        dimensions=with_prices(table.dimensions, priced),
    )


def _known(dimensions: Dimensions) -> Priced:
    return Priced(pl.DataFrame(), dimensions.rates, dimensions.costs)


def _with_changed_entries(connection: Connection, table: EntryTable, since: int) -> EntryTable:
    raw = read_changed_facts(connection, table.workspace_id, since)
    dimensions = _with_new_texts(connection, table, raw)
    is_reported = raw["is_reported"] == 1
    reported = raw if is_reported.all() else raw.filter(is_reported)  # mostly all are
    coded = coded_facts(reported, dimensions)
    local = localise(coded, dimensions.users, table.around.zone_names)
    priced = priced_facts(local, table.around, dimensions, _known(dimensions))
    return replace(
        table,
        months=table.months.with_written(raw["entry_id"], priced.facts),
        dimensions=with_prices(dimensions, priced),
    )


def _with_new_texts(connection: Connection, table: EntryTable, raw: pl.DataFrame) -> Dimensions:
    dimensions = table.dimensions
    new_texts = missing_ids(dimensions.descriptions, raw["description_id"])
    if new_texts:
        found = read_texts(connection, table.workspace_id, new_texts)
        dimensions = replace(dimensions, descriptions=add_texts(dimensions.descriptions, *found))
    new_sets = missing_ids(dimensions.tag_sets, raw["tag_set_id"])
    if new_sets:
        set_ids, set_texts = read_tag_sets(connection, table.workspace_id, new_sets)
        ids = [*dimensions.tag_sets["id"].slice(1), *set_ids]
        texts = [*names.tag_set_texts(dimensions.tag_sets), *set_texts]
        tag_sets = names.tag_set_rows(ids, texts, table.around.catalog.tags)
        dimensions = replace(dimensions, tag_sets=tag_sets)
    return dimensions
