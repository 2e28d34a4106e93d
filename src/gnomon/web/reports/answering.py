"""From a request to a kept answer: what all reports in JSON share around their recipes."""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.editions.ground import Ground
from gnomon.units.dates import today_in, zone_of
from gnomon.web.answers import Answer
from gnomon.web.reports.asking import Asking, asker_for, asking, sight_for
from gnomon.web.respond import json_bytes
from gnomon.web.services import Services
from gnomon.wire.body import Body, parse_body

REPORTING = CapacityLimiter(8)  # more at once would only share the same cores and starve /healthz


@dataclass(frozen=True, slots=True)
class Work:
    """A complete question and how it is answered; equal questions of equal viewers have equal answers."""

    question: Hashable
    make: Callable[[], bytes]
    headers: Mapping[str, str] = field(default_factory=dict)


def ground_for(asked: Asking, services: Services) -> Ground:
    body = Body(parse_body(asked.body))
    workspace_id = asked.standing.workspace.workspace_id
    table = services.tables.fresh_table(workspace_id, asked.standing.change_number)
    sight = sight_for(asked, table)
    asker = asker_for(asked, sight, services.now(), services.report_days_max)
    return Ground(body, asker, table, sight)


async def kept_json(request: Request, kind: str, understand: Callable[[Ground], Work]) -> Response:
    """The answer, from the cache where this very request or this very question was answered before."""
    services: Services = request.app.state.services
    asked = await asking(request, services)
    key = _request_key(kind, request, asked, services)
    recalled = services.answers.recall(key)
    if recalled is None:
        recalled = await to_thread.run_sync(
            answer_for, kind, asked, services, understand, limiter=REPORTING
        )
        services.answers.note(key, *recalled)
    answer, headers = recalled
    return json_bytes(answer.body, {"ETag": answer.etag, **headers})


def _request_key(kind: str, request: Request, asked: Asking, services: Services) -> Hashable:
    """All that an answer depends on: preferences, rights and plans change with the change number, days by themselves."""
    standing = asked.standing
    today = today_in(zone_of(asked.account.timezone), services.now())
    body = hashlib.sha256(asked.body).digest()
    who = (standing.workspace.workspace_id, standing.change_number, asked.account.user_id)
    return (kind, request.url.path, *who, today, body)


def answer_for(
    kind: str, asked: Asking, services: Services, understand: Callable[[Ground], Work]
) -> tuple[Answer, dict[str, str]]:
    """The answer and its headers; equal questions of equal viewers are answered once."""
    ground = ground_for(asked, services)
    work = understand(ground)
    table = ground.table
    question = (kind, table.workspace_id, table.change_number, ground.viewer, work.question)
    return services.answers.answer(question, work.make), dict(work.headers)
