"""How finely a report is drawn over time (D8.2)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from gnomon.units.dates import DayRange

DAYS_BY_DAY_MAX = 34
DAYS_BY_WEEK_MAX = 238
MONTHS_PER_YEAR = 12


class Resolution(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def resolution_for(days: DayRange) -> Resolution:
    """What suits a range of that length."""
    if days.day_count <= DAYS_BY_DAY_MAX:
        return Resolution.DAY
    return Resolution.WEEK if days.day_count <= DAYS_BY_WEEK_MAX else Resolution.MONTH


def bucket_starts(days: DayRange, resolution: Resolution) -> list[date]:
    """The first days of the buckets, counted from the first day; calendar weeks and months play no part."""
    starts: list[date] = []
    while (start := _bucket_start(days.first, len(starts), resolution)) and start <= days.last:
        starts.append(start)
    return starts


def _bucket_start(first: date, number: int, resolution: Resolution) -> date | None:
    """None behind the end of the calendar."""
    try:
        if resolution is Resolution.MONTH:
            months = first.year * MONTHS_PER_YEAR + first.month - 1 + number
            year, month = divmod(months, MONTHS_PER_YEAR)
            last_of_month = monthrange(year, month + 1)[1]
            return date(year, month + 1, min(first.day, last_of_month))
        return first + timedelta(days=number * (7 if resolution is Resolution.WEEK else 1))
    except (ValueError, OverflowError):
        return None
