"""`/invitation/{invitation_code}`: as who is signed in and was meant, or with a new account."""

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadData, SignInNeeded
from gnomon.model.account import Account
from gnomon.store.accounts import folded_email
from gnomon.tracking.invitations import InvitationAbsent, Inviting
from gnomon.web import newcomers
from gnomon.web.failures import CODES, host_of
from gnomon.web.newcomers import inviting_at, joining, new_person
from gnomon.web.pages.arriving.asking import NOTHING, asked, come_in
from gnomon.web.pages.csrf import form_token
from gnomon.web.pages.forms import Form
from gnomon.web.pages.handling import check_form_token, find_guest, given_form, go, guarded
from gnomon.web.pages.sessions import let_in
from gnomon.web.pages.strangers import check_stranger
from gnomon.web.pages.visit import Guest
from gnomon.web.services import Services
from gnomon.web.transactions import READING

BY_INVITATION = ""  # the address that it was sent to


@guarded
async def show_invitation(request: Request) -> Response:
    services: Services = request.app.state.services
    inviting = await to_thread.run_sync(inviting_at, services, _code(request), limiter=READING)
    guest = await to_thread.run_sync(_guest, request, services, limiter=READING)
    return _page(request, inviting, guest)


def _page(
    request: Request,
    inviting: Inviting,
    guest: Guest | None,
    typed: Form = NOTHING,
    error: BadData | None = None,
) -> Response:
    is_me = guest is not None and _is_invited(guest.account, inviting)
    context: dict[str, Any] = {
        "inviting": inviting,
        "here": request.url.path,
        "is_me": is_me,
        "other": None if guest is None or is_me else guest.account,
    }
    if guest is not None and is_me:
        context["form_token"] = form_token(guest.session)
    return asked(request, "arriving/invitation.html", context, typed, error)


@guarded
async def accept_invitation(request: Request) -> Response:
    services: Services = request.app.state.services
    form, code = await given_form(request), _code(request)
    services.failures.check(CODES, host_of(request))
    try:
        inviting = await to_thread.run_sync(inviting_at, services, code, limiter=READING)
    except InvitationAbsent:
        services.failures.note(CODES, host_of(request))
        raise
    guest = await to_thread.run_sync(_guest, request, services, limiter=READING)
    if guest is not None and _is_invited(guest.account, inviting):
        check_form_token(form, guest)
        await come_in(services, joining(guest.account, code))
        return go(request, "/")
    check_stranger(request, form)
    try:
        account = await _arrived(services, form, code)
    except BadData as error:
        return _page(request, inviting, guest, form, error)
    return await let_in(request, services, account, "/")


async def _arrived(services: Services, form: Form, code: str) -> Account:
    name, zone = form.text("name"), form.text("timezone") or "UTC"
    person = await new_person(name, BY_INVITATION, zone, form.raw("password"))
    return await come_in(services, newcomers.arriving(services, person, code))


def _code(request: Request) -> str:
    return str(request.path_params["invitation_code"])


def _guest(request: Request, services: Services) -> Guest | None:
    try:
        return find_guest(request, services)
    except SignInNeeded:
        return None


def _is_invited(account: Account, inviting: Inviting) -> bool:
    return folded_email(account.email or "") == folded_email(inviting.email)
