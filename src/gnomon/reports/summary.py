"""The summary report: where the hours went, in two levels (D7)."""

from dataclasses import replace

import numpy as np
import polars as pl

from gnomon.columns.table import Dimensions, EntryTable
from gnomon.engine.fold import OrderedRows, ordered_rows
from gnomon.engine.keys import Key, KeyPart
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.runs import (
    IntColumn,
    least_of_runs,
    lists_of_runs,
    runs_of_rows,
    starts_of_runs,
    sums_of_runs,
    wide_sums_of_runs,
)
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.reports.audit import passing_groups, with_empty_groups
from gnomon.reports.results import SummaryReport
from gnomon.reports.series import time_series

GROUP_COLUMNS = {
    Grouping.PROJECTS: ("project_code", "projects"),
    Grouping.CLIENTS: ("client_code", "clients"),
    Grouping.USERS: ("user_code", "users"),
    Grouping.TASKS: ("task_code", "tasks"),
    Grouping.TAGS: ("tag_set_code", "tag_sets"),
}
SUB_COLUMNS = {
    SubGrouping.TIME_ENTRIES: ("description_code", "descriptions"),
    SubGrouping.PROJECTS: ("project_code", "projects"),
    SubGrouping.CLIENTS: ("client_code", "clients"),
    SubGrouping.USERS: ("user_code", "users"),
    SubGrouping.TASKS: ("task_code", "tasks"),
}
SERIES_COLUMNS = {"local_day": "local_day", "is_billable": "is_billable"}
GROUP, SUB, RATE = "group_code", "sub_code", "rate_code"  # in the order of the key
FEW_DAYS = 31
GROUP_PART, SUB_PART, RATE_PART = range(3)


def summary_report(query: SummaryQuery, table: EntryTable, sight: Sight) -> SummaryReport:
    """Pick the entries, round them, put them in the report's order, add up lines, sub groups and groups."""
    key = _key(query, table.dimensions, sight)
    are_few = query.selection.days.day_count <= FEW_DAYS
    rows = ordered_rows(_pick(query, table, sight), key, are_few=are_few)
    tracked = _added_up(rows, key, query, table.dimensions)
    is_shown = passing_groups(tracked)
    shown = tracked
    if not is_shown.all():
        group_starts = starts_of_runs(key.first_parts(rows.keys, GROUP_PART + 1))
        is_kept = np.repeat(is_shown, np.diff(group_starts, append=len(rows)))
        shown = _added_up(rows.where(is_kept), key, query, table.dimensions)
    return with_empty_groups(shown, tracked, sight)


def without_rates(report: SummaryReport) -> SummaryReport:
    """Its times and groups, with nothing told of rates."""
    no_rate = pl.lit(None, dtype=pl.UInt32).alias(RATE)
    return replace(report, lines=report.lines.with_columns(no_rate))


def _pick(query: SummaryQuery, table: EntryTable, sight: Sight) -> pl.LazyFrame:
    columns = {
        GROUP: GROUP_COLUMNS[query.grouping][0],
        SUB: SUB_COLUMNS[query.sub_grouping][0],
        "seconds": "seconds",
        "local_start": "local_start",
        **({RATE: RATE} if sight.sees_amounts else {}),
        **({"entry_id": "entry_id"} if query.includes_entry_ids else {}),
        **(SERIES_COLUMNS if query.resolution else {}),
    }
    rows = select_rows(table, query.selection, sight, columns)
    if not query.rounding.is_off:
        rows = rows.with_columns(round_seconds(pl.col("seconds"), query.rounding))
    if not _needs_amounts(query, sight):
        return rows
    rate_cents = pl.lit(table.dimensions.rates["cents"]).gather(RATE).fill_null(0)
    return rows.with_columns(microcents=microcents(pl.col("seconds"), rate_cents))


def _needs_amounts(query: SummaryQuery, sight: Sight) -> bool:
    return sight.sees_amounts and (query.includes_amounts or query.audit.group_filter.bounds_amount)


def _key(query: SummaryQuery, dimensions: Dimensions, sight: Sight) -> Key:
    """Group, sub group, and for who may see them the rate: without it nothing can be told of rates (D6.7)."""
    group, sub = GROUP_COLUMNS[query.grouping][1], SUB_COLUMNS[query.sub_grouping][1]
    parts = [
        KeyPart(GROUP, getattr(dimensions, group)),
        KeyPart(SUB, getattr(dimensions, sub)),
    ]
    return Key(
        [*parts, KeyPart(RATE, dimensions.rates, or_null=True)] if sight.sees_amounts else parts
    )


def _added_up(
    rows: OrderedRows, key: Key, query: SummaryQuery, dimensions: Dimensions
) -> SummaryReport:
    """Equal keys are a line; lines with equal first parts are a sub group, or each is one of its own (D7.6)."""
    has_rates = len(key.parts) > RATE_PART
    sub_parts = len(key.parts) if query.splits_rates else SUB_PART + 1
    lines = starts_of_runs(rows.keys)
    sub_lines = starts_of_runs(key.first_parts(rows.keys[lines], sub_parts))
    subs = lines[sub_lines]
    group_subs = starts_of_runs(key.first_parts(rows.keys[subs], GROUP_PART + 1))
    groups = subs[group_subs]
    ids = {"entry_ids": lists_of_runs(rows["entry_id"], subs)} if "entry_id" in rows else {}
    amounts = (
        {"microcents": wide_sums_of_runs(rows["microcents"], lines)} if "microcents" in rows else {}
    )
    return SummaryReport(
        query=query,
        groups=_frame(
            code=key.codes(rows.keys[groups], GROUP_PART),
            seconds=sums_of_runs(rows["seconds"], groups),
        ),
        sub_groups=_frame(
            group_row=runs_of_rows(group_subs, len(subs)),
            code=key.codes(rows.keys[subs], SUB_PART),
            seconds=sums_of_runs(rows["seconds"], subs),
            local_start=least_of_runs(rows["local_start"], subs),
            **ids,
        ),
        lines=_frame(
            sub_row=runs_of_rows(sub_lines, len(lines)),
            seconds=sums_of_runs(rows["seconds"], lines),
            rate_code=key.codes(rows.keys[lines], RATE_PART) if has_rates else _no_codes(lines),
            **amounts,
        ),
        rates=dimensions.rates,
        group_things=getattr(dimensions, GROUP_COLUMNS[query.grouping][1]),
        sub_things=getattr(dimensions, SUB_COLUMNS[query.sub_grouping][1]),
        series=time_series(rows, query.selection.days, query.resolution)
        if query.resolution
        else None,
    )


def _frame(**columns: IntColumn | pl.Series) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(name, values) for name, values in columns.items()])


def _no_codes(lines: IntColumn) -> pl.Series:
    return pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(lines))
