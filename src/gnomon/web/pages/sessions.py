"""Signing in and out, and the way in: `/`."""

from anyio import to_thread
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from gnomon.errors import SignInNeeded, SignInRefused
from gnomon.model.account import Account
from gnomon.store.accounts import has_accounts
from gnomon.store.passwords import PASSWORD_BYTES_MAX
from gnomon.store.sessions import close_session, open_session
from gnomon.store.workspaces import standings_of
from gnomon.web.auth import Credentials
from gnomon.web.cookies import SECONDS_VALID, forget_session, give_session
from gnomon.web.failures import host_of
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.pages.forms import read_form
from gnomon.web.pages.handling import check_form_token, find_guest, given_form, go, guarded
from gnomon.web.pages.notices import Notice, notice_of
from gnomon.web.pages.places import local_path
from gnomon.web.pages.strangers import check_stranger, shown_to_stranger
from gnomon.web.pages.visit import View, query_of
from gnomon.web.services import Services
from gnomon.web.signing_in import by_password
from gnomon.web.transactions import READING, WRITING
from gnomon.wire.track_v9.errors import TooManyFailures

WRONG = "The e-mail or the password is wrong."
TOO_MANY = "Too many attempts. Try again in {minutes}."


@guarded
async def enter(request: Request) -> Response:
    """To the timer of one's own workspace; who is not signed in has to do that first."""
    services: Services = request.app.state.services
    return go(request, await to_thread.run_sync(_entrance, request, services, limiter=READING))


def _entrance(request: Request, services: Services) -> str:
    try:
        account, _ = find_guest(request, services)
    except SignInNeeded:
        with services.database.read() as connection:
            return "/sign-in" if has_accounts(connection) else "/setup"
    with services.database.read() as connection:
        mine = [one.workspace.workspace_id for one in standings_of(connection, account.user_id)]
    if not mine:
        return "/profile"
    wanted = account.default_workspace_id
    return f"/w/{wanted if wanted in mine else mine[0]}/timer"


@guarded
async def show_sign_in(request: Request) -> Response:
    return _sign_in_page(request, local_path(query_of(request).text("next")))


@guarded
async def sign_in(request: Request) -> Response:
    services: Services = request.app.state.services
    form = await given_form(request)
    check_stranger(request, form)
    email, to = form.text("email"), local_path(form.text("next"))
    try:
        account = await _known(request, services, email, form.raw("password"))
    except SignInRefused:
        return _sign_in_page(request, to, email, WRONG, 403)
    except TooManyFailures as error:
        minutes = -(-error.retry_after_seconds // 60)
        told = TOO_MANY.format(minutes="a minute" if minutes == 1 else f"{minutes} minutes")
        answer = _sign_in_page(request, to, email, told, 429)
        answer.headers["Retry-After"] = str(error.retry_after_seconds)
        return answer
    return await let_in(request, services, account, to)


async def _known(request: Request, services: Services, email: str, password: str) -> Account:
    if not email or len(password.encode()) > PASSWORD_BYTES_MAX:
        raise SignInRefused
    host = host_of(request)
    return await by_password(Credentials(email, password), services, host)


async def let_in(request: Request, services: Services, account: Account, to: str) -> Response:
    """With a new session."""

    def write(connection: Connection) -> str:
        at = int(services.seconds())
        return open_session(connection, account.user_id, at, at + SECONDS_VALID)

    code = await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    response = go(request, to)
    give_session(response, request, code)
    return response


def _sign_in_page(
    request: Request, to: str, email: str = "", problem: str = "", status: int = 200
) -> Response:
    services: Services = request.app.state.services
    context = {
        "next": to,
        "email": email,
        "problem": problem,
        "notice": notice_of(request),
        "can_mail": services.send_mail is not None and bool(services.public_url),
    }
    return shown_to_stranger(request, View("sign_in.html", status=status), context)


@guarded
async def sign_out(request: Request) -> Response:
    services: Services = request.app.state.services
    check_announced_size(request)
    try:
        guest = await to_thread.run_sync(find_guest, request, services, limiter=READING)
    except SignInNeeded:
        return go(request, "/sign-in")
    check_form_token(read_form(request, await read_body(request)), guest)

    def write(connection: Connection) -> None:
        close_session(connection, guest.session)

    await to_thread.run_sync(services.database.write, write, limiter=WRITING)
    response = go(request, "/sign-in", Notice("signed-out"))
    forget_session(response, request)
    return response
