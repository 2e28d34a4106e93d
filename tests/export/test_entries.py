"""The detailed and the weekly report as workbooks and in print (D8.5, D8.7, D8.9)."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gnomon.editions.detailed import detailed_edition
from gnomon.editions.edition import Edition
from gnomon.editions.files import write_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.wire.reports_v3.files import FileKind
from tests.export.looks import assert_looks_as_stored
from tests.export.reports import HOSTILE, JANUARY, hostile_world, made_of
from tests.export.test_pdf import words
from tests.wire.agency import AGENCY, at, entry
from tests.worlds.world import World

WEEK = {"start_date": "2026-01-05", "end_date": "2026-01-11"}
MAKERS = {"detailed": detailed_edition, "weekly": weekly_edition}
SECONDS = (4 * 60 + 22) * 60  # of all entries


def made(
    name: str, kind: FileKind, world: World = AGENCY, viewer_id: int = 1, **body: Any
) -> Edition:
    days = WEEK if name == "weekly" else JANUARY
    return made_of(world, kind, viewer_id, MAKERS[name], **{**days, **body})


def written(folder: Path, edition: Edition, kind: FileKind) -> Path:
    path = folder / f"report.{kind}"
    write_edition(path, edition, kind)
    return path


def cells(folder: Path, edition: Edition) -> list[list[Any]]:
    book = openpyxl.load_workbook(written(folder, edition, FileKind.XLSX))
    assert book.sheetnames[-1] == "Chart"
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def seconds(cell: Any) -> float:
    """A duration as openpyxl reads it."""
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    return cell.total_seconds() if isinstance(cell, timedelta) else round(cell * 86_400)


def test_a_workbook_of_entries_has_real_days_times_and_money(tmp_path: Path) -> None:
    header, *rows, total = cells(tmp_path, made("detailed", FileKind.XLSX))
    row = next(
        row
        for row in (dict(zip(header, row, strict=True)) for row in rows)
        if row["Tags"] == "urgent"
    )
    assert (row["User"], row["Description"], row["Billable"]) == ("Ada", "Plan", "Yes")
    assert row["Start date"] == datetime(2026, 1, 6)  # noqa: DTZ001  # half past midnight in Tallinn
    assert (row["Start time"], row["End time"]) == (time(0, 30), time(1, 30))
    assert (seconds(row["Duration"]), row["Amount (EUR)"], row["Amount (USD)"]) == (
        3_600,
        100,
        None,
    )
    told = dict(zip(header, total, strict=True))
    assert (told["User"], seconds(told["Duration"])) == ("Total", SECONDS)
    assert (told["Start date"], told["End time"]) == (None, None)
    for currency in ("EUR", "USD"):
        title = f"Amount ({currency})"
        place = header.index(title)
        assert told[title] == pytest.approx(sum(row[place] or 0 for row in rows), abs=0.02)


def test_texts_of_entries_stay_texts(tmp_path: Path) -> None:
    path = written(tmp_path, made("detailed", FileKind.XLSX, hostile_world()), FileKind.XLSX)
    rows = [*openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    texts = [cell for row in rows for cell in row[:6] if cell.value is not None]
    assert {cell.data_type for cell in texts} == {"s"}
    told = {str(row[5].value) for row in rows}
    readable = {text for text in HOSTILE if text.isascii() and text.isprintable()}
    assert readable - {"", "_x0041_"} <= told  # the one that openpyxl reads as a letter


def test_a_week_of_money_has_a_total_though_something_else_earns_nothing(tmp_path: Path) -> None:
    """D6.5: amounts of two currencies are not added up, but an entry without an amount has none."""
    unpaid = entry(900, 1, at(9, 12), 10, project_id=31)
    kept = [one for one in AGENCY.entries if one.entry_id != 102]
    world = replace(AGENCY, entries=(*kept, unpaid))
    header, *rows, total = cells(
        tmp_path, made("weekly", FileKind.XLSX, world, calculate="amounts")
    )
    assert header[4] == "Currency"
    assert total[-1] == pytest.approx(sum(row[-1] or 0 for row in rows), abs=0.02)
    *_, total = cells(tmp_path, made("weekly", FileKind.XLSX, calculate="amounts"))
    assert total[-1] is None


def test_hidden_amounts_of_a_week_are_time(tmp_path: Path) -> None:
    body = {"calculate": "amounts", "hide_amounts": True}
    hidden = cells(tmp_path, made("weekly", FileKind.XLSX, **body))
    assert hidden == cells(tmp_path, made("weekly", FileKind.XLSX))


def test_a_week_adds_up(tmp_path: Path) -> None:
    header, *rows, total = cells(tmp_path, made("weekly", FileKind.XLSX))
    assert header[4:] == [*(f"2026-01-{day:02}" for day in range(5, 12)), "Total"]
    for row in (*rows, total):
        assert sum(map(seconds, row[4:-1])) == seconds(row[-1])
    assert sum(seconds(row[-1]) for row in rows) == seconds(total[-1]) == SECONDS


@pytest.mark.parametrize(
    ("mode", "is_there", "is_not"),
    [
        ("date_only", ["Start date", "01/06/2026"], ["Start time", "22:00:00"]),
        ("time_only", ["Start time", "22:00:00", "22:45:00"], ["Start date", "01/06/2026"]),
        ("date_and_time", ["Start date", "End time", "22:00:00"], []),
    ],
)
def test_print_tells_when_as_it_is_asked(
    tmp_path: Path, mode: str, is_there: list[str], is_not: list[str]
) -> None:
    path = written(tmp_path, made("detailed", FileKind.PDF, display_mode=mode), FileKind.PDF)
    details = words(path).partition("Details")[2]
    assert [word for word in is_there if word not in details] == []
    assert [word for word in is_not if word in details] == []


def test_a_clock_of_twelve_hours_stays_on_its_line(tmp_path: Path) -> None:
    edition = made("detailed", FileKind.PDF, hour_format="12")
    assert "12:30:00 AM" in words(written(tmp_path, edition, FileKind.PDF))


@pytest.mark.parametrize("name", MAKERS)
def test_members_are_printed_no_money_and_no_private_project(tmp_path: Path, name: str) -> None:
    edition = made(name, FileKind.PDF, viewer_id=2, calculate="amounts")
    told = words(written(tmp_path, edition, FileKind.PDF))
    assert "Website" in told
    assert not [word for word in ("Amount", "EUR", "App", "=1+1") if word in told]


@pytest.mark.parametrize("name", MAKERS)
def test_pages_look_as_stored(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, made(name, FileKind.PDF), FileKind.PDF)
    assert_looks_as_stored(path, name)
