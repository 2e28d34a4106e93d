"""The CSV to the byte, as the vendor writes it (D8.4)."""

import csv
import io
import os
from pathlib import Path

import polars as pl
import pytest

from gnomon.export.csv_file import csv_bytes
from gnomon.query.presentation import Formats
from gnomon.sheets.sheet import ROWS_PER_SLICE
from tests.export.reports import HOSTILE, agency, hostile_world, long_sheet, made_of

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "projects": {},
    "clients_by_projects": {"grouping": "clients", "sub_grouping": "projects"},
    "users_by_tasks": {"grouping": "users", "sub_grouping": "tasks", "order_by": "duration"},
    "tags": {"grouping": "tags", "sub_grouping": "users", "order_dir": "desc"},
    "tasks": {"grouping": "tasks", "sub_grouping": "projects"},
    "rates": {"distinguish_rates": True, "duration_format": "improved", "cents_separator": ","},
    "rates_hidden": {"distinguish_rates": True, "hide_rates": True, "hide_amounts": True},
    "collapsed": {"collapse": True, "duration_format": "decimal"},
    "empty_groups": {"audit": {"show_empty_groups": True}, "order_by": "duration"},
    "nothing": {"description": "nobody wrote this"},
}


@pytest.mark.parametrize("name", CASES)
def test_the_bytes_are_these(name: str) -> None:
    made = agency(**CASES[name])
    content = b"".join(csv_bytes(made.sheet.rows, made.formats))
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("GNOMON_UPDATE_CASES") == "1":
        path.write_bytes(content)
    assert content == path.read_bytes()


def test_a_member_sees_no_amounts_and_no_private_projects() -> None:
    made = agency(viewer_id=2, distinguish_rates=True)
    content = b"".join(csv_bytes(made.sheet.rows, Formats())).decode()
    assert "Amount" not in content
    assert "Rate" not in content
    assert "App" not in content


def test_hostile_texts_come_back_as_they_were() -> None:
    made = made_of(hostile_world(), order_by="title", hide_amounts=True)
    content = b"".join(csv_bytes(made.sheet.rows, Formats())).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert {row["Description"] for row in rows} == set(HOSTILE)
    assert {row["Project"] for row in rows} == set(HOSTILE)


def test_only_a_guarded_file_is_safe_from_formulas() -> None:
    made = made_of(hostile_world(), hide_amounts=True)
    guarded = b"".join(csv_bytes(made.sheet.rows, Formats(), is_guarded=True)).decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(guarded, newline="")) for cell in row}
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    assert {"'=1+1", "'-2", "'\ttab", "'@SUM(A1)"} <= cells


def test_it_is_written_while_it_is_read() -> None:
    """A million rows: no piece is made before the one in front of it was taken, and none holds more than a slice."""
    sheet = long_sheet(1_000_000).rows
    offsets: list[int] = []

    def read(offset: int, length: int) -> pl.DataFrame:
        assert length <= ROWS_PER_SLICE
        offsets.append(offset)
        return sheet.read(offset, length)

    pieces = csv_bytes(
        type(sheet)(
            columns=sheet.columns, row_count=sheet.row_count, read=read, totals=sheet.totals
        ),
        Formats(),
    )
    next(pieces)
    line_count = 0
    for number, piece in enumerate(pieces, start=1):
        assert len(offsets) == number
        line_count += piece.count(b"\r\n")
    assert line_count == 1_000_000
