"""The body of a report as one complete question; behind this no code knows what was left out (rule 3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gnomon.errors import DaysReversed, RangeTooLong
from gnomon.model.account import Account, Plan, Workspace
from gnomon.query.access import Sight
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import Audit, GroupFilter, SummaryQuery
from gnomon.query.selection import Selection
from gnomon.units.dates import SECONDS_PER_DAY, DayRange, zone_of
from gnomon.units.durations import ROUNDING_MINUTES, Rounding, RoundingMode
from gnomon.wire.body import Body
from gnomon.wire.errors import InvalidValue, Missing, NotAllowed, OutsideCalendar

CALENDAR = DayRange(date(2006, 1, 1), date(2030, 1, 1))
WEEK = timedelta(days=6)
NEAREST_KEY = (
    "rounds_to_nearest"  # of a report saved from a page: here `rounding` 0 means none (D5.2)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What defaults depend on: the viewer's wall clock and preferences, and the workspace's (D2.2, D5.2).

    A saved report has its own: `usual_days` where the body has none, `within` what a stranger may narrow but not leave
    (D10.5), and `is_saved`: rounding follows the rule of that page, not the viewer's preference.
    """

    now: datetime
    rounds_reports: bool
    rounding: Rounding
    workspace_rounding_minutes: int
    plan: Plan
    sees_amounts: bool
    report_days_max: int = 0
    usual_days: DayRange | None = None
    within: Selection | None = None
    is_saved: bool = False

    @property
    def tells_billable(self) -> bool:
        """A workspace on the vendor's free plan is told nothing billable (reports-api-v3.md, 5.5)."""
        return self.plan is not Plan.FREE

    @property
    def today(self) -> date:
        return self.now.date()


def asker_of(
    account: Account, workspace: Workspace, sight: Sight, now: datetime, report_days_max: int
) -> Asker:
    """Somebody at this moment, in this workspace."""
    return Asker(
        now=now.astimezone(zone_of(account.timezone)),
        rounds_reports=account.rounds_reports,
        rounding=account.rounding,
        workspace_rounding_minutes=workspace.rounding_minutes,
        plan=workspace.plan,
        sees_amounts=sight.sees_amounts,
        report_days_max=report_days_max,
    )


def summary_query(body: Body, asker: Asker) -> SummaryQuery:
    """The body of `summary/time_entries` and of its exports (D7)."""
    selection = report_selection(body, asker)
    grouping, sub_grouping = _groupings(body)
    return SummaryQuery(
        selection=selection,
        grouping=grouping,
        sub_grouping=sub_grouping,
        rounding=report_rounding(body, asker),
        splits_rates=bool(body.flag("distinguish_rates")),
        includes_entry_ids=bool(body.flag("include_time_entry_ids")),
        audit=asked_audit(body, asker),
    )


def report_selection(body: Body, asker: Asker) -> Selection:
    """The days and filters that all reports share (D2, D4)."""
    least, most = (
        body.integer("min_duration_seconds"),
        body.integer("max_duration_seconds"),
    )
    selection = days_selection(
        body,
        asker,
        user_ids=body.ids("user_ids"),
        user_group_ids=body.ids("group_ids"),
        client_ids=body.ids("client_ids"),
        project_ids=body.ids("project_ids"),
        task_ids=body.ids("task_ids"),
        tag_ids=body.ids("tag_ids"),
        entry_ids=body.ids("time_entry_ids"),
        description=body.text("description") or "",
        is_billable=body.flag("billable"),
        duration_seconds_min=least,
        duration_seconds_max=most,
        within=asker.within,
    )
    _check_durations(least, most)
    return selection


def days_selection(body: Body, asker: Asker, **filters: Any) -> Selection:
    """The days and times of day alone, and what else the caller filters by (D2)."""
    days = report_days(body, asker)
    first_second = body.time_of_day("startTime", "start_time")
    end_second = body.time_of_day("endTime", "end_time")
    if days.day_count == 1 and end_second is not None and (first_second or 0) > end_second:
        raise DaysReversed
    return Selection(
        days=days,
        first_second=first_second or 0,
        end_second=SECONDS_PER_DAY if end_second is None else end_second,
        **filters,
    )


def report_days(body: Body, asker: Asker) -> DayRange:
    """Both ends, one and six days, or the last week (D2.1-D2.4)."""
    first, last = _calendar_day(body, "start_date"), _calendar_day(body, "end_date")
    if asker.usual_days is not None:
        first, last = first or asker.usual_days.first, last or asker.usual_days.last
    if first is None:
        last = last or asker.today
        first = last - WEEK
    elif last is None:
        last = first + WEEK
    days = DayRange(first, last)
    if asker.report_days_max and days.day_count > asker.report_days_max:
        raise RangeTooLong(asker.report_days_max)
    return days


def _calendar_day(body: Body, key: str) -> date | None:
    day = body.day(key)
    if day is not None and not CALENDAR.first <= day <= CALENDAR.last:
        raise OutsideCalendar(key)
    return day


def _check_durations(least: int | None, most: int | None) -> None:
    """D4.5."""
    if least is not None and (least < 0 or (most is not None and 0 <= most <= least)):
        raise InvalidValue("min_duration_seconds")
    if most is not None and most < 0:
        raise InvalidValue("max_duration_seconds")


def _groupings(body: Body) -> tuple[Grouping, SubGrouping]:
    grouping = Grouping(body.one_of("grouping", tuple(Grouping)) or Grouping.PROJECTS)
    sub_grouping = SubGrouping(
        body.one_of("sub_grouping", tuple(SubGrouping)) or SubGrouping.TIME_ENTRIES
    )
    if grouping.value == sub_grouping.value:
        raise NotAllowed(
            "sub_grouping",
            [other for other in SubGrouping if other.value != grouping.value],
        )
    return grouping, sub_grouping


def report_rounding(body: Body, asker: Asker) -> Rounding:
    """As asked; else the viewer's preference; with only a direction the steps come from there (D5.2)."""
    mode = body.one_of("rounding", tuple(int(mode) for mode in RoundingMode))
    minutes = body.one_of("rounding_minutes", ROUNDING_MINUTES)
    if asker.is_saved:
        if body.flag(NEAREST_KEY) and not mode and minutes:
            return Rounding(minutes)
        return _saved_rounding(mode or 0, minutes)
    if mode is None and minutes is None:
        return asker.rounding if asker.rounds_reports else Rounding()
    if minutes is None:
        minutes = asker.rounding.step_minutes or asker.workspace_rounding_minutes
    return Rounding(minutes, RoundingMode(mode or 0))


def _saved_rounding(mode: int, minutes: int | None) -> Rounding:
    """Here 0 is none, and a direction alone means one minute (vendor page; D5.2)."""
    if mode == 0:
        return Rounding()
    return Rounding(1 if minutes is None else minutes, RoundingMode(mode))


def asked_audit(body: Body, asker: Asker) -> Audit:
    """D7.7; a viewer who may not see amounts cannot filter by them (D6.7)."""
    audit = body.part("audit")
    bounds = audit.part("group_filter")
    currency = bounds.text("currency")
    group_filter = GroupFilter(
        duration_seconds_min=bounds.integer("min_duration_seconds"),
        duration_seconds_max=bounds.integer("max_duration_seconds"),
        amount_cents_min=bounds.integer("min_amount_cents"),
        amount_cents_max=bounds.integer("max_amount_cents"),
        currency=currency.upper() if currency else None,
    )
    if group_filter.bounds_amount and group_filter.currency is None and asker.sees_amounts:
        raise Missing("currency")
    shows_tracked = audit.flag("show_tracked_groups")
    return Audit(
        group_filter=group_filter,
        shows_tracked_groups=True if shows_tracked is None else shows_tracked,
        shows_empty_groups=bool(audit.flag("show_empty_groups")),
    )
