"""A sheet of one level: what those of the detailed and the weekly report share (D8.4, D8.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tests.oracle.body import Reader, read_text, refuse_not_in
from tests.oracle.sheet_body import ALLOWED

FORMATS = ("cents_separator", "date_format", "duration_format")
FORMAT_READERS: dict[str, Reader] = dict.fromkeys(FORMATS, read_text)
FORMAT_DEFAULTS = {
    "cents_separator": ".",
    "date_format": "YYYY-MM-DD",
    "duration_format": "classic",
}


@dataclass(frozen=True)
class PlainSheet:
    """No total row: CSV has none (D8.4)."""

    header: list[str]
    rows: list[list[str]]


def with_formats(asked: Mapping[str, Any]) -> dict[str, Any]:
    for key in FORMATS:
        refuse_not_in(asked, key, ALLOWED[key])
    return FORMAT_DEFAULTS | asked


def day_text(day: date, date_format: str) -> str:
    text = date_format.replace("YYYY", f"{day.year:04}")
    return text.replace("MM", f"{day.month:02}").replace("DD", f"{day.day:02}")


def clock_text(clock: time, hour_format: str) -> str:
    """Midnight and noon are 12 on a clock of twelve hours."""
    rest = f"{clock.minute:02}:{clock.second:02}"
    if hour_format != "12":
        return f"{clock.hour:02}:{rest}"
    half = "AM" if clock.hour < 12 else "PM"
    return f"{(clock.hour - 1) % 12 + 1:02}:{rest} {half}"
