"""Mails about accounts: short, plain, and sent behind the answer."""

from email.message import EmailMessage
from email.utils import make_msgid
from smtplib import SMTPException

import structlog
from starlette.background import BackgroundTask

from gnomon.delivery.message import header_text
from gnomon.model.account import Account
from gnomon.web.services import Services

LOG = structlog.get_logger("gnomon.web")


def password_mail(services: Services, account: Account, link: str) -> EmailMessage:
    return _mail(
        services,
        account.email or "",
        "Set a new password",
        f"Hello {header_text(account.name)},\n\nsomebody, hopefully you, asked to set a new password. This link does it, once,"
        f" within an hour:\n\n{link}\n\nIf it was not you, nothing needs to be done.\n",
    )


def address_mail(services: Services, account: Account) -> EmailMessage:
    """To the address that was."""
    return _mail(
        services,
        account.email or "",
        "Your address was changed",
        f"Hello {header_text(account.name)},\n\nyour account has another e-mail address from now on, and mails go there."
        " If that was not you, ask who runs this server.\n",
    )


def invitation_mail(services: Services, email: str, sender: Account, link: str) -> EmailMessage:
    return _mail(
        services,
        email,
        f"{header_text(sender.name)} invites you",
        f"Hello,\n\n{header_text(sender.name)} invites you to track time together. This link lets you in, within 14 days:\n\n"
        f"{link}\n",
    )


def _mail(services: Services, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = services.mail_from
    message["To"] = to
    message["Message-ID"] = make_msgid(domain="gnomon.invalid")
    message.set_content(text)
    return message


def post(services: Services, *messages: EmailMessage) -> BackgroundTask:
    """After the answer, in a thread; what the mail server does not take is logged, without a word of the mail."""

    def send() -> None:
        for message in messages:
            try:
                assert services.send_mail is not None  # nobody makes a mail where none can be sent
                services.send_mail(message)
            except (OSError, SMTPException, ValueError) as error:
                LOG.warning("mail failed", reason=type(error).__name__)

    return BackgroundTask(send)
