"""Reads the body of the detailed report (D8.8): orders, cursors and switches besides the filters."""

from collections.abc import Mapping
from typing import Any

from tests.oracle.body import (
    BadBodyError,
    Reader,
    read_flag,
    read_integer,
    read_text,
    refuse_not_in,
)
from tests.oracle.question import read_filters
from tests.oracle.sheet_body import read_direction

ORDERS = ("date", "user", "duration", "description", "last_update")
DIRECTIONS = ("ASC", "DESC")
PAGE_SIZE_MAX = 10_000
DETAILED_READERS: dict[str, Reader] = {
    "enrich_response": read_flag,
    "first_id": read_integer,
    "first_row_number": read_integer,
    "first_timestamp": read_integer,
    "grouped": read_flag,
    "hide_amounts": read_flag,
    "order_by": read_text,
    "order_dir": read_direction,
    "page_size": read_integer,
}
DEFAULTS = {
    "enrich_response": False,
    "first_id": 0,  # no cursor
    "first_row_number": 0,
    "first_timestamp": 0,
    "grouped": False,
    "hide_amounts": False,
    "order_by": "date",
    "order_dir": "ASC",
    "page_size": 50,
}


def read_detailed_body(
    body: Mapping[str, Any], more: Mapping[str, Reader] | None = None
) -> dict[str, Any]:
    """What was asked, its defaults filled in; `more` are keys that only files know."""
    asked = DEFAULTS | read_filters(body, DETAILED_READERS | dict(more or {}))
    refuse_not_in(asked, "order_by", ORDERS)
    refuse_not_in(asked, "order_dir", DIRECTIONS)
    for key, least in (("page_size", 1), ("first_row_number", 0), ("first_id", 0)):
        if asked[key] < least:
            raise BadBodyError(f"Invalid {key} value")
    return asked
