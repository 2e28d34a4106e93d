"""Time audit: which groups are shown, and those in which nobody tracked anything (D7.7)."""

from dataclasses import replace

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.pricing import cents
from gnomon.query.access import Sight
from gnomon.query.grouping import GROUPINGS_WITH_EMPTIES, Grouping
from gnomon.query.queries import Audit
from gnomon.reports.results import SummaryReport


def passing_groups(
    groups: pl.DataFrame, audit: Audit, lines: pl.DataFrame, rates: pl.DataFrame
) -> pl.DataFrame:
    """The tracked groups that are shown: rounded time and amount lie within the bounds, ends included.

    Lines without `microcents` are those of a viewer who may not see amounts, or of a filter that has no such bound.
    """
    if not audit.shows_tracked_groups or groups.is_empty():
        return groups.clear()
    wanted = audit.group_filter
    kept = groups.filter(
        _within("seconds", wanted.duration_seconds_min, wanted.duration_seconds_max)
    )
    if not wanted.bounds_amount or "microcents" not in lines.columns:
        return kept
    amounts = _amounts(lines, rates, wanted.currency)
    return (
        kept.join(amounts, on="group_code", how="left", maintain_order="left")
        .filter(_within("amount_cents", wanted.amount_cents_min, wanted.amount_cents_max))
        .drop("amount_cents")
    )


def _within(column: str, least: int | None, most: int | None) -> pl.Expr:
    value = pl.col(column)
    bound = pl.lit(value=True)
    if least is not None:
        bound = bound & (value >= least)
    if most is not None:
        bound = bound & (value <= most)
    return bound


def _amounts(lines: pl.DataFrame, rates: pl.DataFrame, currency: str | None) -> pl.DataFrame:
    """What each group earns in that currency; 0 where it earns nothing in it."""
    is_wanted = rates.select(pl.col("currency") == pl.lit(currency, dtype=pl.String)).to_series()
    is_counted = pl.lit(is_wanted).gather("rate_code").fill_null(value=False)
    earned = pl.when(is_counted).then("microcents").otherwise(0)
    return lines.group_by("group_code").agg(amount_cents=cents(earned.sum()))


def with_empty_groups(
    report: SummaryReport, tracked: pl.DataFrame, table: EntryTable, sight: Sight
) -> SummaryReport:
    """Put in the active users, projects or clients without any selected entry, at their place by id."""
    query = report.query
    if not query.audit.shows_empty_groups or query.grouping not in GROUPINGS_WITH_EMPTIES:
        return report
    tracked_ids = _dimension(query.grouping, table)["id"].gather(tracked["group_code"])
    empties = (
        _candidates(query.grouping, table, sight)
        .filter(~pl.col("id").is_in(tracked_ids.drop_nulls().implode()))
        .with_columns(seconds=pl.lit(0, dtype=pl.Int64))
    )
    numbered = report.groups.with_row_index("old_row")
    new = empties.select(name for name in report.groups.columns)
    both = (
        pl.concat([numbered, new], how="diagonal")
        .sort("id", nulls_last=False)
        .with_row_index("new_row")
    )
    rows = both.filter(pl.col("old_row").is_not_null()).sort("old_row")["new_row"]
    moved = report.sub_groups.with_columns(group_row=rows.gather(report.sub_groups["group_row"]))
    return replace(report, groups=both.drop("old_row", "new_row"), sub_groups=moved)


def _candidates(grouping: Grouping, table: EntryTable, sight: Sight) -> pl.DataFrame:
    """Who or what could have had entries, as far as the viewer may know of them (D9.3)."""
    active = _dimension(grouping, table).filter("is_active")
    if grouping is Grouping.PROJECTS and sight.project_ids is not None:
        return active.filter(pl.col("id").is_in(sorted(sight.project_ids)))
    if grouping is Grouping.USERS and not sight.sees_team:
        return active.filter(pl.col("id") == sight.user_id)
    return active


def _dimension(grouping: Grouping, table: EntryTable) -> pl.DataFrame:
    dimension: pl.DataFrame = getattr(table.dimensions, grouping)
    return dimension
