"""Hypothesis strategies for the bodies of requests, mostly such that entries answer them."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.worlds.instants import local_day
from tests.worlds.world import Entry, World

Body = dict[str, Any]

GROUPINGS = ("projects", "clients", "users", "tasks", "tags")
SUB_GROUPINGS = ("time_entries", "projects", "clients", "users", "tasks")
ROUNDING_MINUTES = (0, 1, 5, 6, 10, 12, 15, 30, 60, 240)
UNKNOWN_ID = 999_999_999
DULL_DAY = date(2024, 3, 10)
WINDOW_FIRST, WINDOW_LAST = date(2011, 1, 1), date(2026, 12, 31)
BOUND_SECONDS = (0, 1, 60, 1_800, 3_600, 7_200, 86_400, 100_000)
BOUND_CENTS = (0, 1, 167, 10_000, 100_000)


@st.composite
def summary_bodies(draw: st.DrawFn, world: World) -> Body:
    """A valid body of the summary report; never empty, its keys forwards or backwards."""
    body = draw(groupings()) | draw(day_ranges(world))
    count = draw(st.sampled_from([0, 1, 0, 1, 2]))
    filters = st.lists(st.sampled_from(FILTERS), min_size=count, max_size=count, unique=True)
    for filter_of in draw(filters):
        body |= draw(filter_of(world))
    for option_of in (roundings, audits, switches):
        body |= draw(option_of(world))
    order = draw(st.sampled_from([1, -1]))
    return dict(list(body.items())[::order])


@st.composite
def groupings(draw: st.DrawFn) -> Body:
    """`grouping` is always there, so that the body is never empty."""
    grouping = draw(st.sampled_from(GROUPINGS))
    rest = [one for one in SUB_GROUPINGS if one != grouping]
    sub_grouping = draw(st.sampled_from([None, *rest]))
    return {"grouping": grouping} | ({"sub_grouping": sub_grouping} if sub_grouping else {})


def started_days(world: World) -> list[date]:
    """The local days of what can be in a report."""
    zone_of = {user.user_id: user.timezone for user in world.users}
    kept = [one for one in world.entries if one.stop is not None and not one.is_deleted]
    return [local_day(entry.start, zone_of[entry.user_id]) for entry in kept] or [DULL_DAY]


@st.composite
def day_ranges(draw: st.DrawFn, world: World) -> Body:
    """Around an entry: both ends, one, none, or everything; sometimes by time of day."""
    days = started_days(world)
    day = draw(st.sampled_from(days))
    first = max(WINDOW_FIRST, day - timedelta(days=draw(st.integers(0, 4))))
    last = min(WINDOW_LAST, day + timedelta(days=draw(st.integers(0, 4))))
    kind = draw(st.sampled_from(["both", "all", "both", "start", "end", "none"]))
    if kind == "none":
        return {}
    if kind == "all":
        first, last = min(days), max(days)
    body: Body = {}
    if kind != "end":
        body["start_date"] = first.isoformat()
    if kind != "start":
        body["end_date"] = last.isoformat()
    is_one_day = first == last and kind not in ("start", "end")
    return body | draw(times_of_day(world, is_one_day=is_one_day))


@st.composite
def times_of_day(draw: st.DrawFn, world: World, *, is_one_day: bool) -> Body:
    """Now and then one or both times, in either spelling; in order where the day is the same."""
    if draw(st.integers(0, 5)) < 5:
        return {}
    low, high = draw(clock_times(world)), draw(clock_times(world))
    if is_one_day:
        low, high = sorted([low, high])
    body: Body = {}
    if draw(st.booleans()):
        body[draw(st.sampled_from(["startTime", "start_time"]))] = low
    if draw(st.booleans()) and not (is_one_day and low == high):
        body[draw(st.sampled_from(["endTime", "end_time"]))] = high
    return body


@st.composite
def clock_times(draw: st.DrawFn, world: World) -> str:
    """The wall-clock start of an entry, to the second or the minute, or a common time."""
    times = ["00:00:00", "00:00:01", "09:00:00", "23:59:59"]
    zone_of = {user.user_id: ZoneInfo(user.timezone) for user in world.users}
    starts = [datetime.fromtimestamp(one.start, zone_of[one.user_id]) for one in world.entries]
    exact = draw(st.sampled_from([*times, *(f"{start:%H:%M:%S}" for start in starts)]))
    return exact if draw(st.booleans()) else exact[:5]


def id_lists(values: list[int]) -> st.SearchStrategy[list[int | None]]:
    """Known ids, null, unknown ids; an empty list (no filter) too."""
    return st.lists(st.sampled_from([*values, *values, None, UNKNOWN_ID]), max_size=4)


def by_projects(world: World) -> st.SearchStrategy[Body]:
    values = [one.project_id for one in world.projects]
    return st.fixed_dictionaries({"project_ids": id_lists(values)})


def by_clients(world: World) -> st.SearchStrategy[Body]:
    values = [one.client_id for one in world.clients]
    return st.fixed_dictionaries({"client_ids": id_lists(values)})


def by_tasks(world: World) -> st.SearchStrategy[Body]:
    values = [one.task_id for one in world.tasks]
    return st.fixed_dictionaries({"task_ids": id_lists(values)})


def by_tags(world: World) -> st.SearchStrategy[Body]:
    return st.fixed_dictionaries({"tag_ids": id_lists([one.tag_id for one in world.tags])})


def by_people(world: World) -> st.SearchStrategy[Body]:
    user_ids = id_lists([one.user_id for one in world.users])
    group_ids = id_lists([one.user_group_id for one in world.user_groups])
    return st.fixed_dictionaries({}, optional={"user_ids": user_ids, "group_ids": group_ids})


def by_entries(world: World) -> st.SearchStrategy[Body]:
    values = [one.entry_id for one in world.entries]
    most = st.lists(st.sampled_from(values), unique=True) if values else st.just([])
    return st.fixed_dictionaries({"time_entry_ids": id_lists(values) | most})


def by_billable(_world: World) -> st.SearchStrategy[Body]:
    return st.fixed_dictionaries({"billable": st.booleans()})


@st.composite
def by_description(draw: st.DrawFn, world: World) -> Body:
    """A piece of a description in another case, or a text of its own."""
    texts = [entry.description for entry in world.entries if entry.description] or ["%"]
    text = draw(st.sampled_from(texts))
    first = draw(st.integers(0, len(text) - 1))
    piece = text[first : first + draw(st.integers(1, 9))]
    cases = [piece, piece.upper(), piece.casefold(), piece.swapcase(), piece.lower()]
    return {"description": draw(st.sampled_from([*cases, *cases, "_", "%"]))}


@st.composite
def by_duration(draw: st.DrawFn, world: World) -> Body:
    """Bounds at or next to real durations, the lower below the upper."""
    near = st.sampled_from([*(seconds_of(entry) for entry in world.entries), *BOUND_SECONDS])
    nudged = st.builds(lambda seconds, nudge: max(0, seconds + nudge), near, st.integers(-1, 1))
    low, high = sorted([draw(nudged), draw(nudged)])
    bounds = {"min_duration_seconds": low, "max_duration_seconds": max(high, low + 1)}
    kept = draw(st.sampled_from([list(bounds), *([key] for key in bounds)]))
    return {key: bounds[key] for key in kept}


def seconds_of(entry: Entry) -> int:
    return 0 if entry.stop is None else entry.stop - entry.start


FILTERS = (
    by_projects,
    by_clients,
    by_tasks,
    by_tags,
    by_people,
    by_entries,
    by_billable,
    by_description,
    by_description,
    by_duration,
)


@st.composite
def roundings(draw: st.DrawFn, world: World) -> Body:
    """Rather steps of which some entry lasts a half too many."""
    durations = [seconds_of(entry) for entry in world.entries]
    halved = [step for step in ROUNDING_MINUTES[1:] if any(is_half(one, step) for one in durations)]
    body: Body = {}
    if draw(st.integers(0, 2)) == 2:
        body["rounding"] = draw(st.sampled_from([0, -1, 1]))
    if draw(st.integers(0, 2)) == 2:
        body["rounding_minutes"] = draw(st.sampled_from([*ROUNDING_MINUTES, *halved, *halved]))
    return body


def is_half(seconds: int, minutes: int) -> bool:
    return seconds % (minutes * 60) == minutes * 30


@st.composite
def audits(draw: st.DrawFn, world: World) -> Body:
    """An amount bound always comes with a currency, so that every viewer may ask."""
    if draw(st.integers(0, 2)) < 2:
        return {}
    seconds = st.sampled_from([*BOUND_SECONDS, *(seconds_of(one) for one in world.entries)])
    cents = st.sampled_from([*BOUND_CENTS, *amounts_near(world)])
    currencies = [one.currency for one in world.projects if one.currency]
    bounds = {
        "currency": draw(st.sampled_from([world.currency, *currencies, "JPY"])),
        draw(st.sampled_from(["min_amount_cents", "max_amount_cents"])): draw(cents),
        draw(st.sampled_from(["min_duration_seconds", "max_duration_seconds"])): draw(seconds),
    }
    for key in draw(st.lists(st.sampled_from(sorted(bounds)), max_size=2, unique=True)):
        if key != "currency":
            del bounds[key]
    usual = {
        "show_empty_groups": st.sampled_from([True, True, False, None]),
        "group_filter": st.sampled_from([bounds, bounds, {}, None]),
    }
    shown = {"show_tracked_groups": st.sampled_from([None, True, True, False])}
    return {"audit": draw(st.fixed_dictionaries(usual, optional=shown))}


def amounts_near(world: World) -> list[int]:
    """What single entries and all of a project or user may earn, and the cents around that."""
    sums: dict[tuple[str, int | None], int] = {}
    for entry in world.entries:
        if entry.is_billable and not entry.is_deleted:
            for key in (
                ("entry", entry.entry_id),
                ("project", entry.project_id),
                ("user", entry.user_id),
            ):
                sums[key] = sums.get(key, 0) + seconds_of(entry)
    amounts = {rate.cents * seconds // 3_600 for rate in world.rates for seconds in sums.values()}
    return sorted({max(0, amount + nudge) for amount in amounts for nudge in (0, 1)})


def switches(_world: World) -> st.SearchStrategy[Body]:
    """Flags, and keys that mean nothing: a null, and one nobody knows (D1.4)."""
    return st.fixed_dictionaries(
        {},
        optional={
            "distinguish_rates": st.none() | st.booleans(),
            "include_time_entry_ids": st.none() | st.booleans(),
            "user_agent": st.just("test"),
            "page": st.just("one"),
        },
    )
