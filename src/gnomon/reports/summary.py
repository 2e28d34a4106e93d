"""The summary report: where the hours went, in two levels (D7)."""

import polars as pl

from gnomon.columns.table import Dimensions, EntryTable
from gnomon.engine.fold import fold_lines, merge_runs, number_runs
from gnomon.engine.pricing import microcents
from gnomon.engine.rounding import round_seconds
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.grouping import Grouping, SubGrouping
from gnomon.query.queries import SummaryQuery
from gnomon.reports.audit import passing_groups, with_empty_groups
from gnomon.reports.names import named, named_groups
from gnomon.reports.results import SummaryReport

GROUP_COLUMNS = {
    Grouping.PROJECTS: "project_id",
    Grouping.CLIENTS: "client_id",
    Grouping.USERS: "user_id",
    Grouping.TASKS: "task_id",
    Grouping.TAGS: "tag_set_code",
}
SUB_COLUMNS = {
    SubGrouping.TIME_ENTRIES: "description_code",
    SubGrouping.PROJECTS: "project_id",
    SubGrouping.CLIENTS: "client_id",
    SubGrouping.USERS: "user_id",
    SubGrouping.TASKS: "task_id",
}


def summary_report(query: SummaryQuery, table: EntryTable, sight: Sight) -> SummaryReport:
    """Pick the entries, round them, add them up, put the lines in order, make them groups and sub groups."""
    rows = _pick(query, table, sight)
    lines = fold_lines(rows, _line_keys(sight))
    lines = _order(lines, query, table.dimensions)
    groups = _groups(lines)
    shown = passing_groups(groups, query.audit, lines, table.dimensions.rates)
    if shown.height < groups.height:
        lines = lines.join(
            shown.select("group_key"),
            on="group_key",
            how="semi",
            nulls_equal=True,
            maintain_order="left",
        )
    lines = number_runs(lines, ["group_key"], "group_row")
    lines = number_runs(lines, _sub_keys(query, sight), "sub_row")
    report = SummaryReport(
        query=query,
        groups=named_groups(shown, query.grouping, table.dimensions),
        sub_groups=_sub_groups(lines, query.sub_grouping, table.dimensions),
        rates=_rates(lines, table.dimensions),
    )
    return with_empty_groups(report, groups, table, sight)


def _pick(query: SummaryQuery, table: EntryTable, sight: Sight) -> pl.DataFrame:
    group, sub = GROUP_COLUMNS[query.grouping], SUB_COLUMNS[query.sub_grouping]
    columns = [group, sub, "seconds", "local_start"]
    columns += ["rate_code"] if sight.sees_amounts else []
    columns += ["entry_id"] if query.includes_entry_ids else []
    rows = select_rows(table, query.selection, sight, columns).rename(
        {group: "group_key", sub: "sub_key"}
    )
    rounded = rows.with_columns(round_seconds(pl.col("seconds"), query.rounding))
    if not _needs_amounts(query, sight):
        return rounded
    rate_cents = pl.lit(table.dimensions.rates["cents"]).gather("rate_code").fill_null(0)
    return rounded.with_columns(microcents=microcents(pl.col("seconds"), rate_cents))


def _needs_amounts(query: SummaryQuery, sight: Sight) -> bool:
    return sight.sees_amounts and (query.includes_amounts or query.audit.group_filter.bounds_amount)


def _line_keys(sight: Sight) -> list[str]:
    """Who may not see rates gets no line of their own for each, so nothing can be told from order or count (D6.7)."""
    return ["group_key", "sub_key", "rate_code"] if sight.sees_amounts else ["group_key", "sub_key"]


def _sub_keys(query: SummaryQuery, sight: Sight) -> list[str]:
    """What makes a sub group of its own (D7.6)."""
    return _line_keys(sight) if query.splits_rates else ["group_key", "sub_key"]


def _order(lines: pl.DataFrame, query: SummaryQuery, dimensions: Dimensions) -> pl.DataFrame:
    """Groups and sub groups by id, nothing first; tag sets by their ids, texts by code point, rates last (D7.5)."""
    group_place = pl.col("group_key")
    if query.grouping is Grouping.TAGS:
        group_place = pl.lit(dimensions.tag_sets["rank"]).gather(group_place)
    sub_place = pl.col("sub_key")
    if query.sub_grouping is SubGrouping.TIME_ENTRIES:
        sub_place = pl.lit(dimensions.descriptions.frame["rank"]).gather(sub_place)
    places = [group_place, sub_place]
    if "rate_code" in lines.columns:
        places.append(pl.lit(dimensions.rates["rank"]).gather("rate_code"))
    return lines.sort(places, nulls_last=False)


def _groups(lines: pl.DataFrame) -> pl.DataFrame:
    return lines.group_by("group_key", maintain_order=True).agg(pl.col("seconds").sum())


def _sub_groups(
    lines: pl.DataFrame, sub_grouping: SubGrouping, dimensions: Dimensions
) -> pl.DataFrame:
    has_single_lines = lines.is_empty() or lines["sub_row"].last() == lines.height - 1
    merged = lines if has_single_lines else merge_runs(lines, "sub_row", ["group_row", "sub_key"])
    kept = ["entry_ids"] if "entry_ids" in merged.columns else []
    return named(merged, sub_grouping, dimensions).select(
        "group_row",
        "id",
        pl.col("name").fill_null("").alias("title"),
        pl.col("name_json").fill_null('""').alias("title_json"),
        *(["color"] if sub_grouping is SubGrouping.PROJECTS else []),
        "seconds",
        "local_start",
        *kept,
    )


def _rates(lines: pl.DataFrame, dimensions: Dimensions) -> pl.DataFrame:
    if "rate_code" not in lines.columns:
        lines = lines.clear().with_columns(rate_code=pl.lit(None, dtype=pl.UInt32))
    billable = lines.filter(pl.col("rate_code").is_not_null())
    return billable.select(
        "sub_row",
        currency=pl.lit(dimensions.rates["currency"]).gather("rate_code"),
        cents=pl.lit(dimensions.rates["cents"]).gather("rate_code"),
        seconds="seconds",
        **({"microcents": "microcents"} if "microcents" in lines.columns else {}),
    )
