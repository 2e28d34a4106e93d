"""The detailed report: its body as a question and a page, its answer as the vendor's JSON (D8.8)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from gnomon.query.queries import DetailedQuery, EntryOrder, Page
from gnomon.reports.cursors import cursor_at
from gnomon.reports.detailed import entries_of_rows
from gnomon.reports.results import DetailedReport
from gnomon.units.dates import zone_of
from gnomon.units.money import cents
from gnomon.wire.body import Body
from gnomon.wire.errors import InvalidValue
from gnomon.wire.reports_v3.files import is_descending
from gnomon.wire.reports_v3.to_query import Asker, report_rounding, report_selection

PAGE_SIZE, PAGE_SIZE_MAX = 50, 10_000


def detailed_query(body: Body, asker: Asker) -> DetailedQuery:
    """The body of `search/time_entries` and of its exports."""
    return DetailedQuery(
        selection=report_selection(body, asker),
        order_by=EntryOrder(body.one_of("order_by", tuple(EntryOrder)) or EntryOrder.DATE),
        is_descending=is_descending(body),
        is_grouped=bool(body.flag("grouped")),
        rounding=report_rounding(body, asker),
    )


def asked_page(body: Body) -> Page:
    """A size above the greatest is the greatest; a cursor of 0 is none."""
    size = body.integer("page_size")
    if size is not None and size < 1:
        raise InvalidValue("page_size")
    return Page(
        size=min(size or PAGE_SIZE, PAGE_SIZE_MAX),
        row_number=_cursor(body, "first_row_number"),
        entry_id=_cursor(body, "first_id"),
        timestamp=body.integer("first_timestamp") or None,
    )


def _cursor(body: Body, key: str) -> int | None:
    number = body.integer(key)
    if number is not None and number < 0:
        raise InvalidValue(key)
    return number or None


def page_headers(report: DetailedReport, page: Page, first_row: int) -> dict[str, str]:
    """Where the next page begins, when there is one (reports-api-v3.md, 5.2)."""
    days = report.query.selection.days
    headers = {
        "X-Page-Size": str(page.size),
        "X-Range-Start": days.first.isoformat(),
        "X-Range-End": days.last.isoformat(),
    }
    cursor = cursor_at(report, first_row + page.size)
    if cursor is not None:
        headers["X-Next-ID"] = str(cursor.entry_id)
        headers["X-Next-Row-Number"] = str(cursor.row_number)
        headers["X-Next-Timestamp"] = str(cursor.timestamp)
    return headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """How much of a row is told: names, colours and addresses with `is_enriched`."""

    is_enriched: bool = False
    hides_amounts: bool = False
    hides_rates: bool = False


def asked_showing(body: Body) -> Showing:
    return Showing(
        is_enriched=bool(body.flag("enrich_response")),
        hides_amounts=bool(body.flag("hide_amounts")),
    )


def detailed_json(report: DetailedReport, first_row: int, size: int, showing: Showing) -> bytes:
    return msgspec.json.encode(detailed_rows(report, first_row, size, showing))


def detailed_rows(
    report: DetailedReport, first_row: int, size: int, showing: Showing
) -> list[dict[str, Any]]:
    """`detailed.GroupedTimeEntry`, keys in the order that was recorded (reports-api-v3.md, 5.1)."""
    rows: list[dict[str, Any]] = []
    told_row = -1
    microcents = 0
    for entry in _named(report, first_row, size).iter_rows(named=True):
        if entry["row"] != told_row:
            told_row, microcents = entry["row"], 0
            rows.append(_row(entry, report, showing))
        row = rows[-1]
        microcents += entry["microcents"] or 0
        if row["billable"] and report.sees_amounts and not showing.hides_amounts:
            row["billable_amount_in_cents"] = cents(microcents)
            if row["hourly_rate_in_cents"] != entry["rate_cents"]:
                row["hourly_rate_in_cents"] = None
        row["time_entries"].append(_time_entry(entry))
    return rows


def _row(entry: dict[str, Any], report: DetailedReport, showing: Showing) -> dict[str, Any]:
    """With the amounts of nothing yet."""
    shows_rate = report.sees_amounts and not (showing.hides_amounts or showing.hides_rates)
    return {
        "user_id": entry["user_id"],
        "username": entry["user_name"] or "",
        "project_id": entry["project_id"],
        "task_id": entry["task_id"],
        "billable": entry["is_billable"],
        "description": entry["description"] or "",
        "tag_ids": entry["tag_ids"],
        "billable_amount_in_cents": None,
        "hourly_rate_in_cents": entry["rate_cents"] if shows_rate else None,
        "currency": entry["currency"],
        **(_enrichment(entry) if showing.is_enriched else {}),
        "time_entries": [],
        "row_number": entry["row"] + 1,
    }


def _enrichment(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "client_name": entry["client_name"],
        "project_name": entry["project_name"],
        "project_color": None if entry["project_id"] is None else "0",
        "project_hex": entry["color"],
        "task_name": entry["task_name"],
        "tag_names": entry["tag_names"],
        "email": entry["email"],
    }


def _time_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """Instants with the offset of the user's zone then; `at` in UTC (D3.2)."""
    zone = zone_of(entry["zone"])
    changed_at = entry["updated_at"]
    return {
        "id": entry["entry_id"],
        "seconds": entry["seconds"],
        "start": _clock_text(entry["start"], zone),
        "stop": _clock_text(entry["stop"], zone),
        "at": _clock_text(changed_at, UTC_ZONE),
        "at_tz": _clock_text(changed_at, zone),
    }


UTC_ZONE = zone_of("UTC")


@lru_cache(maxsize=65_536)
def _clock_text(instant: int, zone: ZoneInfo) -> str:
    """`2024-04-08T21:19:52-07:00`."""
    return datetime.fromtimestamp(instant, UTC).astimezone(zone).isoformat()


def _named(report: DetailedReport, first_row: int, size: int) -> pl.DataFrame:
    """The entries of these rows with ids and names in place of codes."""
    dimensions = report.table.dimensions
    zones = report.table.around.zone_names

    def of(things: pl.DataFrame, column: str, code: str, name: str) -> pl.Expr:
        return pl.lit(things[column]).gather(code).alias(name)

    users, projects = dimensions.users, dimensions.projects
    named = entries_of_rows(report, first_row, size).with_columns(
        of(users, "id", "user_code", "user_id"),
        of(users, "name", "user_code", "user_name"),
        of(users, "email", "user_code", "email"),
        of(projects, "id", "project_code", "project_id"),
        of(projects, "name", "project_code", "project_name"),
        of(projects, "client_name", "project_code", "client_name"),
        of(projects, "color", "project_code", "color"),
        of(projects, "currency", "project_code", "currency"),
        of(dimensions.tasks, "id", "task_code", "task_id"),
        of(dimensions.tasks, "name", "task_code", "task_name"),
        of(dimensions.descriptions, "name", "description_code", "description"),
        of(dimensions.tag_sets, "tag_ids", "tag_set_code", "tag_ids"),
        of(dimensions.tag_sets, "names", "tag_set_code", "tag_names"),
        of(dimensions.rates, "cents", "rate_code", "rate_cents"),
    )
    zone_names = [zones.get(user_id, "UTC") for user_id in named["user_id"].to_list()]
    return named.with_columns(pl.Series("zone", zone_names, dtype=pl.String))
