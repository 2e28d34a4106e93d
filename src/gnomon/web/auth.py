"""Who asks: HTTP basic authentication by e-mail and password or by API token (D9.1)."""

import base64
import binascii
import hashlib
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection
from starlette.requests import Request

from gnomon.errors import SignInNeeded, SignInRefused
from gnomon.model.account import Account
from gnomon.store.accounts import find_account, find_account_by_token, find_password
from gnomon.store.database import Database
from gnomon.store.passwords import PASSWORD_BYTES_MAX, TOKEN_PASSWORD, is_password
from gnomon.store.sessions import session_user
from gnomon.store.workspaces import Standing, find_standing
from gnomon.web.cookies import session_code

CACHE_SECONDS = 60
CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, or a token; or, with `session_at`, the code of a session and when it is looked at."""

    username: str
    password: str
    session_at: int | None = None

    @property
    def is_token(self) -> bool:
        return self.session_at is None and self.password == TOKEN_PASSWORD


def credentials_of(request: Request, now: datetime) -> Credentials:
    """The header, which always wins, else the cookie; raises `SignInNeeded` where neither says anything (D9.1)."""
    header = request.headers.get("authorization")
    if header is None:
        code = session_code(request)
        if code is not None:
            return Credentials(code, "", int(now.timestamp()))
    return basic_credentials(header)


def basic_credentials(header: str | None) -> Credentials:
    """What `Authorization: Basic ...` says; raises `SignInNeeded` where it says nothing or gibberish (RFC 7617)."""
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        raise SignInNeeded
    try:
        username, colon, password = (
            base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        )
    except (binascii.Error, UnicodeDecodeError) as error:
        raise SignInNeeded from error
    if not colon or "\0" in username or len(password.encode()) > PASSWORD_BYTES_MAX:
        raise SignInNeeded
    return Credentials(username, password)


class Authenticator:
    """Checks credentials against the record; a password that was right is not hashed again for a minute (R7).

    The record is still asked each time, so a changed password or a reset token is dead at once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._key = secrets.token_bytes(32)
        self._right: OrderedDict[bytes, tuple[str, float]] = OrderedDict()
        self._seen: OrderedDict[tuple[bytes, int], tuple[int, Account, Standing]] = OrderedDict()
        self._accounts: OrderedDict[bytes, tuple[int, Account]] = OrderedDict()
        self._guard = Lock()

    def remembered_account(self, credentials: Credentials) -> Account | None:
        """Whose token it is, if nothing about people was written since; never so where others write, too."""
        seen = self._accounts.get(self._mark(credentials))
        if seen is None or seen[0] != self._database.people_stamp:
            return None
        return seen[1]

    def remembered(
        self, credentials: Credentials, workspace_id: int
    ) -> tuple[Account, Standing] | None:
        """What `look_up` last said, if nothing at all was written since; never so where others write, too."""
        seen = self._seen.get((self._mark(credentials), workspace_id))
        if seen is None or seen[0] != self._database.stamp:
            return None
        return seen[1], seen[2]

    def look_up(
        self, credentials: Credentials, workspace_id: int
    ) -> tuple[Account | None, Standing | None]:
        """Whose credentials these are and how he stands in the workspace, in one look at the record.

        No account: a password has to be hashed to know (`account_by_password`). Raises `SignInRefused` for a token
        that nobody has.
        """
        stamp = (
            self._database.stamp
        )  # read before the record is, so that a write in between is noticed
        people_stamp = self._database.people_stamp
        with self._database.read() as connection:
            if credentials.is_token:
                account = find_account_by_token(connection, credentials.username)
                if account is None:
                    raise SignInRefused
                if people_stamp is not None:
                    self._keep_account(credentials, people_stamp, account)
            elif credentials.session_at is not None:
                account = _account_of_session(connection, credentials)
            else:
                found = find_password(connection, credentials.username)
                if found is None or not self._was_right(credentials, found[1]):
                    return None, None
                account = find_account(connection, found[0])
            if account is None:
                return None, None
            standing = find_standing(connection, workspace_id, account.user_id)
        if stamp is not None and standing is not None and credentials.is_token:
            self._remember(credentials, workspace_id, (stamp, account, standing))
        return account, standing

    def _keep_account(self, credentials: Credentials, stamp: int, account: Account) -> None:
        with self._guard:
            self._accounts[self._mark(credentials)] = (stamp, account)
            while len(self._accounts) > CACHE_SIZE:
                self._accounts.popitem(last=False)

    def _remember(
        self, credentials: Credentials, workspace_id: int, seen: tuple[int, Account, Standing]
    ) -> None:
        with self._guard:
            self._seen[self._mark(credentials), workspace_id] = seen
            while len(self._seen) > CACHE_SIZE:
                self._seen.popitem(last=False)

    def account_by_password(self, credentials: Credentials) -> Account:
        """The slow way. An unknown user costs as much time as a wrong password, so the two cannot be told apart."""
        with self._database.read() as connection:
            found = find_password(connection, credentials.username)
        password_hash = found[1] if found else None
        if not is_password(password_hash, credentials.password) or found is None:
            raise SignInRefused
        with self._guard:
            self._right[self._mark(credentials)] = (found[1], time.monotonic() + CACHE_SECONDS)
            while len(self._right) > CACHE_SIZE:
                self._right.popitem(last=False)
        with self._database.read() as connection:
            account = find_account(connection, found[0])
        if account is None:
            raise SignInRefused
        return account

    def standing(self, account: Account, workspace_id: int) -> Standing | None:
        """How the account stands in the workspace now."""
        with self._database.read() as connection:
            return find_standing(connection, workspace_id, account.user_id)

    def _was_right(self, credentials: Credentials, password_hash: str) -> bool:
        with self._guard:
            known_hash, until = self._right.get(self._mark(credentials), ("", 0.0))
        return known_hash == password_hash and until > time.monotonic()

    def _mark(self, credentials: Credentials) -> bytes:
        said = f"{credentials.username}\0{credentials.password}".encode()
        return hashlib.blake2b(said, key=self._key, digest_size=32).digest()


def _account_of_session(connection: Connection, credentials: Credentials) -> Account:
    """One that is over is as good as none."""
    assert credentials.session_at is not None
    user_id = session_user(connection, credentials.username, credentials.session_at)
    account = None if user_id is None else find_account(connection, user_id)
    if account is None:
        raise SignInNeeded
    return account
