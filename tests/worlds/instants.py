"""Instants at which calendars go wrong: clock changes, midnights, skipped days, ends of years."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

FIRST_DAY, LAST_DAY = date(2011, 1, 1), date(2026, 12, 31)
DAY_SECONDS = 86_400

ZONES = (
    "UTC",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Kathmandu",  # +05:45
    "Australia/Lord_Howe",  # changes its clocks by half an hour
    "America/St_Johns",  # changed them at 00:01 until November 2011
    "Pacific/Apia",  # has no 2011-12-30
    "Africa/Casablanca",  # changes for Ramadan
    "Africa/Cairo",  # changes at midnight, with years without
)

ODD_DAYS = (
    date(2011, 12, 30),
    date(2012, 2, 29),
    date(2016, 12, 31),
    date(2019, 12, 30),
    date(2024, 2, 29),
    date(2025, 1, 1),
    date(2026, 6, 15),
)


def utc(*parts: int) -> int:
    """Unix seconds of `utc(2024, 3, 10, 6, 30)`."""
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())


def midnight(day: date, zone: str) -> int:
    """Unix seconds of 00:00 local time, or of what stands for it where it is skipped."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp())


def local_day(instant: int, zone: str) -> date:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).date()


def offset(instant: int, zone: str) -> timedelta | None:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).utcoffset()


@cache
def clock_changes(zone: str) -> tuple[int, ...]:
    """The first second after each change of the zone's clocks from 2011 to 2026."""
    days = range(midnight(FIRST_DAY, "UTC"), midnight(LAST_DAY, "UTC"), DAY_SECONDS)
    spans = [span for span in pairwise(days) if offset(span[0], zone) != offset(span[1], zone)]
    return tuple(first_second_after(low, high, zone) for low, high in spans)


def first_second_after(low: int, high: int, zone: str) -> int:
    """Halve the span until the offset changes from one second to the next."""
    before = offset(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    return high
