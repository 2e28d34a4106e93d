"""The local day and time at which an entry starts, and the days that were asked for (D2, D3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.body import BadBodyError
from tests.worlds.world import Entry, User, World

SIX_DAYS = timedelta(days=6)


@dataclass(frozen=True)
class AskedDays:
    """First and last day, both included; the times narrow only these two days (D2.5)."""

    first: date
    last: date
    start_time: time | None
    end_time: time | None

    def hold(self, start: datetime) -> bool:
        if not self.first <= start.date() <= self.last:
            return False
        begins, ends = start.date() == self.first, start.date() == self.last
        if begins and self.start_time is not None and start.time() < self.start_time:
            return False
        return not (ends and self.end_time is not None and start.time() >= self.end_time)


def local_start(world: World, entry: Entry) -> datetime:
    """The wall-clock start where the tracking user lives, without zone."""
    user = next(user for user in world.users if user.user_id == entry.user_id)
    return datetime.fromtimestamp(entry.start, ZoneInfo(user.timezone)).replace(tzinfo=None)


def local_today(viewer: User, now: datetime) -> date:
    return now.astimezone(ZoneInfo(viewer.timezone)).date()


def asked_days(asked: Mapping[str, Any], today: date) -> AskedDays:
    """The days of the report, defaults filled in (D2.2)."""
    first: date
    last: date
    if "start_date" in asked:
        first = asked["start_date"]
        last = asked.get("end_date", first + SIX_DAYS)
    else:
        last = asked.get("end_date", today)
        first = last - SIX_DAYS
    start_time = asked.get("startTime", asked.get("start_time"))
    end_time = asked.get("endTime", asked.get("end_time"))
    refuse_backwards(first, last, start_time, end_time)
    return AskedDays(first, last, start_time, end_time)


def refuse_backwards(
    first: date, last: date, start_time: time | None, end_time: time | None
) -> None:
    """D2.3; on a single day the times of day count too."""
    start = datetime.combine(first, start_time or time.min)
    end = datetime.combine(last, end_time or time.max)
    if start > end:
        raise BadBodyError("Start time must be before end time")
