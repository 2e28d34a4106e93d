"""What the form of an entry changes about its times, and what it leaves to the second."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gnomon.model.entry import TimeEntry
from gnomon.tracking.refusals import BadChange
from gnomon.web.pages.forms import Form
from gnomon.web.pages.reader import Reader
from gnomon.web.pages.timer.given import RUNS, shown_times, when, when_changed

TALLINN = Reader(zone=ZoneInfo("Europe/Tallinn"))
ZONES = ("Europe/Tallinn", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "UTC")


def at(day: int, hour: int, minute: int, second: int = 0, month: int = 1, fold: int = 0) -> int:
    """2026, in Tallinn."""
    local = datetime(2026, month, day, hour, minute, second, tzinfo=TALLINN.zone, fold=fold)
    return int(local.timestamp())


def entry(start: int, stop: int | None) -> TimeEntry:
    return TimeEntry(entry_id=1, user_id=1, started_at=start, stopped_at=stop)


def changed(old: TimeEntry, reader: Reader = TALLINN, **fields: str) -> tuple[int, int | None]:
    """Start and stop after that form was sent."""
    said = {**shown_times(old, reader), "duration": "", **fields}
    told: dict[str, Any] = when_changed(Form(list(said.items())), reader, old)
    if told.get("duration") == RUNS:
        return told["start"], None
    return told["start"], told.get("stop", told["start"] + told.get("duration", 0))


@given(
    zone=st.sampled_from(ZONES),
    start=st.integers(1_500_000_000, 1_900_000_000),
    seconds=st.none() | st.integers(0, 400_000),
)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(
    zone: str, start: int, seconds: int | None
) -> None:
    reader = Reader(zone=ZoneInfo(zone))
    old = entry(start, None if seconds is None else start + seconds)
    assert changed(old, reader) == (old.started_at, old.stopped_at)


@pytest.mark.parametrize(
    ("old", "fields", "wanted"),
    [
        # the other time keeps its seconds
        ((at(5, 9, 0, 37), at(5, 10, 0, 41)), {"stop": "10:30"}, (at(5, 9, 0, 37), at(5, 10, 30))),
        ((at(5, 9, 0, 37), at(5, 10, 0, 41)), {"start": "08:30"}, (at(5, 8, 30), at(5, 10, 0, 41))),
        # days between start and stop stay
        ((at(5, 9, 0), at(7, 10, 0)), {"start": "09:30"}, (at(5, 9, 30), at(7, 10, 0))),
        ((at(5, 9, 0), at(7, 10, 0)), {"stop": "10:30"}, (at(5, 9, 0), at(7, 10, 30))),
        # a night, and one that is none any more
        ((at(5, 22, 0), at(6, 1, 0)), {"stop": "02:00"}, (at(5, 22, 0), at(6, 2, 0))),
        ((at(5, 22, 0), at(6, 1, 0)), {"stop": "23:30"}, (at(5, 22, 0), at(5, 23, 30))),
        ((at(5, 9, 0), at(5, 10, 0)), {"stop": "08:00"}, (at(5, 9, 0), at(6, 8, 0))),
        # another day takes both with it, to the second
        (
            (at(5, 9, 0, 10), at(5, 9, 0, 50)),
            {"date": "2026-01-08"},
            (at(8, 9, 0, 10), at(8, 9, 0, 50)),
        ),
        # the hour that comes twice
        (
            (at(25, 3, 30, month=10, fold=1), at(25, 5, 0, month=10)),
            {"stop": "05:15"},
            (at(25, 3, 30, month=10, fold=1), at(25, 5, 15, month=10)),
        ),
        (
            (at(25, 3, 50, month=10), at(25, 3, 10, month=10, fold=1)),
            {"start": "03:45"},
            (at(25, 3, 45, month=10), at(25, 3, 10, month=10, fold=1)),
        ),
        ((at(5, 9, 0, 5), at(5, 10, 0)), {"duration": "1:30"}, (at(5, 9, 0, 5), at(5, 10, 30, 5))),
        ((at(5, 9, 0, 5), None), {"stop": "09:30"}, (at(5, 9, 0, 5), at(5, 9, 30))),
        ((at(5, 9, 0, 5), None), {"start": "08:00"}, (at(5, 8, 0), None)),
    ],
)
def test_only_what_is_changed_changes(
    old: tuple[int, int | None], fields: dict[str, str], wanted: tuple[int, int | None]
) -> None:
    assert changed(entry(*old), **fields) == wanted


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "9999-12-31", "start": "10:00", "stop": "09:00"},
        {"date": "yesterday"},
        {"date": "", "start": "10:00"},
        {"start": "25:00"},
        {"stop": "", "duration": ""},
        {"stop": "", "duration": "a while"},
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, str]) -> None:
    said = {"date": "2026-01-05", "start": "09:00", "stop": "10:00", "duration": "", **fields}
    with pytest.raises(Exception, match=r".") as told:
        when(Form(list(said.items())), TALLINN)
    assert isinstance(told.value, BadChange) or "duration" in str(told.value)


def test_by_hand_over_midnight() -> None:
    said = [("date", "2026-01-05"), ("start", "23:00"), ("stop", "01:30"), ("duration", "")]
    told = when(Form(said), TALLINN)
    assert told == {"start": at(5, 23, 0), "stop": at(6, 1, 30)}
    assert told["stop"] - told["start"] == timedelta(hours=2, minutes=30).total_seconds()
    assert datetime.fromtimestamp(told["start"], UTC).hour == 21
