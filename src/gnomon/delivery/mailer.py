"""Mail through an SMTP server (RFC 5321), named by a URL."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from gnomon.errors import BadData

SECONDS_MAX = 20  # for each answer of the mail server: a whole mail takes some eight of them
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Raises `OSError` or `SMTPException` when the server did not take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpMailer:
    """`smtps` is encrypted from the first byte, `smtp+starttls` must become so, `smtp` becomes so where it can."""

    scheme: str
    host: str
    port: int
    username: str
    password: str

    def send(self, message: EmailMessage) -> None:
        """To the one recipient; what the server says after it has taken the mail changes nothing."""
        address = message["To"].addresses[0].addr_spec
        with self._connected() as server:
            server.send_message(message, to_addrs=[address])

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        if self.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS_MAX, context=context
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS_MAX)
        try:
            server.ehlo()
            if self.scheme == "smtp+starttls" or (
                self.scheme == "smtp" and server.has_extn("starttls")
            ):
                server.starttls(context=context)
            if self.username:
                server.login(self.username, self.password)
            yield server
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            server.close()


def smtp_mailer(url: str) -> SmtpMailer:
    """From `smtp://user:password@host:port`; raises `BadData` for any other text, which is never repeated."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _not_understood() from None
    username, password = unquote(parts.username or ""), unquote(parts.password or "")
    if parts.scheme not in PORTS or not parts.hostname or not (username + password).isascii():
        raise _not_understood()
    return SmtpMailer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        username=username,
        password=password,
    )


def _not_understood() -> BadData:
    return BadData(
        "GNOMON_SMTP_URL must look like smtp://host:25, smtp+starttls://user:password@host:587"
        " or smtps://user:password@host:465, name and password in ASCII."
    )
