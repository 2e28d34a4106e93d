"""The running clock: one a person, wherever it runs, and in no report before it is stopped."""

from datetime import UTC, datetime

import pytest

from tests.track.asking import ADA, AGENCY, BO, UNKNOWN, Asker
from tests.track.entries import (
    ALL_SECONDS,
    ENTRIES,
    MINE,
    NOT_FOUND,
    listed,
    new,
    payload,
    read,
    refused,
    run,
    second_workspace,
    seconds,
    times,
    unix,
)

CURRENT = f"{MINE}/current"
STOPPED = (409, "Time entry already stopped")


@pytest.mark.parametrize("duration", [-1, -1_768_899_600])
def test_a_negative_duration_starts_the_clock(agency: Asker, duration: int) -> None:
    made = new(agency, BO, start="2026-01-20T09:00:00Z", duration=duration)
    assert times(made) == ("2026-01-20T09:00:00Z", None, duration)
    start = "2026-01-20T09:00:00+00:00"
    assert times(read(agency, made["id"], BO)) == (start, None, -unix(start))
    assert times(agency.get(CURRENT, BO)) == (start, None, -unix(start))
    assert agency.get(CURRENT, BO)["id"] == made["id"]


def test_nothing_running_is_null(agency: Asker) -> None:
    answer = agency.ask("GET", CURRENT, BO)
    assert (answer.status_code, answer.content) == (200, b"null")
    assert agency.get(CURRENT, ADA)["id"] == 107


def test_starting_the_clock_stops_the_one_before(agency: Asker) -> None:
    made = run(agency, "2026-01-20T11:00:00Z")
    assert agency.get(CURRENT)["id"] == made["id"]
    assert read(agency, 107)["stop"] == "2026-01-20T11:00:00+00:00"
    assert seconds(agency) == ALL_SECONDS + 10 * 86_400 + 2 * 3600


def test_no_clock_is_stopped_before_it_was_started(agency: Asker) -> None:
    made = run(agency, "2026-01-09T12:00:00Z")
    start = "2026-01-10T09:00:00+00:00"
    assert times(read(agency, 107)) == (start, start, 0)
    assert agency.get(CURRENT)["id"] == made["id"]


def test_one_clock_runs_over_all_workspaces(agency: Asker) -> None:
    side = second_workspace(agency)
    made = run(agency, "2026-01-20T11:00:00Z", workspace=side)
    assert read(agency, 107)["stop"] == "2026-01-20T11:00:00+00:00"
    assert agency.get(CURRENT)["workspace_id"] == side
    run(agency, "2026-01-20T11:30:00Z")
    assert read(agency, made["id"])["duration"] == 1800
    assert agency.get(CURRENT)["workspace_id"] == AGENCY
    assert listed(agency)[1] == made["id"]


def test_the_clocks_of_others_run_on(agency: Asker) -> None:
    made = run(agency, "2026-01-20T11:00:00Z", BO)
    assert agency.get(CURRENT)["id"] == 107
    assert agency.get(CURRENT, BO)["id"] == made["id"]


def test_an_admin_starts_the_clock_of_a_member(agency: Asker) -> None:
    first = run(agency, "2026-01-20T10:00:00Z", BO)
    made = new(agency, ADA, user_id=BO, start="2026-01-20T11:00:00Z", duration=-1)
    assert read(agency, first["id"], BO)["duration"] == 3600
    assert agency.get(CURRENT, BO)["id"] == made["id"]
    assert agency.get(CURRENT, ADA)["id"] == 107


def test_a_stopped_entry_leaves_the_clock_running(agency: Asker) -> None:
    new(agency)
    assert agency.get(CURRENT)["id"] == 107


def test_a_refused_start_leaves_the_clock_running(agency: Asker) -> None:
    body = payload(duration=-1, project_id=UNKNOWN)
    assert refused(agency, "POST", ENTRIES, body)[0] == 400
    assert agency.get(CURRENT)["id"] == 107


def test_stopping_stops_now(agency: Asker) -> None:
    made = run(agency, "2026-01-20T11:00:00Z", BO)
    agency.now = datetime(2026, 1, 20, 12, 5, 6, tzinfo=UTC)
    assert seconds(agency) == ALL_SECONDS
    stopped = agency.patch(f"{ENTRIES}/{made['id']}/stop", by=BO)
    assert times(stopped) == ("2026-01-20T11:00:00Z", "2026-01-20T12:05:06Z", 3906)
    assert stopped["at"] == "2026-01-20T12:05:06+00:00"
    assert stopped["tags"] == stopped["tag_ids"] == []
    assert seconds(agency) == ALL_SECONDS + 3906
    assert agency.get(CURRENT, BO) is None


def test_stopping_twice_is_refused(agency: Asker) -> None:
    path = f"{ENTRIES}/107/stop"
    agency.patch(path)
    before = read(agency, 107)
    agency.now = datetime(2026, 1, 20, 13, 0, tzinfo=UTC)
    assert refused(agency, "PATCH", path) == STOPPED
    assert refused(agency, "PATCH", f"{ENTRIES}/100/stop") == STOPPED
    assert read(agency, 107) == before


def test_stopping_a_clock_of_the_future_gives_no_time(agency: Asker) -> None:
    made = run(agency, "2026-01-20T12:30:00Z")
    stopped = agency.patch(f"{ENTRIES}/{made['id']}/stop")
    assert times(stopped) == ("2026-01-20T12:30:00Z", "2026-01-20T12:30:00Z", 0)


@pytest.mark.parametrize("entry_id", [UNKNOWN, 200, 108])
def test_what_is_not_there_is_not_stopped(agency: Asker, entry_id: int) -> None:
    assert refused(agency, "PATCH", f"{ENTRIES}/{entry_id}/stop") == NOT_FOUND


NO_IDS = ["x", "0", "-7", str(2**63)]


def test_stopping_needs_an_id(agency: Asker) -> None:
    for entry_id in NO_IDS:
        told = refused(agency, "PATCH", f"{ENTRIES}/{entry_id}/stop")
        assert told == (400, "Invalid or missing time_entry_id"), entry_id


def test_only_admins_stop_the_clocks_of_others(agency: Asker) -> None:
    assert refused(agency, "PATCH", f"{ENTRIES}/107/stop", by=BO) == NOT_FOUND
    assert agency.get(CURRENT)["id"] == 107
    made = run(agency, "2026-01-20T11:00:00Z", BO)
    assert agency.patch(f"{ENTRIES}/{made['id']}/stop", by=ADA)["duration"] == 3600


def test_a_deleted_clock_does_not_run(agency: Asker) -> None:
    agency.delete(f"{ENTRIES}/107")
    assert agency.get(CURRENT) is None


def test_a_new_start_moves_a_running_clock(agency: Asker) -> None:
    changed = agency.put(f"{ENTRIES}/107", {"start": "2026-01-20T11:00:00Z"})
    assert changed["stop"] is None
    assert changed["duration"] < 0
    told = agency.get(CURRENT)
    assert (told["id"], told["duration"]) == (107, -unix("2026-01-20T11:00:00Z"))


@pytest.mark.parametrize("asked", [{"stop": "2026-01-10T10:00:00Z"}, {"duration": 3600}])
def test_a_change_can_stop_the_clock(agency: Asker, asked: dict) -> None:
    changed = agency.put(f"{ENTRIES}/107", asked)
    assert times(changed) == ("2026-01-10T09:00:00Z", "2026-01-10T10:00:00Z", 3600)
    assert agency.get(CURRENT) is None
    assert seconds(agency) == ALL_SECONDS + 3600


def test_a_description_leaves_the_clock_running(agency: Asker) -> None:
    assert agency.put(f"{ENTRIES}/107", {"description": "still"})["stop"] is None
    assert agency.get(CURRENT)["description"] == "still"


def test_a_stopped_entry_runs_again(agency: Asker) -> None:
    changed = agency.put(f"{ENTRIES}/101", {"duration": -1})
    assert changed["stop"] is None
    assert changed["duration"] < 0
    assert agency.get(CURRENT)["id"] == 101
    assert read(agency, 107)["stop"] is not None
    assert seconds(agency) == ALL_SECONDS - 5400
