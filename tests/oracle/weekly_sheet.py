"""The weekly report as a sheet of texts, the way its CSV shows it (D8.4, D8.5)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.oracle.graph import lines_by_bucket
from tests.oracle.lines import Line
from tests.oracle.money import currency
from tests.oracle.plain_sheet import FORMAT_READERS, PlainSheet, day_text, with_formats
from tests.oracle.question import Question, question
from tests.oracle.sheet_names import Names, project_names, task_names, user_names
from tests.oracle.sheet_texts import amount_text, duration_text
from tests.oracle.summary import Answer, Asked
from tests.oracle.visibility import sees_rates
from tests.oracle.weekly import WeekRow, asked_week, read_weekly_body, week_rows
from tests.worlds.world import World


def weekly_sheet(
    world: World, viewer_id: int, body: Mapping[str, Any], now: datetime
) -> PlainSheet | Answer:
    """Seven days and their total, as time or as money; who sees no money gets time."""
    found = question(world, viewer_id, body, now, read_weekly_sheet_body, asked_week)
    if isinstance(found, Answer):
        return found
    asked = found.asked
    is_money = asked["calculate"] == "amounts" and sees_rates(world, found.viewer)
    rows = sorted(week_rows(asked, found.lines(world)), key=lambda row: place(world, asked, row))
    titles = [*name_titles(asked), *(["Currency"] if is_money else [])]
    return PlainSheet(
        [*titles, *day_titles(found), "Total"],
        [texts(world, found, row, is_money=is_money) for row in rows],
    )


def read_weekly_sheet_body(body: Mapping[str, Any]) -> dict[str, Any]:
    return with_formats(read_weekly_body(body, FORMAT_READERS))


def name_titles(asked: Asked) -> list[str]:
    return ["User", "Email", "Client", "Project", *(["Task"] if asked["group_by_task"] else [])]


def place(world: World, asked: Asked, row: WeekRow) -> tuple[Any, ...]:
    """By names, then ids; without `group_by_task` the task's name is "" in every row."""
    by_users = ("User", "Project", "Task", "Client")
    by_projects = ("Project", "Client", "User", "Task")
    titles = by_projects if asked["grouping"] == "projects" else by_users
    return [names_of(world, row)[title] for title in titles], row.ids


def names_of(world: World, row: WeekRow) -> Names:
    """The task's own project is left to the row's, which is there without a task, too."""
    task = {"Task": task_names(world, row.task_id)["Task"]}
    return user_names(world, row.user_id) | project_names(world, row.project_id) | task


def day_titles(found: Question) -> list[str]:
    days = [found.days.first + timedelta(days=ahead) for ahead in range(7)]
    return [day_text(day, found.asked["date_format"]) for day in days]


def texts(world: World, found: Question, row: WeekRow, *, is_money: bool) -> list[str]:
    """The total adds up exact amounts and is rounded by itself (D6.2)."""
    asked, names = found.asked, names_of(world, row)
    money = currency(world, row.lines[0].entry)

    def cell(lines: list[Line]) -> str:
        if is_money:
            return amount_text(lines, money, asked)
        return duration_text(sum(line.seconds for line in lines), asked["duration_format"])

    by_day = lines_by_bucket(found.days, "day", row.lines)
    return [
        *(names[title] for title in name_titles(asked)),
        *([money] if is_money else []),
        *(cell(lines) for lines in [*by_day, row.lines]),
    ]
