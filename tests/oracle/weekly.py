"""The weekly report again, row by row (D8.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.oracle.body import BadBodyError, Reader, read_flag, read_text, refuse_not_in
from tests.oracle.days import SIX_DAYS, AskedDays, asked_days
from tests.oracle.detailed import name_of, project_of
from tests.oracle.graph import lines_by_bucket
from tests.oracle.lines import Line
from tests.oracle.money import cents, currency
from tests.oracle.question import Question, question, read_filters
from tests.oracle.summary import Answer, Asked, Json, names_by_id, null_first, put_together
from tests.oracle.visibility import sees_rates
from tests.worlds.world import World

WEEKLY_READERS: dict[str, Reader] = {
    "calculate": read_text,
    "group_by_task": read_flag,
    "grouping": read_text,
}
DEFAULTS = {"calculate": "time", "group_by_task": False, "grouping": "users"}
EARNINGS = "earnings"  # another word for amounts, told to nobody


@dataclass(frozen=True)
class WeekRow:
    """`task_id` is None unless tasks are told apart; `lines` is not empty."""

    user_id: int
    project_id: int | None
    task_id: int | None
    lines: list[Line]

    @property
    def ids(self) -> tuple[Any, ...]:
        return self.user_id, null_first(self.project_id), null_first(self.task_id)


def weekly(world: World, viewer_id: int, body: Mapping[str, Any], now: datetime) -> Answer:
    """One row per user and project (and task), by their ids."""
    found = question(world, viewer_id, body, now, read_weekly_body, asked_week)
    if isinstance(found, Answer):
        return found
    rows = sorted(week_rows(found.asked, found.lines(world)), key=lambda row: row.ids)
    return Answer(200, [row_json(world, found, row) for row in rows], found.range_headers())


def read_weekly_body(
    body: Mapping[str, Any], more: Mapping[str, Reader] | None = None
) -> dict[str, Any]:
    """What was asked, its defaults filled in; `more` are keys that only files know."""
    asked = DEFAULTS | read_filters(body, WEEKLY_READERS | dict(more or {}))
    refuse_not_in(asked, "grouping", ("users", "projects"))
    if asked["calculate"] == EARNINGS:
        asked["calculate"] = "amounts"
    refuse_not_in(asked, "calculate", ("time", "amounts"))
    return asked


def asked_week(asked: Asked, today: date) -> AskedDays:
    """Seven days, which only a range with both ends can miss (D8.9)."""
    days = asked_days(asked, today)
    if days.last - days.first != SIX_DAYS:
        raise BadBodyError("The 'end_date' parameter is not supported")
    return days


def week_rows(asked: Asked, lines: list[Line]) -> list[WeekRow]:
    """A row also for entries of zero seconds."""

    def key_of(line: Line) -> tuple[int, int | None, int | None]:
        task_id = line.entry.task_id if asked["group_by_task"] else None
        return line.entry.user_id, line.entry.project_id, task_id

    together = put_together(lines, key_of)
    return [
        WeekRow(user_id, project_id, task_id, found)
        for (user_id, project_id, task_id), found in together.items()
    ]


def row_json(world: World, found: Question, row: WeekRow) -> Json:
    project = project_of(world, row.project_id)
    sees = sees_rates(world, found.viewer)
    by_day = lines_by_bucket(found.days, "day", row.lines)
    amounts = [cents(sum(line.microcents for line in lines)) for lines in by_day]
    return {
        "user_id": row.user_id,
        "user_name": names_by_id(world, "users")[row.user_id],
        "client_name": name_of(world, "clients", row.lines[0].client_id),
        "project_id": row.project_id,
        "project_name": project.name if project else None,
        "project_color": "0" if project else None,
        "project_hex_color": project.color if project else None,
        "planned_task_id": row.task_id,
        "currency": currency(world, row.lines[0].entry),
        "hourly_rate_in_cents": only_rate_cents(row.lines),
        "seconds": [sum(line.seconds for line in lines) for lines in by_day],
        "billable_seconds": billable_seconds(world, by_day),
        "billable_amounts_in_cents": amounts if sees else None,
    }


def only_rate_cents(lines: list[Line]) -> int | None:
    """None where there are several rates, no billable entry or no right to know."""
    rates = {line.price.hourly_rate_cents for line in lines if line.price}
    return rates.pop() if len(rates) == 1 else None


def billable_seconds(world: World, by_day: list[list[Line]]) -> list[int] | None:
    """No secret: only the free plan does not tell them (D9.5)."""
    if world.plan == "free":
        return None
    return [sum(line.seconds for line in lines if line.entry.is_billable) for lines in by_day]
