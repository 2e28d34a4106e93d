"""How a file of a report is laid out and written (D8.3-D8.7)."""

from dataclasses import dataclass
from enum import StrEnum

from gnomon.query.resolution import Resolution


class OrderBy(StrEnum):
    TITLE = "title"
    DURATION = "duration"


class WeeklyGrouping(StrEnum):
    """What stands first in a week's file (reports-api-v3.md, G3)."""

    USERS = "users"
    PROJECTS = "projects"


class WeeklyValues(StrEnum):
    """What the cells of a week's file tell."""

    TIME = "time"
    AMOUNTS = "amounts"


class DurationFormat(StrEnum):
    """`classic` 01:30:00, `decimal` 1.50 hours, `improved` 1:30:00 (D8.5)."""

    CLASSIC = "classic"
    DECIMAL = "decimal"
    IMPROVED = "improved"


class DateFormat(StrEnum):
    MONTH_DAY_YEAR = "MM/DD/YYYY"
    DAY_MONTH_YEAR_DASHES = "DD-MM-YYYY"
    MONTH_DAY_YEAR_DASHES = "MM-DD-YYYY"
    ISO = "YYYY-MM-DD"
    DAY_MONTH_YEAR = "DD/MM/YYYY"
    DAY_MONTH_YEAR_DOTS = "DD.MM.YYYY"

    @property
    def pattern(self) -> str:
        """For `strftime`."""
        return self.value.replace("YYYY", "%Y").replace("MM", "%m").replace("DD", "%d")


class EntryTimes(StrEnum):
    """What a printed detailed report tells of when an entry was (reports-api-v3.md, C12)."""

    DATE_ONLY = "date_only"
    TIME_ONLY = "time_only"
    DATE_TIME = "date_time"


class CentsSeparator(StrEnum):
    POINT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """How values become text."""

    duration: DurationFormat = DurationFormat.CLASSIC
    date: DateFormat = DateFormat.ISO
    cents_separator: CentsSeparator = CentsSeparator.POINT
    has_12_hours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What a file shows, and in which order; `resolution` None: what suits the days."""

    order_by: OrderBy = OrderBy.TITLE
    is_descending: bool = False
    is_collapsed: bool = False
    hides_amounts: bool = False
    hides_rates: bool = False
    resolution: Resolution | None = None
    formats: Formats = Formats()
