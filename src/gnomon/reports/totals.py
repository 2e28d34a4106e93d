"""What entries add up to, as a whole and over time (D6.5, D6.6, D8.2)."""

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.queries import TotalsQuery
from gnomon.query.resolution import bucket_starts
from gnomon.reports.results import HourlyRate, Sums, TotalsReport
from gnomon.units.dates import day_number

COLUMNS = ("seconds", "local_day", "rate_code", "cost_code")


def totals_report(query: TotalsQuery, table: EntryTable, sight: Sight) -> TotalsReport:
    """Columns are added up per bucket and rate; the few sums that are left are put together here."""
    starts = bucket_starts(query.selection.days, query.resolution)
    selected = select_rows(table, query.selection, sight, {name: name for name in COLUMNS})
    rounded = round_seconds(pl.col("seconds"), query.rounding)
    rows = selected.with_columns(rounded).collect()
    first_days = pl.Series([day_number(day) for day in starts], dtype=pl.Int32)
    rates = [HourlyRate(*row) for row in table.dimensions.rates.select("currency", "cents").rows()]
    buckets, whole = [Sums() for _ in starts], Sums()
    for bucket, rate_code, seconds, earned, cost in _cells(table, rows, first_days):
        for sums in (buckets[bucket], whole):
            sums.add(seconds, 0 if rate_code is None else seconds, cost if sight.sees_costs else 0)
            if sight.sees_amounts and rate_code is not None:
                sums.earn(rates[rate_code], seconds, earned)
    return TotalsReport(
        query=query,
        starts=starts,
        buckets=buckets,
        whole=whole,
        tracked_day_count=rows.filter(pl.col("seconds") > 0)["local_day"].n_unique(),
        currency=_told_currency(whole, table.around.workspace.default_currency),
        sees_amounts=sight.sees_amounts,
        sees_costs=sight.sees_costs,
    )


def _cells(
    table: EntryTable, rows: pl.DataFrame, first_days: pl.Series
) -> list[tuple[int, int | None, int, int, int]]:
    """For each bucket and rate code: seconds, and what they earn and cost in microcents."""
    dimensions = table.dimensions
    rate_cents = pl.lit(dimensions.rates["cents"]).gather("rate_code").fill_null(0)
    cost_cents = pl.lit(dimensions.costs["cents"]).gather("cost_code")
    cells = (
        rows.lazy()
        .with_columns(
            bucket=pl.Series(first_days.search_sorted(rows["local_day"], side="right")) - 1,
        )
        .group_by("bucket", "rate_code")
        .agg(
            pl.col("seconds").sum(),
            earned=microcents(pl.col("seconds"), rate_cents).cast(pl.Int128).sum(),
            cost=microcents(pl.col("seconds"), cost_cents).cast(pl.Int128).sum(),
        )
    )
    return [*cells.collect().iter_rows()]


def _told_currency(whole: Sums, default: str) -> str:
    """The report's only currency, or with several the workspace's (D6.5)."""
    found = list(whole.microcents_by_currency)
    return found[0] if len(found) == 1 else default
