"""`summary/time_entries`: the summary report as JSON."""

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.query.queries import SummaryQuery
from gnomon.reports.summary import summary_report
from gnomon.web.answers import Answer
from gnomon.web.reports.asking import Asking, asker_for, asking, sight_for
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.wire.body import Body, parse_body
from gnomon.wire.reports_v3.plans import check_summary_plan
from gnomon.wire.reports_v3.to_query import summary_query
from gnomon.wire.reports_v3.views import summary_json

REPORTING = CapacityLimiter(8)  # more at once would only share the same cores and starve /healthz


async def search_summary(request: Request) -> Response:
    """`POST /reports/api/v3/workspace/{workspace_id}/summary/time_entries` (vendor page; D7)."""
    services: Services = request.app.state.services
    asked = await asking(request, services)
    query, answer = await to_thread.run_sync(_answer, asked, services, limiter=REPORTING)
    return json_bytes(answer.body, {"ETag": answer.etag, **range_headers(query)})


def _answer(asked: Asking, services: Services) -> tuple[SummaryQuery, Answer]:
    body = Body(parse_body(asked.body))
    standing = asked.standing
    table = services.tables.fresh_table(standing.workspace.workspace_id, standing.change_number)
    sight = sight_for(asked, table)
    query = summary_query(body, asker_for(asked, sight, services.now(), services.report_days_max))
    check_summary_plan(body, query, standing.workspace.plan)
    viewer = (
        "admin" if sight.sees_everything else sight.user_id
    )  # what he sees follows from the change
    question = (table.workspace_id, table.change_number, viewer, query)
    return query, services.answers.answer(
        question, lambda: summary_json(summary_report(query, table, sight))
    )


def range_headers(query: SummaryQuery) -> dict[str, str]:
    """D2.6."""
    return {
        "X-Range-Start": query.selection.days.first.isoformat(),
        "X-Range-End": query.selection.days.last.isoformat(),
        "X-Grouping": query.grouping.value,
        "X-Sub-Grouping": query.sub_grouping.value,
    }
