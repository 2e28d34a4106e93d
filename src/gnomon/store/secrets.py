"""API tokens: made, sealed for being shown again, and found by digest (D12.1)."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, select

from gnomon.errors import BadData
from gnomon.store.accounts import set_api_token, token_digest
from gnomon.store.schema import accounts

KEY_FILE = "secret.key"
KEY_LENGTH_MIN = 32


class SecretBox:
    """Seals texts with the installation's key; the key is in no backup, log or default."""

    def __init__(self, key: str) -> None:
        if len(key) < KEY_LENGTH_MIN or len(set(key)) < KEY_LENGTH_MIN // 4:
            raise BadData(f"The secret key needs at least {KEY_LENGTH_MIN} random characters.")
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str | None:
        """None when it was sealed with another key."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None


def open_secret_box(folder: Path, key: str = "") -> SecretBox:
    """The key given by the operator, else the one in the data folder, made at first start with mode 0600."""
    if key:
        return SecretBox(key)
    path = folder / KEY_FILE
    if not path.exists():
        _write_key(path)
    return SecretBox(path.read_text().strip())


def _write_key(path: Path) -> None:
    """Whole or not at all, and never over one that is there."""
    draft = path.with_name(path.name + ".part")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def new_token() -> str:
    """32 lower-case hex characters from the system's random source, the vendor's form."""
    return secrets.token_hex(16)


def give_new_token(connection: Connection, box: SecretBox, user_id: int) -> str:
    """A new API token for that user; the old one is dead with the commit."""
    token = new_token()
    set_api_token(connection, user_id, token_digest(token), box.seal(token))
    return token


def shown_token(connection: Connection, box: SecretBox, user_id: int) -> str | None:
    """The user's token, for showing it to him again; None where there is none or another key sealed it."""
    sealed = connection.scalar(
        select(accounts.c.api_token_sealed).where(accounts.c.user_id == user_id)
    )
    return None if sealed is None else box.open(sealed)
