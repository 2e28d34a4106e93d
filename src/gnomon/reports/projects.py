"""Who tracked how long on which project (D8.1)."""

from dataclasses import dataclass

import polars as pl

from gnomon.columns.table import EntryTable
from gnomon.engine.select import select_rows
from gnomon.query.access import Sight
from gnomon.query.selection import Selection


@dataclass(frozen=True, slots=True)
class ProjectUser:
    """One person's unrounded seconds on one project; `project_id` None: on none."""

    user_id: int
    project_id: int | None
    tracked_seconds: int
    billable_seconds: int


def project_users(selection: Selection, table: EntryTable, sight: Sight) -> list[ProjectUser]:
    """By project, none first, then by person."""
    columns = {name: name for name in ("project_code", "user_code", "seconds", "is_billable")}
    rows = select_rows(table, selection, sight, columns)
    billable = pl.when("is_billable").then("seconds").otherwise(0)
    sums = rows.group_by("project_code", "user_code").agg(
        tracked=pl.col("seconds").sum(), billable=billable.sum()
    )
    named = sums.filter(pl.col("tracked") > 0).select(
        user_id=pl.lit(table.dimensions.users["id"]).gather("user_code"),
        project_id=pl.lit(table.dimensions.projects["id"]).gather("project_code"),
        tracked="tracked",
        billable="billable",
    )
    ordered = named.sort("project_id", "user_id", nulls_last=False).collect()
    return [ProjectUser(*row) for row in ordered.iter_rows()]
