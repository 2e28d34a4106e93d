"""Every route of the house, once; the router and the OpenAPI document are made from this table."""

from collections.abc import Iterator

from gnomon.editions.detailed import detailed_edition
from gnomon.editions.summary import summary_edition
from gnomon.editions.weekly import weekly_edition
from gnomon.web.docs import read_docs, read_docs_asset, read_openapi
from gnomon.web.health import healthz, metrics
from gnomon.web.pages.routes import PAGE_ROUTES
from gnomon.web.reports import lookups
from gnomon.web.reports.detailed import load_totals, search_detailed
from gnomon.web.reports.exports import MakeEdition, exporter
from gnomon.web.reports.lookups import lookup
from gnomon.web.reports.projects import list_project_users, load_project_summary
from gnomon.web.reports.shared import load_saved_report, shared_exporter
from gnomon.web.reports.summary import search_summary
from gnomon.web.reports.weekly import search_weekly
from gnomon.web.route_row import RouteRow
from gnomon.web.track import public
from gnomon.web.track.routes import TRACK_ROUTES
from gnomon.wire.reports_v3 import bodies
from gnomon.wire.reports_v3.files import FileKind
from gnomon.wire.track_v9.me import LOGO
from gnomon.wire.track_v9.me import PICTURE as AVATAR

REPORTS = "/reports/api/v3/workspace/{workspace_id}"
SHARED = "/reports/api/v3/shared"


FILES = {
    FileKind.CSV: "as CSV",
    FileKind.XLSX: "as an Excel workbook",
    FileKind.PDF: "to print or mail",
}


FILE_BODIES = {
    "Summary report": bodies.SUMMARY,
    "Detailed report": bodies.DETAILED,
    "Weekly report": bodies.WEEKLY,
}


def exports(path: str, name: str, make: MakeEdition) -> Iterator[RouteRow]:
    for kind, told in FILES.items():
        yield RouteRow(
            "POST",
            f"{REPORTS}/{path}.{kind}",
            exporter(make, kind),
            f"{name} {told}",
            FILE_BODIES[name],
        )


def shared_exports() -> Iterator[RouteRow]:
    """In both spellings of the vendor (C1)."""
    for kind, told in FILES.items():
        for path in (f"{SHARED}/{{report_token}}.{kind}", f"{SHARED}/{{report_token}}/{kind}"):
            yield RouteRow(
                "POST", path, shared_exporter(kind), f"Saved report {told}", bodies.SHARED
            )


PLACES = ("project_ids", "client_ids")
LOOKUPS = (
    RouteRow(
        "POST",
        f"{REPORTS}/filters/clients",
        lookup(lookups.find_clients, must_ask=False),
        "Clients to filter by",
        bodies.CLIENTS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/search/clients",
        lookup(lookups.find_clients, must_ask=True),
        "Clients that are looked for",
        bodies.CLIENTS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/projects",
        lookup(lookups.filter_projects, must_ask=False),
        "Projects to filter by",
        bodies.PROJECTS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/search/projects",
        lookup(lookups.search_projects, must_ask=True),
        "Projects that are looked for, whole",
        bodies.PROJECTS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/projects/status",
        lookup(lookups.list_project_statuses, must_ask=False),
        "How far projects are",
        bodies.STATUS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/tasks/status",
        lookup(lookups.list_task_statuses, "ids", must_ask=True),
        "How far tasks are",
        bodies.STATUS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/users",
        lookup(lookups.filter_users, must_ask=False),
        "People to filter by",
        bodies.USERS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/search/users",
        lookup(lookups.search_users, must_ask=True),
        "People that are looked for",
        bodies.USERS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/project_users",
        lookup(lookups.filter_project_users, *PLACES, must_ask=True),
        "Who is on projects",
        bodies.PROJECT_USERS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/project_groups",
        lookup(lookups.filter_project_groups, "project_ids", "group_ids", must_ask=True),
        "Which groups are on projects",
        bodies.PROJECT_GROUPS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/filters/tasks",
        lookup(lookups.find_tasks, must_ask=False),
        "Tasks to filter by",
        bodies.TASKS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/search/tasks",
        lookup(lookups.find_tasks, must_ask=True),
        "Tasks that are looked for",
        bodies.TASKS,
    ),
)
ROUTES = (
    RouteRow(
        "POST",
        f"{REPORTS}/projects/summary",
        list_project_users,
        "Who tracked how long on which project",
        bodies.DAYS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/projects/{{project_id}}/summary",
        load_project_summary,
        "What a project's time adds up to, and its graph",
        bodies.TOTALS,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/summary/time_entries",
        search_summary,
        "Summary report as JSON",
        bodies.SUMMARY,
    ),
    *exports("summary/time_entries", "Summary report", summary_edition),
    RouteRow(
        "POST",
        f"{REPORTS}/search/time_entries",
        search_detailed,
        "Detailed report as JSON",
        bodies.DETAILED,
    ),
    RouteRow(
        "POST",
        f"{REPORTS}/search/time_entries/totals",
        load_totals,
        "What the entries of a detailed report add up to",
        bodies.TOTALS,
    ),
    *exports("search/time_entries", "Detailed report", detailed_edition),
    RouteRow(
        "POST",
        f"{REPORTS}/weekly/time_entries",
        search_weekly,
        "Weekly report as JSON",
        bodies.WEEKLY,
    ),
    *exports("weekly/time_entries", "Weekly report", weekly_edition),
    *shared_exports(),
    RouteRow(
        "POST", f"{SHARED}/{{report_token}}", load_saved_report, "Run a saved report", bodies.SHARED
    ),
    *LOOKUPS,
    *TRACK_ROUTES,
    *PAGE_ROUTES,
    RouteRow("GET", AVATAR, public.read_avatar, "The picture of who has none", is_public=True),
    RouteRow("GET", LOGO, public.read_logo, "The logo of who has none", is_public=True),
    RouteRow("GET", "/openapi.json", read_openapi, "This API as a document", is_public=True),
    RouteRow("GET", "/docs", read_docs, "A page to read it on", is_public=True),
    RouteRow("GET", "/docs/assets/{name}", read_docs_asset, "What that page needs", is_public=True),
    RouteRow("GET", "/healthz", healthz, "200 when reports can be answered", is_public=True),
    RouteRow("GET", "/metrics", metrics, "Figures of this process for Prometheus", is_public=True),
)
