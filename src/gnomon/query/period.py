"""Ranges of days that move with today (D10.4)."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from gnomon.units.dates import DayRange

DAYS_PER_WEEK = 7
MONTHS_PER_QUARTER = 3
MONTHS_PER_YEAR = 12


class Period(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    LAST_12_MONTHS = "last_12_months"
    ALL = "all"


_MONTHS = {  # how many months a span has, and how many spans ago it is
    Period.THIS_MONTH: (1, 0),
    Period.LAST_MONTH: (1, 1),
    Period.THIS_QUARTER: (MONTHS_PER_QUARTER, 0),
    Period.LAST_QUARTER: (MONTHS_PER_QUARTER, 1),
    Period.THIS_YEAR: (MONTHS_PER_YEAR, 0),
    Period.LAST_YEAR: (MONTHS_PER_YEAR, 1),
}


def days_of(period: Period, today: date, first_weekday: int, first_entry: date) -> DayRange:
    """Whole weeks, months, quarters and years, also where they are not over; the others end today.

    `first_weekday`: 0 is Sunday. `first_entry`: the day of the first entry, where `all` begins.
    """
    if period in _MONTHS:
        return _months(today, *_MONTHS[period])
    day = timedelta(days=1)
    if period in {Period.THIS_WEEK, Period.LAST_WEEK}:
        first = today - day * ((today.isoweekday() - first_weekday) % DAYS_PER_WEEK)
        if period is Period.LAST_WEEK:
            first -= day * DAYS_PER_WEEK
        return DayRange(first, first + day * (DAYS_PER_WEEK - 1))
    if period is Period.YESTERDAY:
        return DayRange(today - day, today - day)
    first_days = {
        Period.TODAY: today,
        Period.LAST_7_DAYS: today - day * 6,
        Period.LAST_30_DAYS: today - day * 29,
        Period.LAST_12_MONTHS: _a_year_before(today) + day,
        Period.ALL: min(first_entry, today),
    }
    return DayRange(first_days[period], today)


def _months(today: date, span: int, ago: int) -> DayRange:
    """The span of months that today is in, counted from January, or one before it."""
    month = today.year * MONTHS_PER_YEAR + today.month - 1
    first = month - month % span - span * ago
    last = first + span - 1
    year, month_of_year = last // MONTHS_PER_YEAR, last % MONTHS_PER_YEAR + 1
    return DayRange(
        date(first // MONTHS_PER_YEAR, first % MONTHS_PER_YEAR + 1, 1),
        date(year, month_of_year, monthrange(year, month_of_year)[1]),
    )


def _a_year_before(day: date) -> date:
    """The 28th of February for the 29th."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))
