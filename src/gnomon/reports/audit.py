"""Time audit: which groups are shown, and those in which nobody tracked anything (D7.7)."""

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from gnomon.engine.pricing import cents
from gnomon.engine.runs import IntColumn
from gnomon.query.access import Sight
from gnomon.query.grouping import GROUPINGS_WITH_EMPTIES, Grouping
from gnomon.reports.results import SummaryReport


def passing_groups(report: SummaryReport) -> NDArray[np.bool_]:
    """Which of the tracked groups are shown: rounded time and amount lie within the bounds, ends included.

    Lines without `microcents` are those of a viewer who may not see amounts, or of a filter that has no such bound.
    """
    audit, groups = report.query.audit, report.groups
    wanted = audit.group_filter
    if not audit.shows_tracked_groups:
        return np.zeros(groups.height, dtype=np.bool_)
    least, most = wanted.duration_seconds_min, wanted.duration_seconds_max
    is_shown = _within(groups["seconds"].to_numpy(), least, most)
    if not wanted.bounds_amount or "microcents" not in report.lines.columns:
        return is_shown
    amounts = _amounts(report, wanted.currency)
    return is_shown & _within(amounts, wanted.amount_cents_min, wanted.amount_cents_max)


def _within(values: IntColumn, least: int | None, most: int | None) -> NDArray[np.bool_]:
    is_within = np.ones(len(values), dtype=np.bool_)
    if least is not None:
        is_within &= values >= least
    if most is not None:
        is_within &= values <= most
    return is_within


def _amounts(report: SummaryReport, currency: str | None) -> IntColumn:
    """Cents that each group earns in that currency; 0 where it earns nothing in it."""
    is_wanted = report.rates.select(pl.col("currency") == pl.lit(currency, dtype=pl.String))
    is_counted = pl.lit(is_wanted.to_series()).gather("rate_code").fill_null(value=False)
    earned = report.lines.select(
        group_row=report.sub_groups["group_row"].gather(report.lines["sub_row"]),
        earned=pl.when(is_counted).then("microcents").otherwise(0),
    )
    sums = earned.group_by("group_row", maintain_order=True).agg(cents(pl.col("earned").sum()))
    amounts: IntColumn = sums["earned"].cast(pl.Int64).to_numpy()
    return amounts


def with_empty_groups(report: SummaryReport, tracked: SummaryReport, sight: Sight) -> SummaryReport:
    """Put in the active users, projects or clients without any selected entry, at their place by id."""
    query = report.query
    if not query.audit.shows_empty_groups or query.grouping not in GROUPINGS_WITH_EMPTIES:
        return report
    tracked_ids = tracked.of_groups("id")
    empties = (
        _candidates(query.grouping, report.group_things, sight)
        .filter(~pl.col("id").is_in(tracked_ids.drop_nulls().implode()))
        .select("code", "id", seconds=pl.lit(0, dtype=pl.Int64))
    )
    numbered = report.groups.with_columns(report.of_groups("id")).with_row_index("old_row")
    both = (
        pl.concat([numbered, empties], how="diagonal")
        .sort("id", nulls_last=False)
        .with_row_index("new_row")
    )
    rows = both.filter(pl.col("old_row").is_not_null()).sort("old_row")["new_row"].cast(pl.Int64)
    moved = report.sub_groups.with_columns(group_row=rows.gather(report.sub_groups["group_row"]))
    return replace(report, groups=both.select("code", "seconds"), sub_groups=moved)


def _candidates(grouping: Grouping, things: pl.DataFrame, sight: Sight) -> pl.DataFrame:
    """Who or what could have had entries, as far as the viewer may know of them (D9.3)."""
    active = things.with_row_index("code").filter("is_active")
    if grouping is Grouping.PROJECTS and sight.project_ids is not None:
        return active.filter(pl.col("id").is_in(sorted(sight.project_ids)))
    if grouping is Grouping.USERS and not sight.sees_team:
        return active.filter(pl.col("id") == sight.user_id)
    return active
