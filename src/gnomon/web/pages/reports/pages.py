"""`/w/{workspace_id}/reports/...`: summary, detailed and weekly as pages, and as files of exactly what is shown."""

from typing import Any, NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.saved import EDITIONS
from gnomon.errors import WorkspaceHidden
from gnomon.model.account import Account
from gnomon.model.saved_report import ReportType
from gnomon.store.workspaces import Standing, find_standing
from gnomon.web.limits import check_announced_size
from gnomon.web.pages.forms import Form
from gnomon.web.pages.frame import frame_of
from gnomon.web.pages.handling import Handler, find_guest, guarded, open_visit, shown
from gnomon.web.pages.reports.address import Address, read_address
from gnomon.web.pages.reports.choices import filters_of
from gnomon.web.pages.reports.ground import page_ground
from gnomon.web.pages.reports.options import options_of
from gnomon.web.pages.reports.shown import Place, shown_report, week_days
from gnomon.web.pages.visit import WORKSPACE, PageRow, View, query_of
from gnomon.web.reports.answering import REPORTING
from gnomon.web.reports.exports import sent_edition
from gnomon.web.services import Services
from gnomon.wire.reports_v3.files import FileKind

TITLES = {
    ReportType.SUMMARY: "Summary",
    ReportType.DETAILED: "Detailed",
    ReportType.WEEKLY: "Weekly",
}
ROW = PageRow("GET", WORKSPACE, lambda _: View(""), "Reports")


class Asked(NamedTuple):
    address: Address
    account: Account
    standing: Standing
    frame: dict[str, Any]


def report_page(report_type: ReportType) -> Handler:
    async def answer(request: Request) -> Response:
        return await to_thread.run_sync(_page, report_type, request, limiter=REPORTING)

    return guarded(answer)


def report_file(report_type: ReportType, kind: FileKind) -> Handler:
    """A CSV that a browser saves is opened with a spreadsheet (D8.6)."""

    async def answer(request: Request) -> Response:
        services: Services = request.app.state.services

        def make() -> Any:
            asked = _asked(report_type, request)
            ground = page_ground(asked.address, asked.account, asked.standing, services)
            return EDITIONS[report_type](ground, kind, services.read_logo)

        edition = await to_thread.run_sync(make, limiter=REPORTING)
        return await sent_edition(request, edition, kind, is_guarded=True)

    return guarded(answer)


def _asked(report_type: ReportType, request: Request) -> Asked:
    """Who looks, and at what; the record is let go before the report is made."""
    services: Services = request.app.state.services
    check_announced_size(request)
    guest = find_guest(request, services)
    with services.database.read() as connection:
        visit = open_visit(ROW, request, services, connection, guest, Form())
        standing = find_standing(connection, visit.actor.workspace_id, guest.account.user_id)
        if standing is None:
            raise WorkspaceHidden
        frame = frame_of(visit)
    return Asked(read_address(report_type, query_of(request)), guest.account, standing, frame)


def _page(report_type: ReportType, request: Request) -> Response:
    services: Services = request.app.state.services
    asked = _asked(report_type, request)
    address = asked.address
    ground = page_ground(
        address, asked.account, asked.standing, services, is_collapsed=not address.opened
    )
    report = shown_report(report_type, ground, Place(address.opened, address.page))
    context = {
        "title": TITLES[report_type],
        "address": address,
        "report": report,
        "filters": filters_of(address, ground.table, ground.sight),
        "options": options_of(address, report, asked.account.first_weekday),
        "week_days": week_days(report.days) if report_type is ReportType.WEEKLY else [],
        "sees_amounts": ground.sight.sees_amounts,
    }
    return shown(request, View(f"reports/{report_type}.html", context), asked.frame)
