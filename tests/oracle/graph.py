"""The buckets of a graph, counted from the first day that was asked for (D8.2)."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from tests.oracle.days import AskedDays
from tests.oracle.lines import Line

RESOLUTIONS = ("day", "week", "month")
DAYS_BY_DAY_MAX, DAYS_BY_WEEK_MAX = 34, 238


def automatic_resolution(days: AskedDays) -> str:
    count = (days.last - days.first).days + 1
    if count <= DAYS_BY_DAY_MAX:
        return "day"
    return "week" if count <= DAYS_BY_WEEK_MAX else "month"


def lines_by_bucket(days: AskedDays, resolution: str, lines: list[Line]) -> list[list[Line]]:
    """Empty buckets too; the last ends with the last day."""
    spans = pairwise([*bucket_starts(days, resolution), date.max])
    return [
        [line for line in lines if start <= line.local_start.date() < end] for start, end in spans
    ]


def bucket_starts(days: AskedDays, resolution: str) -> list[date]:
    starts: list[date] = []
    start = days.first
    while start <= days.last:
        starts.append(start)
        start = bucket_start(days.first, resolution, len(starts))
    return starts


def bucket_start(first: date, resolution: str, number: int) -> date:
    """Always from the first day, so that one short month does not shift those after it."""
    if resolution == "month":
        return months_later(first, number)
    return first + timedelta(days=number * (7 if resolution == "week" else 1))


def months_later(day: date, count: int) -> date:
    years, month_place = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month_place + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
