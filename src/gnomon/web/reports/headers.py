"""Headers that tell what a report covers (D2.6)."""

from gnomon.query.queries import SummaryQuery
from gnomon.units.dates import DayRange


def day_headers(days: DayRange) -> dict[str, str]:
    return {"X-Range-Start": days.first.isoformat(), "X-Range-End": days.last.isoformat()}


def summary_headers(query: SummaryQuery) -> dict[str, str]:
    return {
        **day_headers(query.selection.days),
        "X-Grouping": query.grouping.value,
        "X-Sub-Grouping": query.sub_grouping.value,
    }
