"""A row of the route table as a handler: the credentials, the body, the transaction, the answer.

What is refused has changed nothing, because the transaction goes with it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import GnomonError
from gnomon.model.account import Account
from gnomon.store.accounts import find_account, lock_account
from gnomon.store.changes import Touched
from gnomon.store.organizations import lock_workspaces_of
from gnomon.tracking.organizations import OrganizationAbsent, house_of
from gnomon.tracking.refusals import BadChange
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.services import Services
from gnomon.web.track.asking import track_account
from gnomon.web.track.calls import Call, Row, Undone, answer
from gnomon.web.track.uploads import uploaded_logo
from gnomon.web.transactions import actor_in, change, leaves_people, look
from gnomon.wire.body import positive_id
from gnomon.wire.errors import InvalidPathId
from gnomon.wire.track_v9.fields import Readable, Upload


def handler(plan: Row) -> Callable[[Request], Awaitable[Response]]:
    is_quiet = leaves_people(plan.touched or Touched(0), locks_account=plan.locks_account)

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
            response = await look(services, run)
            services.looks.keep(question, stamp, response)
            return response
        try:
            return await change(services, run, leaves_people=is_quiet)
        except Undone as undone:
            return answer(undone.value)

    return handle


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
        workspace_id = positive_id(request.path_params["workspace_id"])
        if workspace_id is None:
            raise InvalidPathId("workspace")
        member = actor_in(workspace_id, plan.touched, connection, account, now)
        if belongs and member.workspace.organization_id != belongs.organization.organization_id:
            raise OrganizationAbsent
    if plan.locks_account:
        lock_account(connection, account.user_id)
        account = find_account(connection, account.user_id) or account
    if isinstance(given, GnomonError):
        raise given
    return Call(
        request=request,
        services=services,
        connection=connection,
        account=account,
        path=request.path_params,
        query=request.query_params,
        given=given,
        now=now,
        member=member,
        belongs=belongs,
    )
