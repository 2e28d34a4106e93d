"""The detailed report as a sheet of texts, the way its CSV shows it (D8.4, D8.5)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.body import read_text
from tests.oracle.detailed import user_of
from tests.oracle.detailed_body import read_detailed_body
from tests.oracle.detailed_rows import Row, ordered_rows
from tests.oracle.plain_sheet import (
    FORMAT_READERS,
    PlainSheet,
    clock_text,
    day_text,
    with_formats,
)
from tests.oracle.question import question
from tests.oracle.sheet import currencies
from tests.oracle.sheet_names import project_names, tag_names, task_names, user_names
from tests.oracle.sheet_texts import amount_text, duration_text
from tests.oracle.summary import Answer, Asked
from tests.worlds.world import World

TITLES = (
    "User",
    "Email",
    "Client",
    "Project",
    "Task",
    "Description",
    "Billable",
    "Start date",
    "Start time",
    "End date",
    "End time",
    "Duration",
    "Tags",
)


def detailed_sheet(
    world: World, viewer_id: int, body: Mapping[str, Any], now: datetime
) -> PlainSheet | Answer:
    """All rows in one piece: cursors and page size are read and mean nothing here."""
    found = question(world, viewer_id, body, now, read_detailed_sheet_body)
    if isinstance(found, Answer):
        return found
    asked, lines = found.asked, found.lines(world)
    paid = [] if asked["hide_amounts"] else currencies(lines)
    rows = [
        texts(world, asked, row) + [amount_text(row.lines, one, asked) for one in paid]
        for row in ordered_rows(world, asked, lines)
    ]
    return PlainSheet([*TITLES, *(f"Amount ({one})" for one in paid)], rows)


def read_detailed_sheet_body(body: Mapping[str, Any]) -> dict[str, Any]:
    asked = read_detailed_body(body, FORMAT_READERS | {"hour_format": read_text})
    return {"hour_format": "24"} | with_formats(asked)


def texts(world: World, asked: Asked, row: Row) -> list[str]:
    entry = row.first.entry
    names = project_names(world, entry.project_id) | user_names(world, entry.user_id)
    return [
        names["User"],
        names["Email"],
        names["Client"],
        names["Project"],
        task_names(world, entry.task_id)["Task"],
        entry.description,
        "Yes" if entry.is_billable else "No",
        *moment_texts(world, asked, row, row.start),
        *moment_texts(world, asked, row, row.stop),
        duration_text(row.seconds, asked["duration_format"]),
        tag_names(world, tuple(row.tag_ids))["Tags"],
    ]


def moment_texts(world: World, asked: Asked, row: Row, instant: int) -> list[str]:
    """Day and time on the wall of the person who tracked it (D3.1)."""
    local = datetime.fromtimestamp(instant, ZoneInfo(user_of(world, row).timezone))
    return [
        day_text(local.date(), asked["date_format"]),
        clock_text(local.time(), asked["hour_format"]),
    ]
