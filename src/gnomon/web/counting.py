"""Each authenticated call counts for the quota of its organization, where that is emulated (rule 22)."""

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request

from gnomon.model.account import Account, Plan
from gnomon.store.organizations import workspaces_of
from gnomon.store.workspaces import find_standing, standings_of
from gnomon.tracking.organizations import best_plan
from gnomon.web.quota import Remaining
from gnomon.web.services import Services
from gnomon.wire.body import positive_id
from gnomon.wire.track_v9.errors import QuotaSpent

UNCOUNTED = "/api/v9/me/quota"


async def count_call(request: Request, services: Services, account: Account) -> None:
    """Raises `QuotaSpent`; what is left is told by the headers of the answer (`observe.py`)."""
    if request.url.path == UNCOUNTED:
        return
    organization_id, plan = await to_thread.run_sync(_place, request, services, account)
    remaining = services.quota.count(account.user_id, organization_id, plan)
    request.state.quota = remaining
    if remaining.is_spent:
        raise QuotaSpent(remaining.resets_in_seconds)


def _place(
    request: Request, services: Services, account: Account
) -> tuple[int | None, Plan | None]:
    """The organization that the call is about; none where the asker has nothing to do with it."""
    workspace_id = positive_id(request.path_params.get("workspace_id", ""))
    organization_id = positive_id(request.path_params.get("organization_id", ""))
    with services.database.read() as connection:
        if workspace_id is not None:
            standing = find_standing(connection, workspace_id, account.user_id)
            organization_id = standing.workspace.organization_id if standing else None
        if organization_id is None or organization_id not in _mine(connection, account):
            return None, None
        return organization_id, plan_of(connection, organization_id)


def _mine(connection: Connection, account: Account) -> set[int]:
    standings = standings_of(connection, account.user_id)
    return {standing.workspace.organization_id for standing in standings}


def plan_of(connection: Connection, organization_id: int) -> Plan:
    """The best plan that one of its workspaces has."""
    return best_plan(workspaces_of(connection, organization_id))


def quotas_of(connection: Connection, services: Services, account: Account) -> list[Remaining]:
    """Of calls without an organization, and of each organization of the person."""
    mine = [
        services.quota.left(account.user_id, one, plan_of(connection, one))
        for one in sorted(_mine(connection, account))
    ]
    return [services.quota.left(account.user_id, None, None), *mine]
