"""What every report over HTTP does before its recipe: who asks, for which workspace, and what he may see."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from anyio import to_thread
from starlette.requests import Request

from gnomon.columns.table import EntryTable
from gnomon.model.account import Account
from gnomon.query.access import Sight, sight_of
from gnomon.store.workspaces import Standing
from gnomon.units.dates import today_in, zone_of
from gnomon.web.auth import basic_credentials
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.services import Services
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.reports_v3.to_query import Asker

ID_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asking:
    """An authenticated member of the workspace, and the body as it came."""

    account: Account
    standing: Standing
    body: bytes


async def asking(request: Request, services: Services) -> Asking:
    """Credentials, then the workspace, then the size, and only then the body (D1.6, D9)."""
    credentials = basic_credentials(request.headers.get("authorization"))
    check_announced_size(request)
    workspace_id = path_id(request, "workspace")
    standing = partial(services.authenticator.standing, credentials, workspace_id)
    account, stands = await to_thread.run_sync(standing)
    return Asking(account, stands, await read_body(request))


def path_id(request: Request, kind: str) -> int:
    """A positive 64-bit integer from the path; -1, which nothing has, waits for the credentials to be checked first."""
    text = request.path_params[f"{kind}_id"]
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= ID_MAX:
        raise InvalidPathId(kind)
    return number


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
    workspace = asking.standing.workspace
    return Asker(
        today=today_in(zone_of(asking.account.timezone), now),
        rounds_reports=asking.account.rounds_reports,
        rounding=asking.account.rounding,
        workspace_rounding_minutes=workspace.rounding_minutes,
        plan=workspace.plan,
        sees_amounts=sight.sees_amounts,
        report_days_max=report_days_max,
    )
