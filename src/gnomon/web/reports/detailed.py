"""`search/time_entries` and its totals: every entry as JSON, page by page, and what they add up to."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.ground import Ground
from gnomon.query.queries import DetailedQuery, Page
from gnomon.reports.cursors import first_row_of
from gnomon.reports.detailed import detailed_report
from gnomon.reports.results import DetailedReport
from gnomon.reports.totals import totals_report
from gnomon.web.answers import Answer
from gnomon.web.reports.answering import REPORTING, Work, ground_for, kept_json
from gnomon.web.reports.asking import Asking, asking
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.web.walks import Walks
from gnomon.wire.reports_v3.detailed import (
    asked_page,
    asked_showing,
    detailed_json,
    detailed_query,
    page_headers,
)
from gnomon.wire.reports_v3.files import day_headers
from gnomon.wire.reports_v3.plans import check_plan
from gnomon.wire.reports_v3.totals import totals_json, totals_query


async def search_detailed(request: Request) -> Response:
    """`POST .../search/time_entries` (reports-api-v3.md, 3.25; D8.8)."""
    services: Services = request.app.state.services
    asked = await asking(request, services)
    answer, headers = await to_thread.run_sync(_page_for, asked, services, limiter=REPORTING)
    return json_bytes(answer.body, {"ETag": answer.etag, **headers})


def _page_for(asked: Asking, services: Services) -> tuple[Answer, dict[str, str]]:
    ground = ground_for(asked, services)
    work = detailed_work(ground, services.walks)
    question = ("detailed", ground.table.workspace_id, ground.viewer, work.question)
    return services.answers.answer(question, work.make), dict(work.headers)


def detailed_work(ground: Ground, walks: Walks) -> Work:
    """The question names the change that the walk began at: pages of another walk are other pages."""
    query = detailed_query(ground.body, ground.asker)
    page, showing = asked_page(ground.body), asked_showing(ground.body)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    report = report_of_walk(ground, query, page, walks)
    first_row = first_row_of(report, page)
    return Work(
        (report.table.change_number, query, first_row, page.size, showing),
        lambda: detailed_json(report, first_row, page.size, showing),
        page_headers(report, page, first_row),
    )


def report_of_walk(
    ground: Ground, query: DetailedQuery, page: Page, walks: Walks
) -> DetailedReport:
    """The kept one for who goes on, and for who begins while nothing has changed; else a new one."""
    question = (ground.table.workspace_id, ground.sight.user_id, ground.viewer, query)
    kept = walks.find(question)
    is_now = kept is not None and kept.table.change_number == ground.table.change_number
    if kept is not None and (is_now or page.goes_on):
        return kept
    report = detailed_report(query, ground.table, ground.sight)
    walks.keep(question, report)
    return report


async def load_totals(request: Request) -> Response:
    """`POST .../search/time_entries/totals` (reports-api-v3.md, 3.28; D8.2)."""
    return await kept_json(request, "totals", totals_work)


def totals_work(ground: Ground) -> Work:
    query = totals_query(ground.body, ground.asker)
    with_graph = bool(ground.body.flag("with_graph"))
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)

    def make() -> bytes:
        report = totals_report(query, ground.table, ground.sight)
        return totals_json(report, with_graph=with_graph)

    return Work((query, with_graph), make, day_headers(query.selection.days))
