"""How the time of a report is spread over its days (D8.2)."""

import numpy as np

from gnomon.engine.fold import OrderedRows
from gnomon.engine.runs import IntColumn
from gnomon.query.resolution import Resolution, bucket_starts
from gnomon.reports.results import Series
from gnomon.units.dates import DayRange, day_number


def time_series(rows: OrderedRows, days: DayRange, resolution: Resolution) -> Series:
    """Of rows with `seconds`, `local_day` and `is_billable`."""
    starts = bucket_starts(days, resolution)
    first_days = np.array([day_number(day) for day in starts])
    buckets = np.searchsorted(first_days, rows["local_day"], side="right") - 1
    is_billable = rows["is_billable"].astype(bool)
    billable = _sums(buckets[is_billable], rows["seconds"][is_billable], len(starts))
    other = _sums(buckets[~is_billable], rows["seconds"][~is_billable], len(starts))
    return Series(
        starts=starts,
        billable_seconds=billable,
        other_seconds=other,
        tracked_day_count=len(np.unique(rows["local_day"][rows["seconds"] > 0])),
    )


def _sums(buckets: IntColumn, seconds: IntColumn, count: int) -> list[int]:
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, buckets, seconds)
    told: list[int] = sums.tolist()
    return told
