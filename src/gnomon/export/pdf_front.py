"""The front page of a printed report, as data for the page template."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from gnomon.charts import palette
from gnomon.charts.bars import Bar, bar_chart, hours_text
from gnomon.charts.bars import description as bars_description
from gnomon.charts.donut import Slice, color_of, donut_chart, percent_text
from gnomon.charts.donut import description as donut_description
from gnomon.export.formats import cell_texts, total_texts
from gnomon.export.pdf_texts import page_text, short_text
from gnomon.model.logo import logo_suffix
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


def front_page(document: Document, sheet: GroupedSheet, formats: Formats) -> Mapping[str, Any]:
    """The logo is the name of a file beside the template."""
    return {
        "workspace": short_text(document.workspace_name),
        "logo": logo_name(document),
        "days": days_text(document, formats),
        "filters": [[word.label, page_text(word.text)] for word in document.filters],
        "figures": figures(document.series, sheet, formats),
        "bars": _bars(document, formats),
        "shares": _shares(sheet, formats),
        "table": "Details",
    }


def logo_name(document: Document) -> str | None:
    return None if document.logo is None else f"logo{logo_suffix(document.logo)}"


def days_text(document: Document, formats: Formats) -> str:
    first, last = document.days.first, document.days.last
    pattern = formats.date.pattern
    told = [f"{day:{pattern}}" for day in dict.fromkeys((first, last))]
    return " \N{EN DASH} ".join(told)


def figures(series: Series, sheet: GroupedSheet, formats: Formats) -> list[list[str]]:
    """Label, value and a note: the total, what is billable, amounts per currency, the average day."""
    billable = sum(series.billable_seconds)
    seconds = billable + sum(series.other_seconds)
    days = series.tracked_day_count
    told = zip(sheet.charted.columns, total_texts(sheet.charted, formats), strict=True)
    amounts = [
        ["Amount", text, column.currency] for column, text in told if column.kind is CellKind.MONEY
    ]
    average = seconds // days if days else 0
    day_count = f"{days} day" if days == 1 else f"{days} days"
    return [
        ["Total time", duration(seconds, formats), ""],
        ["Billable", duration(billable, formats), percent_text(billable, seconds)],
        *amounts,
        ["Average a tracked day", duration(average, formats), day_count],
    ]


def duration(seconds: int, formats: Formats) -> str:
    """As in the table; decimal hours say that they are hours."""
    cell = pl.DataFrame({"0": [seconds]})
    text = str(cell_texts(cell, [Column("", CellKind.DURATION)], formats).item())
    return f"{text} h" if formats.duration is DurationFormat.DECIMAL else text


def _bars(document: Document, formats: Formats) -> dict[str, str]:
    series = document.series
    told = zip(series.starts, series.billable_seconds, series.other_seconds, strict=True)
    has_years = document.days.day_count > DAYS_WITHOUT_YEAR_MAX
    bars = [
        Bar(_label(start, document.resolution, formats, has_year=has_years), billable, other)
        for start, billable, other in told
    ]
    title = BARS_TITLES[document.resolution]
    return {
        "title": title,
        "svg": bar_chart(bars, title),
        "alt": f"{title}. {bars_description(bars)}",
        "billable": palette.BILLABLE,
        "other": palette.NOT_BILLABLE,
    }


def _label(start: date, resolution: Resolution, formats: Formats, *, has_year: bool) -> str:
    """Without the year where it is clear: `01/31`, `31.01`, `Jan 2026`."""
    if resolution is Resolution.MONTH:
        return f"{start:%b %Y}"
    if has_year:
        return f"{start:{formats.date.pattern}}"
    pattern = formats.date.pattern.replace("%Y", "").strip("/-.")
    return f"{start:{pattern}}"


def _shares(sheet: GroupedSheet, formats: Formats) -> dict[str, Any]:
    shares = longest_shares(sheet.charted, sheet.colors, SLICES_MAX)
    whole = sum(share.seconds for share in shares)
    slices = [
        Slice(
            share.name,
            share.seconds,
            palette.OTHER if share.is_other else share.color or color_of(number),
        )
        for number, share in enumerate(shares)
    ]
    name = sheet.charted.columns[0].title
    title = f"Share by {name.lower()}"
    return {
        "title": title,
        "name": name,
        "svg": donut_chart(slices, title, f"{hours_text(whole)} h"),
        "alt": page_text(f"{title}: {donut_description(slices)}"),
        "rows": [
            [
                one.color,
                page_text(one.name),
                duration(one.seconds, formats),
                percent_text(one.seconds, whole),
            ]
            for one in slices
        ],
    }
