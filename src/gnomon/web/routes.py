"""Every route of the house, once; the router and (later) the OpenAPI document are made from this table."""

from collections.abc import Awaitable, Callable, Iterator
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.detailed import detailed_edition
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.web.health import healthz, metrics
from gnomon.web.reports.detailed import load_totals, search_detailed
from gnomon.web.reports.exports import MakeEdition, exporter
from gnomon.web.reports.projects import list_project_users, load_project_summary
from gnomon.web.reports.shared import load_saved_report, shared_exporter
from gnomon.web.reports.summary import search_summary
from gnomon.web.reports.weekly import search_weekly
from gnomon.web.track.saved_reports import (
    add_saved_report,
    change_saved_report,
    change_saved_reports,
    delete_saved_report,
    delete_saved_reports,
    list_saved_reports,
    read_saved_report,
)
from gnomon.web.track.scheduled_reports import (
    add_scheduled_report,
    end_scheduled_report,
    list_schedules,
)
from gnomon.wire.reports_v3.files import FileKind

REPORTS = "/reports/api/v3/workspace/{workspace_id}"
SHARED = "/reports/api/v3/shared"
SAVED = "/api/v9/workspaces/{workspace_id}/reports/shared"
SCHEDULED = "/api/v9/workspaces/{workspace_id}/scheduled_reports"


class RouteRow(NamedTuple):
    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    summary: str


FILES = {
    FileKind.CSV: "as CSV",
    FileKind.XLSX: "as an Excel workbook",
    FileKind.PDF: "to print or mail",
}


def exports(path: str, name: str, make: MakeEdition) -> Iterator[RouteRow]:
    for kind, told in FILES.items():
        yield RouteRow("POST", f"{REPORTS}/{path}.{kind}", exporter(make, kind), f"{name} {told}")


def shared_exports() -> Iterator[RouteRow]:
    """In both spellings of the vendor (C1)."""
    for kind, told in FILES.items():
        for path in (f"{SHARED}/{{report_token}}.{kind}", f"{SHARED}/{{report_token}}/{kind}"):
            yield RouteRow("POST", path, shared_exporter(kind), f"Saved report {told}")


ROUTES = (
    RouteRow(
        "POST",
        f"{REPORTS}/projects/summary",
        list_project_users,
        "Who tracked how long on which project",
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/projects/{{project_id}}/summary",
        load_project_summary,
        "What a project's time adds up to, and its graph",
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/summary/time_entries",
        search_summary,
        "Summary report as JSON",
    ),
    *exports("summary/time_entries", "Summary report", summary_edition),
    RouteRow("POST", f"{REPORTS}/search/time_entries", search_detailed, "Detailed report as JSON"),
    RouteRow(
        "POST",
        f"{REPORTS}/search/time_entries/totals",
        load_totals,
        "What the entries of a detailed report add up to",
    ),
    *exports("search/time_entries", "Detailed report", detailed_edition),
    RouteRow("POST", f"{REPORTS}/weekly/time_entries", search_weekly, "Weekly report as JSON"),
    *exports("weekly/time_entries", "Weekly report", weekly_edition),
    *shared_exports(),
    RouteRow("POST", f"{SHARED}/{{report_token}}", load_saved_report, "Run a saved report"),
    RouteRow("GET", SAVED, list_saved_reports, "List saved reports"),
    RouteRow("POST", SAVED, add_saved_report, "Save a report"),
    RouteRow("PUT", SAVED, change_saved_reports, "Change many saved reports"),
    RouteRow("PATCH", f"{SAVED}/bulk_delete", delete_saved_reports, "Delete many saved reports"),
    RouteRow("GET", f"{SAVED}/{{report_id}}", read_saved_report, "Read a saved report"),
    RouteRow("PUT", f"{SAVED}/{{report_id}}", change_saved_report, "Change a saved report"),
    RouteRow("DELETE", f"{SAVED}/{{report_id}}", delete_saved_report, "Delete a saved report"),
    RouteRow("GET", SCHEDULED, list_schedules, "List scheduled reports"),
    RouteRow("POST", SCHEDULED, add_scheduled_report, "Mail a saved report regularly"),
    RouteRow(
        "DELETE", f"{SCHEDULED}/{{report_id}}", end_scheduled_report, "End a scheduled report"
    ),
    RouteRow("GET", "/healthz", healthz, "200 when reports can be answered"),
    RouteRow("GET", "/metrics", metrics, "Figures of this process for Prometheus"),
)
