"""`summary/time_entries`: the summary report as JSON."""

from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.ground import Ground
from gnomon.reports.summary import summary_report
from gnomon.web.reports.answering import Work, kept_json
from gnomon.wire.reports_v3.files import summary_headers
from gnomon.wire.reports_v3.plans import check_summary_plan
from gnomon.wire.reports_v3.to_query import summary_query
from gnomon.wire.reports_v3.views import summary_json


async def search_summary(request: Request) -> Response:
    """`POST /reports/api/v3/workspace/{workspace_id}/summary/time_entries` (vendor page; D7)."""
    return await kept_json(request, "summary", summary_work)


def summary_work(ground: Ground) -> Work:
    query = summary_query(ground.body, ground.asker)
    check_summary_plan(ground.body, query, ground.asker.plan)
    return Work(
        query,
        lambda: summary_json(summary_report(query, ground.table, ground.sight)),
        summary_headers(query),
    )
