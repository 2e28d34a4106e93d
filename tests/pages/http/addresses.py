"""Addresses of report pages, and the same questions as the bodies that the oracle and the API read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.oracle.days import local_today
from tests.worlds.questions import FILTERS, Body, by_entries, roundings, started_days
from tests.worlds.world import User, World

PLAIN_FILTERS = tuple(one for one in FILTERS if one is not by_entries)
KEYS = {
    "user_ids": "user",
    "group_ids": "group",
    "client_ids": "client",
    "project_ids": "project",
    "task_ids": "task",
    "tag_ids": "tag",
}
WITHOUT = ("group", "client", "project", "task", "tag")
BOUNDS = {"min_duration_seconds": "at_least", "max_duration_seconds": "at_most"}
ROUNDINGS = {-1: "down", 0: "nearest", 1: "up"}
GROUPINGS = ("projects", "clients", "users", "tasks", "tags")
SUB_GROUPINGS = ("time_entries", "projects", "clients", "users", "tasks")
DAY, WEEK = timedelta(days=1), timedelta(days=6)
EVER, LAST = date(2006, 1, 1), date(2030, 1, 1)
SPANS: dict[str, Callable[[date], object]] = {  # what the days of a span have in common
    "week": lambda day: day - DAY * day.weekday(),
    "month": lambda day: (day.year, day.month),
    "quarter": lambda day: (day.year, (day.month - 1) // 3),
    "year": lambda day: day.year,
}
PERIODS = (
    "today",
    "yesterday",
    *(f"{which}_{span}" for which in ("this", "last") for span in SPANS),
    "last_7_days",
    "last_30_days",
    "last_12_months",
    "all",
)
WEEKS = ("this_week", "last_week")


@dataclass(frozen=True)
class Address:
    """The pairs of a query string, and the body that asks the same."""

    pairs: tuple[tuple[str, str], ...]
    body: Body

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    def plus(self, pairs: dict[str, str], body: Body) -> "Address":
        return Address((*self.pairs, *pairs.items()), self.body | body)


def days_of(period: str, today: date) -> tuple[date, date]:
    """First and last day, found by walking; weeks begin on Monday."""
    which, _, span = period.partition("_")
    if span in SPANS:
        near = [today + DAY * ahead for ahead in range(-800, 400)]
        this = [day for day in near if SPANS[span](day) == SPANS[span](today)]
        before = this[0] - DAY
        last = [day for day in near if SPANS[span](day) == SPANS[span](before)]
        found = this if which == "this" else last
        return found[0], found[-1]
    firsts = {
        "today": today,
        "yesterday": today - DAY,
        "last_7_days": today - DAY * 6,
        "last_30_days": today - DAY * 29,
        "last_12_months": a_year_before(today) + DAY,
        "all": EVER,
    }
    return firsts[period], today - DAY if period == "yesterday" else today


def a_year_before(day: date) -> date:
    """The 28th of February for the 29th."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)


@st.composite
def ranges(draw: st.DrawFn, world: World, today: date) -> Address:
    """A period, two days, or nothing, which is this month."""
    kind = draw(st.sampled_from(["period", "days", "all", "nothing"]))
    days = started_days(world)
    if kind in {"period", "nothing"}:
        period = draw(st.sampled_from(PERIODS)) if kind == "period" else "this_month"
        pairs = {"period": period} if kind == "period" else {}
        return Address(tuple(pairs.items()), body_of_days(*days_of(period, today)))
    first, last = min(days), max(days)
    if kind == "days":
        first = draw(st.sampled_from(days)) - DAY * draw(st.integers(0, 40))
        last = first + DAY * draw(st.integers(0, 80))
    return between(first, min(last, LAST))


@st.composite
def weeks(draw: st.DrawFn, world: World, today: date) -> Address:
    """Seven days, or nothing, which is this week."""
    kind = draw(st.sampled_from(["days", "days", "days", "nothing", *WEEKS]))
    if kind == "days":
        first = draw(st.sampled_from(started_days(world))) - DAY * draw(st.integers(0, 6))
        return between(first, first + WEEK)
    period = "this_week" if kind == "nothing" else kind
    pairs = () if kind == "nothing" else (("period", kind),)
    return Address(pairs, body_of_days(*days_of(period, today)))


def between(first: date, last: date) -> Address:
    return Address(
        (("from", first.isoformat()), ("to", last.isoformat())), body_of_days(first, last)
    )


def body_of_days(first: date, last: date) -> Body:
    return {"start_date": first.isoformat(), "end_date": last.isoformat()}


@st.composite
def filtered(draw: st.DrawFn, world: World, days: Address) -> Address:
    """With up to two filters and perhaps rounded."""
    body: Body = {}
    some = st.lists(st.sampled_from(PLAIN_FILTERS), max_size=2, unique=True)
    for filter_of in draw(some):
        body |= draw(filter_of(world))
    if draw(st.booleans()):
        body |= {"rounding": 0, "rounding_minutes": 15} | draw(roundings(world))
    body = sayable(body)
    pairs = [pair for key, value in body.items() for pair in said(key, value)]
    return Address((*days.pairs, *pairs), days.body | body)


def sayable(body: Body) -> Body:
    """What an address can say: how to round together with to what, no blank ends of a text, nobody as a person."""
    kept = dict(body)
    if "description" in kept:
        kept["description"] = kept["description"].strip()
    if not kept.get("description", "-"):
        del kept["description"]
    if not (kept.get("rounding_minutes") and "rounding" in kept):
        kept.pop("rounding_minutes", None)
        kept.pop("rounding", None)
    if "user_ids" in kept:
        kept["user_ids"] = [one for one in kept["user_ids"] if one is not None]
    return kept


def said(key: str, value: Any) -> list[tuple[str, str]]:
    """One key of a body in the words of an address."""
    if key in KEYS:
        return [(KEYS[key], "none" if one is None else str(one)) for one in value]
    if key in BOUNDS:
        return [(BOUNDS[key], f"{value // 3600}:{value // 60 % 60:02}:{value % 60:02}")]
    if key == "billable":
        return [("billable", "yes" if value else "no")]
    if key == "rounding":
        return [("rounding", ROUNDINGS[value])]
    return [("minutes" if key == "rounding_minutes" else key, str(value))]


@st.composite
def grouped(draw: st.DrawFn, address: Address) -> Address:
    """By anything, then anything else; rates apart or not."""
    by = draw(st.sampled_from([None, *GROUPINGS]))
    then = draw(
        st.sampled_from([None, *(one for one in SUB_GROUPINGS if one != (by or "projects"))])
    )
    words = {"by": by, "then": then}
    body: dict[str, Any] = {"grouping": by, "sub_grouping": then}
    if draw(st.booleans()):
        words["rates"], body["distinguish_rates"] = "on", True
    return address.plus(
        {key: value for key, value in words.items() if value},
        {key: value for key, value in body.items() if value},
    )


@st.composite
def sorted_by(draw: st.DrawFn, address: Address, keys: tuple[str, ...], usual: str) -> Address:
    """In one of these orders, "-" being downwards; without a word it is the usual one."""
    asked = draw(st.sampled_from([None, *keys, *(f"-{key}" for key in keys)]))
    order = asked or usual
    body = {
        "order_by": order.removeprefix("-"),
        "order_dir": "DESC" if order.startswith("-") else "ASC",
    }
    return address.plus({"sort": asked} if asked else {}, body)


@st.composite
def summary_addresses(draw: st.DrawFn, world: World, viewer: User, now: datetime) -> Address:
    days = draw(ranges(world, local_today(viewer, now)))
    address = draw(grouped(draw(filtered(world, days))))
    return draw(sorted_by(address, ("title", "duration"), "-duration"))


@st.composite
def detailed_addresses(draw: st.DrawFn, world: World, viewer: User, now: datetime) -> Address:
    days = draw(ranges(world, local_today(viewer, now)))
    keys = ("date", "user", "duration", "description")
    return draw(sorted_by(draw(filtered(world, days)), keys, "-date"))


@st.composite
def weekly_addresses(draw: st.DrawFn, world: World, viewer: User, now: datetime) -> Address:
    address = draw(filtered(world, draw(weeks(world, local_today(viewer, now)))))
    by = draw(st.sampled_from([None, "users", "projects"]))
    show = draw(st.sampled_from([None, "time", "amounts"]))
    words = {"by": by, "show": show}
    body = {"grouping": by, "calculate": show}
    return address.plus(
        {key: value for key, value in words.items() if value},
        {key: value for key, value in body.items() if value},
    )
