"""What reports answer: columns still, because a big answer stays columns until it is bytes."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.places import Places
from gnomon.engine.runs import IntColumn
from gnomon.query.queries import DetailedQuery, SummaryQuery, TotalsQuery, WeeklyQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Seconds over time; a bucket begins on its day in `starts` and ends before the next one (D8.2)."""

    starts: list[date]
    billable_seconds: list[int]
    other_seconds: list[int]
    tracked_day_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryReport:
    """A summary in wire order (D7.5).

    `groups`: code (into `group_things`), seconds.
    `sub_groups`: group_row (into groups), code (into `sub_things`), seconds, local_start (wall-clock seconds); with
        `includes_entry_ids` entry_ids (ascending).
    `lines`: sub_row (into sub_groups), seconds, rate_code? (into rates): what each sub group consists of, not
        billable first, then by currency and rate (D6.6); with `includes_amounts` also microcents (Int128).
    `rates`: currency, cents (columns/table.py). A viewer who may not see rates finds no code in any line (D6.7).
    `series`: of the shown groups, where the query has a `resolution`.
    `group_things`, `sub_things`: the dimensions that say what a code is called (columns/dimension.py).
    """

    query: SummaryQuery
    groups: pl.DataFrame
    sub_groups: pl.DataFrame
    lines: pl.DataFrame
    rates: pl.DataFrame
    group_things: pl.DataFrame
    sub_things: pl.DataFrame
    series: Series | None = None

    def of_groups(self, column: str) -> pl.Series:
        """What the dimension says in that column, for each group."""
        return self.group_things[column][self.groups["code"]]

    def of_sub_groups(self, column: str) -> pl.Series:
        return self.sub_things[column][self.sub_groups["code"]]


class HourlyRate(NamedTuple):
    """What an hour earns; in the order of the wire (D6.6). A tuple, because thousands are looked up in a report."""

    currency: str
    cents: int


@dataclass(slots=True)
class Sums:
    """What some entries add up to; amounts in microcents, never over several currencies (D6.2, D6.5)."""

    seconds: int = 0
    billable_seconds: int = 0
    cost_microcents: int = 0
    seconds_by_rate: dict[HourlyRate, int] = field(default_factory=dict)
    microcents_by_currency: dict[str, int] = field(default_factory=dict)

    def add(self, seconds: int, billable_seconds: int, cost_microcents: int) -> None:
        self.seconds += seconds
        self.billable_seconds += billable_seconds
        self.cost_microcents += cost_microcents

    def earn(self, rate: HourlyRate, seconds: int, microcents: int) -> None:
        by_rate, by_currency = self.seconds_by_rate, self.microcents_by_currency
        by_rate[rate] = by_rate.get(rate, 0) + seconds
        by_currency[rate.currency] = by_currency.get(rate.currency, 0) + microcents


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsReport:
    """The sums of a range and of each bucket of it, which begins on the day in `starts` (D8.2).

    `currency`: of the amount that the wire tells as one number (D6.5). A viewer who may not see rates or costs finds
    none in any of the sums.
    """

    query: TotalsQuery
    starts: list[date]
    buckets: list[Sums]
    whole: Sums
    tracked_day_count: int
    currency: str
    sees_amounts: bool
    sees_costs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedReport:
    """Every entry in order, as places in the table: what they hold is looked up for the rows that are shown.

    `entries`: places (engine/places.py), row after row; inside a row by start. `first_entries`: where in `entries` each
    row begins; None: every entry is a row of its own. `table`: as of which change the report is.
    """

    query: DetailedQuery
    table: EntryTable
    entries: Places
    first_entries: IntColumn | None
    sees_amounts: bool

    @property
    def row_count(self) -> int:
        return len(self.entries if self.first_entries is None else self.first_entries)

    @property
    def byte_count(self) -> int:
        """Without the table."""
        return self.entries.nbytes + (
            0 if self.first_entries is None else self.first_entries.nbytes
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """Seven days of each person on each project (D8.9).

    `rows`: user_code, project_code, task_code (0 where tasks are not split), rate_code? (of all billable entries of the
    row; null for several or none), and for each day 0..6 seconds_n, billable_seconds_n, microcents_n (Int128, null where
    nothing is billable): by user id, project id, task id, none first. A viewer who may not see amounts finds neither
    rates nor microcents.
    """

    query: WeeklyQuery
    table: EntryTable
    rows: pl.DataFrame
    sees_amounts: bool
