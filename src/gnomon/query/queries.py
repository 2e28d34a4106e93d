"""The complete questions, one noun per report."""

from dataclasses import dataclass
from enum import StrEnum

from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.resolution import Resolution
from gnomon.query.selection import Selection
from gnomon.units.durations import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFilter:
    """Bounds on a group's total rounded seconds and on its amount in `currency`, both included (D7.7)."""

    duration_seconds_min: int | None = None
    duration_seconds_max: int | None = None
    amount_cents_min: int | None = None
    amount_cents_max: int | None = None
    currency: str | None = None

    @property
    def bounds_amount(self) -> bool:
        return self.amount_cents_min is not None or self.amount_cents_max is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """Which groups are shown: tracked ones that pass the filter, and those without any entry (D7.7)."""

    group_filter: GroupFilter = GroupFilter()
    shows_tracked_groups: bool = True
    shows_empty_groups: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryQuery:
    """Everything a summary report needs (D7).

    `includes_amounts`: files, pages and the terminal show amounts; the JSON answer has no place for them.
    `resolution`: with it the report also tells how the time is spread over the days.
    """

    selection: Selection
    grouping: Grouping = Grouping.PROJECTS
    sub_grouping: SubGrouping = SubGrouping.TIME_ENTRIES
    rounding: Rounding = Rounding()
    splits_rates: bool = False
    includes_entry_ids: bool = False
    includes_amounts: bool = False
    resolution: Resolution | None = None
    audit: Audit = Audit()


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsQuery:
    """What the selected entries add up to, and how that is spread over time (D8.2)."""

    selection: Selection
    resolution: Resolution
    rounding: Rounding = Rounding()


class EntryOrder(StrEnum):
    """By start, name of the user, rounded duration, description, or last change; ties by entry id (D8.8)."""

    DATE = "date"
    USER = "user"
    DURATION = "duration"
    DESCRIPTION = "description"
    LAST_UPDATE = "last_update"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedQuery:
    """Every entry in an order; with `is_grouped` alike ones are one row (D8.8)."""

    selection: Selection
    order_by: EntryOrder = EntryOrder.DATE
    is_descending: bool = False
    is_grouped: bool = False
    rounding: Rounding = Rounding()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which rows of a detailed report are wanted: `size` of them from the first that a cursor names (D8.8).

    `timestamp`: Unix seconds of a start, or what an answer gave as its X-Next-Timestamp (reports/cursors.py).
    """

    size: int = 50
    row_number: int | None = None
    entry_id: int | None = None
    timestamp: int | None = None

    @property
    def has_cursor(self) -> bool:
        return (self.row_number, self.entry_id, self.timestamp) != (None, None, None)

    @property
    def goes_on(self) -> bool:
        """Not the first page."""
        return self.has_cursor and self.row_number != 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyQuery:
    """Seven days of each person on each project, with `splits_tasks` on each task (D8.9)."""

    selection: Selection
    rounding: Rounding = Rounding()
    splits_tasks: bool = False
