"""What stands above the table of a report, in print and on pages: key figures, bars over time, shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from gnomon.charts import palette
from gnomon.charts.bars import HEIGHT, Bar, bar_chart, hours_text
from gnomon.charts.bars import description as bars_description
from gnomon.charts.donut import Slice, color_of, donut_chart, percent_text
from gnomon.charts.donut import description as donut_description
from gnomon.export.formats import cell_texts, total_texts
from gnomon.query.presentation import DurationFormat, Formats
from gnomon.query.resolution import Resolution
from gnomon.reports.results import Series
from gnomon.sheets.document import Document
from gnomon.sheets.shares import longest_shares
from gnomon.sheets.sheet import CellKind, Column, GroupedSheet

SLICES_MAX = 9
DAYS_WITHOUT_YEAR_MAX = 366
BARS_TITLES = {
    Resolution.DAY: "Hours per day",
    Resolution.WEEK: "Hours per week",
    Resolution.MONTH: "Hours per month",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`key`: total, billable, average, or amount with its currency."""

    key: str
    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarPicture:
    title: str
    bars: Sequence[Bar]
    svg: str

    @property
    def told(self) -> str:
        return f"{self.title}. {bars_description(self.bars)}"


@dataclass(frozen=True, slots=True)
class SharePicture:
    """`name`: what the slices are, such as Project."""

    title: str
    name: str
    slices: Sequence[Slice]
    svg: str

    @property
    def whole_seconds(self) -> int:
        return sum(one.seconds for one in self.slices)

    @property
    def told(self) -> str:
        return f"{self.title}: {donut_description(self.slices)}"


def figures(series: Series, sheet: GroupedSheet, formats: Formats) -> list[Figure]:
    """The total, what is billable, amounts per currency, the average day."""
    billable = sum(series.billable_seconds)
    seconds = billable + sum(series.other_seconds)
    days = series.tracked_day_count
    told = zip(sheet.charted.columns, total_texts(sheet.charted, formats), strict=True)
    amounts = [
        Figure(f"amount-{column.currency}", "Amount", text, column.currency)
        for column, text in told
        if column.kind is CellKind.MONEY
    ]
    average = seconds // days if days else 0
    day_count = f"{days} day" if days == 1 else f"{days} days"
    return [
        Figure("total", "Total time", duration(seconds, formats)),
        Figure(
            "billable", "Billable", duration(billable, formats), percent_text(billable, seconds)
        ),
        *amounts,
        Figure("average", "Average a tracked day", duration(average, formats), day_count),
    ]


def duration(seconds: int, formats: Formats) -> str:
    """As in the table; decimal hours say that they are hours."""
    cell = pl.DataFrame({"0": [seconds]})
    text = str(cell_texts(cell, [Column("", CellKind.DURATION)], formats).item())
    return f"{text} h" if formats.duration is DurationFormat.DECIMAL else text


def bars(document: Document, formats: Formats, height: float = HEIGHT) -> BarPicture:
    series = document.series
    told = zip(series.starts, series.billable_seconds, series.other_seconds, strict=True)
    has_years = document.days.day_count > DAYS_WITHOUT_YEAR_MAX
    found = [
        Bar(_label(start, document.resolution, formats, has_year=has_years), billable, other)
        for start, billable, other in told
    ]
    title = BARS_TITLES[document.resolution]
    return BarPicture(title, found, bar_chart(found, title, height))


def _label(start: date, resolution: Resolution, formats: Formats, *, has_year: bool) -> str:
    """Without the year where it is clear: `01/31`, `31.01`, `Jan 2026`."""
    if resolution is Resolution.MONTH:
        return f"{start:%b %Y}"
    if has_year:
        return f"{start:{formats.date.pattern}}"
    pattern = formats.date.pattern.replace("%Y", "").strip("/-.")
    return f"{start:{pattern}}"


def shares(sheet: GroupedSheet) -> SharePicture:
    found = longest_shares(sheet.charted, sheet.colors, SLICES_MAX)
    slices = [
        Slice(
            share.name,
            share.seconds,
            palette.OTHER if share.is_other else share.color or color_of(number),
        )
        for number, share in enumerate(found)
    ]
    name = sheet.charted.columns[0].title
    title = f"Share by {name.lower()}"
    whole = sum(one.seconds for one in slices)
    return SharePicture(title, name, slices, donut_chart(slices, title, f"{hours_text(whole)} h"))
