"""The oracle of the detailed report against rows done by hand."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.oracle.detailed import detailed
from tests.oracle.detailed_sheet import detailed_sheet
from tests.oracle.plain_sheet import PlainSheet
from tests.oracle.summary import Answer
from tests.worlds.instants import utc
from tests.worlds.named import ODD_TEXTS, PRIVATE_PROJECTS, RUNNING_AND_DELETED, SIX_MINUTES
from tests.worlds.world import Client, Entry, Project, Rate, Tag, Task, User, World

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
YEAR = {"start_date": "2024-01-01", "end_date": "2024-12-31"}
ZOE = User(1, "Zoe", "zoe@example.test", "America/New_York")
BEN = User(2, "Ben", "ben@example.test", role="member")

# Zoe works through the night in which clocks go forward, and at a new rate two days later.
# Entries 2 and 4 of Ben start in the same second.
STUDIO = World(
    users=(ZOE, BEN),
    clients=(Client(10, "Acme"),),
    projects=(Project(20, "Site", 10, currency="EUR"), Project(21, "Shop")),
    tasks=(Task(30, 20, "Design"),),
    tags=(Tag(7, "urgent"), Tag(3, "office")),
    rates=(
        Rate("workspace", 10_000),
        Rate("project", 6_000, project_id=20),
        Rate("project", 9_000, project_id=20, start_day=date(2024, 3, 12)),
    ),
    entries=(
        Entry(
            entry_id=9,
            user_id=1,
            start=utc(2024, 3, 10, 6, 30),
            stop=utc(2024, 3, 10, 7, 30),
            description="Build",
            project_id=20,
            task_id=30,
            tag_ids=(7, 3),
            is_billable=True,
            updated_at=utc(2024, 3, 10, 7, 30, 5),
        ),
        Entry(
            entry_id=3,
            user_id=1,
            start=utc(2024, 3, 12, 14),
            stop=utc(2024, 3, 12, 14, 30),
            description="Build",
            project_id=20,
            task_id=30,
            tag_ids=(3, 7),
            is_billable=True,
            updated_at=utc(2024, 3, 13),
        ),
        Entry(4, 2, utc(2024, 3, 11, 9), utc(2024, 3, 11, 11), "alone"),
        Entry(2, 2, utc(2024, 3, 11, 9), utc(2024, 3, 11, 9, 1), "call", 21, is_billable=True),
        Entry(5, 2, utc(2024, 3, 13, 23, 59, 59), utc(2024, 3, 14, 0, 0, 1), "call", 21),
    ),
)
PLANLESS = Answer(402, "Workspace needs to have this feature enabled")


def ask(world: World = STUDIO, viewer_id: int = 1, **body: object) -> Answer:
    answer = detailed(world, viewer_id, YEAR | body, NOW)
    assert answer.status == 200
    return answer


def ids(world: World = STUDIO, viewer_id: int = 1, **body: object) -> list[list[int]]:
    rows = ask(world, viewer_id, **body).body
    return [[entry["id"] for entry in row["time_entries"]] for row in rows]


def sheet_of(world: World = STUDIO, viewer_id: int = 1, **body: object) -> PlainSheet:
    found = detailed_sheet(world, viewer_id, YEAR | body, NOW)
    assert isinstance(found, PlainSheet)
    return found


def test_a_row_is_written_in_the_order_of_the_wire() -> None:
    """5.1 of the vendor's facts, with `at_tz` always (D8.8); a zone without offset is +00:00 (D3.2)."""
    row = ask().body[1]
    assert json.dumps(row, separators=(",", ":")) == (
        '{"user_id":2,"username":"Ben","project_id":21,"task_id":null,"billable":true,'
        '"description":"call","tag_ids":[],"billable_amount_in_cents":167,'
        '"hourly_rate_in_cents":10000,"currency":"USD","time_entries":[{"id":2,"seconds":60,'
        '"start":"2024-03-11T09:00:00+00:00","stop":"2024-03-11T09:01:00+00:00",'
        '"at":"2023-11-14T22:13:20+00:00","at_tz":"2023-11-14T22:13:20+00:00"}],"row_number":2}'
    )


def test_an_enriched_row_has_names_before_its_entries() -> None:
    """D8.8; each instant has the offset of its own moment (D3.2)."""
    row = ask(enrich_response=True).body[0]
    assert json.dumps(row, separators=(",", ":")) == (
        '{"user_id":1,"username":"Zoe","project_id":20,"task_id":30,"billable":true,'
        '"description":"Build","tag_ids":[3,7],"billable_amount_in_cents":6000,'
        '"hourly_rate_in_cents":6000,"currency":"EUR","client_name":"Acme","project_name":"Site",'
        '"project_color":"0","project_hex":"#0b83d9","task_name":"Design",'
        '"tag_names":["office","urgent"],"email":"zoe@example.test","time_entries":[{"id":9,'
        '"seconds":3600,"start":"2024-03-10T01:30:00-05:00","stop":"2024-03-10T03:30:00-04:00",'
        '"at":"2024-03-10T07:30:05+00:00","at_tz":"2024-03-10T03:30:05-04:00"}],"row_number":1}'
    )


def test_what_is_missing_is_null_and_no_tags_are_an_empty_list() -> None:
    row = ask(enrich_response=True, time_entry_ids=[4]).body[0]
    names = ("client_name", "project_name", "project_color", "project_hex", "task_name")
    assert [row[name] for name in names] == [None] * 5
    assert (row["tag_ids"], row["tag_names"], row["currency"]) == ([], [], "USD")
    assert (row["billable_amount_in_cents"], row["hourly_rate_in_cents"]) == (None, None)


def test_alike_entries_are_one_row_paid_together_when_grouped() -> None:
    """D8.8: the tags are a set; 60.00 and 45.00; two rates are no rate."""
    row = ask(grouped=True).body[0]
    assert [entry["id"] for entry in row["time_entries"]] == [9, 3]
    assert (row["billable_amount_in_cents"], row["hourly_rate_in_cents"]) == (10_500, None)
    assert ids(grouped=True) == [[9, 3], [2], [4], [5]]  # 2 and 5 differ in being billable
    minutes = replace(
        SIX_MINUTES,
        entries=tuple(replace(entry, project_id=20) for entry in SIX_MINUTES.entries),
    )
    row = ask(minutes, grouped=True).body[0]
    assert row["billable_amount_in_cents"] == 1_000  # six times 1.67 would be 10.02 (D6.2)
    assert row["hourly_rate_in_cents"] == 10_000


def test_texts_that_only_look_alike_are_not_grouped() -> None:
    assert len(ids(ODD_TEXTS, grouped=True)) == len(ODD_TEXTS.entries)


@pytest.mark.parametrize(
    ("order_by", "up", "down"),
    [
        ("date", [9, 2, 4, 3, 5], [5, 3, 2, 4, 9]),
        ("user", [2, 4, 5, 3, 9], [3, 9, 2, 4, 5]),
        ("duration", [5, 2, 3, 9, 4], [4, 9, 3, 2, 5]),
        ("description", [3, 9, 4, 2, 5], [2, 5, 4, 3, 9]),
        ("last_update", [2, 4, 5, 9, 3], [3, 9, 2, 4, 5]),
    ],
)
def test_a_direction_turns_the_key_and_leaves_the_ties(
    order_by: str, up: list[int], down: list[int]
) -> None:
    """D8.8: ties by entry id, upwards whichever way."""
    assert ids(order_by=order_by) == [[one] for one in up]
    assert ids(order_by=order_by, order_dir="desc") == [[one] for one in down]


def test_grouped_rows_stand_by_their_first_start_their_last_change_and_their_least_id() -> None:
    assert ids(grouped=True, order_dir="DESC") == [[5], [2], [4], [9, 3]]
    assert ids(grouped=True, order_by="last_update") == [[2], [4], [5], [9, 3]]
    assert ids(grouped=True, order_by="description") == [[9, 3], [4], [2], [5]]
    zeros = {"rounding": -1, "rounding_minutes": 240}
    assert ids(grouped=True, order_by="duration", **zeros) == [[2], [9, 3], [4], [5]]


def test_rounded_seconds_order_rows_and_are_paid_but_move_no_end() -> None:
    """D5.3: two minutes of an hour are an hour up, at 100.00."""
    row = ask(rounding=1, rounding_minutes=60, time_entry_ids=[2]).body[0]
    assert (row["billable_amount_in_cents"], row["time_entries"][0]["seconds"]) == (10_000, 3_600)
    assert row["time_entries"][0]["stop"] == "2024-03-11T09:01:00+00:00"
    rounded = {"order_by": "duration", "rounding": 1, "rounding_minutes": 60}
    assert ids(**rounded) == [[2], [3], [5], [9], [4]]


def test_pages_are_50_rows_and_tell_where_the_next_begins() -> None:
    """D8.8, D2.6 and 5.2 of the vendor's facts."""
    whole = {"X-Range-Start": "2024-01-01", "X-Range-End": "2024-12-31"}
    assert ask().headers == {"X-Page-Size": "50"} | whole
    assert ask(page_size=20_000).headers == {"X-Page-Size": "10000"} | whole
    answer = ask(page_size=3)
    assert [row["row_number"] for row in answer.body] == [1, 2, 3]
    assert answer.headers == {"X-Page-Size": "3"} | whole | {
        "X-Next-ID": "3",
        "X-Next-Row-Number": "4",
        "X-Next-Timestamp": "1710252000",  # 2024-03-12 14:00
    }
    assert ask(page_size=5).headers == {"X-Page-Size": "5"} | whole


def test_a_tie_is_told_as_such() -> None:
    headers = ask(page_size=2).headers
    assert [headers["X-Next-ID"], headers["X-Next-Timestamp"]] == ["4", "tie"]


@pytest.mark.parametrize(
    ("cursors", "row_numbers"),
    [
        ({"first_row_number": 4}, [4, 5]),
        ({"first_row_number": 6}, []),
        ({"first_row_number": 2**62}, []),
        ({"first_id": 4}, [3, 4]),
        ({"first_id": 77}, []),
        ({"first_timestamp": utc(2024, 3, 11, 9)}, [2, 3]),
        ({"first_timestamp": utc(2024, 3, 11, 9, 0, 1)}, [4, 5]),
        ({"first_timestamp": utc(2024, 3, 14)}, []),
        ({"first_timestamp": utc(2024, 3, 11, 9), "order_dir": "DESC"}, [3, 4]),
        ({"first_timestamp": utc(2024, 3, 14), "order_dir": "DESC"}, [1, 2]),
        ({"first_timestamp": utc(2024, 3, 12, 14), "order_by": "user"}, [4, 5]),
        ({"first_timestamp": utc(2024, 3, 11, 9), "order_by": "user"}, [1, 2]),
        ({"first_timestamp": utc(2024, 3, 14), "order_by": "user"}, []),  # nobody starts then
        ({"first_id": 4, "first_row_number": 5, "first_timestamp": 1}, [3, 4]),
        ({"first_id": 4, "first_timestamp": 1}, [3, 4]),
        ({"first_id": 77, "first_timestamp": utc(2024, 3, 12)}, [4, 5]),
        ({"first_id": 77, "first_row_number": 5}, [5]),
        ({"first_id": 0, "first_row_number": 0, "first_timestamp": 0}, [1, 2]),
        ({"first_id": None, "first_row_number": None, "first_timestamp": None}, [1, 2]),
    ],
)
def test_a_page_begins_where_a_cursor_says(cursors: dict[str, Any], row_numbers: list[int]) -> None:
    rows = ask(page_size=2, **cursors).body
    assert [row["row_number"] for row in rows] == row_numbers


def test_behind_the_last_row_there_is_an_empty_page() -> None:
    answer = ask(first_id=77, page_size=1)
    assert answer.body == []
    assert [key for key in answer.headers if key.startswith("X-Next")] == []


def test_any_entry_of_a_grouped_row_leads_to_it() -> None:
    """Row 1 holds 9 and 3, although 3 started last but one."""
    (row,) = ask(grouped=True, page_size=1, first_id=3).body
    assert row["row_number"] == 1
    assert ask(grouped=True, page_size=1, first_row_number=3).headers["X-Next-ID"] == "5"


def test_amounts_are_for_who_may_see_them_and_the_currency_for_everybody() -> None:
    """D6.7, D9.3."""
    money = ("billable_amount_in_cents", "hourly_rate_in_cents", "currency")

    def told(world: World, viewer_id: int, **body: object) -> list[Any]:
        row = ask(world, viewer_id, time_entry_ids=[9], **body).body[0]
        return [row[key] for key in money]

    assert told(STUDIO, 2) == [None, None, "EUR"]
    assert told(STUDIO, 1, hide_amounts=True) == [None, None, "EUR"]
    assert told(replace(STUDIO, plan="free"), 1) == [None, None, "EUR"]
    shown = replace(STUDIO, only_admins_see_billable_rates=False)
    assert told(shown, 2) == [6_000, 6_000, "EUR"]


def test_rows_are_of_what_the_viewer_sees() -> None:
    assert ids(PRIVATE_PROJECTS, 2) == [[1], [4], [7], [2], [5]]
    assert ids(RUNNING_AND_DELETED) == [[1], [4]]
    refused = Answer(403, "Workspace not found/accessible")
    assert detailed(PRIVATE_PROJECTS, 3, YEAR, NOW) == refused


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"order_by": "amount"}, "'date, user, duration, description, last_update'"),
        ({"order_dir": "down"}, "'ASC, DESC'"),
        ({"rounding": 3}, "'-1, 0, 1'"),
    ],
)
def test_what_is_in_no_list_is_refused_with_the_list(body: dict[str, Any], text: str) -> None:
    """D1.5."""
    (key,) = body
    expected = Answer(400, f"Invalid '{key}' value, allowed values are: {text}")
    assert detailed(STUDIO, 1, YEAR | body, NOW) == expected


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"page_size": 0}, "Invalid page_size value"),
        ({"page_size": "10"}, "Invalid page_size format"),
        ({"page_size": 2**63}, "Invalid page_size format"),
        ({"first_row_number": -1}, "Invalid first_row_number value"),
        ({"first_id": -1}, "Invalid first_id value"),
        ({"first_id": True}, "Invalid first_id format"),
        ({"first_timestamp": 1.5}, "Invalid first_timestamp format"),
        ({"grouped": 1}, "Invalid grouped format"),
        ({"enrich_response": "yes"}, "Invalid enrich_response format"),
        ({"hide_amounts": 0}, "Invalid hide_amounts format"),
        ({"order_by": 1}, "Invalid order_by format"),
        ({"end_date": "2023-12-31"}, "Start time must be before end time"),
    ],
)
def test_a_wrong_value_is_refused_with_its_sentence(body: dict[str, Any], text: str) -> None:
    assert detailed(STUDIO, 1, YEAR | body, NOW) == Answer(400, text)
    assert detailed_sheet(STUDIO, 1, YEAR | body, NOW) == Answer(400, text)
    assert detailed(STUDIO, 1, {}, NOW) == Answer(400, "At least one parameter must be set")


@pytest.mark.parametrize(
    ("plan", "body", "is_sold"),
    [
        ("free", {"billable": False}, False),
        ("free", {"rounding": 1, "rounding_minutes": 15}, False),
        ("free", {"rounding_minutes": 0}, True),
        ("free", {"rounding": 0}, True),  # no step anywhere
        ("free", {"max_duration_seconds": 60}, False),
        ("starter", {"min_duration_seconds": 60}, False),
        ("starter", {"billable": True, "rounding_minutes": 15}, True),
        ("premium", {"min_duration_seconds": 60}, True),
    ],
)
def test_an_emulated_plan_sells_not_everything(
    plan: str, body: dict[str, Any], *, is_sold: bool
) -> None:
    """D9.5."""
    answer = detailed(replace(STUDIO, plan=plan), 1, YEAR | body, NOW)
    assert (answer != PLANLESS) == is_sold


def test_a_sheet_has_the_vendors_columns_and_one_for_each_currency() -> None:
    """D8.4; of a grouped row the first start and the latest stop, on the wall of New York."""
    found = sheet_of(grouped=True)
    assert ",".join(found.header) == (
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
        "End time,Duration,Tags,Amount (EUR),Amount (USD)"
    )
    assert {row[1] for row in found.rows} == {"zoe@example.test", "ben@example.test"}
    assert ["|".join([row[0], *row[2:]]) for row in found.rows] == [
        "Zoe|Acme|Site|Design|Build|Yes|2024-03-10|01:30:00|2024-03-12|10:30:00|01:30:00|office, urgent|105.00|",
        "Ben||Shop||call|Yes|2024-03-11|09:00:00|2024-03-11|09:01:00|00:01:00|||1.67",
        "Ben||||alone|No|2024-03-11|09:00:00|2024-03-11|11:00:00|02:00:00|||",
        "Ben||Shop||call|No|2024-03-13|23:59:59|2024-03-14|00:00:01|00:00:02|||",
    ]


def test_a_sheet_writes_dates_times_and_amounts_as_asked() -> None:
    """D8.5; midnight and noon are twelve."""
    formats = {"date_format": "DD.MM.YYYY", "hour_format": "12", "duration_format": "decimal"}
    found = sheet_of(cents_separator=",", order_dir="DESC", **formats)
    assert found.rows[0][7:12] == ["13.03.2024", "11:59:59 PM", "14.03.2024", "12:00:01 AM", "0.00"]
    assert found.rows[2][-1] == "1,67"
    noon = Entry(1, 2, utc(2024, 1, 1, 12), utc(2024, 1, 1, 13, 5))
    (row,) = sheet_of(replace(STUDIO, entries=(noon,)), **formats).rows
    assert row[7:11] == ["01.01.2024", "12:00:00 PM", "01.01.2024", "01:05:00 PM"]


def test_a_sheet_has_all_rows_and_only_currencies_in_which_something_is_billable() -> None:
    found = sheet_of(page_size=1, first_id=77, first_row_number=4, user_ids=[2])
    assert found.header[12:] == ["Tags", "Amount (USD)"]
    assert [row[13] for row in found.rows] == ["1.67", "", ""]
    free_of_charge = replace(STUDIO, rates=())
    assert sheet_of(free_of_charge, time_entry_ids=[2]).rows[0][13:] == ["0.00"]


def test_a_sheet_without_amounts_ends_at_the_tags() -> None:
    """D6.7."""
    for found in (
        sheet_of(hide_amounts=True),
        sheet_of(viewer_id=2),
        sheet_of(replace(STUDIO, plan="free")),
    ):
        assert found.header[-1] == "Tags"
        assert {len(row) for row in found.rows} == {13}
