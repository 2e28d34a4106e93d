"""A sheet as an Excel workbook: real numbers, text always text, a chart of its own (D8.5, D8.6)."""

from pathlib import Path
from threading import Event

import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gnomon.errors import FileFailed
from gnomon.export.formats import TOTAL
from gnomon.export.xlsx_looks import Looks
from gnomon.export.xlsx_page import ExactPage
from gnomon.query.presentation import Formats
from gnomon.sheets.shares import longest_shares
from gnomon.sheets.sheet import CellKind, Column, GroupedSheet, Sheet

ROWS_MAX = 1_048_576  # of a worksheet, the header included
BARS_MAX = 25
ROWS_MEASURED = 2_000
ROWS_PER_SLICE = 5_000


def write_xlsx(
    path: Path,
    title: str,
    sheet: GroupedSheet,
    formats: Formats,
    nobody_waits: Event | None = None,
) -> None:
    """The workbook at that path; rows go to disk as they are written, so memory stays small.

    Raises `FileFailed` soon after `nobody_waits` is set.
    """
    with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        book.set_properties({"title": title, "comments": "Made by Gnomon"})
        book.use_zip64()  # more than four gigabytes of XML
        looks = Looks(book, formats)
        _write_rows(book, sheet, looks, nobody_waits or Event())
        _write_chart(book, sheet, looks)


def _write_rows(book: Workbook, grouped: GroupedSheet, looks: Looks, is_over: Event) -> None:
    """As many worksheets as the rows need, the total row behind the last row."""
    sheet = grouped.rows
    columns = list(sheet.columns)
    widths = looks.widths(sheet.read(0, ROWS_MEASURED), columns)
    page = _new_page(book, grouped.name, columns, widths, looks)
    page_count, next_row = 1, 1
    for rows in sheet.slices(ROWS_PER_SLICE):
        if is_over.is_set():
            raise FileFailed("Nobody waits for it any more.")
        if next_row + rows.height >= ROWS_MAX:
            page_count, next_row = page_count + 1, 1
            page = _new_page(book, f"{grouped.name} {page_count}", columns, widths, looks)
        _write_cells(page, next_row, looks.values(rows, columns), columns, looks)
        next_row += rows.height
    _write_totals(page, next_row, sheet, looks)


def _new_page(
    book: Workbook, name: str, columns: list[Column], widths: list[int], looks: Looks
) -> Worksheet:
    page = book.add_worksheet(name, worksheet_class=ExactPage)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
        page.set_column(number, number, width)
        page.write_string(0, number, column.title, looks.header(column))
    return page


def _write_cells(
    page: Worksheet, first_row: int, rows: pl.DataFrame, columns: list[Column], looks: Looks
) -> None:
    writers = [
        (
            number,
            page.write_string if column.kind.is_text else page.write_number,
            looks.plain(column),
        )
        for number, column in enumerate(columns)
    ]
    for row, cells in enumerate(rows.iter_rows(), first_row):
        for (number, write, look), value in zip(writers, cells, strict=True):
            if value is not None and value != "":
                write(row, number, value, look)


def _write_totals(page: Worksheet, row: int, sheet: Sheet, looks: Looks) -> None:
    columns = list(sheet.columns)
    totals = pl.DataFrame(
        {str(number): [value] for number, value in enumerate(sheet.totals)},
        schema={
            str(number): pl.String if column.kind.is_text else pl.Int64
            for number, column in enumerate(columns)
        },
    )
    (values,) = looks.values(totals, columns).iter_rows()
    for number, (column, value) in enumerate(zip(columns, values, strict=True)):
        if number == 0:
            page.write_string(row, number, TOTAL, looks.total(column))
        elif value is None:
            page.write_blank(row, number, None, looks.total(column))
        else:
            page.write_number(row, number, value, looks.total(column))


def _write_chart(book: Workbook, sheet: GroupedSheet, looks: Looks) -> None:
    """The longest groups as numbers and as bars beside them."""
    page = book.add_worksheet("Chart", worksheet_class=ExactPage)
    page.set_landscape()
    page.fit_to_pages(1, 1)
    name, duration = sheet.charted.columns[0], Column("Duration", CellKind.DURATION)
    columns = [name, duration]
    shares = longest_shares(sheet.charted, sheet.colors, BARS_MAX)
    rows = pl.DataFrame(
        {"0": [share.name for share in shares], "1": [share.seconds for share in shares]},
        schema={"0": pl.String, "1": pl.Int64},
    )
    for number, (column, width) in enumerate(
        zip(columns, looks.widths(rows, columns), strict=True)
    ):
        page.set_column(number, number, width)
        page.write_string(0, number, column.title, looks.header(column))
    _write_cells(page, 1, looks.values(rows, columns), columns, looks)
    if not shares:
        return
    chart = book.add_chart({"type": "bar"})
    last = len(shares)
    chart.add_series(
        {
            "name": f"Duration by {name.title.lower()}",
            "categories": ["Chart", 1, 0, last, 0],
            "values": ["Chart", 1, 1, last, 1],
            "fill": {"color": "#2F6F8F"},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    grid = {"visible": True, "line": {"color": "#D5DBE0"}}
    chart.set_x_axis({"num_format": looks.duration_code, "major_gridlines": grid})
    chart.set_size({"width": 720, "height": 140 + 22 * last})
    page.insert_chart(0, 3, chart, {"description": f"Bars: duration of the longest {last} groups"})
