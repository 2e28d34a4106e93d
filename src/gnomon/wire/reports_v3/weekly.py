"""The weekly report: its body as a question, its answer as the vendor's JSON (D8.9)."""

from typing import Any

import msgspec
import polars as pl

from gnomon.engine.pricing import cents
from gnomon.query.presentation import WeeklyGrouping, WeeklyValues
from gnomon.query.queries import WeeklyQuery
from gnomon.reports.results import WeeklyReport
from gnomon.reports.weekly import DAYS
from gnomon.units.dates import DayRange
from gnomon.wire.body import Body
from gnomon.wire.errors import NotAllowed, NotSupported
from gnomon.wire.reports_v3.to_query import Asker, report_rounding, report_selection

NAME_KEYS = (
    "user_id",
    "user_name",
    "client_name",
    "project_id",
    "project_name",
    "project_color",
    "project_hex_color",
    "planned_task_id",
    "currency",
)
EARNINGS = "earnings"  # what v2 called the amounts


def weekly_query(body: Body, asker: Asker) -> WeeklyQuery:
    """The body of `weekly/time_entries` and of its exports; other than seven days are refused."""
    selection = report_selection(body, asker)
    if not is_week(selection.days):
        raise NotSupported("end_date")
    weekly_layout(body)
    return WeeklyQuery(
        selection=selection,
        rounding=report_rounding(body, asker),
        splits_tasks=bool(body.flag("group_by_task")),
    )


def is_week(days: DayRange) -> bool:
    return days.day_count == len(DAYS)


def weekly_layout(body: Body) -> tuple[WeeklyGrouping, WeeklyValues]:
    """What stands first in a file, and what its cells tell."""
    grouping = body.one_of("grouping", tuple(WeeklyGrouping)) or WeeklyGrouping.USERS
    values = body.text("calculate") or WeeklyValues.TIME
    if values == EARNINGS:
        values = WeeklyValues.AMOUNTS
    if values not in tuple(WeeklyValues):
        raise NotAllowed("calculate", tuple(WeeklyValues))
    return WeeklyGrouping(grouping), WeeklyValues(values)


def weekly_json(report: WeeklyReport, *, has_billable: bool, hides_rates: bool = False) -> bytes:
    """A bare array; `has_billable`: a workspace on the vendor's free plan is told nothing billable."""
    return msgspec.json.encode(
        weekly_rows(report, has_billable=has_billable, hides_rates=hides_rates)
    )


def weekly_rows(
    report: WeeklyReport, *, has_billable: bool, hides_rates: bool = False
) -> list[dict[str, Any]]:
    """`weekly.DataRow` (reports-api-v3.md, 3B) with arrays of seven numbers."""
    rows = _named(report)
    shows_rates = report.sees_amounts and not hides_rates
    no_week = [None] * rows.height
    told = {
        **{name: rows[name].to_list() for name in NAME_KEYS},
        "hourly_rate_in_cents": rows["rate_cents"].to_list() if shows_rates else no_week,
        "seconds": _weeks(rows, "seconds"),
        "billable_seconds": _weeks(rows, "billable_seconds") if has_billable else no_week,
        "billable_amounts_in_cents": _weeks(rows, "cents") if report.sees_amounts else no_week,
    }
    return [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)]


def _weeks(rows: pl.DataFrame, name: str) -> list[tuple[int, ...]]:
    return list(zip(*(rows[f"{name}_{day}"].to_list() for day in DAYS), strict=True))


def _named(report: WeeklyReport) -> pl.DataFrame:
    """Ids and names in place of codes, cents in place of microcents."""
    dimensions = report.table.dimensions
    users, projects = dimensions.users, dimensions.projects

    def of(things: pl.DataFrame, column: str, code: str) -> pl.Expr:
        return pl.lit(things[column]).gather(code)

    has_project = pl.lit(projects["id"].is_not_null()).gather("project_code")
    amounts = (
        cents(pl.col(f"microcents_{day}")).cast(pl.Int64).fill_null(0).alias(f"cents_{day}")
        for day in DAYS
    )
    return report.rows.with_columns(
        *amounts,
        user_id=of(users, "id", "user_code"),
        user_name=of(users, "name", "user_code").fill_null(""),
        client_name=of(projects, "client_name", "project_code"),
        project_id=of(projects, "id", "project_code"),
        project_name=of(projects, "name", "project_code"),
        project_color=pl.when(has_project).then(pl.lit("0")),
        project_hex_color=of(projects, "color", "project_code"),
        planned_task_id=of(dimensions.tasks, "id", "task_code"),
        currency=of(projects, "currency", "project_code"),
        rate_cents=of(dimensions.rates, "cents", "rate_code"),
    )
