"""Reads the keys that only the files of the summary report know (D8.3-D8.5)."""

from collections.abc import Mapping
from typing import Any

from tests.oracle.body import (
    Reader,
    read_body,
    read_flag,
    read_keys,
    read_text,
    refuse_not_in,
)

ALLOWED = {
    "order_by": ("title", "duration"),
    "order_dir": ("ASC", "DESC"),
    "duration_format": ("classic", "decimal", "improved"),
    "date_format": (
        "MM/DD/YYYY",
        "DD-MM-YYYY",
        "MM-DD-YYYY",
        "YYYY-MM-DD",
        "DD/MM/YYYY",
        "DD.MM.YYYY",
    ),
    "cents_separator": (".", ","),
    "resolution": ("day", "week", "month"),
}
DEFAULTS = {
    "collapse": False,
    "hide_amounts": False,
    "hide_rates": False,
    "distinguish_rates": False,
    "order_by": "title",
    "order_dir": "ASC",
    "duration_format": "classic",
    "cents_separator": ".",
}


def read_direction(value: object) -> str:
    """Any letter case, of plain letters: a long s becomes S in upper case and is none."""
    text = read_text(value)
    return text.upper() if text.isascii() else text


FILE_READERS: dict[str, Reader] = {
    "cents_separator": read_text,
    "collapse": read_flag,
    "date_format": read_text,
    "duration_format": read_text,
    "hide_amounts": read_flag,
    "hide_rates": read_flag,
    "order_by": read_text,
    "order_dir": read_direction,
    "resolution": read_text,
}


def read_sheet_body(body: Mapping[str, object], *, sees_rates: bool) -> dict[str, Any]:
    """What the report knows is read first; defaults are filled in."""
    asked = read_body(body, sees_rates=sees_rates) | read_keys(body, FILE_READERS)
    for key, allowed in ALLOWED.items():
        refuse_not_in(asked, key, allowed)
    return DEFAULTS | asked
