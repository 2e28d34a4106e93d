"""A report as a page shows it: words, figures, pictures and the part of the table that is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gnomon.editions.ground import Ground
from gnomon.editions.summary import charts_of, document_for, summary_edition
from gnomon.export.front import BarPicture, Figure, SharePicture, bars, figures, shares
from gnomon.model.saved_report import ReportType
from gnomon.query.grouping import Grouping
from gnomon.query.presentation import Formats, Presentation, WeeklyValues
from gnomon.query.resolution import Resolution
from gnomon.reports.weekly import weekly_report
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import GroupedSheet
from gnomon.sheets.weekly import WeeklyLayout, weekly_sheet
from gnomon.sheets.words import Word
from gnomon.units.dates import DayRange
from gnomon.web.pages.reports.address import ALL
from gnomon.web.pages.reports.entries import EntryPage, entry_table
from gnomon.web.pages.reports.table import GroupedTable, Table, is_short
from gnomon.wire.reports_v3.files import FileKind, asked_formats
from gnomon.wire.reports_v3.plans import check_plan
from gnomon.wire.reports_v3.to_query import summary_query
from gnomon.wire.reports_v3.weekly import weekly_layout, weekly_query

BARS_HEIGHT = 290.0
PAGE = FileKind.CSV  # a page shows what a file of rows does, and needs no plan that a file does not


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a report somebody is; `opens_short`: a short report is open where nothing else is said."""

    opened: frozenset[str] = frozenset()
    page: int = 1
    opens_short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    report_type: ReportType
    days: DayRange
    words: Sequence[Word]
    figures: Sequence[Figure]
    bars: BarPicture
    shares: SharePicture
    formats: Formats
    table: Table | EntryPage
    grouping: str = ""
    sub_grouping: str = ""

    @property
    def is_empty(self) -> bool:
        return self.table.count == 0

    @property
    def opened(self) -> frozenset[str]:
        """Which groups are open on this page."""
        if not isinstance(self.table, Table):
            return frozenset()
        return frozenset(line.key for line in self.table.lines if line.is_open)


def shown_report(report_type: ReportType, ground: Ground, place: Place) -> Shown:
    """The same recipes as those of files (`editions/`); raises what they raise."""
    if report_type is ReportType.SUMMARY:
        return _summary(ground, place)
    return _weekly(ground) if report_type is ReportType.WEEKLY else _detailed(ground, place)


def _summary(ground: Ground, place: Place) -> Shown:
    edition = summary_edition(ground, PAGE)
    query = summary_query(ground.body, ground.asker)
    opens = place.opens_short and not place.opened and is_short(edition.sheet)
    opened = frozenset({ALL}) if opens else place.opened
    table = GroupedTable(edition.sheet, edition.formats, opened, place.page).table()
    assert edition.document is not None
    return _shown(
        ReportType.SUMMARY,
        edition.document,
        edition.sheet,
        edition.formats,
        table,
        (query.grouping.value, query.sub_grouping.value),
    )


def _detailed(ground: Ground, place: Place) -> Shown:
    formats = asked_formats(ground.body, PAGE)
    query, table = entry_table(ground, formats, place.page)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    shown = Presentation(hides_amounts=bool(ground.body.flag("hide_amounts")))
    charts, report = charts_of(query.selection, query.rounding, Grouping.PROJECTS, shown, ground)
    document = document_for(report, "", ground, PAGE, lambda _: None)
    return _shown(ReportType.DETAILED, document, charts, formats, table)


def _weekly(ground: Ground) -> Shown:
    query = weekly_query(ground.body, ground.asker)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    grouping, values = weekly_layout(ground.body)
    formats = asked_formats(ground.body, PAGE)
    hides = bool(ground.body.flag("hide_amounts"))
    shown = Presentation(hides_amounts=hides, resolution=Resolution.DAY)
    charts, charted = charts_of(
        query.selection, query.rounding, Grouping(grouping.value), shown, ground
    )
    layout = WeeklyLayout(
        grouping, WeeklyValues.TIME if hides else values, formats, tells_zeros=False
    )
    sheet = weekly_sheet(weekly_report(query, ground.table, ground.sight), layout, charts)
    document = document_for(charted, "", ground, PAGE, lambda _: None)
    table = GroupedTable(sheet, formats, frozenset()).table()
    return _shown(ReportType.WEEKLY, document, charts, formats, table, (grouping.value, ""))


def _shown(
    report_type: ReportType,
    document: Document,
    charted: GroupedSheet,
    formats: Formats,
    table: Table | EntryPage,
    levels: tuple[str, str] = ("", ""),
) -> Shown:
    return Shown(
        report_type=report_type,
        days=document.days,
        words=document.filters,
        figures=figures(document.series, charted, formats),
        bars=bars(document, formats, BARS_HEIGHT),
        shares=shares(charted),
        formats=formats,
        table=table,
        grouping=levels[0],
        sub_grouping=levels[1],
    )


def week_days(days: DayRange) -> list[str]:
    """`Mon 16`."""
    return [f"{days.first + timedelta(days=number):%a %-d}" for number in range(days.day_count)]
