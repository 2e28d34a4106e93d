"""A request understood: who asks for what, on which days, or why he gets no answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.oracle.body import (
    READERS,
    ROUNDING_MINUTES,
    ROUNDINGS,
    BadBodyError,
    Reader,
    refuse_durations,
    refuse_not_in,
    refuse_outside_window,
)
from tests.oracle.days import AskedDays, asked_days, local_today
from tests.oracle.lines import Line, report_lines
from tests.oracle.plans import is_sold
from tests.oracle.projects import NO_WORKSPACE, active_user, read_known
from tests.oracle.summary import Answer, Asked
from tests.worlds.world import User, World

SUMMARY_KEYS = (
    "audit",
    "distinguish_rates",
    "grouping",
    "include_time_entry_ids",
    "sub_grouping",
)
FILTER_READERS = {key: read for key, read in READERS.items() if key not in SUMMARY_KEYS}
NOT_SOLD = Answer(402, "Workspace needs to have this feature enabled")

ReadBody = Callable[[Mapping[str, Any]], dict[str, Any]]
ReadDays = Callable[[Asked, date], AskedDays]


@dataclass(frozen=True)
class Question:
    viewer: User
    asked: Asked
    days: AskedDays

    def lines(self, world: World) -> list[Line]:
        return report_lines(world, self.viewer, self.asked, self.days)

    def range_headers(self) -> dict[str, str]:
        """The days that were counted (D2.6)."""
        first, last = self.days.first, self.days.last
        return {"X-Range-Start": first.isoformat(), "X-Range-End": last.isoformat()}


def question(
    world: World,
    viewer_id: int,
    body: Mapping[str, Any],
    now: datetime,
    read_body: ReadBody,
    read_days: ReadDays = asked_days,
) -> Question | Answer:
    """The plan is asked last: what is wrong is wrong on every plan."""
    viewer = active_user(world, viewer_id)
    if viewer is None:
        return NO_WORKSPACE
    try:
        asked = read_body(body)
        days = read_days(asked, local_today(viewer, now))
    except BadBodyError as error:
        return Answer(400, str(error))
    return Question(viewer, asked, days) if is_sold(world, viewer, asked) else NOT_SOLD


def read_filters(body: Mapping[str, Any], more: Mapping[str, Reader]) -> dict[str, Any]:
    """What every report of entries knows, and `more`; all types first, then the values."""
    asked = read_known(body, FILTER_READERS | dict(more))
    refuse_not_in(asked, "rounding", ROUNDINGS)
    refuse_not_in(asked, "rounding_minutes", ROUNDING_MINUTES)
    refuse_outside_window(asked)
    refuse_durations(asked)
    return asked
