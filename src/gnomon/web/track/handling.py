"""A row of the route table as a handler: the credentials, the body, the transaction, the answer.

What is refused has changed nothing, because the transaction goes with it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import GnomonError, WorkspaceHidden
from gnomon.model.account import Account
from gnomon.store.accounts import find_account, lock_account
from gnomon.store.changes import Touched, take_change
from gnomon.store.organizations import lock_workspaces_of
from gnomon.store.workspaces import find_standing
from gnomon.tracking.actor import Actor
from gnomon.tracking.organizations import OrganizationAbsent, house_of
from gnomon.tracking.refusals import BadChange
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.services import Services
from gnomon.web.track.asking import READING, WRITING, track_account
from gnomon.web.track.calls import Call, Row, Undone, answer, base_of
from gnomon.web.track.uploads import uploaded_logo
from gnomon.wire.body import positive_id
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.track_v9.fields import Readable, Upload


def handler(plan: Row) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        """The size, the credentials, and only then the body (D1.6); rights are looked at with the record."""
        services: Services = request.app.state.services
        stamp = services.database.stamp
        is_look = plan.touched is None and plan.method == "GET" and not services.emulates_quota
        question = services.looks.question(request, services.seconds()) if is_look else None
        kept = services.looks.recall(question, stamp)
        if kept is not None:
            return kept
        check_announced_size(request)
        account = await track_account(request, services)
        raw = await read_body(request)
        given = (
            await uploaded_logo(request, raw)
            if isinstance(plan.body, Upload)
            else _read(plan.body, raw)
        )

        def run(connection: Connection) -> Response:
            call = _call(plan, request, services, connection, account, given)
            return answer(plan.work(call))

        if plan.touched is None:
            response = await to_thread.run_sync(_look, services, run, limiter=READING)
            services.looks.keep(question, stamp, response)
            return response
        try:
            return await _change(services, plan, run)
        except Undone as undone:
            return answer(undone.value)

    return handle


def _look(services: Services, run: Callable[[Connection], Response]) -> Response:
    with services.database.read() as connection:
        return run(connection)


async def _change(services: Services, plan: Row, run: Callable[[Connection], Response]) -> Response:
    """Who hangs up has his change made all the same: it may be in a transaction already."""
    assert plan.touched is not None
    leaves_people = (
        not plan.touched & (Touched.PEOPLE | Touched.WORKSPACE) and not plan.locks_account
    )
    soon = services.database.write_soon(run, leaves_people=leaves_people)
    if soon is not None:
        return await asyncio.shield(asyncio.wrap_future(soon))
    return await to_thread.run_sync(services.database.write, run, limiter=WRITING)


def _read(body: Readable, raw: bytes) -> Any:
    """What the body says, or why it says nothing: that is told only to who may ask here at all."""
    try:
        return body.read(raw)
    except GnomonError as error:
        return error


def _call(
    plan: Row,
    request: Request,
    services: Services,
    connection: Connection,
    account: Account,
    given: Any,
) -> Call:
    now = int(services.seconds())
    member, belongs = None, None
    if "organization_id" in request.path_params:
        number = positive_id(request.path_params["organization_id"])
        if number is None:
            raise BadChange("Invalid organization ID")
        if plan.touched is not None:
            lock_workspaces_of(connection, number)
        belongs = house_of(connection, account, number, now)
    if "workspace_id" in request.path_params:
        member = _actor(plan, request.path_params["workspace_id"], connection, account, now)
        if belongs and member.workspace.organization_id != belongs.organization.organization_id:
            raise OrganizationAbsent
    if plan.locks_account:
        lock_account(connection, account.user_id)
        account = find_account(connection, account.user_id) or account
    if isinstance(given, GnomonError):
        raise given
    return Call(
        services=services,
        connection=connection,
        account=account,
        path=request.path_params,
        query=request.query_params,
        given=given,
        now=now,
        base=base_of(request),
        member=member,
        belongs=belongs,
    )


def _actor(
    plan: Row, workspace_text: str, connection: Connection, account: Account, now: int
) -> Actor:
    """The asker in the workspace of the path. A writer locks it first and then looks again: two servers on one record
    would else undo each other.
    """
    workspace_id = positive_id(workspace_text)
    if workspace_id is None:
        raise InvalidPathId("workspace")
    standing = find_standing(connection, workspace_id, account.user_id)
    if standing is None:
        raise WorkspaceHidden
    number = 0
    if plan.touched is not None:
        number = take_change(connection, workspace_id, plan.touched, now)
        if connection.dialect.name == "postgresql":
            standing = find_standing(connection, workspace_id, account.user_id)
            if standing is None:
                raise WorkspaceHidden
    return Actor(
        connection=connection,
        account=account,
        workspace=standing.workspace,
        role=standing.role,
        now=now,
        change_number=number,
    )
