"""`weekly/time_entries`: the weekly report as JSON."""

from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.ground import Ground
from gnomon.reports.weekly import weekly_report
from gnomon.web.reports.answering import Work, kept_json
from gnomon.wire.reports_v3.files import day_headers
from gnomon.wire.reports_v3.plans import check_plan
from gnomon.wire.reports_v3.weekly import weekly_json, weekly_query


async def search_weekly(request: Request) -> Response:
    """`POST .../weekly/time_entries` (reports-api-v3.md, 3.33; D8.9)."""
    return await kept_json(request, "weekly", weekly_work)


def weekly_work(ground: Ground) -> Work:
    query = weekly_query(ground.body, ground.asker)
    check_plan(ground.body, query.selection, query.rounding, ground.asker.plan)
    has_billable = ground.asker.tells_billable

    def make() -> bytes:
        report = weekly_report(query, ground.table, ground.sight)
        return weekly_json(report, has_billable=has_billable)

    return Work((query, has_billable), make, day_headers(query.selection.days))
