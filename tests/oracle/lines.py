"""The entries of a report, each with everything the report says about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.oracle.days import AskedDays, local_start
from tests.oracle.filters import client_id, passes
from tests.oracle.money import currency, hourly_rate_cents, microcents
from tests.oracle.rounding import direction_and_minutes, rounded
from tests.oracle.visibility import sees_entry, sees_rates
from tests.worlds.world import Entry, User, World


@dataclass(frozen=True)
class Price:
    """What an hour of a billable entry earns; the order is that of `rates[]` (D6.6)."""

    currency: str
    hourly_rate_cents: int


@dataclass(frozen=True)
class Line:
    """`price` None is a line that is not billable, or whose rate the viewer may not see."""

    entry: Entry
    client_id: int | None
    local_start: datetime
    seconds: int
    price: Price | None

    @property
    def microcents(self) -> int:
        return microcents(self.seconds, self.price.hourly_rate_cents) if self.price else 0


def report_lines(
    world: World, viewer: User, asked: Mapping[str, Any], days: AskedDays
) -> list[Line]:
    """The entries that are stopped, kept, seen, in the days and asked for (D3.3, D4, D9.3)."""
    direction, minutes = direction_and_minutes(world, viewer, asked)
    lines = []
    for entry in world.entries:
        if entry.stop is None or entry.is_deleted or not sees_entry(world, viewer, entry):
            continue
        start = local_start(world, entry)
        if days.hold(start) and passes(world, entry, asked):
            seconds = rounded(entry.stop - entry.start, direction, minutes)
            price = price_of(world, viewer, entry, start)
            lines.append(Line(entry, client_id(world, entry), start, seconds, price))
    return lines


def price_of(world: World, viewer: User, entry: Entry, start: datetime) -> Price | None:
    if not entry.is_billable or not sees_rates(world, viewer):
        return None
    return Price(currency(world, entry), hourly_rate_cents(world, entry, start.date()))
