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
from gnomon.web.reports.summary import search_summary
from gnomon.web.reports.weekly import search_weekly
from gnomon.wire.reports_v3.files import FileKind

REPORTS = "/reports/api/v3/workspace/{workspace_id}"


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
    RouteRow("GET", "/healthz", healthz, "200 when reports can be answered"),
    RouteRow("GET", "/metrics", metrics, "Figures of this process for Prometheus"),
)
