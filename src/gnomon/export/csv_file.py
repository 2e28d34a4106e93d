"""A sheet as CSV: UTF-8 with a mark, commas, CRLF, quotes only where needed, no total row (D8.4)."""

from collections.abc import Iterator

import polars as pl

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
        yield _lines(cell_texts(_guarded(rows) if is_guarded else rows, columns, formats))


def _guarded(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbers cannot be mistaken for formulas and stay as they are."""
    texts = (pl.col(name) for name, kind in rows.schema.items() if kind == pl.String)
    return rows.with_columns(
        pl.when(text.str.contains(FORMULA_STARTS))
        .then(pl.lit("'") + text)
        .otherwise(text)
        .name.keep()
        for text in texts
    )


def _lines(texts: pl.DataFrame) -> bytes:
    """Nothing at all for an empty text: Polars would write two quotes."""
    told = texts.select(pl.when(pl.all() != "").then(pl.all()))
    lines = told.write_csv(include_header=False, line_terminator="\r\n", quote_style="necessary")
    return lines.encode()
