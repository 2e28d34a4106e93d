"""Signed-in browsers and links for a new password: known by the digest of a secret only (D12.1)."""

import hashlib
import secrets

from sqlalchemy import Connection, delete, insert, select

from gnomon.store.schema import password_resets, sessions


def new_code() -> str:
    """32 random bytes as text that fits into a cookie and a link."""
    return secrets.token_urlsafe(32)


def code_digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()


def open_session(connection: Connection, user_id: int, at: int, expires_at: int) -> str:
    """The code of a new session; those that are over go."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= at))
    code = new_code()
    connection.execute(
        insert(sessions).values(
            code_digest=code_digest(code), user_id=user_id, created_at=at, expires_at=expires_at
        )
    )
    return code


def session_user(connection: Connection, code: str, at: int) -> int | None:
    """Whose session it is; None for one that is over or never was."""
    user_id: int | None = connection.scalar(
        select(sessions.c.user_id).where(
            sessions.c.code_digest == code_digest(code), sessions.c.expires_at > at
        )
    )
    return user_id


def close_session(connection: Connection, code: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.code_digest == code_digest(code)))


def close_sessions_of(connection: Connection, user_id: int) -> None:
    connection.execute(delete(sessions).where(sessions.c.user_id == user_id))


def sessions_of(connection: Connection, user_id: int, at: int) -> list[tuple[bytes, int]]:
    """Digest and beginning of those that are not over, the newest first."""
    rows = connection.execute(
        select(sessions.c.code_digest, sessions.c.created_at)
        .where(sessions.c.user_id == user_id, sessions.c.expires_at > at)
        .order_by(sessions.c.created_at.desc())
    )
    return [(row.code_digest, row.created_at) for row in rows]


def close_other_sessions(connection: Connection, user_id: int, code: str) -> None:
    """All but this one."""
    connection.execute(
        delete(sessions).where(
            sessions.c.user_id == user_id, sessions.c.code_digest != code_digest(code)
        )
    )


def offer_password_reset(connection: Connection, user_id: int, at: int, expires_at: int) -> str:
    """The code of a link by which the password can be set once; earlier links of the same person die."""
    connection.execute(
        delete(password_resets).where(
            (password_resets.c.expires_at <= at) | (password_resets.c.user_id == user_id)
        )
    )
    code = new_code()
    connection.execute(
        insert(password_resets).values(
            code_digest=code_digest(code), user_id=user_id, expires_at=expires_at
        )
    )
    return code


def reset_offered_since(connection: Connection, user_id: int, expires_after: int) -> bool:
    """Whether there is a link that is valid longer than that."""
    found = connection.scalar(
        select(password_resets.c.user_id).where(
            password_resets.c.user_id == user_id, password_resets.c.expires_at > expires_after
        )
    )
    return found is not None


def password_reset_user(connection: Connection, code: str, at: int) -> int | None:
    """Whose password the code may set."""
    user_id: int | None = connection.scalar(
        select(password_resets.c.user_id).where(
            password_resets.c.code_digest == code_digest(code), password_resets.c.expires_at > at
        )
    )
    return user_id


def end_password_resets_of(connection: Connection, user_id: int) -> None:
    connection.execute(delete(password_resets).where(password_resets.c.user_id == user_id))


def forget_browsers_and_links(connection: Connection, user_id: int) -> None:
    """What an old password or address let somebody do ends with it."""
    close_sessions_of(connection, user_id)
    end_password_resets_of(connection, user_id)


def spend_password_reset(connection: Connection, code: str, at: int) -> int | None:
    """Whose password the code may set; it is spent with this."""
    user_id = password_reset_user(connection, code, at)
    if user_id is not None:
        end_password_resets_of(connection, user_id)
    return user_id
