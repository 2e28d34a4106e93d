"""Looks and changes: the threads and transactions that requests of the Track API and of pages share."""

from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Connection
from starlette.responses import Response

from gnomon.errors import WorkspaceHidden
from gnomon.model.account import Account
from gnomon.store.changes import Touched, take_change
from gnomon.store.workspaces import Standing, find_rights
from gnomon.tracking.actor import Actor
from gnomon.web.services import Services

# A look may need two connections of the pool: all looks together must find two.
READING = CapacityLimiter(8)
WRITING = CapacityLimiter(16)  # so that many writes leave threads for those who only look
Run = Callable[[Connection], Response]


async def look(services: Services, run: Run) -> Response:
    def read() -> Response:
        with services.database.read() as connection:
            return run(connection)

    return await to_thread.run_sync(read, limiter=READING)


async def change(services: Services, run: Run, *, leaves_people: bool) -> Response:
    """Answered after the commit. Who hangs up has his change made all the same: it may be in a transaction already.

    `leaves_people`: it changes no account, role or workspace, so nobody's rights have to be looked up anew.
    """
    soon = services.database.write_soon(run, leaves_people=leaves_people)
    if soon is not None:
        return await soon
    return await to_thread.run_sync(services.database.write, run, limiter=WRITING)


def leaves_people(touched: Touched, *, locks_account: bool) -> bool:
    return not touched & (Touched.PEOPLE | Touched.WORKSPACE) and not locks_account


def actor_in(
    workspace_id: int, touched: Touched | None, connection: Connection, account: Account, now: int
) -> Actor:
    """The asker in a workspace; raises `WorkspaceHidden`. A writer (`touched`) locks it first and then looks again:
    two servers on one record would else undo each other (D9.2).
    """
    standing = _standing(connection, workspace_id, account)
    number = 0
    if touched is not None:
        number = take_change(connection, workspace_id, touched, now)
        if connection.dialect.name == "postgresql":
            standing = _standing(connection, workspace_id, account)
    return Actor(
        connection=connection,
        account=account,
        workspace=standing.workspace,
        role=standing.role,
        now=now,
        change_number=number,
    )


def _standing(connection: Connection, workspace_id: int, account: Account) -> Standing:
    standing = find_rights(connection, workspace_id, account.user_id)
    if standing is None:
        raise WorkspaceHidden
    return standing
