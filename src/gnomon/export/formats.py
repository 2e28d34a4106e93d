"""Cells as text (D8.5): whole columns at a time, because a file may have a million rows."""

import polars as pl

from gnomon.query.presentation import DurationFormat, Formats
from gnomon.sheets.sheet import CellKind, Column, Sheet

SECONDS_PER_HOUR = 3_600
TOTAL = "Total"


def cell_texts(rows: pl.DataFrame, columns: list[Column], formats: Formats) -> pl.DataFrame:
    """The rows with text in every cell; a missing amount is the empty text."""
    texts = [
        _text(pl.col(name), column.kind, formats)
        for name, column in zip(rows.columns, columns, strict=True)
    ]
    return rows.select(texts)


def _text(cell: pl.Expr, kind: CellKind, formats: Formats) -> pl.Expr:
    if kind is CellKind.DURATION:
        return duration_text(cell, formats.duration)
    if kind is CellKind.MONEY:
        return money_text(cell, formats.cents_separator.value)
    if kind is CellKind.DAY:
        return cell.cast(pl.Int32).cast(pl.Date).dt.strftime(formats.date.pattern)
    if kind is CellKind.CLOCK:
        return clock_text(cell, has_12_hours=formats.has_12_hours)
    return cell


def clock_text(seconds: pl.Expr, *, has_12_hours: bool) -> pl.Expr:
    """`13:05:00` or `01:05:00 PM`; midnight and noon are 12 on a clock of twelve hours."""
    pattern = "%I:%M:%S %p" if has_12_hours else "%H:%M:%S"
    return (seconds.cast(pl.Int64) * 1_000_000_000).cast(pl.Time).dt.strftime(pattern)


def duration_text(seconds: pl.Expr, duration_format: DurationFormat) -> pl.Expr:
    if duration_format is DurationFormat.DECIMAL:
        hundredths = hundredths_of_hours(seconds)
        return _joined(hundredths // 100, pl.lit("."), _two_digits(hundredths % 100))
    hours = seconds // SECONDS_PER_HOUR
    minutes, rest = seconds // 60 % 60, seconds % 60
    is_padded = duration_format is DurationFormat.CLASSIC
    shown_hours = _two_digits(hours) if is_padded else hours.cast(pl.String)
    colon = pl.lit(":")
    return pl.concat_str(shown_hours, colon, _two_digits(minutes), colon, _two_digits(rest))


def hundredths_of_hours(seconds: pl.Expr) -> pl.Expr:
    """Halves go up."""
    return (seconds * 100 + SECONDS_PER_HOUR // 2) // SECONDS_PER_HOUR


def money_text(cents: pl.Expr, separator: str) -> pl.Expr:
    return _joined(cents // 100, pl.lit(separator), _two_digits(cents % 100)).fill_null("")


def _joined(whole: pl.Expr, separator: pl.Expr, fraction: pl.Expr) -> pl.Expr:
    return pl.concat_str(whole.cast(pl.String), separator, fraction)


def _two_digits(number: pl.Expr) -> pl.Expr:
    """Longer numbers stay as they are."""
    return number.cast(pl.String).str.zfill(2)


def total_texts(sheet: Sheet, formats: Formats) -> list[str]:
    """The total row: a word in the first column, sums where there are any."""
    columns = list(sheet.columns)
    schema = {
        str(number): pl.String() if column.kind.is_text else pl.Int64()
        for number, column in enumerate(columns)
    }
    totals = pl.DataFrame([list(sheet.totals)], schema=schema, orient="row")
    texts = cell_texts(totals, columns, formats).row(0)
    return [TOTAL, *(text or "" for text in texts[1:])]
