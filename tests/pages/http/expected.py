"""What the pages must show: the oracle's numbers for an address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.oracle.days import asked_days, local_today
from tests.oracle.detailed_body import read_detailed_body
from tests.oracle.detailed_rows import ordered_rows
from tests.oracle.graph import lines_by_bucket
from tests.oracle.lines import Line as Tracked
from tests.oracle.lines import report_lines
from tests.oracle.money import cents, currency
from tests.oracle.sheet import group_parts, sub_group_parts
from tests.oracle.sheet_body import read_sheet_body
from tests.oracle.sheet_order import Part
from tests.oracle.visibility import sees_rates
from tests.oracle.weekly import WeekRow, asked_week, read_weekly_body, week_rows
from tests.oracle.weekly_sheet import place
from tests.pages.http.addresses import Address
from tests.pages.http.markup import plain
from tests.pages.http.reading import Line, nonzero
from tests.worlds.world import User, World


@dataclass(frozen=True)
class Figures:
    total: int
    billable: int
    amounts: dict[str, int]
    tracked_days: int


def user_of(world: World, user_id: int) -> User:
    return next(user for user in world.users if user.user_id == user_id)


def amounts_of(lines: Iterable[Tracked]) -> dict[str, int]:
    """Of each currency one sum, rounded once (D6.2); no prices, no amounts."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.price:
            sums[line.price.currency] = sums.get(line.price.currency, 0) + line.microcents
    return nonzero({one: cents(amount) for one, amount in sums.items()})


def tracked(world: World, viewer: User, asked: Mapping[str, Any], now: datetime) -> list[Tracked]:
    days = asked_days(asked, local_today(viewer, now))
    return report_lines(world, viewer, asked, days)


def summary_of(world: World, viewer: User, address: Address, now: datetime) -> list[Line]:
    """Groups and sub groups in the order of the page."""
    asked = read_sheet_body(address.body, sees_rates=sees_rates(world, viewer))
    lines = tracked(world, viewer, asked, now)
    told = []
    for part in group_parts(world, viewer, asked, lines):
        line = line_of_part(part)
        line.key = key_of(part.value)
        line.subs = [line_of_part(sub) for sub in sub_group_parts(world, asked, part)]
        told.append(line)
    return told


def line_of_part(part: Part) -> Line:
    price = part.price
    rates = nonzero({price.currency: price.hourly_rate_cents}) if price else {}
    return Line(plain(part.title), part.seconds, amounts_of(part.lines), rates=rates)


def key_of(value: Any) -> str:
    """The id, those of tags joined, or `none`."""
    if isinstance(value, tuple):
        return "-".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def detailed_of(world: World, viewer: User, address: Address, now: datetime) -> list[Line]:
    """Every entry in order; `text` is its description."""
    asked = read_detailed_body(address.body)
    lines = tracked(world, viewer, asked, now)
    return [
        Line(
            plain(row.first.entry.description),
            row.seconds,
            amounts_of(row.lines),
            str(row.first.entry.entry_id),
        )
        for row in ordered_rows(world, asked, lines)
    ]


def figures_of(world: World, viewer: User, address: Address, now: datetime) -> Figures:
    asked = read_sheet_body(
        {key: value for key, value in address.body.items() if not key.startswith("order_")},
        sees_rates=sees_rates(world, viewer),
    )
    lines = tracked(world, viewer, asked, now)
    return Figures(
        total=sum(line.seconds for line in lines),
        billable=sum(line.seconds for line in lines if line.entry.is_billable),
        amounts=amounts_of(lines),
        tracked_days=len({line.local_start.date() for line in lines if line.seconds}),
    )


def week_of(world: World, viewer: User, address: Address, now: datetime) -> list[list[int]]:
    """Seven days and their total by row, as time or, for who may see it and asks so, as money."""
    asked = read_weekly_body(address.body)
    days = asked_week(asked, local_today(viewer, now))
    rows = week_rows(asked, report_lines(world, viewer, asked, days))
    is_money = asked["calculate"] == "amounts" and sees_rates(world, viewer)
    told = []
    for row in sorted(rows, key=lambda row: place(world, asked, row)):
        parts = [*lines_by_bucket(days, "day", row.lines), row.lines]
        told.append([value_of(part, is_money=is_money) for part in parts])
    return told


def value_of(lines: list[Tracked], *, is_money: bool) -> int:
    """A project has one currency."""
    if is_money:
        return sum(amounts_of(lines).values())
    return sum(line.seconds for line in lines)


def week_names(world: World, viewer: User, address: Address, now: datetime) -> set[str]:
    """Whose rows there are."""
    asked = read_weekly_body(address.body)
    days = asked_week(asked, local_today(viewer, now))
    rows: list[WeekRow] = week_rows(asked, report_lines(world, viewer, asked, days))
    return {plain(user_of(world, row.user_id).name) for row in rows}


def currencies_of(world: World) -> set[str]:
    return {world.currency, *(currency(world, entry) for entry in world.entries)}
