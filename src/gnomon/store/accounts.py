"""Accounts of the record: profiles, passwords and API tokens (D12)."""

import hashlib
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from gnomon.errors import BadData
from gnomon.model.account import Account
from gnomon.store.prepared import Prepared
from gnomon.store.schema import accounts
from gnomon.units.durations import Rounding, RoundingMode


def folded_email(email: str) -> str:
    """E-mail addresses are found whatever their case."""
    return email.strip().casefold()


def token_digest(token: str) -> bytes:
    """Tokens are looked up by SHA-256, so no byte-wise comparison of the secret is left (R6)."""
    return hashlib.sha256(token.encode()).digest()


def add_account(connection: Connection, account: Account, at: int) -> None:
    """Insert a profile without any secret; raises `BadData` when the address is taken."""
    if account.email is not None and find_account_by_email(connection, account.email) is not None:
        raise BadData(f"There is already an account with the address {account.email}.")
    values = {**_values_of(account), "created_at": at, "updated_at": at}
    connection.execute(insert(accounts).values(values))


def put_account(connection: Connection, account: Account) -> None:
    """Change a profile; the caller takes a change in every workspace of the user."""
    connection.execute(
        update(accounts).where(accounts.c.user_id == account.user_id).values(**_values_of(account))
    )


def _values_of(account: Account) -> dict[str, object]:
    return {
        "user_id": account.user_id,
        "name": account.name,
        "email": account.email,
        "email_folded": None if account.email is None else folded_email(account.email),
        "timezone": account.timezone,
        "rounds_reports": account.rounds_reports,
        "rounding_minutes": account.rounding.step_minutes,
        "rounding_mode": int(account.rounding.mode),
        "first_weekday": account.first_weekday,
        "preferences": account.preferences,
        "default_workspace_id": account.default_workspace_id,
        "country_id": account.country_id,
        "updated_at": account.updated_at,
    }


def set_password_hash(connection: Connection, user_id: int, password_hash: str) -> None:
    connection.execute(
        update(accounts).where(accounts.c.user_id == user_id).values(password_hash=password_hash)
    )


def set_api_token(connection: Connection, user_id: int, digest: bytes, sealed: bytes) -> None:
    """The old token dies with this."""
    connection.execute(
        update(accounts)
        .where(accounts.c.user_id == user_id)
        .values(api_token_digest=digest, api_token_sealed=sealed)
    )


_BY_ID = Prepared(select(accounts).where(accounts.c.user_id == bindparam("key")))
_BY_EMAIL = Prepared(select(accounts).where(accounts.c.email_folded == bindparam("key")))
_BY_TOKEN = Prepared(select(accounts).where(accounts.c.api_token_digest == bindparam("key")))


def find_account(connection: Connection, user_id: int) -> Account | None:
    return _found(connection, _BY_ID, user_id)


def find_account_by_email(connection: Connection, email: str) -> Account | None:
    return _found(connection, _BY_EMAIL, folded_email(email))


def find_account_by_token(connection: Connection, token: str) -> Account | None:
    return _found(connection, _BY_TOKEN, token_digest(token))


def lock_account(connection: Connection, user_id: int) -> None:
    """Others who would lock it wait until this transaction is over (PostgreSQL; SQLite has one writer anyway)."""
    if connection.dialect.name == "postgresql":
        locked = select(accounts.c.user_id).where(accounts.c.user_id == user_id)
        connection.execute(locked.with_for_update())


def _found(connection: Connection, question: Prepared, key: object) -> Account | None:
    row = question.one(connection, {"key": key})
    return None if row is None else account_of(row)


def find_password(connection: Connection, email: str) -> tuple[int, str] | None:
    """The user id and password hash behind an address; None where either is missing."""
    row = connection.execute(
        select(accounts.c.user_id, accounts.c.password_hash).where(
            accounts.c.email_folded == folded_email(email)
        )
    ).one_or_none()
    return None if row is None or row.password_hash is None else (row.user_id, row.password_hash)


def find_password_of(connection: Connection, user_id: int) -> str | None:
    """The hash; None where there is no password."""
    found: str | None = connection.scalar(
        select(accounts.c.password_hash).where(accounts.c.user_id == user_id)
    )
    return found


def has_secrets(connection: Connection, user_id: int) -> bool:
    """A password or a token: somebody may be using the account."""
    row = connection.execute(
        select(accounts.c.password_hash, accounts.c.api_token_digest).where(
            accounts.c.user_id == user_id
        )
    ).one_or_none()
    return row is not None and any(secret is not None for secret in row)


def has_accounts(connection: Connection) -> bool:
    """Whether anybody can sign in at all."""
    known = select(accounts.c.user_id).where(accounts.c.password_hash.is_not(None)).limit(1)
    return connection.scalar(known) is not None


def account_of(row: Row[Any]) -> Account:
    return Account(
        user_id=row.user_id,
        name=row.name,
        email=row.email,
        timezone=row.timezone,
        rounds_reports=row.rounds_reports,
        rounding=Rounding(row.rounding_minutes, RoundingMode(row.rounding_mode)),
        first_weekday=row.first_weekday,
        preferences=row.preferences,
        default_workspace_id=row.default_workspace_id,
        country_id=row.country_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
