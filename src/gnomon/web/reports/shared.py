"""`/reports/api/v3/shared/{report_token}`: saved reports, run as JSON and as files."""

import hashlib
from collections.abc import Awaitable, Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.saved import SavedRun, saved_edition, saved_run
from gnomon.web.answers import Answer
from gnomon.web.reports.answering import REPORTING
from gnomon.web.reports.exports import sent_edition
from gnomon.web.reports.share_access import SharedAsking, shared_asking
from gnomon.web.reports.shared_results import results_of, totals_of
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.wire.reports_v3.dictionaries import Directory
from gnomon.wire.reports_v3.files import FileKind
from gnomon.wire.reports_v3.saved_view import SavedAnswer, saved_json


async def load_saved_report(request: Request) -> Response:
    """`POST /reports/api/v3/shared/{report_token}` (vendor page "Load the previously saved report"; D10)."""
    services: Services = request.app.state.services
    asked = await shared_asking(request, services)
    answer, headers = await to_thread.run_sync(_answer, asked, services, limiter=REPORTING)
    return json_bytes(answer.body, {"ETag": answer.etag, **headers})


def shared_exporter(kind: FileKind) -> Callable[[Request], Awaitable[Response]]:
    """A handler for `/shared/{report_token}.csv` and its like (vendor page "Export CSV for saved report"; D8.3)."""

    async def export(request: Request) -> Response:
        services: Services = request.app.state.services
        asked = await shared_asking(request, services)
        edition = await to_thread.run_sync(
            lambda: saved_edition(_run(asked, services), kind, services.read_logo),
            limiter=REPORTING,
        )
        return await sent_edition(request, edition, kind)

    return export


def _run(asked: SharedAsking, services: Services) -> SavedRun:
    access = asked.access
    workspace_id = access.report.workspace_id
    return saved_run(
        access.report,
        asked.given,
        services.tables.fresh_table(workspace_id, access.standing.change_number),
        services.now(),
        is_full=access.is_full,
        report_days_max=services.report_days_max,
    )


def _answer(asked: SharedAsking, services: Services) -> tuple[Answer, dict[str, str]]:
    """Equal runs of one report by equal viewers are answered once."""
    run = _run(asked, services)
    results = results_of(run, services.walks)
    report, ground = run.report, run.ground
    question = (
        "saved",
        (repr(report), run.is_full),
        (ground.table.change_number, ground.viewer, ground.asker.today),
        (results.place, hashlib.sha256(asked.body).hexdigest()),
    )

    def make() -> bytes:
        body, named = results.make()
        directory = Directory(results.table, ground.sight, ground.asker.today)
        answer = SavedAnswer(
            question=run.question,
            report=body,
            totals=totals_of(run, results),
            dictionaries=directory.dictionaries(named, run.question.filters),
            plan=ground.asker.plan,
            logo=services.read_logo(report.workspace_id),
        )
        return saved_json(report, asked.given, answer)

    return services.answers.answer(question, make), dict(results.headers)
