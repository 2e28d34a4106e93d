"""Ways in besides signing in: a new password by mail, an invitation, and the very first start."""

import hmac
from functools import partial
from ipaddress import ip_address

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadData, SignInNeeded
from gnomon.model.account import Account
from gnomon.store.accounts import find_account, folded_email, has_accounts
from gnomon.store.onboarding import NewPerson, found_workspace
from gnomon.store.passwords import hash_password
from gnomon.tracking import invitations
from gnomon.tracking.invitations import InvitationAbsent, Inviting
from gnomon.tracking.profile import checked_email
from gnomon.tracking.refusals import BadChange, Forbidden
from gnomon.units.currencies import currency_symbols
from gnomon.units.dates import zone_of
from gnomon.web.failures import CODES
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages.csrf import form_token
from gnomon.web.pages.forms import Form, read_form
from gnomon.web.pages.handling import check_form_token, find_guest, go
from gnomon.web.pages.notices import Notice
from gnomon.web.pages.sessions import guarded, let_in
from gnomon.web.pages.strangers import check_stranger, shown_to_stranger
from gnomon.web.pages.visit import Go, Guest, NotFound, View, query_of
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.web.track.asking import READING, WRITING
from gnomon.web.track.invitations import CODE_LENGTH_MAX
from gnomon.web.track.secrets import is_reset_open, offered_reset, spend_reset


async def _form(request: Request) -> tuple[Services, Form]:
    services: Services = request.app.state.services
    check_announced_size(request)
    return services, read_form(request, await read_body(request))


async def _strangers_form(request: Request) -> tuple[Services, Form]:
    services, form = await _form(request)
    check_stranger(request, form)
    return services, form


@guarded
async def show_forgotten(request: Request) -> Response:
    return shown_to_stranger(request, View("arriving/forgotten.html"), {})


@guarded
async def forget_password(request: Request) -> Response:
    """The same answer for every address."""
    services, form = await _strangers_form(request)
    mail = await offered_reset(services, checked_email(form.text("email")))
    response = go("/sign-in", Go("/sign-in", Notice("mail-sent")))
    response.background = mail
    return response


@guarded
async def show_reset(request: Request) -> Response:
    services: Services = request.app.state.services
    code = request.path_params["reset_code"]
    if not await to_thread.run_sync(is_reset_open, services, code, limiter=READING):
        raise NotFound
    return shown_to_stranger(request, View("arriving/reset.html"), {"here": request.url.path})


@guarded
async def reset(request: Request) -> Response:
    services, form = await _strangers_form(request)
    code = request.path_params["reset_code"]
    host = request.client.host if request.client else ""
    services.failures.check(CODES, host)
    if not await to_thread.run_sync(is_reset_open, services, code, limiter=READING):
        services.failures.note(CODES, host)
        raise NotFound
    await spend_reset(request, services, code, form.raw("password"))
    return go("/sign-in", Go("/sign-in", Notice("password-set")))


def _code(request: Request) -> str:
    return str(request.path_params["invitation_code"])[:CODE_LENGTH_MAX]


def _inviting(services: Services, code: str) -> Inviting:
    with services.database.read() as connection:
        return invitations.look_at(connection, code, int(services.seconds()))


def _guest(request: Request, services: Services) -> Guest | None:
    try:
        return find_guest(request, services)
    except SignInNeeded:
        return None


@guarded
async def show_invitation(request: Request) -> Response:
    services: Services = request.app.state.services
    inviting = await to_thread.run_sync(_inviting, services, _code(request), limiter=READING)
    guest = await to_thread.run_sync(_guest, request, services, limiter=READING)
    is_me = guest is not None and _is_invited(guest.account, inviting)
    context = {
        "inviting": inviting,
        "here": request.url.path,
        "is_me": is_me,
        **({"form_token": form_token(guest.session)} if guest and is_me else {}),
        "other": None if guest is None or is_me else guest.account,
    }
    return shown_to_stranger(request, View("arriving/invitation.html"), context)


def _is_invited(account: Account, inviting: Inviting) -> bool:
    return folded_email(account.email or "") == folded_email(inviting.email)


@guarded
async def accept_invitation(request: Request) -> Response:
    """As who is signed in and was meant, or with a new account."""
    services, form = await _form(request)
    code = _code(request)
    host = request.client.host if request.client else ""
    services.failures.check(CODES, host)
    try:
        inviting = await to_thread.run_sync(_inviting, services, code, limiter=READING)
    except InvitationAbsent:
        services.failures.note(CODES, host)
        raise
    guest = await to_thread.run_sync(_guest, request, services, limiter=READING)
    if guest is not None and _is_invited(guest.account, inviting):
        check_form_token(form, guest)
        await _write(services, partial(_join, guest.account, code))
        return go("/")
    check_stranger(request, form)
    person = await _person(form, "")
    account = await _write(services, partial(_make, services, person, code))
    return await let_in(request, services, account, "/")


def _join(account: Account, code: str, connection: Connection, now: int) -> int:
    invitations.accept_as(connection, account, code, now)
    return account.user_id


def _make(
    services: Services, person: NewPerson, code: str, connection: Connection, now: int
) -> int:
    return invitations.accept_new(connection, services.box, person, code, now)


async def _write(services: Services, make: "partial[int]") -> Account:
    """Whoever came in."""

    def write(connection: Connection) -> Account:
        account = find_account(connection, make(connection, int(services.seconds())))
        assert account is not None  # it was made or found above
        return account

    return await to_thread.run_sync(services.database.write, write, limiter=WRITING)


async def _person(form: Form, email: str) -> NewPerson:
    """With the password hashed; raises `BadChange`."""
    name, timezone = form.text("name"), form.text("timezone") or "UTC"
    try:
        zone_of(timezone)
        if not name:
            raise BadChange("A name is needed.")
        hashed = await to_thread.run_sync(hash_password, form.raw("password"), limiter=HASHING)
    except BadData as error:
        raise BadChange(str(error)) from None
    return NewPerson(name=name, email=email, timezone=timezone, password_hash=hashed)


@guarded
async def show_setup(request: Request) -> Response:
    services: Services = request.app.state.services
    await to_thread.run_sync(_check_nobody, request, services, limiter=READING)
    code = query_of(request).text("code")
    currencies = {one: one for one in currency_symbols()}
    return shown_to_stranger(
        request, View("arriving/setup.html"), {"code": code, "currencies": currencies}
    )


@guarded
async def set_up(request: Request) -> Response:
    services, form = await _strangers_form(request)
    code = form.text("code")
    await to_thread.run_sync(_check_setup, request, services, code, limiter=READING)
    person = await _person(form, checked_email(form.text("email")))
    account = await _write(services, partial(_found, services, form, person))
    return await let_in(request, services, account, "/")


def _found(
    services: Services,
    form: Form,
    person: NewPerson,
    connection: Connection,
    now: int,
) -> int:
    """Looked at once more with the record held: there is one first person only."""
    if has_accounts(connection):
        raise NotFound
    name, currency = form.text("workspace"), form.text("currency") or "EUR"
    if not name:
        raise BadChange("The workspace needs a name.")
    return found_workspace(connection, services.box, person, name, currency, now).user_id


def _check_setup(request: Request, services: Services, code: str) -> None:
    """With the code that the server printed (D12.2); guesses are counted."""
    _check_nobody(request, services)
    host = request.client.host if request.client else ""
    services.failures.check(CODES, host)
    is_right = hmac.compare_digest(code.encode(), services.setup_code.encode())
    if not services.setup_code or not is_right:
        services.failures.note(CODES, host)
        raise Forbidden("This is not the code that the server printed.")


def _check_nobody(request: Request, services: Services) -> None:
    """From this very machine only, while nobody is there."""
    host = request.client.host if request.client else ""
    if not _is_loopback(host):
        raise NotFound
    with services.database.read() as connection:
        if has_accounts(connection):
            raise NotFound


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
