"""The front page of a printed report, as data for the page template."""

from collections.abc import Mapping
from typing import Any

from gnomon.charts import palette
from gnomon.charts.donut import percent_text
from gnomon.export.front import bars, duration, figures, shares
from gnomon.export.pdf_texts import page_text, short_text
from gnomon.model.logo import logo_suffix
from gnomon.query.presentation import Formats
from gnomon.sheets.document import Document
from gnomon.sheets.sheet import GroupedSheet


def front_page(document: Document, sheet: GroupedSheet, formats: Formats) -> Mapping[str, Any]:
    """The logo is the name of a file beside the template."""
    told = figures(document.series, sheet, formats)
    return {
        "workspace": short_text(document.workspace_name),
        "logo": logo_name(document),
        "days": days_text(document, formats),
        "filters": [[word.label, page_text(word.text)] for word in document.filters],
        "figures": [[one.label, one.text, one.note] for one in told],
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


def _bars(document: Document, formats: Formats) -> dict[str, str]:
    picture = bars(document, formats)
    return {
        "title": picture.title,
        "svg": picture.svg,
        "alt": picture.told,
        "billable": palette.BILLABLE,
        "other": palette.NOT_BILLABLE,
    }


def _shares(sheet: GroupedSheet, formats: Formats) -> dict[str, Any]:
    picture = shares(sheet)
    whole = picture.whole_seconds
    return {
        "title": picture.title,
        "name": picture.name,
        "svg": picture.svg,
        "alt": page_text(picture.told),
        "rows": [
            [
                one.color,
                page_text(one.name),
                duration(one.seconds, formats),
                percent_text(one.seconds, whole),
            ]
            for one in picture.slices
        ],
    }
