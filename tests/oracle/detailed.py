"""The detailed report again, entry by entry, plain and slow (D8.8)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.detailed_body import read_detailed_body
from tests.oracle.detailed_page import first_place, next_headers, page_size
from tests.oracle.detailed_rows import Row, ordered_rows
from tests.oracle.lines import Line
from tests.oracle.money import currency
from tests.oracle.question import question
from tests.oracle.summary import Answer, Asked, Json, names_by_id
from tests.worlds.world import Project, User, World


def detailed(world: World, viewer_id: int, body: Mapping[str, Any], now: datetime) -> Answer:
    """One page of rows; `now` is the aware instant at which it is asked."""
    found = question(world, viewer_id, body, now, read_detailed_body)
    if isinstance(found, Answer):
        return found
    asked = found.asked
    rows = ordered_rows(world, asked, found.lines(world))
    size, first = page_size(asked), first_place(asked, rows)
    page = rows[first : first + size]
    headers = {"X-Page-Size": str(size)} | found.range_headers() | next_headers(rows, first + size)
    return Answer(
        200,
        [row_json(world, asked, row, number) for number, row in enumerate(page, start=first + 1)],
        headers,
    )


def row_json(world: World, asked: Asked, row: Row, number: int) -> Json:
    """The keys in the order of the wire (5.1 of the vendor's facts)."""
    entry, is_hidden = row.first.entry, asked["hide_amounts"]
    user = user_of(world, row)
    answer: Json = {
        "user_id": user.user_id,
        "username": user.name,
        "project_id": entry.project_id,
        "task_id": entry.task_id,
        "billable": entry.is_billable,
        "description": entry.description,
        "tag_ids": row.tag_ids,
        "billable_amount_in_cents": None if is_hidden else row.amount_cents,
        "hourly_rate_in_cents": None if is_hidden else row.hourly_rate_cents,
        "currency": currency(world, entry),
    }
    if asked["enrich_response"]:
        answer |= enrichment(world, row)
    answer["time_entries"] = [time_entry(line, user) for line in row.lines]
    answer["row_number"] = number
    return answer


def user_of(world: World, row: Row) -> User:
    return next(one for one in world.users if one.user_id == row.first.entry.user_id)


def project_of(world: World, project_id: int | None) -> Project | None:
    return next((one for one in world.projects if one.project_id == project_id), None)


def name_of(world: World, grouping: str, thing_id: int | None) -> str | None:
    return None if thing_id is None else names_by_id(world, grouping)[thing_id]


def enrichment(world: World, row: Row) -> Json:
    """Names and colours; null for what is not there."""
    entry = row.first.entry
    project = project_of(world, entry.project_id)
    tag_names = names_by_id(world, "tags")
    return {
        "client_name": name_of(world, "clients", row.first.client_id),
        "project_name": project.name if project else None,
        "project_color": "0" if project else None,
        "project_hex": project.color if project else None,
        "task_name": name_of(world, "tasks", entry.task_id),
        "tag_names": [tag_names[tag_id] for tag_id in row.tag_ids],
        "email": user_of(world, row).email or None,
    }


def time_entry(line: Line, user: User) -> Json:
    """Rounded seconds between ends that did not move (D5.3), on the clocks of D3.2."""
    entry, zone = line.entry, ZoneInfo(user.timezone)
    assert entry.stop is not None
    return {
        "id": entry.entry_id,
        "seconds": line.seconds,
        "start": datetime.fromtimestamp(entry.start, zone).isoformat(),
        "stop": datetime.fromtimestamp(entry.stop, zone).isoformat(),
        "at": datetime.fromtimestamp(entry.updated_at, UTC).isoformat(),
        "at_tz": datetime.fromtimestamp(entry.updated_at, zone).isoformat(),
    }
