"""How much was tracked on each project or task, over all time, as far as the viewer may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.pricing import cents, microcents
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.selection import Selection
from gnomon.units.dates import DayRange

EVER = DayRange(date(1970, 1, 1), date(2100, 1, 1))
DIMENSIONS = {"project_code": "projects", "task_code": "tasks"}


@dataclass(frozen=True, slots=True)
class Tracked:
    """Unrounded seconds; `billable_cents` is None for who may not see amounts. Days are day numbers."""

    seconds: int
    billable_seconds: int
    billable_cents: int | None
    first_day: int
    last_day: int


def tracked_by(column: str, table: EntryTable, sight: Sight) -> Mapping[int, Tracked]:
    """By id; what has no time is not in it. `column`: `project_code` or `task_code`."""
    dimensions = table.dimensions
    names = (column, "seconds", "is_billable", "rate_code", "local_day")
    rate_cents = pl.lit(dimensions.rates["cents"]).gather("rate_code").fill_null(0)
    sums = (
        select_rows(table, Selection(days=EVER), sight, {name: name for name in names})
        .filter(pl.col(column) > 0)
        .group_by(column)
        .agg(
            seconds=pl.col("seconds").sum(),
            billable=pl.when("is_billable").then("seconds").otherwise(0).sum(),
            cents=cents(microcents(pl.col("seconds"), rate_cents).sum()),
            first=pl.col("local_day").min(),
            last=pl.col("local_day").max(),
        )
        .collect()
    )
    ids = getattr(dimensions, DIMENSIONS[column])["id"]
    return {
        ids[code]: Tracked(seconds, billable, earned if sight.sees_amounts else None, first, last)
        for code, seconds, billable, earned, first, last in sums.iter_rows()
    }
