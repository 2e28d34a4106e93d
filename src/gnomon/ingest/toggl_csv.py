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
from gnomon.ingest.records import read_records
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
FIELDS = {  # what a column says of a time entry
    "client": "project_id",
    "project": "project_id",
    "task": "task_id",
    "description": "description",
    "billable": "is_billable",
    "tags": "tag_ids",
}
DELIMITERS = (",", ";", "\t")
_UNREADABLE = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ud800-\udfff]")
_AMOUNT = re.compile(r"amount\s*\((?P<currency>[^)]*)\)", re.IGNORECASE)


class NotTheVendorsFile(BadData):
    """The header lacks what a detailed export has."""

    def __init__(self, missing: str) -> None:
        super().__init__(f"This is no detailed CSV export: there is no column {missing!r}.")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where in a row each of our columns stands; `amounts` are the places of amounts with their currencies."""

    places: Mapping[str, int]
    amounts: tuple[tuple[int, str | None], ...]

    @property
    def has_ends(self) -> bool:
        return "end date" in self.places and "end time" in self.places

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(FIELDS[name] for name in self.places if name in FIELDS)

    def cell(self, row: list[str], name: str) -> str:
        place = self.places.get(name)
        return row[place].strip() if place is not None and place < len(row) else ""

    def amount(self, row: list[str]) -> tuple[int | None, str | None]:
        """The row's amount in cents and its currency; none where it has no readable amount, or several."""
        found = []
        for place, currency in self.amounts:
            try:
                cents = money_cell(row[place].strip() if place < len(row) else "")
            except BadData:
                return None, None
            if cents is not None:
                found.append((cents, currency))
        earning = [amount for amount in found if amount[0]] or found[:1]
        return earning[0] if len(earning) == 1 else (None, None)


def read_toggl_csv(path: Path, zone: ZoneInfo) -> Iterator[ImportedRow | SkippedLine]:
    """Rows in file order; wall-clock times are read in `zone`. Raises `NotTheVendorsFile` before the first row."""
    try:
        with path.open(encoding=encoding_of(path), errors="surrogateescape", newline="") as file:
            yield from _rows(file, zone)
    except UnicodeError:
        raise BadData(f"{path.name} is cut off in the middle of a character.") from None


def _rows(file: TextIO, zone: ZoneInfo) -> Iterator[ImportedRow | SkippedLine]:
    header_line = file.readline()
    delimiter = max(DELIMITERS, key=header_line.count)
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    layout = read_layout(header)
    may_break = frozenset({layout.places["description"]} if "description" in layout.places else ())
    for record in read_records(file, delimiter, len(header), may_break, lines_read=1):
        if record.problem:
            yield SkippedLine(record.line, record.problem)
            continue
        try:
            yield _imported(record.cells, layout, zone, record.line)
        except BadData as error:
            yield SkippedLine(record.line, str(error))


def read_layout(header: list[str]) -> Layout:
    """The columns of a header in any case and order; unknown ones are passed over."""
    places: dict[str, int] = {}
    amounts = []
    for place, title in enumerate(header):
        name = COLUMNS.get(title.strip().lower())
        amount = _AMOUNT.fullmatch(title.strip())
        if name is not None:
            places.setdefault(name, place)
        elif amount is not None:
            amounts.append((place, _currency(amount["currency"])))
    _check(places)
    return Layout(places, tuple(amounts))


def _currency(text: str) -> str | None:
    """None where the header names none that is known by three letters."""
    try:
        return currency_code(text)
    except BadData:
        return None


def _check(places: Mapping[str, int]) -> None:
    for name in ("start date", "start time"):
        if name not in places:
            raise NotTheVendorsFile(name.capitalize())
    if "duration" not in places and not {"end date", "end time"} <= places.keys():
        raise NotTheVendorsFile("Duration")
    if "user" not in places and "email" not in places:
        raise NotTheVendorsFile("User")


def _imported(row: list[str], layout: Layout, zone: ZoneInfo, line: int) -> ImportedRow:
    _check_characters(row)
    user_name, email = layout.cell(row, "user"), layout.cell(row, "email")
    if not user_name and not email:
        raise BadData("The row names no person.")
    project, task = text_cell(layout.cell(row, "project")), text_cell(layout.cell(row, "task"))
    if task and not project:
        raise BadData("The row has a task but no project.")
    started_at = _instant(layout, row, "start", zone)
    amount_cents, currency = layout.amount(row)
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
        amount_cents=amount_cents,
        currency=currency,
        fields=layout.fields,
    )


def _check_characters(row: list[str]) -> None:
    for cell in row:
        if "\0" in cell:
            raise BadData("The row holds a NUL character.")
        if not cell.isascii() and _UNREADABLE.search(cell):
            raise BadData("The row holds bytes that are no text in the file's encoding.")


def _instant(layout: Layout, row: list[str], side: str, zone: ZoneInfo, fold: int = 0) -> int:
    day = date_cell(layout.cell(row, f"{side} date"))
    clock = clock_cell(layout.cell(row, f"{side} time"))
    return instant_of_local(zone, datetime.combine(day, clock), fold)


def _stop(layout: Layout, row: list[str], started_at: int, zone: ZoneInfo) -> int | None:
    """The duration wins over the wall-clock end, which is off by an hour in a night when the clocks change."""
    if layout.has_ends and not layout.cell(row, "end date") and not layout.cell(row, "end time"):
        return None
    duration = layout.cell(row, "duration")
    if duration:
        return started_at + duration_cell(duration)
    for fold in (0, 1):  # of two equal wall clocks the later one may be meant
        stopped_at = _instant(layout, row, "end", zone, fold)
        if stopped_at >= started_at:
            return stopped_at
    raise BadData("The row ends before it starts.")


def encoding_of(path: Path) -> str:
    """UTF-8 with or without a mark, UTF-16 by its mark, else the Western code page that spreadsheets write.

    A file with a sound character of UTF-8 beyond ASCII is UTF-8, also when other bytes in it are damaged.
    """
    with path.open("rb") as file:
        if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
    is_damaged = False
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        while piece := text.read(1024 * 1024):
            if not piece.isascii():
                if _BEYOND_ASCII.search(piece):
                    return "utf-8-sig"
                is_damaged = True
    return "cp1252" if is_damaged else "utf-8-sig"
