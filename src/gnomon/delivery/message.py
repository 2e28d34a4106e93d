"""A saved report as a mail: the figures and the longest groups in the body, the PDF attached, a link to the page."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from gnomon.editions.edition import Edition
from gnomon.editions.files import write_edition
from gnomon.errors import BadData
from gnomon.export.front import Figure, duration, figures
from gnomon.export.pdf_front import days_text
from gnomon.sheets.shares import longest_shares
from gnomon.wire.reports_v3.files import FileKind, file_name

SHARES_MAX = 12
TITLE_LENGTH_MAX = 120
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """`key` names the mail for good: a copy that is sent again is known as one (RFC 5322, 3.6.4)."""

    sender: str
    recipient: str
    key: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the body tells, in plain text and as a page."""

    title: str
    days: str
    figures: list[Figure]
    grouped_by: str
    shares: list[tuple[str, str]]  # name and duration
    link: str


def report_message(
    edition: Edition, envelope: Envelope, nobody_waits: Event | None = None
) -> EmailMessage:
    """Raises `BadData` for an address that is none, `FileFailed` when the PDF cannot be made or nobody waits for it."""
    letter = _letter(edition, envelope.link)
    assert edition.document is not None
    message = EmailMessage()
    message["Subject"] = f"{header_text(letter.title)}: {letter.days}"
    message["From"] = envelope.sender
    message["To"] = one_address(envelope.recipient)
    message["Date"] = format_datetime(edition.document.made_at)
    message["Message-ID"] = envelope.key
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_plain(letter))
    message.add_alternative(_page(letter), subtype="html")
    message.add_attachment(
        _pdf(edition, nobody_waits),
        maintype="application",
        subtype="pdf",
        filename=file_name(edition.report_type, edition.days, FileKind.PDF),
    )
    return message


def header_text(text: str) -> str:
    """Plain words: control characters end a header, and `=?` begins a word that may hide them (RFC 2047)."""
    return CONTROL.sub(" ", text).replace("=?", "= ?")


def one_address(email: str) -> str:
    """Raises `BadData` for anything but one plain address: a comma would make two recipients of it."""
    if not ADDRESS.fullmatch(email):
        raise BadData("There is an e-mail address that no mail can be sent to.")
    return email


def check_sender(sender: str) -> None:
    """`reports@example.com` or `Gnomon <reports@example.com>`; raises `BadData`."""
    _, address = parseaddr(sender)
    if not ADDRESS.fullmatch(address) or CONTROL.search(sender) or "=?" in sender:
        raise BadData(
            "GNOMON_MAIL_FROM must be an e-mail address, with a name in front of it if you like."
        )


def _letter(edition: Edition, link: str) -> Letter:
    document, charted = edition.document, edition.sheet.charted
    assert document is not None
    shares = longest_shares(charted, edition.sheet.colors, SHARES_MAX)
    return Letter(
        title=" ".join(document.title.split())[:TITLE_LENGTH_MAX],
        days=days_text(document, edition.formats),
        figures=figures(document.series, edition.sheet, edition.formats),
        grouped_by=charted.columns[0].title,
        shares=[
            (" ".join(one.name.split()), duration(one.seconds, edition.formats)) for one in shares
        ],
        link=link,
    )


def _pdf(edition: Edition, nobody_waits: Event | None) -> bytes:
    with TemporaryDirectory(prefix="gnomon-mail-") as folder:
        path = Path(folder) / "report.pdf"
        write_edition(path, edition, FileKind.PDF, nobody_waits)
        return path.read_bytes()


def _plain(letter: Letter) -> str:
    lines = [letter.title, letter.days, ""]
    lines += [f"{one.label}: {one.text} {one.note}".rstrip() for one in letter.figures]
    lines += ["", letter.grouped_by]
    lines += [f"  {clock:>10}  {name}" for name, clock in letter.shares]
    link = ["", f"The whole report: {letter.link}"] if letter.link else []
    return "\n".join([*lines, *link, "", "Sent by Gnomon.", ""])


def _page(letter: Letter) -> str:
    """Everything that people wrote is escaped; nothing is fetched from anywhere."""
    figure_rows = [
        _row(escape(one.label), f"<b>{escape(one.text)}</b> {escape(one.note)}")
        for one in letter.figures
    ]
    share_rows = [_row(escape(name), escape(clock)) for name, clock in letter.shares]
    link = f'<p><a href="{escape(letter.link, quote=True)}">See the whole report</a></p>'
    return (
        '<!doctype html><html><body style="font-family:sans-serif;color:#1d2830">'
        f'<h1 style="font-size:20px;margin-bottom:0">{escape(letter.title)}</h1>'
        f"<p>{escape(letter.days)}</p><table>{''.join(figure_rows)}</table>"
        f'<h2 style="font-size:15px">{escape(letter.grouped_by)}</h2>'
        f"<table>{''.join(share_rows)}</table>"
        f"{link if letter.link else ''}"
        '<p style="color:#5f6b75;font-size:12px">Sent by Gnomon. The PDF is attached.</p>'
        "</body></html>"
    )


def _row(name: str, value: str) -> str:
    """Of texts that are escaped already."""
    number = "padding:4px 0;text-align:right;font-variant-numeric:tabular-nums"
    return (
        f'<tr><td style="padding:4px 16px 4px 0">{name}</td><td style="{number}">{value}</td></tr>'
    )
