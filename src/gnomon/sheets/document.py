"""What stands around the table of a printed report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gnomon.columns.table import EntryTable
from gnomon.query.access import Sight
from gnomon.query.resolution import Resolution
from gnomon.reports.results import Series, SummaryReport
from gnomon.sheets.words import Word, filters_in_words
from gnomon.units.dates import DayRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`filters`: what narrows the report, in words; `made_at`: now, on the reader's wall clock; `logo`: PNG or JPEG."""

    title: str
    workspace_name: str
    days: DayRange
    filters: Sequence[Word]
    series: Series
    resolution: Resolution
    made_at: datetime
    logo: bytes | None = None


def summary_document(
    report: SummaryReport,
    table: EntryTable,
    sight: Sight,
    made_at: datetime,
    logo: bytes | None = None,
) -> Document:
    """Around a summary that has a series."""
    query = report.query
    assert report.series is not None
    assert query.resolution is not None
    return Document(
        title="Summary report",
        workspace_name=table.around.workspace.name,
        days=query.selection.days,
        filters=filters_in_words(query, table, sight),
        series=report.series,
        resolution=query.resolution,
        made_at=made_at,
        logo=logo,
    )
