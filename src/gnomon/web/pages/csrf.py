"""The hidden field that every form carries: only a page of this session knows it (R3)."""

import hashlib
import hmac
import secrets

SALT_BYTES = 8
FIELD = "csrf"


def form_token(session_code: str) -> str:
    """Another text each time, so that compressed pages tell nothing about it."""
    salt = secrets.token_hex(SALT_BYTES)
    return f"{salt}.{_proof(session_code, salt)}"


def is_form_token(session_code: str, told: str) -> bool:
    salt, _, proof = told.partition(".")
    return hmac.compare_digest(_proof(session_code, salt).encode(), proof.encode())


def _proof(session_code: str, salt: str) -> str:
    return hmac.new(session_code.encode(), f"form {salt}".encode(), hashlib.sha256).hexdigest()
