"""Bring an EntryTable up to the record's last change, reading and rewriting no more than the changes touched."""

from dataclasses import dataclass, replace

import polars as pl
from sqlalchemy import Connection

from gnomon.columns import names
from gnomon.columns.build import catalog_frames, coded_facts, with_clients
from gnomon.columns.prices import price
from gnomon.columns.read import read_changed_facts, read_tag_sets, read_texts
from gnomon.columns.surroundings import Surroundings, read_surroundings
from gnomon.columns.table import FACT_SCHEMA, Dimensions, EntryTable, split_months
from gnomon.columns.texts import TextDimension, add_texts
from gnomon.columns.zones import localise
from gnomon.errors import WorkspaceHidden
from gnomon.store.changes import Touched, current_change, touched_since

RAW_COLUMNS = [name for name in FACT_SCHEMA if name not in ("local_start", "local_day")]
UNPRICED_COLUMNS = [name for name in FACT_SCHEMA if name not in ("rate_code", "cost_code")]


def refreshed(connection: Connection, table: EntryTable) -> EntryTable:
    """The same table when nothing changed; the connection must see one moment (`Database.read`)."""
    change_number = current_change(connection, table.workspace_id)
    if change_number is None:
        raise WorkspaceHidden
    if change_number == table.change_number:
        return table
    touched = touched_since(connection, table.workspace_id, table.change_number)
    since = table.change_number
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
    dimensions = replace(
        table.dimensions,
        **catalog_frames(around),
        tag_sets=names.tag_sets(_set_texts(table.dimensions), around.catalog.tags),
    )
    table = replace(table, around=around, dimensions=dimensions)
    moved = {
        user for user, zone in around.zone_names.items() if old.zone_names.get(user, zone) != zone
    }
    if moved:
        table = _relocated(table, moved)
    if old.client_of_project != around.client_of_project:
        months = {
            month: with_clients(facts, around.client_of_project)
            for month, facts in table.months.items()
        }
        table = replace(
            table,
            months={month: facts.select(list(FACT_SCHEMA)) for month, facts in months.items()},
        )
    if moved or old.price_list != around.price_list:
        table = _repriced(table)
    return table


def _set_texts(dimensions: Dimensions) -> list[str]:
    return [ids.strip("[]") for ids in dimensions.tag_sets["ids_json"]]


def _relocated(table: EntryTable, user_ids: set[int]) -> EntryTable:
    """Entries of those users on the days of their new zones (D3.1)."""
    facts = _all_facts(table)
    is_moved = pl.col("user_id").is_in(list(user_ids))
    moved = localise(facts.filter(is_moved).select(RAW_COLUMNS), table.around.zone_names)
    stayed = facts.filter(~is_moved)
    return replace(table, months=split_months(pl.concat([stayed, moved.select(list(FACT_SCHEMA))])))


def _repriced(table: EntryTable) -> EntryTable:
    dimensions = table.dimensions
    facts = _all_facts(table).select(UNPRICED_COLUMNS)
    priced = price(facts, table.around.price_list, dimensions.rates, dimensions.costs)
    return replace(
        table,
        months=split_months(priced.facts),
        dimensions=replace(dimensions, rates=priced.rates, costs=priced.costs),
    )


def _all_facts(table: EntryTable) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=FACT_SCHEMA), *table.months.values()])


@dataclass(frozen=True, slots=True)
class _Delta:
    """Entries that were written: which they are, and the facts of those that belong into reports."""

    entry_ids: pl.Series
    facts: pl.DataFrame


def _with_changed_entries(connection: Connection, table: EntryTable, since: int) -> EntryTable:
    raw = read_changed_facts(connection, table.workspace_id, since)
    dimensions = _with_new_texts(connection, table, raw)
    around = table.around
    coded = coded_facts(
        raw.filter(pl.col("is_reported") == 1),
        dimensions.descriptions,
        dimensions.tag_set_codes,
        around.client_of_project,
    )
    priced = price(
        localise(coded, around.zone_names),
        around.price_list,
        dimensions.rates,
        dimensions.costs,
    )
    months = _with_delta(table, _Delta(raw["entry_id"], priced.facts))
    dimensions = replace(dimensions, rates=priced.rates, costs=priced.costs)
    return replace(table, months=months, dimensions=dimensions)


def _with_new_texts(connection: Connection, table: EntryTable, raw: pl.DataFrame) -> Dimensions:
    dimensions = table.dimensions
    texts: TextDimension = dimensions.descriptions
    missing = texts.missing(raw["description_id"])
    if missing:
        texts = add_texts(texts, *read_texts(connection, table.workspace_id, missing))
    known = dimensions.tag_set_codes["tag_set_id"]
    set_ids = raw["tag_set_id"].drop_nulls().unique()
    missing_sets = set_ids.filter(~set_ids.is_in(known.implode())).to_list()
    if not missing_sets:
        return replace(dimensions, descriptions=texts)
    new_ids, new_texts = read_tag_sets(connection, table.workspace_id, missing_sets)
    return replace(
        dimensions,
        descriptions=texts,
        tag_set_codes=names.tag_set_codes(dimensions.tag_set_codes, new_ids),
        tag_sets=names.tag_sets([*_set_texts(dimensions), *new_texts], table.around.catalog.tags),
    )


def _with_delta(table: EntryTable, delta: _Delta) -> dict[int, pl.DataFrame]:
    """Months without the old rows of the written entries and with their new ones; the other months stay as they are."""
    written = delta.entry_ids.implode()
    months = dict(table.months)
    for month, facts in table.months.items():
        is_written = facts["entry_id"].is_in(written)
        if is_written.any():
            months[month] = facts.filter(~is_written)
    if delta.facts.height:
        for month, facts in split_months(delta.facts).items():
            before = months.get(month)
            months[month] = facts if before is None else pl.concat([before, facts], rechunk=True)
    return {month: facts for month, facts in months.items() if facts.height}
