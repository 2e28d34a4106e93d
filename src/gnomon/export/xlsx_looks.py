"""How cells of a workbook look, and values as spreadsheets count them."""

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from gnomon.export.formats import cell_texts, hundredths_of_hours
from gnomon.query.presentation import DurationFormat, Formats
from gnomon.sheets.sheet import CellKind, Column
from gnomon.units.dates import SECONDS_PER_DAY

TEXT_LENGTH_MAX = 32_767  # longer ones XlsxWriter drops without a word
CUT_MARK = " […]"
WIDTH_MIN, WIDTH_MAX, WIDTH_MARGIN = 9, 60, 2
CLOCK, DECIMAL = "[h]:mm:ss", "0.00"


class Looks:
    """The formats of cells, made once per workbook."""

    def __init__(self, book: Workbook, formats: Formats) -> None:
        self._formats = formats
        self._is_decimal = formats.duration is DurationFormat.DECIMAL
        self.duration_code = DECIMAL if self._is_decimal else CLOCK
        codes = {CellKind.DURATION: self.duration_code, CellKind.MONEY: DECIMAL}

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
        return rows.select(
            self._value(pl.col(name), column.kind)
            for name, column in zip(rows.columns, columns, strict=True)
        )

    def _value(self, cell: pl.Expr, kind: CellKind) -> pl.Expr:
        if kind is CellKind.DURATION:
            return hundredths_of_hours(cell) / 100 if self._is_decimal else cell / SECONDS_PER_DAY
        if kind is CellKind.MONEY:
            return cell / 100
        is_long = cell.str.len_chars() > TEXT_LENGTH_MAX
        kept = cell.str.slice(0, TEXT_LENGTH_MAX - len(CUT_MARK))
        return pl.when(is_long).then(pl.concat_str(kept, pl.lit(CUT_MARK))).otherwise(cell)
