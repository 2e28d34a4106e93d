"""The detailed report: every entry, or every bundle of like entries, in an order (D8.8)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.order import order_with_ties
from gnomon.engine.places import PLACE, rows_at
from gnomon.engine.pricing import cents, microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.runs import IntColumn
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.queries import DetailedQuery, EntryOrder
from gnomon.reports.results import DetailedReport

ALIKE = (
    "user_code",
    "project_code",
    "task_code",
    "description_code",
    "is_billable",
    "tag_set_code",
)
SHOWN = (
    "entry_id",
    "start",
    "seconds",
    "updated_at",
    "local_start",
    "client_code",
    "rate_code",
    *ALIKE,
)
ORDER_COLUMNS = {
    EntryOrder.DATE: "start",
    EntryOrder.USER: "user_code",
    EntryOrder.DURATION: "seconds",
    EntryOrder.DESCRIPTION: "description_code",
    EntryOrder.LAST_UPDATE: "updated_at",
}
OF_A_BUNDLE = {  # of the keys of its entries
    EntryOrder.DATE: pl.col("key").min(),
    EntryOrder.USER: pl.col("key").first(),
    EntryOrder.DURATION: pl.col("key").sum(),
    EntryOrder.DESCRIPTION: pl.col("key").first(),
    EntryOrder.LAST_UPDATE: pl.col("key").max(),
}


def detailed_report(query: DetailedQuery, table: EntryTable, sight: Sight) -> DetailedReport:
    """Only what the order needs is read: a report of a million entries stays small."""
    arrange = _bundles if query.is_grouped else _entries
    entries, first_entries = arrange(query, table, sight)
    return DetailedReport(
        query=query,
        table=table,
        entries=entries.astype(np.uint32),
        first_entries=first_entries,
        sees_amounts=sight.sees_amounts,
    )


def _entries(
    query: DetailedQuery, table: EntryTable, sight: Sight
) -> tuple[IntColumn, IntColumn | None]:
    wanted = {PLACE: PLACE, "entry_id": "entry_id", "key": ORDER_COLUMNS[query.order_by]}
    picked = select_rows(table, query.selection, sight, wanted).with_columns(_key(query, table))
    rows = picked.collect()
    order = order_with_ties(
        rows["key"].to_numpy(), rows["entry_id"].to_numpy(), is_descending=query.is_descending
    )
    return rows[PLACE].to_numpy()[order], None


def _bundles(query: DetailedQuery, table: EntryTable, sight: Sight) -> tuple[IntColumn, IntColumn]:
    wanted = {name: name for name in (PLACE, "entry_id", "start", *ALIKE)}
    wanted["key"] = ORDER_COLUMNS[query.order_by]
    picked = select_rows(table, query.selection, sight, wanted).with_columns(_key(query, table))
    bundles = (
        picked.sort("start", "entry_id")
        .group_by(ALIKE, maintain_order=True)
        .agg(PLACE, key=OF_A_BUNDLE[query.order_by], entry_id=pl.col("entry_id").min())
        .collect()
    )
    order = order_with_ties(
        bundles["key"].to_numpy(), bundles["entry_id"].to_numpy(), is_descending=query.is_descending
    )
    places = bundles[PLACE][order]
    ends = np.cumsum(places.list.len().to_numpy(), dtype=np.int64)
    first_entries = np.concatenate(([0], ends))[: len(ends)]
    return places.explode(empty_as_null=False).to_numpy(), first_entries


def _key(query: DetailedQuery, table: EntryTable) -> pl.Expr:
    """What is sorted by, as whole numbers: texts by their place among all texts."""
    key = pl.col("key")
    if query.order_by is EntryOrder.DURATION:
        return round_seconds(key, query.rounding)
    if query.order_by is EntryOrder.USER:
        names = table.dimensions.users["name"].fill_null("")
        return pl.lit(names.rank("dense").cast(pl.Int64)).gather(key).alias("key")
    if query.order_by is EntryOrder.DESCRIPTION:
        return pl.lit(table.dimensions.descriptions["rank"]).gather(key).alias("key")
    return key


def entries_of_rows(report: DetailedReport, first_row: int, row_count: int) -> pl.DataFrame:
    """The entries of these rows: row (0 first), what facts hold, rounded seconds, stop, microcents? (null: not billable)."""
    first, end = _span(report, first_row, row_count)
    entries = rows_at(report.table, report.entries[first:end], SHOWN)
    if report.first_entries is None:
        rows = np.arange(first, end)
    else:
        rows = np.searchsorted(report.first_entries, np.arange(first, end), side="right") - 1
    rate_cents = pl.lit(report.table.dimensions.rates["cents"]).gather("rate_code")
    return entries.with_columns(
        pl.Series("row", rows),
        round_seconds(pl.col("seconds"), report.query.rounding),
        stop=pl.col("start") + pl.col("seconds"),
    ).with_columns(microcents=microcents(pl.col("seconds"), rate_cents))


def _span(report: DetailedReport, first_row: int, row_count: int) -> tuple[int, int]:
    """Which of the entries these rows are."""
    end_row = min(first_row + row_count, report.row_count)
    if report.first_entries is None or first_row >= end_row:
        return first_row, max(first_row, end_row)
    starts = report.first_entries
    end = int(starts[end_row]) if end_row < len(starts) else len(report.entries)
    return int(starts[first_row]), end


def rows_of(report: DetailedReport, first_row: int, row_count: int) -> pl.DataFrame:
    """One line a row: what its entries share, the first start, the last stop, their seconds and microcents (Int128?)."""
    entries = entries_of_rows(report, first_row, row_count)
    if report.first_entries is None:
        return entries
    shared = ("local_start", "client_code", "rate_code", *ALIKE)
    return entries.group_by("row", maintain_order=True).agg(
        pl.col(*shared).first(),
        pl.col("seconds").sum(),
        pl.col("stop").max(),
        pl.when(pl.col("is_billable").first()).then(pl.col("microcents").cast(pl.Int128).sum()),
    )


@dataclass(frozen=True, slots=True)
class Earned:
    """The time and money of all rows; each amount rounded once (D6.2). No currency for who may not see amounts."""

    seconds: int
    cents_by_currency: Mapping[str, int]


def earned(query: DetailedQuery, table: EntryTable, sight: Sight) -> Earned:
    rates = table.dimensions.rates.select("currency", "cents").with_row_index("rate_code")
    rate_cents = pl.lit(rates["cents"]).gather("rate_code")
    wanted = {"seconds": "seconds", "rate_code": "rate_code"}
    sums = (
        select_rows(table, query.selection, sight, wanted)
        .with_columns(round_seconds(pl.col("seconds"), query.rounding))
        .group_by("rate_code")
        .agg(
            pl.col("seconds").sum(),
            microcents=microcents(pl.col("seconds"), rate_cents).cast(pl.Int128).sum(),
        )
        .collect()
    )
    billable = sums.filter(pl.col("rate_code").is_not_null()).join(rates, on="rate_code")
    amounts = billable.group_by("currency").agg(cents(pl.col("microcents").sum()).cast(pl.Int64))
    told = dict(amounts.sort("currency").iter_rows()) if sight.sees_amounts else {}
    return Earned(int(sums["seconds"].sum()), told)
