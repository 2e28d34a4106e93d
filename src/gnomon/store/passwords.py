"""Passwords as argon2id hashes, never more than two at work at once (R7)."""

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gnomon.errors import BadData

TOKEN_PASSWORD = "api_token"  # noqa: S105  # what the vendor's clients send as the password of a token
PASSWORD_LENGTH_MIN = 8
PASSWORD_BYTES_MAX = 1_024
_HASHER = PasswordHasher(time_cost=1, memory_cost=46 * 1024, parallelism=1)
_PLACES = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """Raises `BadData` for a password that is too short or too long."""
    if len(password) < PASSWORD_LENGTH_MIN or len(password.encode()) > PASSWORD_BYTES_MAX:
        raise BadData(
            f"A password has at least {PASSWORD_LENGTH_MIN} characters and at most {PASSWORD_BYTES_MAX} bytes."
        )
    if password == TOKEN_PASSWORD:
        raise BadData(
            f"The password cannot be {TOKEN_PASSWORD!r}: it marks a sign-in by API token."
        )
    return hash_secret(password)


def hash_secret(secret: str) -> str:
    """Without rules: the password of a shared report is not that of an account."""
    with _PLACES:
        return _HASHER.hash(secret)


def is_password(password_hash: str | None, password: str) -> bool:
    """With no hash the work is done all the same, so that the time does not tell who exists."""
    with _PLACES:
        instead = _nobody()  # made by the first who comes, whether he exists or not
        try:
            return _HASHER.verify(password_hash or instead, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")
