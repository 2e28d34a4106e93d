"""The keys that only files have, and what files are called (D8.3, D8.5)."""

from enum import StrEnum

from gnomon.query.presentation import (
    CentsSeparator,
    DateFormat,
    DurationFormat,
    Formats,
    OrderBy,
    Presentation,
)
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
    """How the file is to look; a PDF writes dates as Americans do unless told otherwise (vendor page)."""
    usual_date = DateFormat.MONTH_DAY_YEAR if kind is FileKind.PDF else DateFormat.ISO
    resolution = body.one_of("resolution", tuple(Resolution))
    return Presentation(
        order_by=OrderBy(body.one_of("order_by", tuple(OrderBy)) or OrderBy.TITLE),
        is_descending=is_descending(body),
        is_collapsed=bool(body.flag("collapse")),
        hides_amounts=bool(body.flag("hide_amounts")),
        hides_rates=bool(body.flag("hide_rates")),
        resolution=Resolution(resolution) if resolution else None,
        formats=Formats(
            duration=DurationFormat(
                body.one_of("duration_format", tuple(DurationFormat)) or DurationFormat.CLASSIC
            ),
            date=DateFormat(body.one_of("date_format", tuple(DateFormat)) or usual_date),
            cents_separator=CentsSeparator(
                body.one_of("cents_separator", tuple(CentsSeparator)) or CentsSeparator.POINT
            ),
        ),
    )


def is_descending(body: Body) -> bool:
    """In any case: live clients send `asc` (F27)."""
    direction = (body.text("order_dir") or ASCENDING).upper()
    if direction not in {ASCENDING, DESCENDING}:
        raise NotAllowed("order_dir", [ASCENDING, DESCENDING])
    return direction == DESCENDING


def file_name(report: str, days: DayRange, kind: FileKind) -> str:
    """`Gnomon_summary_report_2026-01-01_2026-01-31.csv`."""
    return f"Gnomon_{report}_report_{days.first}_{days.last}.{kind}"
