"""The list of one's own entries: which, in what order, between what days, and since when changed."""

from datetime import UTC, datetime

import pytest

from tests.track.asking import ADA, BO, CLEO, Asker
from tests.track.entries import (
    ENTRIES,
    KEYS,
    MINE,
    OWN,
    listed,
    new,
    refused,
    second_workspace,
    unix,
)


def test_the_list_is_ones_own_newest_first(agency: Asker) -> None:
    assert listed(agency) == OWN
    assert listed(agency, BO) == [105, 104, 103]
    assert listed(agency, CLEO) == [200]


def test_the_list_tells_every_entry_whole(agency: Asker) -> None:
    running, _, plan, _ = agency.get(MINE)
    assert list(plan) == [key for key in KEYS if key != "tid"]
    assert (plan["start"], plan["stop"]) == (
        "2026-01-08T08:00:00+00:00",
        "2026-01-08T09:30:00+00:00",
    )
    assert (plan["uid"], plan["wid"], plan["pid"]) == (1, 10, 30)
    assert running["stop"] is None
    assert running["duration"] == -unix("2026-01-10T09:00:00Z")
    assert running["tags"] == running["tag_ids"] == []


def test_ties_have_the_higher_id_first(agency: Asker) -> None:
    first, second = new(agency)["id"], new(agency)["id"]
    assert listed(agency)[:2] == [second, first]


def test_the_list_goes_over_all_workspaces(agency: Asker) -> None:
    side = second_workspace(agency)
    made = new(agency, workspace=side)
    told = agency.get(MINE)
    assert [one["id"] for one in told] == [made["id"], *OWN]
    assert told[0]["workspace_id"] == told[0]["wid"] == side


def test_meta_in_lists_keeps_the_twins(agency: Asker) -> None:
    _, _, plan, _ = agency.get(MINE, meta="true")
    names = ["client_name", "project_name", "project_color", "project_active", "project_billable"]
    kept = [key for key in KEYS if key not in ("tid", "permissions")]
    assert list(plan) == [*kept, *names, "user_name", "user_avatar_url", "client_id", "permissions"]
    assert (plan["client_name"], plan["project_name"], plan["user_name"]) == (
        "Acme",
        "Website",
        "Ada",
    )
    assert isinstance(plan["project_billable"], bool)


NARROWED = [
    ({"before": "2026-01-10"}, [102, 101, 100]),
    ({"before": "2026-01-08T08:00:00Z"}, [100]),
    ({"before": "2026-01-08T10:00:01.000001+02:00"}, [101, 100]),
    ({"before": "2026-01-08T08:00:01-00:00"}, [101, 100]),
    ({"before": "2026-01-06"}, []),
    ({"before": "2026-01-07"}, [100]),
    ({"start_date": "2026-01-06", "end_date": "2026-01-07"}, [100]),
    ({"start_date": "2026-01-05", "end_date": "2026-01-06"}, []),
    ({"start_date": "2026-01-08", "end_date": "2026-01-10"}, [102, 101]),
    ({"start_date": "2026-01-08", "end_date": "2026-01-09"}, [101]),
    ({"start_date": "2026-01-10", "end_date": "2026-01-11"}, [107]),
    ({"start_date": "2026-01-08", "end_date": "2026-01-08"}, []),
    ({"start_date": "2026-01-09", "end_date": "2026-01-08"}, []),
    ({"start_date": "2026-01-08T08:00:00Z", "end_date": "2026-01-09T08:00:00Z"}, [101]),
    ({"start_date": "2026-01-08T08:00:01Z", "end_date": "2026-01-09T08:00:01Z"}, [102]),
    (
        {"start_date": "2026-01-08T10:00:01.25+02:00", "end_date": "2026-01-09T12:00:00+02:00"},
        [102],
    ),
    ({"start_date": "2026-01-06", "end_date": "2026-01-09T08:00:00Z"}, [101, 100]),
    ({"start_date": "2025-10-20", "end_date": "2026-02-01"}, OWN),
]


def test_the_list_can_be_narrowed_by_days_of_ones_own_zone(agency: Asker) -> None:
    """Ada lives in Tallinn, two hours ahead: 100 starts at half past midnight of the 6th."""
    for query, expected in NARROWED:
        assert listed(agency, **query) == expected, query


def test_the_days_follow_the_zone(agency: Asker) -> None:
    agency.put("/me", {"timezone": "America/New_York"})
    assert listed(agency, start_date="2026-01-05", end_date="2026-01-06") == [100]


def test_a_day_of_23_hours_ends_where_it_ends(agency: Asker) -> None:
    """New York, 8 March 2026: the day begins at 05:00 UTC and the next at 04:00 UTC."""
    agency.now = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    inside = new(agency, BO, start="2026-03-09T03:59:59Z", duration=1)["id"]
    new(agency, BO, start="2026-03-09T04:00:00Z", duration=1)
    new(agency, BO, start="2026-03-08T04:59:59Z", duration=1)
    assert listed(agency, BO, start_date="2026-03-08", end_date="2026-03-09") == [inside]


REFUSED = [
    ({"since": "x"}, "Invalid since format"),
    ({"since": "-1"}, "Invalid since format"),
    ({"since": "1.5"}, "Invalid since format"),
    ({"since": str(2**63)}, "Invalid since format"),
    ({"before": "yesterday"}, "Invalid before format"),
    ({"before": "2026-13-01"}, "Invalid before format"),
    ({"before": "2026-01-08T08:00:00"}, "Invalid before format"),
    ({"start_date": "2026-01-08"}, "start_date and end_date must be given together"),
    ({"end_date": "2026-01-08"}, "start_date and end_date must be given together"),
    ({"start_date": "8.1.26", "end_date": "2026-01-09"}, "Invalid start_date format"),
    ({"start_date": "2026-01-08", "end_date": "2026-02-30"}, "Invalid end_date format"),
    ({"start_date": "2026-01-08T08:00", "end_date": "2026-01-09"}, "Invalid start_date format"),
    (
        {"since": "1736000000", "before": "2026-01-08"},
        "'since' and 'before' can not be present simultaneously",
    ),
    (
        {"since": "1736000000", "start_date": "2026-01-08", "end_date": "2026-01-09"},
        "'since' and 'start_date' can not be present simultaneously",
    ),
    ({"meta": "maybe"}, "Invalid meta"),
]


def test_a_question_that_makes_no_sense_is_refused(agency: Asker) -> None:
    for query, text in REFUSED:
        answer = agency.ask("GET", MINE, params=query)
        assert (answer.status_code, answer.json()) == (400, text), query


@pytest.mark.parametrize(
    ("now", "by", "first"),
    [
        (datetime(2026, 1, 20, 12, tzinfo=UTC), ADA, "2025-10-20"),
        (datetime(2026, 1, 20, 23, tzinfo=UTC), ADA, "2025-10-20"),
        (datetime(2026, 1, 20, 3, tzinfo=UTC), BO, "2025-10-19"),
        (datetime(2026, 5, 31, 12, tzinfo=UTC), ADA, "2026-02-28"),
    ],
)
def test_the_list_goes_back_three_calendar_months(
    agency: Asker, now: datetime, by: int, first: str
) -> None:
    agency.now = now
    assert listed(agency, by, start_date=first, end_date=first) == []
    day_before = f"{first[:8]}{int(first[8:]) - 1:02}"
    query = f"{MINE}?start_date={day_before}&end_date=2026-06-30"
    text = f"start_date must not be earlier than {first}"
    assert refused(agency, "GET", query, by=by) == (400, text)


def test_since_tells_what_changed_deleted_ones_too(agency: Asker) -> None:
    agency.now = datetime(2026, 1, 20, 13, 0, tzinfo=UTC)
    since = unix("2026-01-20T13:00:00Z")
    assert listed(agency, since=since) == []
    agency.put(f"{ENTRIES}/100", {"description": "Changed"})
    made = new(agency)
    agency.delete(f"{ENTRIES}/102")
    told = agency.get(MINE, since=since)
    assert [one["id"] for one in told] == [made["id"], 102, 100]
    deleted = {one["id"]: one["server_deleted_at"] for one in told}
    assert deleted == {made["id"]: None, 102: "2026-01-20T13:00:00+00:00", 100: None}
    assert listed(agency, since=since + 1) == []
    assert listed(agency) == [made["id"], 107, 101, 100]


def test_since_the_beginning_tells_everything(agency: Asker) -> None:
    assert set(listed(agency, since=0)) >= set(OWN)


def test_since_tells_nothing_of_others(agency: Asker) -> None:
    agency.put(f"{ENTRIES}/105", {"description": "by an admin"})
    assert 105 not in listed(agency, since=0)
    assert listed(agency, BO, since=unix("2026-01-20T12:00:00Z")) == [105]
