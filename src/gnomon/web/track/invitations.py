"""Invitations: sent by admins, looked at and answered by whoever has the link."""

from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import SignInNeeded
from gnomon.model.account import Account, Role
from gnomon.store.accounts import find_account
from gnomon.store.changes import Touched
from gnomon.tracking import invitations as tracking
from gnomon.tracking.invitations import Asked, InvitationAbsent
from gnomon.tracking.people import ROLES
from gnomon.tracking.refusals import BadChange
from gnomon.web.cookies import session_code
from gnomon.web.failures import CODES, host_of
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.mails import invitation_mail, post
from gnomon.web.newcomers import Join, arriving, inviting_at, joining, new_person
from gnomon.web.services import Services
from gnomon.web.track.asking import track_account
from gnomon.web.track.calls import OK, Call, Reply, Row, answer, link_base
from gnomon.web.track.paths import ORGANIZATION
from gnomon.web.track.profile import read_me
from gnomon.web.transactions import READING, WRITING
from gnomon.wire.body import INTEGER_MAX
from gnomon.wire.track_v9 import payloads
from gnomon.wire.track_v9.fields import Given
from gnomon.wire.track_v9.payloads import INVITED
from gnomon.wire.track_v9.people import inviting_json, sent_json

BY_INVITATION = ""  # the address that it was sent to


def add_invitations(call: Call) -> Any:
    """Links for people to come in by; mailed where mail is set up, and always told to who asks."""
    given = call.given
    if given.get("project_invite") is not None:
        raise BadChange("project_invite is not supported")
    asked = Asked(
        emails=given.get("emails") or (),
        roles=dict(_role(one) for one in given.get("workspaces") or ()),
        group_ids=given.get("groups") or (),
    )
    sent, messages = tracking.invite(call.house, asked)
    base = link_base(call.services, call.base)
    response = answer(Reply(sent_json(call.house, sent, messages, base)))
    mails_links = call.services.send_mail is not None and bool(call.services.public_url)
    if mails_links and not given.get("skip_email"):
        mails = [
            invitation_mail(call.services, one.email, call.account, f"{base}/invitation/{one.code}")
            for one in sent
        ]
        response.background = post(call.services, *mails)
    return Reply(response)


def _role(given: Mapping[str, Any]) -> tuple[int, Role]:
    if given.get("role_id") is not None:
        raise BadChange("Invalid role_id.")
    workspace_id, role, admin = (given.get(key) for key in ("workspace_id", "role", "admin"))
    is_number = isinstance(workspace_id, int) and not isinstance(workspace_id, bool)
    if not is_number or not 0 < workspace_id <= INTEGER_MAX:  # type: ignore[operator]
        raise BadChange("invalid workspace ID")
    if role is not None and (not isinstance(role, str) or role not in ROLES):
        raise BadChange("Invalid role_id.")
    if role is not None:
        return workspace_id, ROLES[role]  # type: ignore[return-value]
    return workspace_id, Role.ADMIN if admin is True else Role.MEMBER  # type: ignore[return-value]


def remove_invitation(call: Call) -> Any:
    tracking.take_back(call.house, call.number("invitation"))
    return OK


async def read_invitation(request: Request) -> Response:
    services, code = _services(request), _code(request)

    inviting = await to_thread.run_sync(inviting_at, services, code, limiter=READING)
    return answer(inviting_json(inviting))


async def accept_invitation(request: Request) -> Response:
    """As who is signed in, or with a new account."""
    services, code = _services(request), _code(request)
    check_announced_size(request)
    account = await _maybe_account(request, services)
    given: Given = INVITED.read(await read_body(request))
    if account is not None:
        return await _write(request, services, joining(account, code))
    host = host_of(request)
    services.failures.check(CODES, host)
    try:
        await to_thread.run_sync(inviting_at, services, code, limiter=READING)
    except InvitationAbsent:
        services.failures.note(CODES, host)
        raise
    name, zone = (given.get("fullname") or "").strip(), given.get("timezone") or "UTC"
    person = await new_person(name, BY_INVITATION, zone, given.get("password") or "")
    return await _write(request, services, arriving(services, person, code))


async def _maybe_account(request: Request, services: Services) -> Account | None:
    """A session that is over is none: who comes by a link may be new."""
    if "authorization" in request.headers:
        return await track_account(request, services)
    if session_code(request) is None:
        return None
    try:
        return await track_account(request, services)
    except SignInNeeded:
        return None


async def _write(request: Request, services: Services, join: Join) -> Response:
    def write(connection: Connection) -> Response:
        now = int(services.seconds())
        account = find_account(connection, join(connection, now))
        assert account is not None  # it has just joined
        call = Call(
            request=request,
            services=services,
            connection=connection,
            account=account,
            path={},
            query=type(request.query_params)(),
            given={},
            now=now,
        )
        return answer(read_me(call))

    return await to_thread.run_sync(services.database.write, write, limiter=WRITING)


async def refuse_invitation(request: Request) -> Response:
    services, code = _services(request), _code(request)

    def write(connection: Connection) -> None:
        tracking.refuse(connection, code, int(services.seconds()))

    await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    return answer(OK)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _code(request: Request) -> str:
    return str(request.path_params["invitation_code"])


ROWS = (
    Row(
        "POST",
        f"{ORGANIZATION}/invitations",
        add_invitations,
        "Invite people",
        payloads.INVITATION,
        Touched.NO_COLUMN,
    ),
    Row(
        "DELETE",
        f"{ORGANIZATION}/invitations/{{invitation_id}}",
        remove_invitation,
        "Take an invitation back",
        touched=Touched.NO_COLUMN,
    ),
)
