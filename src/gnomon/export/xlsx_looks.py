"""How cells of a workbook look, and values as spreadsheets count them."""

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from gnomon.export.formats import cell_texts, hundredths_of_hours
from gnomon.query.presentation import DurationFormat, Formats
from gnomon.sheets.sheet import CellKind, Column
from gnomon.units.dates import SECONDS_PER_DAY

TEXT_LENGTH_MAX = 32_767  # longer ones XlsxWriter cuts or drops without a word
CUT_MARK = " […]"
WIDTH_MIN, WIDTH_MAX, WIDTH_MARGIN = 9, 60, 2
CLOCK, DECIMAL = "[h]:mm:ss", "0.00"
CLOCK_OF_24, CLOCK_OF_12 = "hh:mm:ss", "hh:mm:ss AM/PM"
DAY_OF_1970 = 25_569  # in the calendar of spreadsheets, which begins in 1900


class Looks:
    """The formats of cells, made once per workbook."""

    def __init__(self, book: Workbook, formats: Formats) -> None:
        self._formats = formats
        self._is_decimal = formats.duration is DurationFormat.DECIMAL
        self.duration_code = DECIMAL if self._is_decimal else CLOCK
        codes = {
            CellKind.DURATION: self.duration_code,
            CellKind.MONEY: DECIMAL,
            CellKind.DAY: formats.date.value.lower(),
            CellKind.CLOCK: CLOCK_OF_12 if formats.has_12_hours else CLOCK_OF_24,
        }

        def looks(**more: object) -> dict[CellKind, Format]:
            return {
                kind: book.add_format({"num_format": codes.get(kind, "@"), "valign": "top", **more})
                for kind in CellKind
            }

        self._plain = looks()
        self._total = looks(bold=True, top=1)
        self._header = looks(bold=True, bottom=1, bg_color="#E8EEF2")
        for kind in codes:
            self._header[kind].set_align("right")

    def plain(self, column: Column) -> Format:
        return self._plain[column.kind]

    def total(self, column: Column) -> Format:
        return self._total[column.kind]

    def header(self, column: Column) -> Format:
        return self._header[column.kind]

    def widths(self, rows: pl.DataFrame, columns: list[Column]) -> list[int]:
        """In characters, so that the header and nearly every cell fit."""
        texts = cell_texts(rows, columns, self._formats)
        longest = texts.select(pl.all().str.len_chars().quantile(0.95, "higher"))
        lengths = [int(length or 0) for length in longest.row(0)]
        return [
            min(max(len(column.title), length, WIDTH_MIN), WIDTH_MAX) + WIDTH_MARGIN
            for column, length in zip(columns, lengths, strict=True)
        ]

    def values(self, rows: pl.DataFrame, columns: list[Column]) -> pl.DataFrame:
        """Durations in days or hours and money in units: the only floats, made at the door."""
        told = rows.select(
            self._value(pl.col(name), column.kind)
            for name, column in zip(rows.columns, columns, strict=True)
        )
        too_long = [name for name in told.columns if _may_be_too_long(told[name])]
        return told.with_columns(pl.Series(name, map(fitting, told[name])) for name in too_long)

    def _value(self, cell: pl.Expr, kind: CellKind) -> pl.Expr:
        if kind is CellKind.DURATION:
            return hundredths_of_hours(cell) / 100 if self._is_decimal else cell / SECONDS_PER_DAY
        if kind is CellKind.MONEY:
            return cell / 100
        if kind is CellKind.DAY:
            return cell + DAY_OF_1970
        return cell / SECONDS_PER_DAY if kind is CellKind.CLOCK else cell


def _may_be_too_long(cells: pl.Series) -> bool:
    """By bytes, of which a text never has fewer than letters."""
    if cells.dtype != pl.String:
        return False
    longest = cells.str.len_bytes().max()
    return isinstance(longest, int) and longest > TEXT_LENGTH_MAX


def fitting(text: str) -> str:
    """Spreadsheets count in UTF-16: most emoji are two. What does not fit ends with a mark."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * TEXT_LENGTH_MAX:
        return text
    kept = units[: 2 * (TEXT_LENGTH_MAX - len(CUT_MARK))]
    return kept.decode("utf-16-le", errors="ignore") + CUT_MARK
