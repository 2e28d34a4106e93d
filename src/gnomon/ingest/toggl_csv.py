"""The vendor's detailed CSV, in all the dialects that are known of it (D11.2)."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from gnomon.errors import BadData
from gnomon.ingest.cells import (
    billable_cell,
    clock_cell,
    date_cell,
    duration_cell,
    money_cell,
    tags_cell,
    text_cell,
)
from gnomon.model.imported import ImportedRow, SkippedLine
from gnomon.units.dates import instant_of_local
from gnomon.units.money import currency_code

COLUMNS = {
    "user": "user",
    "member": "user",
    "email": "email",
    "client": "client",
    "project": "project",
    "task": "task",
    "description": "description",
    "billable": "billable",
    "start date": "start date",
    "start time": "start time",
    "end date": "end date",
    "stop date": "end date",
    "end time": "end time",
    "stop time": "end time",
    "duration": "duration",
    "tags": "tags",
}
DELIMITERS = (",", ";", "\t")
_AMOUNT = re.compile(r"amount\s*\((?P<currency>[^)]*)\)", re.IGNORECASE)


class NotTheVendorsFile(BadData):
    """The header lacks what a detailed export has."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"This is no detailed CSV export: there is no column {missing!r}.")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row each of our columns stands."""

    places: Mapping[str, int]
    amount_place: int | None
    currency: str | None

    @property
    def has_ends(self) -> bool:
        return "end date" in self.places and "end time" in self.places

    def cell(self, row: list[str], name: str) -> str:
        place = self.places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""


def read_toggl_csv(path: Path, zone: ZoneInfo) -> Iterator[ImportedRow | SkippedLine]:
    """Rows in file order; wall-clock times are read in `zone`. Raises `NotTheVendorsFile` before the first row."""
    with path.open(encoding=encoding_of(path), newline="") as file:
        yield from _rows(file, zone)


def _rows(file: TextIO, zone: ZoneInfo) -> Iterator[ImportedRow | SkippedLine]:
    header_line = file.readline()
    delimiter = max(DELIMITERS, key=header_line.count)
    layout = read_layout(next(csv.reader([header_line], delimiter=delimiter), []))
    reader = csv.reader(file, delimiter=delimiter)
    while True:
        line = reader.line_num + 2  # the header was read before
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield SkippedLine(line, str(error))
            continue
        if not any(row):
            continue
        try:
            yield _imported(row, layout, zone, line)
        except BadData as error:
            yield SkippedLine(line, str(error))


def read_layout(header: list[str]) -> Layout:
    """The columns of a header in any case and order; unknown ones are passed over."""
    places: dict[str, int] = {}
    amount_place, currency = None, None
    for place, title in enumerate(header):
        name = COLUMNS.get(title.strip().lower())
        amount = _AMOUNT.fullmatch(title.strip())
        if name is not None:
            places.setdefault(name, place)
        elif amount is not None:
            amount_place = place
            currency = currency_code(amount["currency"]) if amount["currency"].strip() else None
    _check(places)
    return Layout(places, amount_place, currency)


def _check(places: Mapping[str, int]) -> None:
    for name in ("start date", "start time"):
        if name not in places:
            raise NotTheVendorsFile(name.capitalize())
    if "duration" not in places and not {"end date", "end time"} <= places.keys():
        raise NotTheVendorsFile("Duration")
    if "user" not in places and "email" not in places:
        raise NotTheVendorsFile("User")


def _imported(row: list[str], layout: Layout, zone: ZoneInfo, line: int) -> ImportedRow:
    if any("\0" in cell for cell in row):
        raise BadData("The row holds a NUL character.")
    user_name, email = layout.cell(row, "user"), layout.cell(row, "email")
    if not user_name and not email:
        raise BadData("The row names no person.")
    project, task = (
        text_cell(layout.cell(row, "project")),
        text_cell(layout.cell(row, "task")),
    )
    if task and not project:
        raise BadData("The row has a task but no project.")
    started_at = _instant(layout, row, "start", zone)
    amount = "" if layout.amount_place is None else _at(row, layout.amount_place)
    return ImportedRow(
        line=line,
        user_name=text_cell(user_name or email.partition("@")[0]),
        email=email,
        client=text_cell(layout.cell(row, "client")),
        project=project,
        task=task,
        description=text_cell(layout.cell(row, "description")),
        is_billable=billable_cell(layout.cell(row, "billable")),
        started_at=started_at,
        stopped_at=_stop(layout, row, started_at, zone),
        tags=tags_cell(layout.cell(row, "tags")),
        amount_cents=money_cell(amount),
        currency=layout.currency,
    )


def _at(row: list[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _instant(layout: Layout, row: list[str], side: str, zone: ZoneInfo) -> int:
    day = date_cell(layout.cell(row, f"{side} date"))
    clock = clock_cell(layout.cell(row, f"{side} time"))
    return instant_of_local(zone, datetime.combine(day, clock))


def _stop(layout: Layout, row: list[str], started_at: int, zone: ZoneInfo) -> int | None:
    """The duration wins over the wall-clock end, which is off by an hour in a night when the clocks change."""
    if layout.has_ends and not layout.cell(row, "end date") and not layout.cell(row, "end time"):
        return None
    duration = layout.cell(row, "duration")
    if duration:
        return started_at + duration_cell(duration)
    stopped_at = _instant(layout, row, "end", zone)
    if stopped_at < started_at:
        raise BadData("The row ends before it starts.")
    return stopped_at


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 by its mark, else the Western code page that spreadsheets write."""
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    try:
        with path.open(encoding="utf-8", newline="") as text:
            while text.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
