"""The choices of a report's page that have nothing to do with the record: days, levels, rounding, order."""

from dataclasses import dataclass
from datetime import timedelta

from gnomon.model.saved_report import ReportType
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.period import Period
from gnomon.units.dates import DayRange
from gnomon.units.durations import ROUNDING_MINUTES
from gnomon.web.pages.reports.address import NO_ROUNDING, WEEKS, Address
from gnomon.web.pages.reports.shown import Shown

PERIODS = {period: period.value.replace("_", " ").capitalize() for period in Period} | {
    Period.ALL: "All time"
}
GROUPINGS = {one.value: one.value.capitalize() for one in Grouping}
SUB_GROUPINGS = {
    SubGrouping.TIME_ENTRIES.value: "Descriptions",
    **{one.value: one.value.capitalize() for one in SubGrouping if one != SubGrouping.TIME_ENTRIES},
}
ROUNDINGS = {
    "": "As in my profile",
    NO_ROUNDING: "Not at all",
    "down": "Down",
    "nearest": "To the nearest",
    "up": "Up",
}
DAYS_PER_MONTH_MAX = 31
DAYS_PER_WEEK = 7
LEVELS = dict.fromkeys(("by", "then", "sort", "show"))  # each kind of report has its own
MINUTES = [one for one in ROUNDING_MINUTES if one]
ORDERS = {
    "-date": "Newest first",
    "date": "Oldest first",
    "-duration": "Longest first",
    "duration": "Shortest first",
    "user": "Person",
    "description": "Description",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`earlier`, `later`: the query strings of as many days before and behind; `week`: of the last week of the days."""

    days_told: str
    periods: dict[str, str]
    groupings: dict[str, str]
    sub_groupings: dict[str, str]
    roundings: dict[str, str]
    minutes: list[int]
    orders: dict[str, str]
    earlier: str
    later: str
    week: str


def options_of(address: Address, report: Shown, first_weekday: int) -> Options:
    is_week = report.report_type is ReportType.WEEKLY
    return Options(
        days_told=days_told(report.days, address.period),
        periods={one.value: told for one, told in PERIODS.items() if not is_week or one in WEEKS},
        groupings=GROUPINGS,
        sub_groupings={
            value: told for value, told in SUB_GROUPINGS.items() if value != report.grouping
        },
        roundings=ROUNDINGS,
        minutes=MINUTES,
        orders=ORDERS,
        earlier=_moved(address, report.days, -1),
        later=_moved(address, report.days, 1),
        week=_week(address, report.days, first_weekday),
    )


def days_told(days: DayRange, period: Period | None) -> str:
    """Such as `This month`, or `16 Mar 2026 \N{EN DASH} 22 Mar 2026`."""
    if period is not None:
        return PERIODS[period]
    if days.first == days.last:
        return f"{days.first:%-d %b %Y}"
    if days.first.year == days.last.year:
        return f"{days.first:%-d %b} \N{EN DASH} {days.last:%-d %b %Y}"
    return f"{days.first:%-d %b %Y} \N{EN DASH} {days.last:%-d %b %Y}"


def _moved(address: Address, days: DayRange, steps: int) -> str:
    """A whole month moves to the next whole month; other days by as many as there are."""
    moved = _month_beside(days, steps) or _days_beside(days, steps)
    return address.with_(period=None, from_=moved.first.isoformat(), to=moved.last.isoformat())


def _week(address: Address, days: DayRange, first_weekday: int) -> str:
    """What was chosen by a period stays one where it is a week."""
    if address.period in WEEKS:
        return address.with_(**LEVELS)
    first = days.last - timedelta(days=(days.last.isoweekday() - first_weekday) % DAYS_PER_WEEK)
    last = first + timedelta(days=DAYS_PER_WEEK - 1)
    return address.with_(period=None, from_=first.isoformat(), to=last.isoformat(), **LEVELS)


def _days_beside(days: DayRange, steps: int) -> DayRange:
    try:
        shift = timedelta(days=days.day_count * steps)
        return DayRange(days.first + shift, days.last + shift)
    except OverflowError:
        return days


def _month_beside(days: DayRange, steps: int) -> DayRange | None:
    next_day = days.last + timedelta(days=1)
    is_month = days.first.day == 1 and next_day.day == 1 and days.day_count <= DAYS_PER_MONTH_MAX
    if not is_month:
        return None
    if steps > 0:
        last = (next_day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return DayRange(next_day, last)
    last = days.first - timedelta(days=1)
    return DayRange(last.replace(day=1), last)
