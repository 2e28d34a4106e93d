"""The weekly report: who worked on what on each of seven days (D8.9)."""

from collections.abc import Iterator

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.queries import WeeklyQuery
from gnomon.reports.results import WeeklyReport
from gnomon.units.dates import day_number

DAYS = range(7)
PICKED = (
    "user_code",
    "project_code",
    "task_code",
    "seconds",
    "local_day",
    "rate_code",
    "is_billable",
)


def weekly_report(query: WeeklyQuery, table: EntryTable, sight: Sight) -> WeeklyReport:
    """Entries count on the day on which they start, by the wall clock of who tracked them (D3.1)."""
    first_day = day_number(query.selection.days.first)
    rate_cents = pl.lit(table.dimensions.rates["cents"]).gather("rate_code")
    no_rate = pl.lit(None, dtype=pl.UInt32)
    rows = (
        select_rows(table, query.selection, sight, {name: name for name in PICKED})
        .with_columns(
            round_seconds(pl.col("seconds"), query.rounding),
            day=pl.col("local_day") - first_day,
            task_code=pl.col("task_code") if query.splits_tasks else pl.lit(0, dtype=pl.UInt32),
            rate_code=pl.col("rate_code") if sight.sees_amounts else no_rate,
        )
        .with_columns(microcents=microcents(pl.col("seconds"), rate_cents).cast(pl.Int128))
        .group_by("user_code", "project_code", "task_code")
        .agg(_only_rate(), *_days())
    )
    return WeeklyReport(
        query=query,
        table=table,
        rows=_in_order(rows, table).collect(),
        sees_amounts=sight.sees_amounts,
    )


def _only_rate() -> pl.Expr:
    rates = pl.col("rate_code").drop_nulls()
    return pl.when(rates.n_unique() == 1).then(rates.first()).alias("rate_code")


def _days() -> Iterator[pl.Expr]:
    for day in DAYS:
        is_then = pl.col("day") == day
        is_billable = is_then & pl.col("is_billable")
        earned = pl.col("microcents").filter(is_then).drop_nulls()
        yield pl.col("seconds").filter(is_then).sum().alias(f"seconds_{day}")
        yield pl.col("seconds").filter(is_billable).sum().alias(f"billable_seconds_{day}")
        yield pl.when(earned.len() > 0).then(earned.sum()).alias(f"microcents_{day}")


def _in_order(rows: pl.LazyFrame, table: EntryTable) -> pl.LazyFrame:
    """By ids, none first, which is how the dimensions are ranked."""
    dimensions = table.dimensions
    return rows.sort(
        pl.lit(dimensions.users["rank"]).gather("user_code"),
        pl.lit(dimensions.projects["rank"]).gather("project_code"),
        pl.lit(dimensions.tasks["rank"]).gather("task_code"),
    )
