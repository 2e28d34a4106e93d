"""The keys that only files have, what files are called, and headers that say what they cover (D2.6, D8.3, D8.5)."""

from enum import StrEnum

from gnomon.query.presentation import (
    CentsSeparator,
    DateFormat,
    DurationFormat,
    EntryTimes,
    Formats,
    OrderBy,
    Presentation,
)
from gnomon.query.queries import SummaryQuery
from gnomon.query.resolution import Resolution
from gnomon.units.dates import DayRange
from gnomon.wire.body import Body
from gnomon.wire.errors import NotAllowed

ASCENDING, DESCENDING = "ASC", "DESC"


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


MEDIA_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
}


def presentation(body: Body, kind: FileKind) -> Presentation:
    """How the file of a summary is to look."""
    resolution = asked_resolution_of_chart(body)
    return Presentation(
        order_by=OrderBy(body.one_of("order_by", tuple(OrderBy)) or OrderBy.TITLE),
        is_descending=is_descending(body),
        is_collapsed=bool(body.flag("collapse")),
        hides_amounts=bool(body.flag("hide_amounts")),
        hides_rates=bool(body.flag("hide_rates")),
        resolution=resolution,
        formats=asked_formats(body, kind),
    )


def asked_resolution_of_chart(body: Body) -> Resolution | None:
    resolution = body.one_of("resolution", tuple(Resolution))
    return Resolution(resolution) if resolution else None


def asked_formats(body: Body, kind: FileKind) -> Formats:
    """A PDF writes dates as Americans do unless told otherwise (vendor page)."""
    usual_date = DateFormat.MONTH_DAY_YEAR if kind is FileKind.PDF else DateFormat.ISO
    durations, dates, separators = tuple(DurationFormat), tuple(DateFormat), tuple(CentsSeparator)
    return Formats(
        duration=DurationFormat(
            body.one_of("duration_format", durations) or DurationFormat.CLASSIC
        ),
        date=DateFormat(body.one_of("date_format", dates) or usual_date),
        cents_separator=CentsSeparator(
            body.one_of("cents_separator", separators) or CentsSeparator.POINT
        ),
        has_12_hours=body.text("hour_format") == "12",
    )


def asked_times(body: Body) -> EntryTimes:
    """The vendor's page also writes `date_and_time` (reports-api-v3.md, C12)."""
    if body.text("display_mode") == "date_and_time":
        return EntryTimes.DATE_TIME
    return EntryTimes(body.one_of("display_mode", tuple(EntryTimes)) or EntryTimes.DATE_TIME)


def is_descending(body: Body) -> bool:
    """In any case: live clients send `asc` (F27)."""
    asked = body.text("order_dir")
    direction = ASCENDING if asked is None else asked.upper()
    if direction not in {ASCENDING, DESCENDING}:
        raise NotAllowed("order_dir", [ASCENDING, DESCENDING])
    return direction == DESCENDING


def file_name(report: str, days: DayRange, kind: FileKind) -> str:
    """`Gnomon_summary_report_2026-01-01_2026-01-31.csv`."""
    return f"Gnomon_{report}_report_{days.first}_{days.last}.{kind}"


def day_headers(days: DayRange) -> dict[str, str]:
    return {"X-Range-Start": days.first.isoformat(), "X-Range-End": days.last.isoformat()}


def summary_headers(query: SummaryQuery) -> dict[str, str]:
    return {
        **day_headers(query.selection.days),
        "X-Grouping": query.grouping.value,
        "X-Sub-Grouping": query.sub_grouping.value,
    }
