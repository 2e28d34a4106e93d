"""The weekly report as a sheet: who, on what, and seven days (D8.4, D8.9)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import polars as pl

from gnomon.engine.pricing import cents
from gnomon.query.presentation import Formats, WeeklyGrouping, WeeklyValues
from gnomon.reports.results import WeeklyReport
from gnomon.reports.weekly import DAYS
from gnomon.sheets.sheet import Block, CellKind, Column, GroupedSheet, Sheet

HEADINGS = {WeeklyGrouping.USERS: ("User", "Email"), WeeklyGrouping.PROJECTS: ("Project", "Client")}
ORDERS = {
    WeeklyGrouping.USERS: ("User", "Project", "Task", "Client"),
    WeeklyGrouping.PROJECTS: ("Project", "Client", "User", "Task"),
}
GROUP_CODES = {WeeklyGrouping.USERS: "user_code", WeeklyGrouping.PROJECTS: "project_code"}
CURRENCY = "Currency"
NUMBERS = (*(str(day) for day in DAYS), "total")


@dataclass(frozen=True)
class WeeklyLayout:
    """What stands first, what the cells tell, how dates are written in the titles, and whether zeros are told: in print
    an empty cell is quicker to read.
    """

    grouping: WeeklyGrouping
    values: WeeklyValues
    formats: Formats
    tells_zeros: bool = True


def weekly_sheet(report: WeeklyReport, layout: WeeklyLayout, charts: GroupedSheet) -> GroupedSheet:
    """Rows by name; in print below the heading of their person or project. Charts are those of another sheet."""
    week = _Week(report, layout)
    details = [title for title in week.titles if title not in HEADINGS[layout.grouping]]
    if layout.grouping is WeeklyGrouping.USERS:
        details.remove("Client")
        details.insert(1, "Client")  # the project first, its client as a note
    return GroupedSheet(
        name="Weekly",
        rows=week.sheet(week.rows, week.titles),
        groups=week.sheet(week.groups, HEADINGS[layout.grouping]),
        blocks=[Block(row_count=count, color=None) for count in week.groups["row_count"]],
        group_column_count=len(HEADINGS[layout.grouping]),
        detail_columns=[week.titles.index(title) for title in details],
        charted=charts.groups,
        colors=charts.colors,
    )


@dataclass(frozen=True)
class _Week:
    report: WeeklyReport
    layout: WeeklyLayout

    @property
    def is_money(self) -> bool:
        """Who may not see amounts gets time (D6.7)."""
        return self.layout.values is WeeklyValues.AMOUNTS and self.report.sees_amounts

    @property
    def titles(self) -> list[str]:
        task = ["Task"] if self.report.query.splits_tasks else []
        currency = [CURRENCY] if self.is_money else []
        return ["User", "Email", "Client", "Project", *task, *currency]

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Names by their titles, codes, and the exact numbers "0" to "6" and "total"."""
        order = ORDERS[self.layout.grouping]
        named = self._named(self.report.rows.with_columns(self._numbers()))
        return named.sort(order, maintain_order=True)  # ties stay by id

    @cached_property
    def groups(self) -> pl.DataFrame:
        """The headings: their names and numbers, and how many rows stand below each.

        Money of several currencies is not added up (D6.5).
        """
        names = [*HEADINGS[self.layout.grouping], CURRENCY]
        return (
            self.rows.group_by(GROUP_CODES[self.layout.grouping], maintain_order=True)
            .agg(
                pl.len().alias("row_count"),
                pl.col(names).first(),
                *(self._sum(number) for number in NUMBERS),
            )
            .drop(GROUP_CODES[self.layout.grouping])
        )

    def _sum(self, number: str) -> pl.Expr:
        numbers = pl.col(number)
        if not self.is_money:
            return numbers.sum()
        currencies = pl.col(CURRENCY).filter(pl.col("total").is_not_null())
        has_any = numbers.drop_nulls().len() > 0
        return pl.when(has_any & (currencies.n_unique() == 1)).then(numbers.sum()).alias(number)

    def _numbers(self) -> Iterator[pl.Expr]:
        kind = "microcents" if self.is_money else "seconds"
        days = [pl.col(f"{kind}_{day}") for day in DAYS]
        yield from (day.alias(str(number)) for number, day in enumerate(days))
        total = pl.sum_horizontal(days)
        is_there = pl.any_horizontal(day.is_not_null() for day in days)
        yield pl.when(is_there).then(total).alias("total")

    def _named(self, rows: pl.DataFrame) -> pl.DataFrame:
        dimensions = self.report.table.dimensions
        users, projects = dimensions.users, dimensions.projects

        def of(things: pl.DataFrame, column: str, code: str) -> pl.Expr:
            return pl.lit(things[column]).gather(code).fill_null("")

        return rows.with_columns(
            of(users, "name", "user_code").alias("User"),
            of(users, "email", "user_code").alias("Email"),
            of(projects, "client_name", "project_code").alias("Client"),
            of(projects, "name", "project_code").alias("Project"),
            of(dimensions.tasks, "name", "task_code").alias("Task"),
            of(projects, "currency", "project_code").alias(CURRENCY),
        )

    def sheet(self, rows: pl.DataFrame, titles: Sequence[str]) -> Sheet:
        numbers = [pl.col(number) for number in NUMBERS]
        if self.is_money:
            numbers = [cents(number).cast(pl.Int64) for number in numbers]
        if not self.layout.tells_zeros:
            numbers = [pl.when(number != 0).then(number) for number in numbers]
        told = rows.select(*titles, *numbers)
        cells = told.rename({name: str(place) for place, name in enumerate(told.columns)})
        return Sheet(
            columns=[*(Column(title) for title in titles), *self._number_columns()],
            row_count=rows.height,
            read=cells.slice,
            totals=[*(None for _ in titles), *self._totals()],
        )

    def _number_columns(self) -> Iterator[Column]:
        kind = CellKind.MONEY if self.is_money else CellKind.DURATION
        first = self.report.query.selection.days.first
        for day in DAYS:
            yield Column(f"{first + timedelta(days=day):{self.layout.formats.date.pattern}}", kind)
        yield Column("Total", kind)

    def _totals(self) -> list[int | None]:
        sums = self.rows.select(self._sum(number) for number in NUMBERS)
        if self.is_money:
            sums = sums.select(cents(pl.all()).cast(pl.Int64))
        return list(sums.row(0))
