"""`summary/time_entries`: the summary report as JSON."""

import hashlib
from collections.abc import Hashable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.query.queries import SummaryQuery
from gnomon.reports.summary import summary_report
from gnomon.units.dates import today_in, zone_of
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
    key = _request_key(asked, services)
    recalled = services.answers.recall(key)
    if recalled is None:
        recalled = await to_thread.run_sync(_answer, asked, services, limiter=REPORTING)
        services.answers.note(key, *recalled)
    answer, headers = recalled
    return json_bytes(answer.body, {"ETag": answer.etag, **headers})


def _request_key(asked: Asking, services: Services) -> Hashable:
    """All that an answer depends on: preferences, rights and plans change with the change number, days by themselves."""
    standing = asked.standing
    today = today_in(zone_of(asked.account.timezone), services.now())
    body = hashlib.sha256(asked.body).digest()
    who = (standing.workspace.workspace_id, standing.change_number, asked.account.user_id)
    return ("summary", *who, today, body)


def _answer(asked: Asking, services: Services) -> tuple[Answer, dict[str, str]]:
    body = Body(parse_body(asked.body))
    standing = asked.standing
    table = services.tables.fresh_table(standing.workspace.workspace_id, standing.change_number)
    sight = sight_for(asked, table)
    query = summary_query(body, asker_for(asked, sight, services.now(), services.report_days_max))
    check_summary_plan(body, query, standing.workspace.plan)
    viewer = (
        "admin" if sight.sees_everything else sight.user_id
    )  # his sight follows from the change
    question = (table.workspace_id, table.change_number, viewer, query)
    answer = services.answers.answer(
        question, lambda: summary_json(summary_report(query, table, sight))
    )
    return answer, range_headers(query)


def range_headers(query: SummaryQuery) -> dict[str, str]:
    """D2.6."""
    return {
        "X-Range-Start": query.selection.days.first.isoformat(),
        "X-Range-End": query.selection.days.last.isoformat(),
        "X-Grouping": query.grouping.value,
        "X-Sub-Grouping": query.sub_grouping.value,
    }
