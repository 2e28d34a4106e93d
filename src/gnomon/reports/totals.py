"""What entries add up to, as a whole and over time (D6.5, D6.6, D8.2)."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.runs import IntColumn, sums_of_cells
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.queries import TotalsQuery
from gnomon.query.resolution import bucket_starts
from gnomon.reports.results import HourlyRate, Sums, TotalsReport
from gnomon.reports.series import buckets_of_days, tracked_day_count
from gnomon.units.dates import day_number

COLUMNS = ("seconds", "local_day", "rate_code", "cost_code")


def totals_report(query: TotalsQuery, table: EntryTable, sight: Sight) -> TotalsReport:
    """Columns are added up per bucket and rate; the few sums that are left are put together here."""
    starts = bucket_starts(query.selection.days, query.resolution)
    rows = _priced_rows(query, table, sight)
    rates = [HourlyRate(*row) for row in table.dimensions.rates.select("currency", "cents").rows()]
    buckets, whole = [Sums() for _ in starts], Sums()
    first = day_number(query.selection.days.first)
    days = rows["local_day"].to_numpy() - first
    bucket_of_day = buckets_of_days(starts, query.selection.days)
    for bucket, rate_code, seconds, earned, cost in _cells(rows, bucket_of_day[days], len(rates)):
        for sums in (buckets[bucket], whole):
            sums.add(seconds, 0 if rate_code is None else seconds, cost if sight.sees_costs else 0)
            if sight.sees_amounts and rate_code is not None:
                sums.earn(rates[rate_code], seconds, earned)
    return TotalsReport(
        query=query,
        starts=starts,
        buckets=buckets,
        whole=whole,
        tracked_day_count=tracked_day_count(days, rows["seconds"].to_numpy()),
        currency=_told_currency(whole, table.around.workspace.default_currency),
        sees_amounts=sight.sees_amounts,
        sees_costs=sight.sees_costs,
    )


def _priced_rows(query: TotalsQuery, table: EntryTable, sight: Sight) -> pl.DataFrame:
    """Rounded seconds, what they earn and cost in microcents; the code behind the last rate is not billable."""
    dimensions = table.dimensions
    rate_cents = pl.lit(dimensions.rates["cents"]).gather("rate_code").fill_null(0)
    cost_cents = pl.lit(dimensions.costs["cents"]).gather("cost_code")
    seconds = pl.col("seconds")
    return (
        select_rows(table, query.selection, sight, {name: name for name in COLUMNS})
        .with_columns(round_seconds(seconds, query.rounding))
        .select(
            "local_day",
            "seconds",
            rate=pl.col("rate_code").cast(pl.Int64).fill_null(dimensions.rates.height),
            earned=microcents(seconds, rate_cents),
            cost=microcents(seconds, cost_cents),
        )
        .collect()
    )


def _cells(
    rows: pl.DataFrame, buckets: IntColumn, rate_count: int
) -> Iterator[tuple[int, int | None, int, int, int]]:
    """For each bucket and rate code: seconds, and what they earn and cost in microcents."""
    width = rate_count + 1
    found, cells = _numbered(buckets * width + rows["rate"].to_numpy())
    sums = [
        sums_of_cells(rows[name].to_numpy(), cells, len(found))
        for name in ("seconds", "earned", "cost")
    ]
    for cell, seconds, earned, cost in zip(found.tolist(), *sums, strict=True):
        bucket, rate_code = divmod(cell, width)
        yield bucket, None if rate_code == rate_count else rate_code, seconds, earned, cost


def _numbered(cells: IntColumn) -> tuple[IntColumn, IntColumn]:
    """The cells that there are, and which of them each row is in; few rows do not make a table of all that could be."""
    if not len(cells) or int(cells.max()) > 4 * len(cells):
        found, numbers = np.unique(cells, return_inverse=True)
        return found, numbers
    is_there = np.bincount(cells) > 0
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[cells]


def _told_currency(whole: Sums, default: str) -> str:
    """The report's only currency, or with several the workspace's (D6.5)."""
    found = list(whole.microcents_by_currency)
    return found[0] if len(found) == 1 else default
