"""Who may run a saved report: found out before the body is read (D10.3)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from starlette.requests import Request

from gnomon.errors import OwnerGone, ShareTokenRefused, SignInNeeded, SignInRefused
from gnomon.model.account import Account, Role
from gnomon.model.saved_report import SavedReport
from gnomon.store.passwords import is_password
from gnomon.store.saved_reports import find_report_by_token
from gnomon.store.workspaces import Standing, find_standing
from gnomon.web.cookies import session_code
from gnomon.web.failures import host_of
from gnomon.web.limits import check_announced_size, read_body
from gnomon.web.reports.asking import BODY_SECONDS_QUICK, NOWHERE
from gnomon.web.services import Services
from gnomon.web.signing_in import HASHING, signed_in
from gnomon.wire.body import parse_optional_body
from gnomon.wire.errors import ShareSignInRefused
from gnomon.wire.reports_v3.saved_view import PASSWORD_KEY
from gnomon.wire.track_v9.saved_reports import PASSWORD_LENGTH_MAX


@dataclass(frozen=True, slots=True)
class Access:
    """A report that may be run: by its owner or an admin (`is_full`) or by anybody. `standing` is the owner's."""

    report: SavedReport
    standing: Standing
    is_full: bool


@dataclass(frozen=True, slots=True)
class SharedAsking:
    access: Access
    given: Mapping[str, Any]
    body: bytes


async def shared_asking(request: Request, services: Services) -> SharedAsking:
    """The size, the credentials, the token, the owner, and only then the body and the report's password.

    Rights are looked at again behind a body that took its time.
    """
    check_announced_size(request)
    account = await _account(request, services)
    token = request.path_params["report_token"]
    access = await to_thread.run_sync(access_for, token, account, services)
    began = time.monotonic()
    body = await read_body(request)
    if time.monotonic() - began > BODY_SECONDS_QUICK:
        access = await to_thread.run_sync(access_for, token, account, services)
    given = parse_optional_body(body)
    host = host_of(request)
    await _check_password(access, given, services, host)
    return SharedAsking(access, given, body)


async def _account(request: Request, services: Services) -> Account | None:
    """Nobody needs to sign in, but who does must do it right."""
    has_header = "authorization" in request.headers
    if not has_header and session_code(request) is None:
        return None
    try:
        account, _ = await signed_in(request, NOWHERE, services)
    except SignInRefused:
        raise ShareSignInRefused from None
    except SignInNeeded:
        if has_header:
            raise
        return None  # a session that is over is none
    return account


def access_for(token: str, account: Account | None, services: Services) -> Access:
    with services.database.read() as connection:
        report = find_report_by_token(connection, token)
        workspace_id = report.workspace_id
        is_full = account is not None and account.user_id == report.owner_id
        if account is not None and not is_full:
            viewer = find_standing(connection, workspace_id, account.user_id)
            is_full = viewer is not None and viewer.role is Role.ADMIN
        if not is_full and not report.is_open(int(services.now().timestamp())):
            raise ShareTokenRefused
        owner = find_standing(connection, workspace_id, report.owner_id)
    if owner is None:
        raise OwnerGone
    return Access(report, owner, is_full)


async def _check_password(
    access: Access, given: Mapping[str, Any], services: Services, host: str
) -> None:
    """A missing one, a wrong one and a wrong token are the same; who guesses too often has to wait (R7)."""
    password_hash = access.report.password_hash
    if access.is_full or password_hash is None:
        return
    password = given.get(PASSWORD_KEY)
    if not isinstance(password, str) or len(password) > PASSWORD_LENGTH_MAX:
        raise ShareTokenRefused
    if not await to_thread.run_sync(
        is_report_password, access.report, password, host, services, limiter=HASHING
    ):
        raise ShareTokenRefused


def is_report_password(report: SavedReport, password: str, host: str, services: Services) -> bool:
    """Counted like sign-ins, wherever it is guessed at; raises `TooManyFailures`."""
    name = f"report {report.report_id}"
    services.failures.check(name, host)
    is_known = len(password) <= PASSWORD_LENGTH_MAX and is_password(report.password_hash, password)
    if not is_known:
        services.failures.note(name, host)
    return is_known
