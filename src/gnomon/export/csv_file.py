"""A sheet as CSV: UTF-8 with a mark, commas, CRLF, quotes only where needed, no total row (D8.4)."""

from collections.abc import Iterator

import polars as pl
from polars import selectors

from gnomon.export.formats import cell_texts
from gnomon.query.presentation import Formats
from gnomon.sheets.sheet import Sheet

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
FORMULA_STARTS = r"^[=+\-@\t\r\n]"


def csv_bytes(sheet: Sheet, formats: Formats, *, is_guarded: bool = False) -> Iterator[bytes]:
    """The file in pieces of some thousand rows.

    With `is_guarded` a text that a spreadsheet would run as a formula gets a leading `'`; the API's files stay as they
    are, so that they equal the vendor's (D8.6).
    """
    columns = list(sheet.columns)
    header = pl.DataFrame([[column.title] for column in columns])
    yield BYTE_ORDER_MARK + _lines(header)
    for rows in sheet.slices():
        guarded = rows.with_columns(_guard(selectors.string())) if is_guarded else rows
        yield _lines(cell_texts(guarded, columns, formats))


def _guard(texts: pl.Expr) -> pl.Expr:
    is_formula = texts.str.contains(FORMULA_STARTS)
    return pl.when(is_formula).then(pl.concat_str(pl.lit("'"), texts)).otherwise(texts)


def _lines(texts: pl.DataFrame) -> bytes:
    """Nothing at all for an empty text: Polars would write two quotes."""
    told = texts.select(pl.when(pl.all() != "").then(pl.all()))
    lines = told.write_csv(include_header=False, line_terminator="\r\n", quote_style="necessary")
    return lines.encode()
