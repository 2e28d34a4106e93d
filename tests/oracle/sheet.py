"""The summary report as a sheet of texts, the way its files show it (D8.3-D8.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.oracle.body import BadBodyError
from tests.oracle.days import asked_days, local_today
from tests.oracle.lines import Line, Price, report_lines
from tests.oracle.sheet_body import read_sheet_body
from tests.oracle.sheet_names import Names, names_of
from tests.oracle.sheet_order import Part, ordered
from tests.oracle.sheet_texts import amount_text, duration_text, rate_text
from tests.oracle.summary import Answer, Asked, groups, put_together, value_of
from tests.oracle.visibility import sees_rates
from tests.worlds.world import User, World


@dataclass(frozen=True)
class Sheet:
    """`groups` are the rows as with `collapse`; `total` is as wide as `header`."""

    header: list[str]
    rows: list[list[str]]
    groups: list[list[str]]
    total: list[str]


@dataclass(frozen=True)
class Columns:
    """The titles of the name columns and the currencies of the others."""

    names: list[str]
    rates: list[str]
    amounts: list[str]

    def header(self) -> list[str]:
        rates = [f"Rate ({currency})" for currency in self.rates]
        return [*self.names, *rates, "Duration", *(f"Amount ({one})" for one in self.amounts)]


def sheet(
    world: World, viewer_id: int, body: Mapping[str, Any], today_utc: datetime
) -> Sheet | Answer:
    """The sheet for `body`, or the refusal; `today_utc` is the aware instant at which it is asked."""
    viewer = next((one for one in world.users if one.user_id == viewer_id and one.is_active), None)
    if viewer is None:
        return Answer(403, "Workspace not found/accessible")
    try:
        asked = read_sheet_body(body, sees_rates=sees_rates(world, viewer))
        days = asked_days(asked, local_today(viewer, today_utc))
    except BadBodyError as error:
        return Answer(400, str(error))
    lines = report_lines(world, viewer, asked, days)
    return written(world, asked, group_parts(world, viewer, asked, lines))


def group_parts(world: World, viewer: User, asked: Asked, lines: list[Line]) -> list[Part]:
    """The groups of the JSON report, each with its lines (none in an empty group)."""
    grouping = asked["grouping"]
    tracked = put_together(lines, lambda line: value_of(line, grouping))
    shown = groups(world, viewer, asked, lines)
    values = [tuple(one["ids"]) if grouping == "tags" else one["id"] for one in shown]
    parts = [
        Part(value, names_of(world, grouping, value), None, tracked.get(value, []))
        for value in values
    ]
    return ordered(parts, asked)


def sub_group_parts(world: World, asked: Asked, group: Part) -> list[Part]:
    """Split by rate where rates are distinguished; one blank part for an empty group."""
    sub_grouping, is_split = asked["sub_grouping"], asked["distinguish_rates"]
    if not group.lines:
        return [Part(None, names_of(world, sub_grouping, None), None, [])]

    def key_of(line: Line) -> tuple[Any, Price | None]:
        return value_of(line, sub_grouping), line.price if is_split else None

    together = put_together(group.lines, key_of)
    parts = [
        Part(value, names_of(world, sub_grouping, value), price, lines)
        for (value, price), lines in together.items()
    ]
    return ordered(parts, asked)


def written(world: World, asked: Asked, parts: list[Part]) -> Sheet:
    shown = [line for part in parts for line in part.lines]
    narrow, wide = group_columns(world, asked, shown), sub_group_columns(world, asked, shown)
    collapsed = [row(narrow, asked, part.names, part) for part in parts]
    full = [
        row(wide, asked, shared_names(part, sub_part), sub_part)
        for part in parts
        for sub_part in sub_group_parts(world, asked, part)
    ]
    columns = narrow if asked["collapse"] else wide
    total = row(columns, asked, {columns.names[0]: "Total"}, Part(None, {}, None, shown))
    rows = collapsed if asked["collapse"] else full
    return Sheet(columns.header(), rows, collapsed, total)


def shared_names(group: Part, sub_group: Part) -> Names:
    """A column of both shows the group's value, or the sub group's where the group has none."""
    return sub_group.names | {title: name for title, name in group.names.items() if name}


def group_columns(world: World, asked: Asked, shown: list[Line]) -> Columns:
    """Who may not see amounts has no prices in his lines, so no currency is present (D6.7)."""
    amounts = [] if asked["hide_amounts"] else currencies(shown)
    return Columns(titles(world, asked["grouping"]), [], amounts)


def sub_group_columns(world: World, asked: Asked, shown: list[Line]) -> Columns:
    narrow = group_columns(world, asked, shown)
    added = [one for one in titles(world, asked["sub_grouping"]) if one not in narrow.names]
    has_rates = asked["distinguish_rates"] and not asked["hide_rates"]
    return Columns(narrow.names + added, currencies(shown) if has_rates else [], narrow.amounts)


def titles(world: World, grouping: str) -> list[str]:
    return list(names_of(world, grouping, () if grouping == "tags" else None))


def currencies(lines: list[Line]) -> list[str]:
    return sorted({line.price.currency for line in lines if line.price})


def row(columns: Columns, asked: Asked, names: Names, part: Part) -> list[str]:
    return [
        *(names.get(title, "") for title in columns.names),
        *(rate_text(part.price, currency, asked) for currency in columns.rates),
        duration_text(part.seconds, asked["duration_format"]),
        *(amount_text(part.lines, currency, asked) for currency in columns.amounts),
    ]
