"""Passwords and sessions: what has to be hashed before the record is opened, and what sets a cookie."""

from email.message import EmailMessage
from functools import partial

from anyio import to_thread
from sqlalchemy import Connection
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.accounts import (
    find_account,
    find_account_by_email,
    find_password_of,
    folded_email,
    lock_account,
)
from gnomon.store.passwords import PASSWORD_LENGTH_MIN, hash_password, is_password
from gnomon.store.sessions import (
    close_session,
    offer_password_reset,
    open_session,
    password_reset_user,
    reset_offered_since,
)
from gnomon.tracking.profile import change_profile, checked_email, reset_password, set_password
from gnomon.tracking.refusals import BadChange, ResetCodeUnknown
from gnomon.web.cookies import SECONDS_VALID, forget_session, give_session, session_code
from gnomon.web.failures import CODES, host_of
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.mails import address_mail, password_mail, post
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING
from gnomon.web.track.asking import track_account
from gnomon.web.track.calls import OK, Call, answer
from gnomon.web.track.profile import read_me, told_profile
from gnomon.web.transactions import READING, WRITING
from gnomon.wire.track_v9.errors import TrackSignInNeeded
from gnomon.wire.track_v9.fields import Given
from gnomon.wire.track_v9.payloads import LOST_PASSWORD, ME, NEW_PASSWORD

ITSELF = "itself"  # the network of who is signed in already
RESET_SECONDS = 3_600
PAUSE_SECONDS = 300  # between two such mails to one person


async def change_me(request: Request) -> Response:
    """A new password is hashed, and the old one checked, before anybody waits for the record."""
    services: Services = request.app.state.services
    check_announced_size(request)
    account = await track_account(request, services)
    given: Given = ME.read(await read_body(request))
    hashed = await _new_hash(services, account, given)

    def write(connection: Connection) -> Response:
        lock_account(connection, account.user_id)
        present = find_account(connection, account.user_id)
        if present is None:
            raise TrackSignInNeeded
        now = int(services.seconds())
        changed = change_profile(connection, present, given, now)
        if hashed is not None:
            set_password(connection, account.user_id, hashed)
        return answer(told_profile(_call(request, services, connection, changed), changed))

    response: Response = await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    old, new = account.email, given.get("email")
    if services.send_mail is not None and old and new and folded_email(new) != folded_email(old):
        response.background = post(services, address_mail(services, account))
    return response


async def _new_hash(services: Services, account: Account, given: Given) -> str | None:
    if given.get("password") is None:
        return None
    if given.get("current_password") is None:
        raise BadChange("Current password must be present to change password")
    with services.database.read() as connection:
        present = find_password_of(connection, account.user_id)
    services.failures.check(account.email or "", ITSELF)
    check = partial(is_password, present, given["current_password"])
    if not await to_thread.run_sync(check, limiter=HASHING):
        services.failures.note(account.email or "", ITSELF)
        raise BadChange("Current password is not valid")
    return await _hashed(given["password"])


async def _hashed(password: str) -> str:
    try:
        return await to_thread.run_sync(hash_password, password, limiter=HASHING)
    except BadData as error:
        if len(password) < PASSWORD_LENGTH_MIN:
            raise BadChange(
                f"Password should be at least {PASSWORD_LENGTH_MIN} characters"
            ) from None
        raise BadChange(str(error)) from None


def _call(request: Request, services: Services, connection: Connection, account: Account) -> Call:
    return Call(
        request=request,
        services=services,
        connection=connection,
        account=account,
        path=request.path_params,
        query=request.query_params,
        given={},
        now=int(services.seconds()),
    )


async def add_session(request: Request) -> Response:
    """Sign a browser in: the credentials come in the header, the cookie goes back."""
    services: Services = request.app.state.services
    check_announced_size(request)
    if "authorization" not in request.headers:
        raise TrackSignInNeeded
    account = await track_account(request, services)
    await read_body(request)

    def write(connection: Connection) -> Response:
        at = int(services.seconds())
        code = open_session(connection, account.user_id, at, at + SECONDS_VALID)
        response = answer(read_me(_call(request, services, connection, account)))
        give_session(response, request, code)
        return response

    return await to_thread.run_sync(services.database.write, write, limiter=WRITING)


async def end_session(request: Request) -> Response:
    services: Services = request.app.state.services
    check_announced_size(request)
    await track_account(request, services)
    code = session_code(request)

    def write(connection: Connection) -> None:
        if code is not None:
            close_session(connection, code)

    await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    response = answer(OK)
    forget_session(response, request)
    return response


async def lose_password(request: Request) -> Response:
    """The same answer whoever asks; who has the address gets a link, where mail is set up."""
    services: Services = request.app.state.services
    given: Given = LOST_PASSWORD.read(await read_body(request))
    response = answer(OK)
    response.background = await offered_reset(services, checked_email(given.get("email") or ""))
    return response


async def offered_reset(services: Services, email: str) -> BackgroundTask | None:
    """The mail with the link, for who has that address and none lately; to be sent behind the answer."""

    def write(connection: Connection) -> EmailMessage | None:
        account = find_account_by_email(connection, email)
        if account is None or services.send_mail is None or not services.public_url:
            return None  # a link that began with what the caller says would lead wherever he likes
        at = int(services.seconds())
        if reset_offered_since(connection, account.user_id, at + RESET_SECONDS - PAUSE_SECONDS):
            return None
        code = offer_password_reset(connection, account.user_id, at, at + RESET_SECONDS)
        return password_mail(
            services, account, f"{services.public_url.rstrip('/')}/reset-password/{code}"
        )

    message = await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    return None if message is None else post(services, message)


def is_reset_open(services: Services, code: str) -> bool:
    """Found out before the costly work of hashing (R7)."""
    with services.database.read() as connection:
        return password_reset_user(connection, code, int(services.seconds())) is not None


async def confirm_password(request: Request) -> Response:
    services: Services = request.app.state.services
    given: Given = NEW_PASSWORD.read(await read_body(request))
    await spend_reset(request, services, given.get("code") or "", given.get("password") or "")
    return answer(OK)


async def spend_reset(request: Request, services: Services, code: str, password: str) -> None:
    """Raises `ResetCodeUnknown`, and `BadChange` for a password that cannot be."""
    host = host_of(request)
    services.failures.check(CODES, host)
    if not await to_thread.run_sync(is_reset_open, services, code, limiter=READING):
        services.failures.note(CODES, host)
        raise ResetCodeUnknown
    hashed = await _hashed(password)

    def write(connection: Connection) -> None:
        reset_password(connection, code, hashed, int(services.seconds()))

    await to_thread.run_sync(services.database.write, write, limiter=WRITING)
