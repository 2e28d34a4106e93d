"""From the record to an EntryTable: raw rows get codes, days and prices once, so that no query has to."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl
from sqlalchemy import Connection

from gnomon.columns import names
from gnomon.columns.dimension import FEW, codes_of, ranked_by_id
from gnomon.columns.months import split_months
from gnomon.columns.prices import Priced, Things, price
from gnomon.columns.read import read_facts, read_tag_sets, read_texts
from gnomon.columns.surroundings import Surroundings, read_surroundings
from gnomon.columns.table import Dimensions, EntryTable
from gnomon.columns.texts import add_texts, no_texts
from gnomon.columns.zones import localise
from gnomon.store.database import Database

CODE_COLUMNS = {
    "user_id": "users",
    "project_id": "projects",
    "task_id": "tasks",
    "description_id": "descriptions",
    "tag_set_id": "tag_sets",
}


def build_table(database: Database, workspace_id: int) -> EntryTable:
    """A table that nobody may look at before it is refreshed; raises `WorkspaceHidden` where there is no such workspace.

    Everything else is read while the facts are, which are the later ones. The table says that it is as old as the first:
    whatever changed since, the refresh reads again, so an entry may point to what is not known here yet.
    """
    with database.read() as connection, ThreadPoolExecutor(1) as beside:
        around = read_surroundings(connection, workspace_id)
        facts = beside.submit(read_facts, database, workspace_id)
        dimensions = _first_dimensions(connection, around)
        raw = facts.result()
    coded = coded_facts(raw, dimensions)
    local = localise(coded, dimensions.users, around.zone_names)
    priced = priced_facts(local, around, dimensions, None)
    return EntryTable(
        around=around,
        months=split_months(priced.facts),
        dimensions=with_prices(dimensions, priced),
    )


def _first_dimensions(connection: Connection, around: Surroundings) -> Dimensions:
    workspace_id = around.workspace.workspace_id
    set_ids, set_texts = read_tag_sets(connection, workspace_id, None)
    rows = surrounding_rows(around)
    return Dimensions(
        **{name: ranked_by_id(frame) for name, frame in rows.items()},
        descriptions=add_texts(no_texts(), *read_texts(connection, workspace_id, None)),
        tag_sets=names.tag_set_rows(set_ids, set_texts, around.catalog.tags),
        rates=pl.DataFrame(),
        costs=pl.DataFrame(),
    )


def surrounding_rows(around: Surroundings) -> dict[str, pl.DataFrame]:
    """The present rows of the dimensions that are read whole."""
    return {
        "clients": names.client_rows(around.catalog.clients),
        "projects": names.project_rows(around.catalog, around.workspace.default_currency),
        "tasks": names.task_rows(around.catalog),
        "users": names.user_rows(around.members),
    }


def coded_facts(raw: pl.DataFrame, dimensions: Dimensions) -> pl.DataFrame:
    """Raw rows with codes in place of the record's ids, and the client of the project (D4.2)."""
    codes = {
        column.replace("_id", "_code"): codes_of(getattr(dimensions, name), raw[column])
        for column, name in CODE_COLUMNS.items()
    }
    codes["client_code"] = client_codes(dimensions, codes["project_code"])
    is_billable = pl.col("is_billable").cast(pl.Boolean)
    return raw.select("entry_id", "start", "seconds", "updated_at", is_billable, **codes)


def client_codes(dimensions: Dimensions, project_codes: pl.Series) -> pl.Series:
    """The clients of these projects."""
    client_ids = dimensions.projects["client_id"]
    if len(project_codes) <= FEW:
        of_few = [client_ids[code] for code in project_codes]
        return codes_of(dimensions.clients, pl.Series(of_few, dtype=pl.Int64))
    return codes_of(dimensions.clients, client_ids).gather(project_codes)


def priced_facts(
    facts: pl.DataFrame, around: Surroundings, dimensions: Dimensions, known: Priced | None
) -> Priced:
    things = Things(tasks=dimensions.tasks, projects=dimensions.projects, users=dimensions.users)
    return price(facts, around.price_list, things, known)


def with_prices(dimensions: Dimensions, priced: Priced) -> Dimensions:
    return replace(dimensions, rates=priced.rates, costs=priced.costs)
