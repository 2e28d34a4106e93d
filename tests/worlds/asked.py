"""Hypothesis strategies for the bodies of the detailed, the totals and the weekly report."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.worlds.questions import (
    FILTERS,
    UNKNOWN_ID,
    Body,
    day_ranges,
    roundings,
    started_days,
    times_of_day,
)
from tests.worlds.world import World
from tests.worlds.wrong import WRONG, WRONG_DETAILED, WRONG_TOTALS, WRONG_WEEKLY

MEANINGLESS: tuple[Body, ...] = (
    {},
    {},
    {"user_agent": "test"},
    {"description": None, "tag_ids": None},
)  # D1.4
RESOLUTIONS: tuple[Body, ...] = (
    {},
    {},
    {"resolution": "day"},
    {"granularity": "week", "resolution": "day"},
    {"resolution": "month"},
)
NO_WEEKS = (-1, 0, 5, 7, 13, 400)  # days from the first to the last; a week has six


@st.composite
def detailed_bodies(draw: st.DrawFn, world: World) -> Body:
    """Any order and any page, with none, one or several cursors."""
    body = draw(filtered(world)) | draw(orders()) | draw(cursors(world)) | draw(row_switches())
    return draw(finished(body, WRONG + WRONG_DETAILED))


@st.composite
def totals_bodies(draw: st.DrawFn, world: World) -> Body:
    switches = st.fixed_dictionaries(
        {},
        optional={
            "with_graph": st.sampled_from([True, True, False, None]),
            "grouped": st.booleans(),
            "withInlineRates": st.booleans(),
        },
    )
    body = draw(filtered(world)) | draw(switches) | draw(st.sampled_from(RESOLUTIONS))
    return draw(finished(body, WRONG + WRONG_TOTALS))


@st.composite
def weekly_bodies(draw: st.DrawFn, world: World) -> Body:
    """Seven days around an entry; now and then a range that is no week, and then nothing else wrong."""
    switches = st.fixed_dictionaries(
        {},
        optional={
            "group_by_task": st.booleans(),
            "grouping": st.sampled_from(["users", "projects", None]),
            "calculate": st.sampled_from(["time", "amounts", "earnings", None]),
        },
    )
    kind = draw(st.sampled_from(["both", "start", "end", "both", "start", "none", "both", "wrong"]))
    body = draw(conditions(world)) | draw(weeks(world, kind)) | draw(switches)
    return draw(finished(body, () if kind == "wrong" else WRONG + WRONG_WEEKLY))


@st.composite
def filtered(draw: st.DrawFn, world: World) -> Body:
    """Some days, or all that there are: pages need rows."""
    days = started_days(world)
    whole = st.just({"start_date": str(min(days)), "end_date": str(max(days))})
    return draw(whole | day_ranges(world)) | draw(conditions(world))


@st.composite
def conditions(draw: st.DrawFn, world: World) -> Body:
    """Filters and roundings as those of the summary."""
    body: Body = {}
    count = draw(st.sampled_from([0, 1, 0, 0, 2]))
    filters = st.lists(st.sampled_from(FILTERS), min_size=count, max_size=count, unique=True)
    for filter_of in draw(filters):
        body |= draw(filter_of(world))
    return body | draw(roundings(world))


@st.composite
def finished(draw: st.DrawFn, body: Body, wrong: tuple[Body, ...]) -> Body:
    """One wrong value at most (which of several is told first is nobody's business); never empty."""
    if wrong and draw(st.integers(0, 11)) == 11:
        body = {key: value for key, value in body.items() if "duration_seconds" not in key}
        body |= draw(st.sampled_from(wrong))
    body = draw(st.sampled_from(MEANINGLESS)) | body or {"description": ""}
    order = draw(st.sampled_from([1, -1]))
    return dict(list(body.items())[::order])


def orders() -> st.SearchStrategy[Body]:
    names = ["date", "date", "user", "duration", "description", "last_update", None]
    directions = ["ASC", "DESC", "asc", "desc", "Desc", None]
    return st.fixed_dictionaries(
        {}, optional={"order_by": st.sampled_from(names), "order_dir": st.sampled_from(directions)}
    )


@st.composite
def cursors(draw: st.DrawFn, world: World) -> Body:
    """Mostly one cursor that fits; rarely two or three, or what counts as none."""
    entry_ids = [entry.entry_id for entry in world.entries]
    starts = [entry.start for entry in world.entries] or [0]
    values: dict[str, st.SearchStrategy[Any]] = {
        "first_id": st.sampled_from([*entry_ids, *entry_ids, UNKNOWN_ID, 0]),
        "first_row_number": st.integers(1, len(entry_ids) + 2) | st.just(0),
        "first_timestamp": st.builds(
            lambda start, nudge: start + nudge,
            st.sampled_from(starts),
            st.sampled_from([0, 0, 1, -1, 3_600, -86_400]),
        ),
    }
    count = draw(st.sampled_from([0, 1, 0, 1, 1, 2, 3]))
    keys = st.lists(st.sampled_from(sorted(values)), min_size=count, max_size=count, unique=True)
    sizes = st.sampled_from([{}, {"page_size": 20_000}, {"page_size": None}])
    small = st.builds(lambda size: {"page_size": size}, st.integers(1, 5) | st.integers(1, 60))
    return {key: draw(values[key]) for key in draw(keys)} | draw(small | small | sizes)


def row_switches() -> st.SearchStrategy[Body]:
    flags = st.sampled_from([True, True, False, None])
    keys = ("grouped", "enrich_response", "hide_amounts")
    return st.fixed_dictionaries({}, optional=dict.fromkeys(keys, flags))


@st.composite
def weeks(draw: st.DrawFn, world: World, kind: str) -> Body:
    if kind == "none":
        return {}
    day: date = draw(st.sampled_from(started_days(world)))
    first = day - timedelta(days=draw(st.integers(0, 6)))
    length = draw(st.sampled_from(NO_WEEKS)) if kind == "wrong" else 6
    body: Body = {}
    if kind != "end":
        body["start_date"] = first.isoformat()
    if kind != "start":
        body["end_date"] = (first + timedelta(days=length)).isoformat()
    is_one_day = length == 0
    return body | draw(times_of_day(world, is_one_day=is_one_day))
