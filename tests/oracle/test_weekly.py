"""The oracle of the weekly report against sums done by hand."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.oracle.plain_sheet import PlainSheet
from tests.oracle.summary import Answer
from tests.oracle.weekly import weekly
from tests.oracle.weekly_sheet import weekly_sheet
from tests.worlds.instants import utc
from tests.worlds.named import PRIVATE_PROJECTS
from tests.worlds.world import Client, Entry, Project, Rate, Task, User, World

NOW = datetime(2024, 2, 7, 12, tzinfo=UTC)
WEEK = {"start_date": "2024-02-01"}  # to 2024-02-07
ZOE, BEN = User(1, "Zoe", "zoe@example.test"), User(2, "Ben", "ben@example.test", role="member")
NO_TIME = "00:00:00"

# Zoe on Site, with a task and without, at a new rate from Monday on; Ben without project.
OFFICE = World(
    users=(ZOE, BEN),
    clients=(Client(10, "Acme"),),
    projects=(Project(20, "Site", 10, currency="EUR"), Project(21, "Attic")),
    tasks=(Task(30, 20, "Design"),),
    rates=(
        Rate("workspace", 10_000),
        Rate("project", 12_000, project_id=20, start_day=date(2024, 2, 5)),
    ),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "", 20, 30, is_billable=True),
        Entry(2, 1, utc(2024, 2, 7, 23), utc(2024, 2, 8, 1), "", 20, is_billable=True),
        Entry(3, 1, utc(2024, 2, 1, 11), utc(2024, 2, 1, 11, 30), "", 20),
        Entry(4, 2, utc(2024, 2, 2, 9), utc(2024, 2, 2, 9), "stopped at once"),
        Entry(5, 1, utc(2024, 2, 3, 9), utc(2024, 2, 3, 10), "", 21),
        Entry(6, 1, utc(2024, 2, 8, 0), utc(2024, 2, 8, 1), "too late", 20),
    ),
)


def ask(world: World = OFFICE, viewer_id: int = 1, **body: object) -> list[dict[str, Any]]:
    answer = weekly(world, viewer_id, WEEK | body, NOW)
    assert answer.status == 200
    rows: list[dict[str, Any]] = answer.body
    return rows


def ids(**body: object) -> list[tuple[int | None, ...]]:
    keys = ("user_id", "project_id", "planned_task_id")
    return [tuple(row[key] for key in keys) for row in ask(**body)]


def sheet_of(world: World = OFFICE, viewer_id: int = 1, **body: object) -> PlainSheet:
    found = weekly_sheet(world, viewer_id, WEEK | body, NOW)
    assert isinstance(found, PlainSheet)
    return found


def test_a_row_is_written_in_the_order_of_the_wire() -> None:
    """D8.9; an entry over midnight is of the day it began (D3.1); two rates are no rate."""
    row = ask()[0]
    assert json.dumps(row, separators=(",", ":")) == (
        '{"user_id":1,"user_name":"Zoe","client_name":"Acme","project_id":20,'
        '"project_name":"Site","project_color":"0","project_hex_color":"#0b83d9",'
        '"planned_task_id":null,"currency":"EUR","hourly_rate_in_cents":null,'
        '"seconds":[5400,0,0,0,0,0,7200],"billable_seconds":[3600,0,0,0,0,0,7200],'
        '"billable_amounts_in_cents":[10000,0,0,0,0,0,24000]}'
    )


def test_rows_stand_by_user_then_project_with_no_seconds_too() -> None:
    assert ids() == [(1, 20, None), (1, 21, None), (2, None, None)]
    alone = ask()[2]
    assert (alone["seconds"], alone["client_name"], alone["project_name"]) == ([0] * 7, None, None)
    assert (alone["project_color"], alone["project_hex_color"]) == (None, None)
    assert (alone["currency"], alone["billable_amounts_in_cents"]) == ("USD", [0] * 7)
    assert ids(grouping="projects", calculate="amounts") == ids()  # meant for the files


def test_tasks_make_rows_of_their_own_when_asked_for() -> None:
    found = ask(group_by_task=True)
    assert ids(group_by_task=True)[:3] == [(1, 20, None), (1, 20, 30), (1, 21, None)]
    assert [row["hourly_rate_in_cents"] for row in found] == [12_000, 10_000, None, None]
    assert [row["seconds"][0] for row in found] == [1_800, 3_600, 0, 0]


def test_a_day_adds_exact_amounts_and_rounds_once() -> None:
    """D6.2: twice 1.6667 is 3.33."""
    minutes = tuple(
        Entry(number, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 9, 1), "", is_billable=True)
        for number in (1, 2)
    )
    (row,) = ask(replace(OFFICE, entries=minutes))
    assert row["billable_amounts_in_cents"][0] == 333
    (row,) = ask(replace(OFFICE, entries=minutes), rounding=1, rounding_minutes=30)
    assert (row["seconds"][0], row["billable_amounts_in_cents"][0]) == (3_600, 10_000)


def test_amounts_are_for_who_may_see_them_and_billable_seconds_for_all() -> None:
    """D6.7, D9.3; the free plan tells neither (D9.5)."""
    (row,) = ask(PRIVATE_PROJECTS, 2, project_ids=[20])
    assert (row["hourly_rate_in_cents"], row["billable_amounts_in_cents"]) == (None, None)
    assert (row["currency"], row["billable_seconds"]) == ("USD", [3_600, 0, 0, 0, 0, 0, 0])
    row = ask(replace(OFFICE, plan="free"))[0]
    assert (row["billable_seconds"], row["billable_amounts_in_cents"]) == (None, None)
    assert row["seconds"][6] == 7_200


@pytest.mark.parametrize(
    ("body", "first", "last"),
    [
        ({"start_date": "2024-02-01"}, "2024-02-01", "2024-02-07"),
        ({"end_date": "2024-02-07"}, "2024-02-01", "2024-02-07"),
        ({"description": ""}, "2024-02-01", "2024-02-07"),
        ({"start_date": "2024-02-28", "end_date": "2024-03-05"}, "2024-02-28", "2024-03-05"),
    ],
)
def test_a_week_is_any_seven_days(body: dict[str, Any], first: str, last: str) -> None:
    answer = weekly(OFFICE, 1, body, NOW)
    assert (answer.status, answer.headers) == (200, {"X-Range-Start": first, "X-Range-End": last})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "At least one parameter must be set"),
        (WEEK | {"end_date": "2024-02-06"}, "The 'end_date' parameter is not supported"),
        (WEEK | {"end_date": "2024-02-08"}, "The 'end_date' parameter is not supported"),
        (WEEK | {"end_date": "2024-01-31"}, "Start time must be before end time"),
        (WEEK | {"end_date": "2031-01-01"}, "end_date should be within 2006-01-01 to 2030-01-01"),
        (
            {"calculate": "money"},
            "Invalid 'calculate' value, allowed values are: 'time, amounts'",
        ),
        (
            {"grouping": "clients"},
            "Invalid 'grouping' value, allowed values are: 'users, projects'",
        ),
        ({"grouping": 1}, "Invalid grouping format"),
        ({"calculate": True}, "Invalid calculate format"),
        ({"group_by_task": 1}, "Invalid group_by_task format"),
    ],
)
def test_a_wrong_body_is_refused_with_its_sentence(body: dict[str, Any], text: str) -> None:
    assert weekly(OFFICE, 1, body, NOW) == Answer(400, text)
    assert weekly_sheet(OFFICE, 1, body, NOW) == Answer(400, text)


def test_a_plan_is_asked_after_the_week() -> None:
    free = replace(OFFICE, plan="free")
    body = WEEK | {"billable": True}
    sold_out = Answer(402, "Workspace needs to have this feature enabled")
    assert weekly(free, 1, body, NOW) == sold_out
    no_week = weekly(free, 1, body | {"end_date": "2024-02-02"}, NOW)
    assert no_week.status == 400


def test_a_sheet_has_seven_dates_and_a_total() -> None:
    """D8.4; by user name, then project name."""
    found = sheet_of(date_format="DD/MM/YYYY")
    assert found.header == [
        *("User", "Email", "Client", "Project"),
        *(f"0{day}/02/2024" for day in range(1, 8)),
        "Total",
    ]
    assert found.rows == [
        ["Ben", "ben@example.test", "", "", *[NO_TIME] * 8],
        [
            *("Zoe", "zoe@example.test", "", "Attic"),
            *(NO_TIME, NO_TIME, "01:00:00", *[NO_TIME] * 4, "01:00:00"),
        ],
        [
            *("Zoe", "zoe@example.test", "Acme", "Site"),
            *("01:30:00", *[NO_TIME] * 5, "02:00:00", "03:30:00"),
        ],
    ]


def test_a_sheet_of_amounts_has_a_column_of_currencies() -> None:
    """Empty where nothing is billable, which is not the same as nothing earned."""
    found = sheet_of(calculate="amounts", hide_amounts=True, cents_separator=",")
    assert found.header[4:6] == ["Currency", "2024-02-01"]
    assert [row[4:] for row in found.rows] == [
        ["USD", *[""] * 8],
        ["USD", *[""] * 8],
        ["EUR", "100,00", *[""] * 5, "240,00", "340,00"],
    ]
    assert sheet_of(calculate="earnings").header == found.header
    unpaid = sheet_of(replace(OFFICE, rates=()), calculate="amounts")
    assert unpaid.rows[2][5:] == ["0.00", *[""] * 5, "0.00", "0.00"]


def test_who_sees_no_amounts_gets_time() -> None:
    """D6.7."""
    assert sheet_of(viewer_id=2, calculate="amounts") == sheet_of(viewer_id=2)
    free = replace(OFFICE, plan="free")
    assert sheet_of(free, calculate="amounts") == sheet_of()


def test_a_sheet_may_stand_by_projects_and_tell_tasks() -> None:
    by_projects = sheet_of(grouping="projects", group_by_task=True, duration_format="decimal")
    assert by_projects.header[3:5] == ["Project", "Task"]
    assert [[row[0], row[3], row[4], row[-1]] for row in by_projects.rows] == [
        ["Ben", "", "", "0.00"],
        ["Zoe", "Attic", "", "1.00"],
        ["Zoe", "Site", "", "2.50"],
        ["Zoe", "Site", "Design", "1.00"],
    ]
    on_site = replace(OFFICE.entries[3], project_id=20)
    world = replace(OFFICE, entries=(*OFFICE.entries[:3], on_site, OFFICE.entries[4]))
    people = [(row[0], row[3]) for row in sheet_of(world).rows]
    assert people == [("Ben", "Site"), ("Zoe", "Attic"), ("Zoe", "Site")]
    people = [(row[0], row[3]) for row in sheet_of(world, grouping="projects").rows]
    assert people == [("Zoe", "Attic"), ("Ben", "Site"), ("Zoe", "Site")]


@pytest.mark.parametrize("key", ["cents_separator", "date_format", "duration_format"])
def test_a_sheet_refuses_formats_that_are_in_no_list(key: str) -> None:
    answer = weekly_sheet(OFFICE, 1, WEEK | {key: "?"}, NOW)
    assert isinstance(answer, Answer)
    assert answer.body.startswith(f"Invalid '{key}' value, allowed values are: '")
