"""Whose request it is: by header or cookie, at once where it is known, slowly where a password has to be hashed (R7)."""

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request

from gnomon.errors import SignInRefused
from gnomon.model.account import Account
from gnomon.store.workspaces import Standing
from gnomon.web.auth import Credentials, credentials_of
from gnomon.web.failures import host_of
from gnomon.web.services import Services

HASHING = CapacityLimiter(2)
NOWHERE = 0  # the id of no workspace


async def signed_in(
    request: Request, workspace_id: int, services: Services
) -> tuple[Account, Standing | None]:
    """The account and how it stands in that workspace. Passwords are hashed two at a time and waited for outside the
    threads that others need; who tries too many is refused.
    """
    credentials = credentials_of(request, services.now())
    authenticator = services.authenticator
    remembered = authenticator.remembered(credentials, workspace_id)
    if remembered is not None:
        return remembered
    host = host_of(request)
    if credentials.session_at is None:
        services.failures.check(credentials.username, host, is_token=credentials.is_token)
    try:
        account, standing = await to_thread.run_sync(
            authenticator.look_up, credentials, workspace_id
        )
        if account is not None:
            return account, standing
        account = await by_password(credentials, services, host)
    except SignInRefused:
        if credentials.is_token:
            services.failures.note(credentials.username, host, is_token=True)
        raise
    return account, await to_thread.run_sync(authenticator.standing, account, workspace_id)


async def by_password(credentials: Credentials, services: Services, host: str) -> Account:
    """Looked at once more when its turn has come: a burst must not be let through as a whole."""

    def hashed() -> Account:
        services.failures.check(credentials.username, host)
        try:
            return services.authenticator.account_by_password(credentials)
        except SignInRefused:
            services.failures.note(credentials.username, host)
            raise

    return await to_thread.run_sync(hashed, limiter=HASHING)


async def signed_in_account(request: Request, services: Services) -> Account:
    """Whoever asks, wherever he belongs."""
    remembered = services.authenticator.remembered_account(credentials_of(request, services.now()))
    if remembered is not None:
        return remembered
    account, _ = await signed_in(request, NOWHERE, services)
    return account
