"""The summary report: where the hours went, in two levels (D7)."""

import polars as pl

from gnomon.columns.table import Dimensions, EntryTable
from gnomon.engine.fold import fold_lines, merge_runs, number_runs
from gnomon.engine.keys import KeyPart
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.reports.audit import passing_groups, with_empty_groups
from gnomon.reports.names import named_groups, named_sub_groups
from gnomon.reports.results import SummaryReport

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
GROUP, SUB, RATE = "group_code", "sub_code", "rate_code"


def summary_report(query: SummaryQuery, table: EntryTable, sight: Sight) -> SummaryReport:
    """Pick the entries, round them, fold them into ordered lines, make these sub groups and groups."""
    rows = _pick(query, table, sight)
    lines = fold_lines(rows, _key_parts(query, table.dimensions, sight))
    groups = lines.group_by(GROUP, maintain_order=True).agg(pl.col("seconds").sum())
    shown = passing_groups(groups, query.audit, lines, table.dimensions.rates)
    if shown.height < groups.height:
        lines = lines.join(shown.select(GROUP), on=GROUP, how="semi", maintain_order="left")
    lines = lines.with_columns(
        group_row=number_runs([GROUP]), sub_row=number_runs(_sub_columns(query, lines))
    )
    report = SummaryReport(
        query=query,
        groups=named_groups(shown, query.grouping, table.dimensions),
        sub_groups=_sub_groups(lines, query.sub_grouping, table.dimensions),
        lines=_lines(lines),
        rates=table.dimensions.rates.select("currency", "cents"),
    )
    return with_empty_groups(report, groups, table, sight)


def _pick(query: SummaryQuery, table: EntryTable, sight: Sight) -> pl.DataFrame:
    columns = {
        GROUP: GROUP_COLUMNS[query.grouping][0],
        SUB: SUB_COLUMNS[query.sub_grouping][0],
        "seconds": "seconds",
        "local_start": "local_start",
        **({RATE: RATE} if sight.sees_amounts else {}),
        **({"entry_id": "entry_id"} if query.includes_entry_ids else {}),
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


def _key_parts(query: SummaryQuery, dimensions: Dimensions, sight: Sight) -> list[KeyPart]:
    """Group, sub group, and for who may see them the rate: without it nothing can be told of rates (D6.7)."""
    group, sub = GROUP_COLUMNS[query.grouping][1], SUB_COLUMNS[query.sub_grouping][1]
    parts = [
        KeyPart(GROUP, getattr(dimensions, group)),
        KeyPart(SUB, getattr(dimensions, sub)),
    ]
    return [*parts, KeyPart(RATE, dimensions.rates, or_null=True)] if sight.sees_amounts else parts


def _sub_columns(query: SummaryQuery, lines: pl.DataFrame) -> list[str]:
    """What makes a sub group of its own (D7.6)."""
    has_rates = query.splits_rates and RATE in lines.columns
    return [GROUP, SUB, RATE] if has_rates else [GROUP, SUB]


def _sub_groups(
    lines: pl.DataFrame, sub_grouping: SubGrouping, dimensions: Dimensions
) -> pl.DataFrame:
    has_single_lines = lines.is_empty() or lines["sub_row"].last() == lines.height - 1
    merged = lines if has_single_lines else merge_runs(lines, "sub_row", ["group_row", SUB])
    return named_sub_groups(merged, sub_grouping, dimensions)


def _lines(lines: pl.DataFrame) -> pl.DataFrame:
    if RATE not in lines.columns:
        lines = lines.with_columns(pl.lit(None, dtype=pl.UInt32).alias(RATE))
    kept = ["microcents"] if "microcents" in lines.columns else []
    return lines.select("sub_row", "seconds", RATE, *kept)
