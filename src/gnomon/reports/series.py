"""How the time of a report is spread over its days (D8.2)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from gnomon.engine.fold import OrderedRows
from gnomon.engine.runs import IntColumn, sums_of_cells
from gnomon.query.resolution import Resolution, bucket_starts
from gnomon.reports.results import Series
from gnomon.units.dates import DayRange, day_number


def time_series(rows: OrderedRows, days: DayRange, resolution: Resolution) -> Series:
    """Of rows with `seconds`, `local_day` and `is_billable`."""
    starts = bucket_starts(days, resolution)
    from_first = rows["local_day"] - day_number(days.first)
    buckets = buckets_of_days(starts, days)[from_first]
    is_billable = rows["is_billable"].astype(bool)

    def sums(chosen: IntColumn) -> list[int]:
        return sums_of_cells(rows["seconds"][chosen], buckets[chosen], len(starts))

    return Series(
        starts=starts,
        billable_seconds=sums(np.flatnonzero(is_billable)),
        other_seconds=sums(np.flatnonzero(~is_billable)),
        tracked_day_count=tracked_day_count(from_first, rows["seconds"]),
    )


def buckets_of_days(starts: Sequence[date], days: DayRange) -> IntColumn:
    """The number of the bucket of each day of the range, the first day first."""
    first_days = [(start - days.first).days for start in starts]
    return np.searchsorted(first_days, np.arange(days.day_count), side="right") - 1


def tracked_day_count(days: IntColumn, seconds: IntColumn) -> int:
    """How many days have time on them; days count from the first of the range."""
    return int(np.count_nonzero(np.bincount(days[seconds > 0])))
