"""The oracle of the summary's sheet against sums done by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.oracle.sheet import Sheet, sheet
from tests.oracle.sheet_texts import duration_text
from tests.oracle.summary import Answer
from tests.worlds.instants import utc
from tests.worlds.named import (
    ANA,
    HALF_HOUR_ZONE,
    MANY_TAGS,
    ODD_TEXTS,
    PRIVATE_PROJECTS,
    RUNNING_AND_DELETED,
    SIX_MINUTES,
    TWO_CURRENCIES,
)
from tests.worlds.world import Client, Entry, Project, Task, World

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
YEAR = {"start_date": "2024-01-01", "end_date": "2024-12-31"}

# Two namesakes of an hour each, a task on one of them, and half an hour without project.
NAMESAKES = World(
    users=(ANA,),
    clients=(Client(10, "Acme"),),
    projects=(Project(21, "Site"), Project(20, "Site", 10), Project(22, "Attic")),
    tasks=(Task(30, 20, "Design"),),
    entries=(
        Entry(1, 1, utc(2024, 2, 1, 9), utc(2024, 2, 1, 10), "a", 21),
        Entry(2, 1, utc(2024, 2, 1, 10), utc(2024, 2, 1, 11), "b", 20, 30),
        Entry(3, 1, utc(2024, 2, 1, 11), utc(2024, 2, 1, 13), "c", 22),
        Entry(4, 1, utc(2024, 2, 1, 13), utc(2024, 2, 1, 13, 30), "d"),
    ),
)


def sheet_of(world: World, viewer_id: int = 1, **body: object) -> Sheet:
    found = sheet(world, viewer_id, YEAR | body, NOW)
    assert isinstance(found, Sheet)
    return found


def first_cells(world: World, **body: object) -> list[str]:
    return [row[0] for row in sheet_of(world, **body).groups]


def test_clients_by_projects_have_a_column_for_each_currency() -> None:
    found = sheet_of(TWO_CURRENCIES, grouping="clients", sub_grouping="projects")
    assert found == Sheet(
        header=["Client", "Project", "Duration", "Amount (EUR)", "Amount (USD)"],
        rows=[
            ["Acme", "Shop", "02:00:00", "100.00", ""],
            ["Acme", "Site", "01:30:00", "", "100.00"],
        ],
        groups=[["Acme", "03:30:00", "100.00", "100.00"]],
        total=["Total", "", "03:30:00", "100.00", "100.00"],
    )


def test_distinguished_rates_have_columns_of_their_own() -> None:
    body = {"grouping": "clients", "sub_grouping": "projects", "distinguish_rates": True}
    found = sheet_of(TWO_CURRENCIES, cents_separator=",", **body)
    assert found.header[2:5] == ["Rate (EUR)", "Rate (USD)", "Duration"]
    assert found.rows == [
        ["Acme", "Shop", "50,00", "", "02:00:00", "100,00", ""],
        ["Acme", "Site", "", "", "00:30:00", "", ""],
        ["Acme", "Site", "", "100,00", "01:00:00", "", "100,00"],
    ]
    assert found.total == ["Total", "", "", "", "03:30:00", "100,00", "100,00"]
    hidden = sheet_of(TWO_CURRENCIES, hide_amounts=True, hide_rates=True, **body)
    assert hidden.rows[1:] == [["Acme", "Site", "00:30:00"], ["Acme", "Site", "01:00:00"]]


def test_a_collapsed_sheet_has_groups_and_no_rates() -> None:
    found = sheet_of(TWO_CURRENCIES, collapse=True, distinguish_rates=True)
    assert found.header == ["Project", "Client", "Duration", "Amount (EUR)", "Amount (USD)"]
    assert found.rows == found.groups
    assert found.rows[0] == ["Shop", "Acme", "02:00:00", "100.00", ""]
    assert found.total == ["Total", "", "03:30:00", "100.00", "100.00"]


def test_rows_of_a_sheet_may_differ_from_its_total_by_cents() -> None:
    found = sheet_of(SIX_MINUTES, duration_format="decimal")
    assert {tuple(row[2:]) for row in found.rows} == {("call", "0.02", "1.67")}
    assert found.total == ["Total", "", "", "0.10", "10.00"]


@pytest.mark.parametrize(
    ("seconds", "classic", "improved", "decimal"),
    [
        (0, "00:00:00", "0:00:00", "0.00"),
        (17, "00:00:17", "0:00:17", "0.00"),
        (18, "00:00:18", "0:00:18", "0.01"),  # half a hundredth goes up
        (35_999, "09:59:59", "9:59:59", "10.00"),
        (360_061, "100:01:01", "100:01:01", "100.02"),
    ],
)
def test_durations_have_three_formats(
    seconds: int, classic: str, improved: str, decimal: str
) -> None:
    found = [duration_text(seconds, one) for one in ("classic", "improved", "decimal")]
    assert found == [classic, improved, decimal]


def test_tags_are_joined_by_id_and_sorted_as_text() -> None:
    tags = ["", "later", "office", "office, urgent"]  # 3, 4, 2 and 2 hours
    assert first_cells(MANY_TAGS, grouping="tags") == tags
    assert first_cells(MANY_TAGS, grouping="tags", order_dir="desc") == tags[::-1]
    longest = {"grouping": "tags", "order_by": "duration"}
    assert first_cells(MANY_TAGS, **longest) == ["office", "office, urgent", "", "later"]
    down = first_cells(MANY_TAGS, order_dir="Desc", **longest)
    assert down == ["later", "", "office", "office, urgent"]


def test_namesakes_stand_by_id_whichever_way_the_order_goes() -> None:
    up = [row[:2] for row in sheet_of(NAMESAKES).groups]
    assert up == [["", ""], ["Attic", ""], ["Site", "Acme"], ["Site", ""]]
    down = [row[:2] for row in sheet_of(NAMESAKES, order_dir="DESC").groups]
    assert down == [["Site", "Acme"], ["Site", ""], ["Attic", ""], ["", ""]]
    by_time = [row[0] for row in sheet_of(NAMESAKES, order_by="duration", order_dir="DESC").rows]
    assert by_time == ["Attic", "Site", "Site", ""]


def test_a_task_stands_with_its_project_and_its_client() -> None:
    found = sheet_of(NAMESAKES, grouping="tasks", duration_format="improved")
    assert found.header == ["Task", "Project", "Client", "Description", "Duration"]
    assert found.rows[-1] == ["Design", "Site", "Acme", "b", "1:00:00"]
    assert [row[:4] for row in found.rows[:3]] == [["", "", "", one] for one in "acd"]
    by_task = sheet_of(NAMESAKES, grouping="clients", sub_grouping="tasks")
    assert by_task.header == ["Client", "Task", "Project", "Duration"]
    assert by_task.rows == [
        ["", "", "", "03:30:00"],
        ["Acme", "Design", "Site", "01:00:00"],
    ]


def test_people_stand_with_their_addresses_and_descriptions_as_code_points() -> None:
    found = sheet_of(HALF_HOUR_ZONE, grouping="users", order_dir="DESC")
    assert found.header == ["User", "Email", "Description", "Duration"]
    assert found.rows == [
        ["Bir", "bir@example.test", "after", "00:01:00"],
        ["Ana", "ana@example.test", "before", "00:01:00"],
        ["Ana", "ana@example.test", "after", "00:01:00"],
    ]
    last_two = [row[2] for row in sheet_of(ODD_TEXTS).rows[-2:]]
    assert last_two == ["\uff21 wide", "\U00010000 astral"]


def test_a_member_gets_no_column_of_money() -> None:
    found = sheet_of(PRIVATE_PROJECTS, 2, distinguish_rates=True, project_ids=[20])
    assert found.header == ["Project", "Client", "Description", "Duration"]
    assert found.rows == [["Open", "Acme", "Ana open", "01:00:00"]]
    shown = replace(PRIVATE_PROJECTS, only_admins_see_billable_rates=False)
    found = sheet_of(shown, 2, project_ids=[20])
    assert found.rows == [["Open", "Acme", "Ana open", "01:00:00", "100.00"]]


def test_an_empty_group_is_one_row_with_nothing_in_it() -> None:
    audit = {"show_empty_groups": True}
    found = sheet_of(PRIVATE_PROJECTS, audit=audit, distinguish_rates=True, time_entry_ids=[1])
    assert found.rows == [
        ["Bunker", "", "", "", "00:00:00", ""],
        ["Open", "Acme", "Ana open", "100.00", "01:00:00", "100.00"],
        ["Secret", "", "", "", "00:00:00", ""],
        ["Vault", "", "", "", "00:00:00", ""],
    ]
    hidden = sheet_of(PRIVATE_PROJECTS, audit=audit | {"show_tracked_groups": False})
    assert hidden.header == ["Project", "Client", "Description", "Duration"]
    assert hidden.rows == [["Bunker", "", "", "00:00:00"]]
    assert hidden.total == ["Total", "", "", "00:00:00"]


def test_nothing_found_leaves_the_header_and_a_total_of_nothing() -> None:
    found = sheet_of(RUNNING_AND_DELETED, description="none of these")
    header = ["Project", "Client", "Description", "Duration"]
    assert found == Sheet(header, [], [], ["Total", "", "", "00:00:00"])


def test_a_sheet_is_rounded_as_the_report_is() -> None:
    found = sheet_of(SIX_MINUTES, rounding=1, rounding_minutes=15)
    assert {tuple(row[3:]) for row in found.rows} == {("00:15:00", "25.00")}
    assert found.total[3:] == ["01:30:00", "150.00"]


@pytest.mark.parametrize(
    ("key", "value", "allowed"),
    [
        ("order_by", "Title", "title, duration"),
        ("order_dir", "down", "ASC, DESC"),
        ("order_dir", "de\u017fc", "ASC, DESC"),  # a long s
        ("duration_format", "hours", "classic, decimal, improved"),
        (
            "date_format",
            "YYYY",
            "MM/DD/YYYY, DD-MM-YYYY, MM-DD-YYYY, YYYY-MM-DD, DD/MM/YYYY, DD.MM.YYYY",
        ),
        ("cents_separator", ";", "., ,"),
        ("resolution", "year", "day, week, month"),
        ("grouping", "people", "projects, clients, users, tasks, tags"),
    ],
)
def test_a_sheet_refuses_what_is_in_no_list(key: str, value: str, allowed: str) -> None:
    text = f"Invalid '{key}' value, allowed values are: '{allowed}'"
    assert sheet(TWO_CURRENCIES, 1, YEAR | {key: value}, NOW) == Answer(400, text)


@pytest.mark.parametrize("key", ["collapse", "hide_amounts", "hide_rates"])
def test_a_switch_of_a_sheet_is_true_or_false(key: str) -> None:
    answer = sheet(TWO_CURRENCIES, 1, YEAR | {key: "true"}, NOW)
    assert answer == Answer(400, f"Invalid {key} format")
    assert sheet(TWO_CURRENCIES, 99, {}, NOW) == Answer(403, "Workspace not found/accessible")
