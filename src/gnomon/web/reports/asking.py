"""What every report over HTTP does before its recipe: who asks, for which workspace, and what he may see."""

import time
from dataclasses import dataclass
from datetime import datetime

from anyio import to_thread
from starlette.requests import Request

from gnomon.columns.table import EntryTable
from gnomon.errors import WorkspaceHidden
from gnomon.model.account import Account
from gnomon.query.access import Sight, sight_of
from gnomon.store.workspaces import Standing
from gnomon.web.counting import count_call
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.services import Services
from gnomon.web.signing_in import signed_in
from gnomon.wire.body import positive_id
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.reports_v3.to_query import Asker, asker_of

NOWHERE = 0  # the id of no workspace
BODY_SECONDS_QUICK = 0.05


@dataclass(frozen=True, slots=True)
class Asking:
    """An authenticated member of the workspace, and the body as it came."""

    account: Account
    standing: Standing
    body: bytes


async def asking(request: Request, services: Services) -> Asking:
    """The size, the credentials, the workspace, and only then the body (D1.6, D9).

    The standing is asked for again behind a body that took its time: rights and changes may have come since.
    """
    check_announced_size(request)
    workspace_id = path_id(request, "workspace")
    account, standing = await signed_in(request, workspace_id or NOWHERE, services)
    if services.emulates_quota:
        await count_call(request, services, account)
    if workspace_id is None:
        raise InvalidPathId("workspace")
    if standing is None:
        raise WorkspaceHidden
    began = time.monotonic()
    body = await read_body(request)
    if time.monotonic() - began > BODY_SECONDS_QUICK:
        standing = await to_thread.run_sync(services.authenticator.standing, account, workspace_id)
    if standing is None:
        raise WorkspaceHidden
    return Asking(account, standing, body)


def path_id(request: Request, kind: str) -> int | None:
    return positive_id(request.path_params[f"{kind}_id"])


def sight_for(asking: Asking, table: EntryTable) -> Sight:
    catalog = table.around.catalog
    return sight_of(
        asking.account.user_id,
        asking.standing.role,
        asking.standing.workspace,
        catalog.projects,
        catalog.user_groups,
    )


def asker_for(asking: Asking, sight: Sight, now: datetime, report_days_max: int) -> Asker:
    """What the defaults of a question depend on, for this viewer at this moment."""
    return asker_of(asking.account, asking.standing.workspace, sight, now, report_days_max)
