"""Workbooks, read back by two readers that know nothing of each other (D8.5, D8.6)."""

import re
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook

from gnomon.export import xlsx_file
from gnomon.export.formats import cell_texts
from gnomon.export.xlsx_file import write_xlsx
from gnomon.query.presentation import DurationFormat, Formats
from gnomon.sheets.sheet import CellKind, GroupedSheet
from tests.export.reports import HOSTILE, agency, hostile_world, long_sheet, made_of
from tests.properties.test_summary import PHASES
from tests.shares import examples
from tests.worlds.strategies import worlds

DAY = timedelta(days=1)


def written(folder: Path, sheet: GroupedSheet, formats: Formats | None = None) -> Path:
    path = folder / "report.xlsx"
    write_xlsx(path, "Summary report", sheet, formats or Formats())
    return path


def expected_rows(sheet: GroupedSheet) -> list[list[object]]:
    """Text as text, seconds as a timedelta, cents as a number of units; nothing for empty cells."""
    kinds = [column.kind for column in sheet.rows.columns]

    def value(cell: object, kind: CellKind) -> object:
        if cell is None or cell == "":
            return None
        if kind is CellKind.DURATION:
            return timedelta(seconds=int(str(cell)))
        return int(str(cell)) / 100 if kind is CellKind.MONEY else cell

    rows = [list(row) for part in sheet.rows.slices() for row in part.iter_rows()]
    rows.append(["Total", *sheet.rows.totals[1:]])
    return [[value(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in rows]


def plain(cell: object) -> object:
    """Readers tell whole days in different ways; both mean the same number."""
    return cell if cell != "" else None


def by_openpyxl(path: Path, name: str = "Summary") -> list[list[object]]:
    page = openpyxl.load_workbook(path)[name]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def seconds_of(cell: object) -> object:
    """A duration as openpyxl reads it: a timedelta, a time of day, or a number of days."""
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, (int, float)):
        return timedelta(seconds=round(cell * 86_400))
    return cell


def days_of(cell: object) -> object:
    """Amounts, too, as if they were days: only sameness counts."""
    return timedelta(seconds=round(cell * 86_400)) if isinstance(cell, (int, float)) else cell


def assert_reads_back(path: Path, sheet: GroupedSheet) -> None:
    expected = expected_rows(sheet)
    titles = [column.title for column in sheet.rows.columns]
    duration = titles.index("Duration")
    header, *rows = by_openpyxl(path)
    assert header == titles
    told = [
        [seconds_of(cell) if place == duration else cell for place, cell in enumerate(row)]
        for row in rows
    ]
    assert told == expected
    calamine = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Summary").to_python()
    assert calamine[0] == titles
    for row, wanted in zip(calamine[1:], expected, strict=True):
        kept = [plain(cell) for cell in row]
        kept[duration] = seconds_of(kept[duration])
        assert kept == wanted


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"distinguish_rates": True, "order_by": "duration", "order_dir": "DESC"},
        {"collapse": True, "grouping": "users"},
        {"description": "nobody wrote this"},
        {"hide_amounts": True, "grouping": "tags"},
    ],
    ids=str,
)
def test_every_cell_comes_back(tmp_path: Path, body: dict) -> None:
    sheet = agency(**body).sheet
    assert_reads_back(written(tmp_path, sheet), sheet)


@settings(phases=PHASES, max_examples=examples(15))
@given(world=worlds())
def test_every_cell_of_any_world_comes_back(
    tmp_path_factory: pytest.TempPathFactory, world
) -> None:
    body = {"start_date": "2006-01-01", "end_date": "2030-01-01", "distinguish_rates": True}
    admin = next(user.user_id for user in world.users if user.role == "admin")
    sheet = made_of(world, viewer_id=admin, **body).sheet
    path = written(tmp_path_factory.mktemp("book"), sheet)
    places = [
        place for place, one in enumerate(sheet.rows.columns) if one.kind is not CellKind.TEXT
    ]
    told = [[seconds_of(row[place]) for place in places] for row in by_openpyxl(path)[1:]]
    expected = [[days_of(row[place]) for place in places] for row in expected_rows(sheet)]
    assert told == expected


def test_text_is_always_text(tmp_path: Path) -> None:
    sheet = made_of(hostile_world()).sheet
    path = written(tmp_path, sheet)
    page = openpyxl.load_workbook(path)["Summary"]
    texts = {cell.value: cell.data_type for row in page.iter_rows(min_row=2) for cell in row[:3]}
    assert "f" not in texts.values()
    for text in HOSTILE:
        if text and "\r" not in text and "\x01" not in text and text != "_x0041_":
            assert texts[text] == "s"
    assert "_x005F_x0041_" in texts  # as Excel itself writes what looks like one of its escapes


def test_numbers_are_numbers_with_formats(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(written(tmp_path, agency().sheet))["Summary"]
    formats = {
        page.cell(1, place).value: page.cell(page.max_row, place).number_format
        for place in range(1, 6)
    }
    assert formats["Duration"] == "[h]:mm:ss"
    assert formats["Amount (EUR)"] == "0.00"
    last = page.max_row
    assert page.cell(last, 1).value == "Total"
    assert page.cell(last, 1).font.bold
    assert page.freeze_panes == "A2"


def test_numbers_are_told_to_the_last_digit(tmp_path: Path) -> None:
    """A script that multiplies an hour by 86,400 gets all of its seconds, and seven cents stay 0.07."""
    path = written(tmp_path, long_sheet(60, 5))
    with ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        told = [
            one
            for name in names
            for one in re.findall(r"<c[^>]*><v>([^<]*)</v>", parts.read(name).decode())
        ]
    assert told
    assert [one for one in told if one != repr(float(one)).removesuffix(".0")] == []


def test_decimal_hours_are_the_texts_numbers(tmp_path: Path) -> None:
    formats = Formats(duration=DurationFormat.DECIMAL)
    sheet = agency().sheet
    texts = cell_texts(sheet.rows.read(0, 100), list(sheet.rows.columns), formats)["3"].to_list()
    page = by_openpyxl(written(tmp_path, sheet, formats))
    assert [f"{row[3]:.2f}" for row in page[1:-1]] == texts


def test_a_chart_shows_the_longest_groups(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, long_sheet(40)))
    rows = list(book["Chart"].iter_rows(values_only=True))
    assert len(rows) == 1 + xlsx_file.BARS_MAX
    assert rows[-1][0] == "Other"
    (chart,) = book["Chart"]._charts  # the only way that openpyxl has
    assert chart.series[0].val.numRef.f == "Chart!$B$2:$B$26"


def test_longer_than_a_worksheet_goes_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "ROWS_MAX", 101)
    monkeypatch.setattr(xlsx_file, "ROWS_PER_SLICE", 30)
    book = openpyxl.load_workbook(written(tmp_path, long_sheet(250)))
    pages = [name for name in book.sheetnames if name.startswith("Summary")]
    assert pages == ["Summary", "Summary 2", "Summary 3"]
    told = [
        row[2]
        for name in pages
        for row in book[name].iter_rows(min_row=2, values_only=True)
        if row[0] != "Total"
    ]
    assert told == [f"work {number}" for number in range(250)]
    assert all(book[name].max_row <= 101 for name in pages)


@pytest.mark.parametrize(("letter", "count"), [("é", 40_000), ("🎉", 20_000), ("a🎉", 20_000)])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(
    tmp_path: Path, letter: str, count: int
) -> None:
    """Hundreds of tags on one entry are; most emoji count twice."""
    sheet = long_sheet(1)
    wordy = replace(
        sheet.rows,
        read=lambda offset, length: sheet.rows.read(offset, length).with_columns(
            pl.lit(letter * count).alias("2")
        ),
    )
    text = by_openpyxl(written(tmp_path, replace(sheet, rows=wordy)))[1][2]
    assert isinstance(text, str)
    assert text.endswith(" […]")
    assert 32_760 < len(text.encode("utf-16-le")) // 2 <= 32_767


def test_a_hundred_thousand_groups(tmp_path: Path) -> None:
    path = written(tmp_path, long_sheet(100_000))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Summary").to_python()
    assert len(rows) == 100_002
    assert rows[100_000][:3] == ["Project 99999", "Acme", "work 99999"]
