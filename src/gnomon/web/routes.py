"""Every route of the house, once; the router and (later) the OpenAPI document are made from this table."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from gnomon.web.health import healthz, metrics
from gnomon.web.reports.detailed import load_totals, search_detailed
from gnomon.web.reports.projects import list_project_users, load_project_summary
from gnomon.web.reports.summary import search_summary
from gnomon.web.reports.summary_files import export_csv, export_pdf, export_xlsx
from gnomon.web.reports.weekly import search_weekly

REPORTS = "/reports/api/v3/workspace/{workspace_id}"


class RouteRow(NamedTuple):
    method: str
    path: str
    handler: Callable[[Request], Awaitable[Response]]
    summary: str


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
    RouteRow(
        "POST",
        f"{REPORTS}/summary/time_entries.csv",
        export_csv,
        "Summary report as CSV",
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/summary/time_entries.xlsx",
        export_xlsx,
        "Summary report as an Excel workbook",
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/summary/time_entries.pdf",
        export_pdf,
        "Summary report to print or mail",
    ),
    RouteRow("POST", f"{REPORTS}/search/time_entries", search_detailed, "Detailed report as JSON"),
    RouteRow(
        "POST",
        f"{REPORTS}/search/time_entries/totals",
        load_totals,
        "What the entries of a detailed report add up to",
    ),
    RouteRow("POST", f"{REPORTS}/weekly/time_entries", search_weekly, "Weekly report as JSON"),
    RouteRow("GET", "/healthz", healthz, "200 when reports can be answered"),
    RouteRow("GET", "/metrics", metrics, "Figures of this process for Prometheus"),
)
