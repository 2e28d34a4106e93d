"""The oracle against sums done by hand on the named worlds."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.oracle.money import cents, microcents
from tests.oracle.rounding import rounded
from tests.oracle.summary import Answer, summary
from tests.worlds.named import (
    CLOCKS_CHANGE,
    HALF_HOUR_ZONE,
    MANY_TAGS,
    NAMED_WORLDS,
    ODD_TEXTS,
    OVER_MIDNIGHT,
    PRIVATE_PROJECTS,
    RATE_HISTORY,
    RUNNING_AND_DELETED,
    SIX_MINUTES,
    TWO_CURRENCIES,
)
from tests.worlds.world import World

NOW = datetime(2024, 6, 15, 12, tzinfo=UTC)
SUB_GROUPINGS_ALLOWED = "Invalid 'sub_grouping' value, allowed values are"
MINUTES_ALLOWED = "Invalid 'rounding_minutes' value, allowed values are"
YEAR = {"start_date": "2024-01-01", "end_date": "2024-12-31"}


def ask(world: World, body: dict[str, Any], viewer_id: int = 1) -> Answer:
    return summary(world, viewer_id, body, NOW)


def groups(world: World, viewer_id: int = 1, **body: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(world, YEAR | body, viewer_id).body["groups"]
    return found


def titles(world: World, viewer_id: int = 1, **body: object) -> list[str]:
    found = groups(world, viewer_id, **body)
    return [sub_group["title"] for group in found for sub_group in group["sub_groups"]]


def group_ids(world: World, viewer_id: int = 1, **body: object) -> list[int | None]:
    return [group["id"] for group in groups(world, viewer_id, **body)]


def test_an_entry_over_midnight_belongs_whole_to_the_day_it_began() -> None:
    day = {"start_date": "2024-01-10", "end_date": "2024-01-10"}
    (group,) = ask(OVER_MIDNIGHT, day).body["groups"]
    assert group["sub_groups"] == [
        {
            "id": None,
            "title": "late shift",
            "seconds": 3_600,
            "rates": None,
            "local_start": "2024-01-10T23:30:00Z",
        }
    ]


def test_a_day_of_changing_clocks_has_23_or_25_hours() -> None:
    spring = {"start_date": "2024-03-10", "end_date": "2024-03-10"}
    autumn = {"start_date": "2024-11-03", "end_date": "2024-11-03", "description": "AUTUMN"}
    seconds = [
        ask(CLOCKS_CHANGE, body).body["groups"][0]["sub_groups"][0]["seconds"]
        for body in (spring, autumn)
    ]
    assert seconds == [82_800, 90_000]


def test_the_earliest_start_is_read_off_the_wall_clock() -> None:
    (group,) = groups(CLOCKS_CHANGE, description="night", include_time_entry_ids=True)
    assert group["sub_groups"][0]["local_start"] == "2024-11-03T01:10:00Z"  # the later of the two
    assert group["sub_groups"][0]["ids"] == [3, 4]


def test_each_person_has_midnights_of_their_own() -> None:
    day = {"start_date": "2024-05-02", "end_date": "2024-05-02", "grouping": "users"}
    found = ask(HALF_HOUR_ZONE, day).body["groups"]
    starts = {group["names"][0]: group["sub_groups"][0]["local_start"] for group in found}
    assert starts == {"Ana": "2024-05-02T00:00:00Z", "Bir": "2024-05-02T00:00:00Z"}
    assert [group["sub_groups"][0]["title"] for group in found] == ["after", "after"]


def test_times_narrow_the_first_and_the_last_day_only() -> None:
    days = {"start_date": "2024-01-01", "end_date": "2024-01-07", "end_time": "23:30"}
    body = days | {"startTime": "23:30:01"}
    (group,) = ask(RATE_HISTORY, body).body["groups"]
    kept = [sub_group["title"] for sub_group in group["sub_groups"]]
    assert kept == [f"January {day}" for day in range(2, 7)]


def test_amounts_of_two_currencies_are_listed_apart() -> None:
    (group,) = groups(TWO_CURRENCIES, grouping="clients")
    assert group["sub_groups"][0]["seconds"] == 12_600
    assert group["sub_groups"][0]["rates"] == [
        {"billable_seconds": 7_200, "hourly_rate_in_cents": 5_000, "currency": "EUR"},
        {"billable_seconds": 3_600, "hourly_rate_in_cents": 10_000, "currency": "USD"},
    ]


def test_distinguished_rates_split_lines_with_the_free_one_first() -> None:
    (group,) = groups(TWO_CURRENCIES, grouping="clients", distinguish_rates=True)
    lines = [(line["seconds"], line["rates"]) for line in group["sub_groups"]]
    assert [seconds for seconds, _ in lines] == [1_800, 7_200, 3_600]
    assert [rates and rates[0]["currency"] for _, rates in lines] == [None, "EUR", "USD"]


@pytest.mark.parametrize(
    ("currency", "min_amount_cents", "is_shown"),
    [
        ("USD", 10_000, True),
        ("USD", 10_001, False),  # the 100.00 euros do not help
        ("EUR", 10_000, True),
        ("JPY", 0, True),  # nothing earned is not less than nothing
        ("JPY", 1, False),
    ],
)
def test_an_audit_counts_one_currency(
    currency: str, min_amount_cents: int, *, is_shown: bool
) -> None:
    bounds = {"currency": currency, "min_amount_cents": min_amount_cents}
    found = groups(TWO_CURRENCIES, grouping="clients", audit={"group_filter": bounds})
    assert bool(found) == is_shown


def test_six_minutes_at_100_an_hour_make_10_although_each_line_shows_167_cents() -> None:
    line = microcents(60, 10_000)
    assert [cents(line), cents(6 * line), microcents(3_600, 10_000)] == [167, 1_000, 10**10]

    def shown(grouping: str, amount_cents: int) -> int:
        bounds = {
            "currency": "USD",
            "min_amount_cents": amount_cents,
            "max_amount_cents": amount_cents,
        }
        return len(groups(SIX_MINUTES, grouping=grouping, audit={"group_filter": bounds}))

    assert [shown("clients", 1_000), shown("clients", 1_002)] == [1, 0]
    assert [shown("projects", 167), shown("projects", 166)] == [6, 0]


def test_one_group_per_set_of_tags_so_that_an_entry_counts_once() -> None:
    found = groups(MANY_TAGS, grouping="tags", sub_grouping="users")
    assert [(one["id"], one["ids"], one["names"]) for one in found] == [
        (None, [], []),
        (None, [3], ["office"]),
        (None, [3, 7], ["office", "urgent"]),
        (None, [2**40], ["later"]),
    ]
    assert [one["sub_groups"][0]["seconds"] for one in found] == [10_800, 7_200, 7_200, 14_400]


@pytest.mark.parametrize(
    ("tag_ids", "expected"),
    [
        ([7], ["both", "the same two"]),
        ([None], ["none"]),
        ([None, 2**40], ["none", "other"]),
        ([99], []),
        ([], ["both", "none", "one", "other", "the same two"]),
    ],
)
def test_any_of_the_asked_tags_will_do(tag_ids: list[int | None], expected: list[str]) -> None:
    assert titles(MANY_TAGS, tag_ids=tag_ids) == expected


def test_the_rate_is_the_most_specific_that_has_begun_on_the_local_day() -> None:
    (group,) = groups(RATE_HISTORY)
    rates = [line["rates"][0]["hourly_rate_in_cents"] for line in group["sub_groups"]]
    assert rates == [0, 1_000, 2_000, 3_000, 4_000, 4_500, 5_000]


def test_a_member_sees_his_own_and_what_is_on_projects_open_to_him() -> None:
    assert titles(PRIVATE_PROJECTS, 2) == [
        "Ben alone",
        "Ana open",
        "Ana secret",
        "Ben vault",
        "Cy past",
    ]
    closed = replace(PRIVATE_PROJECTS, only_admins_see_team_dashboard=True)
    assert titles(closed, 2) == ["Ben alone", "Ben vault"]
    assert len(titles(closed, 1)) == len(PRIVATE_PROJECTS.entries)


def test_a_member_is_shown_no_rates_and_amount_bounds_do_not_bind_him() -> None:
    audit = {"group_filter": {"min_amount_cents": 999_999}}
    found = groups(PRIVATE_PROJECTS, 2, audit=audit, distinguish_rates=True, project_ids=[20])
    assert [line["rates"] for line in found[0]["sub_groups"]] == [None]
    shown = replace(PRIVATE_PROJECTS, only_admins_see_billable_rates=False)
    (group,) = groups(shown, 2, project_ids=[20])
    assert group["sub_groups"][0]["rates"] == [
        {"billable_seconds": 3_600, "hourly_rate_in_cents": 10_000, "currency": "USD"}
    ]


def test_empty_groups_are_active_and_visible() -> None:
    audit = {"show_empty_groups": True, "show_tracked_groups": False}

    def empty(grouping: str, viewer_id: int, world: World = PRIVATE_PROJECTS) -> list[int | None]:
        body = {"grouping": grouping, "audit": audit, "time_entry_ids": [1]}
        return group_ids(world, viewer_id, **body)

    assert [empty("projects", 1), empty("projects", 2)] == [[21, 22, 23], [21]]
    assert [empty("users", 1), empty("clients", 1), empty("tasks", 1)] == [[2], [], []]
    closed = replace(PRIVATE_PROJECTS, only_admins_see_team_dashboard=True)
    assert [empty("users", 2, closed), empty("clients", 2, closed)] == [[2], [10]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"user_ids": [2]}, ["Ben alone", "Ben vault"]),
        ({"group_ids": [40]}, ["Ben alone", "Ben vault"]),
        ({"group_ids": [40], "user_ids": [3]}, ["Ben alone", "Ben vault", "Cy past"]),
        ({"group_ids": [None], "project_ids": [22, 24]}, ["Ana vault", "Cy past"]),
        ({"user_ids": [None]}, []),
        ({"time_entry_ids": [None, 5]}, ["Ben alone"]),
        ({"client_ids": [None], "user_ids": [2]}, ["Ben alone", "Ben vault"]),
        ({"client_ids": [10]}, ["Ana open"]),
        ({"project_ids": [None]}, ["Ana alone", "Ben alone"]),
        ({"description": "NA V"}, ["Ana vault"]),
        ({"description": "."}, []),
        ({"billable": True}, ["Ana open"]),
        ({"billable": False, "client_ids": [10]}, []),
    ],
)
def test_all_filters_must_hold(body: dict[str, Any], expected: list[str]) -> None:
    assert titles(PRIVATE_PROJECTS, **body) == expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("strasse", ["STRASSE", "Straße"]),
        ("ß", ["STRASSE", "Straße"]),
        ("100%", ["100%"]),
        ("1_0", []),
        ("+", ["=1+1"]),
        ("\U00010000", ["\U00010000 astral"]),
    ],
)
def test_a_description_is_found_literally_in_any_case(
    description: str, expected: list[str]
) -> None:
    assert titles(ODD_TEXTS, description=description) == expected


def test_descriptions_stand_in_the_order_of_their_code_points() -> None:
    assert titles(ODD_TEXTS)[0] == ""
    assert titles(ODD_TEXTS)[-2:] == ["\uff21 wide", "\U00010000 astral"]


def test_running_and_deleted_entries_are_in_no_report() -> None:
    assert titles(RUNNING_AND_DELETED) == ["stopped at once", "kept"]
    assert ask(RUNNING_AND_DELETED, {"start_date": "2023-01-01"}).body == {"groups": []}


def test_a_group_is_written_in_the_order_of_the_wire() -> None:
    body = YEAR | {"sub_grouping": "users", "include_time_entry_ids": True}
    first, second = ask(RUNNING_AND_DELETED, body).body["groups"]
    assert list(first) == ["id", "names", "sub_groups"]
    assert json.dumps(second, separators=(",", ":")) == (
        '{"id":20,"names":["Site"],"project_color":"0","project_hex_color":"#0b83d9",'
        '"sub_groups":[{"id":1,"title":"Ana","seconds":3600,"rates":null,"ids":[1],'
        '"local_start":"2024-02-01T09:00:00Z"}]}'
    )


@pytest.mark.parametrize(
    ("seconds", "down", "nearest", "up"),
    [
        (0, 0, 0, 0),
        (1, 0, 0, 900),
        (449, 0, 0, 900),
        (450, 0, 900, 900),  # half a step goes up
        (900, 900, 900, 900),
        (901, 900, 900, 1_800),
    ],
)
def test_an_entry_is_rounded_to_quarters_of_an_hour(
    seconds: int, down: int, nearest: int, up: int
) -> None:
    found = [rounded(seconds, direction, 15) for direction in (-1, 0, 1)]
    assert found == [down, nearest, up]


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ({}, 21_600),  # his preference: up to an hour, each of six minutes
        ({"rounding": -1}, 0),  # down, still to an hour
        ({"rounding_minutes": 1}, 360),
        ({"rounding_minutes": 0}, 360),
        ({"rounding": 1, "rounding_minutes": 5}, 1_800),
    ],
)
def test_what_is_not_said_about_rounding_comes_from_the_preference(
    body: dict[str, Any], seconds: int
) -> None:
    (ana,) = SIX_MINUTES.users
    fussy = replace(
        ana, report_rounding=True, report_rounding_direction=1, report_rounding_minutes=60
    )
    (group,) = groups(replace(SIX_MINUTES, users=(fussy,)), grouping="clients", **body)
    assert group["sub_groups"][0]["seconds"] == seconds


@pytest.mark.parametrize(
    ("body", "first", "last"),
    [
        ({"start_date": "2024-04-07"}, "2024-04-07", "2024-04-13"),
        ({"end_date": "2024-04-13"}, "2024-04-07", "2024-04-13"),
        ({"billable": True}, "2024-06-09", "2024-06-15"),
    ],
)
def test_a_range_lasts_a_week_unless_both_ends_are_said(
    body: dict[str, Any], first: str, last: str
) -> None:
    assert ask(MANY_TAGS, body).headers == {
        "X-Range-Start": first,
        "X-Range-End": last,
        "X-Grouping": "projects",
        "X-Sub-Grouping": "time_entries",
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "At least one parameter must be set"),
        ({"start_date": "2024-02-30"}, "Invalid start_date format"),
        ({"end_date": "2024-2-3"}, "Invalid end_date format"),
        ({"startTime": "24:00"}, "Invalid startTime format"),
        (
            {"start_date": "2005-12-31", "end_date": "2024-01-01"},
            "start_date should be within 2006-01-01 to 2030-01-01",
        ),
        (
            {"start_date": "2024-01-01", "end_date": "2030-01-02"},
            "end_date should be within 2006-01-01 to 2030-01-01",
        ),
        (
            {"start_date": "2024-01-02", "end_date": "2024-01-01"},
            "Start time must be before end time",
        ),
        (
            {"grouping": "people"},
            "Invalid 'grouping' value, allowed values are: 'projects, clients, users, tasks, tags'",
        ),
        (
            {"grouping": "users", "sub_grouping": "users"},
            f"{SUB_GROUPINGS_ALLOWED}: 'time_entries, projects, clients, tasks'",
        ),
        (
            {"rounding_minutes": 7},
            f"{MINUTES_ALLOWED}: '0, 1, 5, 6, 10, 12, 15, 30, 60, 240'",
        ),
        ({"rounding": 2}, "Invalid 'rounding' value, allowed values are: '-1, 0, 1'"),
        ({"rounding": True}, "Invalid rounding format"),
        ({"min_duration_seconds": 1.5}, "Invalid min_duration_seconds format"),
        ({"min_duration_seconds": -1}, "Invalid min_duration_seconds value"),
        ({"max_duration_seconds": -1}, "Invalid max_duration_seconds value"),
        (
            {"min_duration_seconds": 5, "max_duration_seconds": 5},
            "Invalid min_duration_seconds value",
        ),
        ({"project_ids": [2**63]}, "Invalid project_ids format"),
        ({"tag_ids": ["7"]}, "Invalid tag_ids format"),
        ({"billable": 1}, "Invalid billable format"),
        ({"audit": []}, "Invalid audit format"),
        (
            {"audit": {"group_filter": {"max_amount_cents": 1}}},
            "The currency parameter is required",
        ),
    ],
)
def test_a_body_that_is_wrong_is_refused_with_its_sentence(body: dict[str, Any], text: str) -> None:
    assert ask(MANY_TAGS, body) == Answer(400, text)


def test_who_is_no_active_member_finds_no_workspace() -> None:
    refusal = Answer(403, "Workspace not found/accessible")
    assert [ask(PRIVATE_PROJECTS, YEAR, viewer_id) for viewer_id in (3, 99)] == [refusal, refusal]


@pytest.mark.parametrize("name", NAMED_WORLDS)
@pytest.mark.parametrize("grouping", ["projects", "clients", "users", "tasks", "tags"])
def test_groups_add_up_to_the_time_that_was_tracked(name: str, grouping: str) -> None:
    world = NAMED_WORLDS[name]
    kept = [one for one in world.entries if one.stop is not None and not one.is_deleted]
    tracked = sum(one.stop - one.start for one in kept if one.stop is not None)
    found = groups(world, grouping=grouping)
    assert sum(line["seconds"] for group in found for line in group["sub_groups"]) == tracked
