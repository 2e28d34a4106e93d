"""From the record to an EntryTable: raw rows get codes, days and prices once, so that no query has to."""

from collections.abc import Mapping

import polars as pl
from sqlalchemy import Connection

from gnomon.columns import names
from gnomon.columns.prices import no_costs, no_rates, price
from gnomon.columns.read import read_facts, read_tag_sets, read_texts
from gnomon.columns.surroundings import Surroundings, read_surroundings
from gnomon.columns.table import Dimensions, EntryTable, split_months
from gnomon.columns.texts import TextDimension, add_texts, empty_texts
from gnomon.columns.zones import localise


def build_table(connection: Connection, workspace_id: int) -> EntryTable:
    """Read everything; the connection must see one moment (`Database.read`)."""
    around = read_surroundings(connection, workspace_id)
    texts = add_texts(empty_texts(), *read_texts(connection, workspace_id, None))
    set_ids, set_texts = read_tag_sets(connection, workspace_id, None)
    set_codes = names.tag_set_codes(names.no_tag_set_codes(), set_ids)
    raw = read_facts(connection, workspace_id)
    coded = coded_facts(raw, texts, set_codes, around.client_of_project)
    priced = price(localise(coded, around.zone_names), around.price_list, no_rates(), no_costs())
    return EntryTable(
        around=around,
        months=split_months(priced.facts),
        dimensions=Dimensions(
            **catalog_frames(around),
            descriptions=texts,
            tag_set_codes=set_codes,
            tag_sets=names.tag_sets(["", *set_texts], around.catalog.tags),
            rates=priced.rates,
            costs=priced.costs,
        ),
    )


def catalog_frames(around: Surroundings) -> dict[str, pl.DataFrame]:
    return {
        "clients": names.client_names(around.catalog.clients),
        "projects": names.project_names(around.catalog.projects, around.workspace.default_currency),
        "tasks": names.task_names(around.catalog.tasks),
        "users": names.user_names(around.members),
    }


def coded_facts(
    raw: pl.DataFrame,
    texts: TextDimension,
    set_codes: pl.DataFrame,
    clients: Mapping[int, int | None],
) -> pl.DataFrame:
    """Raw rows with codes in place of the record's text and tag set ids, and the client of the project."""
    by_set_id = set_codes.with_row_index("tag_set_code")
    coded = raw.with_columns(
        description_code=texts.codes(raw["description_id"]),
        tag_set_id=pl.col("tag_set_id").fill_null(0),
        is_billable=pl.col("is_billable").cast(pl.Boolean),
    ).join(by_set_id, on="tag_set_id", how="left", maintain_order="left")
    return with_clients(coded.drop("description_id", "tag_set_id", "is_reported"), clients)


def with_clients(facts: pl.DataFrame, clients: Mapping[int, int | None]) -> pl.DataFrame:
    """The client of an entry is that of its project (D4.2)."""
    of_project = {project: client for project, client in clients.items() if client is not None}
    return facts.with_columns(
        client_id=pl.col("project_id").replace_strict(
            list(of_project.keys()),
            list(of_project.values()),
            default=None,
            return_dtype=pl.Int64,
        )
        if of_project
        else pl.lit(None, dtype=pl.Int64)
    )
