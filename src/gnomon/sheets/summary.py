"""The summary as a sheet (D8.3, D8.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from gnomon.query.presentation import OrderBy, Presentation
from gnomon.reports.results import SummaryReport
from gnomon.sheets.amounts import Amounts, amounts_of, earned_lines, rates_of, total_amounts
from gnomon.sheets.names import NameColumn, name_columns
from gnomon.sheets.sheet import Block, CellKind, Column, GroupedSheet, Sheet

DURATION = Column("Duration", CellKind.DURATION)


def summary_sheet(report: SummaryReport, presentation: Presentation) -> GroupedSheet:
    """Groups and their rows in the order that was asked for; the report must include amounts."""
    level = _Levels(report, presentation)
    return GroupedSheet(
        rows=level.groups if presentation.is_collapsed else level.rows,
        groups=level.groups,
        blocks=() if presentation.is_collapsed else level.blocks(),
        group_column_count=len(level.group_names),
        detail_columns=level.detail_columns(),
        charted=level.groups,
        colors=level.colors(),
        keys=level.keys(),
    )


@dataclass(frozen=True)
class _Levels:
    report: SummaryReport
    presentation: Presentation

    @cached_property
    def group_names(self) -> Sequence[NameColumn]:
        return name_columns(self.report.query.grouping, self.report.group_things)

    @cached_property
    def sub_names(self) -> Sequence[NameColumn]:
        """Those that the group does not tell already."""
        told = {column.title for column in self.group_names}
        columns = name_columns(self.report.query.sub_grouping, self.report.sub_things)
        return [column for column in columns if column.title not in told]

    @cached_property
    def shared_names(self) -> dict[str, NameColumn]:
        """The sub groups' columns that the groups have, too."""
        told = {column.title for column in self.group_names}
        columns = name_columns(self.report.query.sub_grouping, self.report.sub_things)
        return {column.title: column for column in columns if column.title in told}

    def detail_columns(self) -> list[int]:
        """The sub groups' own columns, or where the group has told all of them already those same columns."""
        group_count = len(self.group_names)
        if self.sub_names:
            return [*range(group_count, group_count + len(self.sub_names))]
        titles = [column.title for column in self.group_names]
        return [titles.index(title) for title in self.shared_names]

    @cached_property
    def earned(self) -> pl.DataFrame:
        return earned_lines(self.report)

    @cached_property
    def groups_in_order(self) -> pl.DataFrame:
        """group_row, code, seconds."""
        groups = self.report.groups.with_row_index("group_row")
        return self._ordered(groups, self.group_names[0].of(groups["code"]), [])

    @cached_property
    def rows_in_order(self) -> pl.DataFrame:
        """group_row, group_code, sub_row?, code?, seconds; a group without sub groups has a row of its own."""
        subs = self.report.sub_groups.select("group_row", "code", "seconds").with_row_index(
            "sub_row"
        )
        groups = self.groups_in_order.select(
            "group_row", group_code="code", place=pl.int_range(pl.len())
        ).cast({"group_row": pl.Int64})
        rows = groups.join(subs.cast({"group_row": pl.Int64}), on="group_row", how="left")
        rows = rows.with_columns(pl.col("seconds").fill_null(0)).sort("place", "sub_row")
        titles = name_columns(self.report.query.sub_grouping, self.report.sub_things)[0]
        return self._ordered(rows, titles.of(rows["code"]), ["place"])

    def _ordered(self, rows: pl.DataFrame, names: pl.Series, within: list[str]) -> pl.DataFrame:
        """Only the asked key is turned round; ties go by name, then stay as they are: by id and rate (D8.3)."""
        key = "name" if self.presentation.order_by is OrderBy.TITLE else "seconds"
        return (
            rows.with_columns(names.alias("name"))
            .sort(
                [*within, key, "name"],
                descending=[*(False for _ in within), self.presentation.is_descending, False],
                maintain_order=True,
            )
            .drop("name")
        )

    def blocks(self) -> list[Block]:
        told = self.rows_in_order.group_by("place", maintain_order=True).agg(
            count=pl.len(), is_untracked=pl.col("sub_row").is_null().all()
        )
        return [
            Block(row_count=count, color=color, is_untracked=is_untracked)
            for (_, count, is_untracked), color in zip(told.rows(), self.colors(), strict=True)
        ]

    def colors(self) -> list[str | None]:
        things = self.report.group_things
        codes = self.groups_in_order["code"]
        if "color" not in things.columns:
            return [None] * len(codes)
        told: list[str | None] = things["color"].gather(codes).to_list()
        return told

    def keys(self) -> list[str]:
        things = self.report.group_things
        ids = pl.col("id").cast(pl.String)
        if "tag_ids" in things.columns:
            ids = pl.col("tag_ids").cast(pl.List(pl.String)).list.join("-").replace("", None)
        told: list[str] = (
            things.select(ids.fill_null("none"))
            .to_series()
            .gather(self.groups_in_order["code"])
            .to_list()
        )
        return told

    @cached_property
    def groups(self) -> Sheet:
        amounts = self._shown_amounts("group_row", self.report.groups.height)
        return self._sheet(self.group_names, [], {}, amounts, self.groups_in_order, "group_row")

    @cached_property
    def rows(self) -> Sheet:
        count = self.report.sub_groups.height
        amounts, rates = self._shown_amounts("sub_row", count), self._shown_rates(count)
        order = self.rows_in_order
        return self._sheet(self.group_names, self.sub_names, rates, amounts, order, "sub_row")

    def _group_texts(self, names: NameColumn, part: pl.DataFrame, group_code: str) -> pl.Series:
        """What the group has no name for, the sub group may know: the project of an entry without a task."""
        texts = names.of(part[group_code])
        if group_code == "code" or names.title not in self.shared_names:
            return texts
        known = self.shared_names[names.title].of(part["code"])
        return pl.select(pl.when(texts != "").then(texts).otherwise(known)).to_series()

    def _shown_amounts(self, row: str, height: int) -> Amounts:
        return {} if self.presentation.hides_amounts else amounts_of(self.earned, row, height)

    def _shown_rates(self, height: int) -> Amounts:
        if self.presentation.hides_rates or not self.report.query.splits_rates:
            return {}
        return rates_of(self.earned, "sub_row", height)

    def _sheet(
        self,
        group_names: Sequence[NameColumn],
        sub_names: Sequence[NameColumn],
        rates: Amounts,
        amounts: Amounts,
        order: pl.DataFrame,
        row: str,
    ) -> Sheet:
        group_code = "group_code" if "group_code" in order.columns else "code"

        def read(offset: int, length: int) -> pl.DataFrame:
            part = order.slice(offset, length)
            columns = [
                *(self._group_texts(names, part, group_code) for names in group_names),
                *(names.of(part["code"]) for names in sub_names),
                *(values.gather(part[row]) for values in rates.values()),
                part["seconds"],
                *(values.gather(part[row]) for values in amounts.values()),
            ]
            return pl.DataFrame({str(number): one for number, one in enumerate(columns)})

        total = total_amounts(self.earned)
        names = [*group_names, *sub_names]
        return Sheet(
            columns=[
                *(Column(one.title) for one in names),
                *(Column(f"Rate ({code})", CellKind.MONEY, code) for code in rates),
                DURATION,
                *(Column(f"Amount ({code})", CellKind.MONEY, code) for code in amounts),
            ],
            row_count=order.height,
            read=read,
            totals=[
                *(None for _ in (*names, *rates)),
                int(self.report.groups["seconds"].sum()),
                *(total[code] for code in amounts),
            ],
        )
